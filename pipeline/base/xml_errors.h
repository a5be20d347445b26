/* What libxml2 found wrong, in words that help. For base/xml.c. */
#ifndef ATT_BASE_XML_ERRORS_H
#define ATT_BASE_XML_ERRORS_H

#include <attune/error.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlversion.h>
#include <stdbool.h>

#if LIBXML_VERSION >= 21200
typedef const xmlError *att_xml_complaint;
#else
typedef xmlErrorPtr att_xml_complaint;
#endif

/* at_end: it was found where the file ends. */
att_status att_xml_explain(att_xml_complaint complaint, bool at_end, const char *file, uint64_t line, att_error *error);

#endif
