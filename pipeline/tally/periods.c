#include "tally/periods.h"

#include <stdlib.h>
#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Digits at `at`: how many, at most `most`, and their value. */
static size_t read_digits(att_span text, size_t at, size_t most, int *value)
{
    size_t count = 0;

    *value = 0;
    for (; count < most && at + count < text.size && is_digit(text.text[at + count]); count++)
        *value = *value * 10 + (text.text[at + count] - '0');
    return count;
}

static int days_of_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return days[month - 1] + (month == 2 && leap);
}

/* Days from 1970-01-01 (proleptic Gregorian; Hinnant, "chrono-Compatible Low-Level Date Algorithms"). */
static int64_t day_number(int year, int month, int day)
{
    int64_t y = year - (month <= 2);
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t of_era = y - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

/* month, day 0: all of the year, all of the month. */
static bool put_range(int year, int month, int day, int64_t *first, int64_t *last)
{
    if (month > 12 || (month && day > days_of_month(year, month)))
        return false;
    *first = day_number(year, month ? month : 1, day ? day : 1);
    *last = day_number(year, month ? month : 12, day ? day : month ? days_of_month(year, month) : 31);
    return true;
}

/* Nothing, or a time of day: "T10:15:00Z", " 10:15". */
static bool is_time(att_span text, size_t at)
{
    if (at == text.size)
        return true;
    if (text.text[at] != 'T' && text.text[at] != 't' && text.text[at] != ' ')
        return false;
    for (at++; at < text.size; at++)
        if (!is_digit(text.text[at]) && !strchr(":.+-Zz ", text.text[at]))
            return false;
    return true;
}

/* 5.3.2024 */
static bool read_day_first(att_span text, int64_t *first, int64_t *last)
{
    int day, month, year;
    size_t days = read_digits(text, 0, 2, &day), at = days;

    if (!days || at >= text.size || text.text[at] != '.')
        return false;
    size_t months = read_digits(text, at + 1, 2, &month);
    at += 1 + months;
    if (!months || at >= text.size || text.text[at] != '.')
        return false;
    return read_digits(text, at + 1, 4, &year) == 4 && day && month && is_time(text, at + 5) &&
           put_range(year, month, day, first, last);
}

bool att_date_read(att_span text, int64_t *first, int64_t *last)
{
    int year, month = 0, day = 0;
    size_t at = read_digits(text, 0, 4, &year);

    if (at != 4)
        return read_day_first(text, first, last);
    if (at < text.size && is_digit(text.text[at])) {
        if (read_digits(text, at, 2, &month) != 2 || read_digits(text, at + 2, 2, &day) != 2 || !month || !day)
            return false;
        at += 4;
    } else if (at < text.size && (text.text[at] == '-' || text.text[at] == '/')) {
        char separator = text.text[at];
        size_t size = read_digits(text, at + 1, 2, &month);
        at += 1 + size;
        if (!size || !month)
            return false;
        if (at < text.size && text.text[at] == separator) {
            size = read_digits(text, at + 1, 2, &day);
            at += 1 + size;
            if (!size || !day)
                return false;
        }
    }
    return (day ? is_time(text, at) : at == text.size) && put_range(year, month, day, first, last);
}

att_span att_date_find(att_span name)
{
    int64_t first, last;

    for (size_t at = 0; at + 7 <= name.size; at++) {
        if (!is_digit(name.text[at]) || (at && is_digit(name.text[at - 1])))
            continue;
        static const size_t sizes[] = {10, 8, 7};
        for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
            size_t end = at + sizes[i];
            att_span date = {name.text + at, sizes[i]};
            /* A month is not what a longer run of digits and hyphens begins with. */
            bool goes_on = end + 1 < name.size && name.text[end] == '-' && is_digit(name.text[end + 1]);
            if (end <= name.size && (end == name.size || !is_digit(name.text[end])) && !(sizes[i] == 7 && goes_on) &&
                (sizes[i] == 8 || date.text[4] == '-') && att_date_read(date, &first, &last) && first > -25567)
                return date;
        }
    }
    return (att_span){name.text, 0};
}

att_span att_date_of(att_span stated, att_span name)
{
    int64_t first, last;

    return att_date_read(stated, &first, &last) ? stated : att_date_find(name);
}

void att_periods_clear(att_periods *periods)
{
    for (size_t i = 0; i < periods->count; i++)
        free(periods->items[i].name);
    free(periods->items);
    *periods = (att_periods){0};
}

static att_status fail_period(const char *text, const char *what, att_error *error)
{
    return att_fail(error, ATT_USAGE, NULL, 0, 0,
                    "bad period '%s': %s; write the name of the first period, then NAME=DATE for each that begins on a "
                    "day (before, after=2024-03-01)",
                    text, what);
}

static att_status read_period(att_periods *periods, const char *text, att_error *error)
{
    att_period *period = &periods->items[periods->count];
    const char *equals = strrchr(text, '=');
    int64_t last;

    if (!periods->count) {
        if (equals)
            return fail_period(text, "the first one has no day of its own", error);
        *period = (att_period){strdup(text), INT64_MIN};
    } else {
        if (!equals || equals == text || !att_date_read(att_span_of(equals + 1), &period->from, &last))
            return fail_period(text, "there is no date like 2024-03-01 behind an equals sign", error);
        if (period->from <= periods->items[periods->count - 1].from)
            return fail_period(text, "it does not begin after the one before it", error);
        period->name = strndup(text, (size_t)(equals - text));
    }
    if (!period->name)
        return att_fail_memory(error);
    periods->count++;
    return ATT_OK;
}

att_status att_periods_read(att_periods *periods, const att_strings *texts, att_error *error)
{
    att_status status = ATT_OK;

    *periods = (att_periods){0};
    if (!texts->count)
        return ATT_OK;
    periods->items = calloc(texts->count, sizeof *periods->items);
    if (!periods->items)
        return att_fail_memory(error);
    for (size_t i = 0; i < texts->count && !status; i++)
        status = read_period(periods, texts->items[i], error);
    if (!status && periods->count < 2)
        status = fail_period(texts->items[0], "it is the only one", error);
    return status;
}

static size_t find_day(const att_periods *periods, int64_t day)
{
    size_t at = periods->count;

    while (at > 1 && periods->items[at - 1].from > day)
        at--;
    return at - 1;
}

const char *att_periods_find(const att_periods *periods, att_span date)
{
    int64_t first, last;

    if (!periods->count || !att_date_read(date, &first, &last))
        return NULL;
    size_t period = find_day(periods, first);
    return period == find_day(periods, last) ? periods->items[period].name : NULL;
}
