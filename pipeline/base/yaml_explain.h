/* What libyaml found wrong, in words that help somebody who writes a file by hand. For base/yaml.c. */
#ifndef ATT_BASE_YAML_EXPLAIN_H
#define ATT_BASE_YAML_EXPLAIN_H

#include <attune/error.h>
#include <attune/span.h>
#include <yaml.h>

/* Turns the parser's error into att_error; text is what the parser reads. */
att_status att_yaml_explain(const yaml_parser_t *parser, const char *file, att_span text, att_error *error);

/* An entry that YAML takes for something else (an alias, a tag …) because of the sign it begins with. offset: of the
 * sign in text. */
att_status att_yaml_must_quote(const char *file, att_span text, size_t offset, yaml_mark_t mark, att_error *error);

/* The bytes before the code point with this number. */
size_t att_yaml_offset(att_span text, size_t index);

/* Text that is not UTF-8: where and why. valid: bytes that are well-formed. */
att_status att_yaml_not_utf8(const char *file, att_span text, size_t valid, att_error *error);

#endif
