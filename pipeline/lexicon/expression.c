#include <hs.h>

#include "lexicon/expression.h"

#include "base/glob.h"

#include <string.h>

void att_expression_put(att_buffer *out, att_span expression)
{
    att_buffer_text(out, "^(?:");
    att_buffer_span(out, expression);
    att_buffer_text(out, ")$");
}

void att_expression_put_turn(att_buffer *out, att_span expression, bool exact)
{
    att_buffer_text(out, exact ? "" : "(?i)");
    att_buffer_span(out, expression);
}

unsigned att_expression_flags(att_database_kind kind)
{
    return kind == ATT_TURNS ? ATT_TURN_FLAGS : kind == ATT_REGEXES ? ATT_EXPRESSION_FLAGS : ATT_GLOB_FLAGS;
}

/* Everything but letters and digits as \xHH, so that nothing in it means anything to the compiler. */
static void put_escaped(att_buffer *out, char c)
{
    unsigned char byte = (unsigned char)c;

    if (byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z'))
        att_buffer_char(out, c);
    else
        att_buffer_format(out, "\\x%02x", byte);
}

/* `*` at either end needs no pattern of its own: leaving the separator out says the same and stays a literal. */
void att_expression_put_glob(att_buffer *out, att_span glob)
{
    bool open_start = glob.text[0] == '*', open_end = glob.text[glob.size - 1] == '*';

    if (!open_start)
        put_escaped(out, ATT_GLOB_SEPARATOR);
    for (size_t i = open_start; i < glob.size - open_end; i++) {
        if (glob.text[i] == '*')
            att_buffer_text(out, "[^\\x1f]*");
        else if (glob.text[i] == '?')
            att_buffer_text(out, "[^\\x1f]");
        else
            put_escaped(out, glob.text[i]);
    }
    if (!open_end)
        put_escaped(out, ATT_GLOB_SEPARATOR);
}

bool att_glob_is_plain(att_span glob)
{
    if (glob.size < 3 || glob.text[0] != '*' || glob.text[glob.size - 1] != '*')
        return false;
    return !memchr(glob.text + 1, '*', glob.size - 2) && !memchr(glob.text + 1, '?', glob.size - 2);
}

bool att_glob_needs_pattern(att_span glob)
{
    return !att_glob_beginning(glob) && !att_glob_ending(glob) && !(glob.size == 1 && glob.text[0] == '*');
}
