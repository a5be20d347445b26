/* Fast passes over raw text: what is white (base/white.h), where a bracket stands, what is not well-formed. */
#ifndef ATT_READ_SCAN_H
#define ATT_READ_SCAN_H

#include "base/white.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* White space without line ends: stops at \n and \r. */
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
