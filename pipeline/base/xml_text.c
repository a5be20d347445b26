/* Names, text and the root of XML, for those who read it. */
#include "base/xml.h"

#include "base/white.h"

att_span att_xml_get(const att_xml_element *element, const char *name)
{
    for (size_t i = 0; i < element->attribute_count; i++)
        if (strcmp(element->attributes[i].name, name) == 0)
            return element->attributes[i].value;
    return (att_span){0};
}

bool att_xml_is_any(const char *name, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(name, *list) == 0)
            return true;
    return false;
}

static bool is_white(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Behind the text at `at` that needs no change: a single space between words may stay. */
static size_t pass_words(att_span text, size_t at)
{
    for (size_t from = at; at < text.size; at++)
        if (is_white(text.text[at]) &&
            (text.text[at] != ' ' || at == from || at + 1 == text.size || is_white(text.text[at + 1])))
            break;
    return at;
}

void att_xml_append(att_buffer *out, att_span text)
{
    for (size_t at = 0; at < text.size;) {
        size_t from = at;
        at = pass_words(text, at);
        att_buffer_append(out, text.text + from, at - from);
        if (at < text.size && out->size && out->data[out->size - 1] != ' ')
            att_buffer_char(out, ' ');
        while (at < text.size && is_white(text.text[at]))
            at++;
    }
}

att_span att_xml_trim(att_span text)
{
    size_t from = text.size ? att_white_skip(text.text, text.size, 0) : 0;
    size_t to = text.size ? att_white_trim(text.text, from, text.size) : 0;

    return (att_span){text.size ? text.text + from : "", to - from};
}

/* ---- The root */

enum { ROOT_SIGHT = 64 * 1024 };

typedef struct {
    char *name;
    size_t room;
    bool found;
} root_search;

static att_status root_start(void *context, const att_xml *xml, const att_xml_element *element, att_error *error)
{
    root_search *search = context;

    (void)xml, (void)error;
    search->found = strlen(element->name) < search->room;
    if (search->found)
        memcpy(search->name, element->name, strlen(element->name) + 1);
    return ATT_SKIPPED; /* that was all */
}

/* Before a parser is troubled: `<` with a name, `?` or `!` behind it, perhaps in UTF-16. */
static bool looks_like_xml(att_span probe)
{
    char start[2] = {0};
    size_t kept = 0;

    for (size_t at = 0; at < probe.size && at < 1024 && kept < 2; at++) {
        char c = probe.text[at];
        if ((kept || !(is_white(c) || strchr("\xEF\xBB\xBF\xFE\xFF", c))) && c)
            start[kept++] = c;
    }
    return start[0] == '<' && start[1] && !strchr("/<> \t\r\n", start[1]);
}

bool att_xml_root(char *name, size_t room, att_span probe)
{
    static const att_xml_handler handler = {.start = root_start};
    root_search search = {name, room, false};

    if (!looks_like_xml(probe))
        return false;
    if (probe.size > ROOT_SIGHT)
        probe.size = ROOT_SIGHT;
    att_xml_parse(probe, "", &handler, &search, NULL);
    return search.found;
}
