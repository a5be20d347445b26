/* The elements of a Word document that matter for its text. For read/docx_text.c. */
#ifndef ATT_READ_DOCX_KINDS_H
#define ATT_READ_DOCX_KINDS_H

#include "base/xml.h"

typedef enum {
    DOCX_OTHER,
    DOCX_LINE_BREAK,
    DOCX_DELETED,
    DOCX_FIELD_CHAR,
    DOCX_FIELD_SIMPLE,
    DOCX_NO_BREAK_HYPHEN,
    DOCX_PARAGRAPH,
    DOCX_PARAGRAPH_PROPERTIES,
    DOCX_PARAGRAPH_STYLE,
    DOCX_PLACEHOLDER,
    DOCX_RUN,
    DOCX_RUN_PROPERTIES,
    DOCX_RUN_STYLE,
    DOCX_CONTROL,
    DOCX_CONTROL_CONTENT,
    DOCX_SKIPPED,
    DOCX_SYMBOL,
    DOCX_TAB,
    DOCX_TABLE,
    DOCX_TABLE_CELL,
    DOCX_TABLE_HEADER,
    DOCX_TABLE_ROW,
    DOCX_ROW_PROPERTIES,
    DOCX_TEXT,
    DOCX_TEXT_BOX,
    DOCX_HIDDEN,
} att_docx_kind;

att_docx_kind att_docx_kind_of(const att_xml_element *element);

#endif
