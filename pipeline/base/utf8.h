/* UTF-8, one code point at a time. Ill-formed bytes read as U+FFFD, one for each maximal subpart (Unicode
 * 3.9, "U+FFFD substitution of maximal subparts"), as ICU's UText and the W3C decoders do. */
#ifndef ATT_BASE_UTF8_H
#define ATT_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ATT_REPLACEMENT 0xFFFDu

/* Decodes the code point at text[*at], *at < size, and moves *at behind it. */
uint32_t att_utf8_next(const char *text, size_t size, size_t *at);

/* Writes one code point (a valid scalar value) to out[0..3]; returns its length. */
size_t att_utf8_put(char *out, uint32_t c);

/* Bytes up to the first ill-formed sequence (size when all is well-formed). Fast over ASCII. */
size_t att_utf8_valid_prefix(const char *text, size_t size);

/* Code points in text (each ill-formed subpart counts as one). */
size_t att_utf8_count(const char *text, size_t size);

/* Columns a terminal needs for the text: 0 for marks and controls, 2 for wide characters. */
size_t att_utf8_width(const char *text, size_t size);

#endif
