#include "read/dialect.h"

#include "read/scan.h"

#include <stdlib.h>

enum { LOOKED_AT = 100, LOOK_BYTES = 64 * 1024, COLUMNS_MOST = 4096 };

void att_table_head_clear(att_table_head *head)
{
    free(head->header.fields);
    free(head->names);
    att_buffer_clear(&head->text);
    *head = (att_table_head){.count = 0};
}

/* Where the header is: behind byte order marks and the line "sep=;" that spreadsheets write. */
static size_t find_header(att_span probe, uint64_t *line, char *separator)
{
    size_t at = 0;

    while (probe.size - at >= 3 && memcmp(probe.text + at, "\xEF\xBB\xBF", 3) == 0)
        at += 3;
    *line = 1;
    *separator = '\0';
    if (probe.size - at >= 6 && memcmp(probe.text + at, "sep=", 4) == 0 && att_is_line_end(probe.text[at + 5])) {
        *separator = probe.text[at + 4];
        bool two = probe.text[at + 5] == '\r' && probe.size - at > 6 && probe.text[at + 6] == '\n';
        at += two ? 7 : 6;
        *line = 2;
    }
    return at;
}

/* The names of the header's columns. Empty ones at its end, of delimiters at the ends of all lines, are none. */
static bool read_names(att_table_head *head, att_span probe)
{
    size_t count = head->header.count;

    head->names = calloc(count, sizeof *head->names);
    if (!head->names || !att_buffer_reserve(&head->text, head->header.end - head->header.from + 1))
        return false;
    for (size_t i = 0; i < count; i++) {
        const att_field *field = &head->header.fields[i];
        att_span name = {probe.text + field->from, field->to - field->from};
        char *copy = head->text.data + head->text.size;
        size_t size = name.size;
        if (field->doubled)
            size = att_field_unquote(copy, name);
        else
            memcpy(copy, name.text, size);
        head->text.size += size;
        size_t from = att_white_skip(copy, size, 0);
        head->names[i] = (att_span){copy + from, att_white_trim(copy, from, size) - from};
        if (head->names[i].size)
            head->count = i + 1;
    }
    return true;
}

/* How many of the first records have as many fields as the header, and no text behind a closing quote. */
static void look_at_records(att_table_head *head, att_span probe, bool complete)
{
    size_t good = 0, at = head->header.end;
    att_delimited record = {.fields = NULL};
    bool cut = probe.size > head->header.end + LOOK_BYTES;

    if (cut)
        probe.size = head->header.end + LOOK_BYTES;
    while (head->records < LOOKED_AT) {
        record.most = 0;
        att_delimited_state state = att_delimited_next(&record, &head->dialect, probe, at, complete && !cut);
        if (state == ATT_DELIMITED_UNQUOTED)
            head->records++;
        if (state != ATT_DELIMITED_RECORD)
            break;
        head->records++;
        good += !record.stray && (record.count == head->header.count || record.count == head->count);
        at = record.end;
    }
    head->fit = head->records ? (double)good / (double)head->records : 1;
}

/* Tries one dialect. False: no memory. */
static bool try_dialect(att_table_head *head, att_dialect dialect, att_span probe, bool complete, size_t from,
                        const att_read_options *options)
{
    att_delimited *header = &head->header;

    *head = (att_table_head){.dialect = dialect};
    att_delimited_state state = att_delimited_next(header, &dialect, probe, from, complete);
    if (state != ATT_DELIMITED_RECORD || header->count > COLUMNS_MOST)
        return true;
    header->most = header->count;
    header->fields = calloc(header->count, sizeof *header->fields);
    if (!header->fields)
        return false;
    (void)att_delimited_next(header, &dialect, probe, from, complete);
    if (!read_names(head, probe))
        return false;
    head->look = head->count ? att_columns_look(head->names, head->count, options) : 0;
    /* Most files are no tables at all: their records need no look. */
    if (head->count > 1 || head->look)
        look_at_records(head, probe, complete);
    return true;
}

static bool is_better(const att_table_head *one, const att_table_head *other)
{
    if (!one->count || !other->count)
        return one->count != 0;
    if (one->look != other->look)
        return one->look > other->look;
    if (one->fit < other->fit || one->fit > other->fit)
        return one->fit > other->fit;
    return one->count > other->count;
}

att_status att_table_head_find(att_table_head *head, att_span probe, bool complete, const char *delimiters,
                               const att_read_options *options, const char *file, att_error *error)
{
    att_table_head best = {.count = 0};
    uint64_t line;
    char separator;
    bool good = true;
    size_t from = find_header(probe, &line, &separator);

    for (const char *delimiter = delimiters; *delimiter; delimiter++)
        for (int quotes = 1; quotes >= 0 && good; quotes--) {
            att_table_head tried;
            if (separator && separator != *delimiter && strchr(delimiters, separator))
                continue;
            good = try_dialect(&tried, (att_dialect){*delimiter, quotes}, probe, complete, from, options);
            if (good && is_better(&tried, &best)) {
                att_table_head_clear(&best);
                best = tried;
            } else {
                att_table_head_clear(&tried);
            }
        }
    if (!good) {
        att_table_head_clear(&best);
        return att_fail_memory(error);
    }
    if (!best.count) {
        att_table_head_clear(&best);
        return att_fail(error, ATT_BAD_INPUT, file, line, 0,
                        "has no header line that names its columns; add one, such as speaker,text");
    }
    best.line = line + best.header.blank;
    *head = best;
    return ATT_OK;
}
