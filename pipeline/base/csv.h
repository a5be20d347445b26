/* Delimited text (RFC 4180 and its relatives): reading records, writing fields. */
#ifndef ATT_BASE_CSV_H
#define ATT_BASE_CSV_H

#include "base/arena.h"
#include "base/buffer.h"

#include <stdint.h>

/* A reader over text in memory: `,` `;` or tab, whichever the first line holds most of (outside quotes); a BOM is
 * skipped; line ends LF, CRLF or CR; quoted fields may hold delimiters, line ends and doubled quotes. */
typedef struct {
    att_span text;
    size_t at;
    uint64_t line; /* 1-based line on which the last record began */
    uint64_t next_line;
    char delimiter;
    att_span *fields; /* of the last record; valid until the next call */
    size_t count;
    size_t capacity;
    att_arena arena; /* unquoted copies */
} att_csv;

void att_csv_open(att_csv *csv, att_span text);
/* 1: a record was read (blank lines are passed over); 0: the end; -1: no memory; -2: a quote is never closed. */
int att_csv_next(att_csv *csv);
void att_csv_close(att_csv *csv);

/* Appends one field, quoted where it must be. Text that a spreadsheet would take for a formula (it begins with
 * = + - @, tab or CR) gets a leading apostrophe unless `raw`; a plain number such as -1.5 is none and stays. Numbers
 * are not text: append them yourself. */
void att_csv_field(att_buffer *out, att_span field, char delimiter, int raw);

#endif
