/* A small table of texts for stdout: aligned for people, CSV for programs. */
#ifndef ATT_CLI_ROWS_H
#define ATT_CLI_ROWS_H

#include "options.h"

#include <attune/error.h>
#include <stdbool.h>
#include <stddef.h>

enum { CLI_ROWS_COLUMNS = 64 };

typedef struct {
    size_t columns;               /* at most CLI_ROWS_COLUMNS */
    bool right[CLI_ROWS_COLUMNS]; /* columns of numbers stand to the right */
    char **cells;                 /* row by row, the heading first; owned */
    size_t count;                 /* of cells */
    size_t capacity;
} cli_rows;

/* Copies one row of `columns` texts; NULL reads as "". */
att_status cli_rows_add(cli_rows *rows, const char *const *cells, att_error *error);
/* --as table or csv; where it is not given: CSV unless stdout is a terminal. */
bool cli_rows_as_csv(const cli_options *options);
att_status cli_rows_print(const cli_rows *rows, bool csv, att_error *error);
void cli_rows_clear(cli_rows *rows);

#endif
