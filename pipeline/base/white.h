/* What is white in files that people made. */
#ifndef ATT_BASE_WHITE_H
#define ATT_BASE_WHITE_H

#include <stddef.h>

/* White space in the sense of the readers: the ASCII characters space, \t \n \v \f \r, and no-break space (U+00A0),
 * narrow no-break space (U+202F), ideographic space (U+3000) and the byte order mark (U+FEFF), which files that were
 * put together carry in their middle. Bytes of the white character at text[at], 0 where there is none. */
size_t att_white_size_wide(const char *text, size_t size, size_t at); /* of those beyond ASCII */

static inline size_t att_white_size(const char *text, size_t size, size_t at)
{
    unsigned char c = at < size ? (unsigned char)text[at] : 'x';

    if (c < 0x80)
        return c == ' ' || (c >= '\t' && c <= '\r');
    return att_white_size_wide(text, size, at);
}

/* The first position from `at` that is not white, or `size`; the last end down to `from` that has no white before it.
 */
size_t att_white_skip(const char *text, size_t size, size_t at);
size_t att_white_trim(const char *text, size_t from, size_t size);

#endif
