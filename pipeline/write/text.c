/* The public face of text output: base/utf8.h and base/csv.h for those who may only include <attune/...>. */
#include <attune/text.h>

#include "base/buffer.h"
#include "base/csv.h"
#include "base/utf8.h"

/* Controls start escape sequences (C1 ones in a single character); overrides make a line read other than it is. */
static bool harmful(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

size_t att_text_clean(char *out, att_span text)
{
    size_t size = 0;
    for (size_t at = 0; at < text.size;) {
        uint32_t c = att_utf8_next(text.text, text.size, &at);
        size += att_utf8_put(out + size, harmful(c) ? ATT_REPLACEMENT : c);
    }
    return size;
}

size_t att_text_width(att_span text)
{
    return att_utf8_width(text.text, text.size);
}

att_span att_text_head(att_span text, size_t columns)
{
    size_t width = 0;
    size_t at = 0;
    while (at < text.size) {
        size_t next = at;
        att_utf8_next(text.text, text.size, &next);
        width += att_utf8_width(text.text + at, next - at);
        if (width > columns) {
            break;
        }
        at = next;
    }
    return (att_span){text.text, at};
}

att_span att_text_tail(att_span text, size_t columns)
{
    size_t width = att_utf8_width(text.text, text.size);
    size_t at = 0;
    while (at < text.size) {
        size_t next = at;
        att_utf8_next(text.text, text.size, &next);
        size_t taken = att_utf8_width(text.text + at, next - at);
        /* A mark at the cut has lost its character. */
        if (width <= columns && (taken > 0 || at == 0)) {
            break;
        }
        width -= taken;
        at = next;
    }
    return (att_span){text.text ? text.text + at : NULL, text.size - at};
}

int att_text_csv(FILE *stream, att_span field)
{
    att_buffer buffer = {0};
    att_csv_field(&buffer, field, ',', 0);
    bool failed = buffer.failed;
    if (!failed && buffer.size > 0) {
        fwrite(buffer.data, 1, buffer.size, stream);
    }
    att_buffer_clear(&buffer);
    return failed ? -1 : 0;
}
