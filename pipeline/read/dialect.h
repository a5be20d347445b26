/* Which delimiter a file of delimited text has, and whether it quotes: told on the probe. */
#ifndef ATT_READ_DIALECT_H
#define ATT_READ_DIALECT_H

#include "base/buffer.h"
#include "read/columns.h"
#include "read/delimited.h"

/* What was found out; a zeroed one may be cleared. */
typedef struct {
    att_dialect dialect;
    att_delimited header; /* its fields are positions in the probe, its end is where the records begin */
    att_span *names;      /* of the columns, trimmed; in `text` */
    size_t count;
    att_buffer text;
    uint64_t line; /* of the header */
    int look;      /* see att_columns_look */
    double fit; /* part of the records looked at that have as many fields as the header, and quotes as they should be */
    size_t records; /* that were looked at */
} att_table_head;

/* delimiters: those to choose from. Fails (ATT_BAD_INPUT) where the header does not end in the probe or there is
 * none. */
att_status att_table_head_find(att_table_head *head, att_span probe, bool complete, const char *delimiters,
                               const att_read_options *options, const char *file, att_error *error);
void att_table_head_clear(att_table_head *head);

#endif
