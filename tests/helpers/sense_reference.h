/* The senses of hits, slow and obvious: the table of rules in docs/matching.md, rule by rule, over a turn that is given
 * as words and what stands between them. Nothing of the engine is used. */
#ifndef ATT_TESTS_SENSE_REFERENCE_H
#define ATT_TESTS_SENSE_REFERENCE_H

#include "model/hit.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct {
    const char *list;  /* "negators.before" */
    const char *words; /* in small letters, one space between them; "!" in front: an exception */
} test_cue;

/* What stands before word i, and behind the last one at [count]. */
typedef struct {
    bool clause, sentence, opens, closes;
} test_gap;

typedef struct {
    const char *const *words;
    const test_gap *gaps; /* one more than there are words */
    size_t count;
    const test_cue *cues;
    size_t cue_count;
} test_turn_text;

att_sense test_sense(const test_turn_text *turn, size_t first, size_t count);

#endif
