/* Times in tables of turns: clock times, seconds, milliseconds. */
#ifndef ATT_READ_RECORD_TIME_H
#define ATT_READ_RECORD_TIME_H

#include "model/turn.h"
#include "read/columns.h"

/* What a sample of a table says about a unit that its names leave open: a whole number may be seconds or milliseconds,
 * and nobody speaks less than a byte a second, or more than one a millisecond. A zeroed one is empty. */
typedef struct {
    bool decimal;  /* a number with a fraction was seen: seconds */
    bool any;      /* `last` is set */
    double last;   /* of the numbers seen */
    double passed; /* sum of the steps forward from number to number */
    double bytes;  /* of text */
} att_time_sample;

void att_time_sample_add(att_time_sample *sample, att_span start, size_t text_size);
att_time_unit att_time_sample_unit(const att_time_sample *sample);

/* The time in milliseconds; ATT_NO_TIME where the field holds none: it is empty or no number, or it is a date (also as
 * seconds since 1970), which is no time of a recording: from 100,000,000 on, and in milliseconds that the name of the
 * column tells, from 100,000,000,000 on. Read are clock times (1:02, 00:01:02.500, also marked as in
 * read/stamps.h), and numbers with `.` or `,` and perhaps "s" or "ms" behind. */
int64_t att_record_time(att_span field, att_time_unit unit, bool told);

/* A whole number of milliseconds or bytes; false: it is none. */
bool att_record_whole(att_span field, int64_t *number);

#endif
