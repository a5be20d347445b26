#include "base/csv.h"

#include <stdlib.h>
#include <string.h>

/* The delimiter that the first line holds most of, outside quotes; the comma where there is none of them. */
static char find_delimiter(att_span text)
{
    static const char candidates[] = {',', ';', '\t'};
    size_t counts[sizeof candidates] = {0};
    bool quoted = false, any = false;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.text[i];
        if (c == '"')
            quoted = !quoted;
        if (quoted)
            continue;
        if (c == '\n' || c == '\r') {
            if (any)
                break;
            continue; /* blank lines before the header */
        }
        any = true;
        for (size_t k = 0; k < sizeof candidates; k++)
            counts[k] += c == candidates[k];
    }
    size_t best = 0;
    for (size_t k = 1; k < sizeof candidates; k++)
        if (counts[k] > counts[best])
            best = k;
    return candidates[best];
}

void att_csv_open(att_csv *csv, att_span text)
{
    if (!text.text)
        text = (att_span){"", 0};
    *csv = (att_csv){.text = text, .line = 1, .next_line = 1};
    if (text.size >= 3 && memcmp(text.text, "\xEF\xBB\xBF", 3) == 0)
        csv->at = 3;
    csv->delimiter = find_delimiter((att_span){text.text + csv->at, text.size - csv->at});
}

void att_csv_close(att_csv *csv)
{
    free(csv->fields);
    att_arena_clear(&csv->arena);
    *csv = (att_csv){0};
}

static bool at_end(const att_csv *csv)
{
    return csv->at == csv->text.size;
}

static bool at_line_end(const att_csv *csv)
{
    return at_end(csv) || csv->text.text[csv->at] == '\n' || csv->text.text[csv->at] == '\r';
}

/* Steps over one line end, if there is one. */
static void skip_line_end(att_csv *csv)
{
    if (at_end(csv))
        return;
    char c = csv->text.text[csv->at];
    if (c != '\n' && c != '\r')
        return;
    csv->at++;
    if (c == '\r' && !at_end(csv) && csv->text.text[csv->at] == '\n')
        csv->at++;
    csv->next_line++;
}

/* The part of a field that stands in quotes: at the opening quote. Line ends inside count as lines. */
static int read_quoted(att_csv *csv, char *to, size_t *size)
{
    csv->at++;
    while (!at_end(csv)) {
        char c = csv->text.text[csv->at];
        if (c == '"') {
            csv->at++;
            if (at_end(csv) || csv->text.text[csv->at] != '"')
                return 1;
            to[(*size)++] = '"';
            csv->at++;
            continue;
        }
        size_t start = csv->at;
        if (c == '\n' || c == '\r')
            skip_line_end(csv);
        else
            csv->at++;
        memcpy(to + *size, csv->text.text + start, csv->at - start);
        *size += csv->at - start;
    }
    return -2;
}

/* The size a quoted field can have at most: up to the closing quote and on to the delimiter or line end. Keeps the copy
 * from being as long as the rest of the file. */
static size_t quoted_room(const att_csv *csv)
{
    size_t at = csv->at + 1;
    bool quoted = true;
    for (; at < csv->text.size; at++) {
        char c = csv->text.text[at];
        if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == csv->delimiter || c == '\n' || c == '\r'))
            break;
    }
    return at - csv->at;
}

static int read_field(att_csv *csv, att_span *field)
{
    if (at_end(csv) || csv->text.text[csv->at] != '"') {
        size_t start = csv->at;
        while (!at_line_end(csv) && csv->text.text[csv->at] != csv->delimiter)
            csv->at++;
        *field = (att_span){csv->text.text + start, csv->at - start};
        return 1;
    }
    char *copy = att_arena_take(&csv->arena, quoted_room(csv));
    size_t size = 0;
    if (!copy)
        return -1;
    int result = read_quoted(csv, copy, &size);
    if (result != 1)
        return result;
    /* Text behind the closing quote is not RFC 4180; it is kept as it stands. */
    while (!at_line_end(csv) && csv->text.text[csv->at] != csv->delimiter)
        copy[size++] = csv->text.text[csv->at++];
    *field = (att_span){copy, size};
    return 1;
}

int att_csv_next(att_csv *csv)
{
    csv->count = 0;
    att_arena_reset(&csv->arena);
    while (!at_end(csv) && at_line_end(csv))
        skip_line_end(csv);
    csv->line = csv->next_line;
    if (at_end(csv))
        return 0;
    for (;;) {
        if (!att_grow(&csv->fields, &csv->capacity, csv->count + 1, sizeof *csv->fields))
            return -1;
        int result = read_field(csv, &csv->fields[csv->count]);
        if (result != 1)
            return result;
        csv->count++;
        if (at_line_end(csv))
            break;
        csv->at++; /* the delimiter */
    }
    skip_line_end(csv);
    return 1;
}

static bool is_among(char c, const char *set)
{
    return c && strchr(set, c);
}

/* -12, +3.5: a number to a spreadsheet, whatever sign it begins with. */
static bool is_number(att_span field)
{
    size_t at = 1, digits = 0;
    if (field.size == 0 || !is_among(field.text[0], "+-"))
        return false;
    for (; at < field.size && field.text[at] >= '0' && field.text[at] <= '9'; at++)
        digits++;
    if (at < field.size && (field.text[at] == '.' || field.text[at] == ','))
        for (at++; at < field.size && field.text[at] >= '0' && field.text[at] <= '9'; at++)
            digits++;
    return digits > 0 && at == field.size;
}

void att_csv_field(att_buffer *out, att_span field, char delimiter, int raw)
{
    bool formula = !raw && field.size && is_among(field.text[0], "=+-@\t\r") && !is_number(field);
    bool quote = false;
    for (size_t i = 0; i < field.size && !quote; i++) {
        char c = field.text[i];
        quote = c == delimiter || c == '"' || c == '\n' || c == '\r';
    }
    /* White space at the ends, which some readers trim. */
    if (field.size && (is_among(field.text[0], " \t") || is_among(field.text[field.size - 1], " \t")))
        quote = true;
    if (quote)
        att_buffer_char(out, '"');
    if (formula)
        att_buffer_char(out, '\'');
    if (!quote) {
        att_buffer_span(out, field);
        return;
    }
    for (size_t i = 0; i < field.size; i++) {
        if (field.text[i] == '"')
            att_buffer_char(out, '"');
        att_buffer_char(out, field.text[i]);
    }
    att_buffer_char(out, '"');
}
