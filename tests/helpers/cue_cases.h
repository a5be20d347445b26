/* For the tests of subtitle formats: cases in folders, ways of reading, offsets. */
#ifndef TEST_CUE_CASES_H
#define TEST_CUE_CASES_H

#include "read/format.h"

/* Each folder of tests/cases/NAME, NAME being the format's, holds an input.NAME and an expected.turns: what test_turns
 * shows of it, whether it is read at once or a byte at a time; and each turn's offset is that of its first letter.
 * Fails where there are fewer than `least`. */
void cue_cases_check(const att_format *format, size_t least);

/* Reads text at once and in small steps, and compares what test_turns shows. */
void cue_expect(const att_format *format, att_span text, const att_read_options *options, const char *turns);

/* How sure the format is that the text is its own. */
int cue_sniff(const att_format *format, const char *text);

#endif
