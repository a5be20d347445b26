/* Tables of turns: what each column holds. By the names that such tables usually have, or as the user says. */
#ifndef ATT_READ_COLUMNS_H
#define ATT_READ_COLUMNS_H

#include "read/format.h"

typedef enum {
    ATT_COLUMN_TEXT,
    ATT_COLUMN_SPEAKER,
    ATT_COLUMN_TRANSCRIPT,
    ATT_COLUMN_TURN,
    ATT_COLUMN_START,
    ATT_COLUMN_END,
    ATT_COLUMN_LANGUAGE,
    ATT_COLUMN_OFFSET, /* only in what attune itself wrote */
    ATT_COLUMN_ROLES,
} att_column_kind;

#define ATT_NO_COLUMN SIZE_MAX

/* How a number in a column of times is meant. */
typedef enum { ATT_UNIT_OPEN, ATT_UNIT_SECONDS, ATT_UNIT_MS } att_time_unit;

typedef struct {
    const char *column; /* the fact's name; the options' or static */
    size_t place;
} att_fact_column;

/* A zeroed one may be cleared. */
typedef struct {
    size_t place[ATT_COLUMN_ROLES]; /* in the table's names; ATT_NO_COLUMN: none */
    att_time_unit unit[2];          /* of start and end, as their names say */
    att_fact_column *facts;
    size_t fact_count;
    bool sure;      /* text and speaker are called what hardly anything else is, or by the options */
    bool canonical; /* the columns that attune writes: every record is taken as it stands */
} att_columns;

/* The columns that attune writes, in order, ATT_COLUMN_ROLES of them. */
extern const char *const att_canonical_columns[];

/* Finds out which of the table's `names` hold what. Fails (ATT_BAD_INPUT, with file and line) where there is no text or
 * a column of the options is missing. The options must outlive the result. */
att_status att_columns_find(att_columns *columns, const att_span *names, size_t count, const att_read_options *options,
                            const char *file, uint64_t line, att_error *error);
void att_columns_clear(att_columns *columns);

/* How much these names look like a table of turns: 0: no text among them; 1: text; 2: text, and who speaks, when or in
 * which turn; 3: what attune writes. */
int att_columns_look(const att_span *names, size_t count, const att_read_options *options);

/* Has the file this extension ("csv"), perhaps with that of a compression behind? */
bool att_extension_is(const char *file, const char *extension);

#endif
