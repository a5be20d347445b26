/* The vtable of output formats: one file a format, one const table, one line in writers.c.
 *
 * A writer gets a table's columns once and then its rows; it writes to a stream that its caller owns and never closes
 * it. Write errors are left on the stream (ferror), for the caller's commit to report. Not thread-safe. */
#ifndef ATT_WRITE_WRITER_H
#define ATT_WRITE_WRITER_H

#include "model/table.h"

#include <attune/error.h>
#include <stdbool.h>
#include <stdio.h>

typedef struct att_writer att_writer;

typedef struct {
    const char *name;        /* "csv" */
    const char *description; /* "comma-separated values, UTF-8" */
    const char *extensions;  /* as att_format_view */
    bool independent; /* a table is its header and then its rows, each by itself: parts may be made apart and joined */
    att_status (*open)(att_writer *writer, att_error *error);
    att_status (*row)(att_writer *writer, const att_cell *cells, att_error *error);
    att_status (*close)(att_writer *writer, att_error *error); /* ends the output and frees writer->state */
} att_writer_format;

struct att_writer {
    const att_writer_format *format;
    const att_table *table;
    FILE *stream;
    int width;      /* of the terminal, for the table writer, set before open; 0: no limit */
    bool rows_only; /* no header, for a format whose rows are independent: set before open */
    bool failed;    /* a call has failed: close writes no more */
    void *state;    /* the format's own */
};

extern const att_writer_format att_writer_csv;
extern const att_writer_format att_writer_table; /* aligned columns for a terminal; holds its rows in memory */

/* All formats, NULL-terminated. */
extern const att_writer_format *const att_writers[];
const att_writer_format *att_writer_find(const char *name); /* NULL: there is none */

/* Fills all of writer but its width. */
att_status att_writer_open(att_writer *writer, const att_writer_format *format, const att_table *table, FILE *stream,
                           att_error *error);
att_status att_writer_row(att_writer *writer, const att_cell *cells, att_error *error);
/* Ends the output. After an error it only frees. */
att_status att_writer_close(att_writer *writer, att_error *error);

/* The shortest way to write a number, shared by all text formats: up to 9 significant digits, '.' as the decimal
 * mark whatever the locale, no exponent from 1e-5 up to 1e15; NaN, Inf, -Inf. */
#define ATT_REAL_ROOM 32
void att_format_real(char out[ATT_REAL_ROOM], double number);

/* For people: so many decimals (0 to 9), '.' as the decimal mark; from 1e15 on as att_format_real. */
void att_format_fixed(char out[ATT_REAL_ROOM], double number, int decimals);

#endif
