/* The lines of a text, for the formats that are made of lines. */
#ifndef ATT_LEXICON_DICTIONARY_LINES_H
#define ATT_LEXICON_DICTIONARY_LINES_H

#include "base/white.h"

#include <attune/span.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

typedef struct {
    att_span rest;
    uint64_t number; /* of the last line given, 1-based */
} att_lines;

static inline att_lines att_lines_of(att_span text)
{
    if (text.size >= 3 && memcmp(text.text, "\xEF\xBB\xBF", 3) == 0)
        text = (att_span){text.text + 3, text.size - 3};
    return (att_lines){text, 0};
}

/* The next one without its end, which is LF, CRLF or CR; false: there is none. */
static inline bool att_lines_next(att_lines *lines, att_span *line)
{
    size_t at = 0;

    if (lines->rest.size == 0)
        return false;
    while (at < lines->rest.size && lines->rest.text[at] != '\n' && lines->rest.text[at] != '\r')
        at++;
    *line = (att_span){lines->rest.text, at};
    if (at < lines->rest.size)
        at += lines->rest.text[at] == '\r' && at + 1 < lines->rest.size && lines->rest.text[at + 1] == '\n' ? 2 : 1;
    lines->rest = (att_span){lines->rest.text + at, lines->rest.size - at};
    lines->number++;
    return true;
}

static inline att_span att_line_trim(att_span line)
{
    size_t from = line.size ? att_white_skip(line.text, line.size, 0) : 0;
    size_t to = line.size ? att_white_trim(line.text, from, line.size) : 0;

    return (att_span){line.size ? line.text + from : "", to - from};
}

/* Without the apostrophe that keeps spreadsheets from taking a text for a formula (att_csv_field puts it there). */
static inline att_span att_line_disarmed(att_span text)
{
    bool armed = text.size > 1 && text.text[0] == '\'' && text.text[1] && strchr("=+-@", text.text[1]);

    return armed ? (att_span){text.text + 1, text.size - 1} : text;
}

/* White characters that a line begins with: its indentation. */
static inline size_t att_line_indent(att_span line)
{
    size_t at = 0;

    while (at < line.size && (line.text[at] == ' ' || line.text[at] == '\t'))
        at++;
    return at;
}

/* The first line that is not blank, trimmed; size 0: there is none. */
static inline att_span att_lines_first(att_span text)
{
    att_lines lines = att_lines_of(text);
    att_span line = {"", 0};

    while (att_lines_next(&lines, &line))
        if ((line = att_line_trim(line)).size)
            return line;
    return (att_span){"", 0};
}

#endif
