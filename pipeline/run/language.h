/* Which language is a transcript in? Guessed by libexttextcat's n-gram fingerprints on the start of the probe. */
#ifndef ATT_RUN_LANGUAGE_H
#define ATT_RUN_LANGUAGE_H

#include "base/buffer.h"
#include "model/turn.h"

#include <attune/error.h>
#include <attune/span.h>

/* One a thread. */
typedef struct att_detector att_detector;
void att_detector_free(att_detector *detector);

enum { ATT_GUESSES = 8 };

/* Languages (BCP 47) that the text may be in, likeliest first; count 0: the text is too short or like none. */
typedef struct {
    char tags[ATT_GUESSES][16];
    size_t count;
} att_language_guess;

/* Looks at the text's first kilobytes. *detector, NULL at first, is made on first use: that takes milliseconds. */
att_status att_detector_guess(att_detector **detector, att_span text, att_language_guess *guess, att_error *error);

/* Appends the text of the first turns, as much as a guess looks at. */
att_status att_detector_sample(att_buffer *sample, const att_turn_batch *batch, att_error *error);

/* "de-CH" -> 2: the length of the primary subtag. */
size_t att_language_primary(const char *tag);
int att_language_same(const char *a, const char *b); /* primary subtags are equal, case aside */

#endif
