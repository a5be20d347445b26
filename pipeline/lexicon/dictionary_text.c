/* Texts of terms and names, between programs. */
#include "base/csv.h"
#include "base/utf8.h"
#include "lexicon/dictionary.h"

#include <string.h>
#include <unicode/uchar.h>

void att_term_put_literal(att_buffer *out, att_span text, const char *globs, bool joined)
{
    for (size_t i = 0; i < text.size; i++) {
        char c = text.text[i];
        bool sign = c && (strchr("()[]|~\\", c) || (strchr("*?", c) && !strchr(globs, c)));
        if (sign)
            att_buffer_char(out, '\\');
        att_buffer_char(out, (joined && c == '_') || c == '\t' ? ' ' : c);
    }
}

static bool is_white(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

void att_term_put_plain(att_buffer *out, att_span text)
{
    for (size_t i = 0; i < text.size; i++) {
        i += text.text[i] == '\\' && i + 1 < text.size;
        att_buffer_char(out, (unsigned char)text.text[i] < ' ' ? ' ' : text.text[i]);
    }
}

/* Of an asterisk: is the word it stands in nothing but such? */
static bool is_token(att_span text, size_t at)
{
    size_t from = at, to = at;

    while (from > 0 && text.text[from - 1] == '*')
        from--;
    while (to < text.size && text.text[to] == '*')
        to++;
    return (from == 0 || is_white(text.text[from - 1])) && (to == text.size || is_white(text.text[to]));
}

unsigned att_term_parts(att_span text)
{
    unsigned parts = 0;

    for (size_t i = 0; i < text.size; i++) {
        char c = text.text[i];
        bool last = i + 1 == text.size || is_white(text.text[i + 1]);
        if (is_white(c))
            parts |= ATT_TERM_SPACE;
        else if (c == '\\' && i + 1 < text.size)
            parts |= text.text[++i] == '*' ? ATT_TERM_LITERAL_STAR
                     : text.text[i] == '?' ? ATT_TERM_LITERAL_QUESTION
                                           : 0u;
        else if (c == '*')
            parts |= is_token(text, i) ? ATT_TERM_TOKEN : last ? ATT_TERM_STAR_LAST : ATT_TERM_STAR;
        else if (c == '?')
            parts |= ATT_TERM_QUESTION;
        else if (c && strchr("()[]|~", c))
            parts |= ATT_TERM_LANGUAGE;
    }
    return parts;
}

void att_put_line(att_buffer *out, const char *text)
{
    for (; *text; text++)
        att_buffer_char(out, (unsigned char)*text < ' ' ? ' ' : *text);
}

void att_put_cell(att_buffer *out, att_span text, char delimiter)
{
    static const char delimiters[] = {',', ';', '\t'};
    char quoted = delimiter;

    /* A field is quoted for the delimiter that is named. */
    for (size_t i = 0; i < sizeof delimiters; i++)
        if (text.size && memchr(text.text, delimiters[i], text.size))
            quoted = delimiters[i];
    att_csv_field(out, text, quoted, 0);
}

void att_put_xml(att_buffer *out, const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        char c = text[i];
        if (c == '&')
            att_buffer_text(out, "&amp;");
        else if (c == '<')
            att_buffer_text(out, "&lt;");
        else if (c == '>')
            att_buffer_text(out, "&gt;");
        else if (c == '"')
            att_buffer_text(out, "&quot;");
        else if (c == '\n' || c == '\t')
            att_buffer_format(out, "&#%d;", c);
        else if ((unsigned char)c < ' ' || (size - i >= 3 && c == '\xEF' && text[i + 1] == '\xBF' &&
                                            (text[i + 2] == '\xBE' || text[i + 2] == '\xBF'))) {
            /* No character of XML. */
            i += (unsigned char)c < ' ' ? 0 : 2;
            att_buffer_char(out, ' ');
        } else
            att_buffer_char(out, c);
    }
}

void att_marker_put_name(att_buffer *out, const char *name)
{
    size_t size = strlen(name), start = out->size;
    bool gap = false;

    for (size_t at = 0; at < size && out->size - start < 190;) {
        size_t from = at;
        UChar32 c = (UChar32)att_utf8_next(name, size, &at);
        bool mark = (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0 && out->size > start && !gap;
        if (c != '_' && c != '-' && !u_isUAlphabetic(c) && !u_isdigit(c) && !mark) {
            gap = true;
            continue;
        }
        if (gap && out->size > start)
            att_buffer_char(out, '_');
        gap = false;
        att_buffer_append(out, name + from, at - from);
    }
    if (out->size == start)
        att_buffer_text(out, "unnamed");
}

bool att_category_is_named_by_label(const att_category *category)
{
    att_buffer name = {0};
    bool same = false;

    if (category->label) {
        att_marker_put_name(&name, category->label);
        same = !name.failed && strcmp(name.data, category->name) == 0;
    }
    att_buffer_clear(&name);
    return same;
}

const char *att_category_shown(const att_category *category)
{
    return att_category_is_named_by_label(category) ? category->label : category->name;
}
