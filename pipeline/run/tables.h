/* The result tables: study cells as the rows of scores.csv and speakers.csv. Rows are made one at a time, while they
 * are written. */
#ifndef ATT_RUN_TABLES_H
#define ATT_RUN_TABLES_H

#include "model/table.h"
#include "tally/cells.h"
#include "write/writer.h"

#include <attune/error.h>

typedef enum {
    ATT_VIEW_SCORES,   /* scores.csv: a row for every cell and node, zero hits included */
    ATT_VIEW_SPEAKERS, /* speakers.csv: a row for every cell, a column for every node's rate */
    ATT_VIEW_SUMMARY,  /* for a terminal: a row for every cell; of the rates only the poles' and the first eight top
                        * markers',  named without `rate_` but with the per-mille sign */
} att_view_kind;

typedef struct att_view att_view;

/* cells must be finished and outlive the view. level: of the intervals, 0.95 as a rule. A study column that has the
 * name of one of attune's own columns is shown as `study_NAME`. */
att_status att_view_new(att_view **out, const att_cells *cells, att_view_kind kind, double level, att_error *error);
void att_view_free(att_view *view);
const att_table *att_view_table(const att_view *view);

/* Opens a writer of the format on the stream, gives it all rows and closes it. width: of the terminal, 0 for no limit.
 * threads: how many may make rows at once; the bytes are the same. */
att_status att_view_write(const att_view *view, const att_writer_format *format, FILE *stream, int width, int threads,
                          att_error *error);

#endif
