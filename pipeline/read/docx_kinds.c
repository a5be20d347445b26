#include "read/docx_kinds.h"

#include <stdlib.h>

typedef struct {
    const char *name;
    att_docx_kind kind;
} element_name;

/* Sorted by name (bytes). delText and instrText are no DOCX_TEXT, so they need no place here. */
static const element_name names[] = {
    {"Fallback", DOCX_SKIPPED},
    {"br", DOCX_LINE_BREAK},
    {"cr", DOCX_LINE_BREAK},
    {"del", DOCX_DELETED},
    {"fldChar", DOCX_FIELD_CHAR},
    {"moveFrom", DOCX_DELETED},
    {"noBreakHyphen", DOCX_NO_BREAK_HYPHEN},
    {"p", DOCX_PARAGRAPH},
    {"pPr", DOCX_PARAGRAPH_PROPERTIES},
    {"pPrChange", DOCX_SKIPPED},
    {"pStyle", DOCX_PARAGRAPH_STYLE},
    {"ptab", DOCX_TAB},
    {"r", DOCX_RUN},
    {"rPr", DOCX_RUN_PROPERTIES},
    {"rPrChange", DOCX_SKIPPED},
    {"rStyle", DOCX_RUN_STYLE},
    {"rt", DOCX_SKIPPED},
    {"sdt", DOCX_CONTROL},
    {"sdtContent", DOCX_CONTROL_CONTENT},
    {"showingPlcHdr", DOCX_PLACEHOLDER},
    {"sym", DOCX_SYMBOL},
    {"t", DOCX_TEXT},
    {"tab", DOCX_TAB},
    {"tbl", DOCX_TABLE},
    {"tblHeader", DOCX_TABLE_HEADER},
    {"tc", DOCX_TABLE_CELL},
    {"tr", DOCX_TABLE_ROW},
    {"trPr", DOCX_ROW_PROPERTIES},
    {"txbxContent", DOCX_TEXT_BOX},
    {"vanish", DOCX_HIDDEN},
};

static int by_name(const void *key, const void *item)
{
    return strcmp(key, ((const element_name *)item)->name);
}

/* Both kinds of files, transitional and strict, and the wrapper for alternatives. */
static bool is_ours(const char *space)
{
    return space && (strstr(space, "/wordprocessingml/") || strstr(space, "/markup-compatibility/"));
}

att_docx_kind att_docx_kind_of(const att_xml_element *element)
{
    const element_name *found = bsearch(element->name, names, sizeof names / sizeof *names, sizeof *names, by_name);

    return found && is_ours(element->space) ? found->kind : DOCX_OTHER;
}
