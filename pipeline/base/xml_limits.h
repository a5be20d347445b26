/* Files that are made to take libxml2 forever. For base/xml.c. */
#ifndef ATT_BASE_XML_LIMITS_H
#define ATT_BASE_XML_LIMITS_H

#include <attune/span.h>

/* Attributes of an element; those a document type gives to elements that do not have them; namespaces that are declared
 * at any place. The library compares each with all others. */
#define ATT_XML_ATTRIBUTES 4096u
#define ATT_XML_DEFAULTS   64u
#define ATT_XML_NAMESPACES 1024u

/* Where an element has more attributes than that, as far as it shows without reading the XML: an offset; size: nowhere.
 */
size_t att_xml_crowded(att_span content);

#endif
