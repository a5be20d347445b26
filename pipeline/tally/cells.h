/* Study cells: the tallies of transcripts and labels, grouped by whatever the study asks for.
 *
 * The speaker table is bound here and nowhere earlier, so that one tally file can be regrouped without the transcripts.
 * The result does not depend on the order in which transcripts come. Not thread-safe. */
#ifndef ATT_TALLY_CELLS_H
#define ATT_TALLY_CELLS_H

#include "model/scheme.h"
#include "model/tally.h"
#include "tally/exclusions.h"
#include "tally/speakers.h"
#include "tally/transcript.h"

#include <attune/error.h>
#include <attune/span.h>
#include <attune/study.h>

typedef struct att_cells att_cells;

/* One cell: a distinct combination of the values of the `by` columns (as GROUP BY in SQL). */
typedef struct {
    const att_span *keys;   /* one for each by column; size 0: the table says nothing */
    const att_span *values; /* one for each column of the study; text NULL: not the same over the whole cell */
    uint64_t speakers;      /* distinct identities */
    att_tally turns;        /* the units are turns */
    att_tally transcripts;  /* the units are transcripts: `turns` counts those with tokens in this cell, and the squares
                             * are of what the cell's labels said in one transcript together */
} att_study_cell;

/* by: `transcript`, `label`, `speaker`, `language`, or columns of the speaker table (which go first where a name is
 * both), else of the transcripts themselves, which is known when all are added; an empty list stands for `speaker`, and
 * `period` where the table has it. scheme and speakers must outlive the cells. */
att_status att_cells_new(att_cells **out, const att_scheme *scheme, const att_speakers *speakers, const att_strings *by,
                         att_error *error);
void att_cells_free(att_cells *cells);

/* Leaves out whoever the speaker table, or else the transcript, says so of: each text is COLUMN=VALUE, any one of them
 * is enough; VALUE may be empty (nothing is said there). ATT_USAGE: it is not of that form. Before anything is added.
 */
att_status att_cells_exclude(att_cells *cells, const att_strings *exclude, att_error *error);
/* A warning for each value of these that the speaker table does not have. */
att_status att_cells_warn(const att_cells *cells, att_diagnostics *diagnostics, att_error *error);
/* Is this label of a (sorted) transcript left out? */
att_status att_cells_excludes(att_cells *cells, const att_transcript_tally *transcript, att_span label, bool *excluded,
                              att_error *error);

/* Adds a whole transcript; each transcript once. Labels need not be sorted, what it says must be (att_said_sort). After
 * an error only att_cells_free. */
att_status att_cells_add(att_cells *cells, const att_transcript_tally *transcript, att_error *error);

/* Sorts the cells: by the by columns in turn, values in the order in which the speaker table first has them, then
 * others in the order of bytes, and the empty value last. Nothing is added after it. ATT_USAGE: a column to group by or
 * to exclude by is neither in the speaker table nor in any transcript; the message names those that there are. */
att_status att_cells_finish(att_cells *cells, att_error *error);

const att_scheme *att_cells_scheme(const att_cells *cells);
const att_speakers *att_cells_speakers(const att_cells *cells);
size_t att_cells_by_count(const att_cells *cells);
const char *att_cells_by(const att_cells *cells, size_t column);
/* The study column that a by column is, or -1: one of attune's own. */
ptrdiff_t att_cells_by_column(const att_cells *cells, size_t column);
/* The study's columns: the speaker table's, then those that the transcripts have besides, in no particular order. */
size_t att_cells_column_count(const att_cells *cells);
const char *att_cells_column(const att_cells *cells, size_t column);
/* What transcripts say about speakers in more columns than ATT_STUDY_COLUMNS. */
uint64_t att_cells_lost_facts(const att_cells *cells);
size_t att_cells_count(const att_cells *cells);
const att_study_cell *att_cells_get(const att_cells *cells, size_t index);

/* Distinct identities over all cells. */
uint64_t att_cells_speaker_count(const att_cells *cells);
/* Which rows of the speaker table were met, one for each; for att_speakers_report_unused. */
const bool *att_cells_rows_used(const att_cells *cells);
/* Cells whose transcripts are in several languages. */
uint64_t att_cells_mixed_languages(const att_cells *cells);
/* Rows of the table, or transcripts, with turns in the cells but without a date that their period could be told by. */
size_t att_cells_undated_count(const att_cells *cells);
att_span att_cells_undated(const att_cells *cells, size_t index);
/* Turns and tokens that were left out. */
uint64_t att_cells_excluded_turns(const att_cells *cells);
uint64_t att_cells_excluded_tokens(const att_cells *cells);
/* Turns without a label, and the transcripts they are in. */
uint64_t att_cells_unlabelled_turns(const att_cells *cells);
uint64_t att_cells_unlabelled_transcripts(const att_cells *cells);

#endif
