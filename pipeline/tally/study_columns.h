/* The columns of a study and a label's values in them: those of the speaker table; then those that it does not have but
 * that were asked for or that sources say something for (tally/said.h). What the table says goes before what a source
 * says. Not thread-safe. */
#ifndef ATT_TALLY_STUDY_COLUMNS_H
#define ATT_TALLY_STUDY_COLUMNS_H

#include "tally/names.h"
#include "tally/said.h"
#include "tally/speakers.h"

#include <attune/error.h>

/* Sources may have so many columns that the table does not have; what is said beyond them is lost, and counted. */
#define ATT_STUDY_COLUMNS 1000u

typedef struct {
    const att_speakers *speakers;
    size_t of_table; /* columns of the speaker table */
    att_names extra; /* columns behind them: first those that were asked for */
    size_t asked;
    bool *told; /* by extra column: some source says something there */
    size_t told_capacity;
    att_span *values; /* of the label that was bound last, by column; they live as long as the table and its source */
    size_t value_capacity;
    uint64_t lost; /* facts */
} att_study_columns;

/* speakers must outlive it. A zeroed one may be cleared. */
void att_study_columns_init(att_study_columns *columns, const att_speakers *speakers);
void att_study_columns_clear(att_study_columns *columns);

size_t att_study_columns_count(const att_study_columns *columns);
const char *att_study_columns_name(const att_study_columns *columns, size_t column);

/* The number of a column; one that the table does not have is a column from here on, for sources to fill. Before the
 * first label is bound. */
att_status att_study_columns_ask(att_study_columns *columns, const char *name, size_t *column, att_error *error);

/* Sets the values for a label of a transcript of this date (att_transcript_tally_when); row: its row of the table,
 * negative: none. said is sorted. New columns may come to be. A source's column is that of the table, or that was asked
 * for, whatever the case of letters. */
att_status att_study_columns_bind(att_study_columns *columns, att_span when, ptrdiff_t row, const att_said *said,
                                  att_span label, att_error *error);

/* Is this a column that was asked for, and nothing has it: neither the table nor a source? */
bool att_study_columns_missing(const att_study_columns *columns, size_t column);

/* Appends the names of all that there are, with this in front of each but the first. */
void att_study_columns_list(const att_study_columns *columns, att_buffer *out, const char *between);

#endif
