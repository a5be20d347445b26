#include <attune/study.h>

#include "base/file.h"
#include "base/nearest.h"
#include "base/yaml.h"

#include <attune/lexicon.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What a value is, which says what is done to it. */
typedef enum {
    A_TEXT,
    A_PATH,
    A_NUMBER, /* of limits */
    A_CHOICE, /* one of two words; the second one sets the flag */
    SOME_TEXTS,
    SOME_PAIRS, /* NAME=VALUE, or NAME: VALUE as YAML has it */
    SOME_INPUTS,
    SOME_LEXICONS,
} kind;

typedef struct {
    const char *name;
    kind kind;
    size_t field;               /* where it is in att_study */
    const char *first, *second; /* of a choice */
    const char *meaning;        /* of the two, for messages */
} study_key;

#define FIELD(name) offsetof(att_study, name)
static const study_key all_keys[] = {
    {"name", A_TEXT, FIELD(name), NULL, NULL, NULL},
    {"inputs", SOME_INPUTS, FIELD(inputs), NULL, NULL, NULL},
    {"lexicons", SOME_LEXICONS, FIELD(lexicons), NULL, NULL, NULL},
    {"speakers", A_PATH, FIELD(speakers), NULL, NULL, NULL},
    {"labels", A_CHOICE, FIELD(global_labels), "local", "global",
     "'local' (a label names a person within its transcript) or 'global' (everywhere); write one of the two"},
    {"by", SOME_TEXTS, FIELD(by), NULL, NULL, NULL},
    {"period_by", A_TEXT, FIELD(period_by), NULL, NULL, NULL},
    {"periods", SOME_PAIRS, FIELD(periods), NULL, NULL, NULL},
    {"exclude", SOME_PAIRS, FIELD(exclude), NULL, NULL, NULL},
    {"senses", A_CHOICE, FIELD(senses_off), "on", "off",
     "'on' (hits that are mentioned, negated or reported are told apart) or 'off' (all are used); write one of the "
     "two"},
    {"language", A_TEXT, FIELD(language), NULL, NULL, NULL},
    {"format", A_TEXT, FIELD(format), NULL, NULL, NULL},
    {"encoding", A_TEXT, FIELD(encoding), NULL, NULL, NULL},
    {"speaker_regex", A_TEXT, FIELD(speaker_regex), NULL, NULL, NULL},
    {"speaker_style", A_TEXT, FIELD(speaker_style), NULL, NULL, NULL},
    {"tiers", SOME_TEXTS, FIELD(tiers), NULL, NULL, NULL},
    {"columns", SOME_PAIRS, FIELD(columns), NULL, NULL, NULL},
    {"output", A_PATH, FIELD(output), NULL, NULL, NULL},
    {"max_members", A_NUMBER, FIELD(limits.members), NULL, NULL, NULL},
    {"max_unpacked", A_NUMBER, FIELD(limits.unpacked), NULL, NULL, NULL},
    {"max_ratio", A_NUMBER, FIELD(limits.ratio), NULL, NULL, NULL},
};
enum { KEYS = sizeof all_keys / sizeof all_keys[0] };

static void *field_of(att_study *study, const study_key *key)
{
    return (char *)study + key->field;
}

static bool is_list(const study_key *key)
{
    return key->kind >= SOME_TEXTS;
}

static bool is_text(const study_key *key)
{
    return key->kind == A_TEXT || key->kind == A_PATH;
}

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
    for (size_t i = 0; i < KEYS; i++) {
        if (is_text(&all_keys[i]))
            free(*(char **)field_of(study, &all_keys[i]));
        else if (is_list(&all_keys[i]))
            att_strings_clear(field_of(study, &all_keys[i]));
    }
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

/* `NAME: VALUE` pairs become NAME=VALUE. */
static att_status add_pairs(const reading *r, const char *key, const att_yaml_node *map, att_strings *list)
{
    att_buffer pair = {0};
    att_status status = ATT_OK;

    for (const att_yaml_node *value = map->first; value && !status; value = value->next) {
        status = check_text(r, key, value);
        pair.size = 0;
        att_buffer_span(&pair, value->key->text);
        att_buffer_char(&pair, '=');
        if (!status)
            att_buffer_span(&pair, value->text);
        if (!status)
            status = pair.failed ? att_fail_memory(r->error) : att_study_add(list, pair.data, r->error);
    }
    att_buffer_clear(&pair);
    return status;
}

static att_status read_list(const reading *r, const char *key, kind what, const att_yaml_node *node, att_strings *list)
{
    att_status status = ATT_OK;

    if (node->kind == ATT_YAML_SCALAR)
        return add_text(r, key, what, node, list);
    if (node->kind == ATT_YAML_MAP && what == SOME_PAIRS)
        return add_pairs(r, key, node, list);
    if (node->kind == ATT_YAML_MAP)
        return refuse_value(r, node, key, "a text or a list of texts; begin each with a dash");
    for (const att_yaml_node *item = node->first; item && status == ATT_OK; item = item->next)
        status = item->kind == ATT_YAML_MAP && what == SOME_PAIRS ? add_pairs(r, key, item, list)
                                                                  : add_text(r, key, what, item, list);
    return status;
}

static att_status read_choice(const reading *r, const study_key *key, const att_yaml_node *node, bool *second)
{
    bool is_second = att_span_equal(node->text, att_span_of(key->second));

    if (node->kind != ATT_YAML_SCALAR || (!is_second && !att_span_equal(node->text, att_span_of(key->first))))
        return refuse_value(r, node, key->name, key->meaning);
    *second = is_second;
    return ATT_OK;
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

/* NULL: there is none of this name. */
static const study_key *key_of(const att_yaml_node *node)
{
    for (size_t i = 0; i < KEYS; i++)
        if (att_span_equal(node->text, att_span_of(all_keys[i].name)))
            return &all_keys[i];
    return NULL;
}

static att_status refuse_key(const reading *r, const att_yaml_node *key)
{
    const char *names[KEYS];
    att_buffer list = {0};

    for (size_t i = 0; i < KEYS; i++) {
        names[i] = all_keys[i].name;
        att_buffer_format(&list, "%s%s", i == 0 ? "" : i + 1 == KEYS ? " and " : ", ", names[i]);
    }
    const char *near = att_nearest(key->text, names, KEYS, 2);
    att_status status = list.failed
                            ? att_fail_memory(r->error)
                            : att_fail(r->error, ATT_BAD_INPUT, r->file, key->line, key->column,
                                       "unknown key '%s'; a study may hold %s%s%s%s", att_excerpt_of(key->text).text,
                                       list.data, near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
    att_buffer_clear(&list);
    return status;
}

static att_status read_value(const reading *r, const att_yaml_node *value, att_study *study)
{
    const study_key *key = key_of(value->key);

    if (!key)
        return refuse_key(r, value->key);
    if (key->kind == A_NUMBER)
        return read_limit(r, key->name, value, field_of(study, key));
    if (key->kind == A_CHOICE)
        return read_choice(r, key, value, field_of(study, key));
    if (is_list(key))
        return read_list(r, key->name, key->kind, value, field_of(study, key));
    return read_text(r, key->name, key->kind, value, field_of(study, key));
}

/* Moves what the file said over what the study held. */
static void take_over(att_study *study, att_study *read, const att_yaml_node *root)
{
    for (const att_yaml_node *value = root->first; value; value = value->next) {
        const study_key *key = key_of(value->key);
        void *to = field_of(study, key), *from = field_of(read, key);
        if (is_text(key)) {
            free(*(char **)to);
            *(char **)to = *(char **)from;
            *(char **)from = NULL;
        } else if (is_list(key)) {
            att_strings_clear(to);
            *(att_strings *)to = *(att_strings *)from;
            *(att_strings *)from = (att_strings){NULL, 0};
        } else if (key->kind == A_NUMBER) {
            *(uint64_t *)to = *(uint64_t *)from;
        } else {
            *(bool *)to = *(bool *)from;
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
