#include "base/xml_errors.h"

#include "base/yaml.h"

static bool is_encoding(int code, int domain)
{
    return domain == XML_FROM_I18N || code == XML_ERR_INVALID_CHAR || code == XML_ERR_INVALID_ENCODING ||
           code == XML_ERR_UNKNOWN_ENCODING || code == XML_ERR_UNSUPPORTED_ENCODING;
}

att_status att_xml_explain(att_xml_complaint complaint, bool at_end, const char *file, uint64_t line, att_error *error)
{
    att_excerpt message;

    if (complaint->code == XML_ERR_NO_MEMORY)
        return att_fail_memory(error);
    att_span said = att_span_of(complaint->message);
    while (said.size && said.text[said.size - 1] == '\n')
        said.size--;
    message = att_excerpt_of(said);
    if (complaint->code == XML_ERR_DOCUMENT_EMPTY)
        return att_fail(error, ATT_BAD_INPUT, file, line, 0, "is no XML (%s); name its format with --format",
                        message.text);
    if (at_end && complaint->code != XML_ERR_TAG_NAME_MISMATCH)
        return att_fail(error, ATT_BAD_INPUT, file, line, 0,
                        "ends before its XML does (%s); get a complete copy, or export it again", message.text);
    if (is_encoding(complaint->code, complaint->domain))
        return att_fail(error, ATT_BAD_INPUT, file, line, 0,
                        "holds bytes that are not of the encoding its first line declares (%s); correct encoding=\"…\" "
                        "there, or save the file as UTF-8",
                        message.text);
    return att_fail(error, ATT_BAD_INPUT, file, line, 0,
                    "is not well-formed XML: %s; correct it there, or export it again from the program that made it",
                    message.text);
}
