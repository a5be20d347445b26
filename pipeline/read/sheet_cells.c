#include "read/sheet_cells.h"

#include <attune/span.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MOST_ROWS = 1048576, MOST_COLUMNS = 16384 };

att_cell_format att_cell_format_builtin(unsigned id)
{
    if (id == 22)
        return ATT_CELL_DATE_TIME;
    if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47))
        return ATT_CELL_TIME;
    if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58))
        return ATT_CELL_DATE;
    return ATT_CELL_NUMBER;
}

/* Behind what stands for itself at `at`: a quotation, an escaped sign, a colour or locale in brackets. */
static size_t pass_literal(att_span code, size_t at)
{
    char c = code.text[at], closing = c == '"' ? '"' : c == '[' ? ']' : '\0';

    if (c == '\\' || c == '_' || c == '*')
        return at + 2;
    if (!closing)
        return at;
    const char *end = memchr(code.text + at + 1, closing, code.size - at - 1);
    return end ? (size_t)(end - code.text) + 1 : code.size;
}

/* Hours that pass 24 stand in brackets: [h]:mm. But [Magenta] is a colour. */
static bool is_elapsed(att_span code, size_t at)
{
    size_t end = at + 1;

    while (end < code.size && code.text[end] && strchr("hHmMsS", code.text[end]))
        end++;
    return code.text[at] == '[' && end > at + 1 && end < code.size && code.text[end] == ']';
}

att_cell_format att_cell_format_code(att_span code)
{
    bool day = false, hour = false;

    for (size_t at = 0; at < code.size;) {
        bool elapsed = is_elapsed(code, at);
        size_t behind = elapsed ? at + 1 : pass_literal(code, at);
        if (behind != at) {
            at = behind;
            hour |= elapsed;
            continue;
        }
        char c = (char)(code.text[at++] | 0x20);
        if (code.text[at - 1] == ';')
            break; /* what follows is for negative numbers */
        day |= c == 'd' || c == 'y';
        hour |= c == 'h' || c == 's';
    }
    return day && hour ? ATT_CELL_DATE_TIME : day ? ATT_CELL_DATE : hour ? ATT_CELL_TIME : ATT_CELL_NUMBER;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Not strtod, which depends on the locale. NAN: it is no number. */
static double parse(att_span text)
{
    long double value = 0;
    long exponent = 0, shift = 0;
    size_t at = 0, digits = 0;
    bool negative = text.size && text.text[0] == '-';

    at += negative;
    for (bool part = false; at < text.size && (is_digit(text.text[at]) || (text.text[at] == '.' && !part)); at++) {
        if (text.text[at] == '.') {
            part = true;
            continue;
        }
        value = value * 10 + (text.text[at] - '0');
        shift -= part;
        digits++;
    }
    if (at < text.size && (text.text[at] | 0x20) == 'e') {
        bool below = ++at < text.size && text.text[at] == '-';
        at += at < text.size && (text.text[at] == '-' || text.text[at] == '+');
        size_t from = at;
        for (; at < text.size && is_digit(text.text[at]); at++)
            exponent = exponent < 10000 ? exponent * 10 + (text.text[at] - '0') : exponent;
        digits = at > from ? digits : 0;
        exponent = below ? -exponent : exponent;
    }
    if (!digits || at != text.size)
        return NAN;
    double result = (double)(value * powl(10.0L, (long double)(exponent + shift)));
    return isinf(result) ? NAN : negative ? -result : result;
}

/* The calendar day of a number of days since 1970-01-01 (proleptic Gregorian; Hinnant, "chrono-Compatible Low-Level
 * Date Algorithms"). */
static void put_day(att_buffer *out, long days)
{
    long shifted = days + 719468;
    long era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    long of_era = shifted - era * 146097;
    long year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    long of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    long month = (5 * of_year + 2) / 153;
    long day = of_year - (153 * month + 2) / 5 + 1;

    month += month < 10 ? 3 : -9;
    att_buffer_format(out, "%04ld-%02ld-%02ld", year_of_era + era * 400 + (month <= 2), month, day);
}

/* Spreadsheets take 1900 for a leap year: days before March of it are one off. */
static long day_of(double serial, bool since_1904)
{
    long day = (long)serial;

    if (since_1904)
        return day - 24107;
    return day - (day > 60 ? 25569 : 25568);
}

static void put_plain(att_buffer *out, att_span number, double value)
{
    char text[40];

    if (fabs(value) < 1e15 && value == floor(value)) {
        att_buffer_format(out, "%.0f", value == 0 ? 0.0 : value);
        return;
    }
    int size = snprintf(text, sizeof text, "%.15g", value);
    if (size <= 0 || (size_t)size >= sizeof text) {
        att_buffer_span(out, number);
        return;
    }
    for (char *c = text; *c; c++)
        if (*c == ',')
            *c = '.'; /* a locale's */
    att_buffer_text(out, text);
}

void att_cell_number(att_buffer *out, att_span number, att_cell_format format, bool since_1904)
{
    double value = parse(number);

    if (isnan(value)) {
        att_cell_text(out, number);
        return;
    }
    /* Days that no calendar of theirs has are shown as numbers there too. */
    if (format == ATT_CELL_NUMBER || value < 0 || value >= 2958466 || (format == ATT_CELL_TIME && value >= 1)) {
        put_plain(out, number, value);
        return;
    }
    double seconds = floor((value - floor(value)) * 86400 + 0.5);
    if (seconds >= 86400) {
        value += 1;
        seconds = 0;
    }
    if (format != ATT_CELL_TIME)
        put_day(out, day_of(value, since_1904));
    if (format == ATT_CELL_DATE_TIME)
        att_buffer_char(out, 'T');
    long left = (long)seconds;
    if (format != ATT_CELL_DATE)
        att_buffer_format(out, "%02ld:%02ld:%02ld", left / 3600, left / 60 % 60, left % 60);
}

/* The code of `_xHHHH_` at `at`; -1: it is not there. */
static int escaped(att_span text, size_t at)
{
    int code = 0;

    if (text.size - at < 7 || text.text[at] != '_' || text.text[at + 1] != 'x' || text.text[at + 6] != '_')
        return -1;
    for (size_t i = 2; i < 6; i++) {
        char c = text.text[at + i];
        int digit = is_digit(c) ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
        if (digit < 0)
            return -1;
        code = code * 16 + digit;
    }
    return code;
}

static void put_code(att_buffer *out, unsigned code)
{
    if (code == '"')
        att_buffer_text(out, "\"\"");
    else if (code < 0x20 || (code >= 0xD800 && code < 0xE000))
        att_buffer_char(out, ' ');
    else if (code < 0x80)
        att_buffer_char(out, (char)code);
    else if (code < 0x800)
        att_buffer_format(out, "%c%c", (char)(0xC0 | code >> 6), (char)(0x80 | (code & 0x3F)));
    else
        att_buffer_format(out, "%c%c%c", (char)(0xE0 | code >> 12), (char)(0x80 | (code >> 6 & 0x3F)),
                          (char)(0x80 | (code & 0x3F)));
}

void att_cell_text(att_buffer *out, att_span text)
{
    for (size_t at = 0; at < text.size;) {
        int code = escaped(text, at);
        if (code >= 0) {
            put_code(out, (unsigned)code);
            at += 7;
            continue;
        }
        unsigned char c = (unsigned char)text.text[at++];
        if (c < 0x80)
            put_code(out, c);
        else
            att_buffer_char(out, (char)c);
    }
}

bool att_cell_place(att_span name, uint32_t *row, uint32_t *column)
{
    size_t at = 0;

    *row = *column = 0;
    for (; at < name.size && (name.text[at] | 0x20) >= 'a' && (name.text[at] | 0x20) <= 'z'; at++)
        if ((*column = *column * 26 + (uint32_t)((name.text[at] | 0x20) - 'a') + 1) > MOST_COLUMNS)
            return false;
    for (; at < name.size && is_digit(name.text[at]); at++)
        if ((*row = *row * 10 + (uint32_t)(name.text[at] - '0')) > MOST_ROWS)
            return false;
    return at == name.size && *row && *column;
}
