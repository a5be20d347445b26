/* The smaller parts of a Word document: styles and relationships. */
#include "base/xml.h"
#include "read/docx_text.h"

typedef struct {
    att_word_styles *styles;
    att_buffer id;
    bool open;
} style_search;

static att_status style_start(void *context, const att_xml *xml, const att_xml_element *element, att_error *error)
{
    style_search *in = context;

    (void)xml;
    if (att_xml_is(element->name, "style")) {
        in->id.size = 0;
        att_buffer_span(&in->id, att_xml_get(element, "styleId"));
        in->open = true;
    } else if (in->open && att_xml_is(element->name, "name")) {
        in->open = false;
        if (in->id.failed || !att_word_styles_add(in->styles, (att_span){in->id.data, in->id.size},
                                                  att_xml_get(element, "val"), (att_span){0}))
            return att_fail_memory(error);
    }
    return ATT_OK;
}

att_status att_docx_styles(att_word_styles *styles, att_span xml, const char *part, att_error *error)
{
    static const att_xml_handler handler = {.start = style_start};
    style_search in = {.styles = styles};
    att_status status = att_xml_parse(xml, part, &handler, &in, error);

    att_buffer_clear(&in.id);
    return status;
}

typedef struct {
    att_buffer *path;
    const char *kind;
    att_span folder;
    bool found;
} relation_search;

static bool is_kind(att_span type, const char *kind)
{
    size_t size = strlen(kind);

    return type.size > size && type.text[type.size - size - 1] == '/' &&
           memcmp(type.text + type.size - size, kind, size) == 0;
}

static att_status relation_start(void *context, const att_xml *xml, const att_xml_element *element, att_error *error)
{
    relation_search *in = context;
    att_span target = att_xml_get(element, "Target");

    (void)xml, (void)error;
    if (in->found || !target.size || !att_xml_is(element->name, "Relationship") ||
        !is_kind(att_xml_get(element, "Type"), in->kind) ||
        att_span_equal(att_xml_get(element, "TargetMode"), att_span_of("External")))
        return ATT_OK;
    in->found = true;
    if (*target.text != '/')
        att_buffer_span(in->path, in->folder);
    att_buffer_span(in->path, *target.text == '/' ? (att_span){target.text + 1, target.size - 1} : target);
    return ATT_OK;
}

att_status att_docx_relation(att_buffer *path, att_span xml, const char *kind, att_span folder, const char *part,
                             att_error *error)
{
    static const att_xml_handler handler = {.start = relation_start};
    relation_search in = {.path = path, .kind = kind, .folder = folder};

    path->size = 0;
    att_status status = att_xml_parse(xml, part, &handler, &in, error);
    return !status && path->failed ? att_fail_memory(error) : status;
}
