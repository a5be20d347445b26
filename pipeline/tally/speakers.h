/* Who is who: labels to identities through the speaker table. Read-only after loading. */
#ifndef ATT_TALLY_SPEAKERS_H
#define ATT_TALLY_SPEAKERS_H

#include "base/buffer.h"

#include <attune/error.h>
#include <attune/span.h>
#include <attune/study.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct att_speakers att_speakers;

/* Loads a table (CSV, TSV; header line with at least `label` and `speaker`; `transcript` optional, an empty cell there
 * fits every transcript; any other columns are the study's). path NULL: no table. Errors with line: a missing
 * column, a column named twice, a row with too many or too few cells, an empty label or speaker, two rows for the same
 * transcript and label. Cells are taken without white space around them; rows and nameless columns that are all empty,
 * as spreadsheets leave them, are passed over, and so are turns, tokens and matched as the last three columns, as
 * `attune score --list-speakers` writes them. Labels that only differ as said below are the same; a row that says again
 * what another one says is passed over. */
att_status att_speakers_load(att_speakers **out, const char *path, bool global_labels, att_error *error);
/* The same from memory; file is the name that messages show. */
att_status att_speakers_parse(att_speakers **out, const char *file, att_span text, bool global_labels,
                              att_error *error);
void att_speakers_free(att_speakers *speakers);

/* Gives the study a column `period`: by is a column of the table with dates, or with the periods themselves where
 * `periods` is empty, or `transcript`: the date of each transcript (att_transcript_tally_when). periods: as
 * att_periods_read. A value that is no date lies in no period (""). ATT_USAGE: there is no such column, or another one
 * that is called `period` and not empty. */
att_status att_speakers_set_periods(att_speakers *speakers, const char *by, const att_strings *periods,
                                    att_error *error);
/* The column that periods were made for, -1: none; and what they were made by. */
ptrdiff_t att_speakers_period_column(const att_speakers *speakers);
const char *att_speakers_period_by(const att_speakers *speakers);
/* The names of those that have days, in order of time; NULL behind the last. */
const char *att_speakers_period_name(const att_speakers *speakers, size_t index);

/* The study's columns, in table order, without transcript, label and speaker. */
size_t att_speakers_column_count(const att_speakers *speakers);
const char *att_speakers_column(const att_speakers *speakers, size_t column);

/* The identity behind a label: the row that names this transcript and label, else the one that names the label for all
 * transcripts, else (-1) `transcript/label`, or the label alone with global labels; no label: `(unlabelled)`,
 * below its transcript likewise. A label that no row has to the letter is compared once more without white space around
 * it and a colon behind it, with one space for each run of white space, whatever its case and its Unicode composition
 * (NFKC_Casefold). ATT_ROW_NO_MEMORY, negative too: it could not be looked up. */
#define ATT_ROW_NO_MEMORY (-2)
ptrdiff_t att_speakers_row(const att_speakers *speakers, att_span transcript, att_span label);
const char *att_speakers_name(const att_speakers *speakers, size_t row);
const char *att_speakers_value(const att_speakers *speakers, size_t row, size_t column); /* "" : empty */
/* The same for a label of a transcript of this date; row negative: the table has none for it. */
const char *att_speakers_value_in(const att_speakers *speakers, att_span when, ptrdiff_t row, size_t column);
size_t att_speakers_row_count(const att_speakers *speakers);
/* "harbour-01-before / Adele (line 3)" for messages about a row. */
const char *att_speakers_describe(const att_speakers *speakers, size_t row);
bool att_speakers_global(const att_speakers *speakers);

/* What the row is of: "" stands for every transcript. */
const char *att_speakers_transcript(const att_speakers *speakers, size_t row);
const char *att_speakers_label(const att_speakers *speakers, size_t row);
uint64_t att_speakers_line(const att_speakers *speakers, size_t row); /* 1-based, of the table's file */
const char *att_speakers_file(const att_speakers *speakers);          /* NULL: no table */

/* Appends the identity of a label, as said above; out->failed: no memory. */
void att_speakers_identity(const att_speakers *speakers, att_span transcript, att_span label, att_buffer *out);

/* The row whose label is most like one that the table does not have: the same label of another transcript, or one of
 * this or of every transcript that is spelt nearly the same. -1: none is. */
ptrdiff_t att_speakers_nearest(const att_speakers *speakers, att_span transcript, att_span label);

/* Adds a note that names rows with used[row] false, the first few, if there are any. */
void att_speakers_report_unused(const att_speakers *speakers, const bool *used, att_diagnostics *diagnostics);

/* Is this a label of any row that fits the transcript? For the readers' label detection. */
bool att_speakers_knows(const att_speakers *speakers, att_span transcript, att_span label);

#endif
