/* A small table of texts for stdout: aligned for people, CSV for programs. */
#ifndef ATT_CLI_ROWS_H
#define ATT_CLI_ROWS_H

#include <attune/error.h>
#include <stdbool.h>
#include <stddef.h>

enum { ATT_ROWS_COLUMNS = 8 };

typedef struct {
    size_t columns;               /* at most ATT_ROWS_COLUMNS */
    bool right[ATT_ROWS_COLUMNS]; /* columns of numbers stand to the right */
    char **cells;                 /* row by row, the heading first; owned */
    size_t count;                 /* of cells */
    size_t capacity;
} att_rows;

/* Copies one row of `columns` texts; NULL reads as "". */
att_status att_rows_add(att_rows *rows, const char *const *cells, att_error *error);
att_status att_rows_print(const att_rows *rows, bool csv, att_error *error);
void att_rows_clear(att_rows *rows);

#endif
