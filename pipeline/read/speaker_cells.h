/* Tables in word processor documents: is this one a transcript of speakers and what they said? */
#ifndef ATT_READ_SPEAKER_CELLS_H
#define ATT_READ_SPEAKER_CELLS_H

#include "base/buffer.h"

#include <attune/error.h>

typedef struct {
    size_t from; /* in the text of the cells */
    size_t to;
} att_cell;

typedef struct {
    size_t first; /* cell */
    size_t count;
    bool header;
} att_row;

/* A table as it is gathered; a zeroed one is empty. */
typedef struct {
    unsigned depth; /* tables in cells of tables */
    att_buffer text;
    size_t cell_from; /* of the cell that is open */
    att_cell *cells;
    size_t cell_count, cell_capacity;
    att_row *rows;
    size_t row_count, row_capacity;
    bool failed;
} att_table;

void att_table_clear(att_table *table);
void att_table_row(att_table *table);
void att_table_cell(att_table *table); /* the text since the last one is a cell */

/* Labels that the tables of a document vouch for. A zeroed one is empty. */
typedef struct {
    size_t from; /* in `text` */
    size_t size;
    size_t table;
} att_known_label;

typedef struct {
    att_buffer text;
    att_known_label *labels;
    size_t count, capacity;
    size_t tables;
} att_known_labels;

void att_known_labels_clear(att_known_labels *known);

/* When the document has ended: keeps the labels that recur, and all labels of tables in which one recurs. */
att_status att_known_labels_settle(att_known_labels *known, att_error *error);
bool att_known_labels_hold(const att_known_labels *known, att_span label);

/* Writes the table to `out`, each line or paragraph followed by a blank line, remembers its labels and empties it. */
void att_table_write(att_table *table, att_buffer *out, att_known_labels *known);

#endif
