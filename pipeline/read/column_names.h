/* The names that columns of tables of turns usually have. */
#ifndef ATT_READ_COLUMN_NAMES_H
#define ATT_READ_COLUMN_NAMES_H

#include "read/columns.h"

/* A name as small letters and digits: "Start Time (ms)" is "starttimems". Empty: it is too long to be a usual one. */
enum { ATT_PLAIN_NAME = 40 };
typedef char att_plain_name[ATT_PLAIN_NAME];
void att_plain_name_make(att_plain_name plain, att_span name);

/* The first of the names that is `wanted`, or ATT_NO_COLUMN. */
size_t att_column_find(att_plain_name *names, size_t count, const char *wanted);

/* The column that by its name holds this, or ATT_NO_COLUMN; the usual names come in an order. */
size_t att_column_find_usual(att_plain_name *names, size_t count, att_column_kind kind);

/* Is this, of a column of text or of speakers, a name that columns of other tables do not have? */
bool att_column_is_plain(const char *plain, att_column_kind kind);

/* The unit that the name of a column of times ends with. */
att_time_unit att_column_unit(const char *plain);

#endif
