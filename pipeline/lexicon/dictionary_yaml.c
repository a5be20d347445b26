/* Scalars of YAML. */
#include "base/utf8.h"
#include "lexicon/dictionary.h"

#include <string.h>
#include <strings.h>

/* Words that readers of YAML 1.1 take for a truth value or for nothing. */
static bool is_value(const char *text, size_t size)
{
    static const char *const words[] = {"y",   "n",    "yes",  "no",   "true", "false", "on",
                                        "off", "null", ".inf", ".nan", "~",    "<<",    "="};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (size == strlen(words[i]) && strncasecmp(text, words[i], size) == 0)
            return true;
    return false;
}

static bool is_numeric(const char *text, size_t size)
{
    return size > 0 && strspn(text, "+-.0123456789_:eExXoOabcdfABCDF") >= size && strpbrk(text, "0123456789");
}

/* Characters that only an escape can bring into a text, or that end a line. */
static bool needs_escape(uint32_t c)
{
    return c < ' ' || c == 0x7F || (c >= 0x80 && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFEFF ||
           (c & 0xFFFE) == 0xFFFE;
}

static bool is_plain(const char *text, size_t size)
{
    if (size == 0 || text[0] == ' ' || text[size - 1] == ' ' || text[size - 1] == ':' ||
        strchr("-?:,[]{}#&*!|>'\"%@`=<~.", text[0]) || is_value(text, size) || is_numeric(text, size))
        return false;
    for (size_t at = 0; at < size;) {
        size_t from = at;
        uint32_t c = att_utf8_next(text, size, &at);
        if (needs_escape(c) || (c < 0x80 && strchr("[]{},\"\\", (char)c)))
            return false;
        if ((c == ':' && at < size && text[at] == ' ') || (c == '#' && from > 0 && text[from - 1] == ' '))
            return false;
    }
    return true;
}

void att_put_yaml(att_buffer *out, const char *text, size_t size)
{
    if (is_plain(text, size)) {
        att_buffer_append(out, text, size);
        return;
    }
    att_buffer_char(out, '"');
    for (size_t at = 0; at < size;) {
        size_t from = at;
        uint32_t c = att_utf8_next(text, size, &at);
        if (c == '"' || c == '\\')
            att_buffer_format(out, "\\%c", (char)c);
        else if (c == '\n')
            att_buffer_text(out, "\\n");
        else if (c == '\t')
            att_buffer_text(out, "\\t");
        else if (needs_escape(c))
            att_buffer_format(out, c > 0xFFFF ? "\\U%08x" : "\\u%04x", (unsigned)c);
        else
            att_buffer_append(out, text + from, at - from);
    }
    att_buffer_char(out, '"');
}
