/* Whose turns are left out: by the values of columns of the speaker table. */
#ifndef ATT_TALLY_EXCLUSIONS_H
#define ATT_TALLY_EXCLUSIONS_H

#include "tally/speakers.h"

#include <attune/study.h>

typedef struct {
    size_t column;
    char *value;
} att_exclusion;

/* A zeroed one excludes nobody. */
typedef struct {
    att_exclusion *items;
    size_t count;
} att_exclusions;

/* Reads texts COLUMN=VALUE; VALUE may be empty. ATT_USAGE: a text is not of that form, or there is no such column. To
 * be cleared in every case. */
att_status att_exclusions_read(att_exclusions *exclusions, const att_strings *texts, const att_speakers *speakers,
                               att_error *error);
/* A warning for each value that the column does not have anywhere, with those that there are. */
att_status att_exclusions_check(const att_exclusions *exclusions, const att_speakers *speakers,
                                att_diagnostics *diagnostics, att_error *error);
void att_exclusions_clear(att_exclusions *exclusions);

/* Is whoever has this row of the table (negative: none) to be left out of a transcript of this date? One of the
 * exclusions is enough; without a row every value is empty. */
bool att_exclusions_hold(const att_exclusions *exclusions, const att_speakers *speakers, att_span when, ptrdiff_t row);

#endif
