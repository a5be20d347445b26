/* XML, read safely: an element at a time, whatever the encoding the file declares.
 *
 * Nothing is fetched, from the network or the disk: DTDs and external entities are not read. An entity that the file
 * itself declares may stand for plain text only, so none expands to others. Threads may parse different contents at the
 * same time. Nothing is printed. */
#ifndef ATT_BASE_XML_H
#define ATT_BASE_XML_H

#include "base/buffer.h"

#include <attune/error.h>
#include <string.h>

/* Elements in elements; bytes of an entity; bytes that all references to entities of a file may add up to. */
#define ATT_XML_DEPTH     200u
#define ATT_XML_ENTITY    ((size_t)4096)
#define ATT_XML_EXPANSION ((size_t)1 << 20)

/* One parse. */
typedef struct att_xml att_xml;

typedef struct {
    const char *name; /* without prefix, but for "xml:lang" and "xml:id" */
    att_span value;
} att_xml_attribute;

typedef struct {
    const char *name;  /* without prefix */
    const char *space; /* the namespace; NULL: none */
    const att_xml_attribute *attributes;
    size_t attribute_count;
} att_xml_element;

/* What to do with what is found; each may be NULL. All spans and names are good for the call only. A status other than
 * ATT_OK stops the parse and is its result. Text comes in parts of any size; it is well-formed UTF-8. */
typedef struct {
    att_status (*start)(void *context, const att_xml *xml, const att_xml_element *element, att_error *error);
    att_status (*end)(void *context, const att_xml *xml, const char *name, att_error *error);
    att_status (*text)(void *context, const att_xml *xml, att_span text, att_error *error);
} att_xml_handler;

/* Reads a whole file. What is wrong with it is ATT_BAD_INPUT, `FILE:LINE: what; what to do`. */
att_status att_xml_parse(att_span content, const char *file, const att_xml_handler *handler, void *context,
                         att_error *error);

/* Of the place that is being read, for messages and turns; 1-based. */
uint64_t att_xml_line(const att_xml *xml);

/* The value of an attribute; size 0 where there is none. */
att_span att_xml_get(const att_xml_element *element, const char *name);

static inline bool att_xml_is(const char *name, const char *wanted)
{
    return strcmp(name, wanted) == 0;
}

/* Is the name one of the list, which NULL ends? */
bool att_xml_is_any(const char *name, const char *const *list);

/* Appends text with each run of white space as one space, and none at the buffer's beginning. */
void att_xml_append(att_buffer *out, att_span text);
/* Without white space at its ends. */
att_span att_xml_trim(att_span text);

/* The name of the root element, where the probe shows it; false: this is no XML. */
bool att_xml_root(char *name, size_t room, att_span probe);

#endif
