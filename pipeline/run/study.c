#include <attune/study.h>

#include "base/file.h"
#include "base/nearest.h"
#include "base/yaml.h"

#include <attune/lexicon.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What a value is, which says what is done to it. */
typedef enum { A_TEXT, A_NUMBER, A_LABEL_SCOPE, SOME_TEXTS, A_PATH, SOME_INPUTS, SOME_LEXICONS } kind;

static const char *const keys[] = {"name",    "inputs",   "lexicons",    "speakers",      "labels",        "by",
                                   "exclude", "language", "format",      "speaker_regex", "speaker_style", "tiers",
                                   "columns", "encoding", "max_members", "max_unpacked",  "max_ratio"};
static const kind kinds[] = {A_TEXT,     SOME_INPUTS, SOME_LEXICONS, A_PATH,   A_LABEL_SCOPE, SOME_TEXTS,
                             SOME_TEXTS, A_TEXT,      A_TEXT,        A_TEXT,   A_TEXT,        SOME_TEXTS,
                             SOME_TEXTS, A_TEXT,      A_NUMBER,      A_NUMBER, A_NUMBER};
enum { KEYS = sizeof keys / sizeof keys[0] };

typedef struct {
    const char *file;
    att_span folder; /* of the file, with its last '/'; empty: the working folder */
    att_error *error;
} reading;

void att_strings_clear(att_strings *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i]);
    free(list->items);
    *list = (att_strings){NULL, 0};
}

void att_study_clear(att_study *study)
{
    free(study->file);
    free(study->name);
    free(study->speakers);
    free(study->language);
    free(study->format);
    free(study->encoding);
    free(study->speaker_regex);
    att_strings_clear(&study->inputs);
    att_strings_clear(&study->lexicons);
    att_strings_clear(&study->by);
    att_strings_clear(&study->exclude);
    att_strings_clear(&study->tiers);
    att_strings_clear(&study->columns);
    free(study->speaker_style);
    *study = (att_study){0};
}

att_status att_study_set(char **field, const char *value, att_error *error)
{
    char *copy = value ? strdup(value) : NULL;

    if (value && !copy)
        return att_fail_memory(error);
    free(*field);
    *field = copy;
    return ATT_OK;
}

att_status att_study_add(att_strings *list, const char *value, att_error *error)
{
    char *copy = strdup(value);
    char **items = copy ? realloc(list->items, (list->count + 1) * sizeof *items) : NULL;

    if (!items) {
        free(copy);
        return att_fail_memory(error);
    }
    items[list->count++] = copy;
    list->items = items;
    return ATT_OK;
}

static bool ends_in(att_span text, const char *end)
{
    att_span tail = att_span_of(end);

    return text.size >= tail.size && memcmp(text.text + text.size - tail.size, end, tail.size) == 0;
}

static bool starts_with(att_span text, const char *start)
{
    size_t size = strlen(start);

    return text.size >= size && memcmp(text.text, start, size) == 0;
}

static bool has_any(att_span text, const char *signs)
{
    for (size_t i = 0; i < text.size; i++)
        if (strchr(signs, text.text[i]))
            return true;
    return false;
}

/* The path seen from the study's folder. Before a glob the folder's own `*`, `?` and brackets are escaped. */
static void join(const reading *r, att_buffer *out, att_span path, bool may_be_glob)
{
    bool escape = may_be_glob && has_any(path, "*?[");

    if (!starts_with(path, "/")) {
        for (size_t i = 0; i < r->folder.size; i++) {
            if (escape && strchr("*?[]\\", r->folder.text[i]))
                att_buffer_char(out, '\\');
            att_buffer_char(out, r->folder.text[i]);
        }
    }
    att_buffer_span(out, path);
}

/* Like a path, or the name of a built-in lexicon? */
static att_status find_if_path(const reading *r, att_span name, bool *path)
{
    att_buffer joined = {0};

    *path = starts_with(name, "/") || starts_with(name, "./") || starts_with(name, "../") || ends_in(name, ".yml") ||
            ends_in(name, ".yaml");
    if (*path || att_builtin_find(name.text))
        return ATT_OK;
    join(r, &joined, name, false);
    att_status status = joined.failed ? att_fail_memory(r->error) : ATT_OK;
    *path = status == ATT_OK && access(joined.data, F_OK) == 0;
    att_buffer_clear(&joined);
    return status;
}

static att_status refuse_value(const reading *r, const att_yaml_node *node, const char *key, const char *wanted)
{
    return att_fail(r->error, ATT_BAD_INPUT, r->file, node->line, node->column, "'%s' must be %s", key, wanted);
}

/* A text that stands for itself, or a path from the study's folder. */
static att_status resolve(const reading *r, kind what, att_span text, att_buffer *out)
{
    bool standard_input = what == SOME_INPUTS && att_span_equal(text, att_span_of("-"));
    bool path = what == A_PATH || what == SOME_INPUTS;
    att_status status = what == SOME_LEXICONS ? find_if_path(r, text, &path) : ATT_OK;

    if (status != ATT_OK)
        return status;
    out->size = 0;
    if (path && !standard_input)
        join(r, out, text, what == SOME_INPUTS);
    else
        att_buffer_span(out, text);
    return out->failed ? att_fail_memory(r->error) : ATT_OK;
}

static att_status check_text(const reading *r, const char *key, const att_yaml_node *node)
{
    if (node->kind != ATT_YAML_SCALAR)
        return refuse_value(r, node, key, "a text; write it after the colon");
    if (node->text.size == 0)
        return refuse_value(r, node, key, "more than nothing; write a value or delete the line");
    return ATT_OK;
}

static att_status read_text(const reading *r, const char *key, kind what, const att_yaml_node *node, char **field)
{
    att_buffer text = {0};
    att_status status = check_text(r, key, node);

    if (status == ATT_OK)
        status = resolve(r, what, node->text, &text);
    if (status == ATT_OK)
        status = att_study_set(field, text.data, r->error);
    att_buffer_clear(&text);
    return status;
}

static att_status add_text(const reading *r, const char *key, kind what, const att_yaml_node *node, att_strings *list)
{
    att_buffer text = {0};
    att_status status = check_text(r, key, node);

    if (status == ATT_OK)
        status = resolve(r, what, node->text, &text);
    if (status == ATT_OK)
        status = att_study_add(list, text.data, r->error);
    att_buffer_clear(&text);
    return status;
}

static att_status read_list(const reading *r, const char *key, kind what, const att_yaml_node *node, att_strings *list)
{
    att_status status = ATT_OK;

    if (node->kind == ATT_YAML_SCALAR)
        return add_text(r, key, what, node, list);
    if (node->kind == ATT_YAML_MAP)
        return refuse_value(r, node, key, "a text or a list of texts; begin each with a dash");
    for (const att_yaml_node *item = node->first; item && status == ATT_OK; item = item->next)
        status = add_text(r, key, what, item, list);
    return status;
}

static att_status read_label_scope(const reading *r, const att_yaml_node *node, bool *global)
{
    bool is_global = att_span_equal(node->text, att_span_of("global"));

    if (!is_global && !att_span_equal(node->text, att_span_of("local")))
        return refuse_value(r, node, "labels",
                            "'local' (a label names a person within its transcript) or 'global' (everywhere); write "
                            "one of the two");
    *global = is_global;
    return ATT_OK;
}

/* The fields of a study in the order of `keys`; NULL where it is none of this type. */
static char **text_field(att_study *study, size_t key)
{
    char **const fields[KEYS] = {&study->name,
                                 NULL,
                                 NULL,
                                 &study->speakers,
                                 NULL,
                                 NULL,
                                 NULL,
                                 &study->language,
                                 &study->format,
                                 &study->speaker_regex,
                                 &study->speaker_style,
                                 NULL,
                                 NULL,
                                 &study->encoding,
                                 NULL,
                                 NULL,
                                 NULL};

    return fields[key];
}

static att_strings *list_field(att_study *study, size_t key)
{
    att_strings *const fields[KEYS] = {NULL,
                                       &study->inputs,
                                       &study->lexicons,
                                       NULL,
                                       NULL,
                                       &study->by,
                                       &study->exclude,
                                       NULL,
                                       NULL,
                                       NULL,
                                       NULL,
                                       &study->tiers,
                                       &study->columns,
                                       NULL,
                                       NULL,
                                       NULL,
                                       NULL};

    return fields[key];
}

static uint64_t *limit_field(att_limits *limits, size_t key)
{
    if (strcmp(keys[key], "max_members") == 0)
        return &limits->members;
    return strcmp(keys[key], "max_ratio") == 0 ? &limits->ratio : &limits->unpacked;
}

/* max_unpacked is said in megabytes. */
static att_status read_limit(const reading *r, const char *key, const att_yaml_node *node, uint64_t *limit)
{
    uint64_t number = 0;
    bool good = node->kind == ATT_YAML_SCALAR && node->text.size > 0 && node->text.size < 10;

    for (size_t i = 0; good && i < node->text.size; i++) {
        good = node->text.text[i] >= '0' && node->text.text[i] <= '9';
        number = number * 10 + (uint64_t)(node->text.text[i] - '0');
    }
    if (!good || number == 0)
        return refuse_value(r, node, key, "a whole number from 1 to 999999999; write one after the colon");
    *limit = strcmp(key, "max_unpacked") == 0 ? number << 20 : number;
    return ATT_OK;
}

static size_t key_of(const att_yaml_node *node)
{
    size_t key = 0;

    while (key < KEYS && !att_span_equal(node->text, att_span_of(keys[key])))
        key++;
    return key;
}

static att_status refuse_key(const reading *r, const att_yaml_node *key)
{
    const char *near = att_nearest(key->text, keys, KEYS, 2);

    return att_fail(
        r->error, ATT_BAD_INPUT, r->file, key->line, key->column,
        "unknown key '%s'; a study may hold name, inputs, lexicons, speakers, labels, by, exclude, language, "
        "format, encoding, speaker_regex, speaker_style, tiers, columns, max_members, max_unpacked and max_ratio%s%s%s",
        att_excerpt_of(key->text).text, near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
}

static att_status read_value(const reading *r, const att_yaml_node *value, att_study *study)
{
    size_t key = key_of(value->key);

    if (key == KEYS)
        return refuse_key(r, value->key);
    if (kinds[key] == A_NUMBER)
        return read_limit(r, keys[key], value, limit_field(&study->limits, key));
    if (kinds[key] == A_LABEL_SCOPE)
        return read_label_scope(r, value, &study->global_labels);
    if (list_field(study, key))
        return read_list(r, keys[key], kinds[key], value, list_field(study, key));
    return read_text(r, keys[key], kinds[key], value, text_field(study, key));
}

/* Moves what the file said over what the study held. */
static void take_over(att_study *study, att_study *read, const att_yaml_node *root)
{
    for (const att_yaml_node *value = root->first; value; value = value->next) {
        size_t key = key_of(value->key);
        if (text_field(study, key)) {
            free(*text_field(study, key));
            *text_field(study, key) = *text_field(read, key);
            *text_field(read, key) = NULL;
        } else if (list_field(study, key)) {
            att_strings_clear(list_field(study, key));
            *list_field(study, key) = *list_field(read, key);
            *list_field(read, key) = (att_strings){NULL, 0};
        } else if (kinds[key] == A_NUMBER) {
            *limit_field(&study->limits, key) = *limit_field(&read->limits, key);
        } else {
            study->global_labels = read->global_labels;
        }
    }
}

static att_status read_values(const reading *r, const att_yaml_node *root, att_study *study)
{
    att_status status = ATT_OK;

    if (!root || root->kind != ATT_YAML_MAP)
        return att_fail(r->error, ATT_BAD_INPUT, r->file, root ? root->line : 1, root ? root->column : 1,
                        "a study holds lines such as 'inputs: transcripts' and 'speakers: speakers.csv'; add them");
    for (const att_yaml_node *value = root->first; value && status == ATT_OK; value = value->next)
        status = read_value(r, value, study);
    return status;
}

static att_status read_study(const reading *r, att_study *study, att_span yaml)
{
    const att_yaml_node *root = NULL;
    att_study read = {0};
    att_arena arena = {0};
    att_status status = att_yaml_parse(&root, &arena, r->file, yaml, r->error);

    if (status == ATT_OK)
        status = read_values(r, root, &read);
    if (status == ATT_OK && root)
        take_over(study, &read, root);
    att_study_clear(&read);
    att_arena_clear(&arena);
    return status;
}

att_status att_study_load(att_study *study, const char *path, att_error *error)
{
    const char *slash = strrchr(path, '/');
    reading r = {path, {path, slash ? (size_t)(slash - path) + 1 : 0}, error};
    att_buffer yaml = {0};
    att_status status = att_file_read(&yaml, path, ATT_YAML_BYTES, error);

    if (status == ATT_OK)
        status = read_study(&r, study, (att_span){yaml.data, yaml.size});
    if (status == ATT_OK)
        status = att_study_set(&study->file, path, error);
    att_buffer_clear(&yaml);
    return status;
}
