#include "read/delimited.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* The first delimiter or line end at or after `at`, or the size. */
static size_t find_end(att_span text, size_t at, char delimiter)
{
#ifdef __SSE2__
    const __m128i mark = _mm_set1_epi8(delimiter), lf = _mm_set1_epi8('\n'), cr = _mm_set1_epi8('\r');

    for (; at + 16 <= text.size; at += 16) {
        __m128i block = _mm_loadu_si128((const __m128i *)(const void *)(text.text + at));
        __m128i hits = _mm_or_si128(_mm_cmpeq_epi8(block, mark),
                                    _mm_or_si128(_mm_cmpeq_epi8(block, lf), _mm_cmpeq_epi8(block, cr)));
        int bits = _mm_movemask_epi8(hits);
        if (bits)
            return at + (size_t)__builtin_ctz((unsigned)bits);
    }
#endif
    while (at < text.size && text.text[at] != delimiter && text.text[at] != '\n' && text.text[at] != '\r')
        at++;
    return at;
}

/* Steps over a line end at text[*at]; 0: there is none; -1: it may be half of one. */
static int pass_line_end(att_span text, size_t *at, bool complete)
{
    if (text.text[*at] == '\n') {
        ++*at;
        return 1;
    }
    if (text.text[*at] != '\r')
        return 0;
    if (*at + 1 == text.size && !complete)
        return -1;
    *at += *at + 1 < text.size && text.text[*at + 1] == '\n' ? 2 : 1;
    return 1;
}

static uint64_t count_lines(att_span text, size_t from, size_t to)
{
    uint64_t lines = 0;

    for (size_t at = from; at < to; at++)
        lines += text.text[at] == '\n' || (text.text[at] == '\r' && (at + 1 == to || text.text[at + 1] != '\n'));
    return lines;
}

static size_t pass_blanks(att_span text, size_t at, char delimiter)
{
    while (at < text.size && (text.text[at] == ' ' || text.text[at] == '\t') && text.text[at] != delimiter)
        at++;
    return at;
}

/* The field whose opening quote is at text[at]; *end: at the delimiter, line end or end behind it. False: the closing
 * quote is not in the text. */
static bool quoted_read(att_field *field, att_span text, size_t at, char delimiter, size_t *end)
{
    const char *quote;
    size_t here = at + 1;

    *field = (att_field){.from = at + 1, .quoted = true};
    for (;;) {
        quote = here < text.size ? memchr(text.text + here, '"', text.size - here) : NULL;
        if (!quote)
            return false;
        here = (size_t)(quote - text.text) + 1;
        if (here == text.size || text.text[here] != '"')
            break;
        field->doubled = true;
        here++;
    }
    field->to = here - 1;
    *end = find_end(text, here, delimiter);
    /* What stands behind the closing quote is not in the standard; it is kept, but for blanks. */
    if (pass_blanks(text, here, delimiter) < *end) {
        field->to = *end;
        field->doubled = true;
    }
    return true;
}

static bool field_read(att_field *field, const att_dialect *dialect, att_span text, size_t at, size_t *end)
{
    if (dialect->quotes) {
        size_t quote = pass_blanks(text, at, dialect->delimiter);
        if (quote < text.size && text.text[quote] == '"')
            return quoted_read(field, text, quote, dialect->delimiter, end);
    }
    *end = find_end(text, at, dialect->delimiter);
    *field = (att_field){.from = at, .to = *end};
    return true;
}

static att_delimited_state begin(att_delimited *record, att_span text, size_t at, bool complete)
{
    int passed = 1;

    record->count = record->beyond = record->stray = 0;
    record->blank = record->lines = 0;
    while (at < text.size && (passed = pass_line_end(text, &at, complete)) > 0)
        record->blank++;
    record->from = record->end = at;
    if (at < text.size && passed == 0)
        return ATT_DELIMITED_RECORD;
    return complete ? ATT_DELIMITED_END : ATT_DELIMITED_CUT;
}

att_delimited_state att_delimited_next(att_delimited *record, const att_dialect *dialect, att_span text, size_t at,
                                       bool complete)
{
    att_delimited_state state = begin(record, text, at, complete);
    att_field beyond = {0};

    if (state != ATT_DELIMITED_RECORD)
        return state;
    for (at = record->from;; at++) {
        att_field *field = record->count < record->most ? &record->fields[record->count] : &beyond;
        size_t end;
        if (!field_read(field, dialect, text, at, &end))
            return complete ? ATT_DELIMITED_UNQUOTED : ATT_DELIMITED_CUT;
        if (end == text.size && !complete)
            return ATT_DELIMITED_CUT;
        if (field->quoted) {
            record->lines += count_lines(text, field->from, field->to);
            record->stray += field->to == end;
        }
        if (field == &beyond)
            record->beyond += pass_blanks(text, field->from, dialect->delimiter) < field->to;
        record->count++;
        at = end;
        if (at == text.size || text.text[at] != dialect->delimiter)
            break;
    }
    if (at < text.size) {
        if (pass_line_end(text, &at, complete) < 0)
            return ATT_DELIMITED_CUT;
        record->lines++;
    }
    record->end = at;
    return ATT_DELIMITED_RECORD;
}

size_t att_field_unquote(char *to, att_span field)
{
    size_t size = 0, at = 0;

    while (at < field.size) {
        const char *quote = memchr(field.text + at, '"', field.size - at);
        size_t run = quote ? (size_t)(quote - field.text) - at : field.size - at;
        memcpy(to + size, field.text + at, run);
        size += run;
        at += run;
        if (at == field.size)
            break;
        /* A single one closed the field; what follows is kept. */
        if (at + 1 < field.size && field.text[at + 1] == '"') {
            to[size++] = '"';
            at++;
        }
        at++;
    }
    return size;
}
