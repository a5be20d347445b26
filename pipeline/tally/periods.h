/* Dates to periods: what was said before a day, and from it on. */
#ifndef ATT_TALLY_PERIODS_H
#define ATT_TALLY_PERIODS_H

#include <attune/error.h>
#include <attune/span.h>
#include <attune/study.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct {
    char *name;
    int64_t from; /* its first day, counted from 1970-01-01; INT64_MIN of the first period */
} att_period;

/* In order of time. A zeroed one has none. */
typedef struct {
    att_period *items;
    size_t count;
} att_periods;

/* Reads texts: NAME of the first period, then NAME=DATE for each that begins on a day, in order of time. To be cleared
 * in every case. ATT_USAGE: one is not of that form or out of order. */
att_status att_periods_read(att_periods *periods, const att_strings *texts, att_error *error);
void att_periods_clear(att_periods *periods);

/* The name of the period that a date lies in; NULL: it is no date, or one such as 2024-03 that lies in two. */
const char *att_periods_find(const att_periods *periods, att_span date);

/* The days that a date stands for, the first and the last: 2024-03-05 (or 2024/03/05, 20240305, 5.3.2024, with a time
 * behind it), a month (2024-03) or a year (2024). false: it is no date. 3/5/2024 is none: it is read in two ways. */
bool att_date_read(att_span text, int64_t *first, int64_t *last);

/* The first date in a name such as "ward-2/2024-03-05_anna", of the year and the month at least; size 0: there is none.
 */
att_span att_date_find(att_span name);

/* The stated date where it is one, else the first in the name. */
att_span att_date_of(att_span stated, att_span name);

#endif
