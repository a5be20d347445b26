#include "read/record_time.h"

#include "read/scan.h"
#include "read/stamps.h"

#include <math.h>

/* From here on a number is taken for a date: three years in seconds, a day in milliseconds. */
#define DATE 1e8
/* The same where it is known to be milliseconds. */
#define DATE_MS 1e11

/* More digits than that before the point are no time; behind it they do not count. */
enum { WHOLE_DIGITS = 18, FRACTION_DIGITS = 15 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static att_span trimmed(att_span field)
{
    if (!field.size)
        return field;
    size_t from = att_white_skip(field.text, field.size, 0);
    return (att_span){field.text + from, att_white_trim(field.text, from, field.size) - from};
}

static double power_of_ten(int exponent)
{
    double power = 1;

    for (int i = 0; i < exponent; i++)
        power *= 10;
    return power;
}

/* "e-05" at text[*at]: what to multiply with. */
static double exponent_read(att_span field, size_t *at)
{
    size_t here = *at + 1;
    bool minus = here < field.size && field.text[here] == '-';
    int exponent = 0;

    if (*at >= field.size || (field.text[*at] != 'e' && field.text[*at] != 'E'))
        return 1;
    here += here < field.size && (field.text[here] == '-' || field.text[here] == '+');
    size_t digits = here;
    for (; here < field.size && is_digit(field.text[here]) && exponent < 100; here++)
        exponent = exponent * 10 + (field.text[here] - '0');
    if (here == digits)
        return 1;
    *at = here;
    return minus ? 1 / power_of_ten(exponent) : power_of_ten(exponent);
}

/* A number that is not negative, at the field's start; *at: what stands behind it. *decimal: it has a fraction. */
static bool number_read(att_span field, size_t *at, double *number, bool *decimal)
{
    size_t here = 0;
    uint64_t whole = 0, fraction = 0;
    int places = 0;

    *decimal = false;
    *number = 0;
    for (; here < field.size && here <= WHOLE_DIGITS && is_digit(field.text[here]); here++)
        whole = whole * 10 + (uint64_t)(field.text[here] - '0');
    if (here == 0 || here > WHOLE_DIGITS)
        return false;
    if (here + 1 < field.size && (field.text[here] == '.' || field.text[here] == ',') &&
        is_digit(field.text[here + 1])) {
        *decimal = true;
        for (here++; here < field.size && is_digit(field.text[here]); here++)
            if (places < FRACTION_DIGITS) {
                fraction = fraction * 10 + (uint64_t)(field.text[here] - '0');
                places++;
            }
    }
    *number = ((double)whole + (double)fraction / power_of_ten(places)) * exponent_read(field, &here);
    *at = here;
    return true;
}

/* A unit behind the number goes before that of the column. */
static bool unit_read(att_span field, size_t at, att_time_unit *unit)
{
    at = att_blank_skip(field.text, field.size, at);
    if (at == field.size)
        return true;
    if (field.size - at == 1 && field.text[at] == 's')
        *unit = ATT_UNIT_SECONDS;
    else if (field.size - at == 2 && memcmp(field.text + at, "ms", 2) == 0)
        *unit = ATT_UNIT_MS;
    else
        return false;
    return true;
}

int64_t att_record_time(att_span field, att_time_unit unit, bool told)
{
    att_stamp stamp;
    double number;
    bool decimal;
    size_t at = 0;

    field = trimmed(field);
    if (!field.size)
        return ATT_NO_TIME;
    if ((att_stamp_marked(&stamp, field.text, field.size) || att_stamp_bare(&stamp, field.text, field.size, false)) &&
        stamp.size == field.size)
        return stamp.start_ms;
    if (!number_read(field, &at, &number, &decimal) || !unit_read(field, at, &unit))
        return ATT_NO_TIME;
    if (!(number < (told && unit == ATT_UNIT_MS ? DATE_MS : DATE)))
        return ATT_NO_TIME;
    return (int64_t)llround(unit == ATT_UNIT_MS ? number : number * 1000);
}

bool att_record_whole(att_span field, int64_t *number)
{
    bool minus = field.size && field.text[0] == '-';
    int64_t value = 0;
    size_t at = minus;

    if (field.size == at)
        return false;
    for (; at < field.size; at++)
        if (!is_digit(field.text[at]) || __builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, field.text[at] - '0', &value))
            return false;
    *number = minus ? -value : value;
    return true;
}

void att_time_sample_add(att_time_sample *sample, att_span start, size_t text_size)
{
    att_time_unit unit = ATT_UNIT_OPEN;
    double number;
    bool decimal;
    size_t at = 0;

    start = trimmed(start);
    if (!number_read(start, &at, &number, &decimal) || !unit_read(start, at, &unit) || unit != ATT_UNIT_OPEN)
        return;
    sample->decimal = sample->decimal || decimal;
    if (sample->any && number > sample->last)
        sample->passed += number - sample->last;
    sample->bytes += (double)text_size;
    sample->last = number;
    sample->any = true;
}

att_time_unit att_time_sample_unit(const att_time_sample *sample)
{
    return !sample->decimal && sample->bytes < sample->passed ? ATT_UNIT_MS : ATT_UNIT_SECONDS;
}
