#include "read/json_mend.h"

#include "base/utf8.h"

#include <string.h>

/* A `\uD83D` at text[at]: which half of a pair; 0: neither. */
static int surrogate_half(att_span text, size_t at)
{
    if (text.size - at < 6 || memcmp(text.text + at, "\\u", 2) != 0 || (text.text[at + 2] | 0x20) != 'd')
        return 0;
    char c = (char)(text.text[at + 3] | 0x20);
    if ((c >= '8' && c <= '9') || (c >= 'a' && c <= 'b'))
        return 1;
    return c >= 'c' && c <= 'f' ? 2 : 0;
}

/* Bytes of the escape at text[at]; *half: it is one that lacks its other half. */
static size_t escape_size(att_span text, size_t at, bool *half)
{
    int which = surrogate_half(text, at);

    *half = false;
    if (which == 1 && text.size - at >= 12 && surrogate_half(text, at + 6) == 2)
        return 12;
    *half = which != 0;
    if (which)
        return 6;
    return text.size - at < 2 ? text.size - at : 2;
}

bool att_json_is_sound(const att_scan *scan, att_span text)
{
    const char *end = text.text + text.size, *escape = text.text;
    bool half = false;

    if (!text.size)
        return true;
    if (!scan->is_clean(text.text, text.size) && att_utf8_valid_prefix(text.text, text.size) < text.size)
        return false;
    while (!half && escape < end && (escape = memchr(escape, '\\', (size_t)(end - escape))) != NULL)
        escape += escape_size(text, (size_t)(escape - text.text), &half);
    return !half;
}

/* NaN, Infinity or -Infinity at text[at]: its bytes. */
static size_t no_number(att_span text, size_t at)
{
    static const char *const words[] = {"NaN", "Infinity", "-Infinity"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t size = strlen(words[i]);
        if (text.size - at >= size && memcmp(text.text + at, words[i], size) == 0)
            return size;
    }
    return 0;
}

static void mend_wide(att_buffer *out, att_span text, size_t *at, uint64_t *ill_formed)
{
    char bytes[4];
    size_t from = *at;
    uint32_t point = att_utf8_next(text.text, text.size, at);
    bool real = *at - from == 3 && memcmp(text.text + from, "\xEF\xBF\xBD", 3) == 0;

    *ill_formed += point == ATT_REPLACEMENT && !real;
    att_buffer_append(out, bytes, att_utf8_put(bytes, point));
}

bool att_json_mend(att_buffer *out, att_span text, uint64_t *ill_formed)
{
    bool string = false, half;
    size_t size;

    out->size = 0;
    for (size_t at = 0; at < text.size && !out->failed;) {
        char c = text.text[at];
        if ((unsigned char)c >= 0x80) {
            mend_wide(out, text, &at, ill_formed);
        } else if (string && c == '\\') {
            size = escape_size(text, at, &half);
            att_buffer_append(out, half ? "\\uFFFD" : text.text + at, size);
            at += size;
        } else if (!string && (size = no_number(text, at)) > 0) {
            att_buffer_text(out, "null");
            at += size;
        } else {
            string = string != (c == '"');
            att_buffer_char(out, c);
            at++;
        }
    }
    return !out->failed;
}
