#include "base/xml_limits.h"

#include <stdbool.h>

/* The shortest attribute: white space, a name, `=""`. */
enum { ATTRIBUTE_BYTES = 5 };

/* Passes over white space, and the NULs between the characters of UTF-16. */
static size_t skip_blank(att_span content, size_t at)
{
    while (at < content.size && (content.text[at] == '\0' || strchr(" \t\r\n", content.text[at])))
        at++;
    return at;
}

static bool is_crowded(att_span stretch)
{
    size_t count = 0;

    for (size_t at = 0; at < stretch.size;) {
        const char *sign = memchr(stretch.text + at, '=', stretch.size - at);
        if (!sign)
            break;
        at = skip_blank(stretch, (size_t)(sign - stretch.text) + 1);
        count += at < stretch.size && (stretch.text[at] == '"' || stretch.text[at] == '\'');
    }
    return count > ATT_XML_ATTRIBUTES;
}

size_t att_xml_crowded(att_span content)
{
    /* No attribute holds a `<`: all of an element's are before the next one. */
    for (size_t at = 0; at < content.size;) {
        const char *next = memchr(content.text + at, '<', content.size - at);
        size_t end = next ? (size_t)(next - content.text) : content.size;
        if (end - at > ATT_XML_ATTRIBUTES * ATTRIBUTE_BYTES && is_crowded((att_span){content.text + at, end - at}))
            return at;
        at = end + 1;
    }
    return content.size;
}
