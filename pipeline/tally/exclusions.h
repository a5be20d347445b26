/* Whose turns are left out: by the values of the study's columns. */
#ifndef ATT_TALLY_EXCLUSIONS_H
#define ATT_TALLY_EXCLUSIONS_H

#include "tally/study_columns.h"

#include <attune/study.h>

typedef struct {
    size_t column;
    char *value;
    const char *text; /* as it was given; the study's */
} att_exclusion;

/* A zeroed one excludes nobody. */
typedef struct {
    att_exclusion *items;
    size_t count;
} att_exclusions;

/* Reads texts COLUMN=VALUE, which must outlive it; VALUE may be empty. Asks for the columns. ATT_USAGE: a text is not
 * of that form. To be cleared in every case. */
att_status att_exclusions_read(att_exclusions *exclusions, const att_strings *texts, att_study_columns *columns,
                               att_error *error);
void att_exclusions_clear(att_exclusions *exclusions);

/* Is the label that the columns are bound to left out? One of the exclusions is enough. */
bool att_exclusions_hold(const att_exclusions *exclusions, const att_study_columns *columns);

/* A warning for each value that its column of the speaker table does not have anywhere, with those that there are. */
att_status att_exclusions_warn(const att_exclusions *exclusions, const att_speakers *speakers,
                               att_diagnostics *diagnostics, att_error *error);

/* At the end: ATT_USAGE where neither the speaker table nor a source has one of the columns. */
att_status att_exclusions_check(const att_exclusions *exclusions, const att_study_columns *columns, att_error *error);

#endif
