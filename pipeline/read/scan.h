/* Fast passes over raw text: what is white, where a bracket stands, what is not well-formed. */
#ifndef ATT_READ_SCAN_H
#define ATT_READ_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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

/* The same without line ends: stops at \n and \r. */
size_t att_blank_skip(const char *text, size_t size, size_t at);

static inline bool att_is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

/* The bracket that closes [ ( { or <; '\0' for any other character. */
char att_bracket_closing(char opening);

/* The passes that every byte goes through, one implementation a processor. */
typedef struct {
    /* The first of the characters [ ( { < # at or after `at`, or `size`. */
    size_t (*find_bracket)(const char *text, size_t size, size_t at);
    /* Is it well-formed UTF-8 without any of the control characters that att_text_check counts? A `false` may mean that
     * nobody has looked closely. */
    bool (*is_clean)(const char *text, size_t size);
} att_scan;

extern const att_scan att_scan_plain;
#if defined(__x86_64__)
extern const att_scan att_scan_avx2;
extern const att_scan att_scan_avx512;
#endif
const att_scan *att_scan_choose(void); /* the fastest here; see base/cpu.h */

/* Adds to *ill_formed the byte sequences that are not UTF-8 (one for each maximal subpart), to *controls the characters
 * below U+0020 other than white space, and U+007F. Text must begin and end at code points to be counted alike in
 * whichever parts it comes. */
void att_text_check(const att_scan *scan, const char *text, size_t size, uint64_t *ill_formed, uint64_t *controls);

#endif
