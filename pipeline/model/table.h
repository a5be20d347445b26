/* Tables as the writers see them: a list of columns, then rows one at a time. A table may be longer than memory. */
#ifndef ATT_MODEL_TABLE_H
#define ATT_MODEL_TABLE_H

#include <attune/span.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
    ATT_TEXT,
    ATT_INTEGER, /* a count; exact */
    ATT_REAL,    /* written with 9 significant digits */
} att_column_type;

typedef struct {
    const char *name;  /* "rate_lo" */
    const char *label; /* for people: "Lower bound of the rate per 1,000 tokens" */
    att_column_type type;
} att_column;

typedef struct {
    const char *name; /* "scores" */
    const att_column *columns;
    size_t count;
} att_table;

/* One value. Missing is a value of its own, never a number. */
typedef struct {
    enum { ATT_MISSING, ATT_PRESENT } state;
    union {
        att_span text;
        uint64_t integer;
        double real;
    } as;
} att_cell;

#endif
