#include "base/xml.h"

#include "base/entities.h"
#include "base/xml_errors.h"
#include "base/xml_limits.h"
#include "base/yaml.h"

#include <limits.h>
#include <stdlib.h>

#include <libxml/SAX2.h>
#include <libxml/parser.h>

struct att_xml {
    const att_xml_handler *handler;
    void *context;
    const char *file;
    att_error *error;
    att_status status; /* of the first thing that failed */
    xmlParserCtxtPtr parser;
    uint64_t lines_before; /* that were passed over before the parser began */
    unsigned depth;
    unsigned declared[ATT_XML_DEPTH + 1]; /* namespaces, up to the element of this depth */
    size_t expanded;                      /* bytes, by references to entities */
    att_xml_attribute *attributes;
    size_t attribute_capacity;
};

/* libxml2 wants this before there are threads. */
__attribute__((constructor)) static void start_library(void)
{
    xmlInitParser();
}

/* The parser of an entity's text is another one than that of the file; both know whom they work for. */
static att_xml *xml_of(void *parser)
{
    return ((xmlParserCtxtPtr)parser)->_private;
}

uint64_t att_xml_line(const att_xml *xml)
{
    const xmlParserCtxt *parser = xml->parser;
    int line = parser && parser->input ? parser->input->line : 1;

    return xml->lines_before + (line > 0 ? (uint64_t)line : 1);
}

static bool stopped(att_xml *xml, void *parser)
{
    if (xml->status)
        xmlStopParser(parser);
    return xml->status != ATT_OK;
}

/* ---- Entities */

static void declare_entity(void *parser, const xmlChar *name, int type, const xmlChar *public_id,
                           const xmlChar *system_id, xmlChar *content)
{
    /* An entity that holds markup or other entities is left out: nothing can grow by expansion. So are files. */
    if (type != XML_INTERNAL_GENERAL_ENTITY || !content || strpbrk((const char *)content, "<&") ||
        strlen((const char *)content) > ATT_XML_ENTITY)
        return;
    xmlSAX2EntityDecl(parser, name, type, public_id, system_id, content);
}

/* A DTD that is not read most likely declares the names that HTML knows too. */
static xmlEntityPtr find_usual_entity(xmlParserCtxtPtr parser, const char *name)
{
    char reference[64], text[ATT_ENTITY_MOST + 1];
    size_t size = 0;
    int length = snprintf(reference, sizeof reference, "&%s;", name);

    if (!parser->hasExternalSubset || !parser->myDoc || !parser->myDoc->intSubset || length < 0 ||
        (size_t)length >= sizeof reference ||
        att_entity_read(text, &size, reference, (size_t)length, true) != (size_t)length)
        return NULL;
    text[size] = '\0';
    if (strpbrk(text, "<&"))
        return NULL;
    return xmlAddDocEntity(parser->myDoc, (const xmlChar *)name, XML_INTERNAL_GENERAL_ENTITY, NULL, NULL,
                           (const xmlChar *)text);
}

static xmlEntityPtr get_entity(void *context, const xmlChar *name)
{
    xmlParserCtxtPtr parser = context;
    att_xml *xml = xml_of(parser);
    xmlEntityPtr entity = xmlSAX2GetEntity(parser, name);

    if (parser->inSubset || xml->status)
        return entity;
    if (!entity)
        entity = find_usual_entity(parser, (const char *)name);
    if (!entity) {
        xml->status = att_fail(xml->error, ATT_BAD_INPUT, xml->file, att_xml_line(xml), 0,
                               "uses the entity &%s;, which is not declared in the file, or stands for a file, for "
                               "markup or for other entities; write the text itself in its place",
                               att_excerpt_of(att_span_of((const char *)name)).text);
        return NULL;
    }
    xml->expanded += entity->content ? strlen((const char *)entity->content) : 0;
    if (xml->expanded > ATT_XML_EXPANSION)
        xml->status = att_fail(xml->error, ATT_BAD_INPUT, xml->file, att_xml_line(xml), 0,
                               "has entities that add up to more than %zu bytes, as files do that are meant to exhaust "
                               "memory; write the text itself in the place of &%s;",
                               ATT_XML_EXPANSION, att_excerpt_of(att_span_of((const char *)name)).text);
    return entity;
}

/* ---- Elements */

static const char *attribute_name(const xmlChar *local, const xmlChar *prefix)
{
    if (prefix && strcmp((const char *)prefix, "xml") == 0) {
        if (strcmp((const char *)local, "lang") == 0)
            return "xml:lang";
        if (strcmp((const char *)local, "id") == 0)
            return "xml:id";
    }
    return (const char *)local;
}

/* Five pointers an attribute: local name, prefix, namespace, beginning and end of the value. */
static bool take_attributes(att_xml *xml, const xmlChar **from, size_t count)
{
    if (!att_grow(&xml->attributes, &xml->attribute_capacity, count, sizeof *xml->attributes))
        return false;
    for (size_t i = 0; i < count; i++, from += 5) {
        xml->attributes[i].name = attribute_name(from[0], from[1]);
        xml->attributes[i].value = (att_span){(const char *)from[3], (size_t)(from[4] - from[3])};
    }
    return true;
}

/* Is the element within all limits? */
static bool check_limits(att_xml *xml, size_t namespaces, size_t defaults)
{
    const char *what = NULL;

    if (++xml->depth > ATT_XML_DEPTH)
        what = "has elements nested more than 200 deep";
    else if (namespaces > ATT_XML_NAMESPACES - xml->declared[xml->depth - 1])
        what = "declares more than 1024 namespaces";
    else if (defaults > ATT_XML_DEFAULTS)
        what = "has a document type that adds more than 64 attributes to an element";
    if (what)
        xml->status = att_fail(xml->error, ATT_BAD_INPUT, xml->file, att_xml_line(xml), 0,
                               "%s, as no such file does; check what made the file", what);
    else
        xml->declared[xml->depth] = xml->declared[xml->depth - 1] + (unsigned)namespaces;
    return !what;
}

static void start_element(void *parser, const xmlChar *name, const xmlChar *prefix, const xmlChar *space,
                          int namespace_count, const xmlChar **namespaces, int count, int default_count,
                          const xmlChar **attributes)
{
    att_xml *xml = xml_of(parser);
    size_t number = count > 0 ? (size_t)count : 0;

    (void)prefix, (void)namespaces;
    if (stopped(xml, parser))
        return;
    if (!check_limits(xml, (size_t)namespace_count, (size_t)default_count)) {
        stopped(xml, parser);
        return;
    }
    if (!take_attributes(xml, attributes, number))
        xml->status = att_fail_memory(xml->error);
    else if (xml->handler->start)
        xml->status = xml->handler->start(
            xml->context, xml, &(att_xml_element){(const char *)name, (const char *)space, xml->attributes, number},
            xml->error);
    stopped(xml, parser);
}

static void end_element(void *parser, const xmlChar *name, const xmlChar *prefix, const xmlChar *space)
{
    att_xml *xml = xml_of(parser);

    (void)prefix, (void)space;
    if (stopped(xml, parser))
        return;
    xml->depth--;
    if (xml->handler->end)
        xml->status = xml->handler->end(xml->context, xml, (const char *)name, xml->error);
    stopped(xml, parser);
}

static void take_text(void *parser, const xmlChar *text, int size)
{
    att_xml *xml = xml_of(parser);

    if (stopped(xml, parser) || size <= 0 || !xml->handler->text)
        return;
    xml->status = xml->handler->text(xml->context, xml, (att_span){(const char *)text, (size_t)size}, xml->error);
    stopped(xml, parser);
}

/* ---- The parse */

/* What the parser complains about, and, in this thread, its helpers that know of no parser. */
static void note_error(void *parser, att_xml_complaint error)
{
    att_xml *xml = xml_of(parser);
    const xmlParserInput *input = xml->parser ? xml->parser->input : NULL;

    if (xml->status || error->level != XML_ERR_FATAL)
        return;
    xml->status = att_xml_explain(error, !input || input->cur >= input->end, xml->file, att_xml_line(xml), xml->error);
}

static void set_handlers(xmlSAXHandler *sax)
{
    *sax = (xmlSAXHandler){
        .internalSubset = xmlSAX2InternalSubset,
        .isStandalone = xmlSAX2IsStandalone,
        .hasInternalSubset = xmlSAX2HasInternalSubset,
        .hasExternalSubset = xmlSAX2HasExternalSubset,
        .startDocument = xmlSAX2StartDocument,
        .getEntity = get_entity,
        .entityDecl = declare_entity,
        .startElementNs = start_element,
        .endElementNs = end_element,
        .characters = take_text,
        .cdataBlock = take_text,
        .ignorableWhitespace = take_text,
        .serror = note_error,
        .initialized = XML_SAX2_MAGIC,
    };
}

static void run_parser(att_xml *xml, att_span content)
{
    xmlParserCtxtPtr parser = xml->parser;
    xmlStructuredErrorFunc handler = xmlStructuredError;
    void *context = xmlStructuredErrorContext;

    parser->_private = xml;
    set_handlers(parser->sax);
    xmlSetStructuredErrorFunc(parser, note_error); /* of this thread only */
    /* The tree holds no more than what the file declares: elements go to the handlers. */
    xmlFreeDoc(
        xmlCtxtReadMemory(parser, content.text, (int)content.size, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOENT));
    xmlSetStructuredErrorFunc(context, handler);
    if (!xml->status && !parser->wellFormed)
        xml->status = att_fail(xml->error, ATT_BAD_INPUT, xml->file, att_xml_line(xml), 0,
                               "is not well-formed XML; export it again from the program that made it");
}

/* Blank lines before the XML declaration are a mistake that does no harm. */
static att_span skip_blank_start(att_xml *xml, att_span content)
{
    size_t at = content.size >= 3 && memcmp(content.text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

    for (; at < content.size && strchr(" \t\r\n", content.text[at]) && content.text[at]; at++)
        xml->lines_before += content.text[at] == '\n';
    return (att_span){content.text + at, content.size - at};
}

static uint64_t count_lines(const char *text, size_t size)
{
    uint64_t lines = 0;

    for (size_t i = 0; i < size; i++)
        lines += text[i] == '\n';
    return lines;
}

att_status att_xml_parse(att_span content, const char *file, const att_xml_handler *handler, void *context,
                         att_error *error)
{
    att_xml xml = {.handler = handler, .context = context, .file = file, .error = error};
    att_span rest = content.size ? skip_blank_start(&xml, content) : content;

    if (!rest.size)
        return att_fail(error, ATT_BAD_INPUT, file, 0, 0, "holds no text; leave it out, or check that it was saved");
    if (rest.size > INT_MAX)
        return att_fail(error, ATT_BAD_INPUT, file, 0, 0, "is larger than 2 GiB; split it");
    size_t crowded = att_xml_crowded(rest);
    if (crowded < rest.size)
        return att_fail(error, ATT_BAD_INPUT, file, count_lines(rest.text, crowded) + xml.lines_before + 1, 0,
                        "has an element with more than %u attributes, as no such file does; check what made the file",
                        ATT_XML_ATTRIBUTES);
    xml.parser = xmlNewParserCtxt();
    if (!xml.parser)
        return att_fail_memory(error);
    run_parser(&xml, rest);
    xmlFreeParserCtxt(xml.parser);
    free(xml.attributes);
    return xml.status;
}
