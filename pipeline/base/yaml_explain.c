#include "base/yaml_explain.h"

#include "base/utf8.h"
#include "base/yaml.h"

#include <stdbool.h>
#include <string.h>

typedef enum { AT_PROBLEM, AT_CONTEXT } place;

/* libyaml's messages, most special first; NULL fits everything. */
static const struct {
    const char *context;
    const char *problem;
    place where;
    const char *says;
} explanations[] = {
    {NULL, "tab character that violates indentation", AT_PROBLEM,
     "a tab cannot indent or stand alone on a line in YAML; use spaces"},
    {"a quoted scalar", "unexpected end of stream", AT_CONTEXT,
     "this quotation mark is never closed; close it, or put the whole text in the other kind of quotation marks"},
    {"a quoted scalar", "unknown escape character", AT_PROBLEM,
     "a backslash in double quotes begins an escape; use single quotes, or write it twice"},
    {"a quoted scalar", "document indicator", AT_CONTEXT, "this quotation mark is never closed; close it"},
    {"a flow sequence", NULL, AT_CONTEXT,
     "a list that begins with [ is not closed or lacks a comma; mend it, or quote the text if the bracket is part of "
     "it"},
    {"a flow mapping", NULL, AT_CONTEXT,
     "a map that begins with { is not closed or lacks a comma; mend it, or quote the text if the bracket is part of "
     "it"},
    {"a block scalar", NULL, AT_CONTEXT,
     "a text that begins with | or > is taken for a block of text; quote it if the sign is part of it"},
    {NULL, "mapping values are not allowed", AT_PROBLEM,
     "a colon where no key can stand; check the indentation, or quote the text if the colon is part of it"},
    {NULL, "block sequence entries are not allowed", AT_PROBLEM,
     "a list entry cannot begin here; put the dash on a line of its own below its key, indented with spaces"},
    {"a simple key", NULL, AT_CONTEXT, "a key without a colon; write 'key: value', or put a dash before a list entry"},
    {NULL, "did not find expected '-' indicator", AT_PROBLEM,
     "this does not fit into the list above; begin each entry with a dash in the same column, and put quotation marks "
     "around the whole text, not a part of it"},
    {NULL, "did not find expected key", AT_PROBLEM,
     "this does not fit what stands above it; indent it like its neighbours, with spaces, and put quotation marks "
     "around the whole text, not a part of it"},
    {NULL, "did not find expected node content", AT_PROBLEM,
     "YAML takes this sign for its own; put the text in quotation marks"},
};

size_t att_yaml_offset(att_span text, size_t index)
{
    size_t at = 0;

    for (; at < text.size && index > 0; index--)
        (void)att_utf8_next(text.text, text.size, &at);
    return at;
}

/* Line and column of a byte. */
static yaml_mark_t mark_of(att_span text, size_t offset)
{
    yaml_mark_t mark = {0, 0, 0};
    size_t start = 0;

    for (size_t i = 0; i < offset && i < text.size; i++) {
        bool half = text.text[i] == '\r' && i + 1 < text.size && text.text[i + 1] == '\n';
        if ((text.text[i] == '\n' || text.text[i] == '\r') && !half) {
            mark.line++;
            start = i + 1;
        }
    }
    if (start < offset)
        mark.column = att_utf8_count(text.text + start, offset - start);
    return mark;
}

static att_status fail_at(const char *file, yaml_mark_t mark, att_error *error, const char *says)
{
    return att_fail(error, ATT_BAD_INPUT, file, mark.line + 1, mark.column + 1, "%s", says);
}

att_status att_yaml_must_quote(const char *file, att_span text, size_t offset, yaml_mark_t mark, att_error *error)
{
    att_span rest = {text.text + offset, 0};
    char sign[3] = {' ', '\0', '\0'};

    while (offset + rest.size < text.size && !strchr("\r\n#,]}", rest.text[rest.size]))
        rest.size++;
    while (rest.size > 0 && (rest.text[rest.size - 1] == ' ' || rest.text[rest.size - 1] == '\t'))
        rest.size--;
    if (offset < text.size)
        sign[0] = text.text[offset];
    if (sign[0] == '?')
        sign[1] = ' ';
    return att_fail(error, ATT_BAD_INPUT, file, mark.line + 1, mark.column + 1,
                    "an entry that begins with %s must be quoted: \"%s\"",
                    sign[1] ? "a question mark and a space" : sign, att_excerpt_of(rest).text);
}

att_status att_yaml_not_utf8(const char *file, att_span text, size_t valid, att_error *error)
{
    yaml_mark_t mark = mark_of(text, valid);

    return att_fail(error, ATT_BAD_INPUT, file, mark.line + 1, mark.column + 1,
                    "invalid UTF-8 (byte 0x%02X); save the file in the encoding UTF-8",
                    (unsigned)(unsigned char)text.text[valid]);
}

static att_status explain_sign(const yaml_parser_t *parser, const char *file, att_span text, att_error *error)
{
    size_t offset = att_yaml_offset(text, parser->problem_mark.index);

    if (offset < text.size && text.text[offset] == '\t')
        return fail_at(file, parser->problem_mark, error, "a tab cannot indent in YAML; use spaces");
    return att_yaml_must_quote(file, text, offset, parser->problem_mark, error);
}

static bool fits(const char *said, const char *wanted)
{
    return !wanted || (said && strstr(said, wanted));
}

att_status att_yaml_explain(const yaml_parser_t *parser, const char *file, att_span text, att_error *error)
{
    const char *context = parser->context;
    const char *problem = parser->problem ? parser->problem : "not YAML";

    if (parser->error == YAML_MEMORY_ERROR)
        return att_fail_memory(error);
    if (parser->error == YAML_READER_ERROR) {
        yaml_mark_t mark = mark_of(text, parser->problem_offset);
        return att_fail(error, ATT_BAD_INPUT, file, mark.line + 1, mark.column + 1,
                        "the control character U+%04X cannot stand in YAML; delete it",
                        (unsigned)parser->problem_value);
    }
    if (fits(problem, "cannot start any token"))
        return explain_sign(parser, file, text, error);
    if (context && (strstr(context, "an alias") || strstr(context, "an anchor") || strstr(context, "a tag")))
        return att_yaml_must_quote(file, text, att_yaml_offset(text, parser->context_mark.index), parser->context_mark,
                                   error);
    for (size_t i = 0; i < sizeof explanations / sizeof explanations[0]; i++)
        if (fits(context, explanations[i].context) && fits(problem, explanations[i].problem))
            return fail_at(file, explanations[i].where == AT_CONTEXT ? parser->context_mark : parser->problem_mark,
                           error, explanations[i].says);
    return att_fail(error, ATT_BAD_INPUT, file, parser->problem_mark.line + 1, parser->problem_mark.column + 1,
                    "%s; check the indentation and the quotation marks here", problem);
}
