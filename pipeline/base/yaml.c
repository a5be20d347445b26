#include "base/yaml.h"

#include "base/utf8.h"
#include "base/yaml_explain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

/* A list or map that is still open. */
typedef struct {
    att_yaml_node *node;
    att_yaml_node *last;      /* child */
    const att_yaml_node *key; /* that waits for its value */
} frame;

typedef struct {
    const char *file;
    att_span text;
    att_arena *arena;
    att_error *error;
    att_yaml_node *root;
    frame frames[ATT_YAML_DEPTH];
    size_t depth;
    size_t nodes;
    size_t documents;
    size_t index; /* a cursor: code points before `offset`; marks only move forward */
    size_t offset;
} tree;

/* Bytes before a mark that is not before the last one asked for. */
static size_t offset_of(tree *t, const yaml_mark_t *mark)
{
    for (; t->index < mark->index && t->offset < t->text.size; t->index++)
        (void)att_utf8_next(t->text.text, t->text.size, &t->offset);
    return t->offset;
}

static att_status refuse(const tree *t, const yaml_mark_t *mark, const char *says)
{
    return att_fail(t->error, ATT_BAD_INPUT, t->file, mark->line + 1, mark->column + 1, "%s", says);
}

static att_status refuse_sign(tree *t, const yaml_mark_t *mark)
{
    return att_yaml_must_quote(t->file, t->text, offset_of(t, mark), *mark, t->error);
}

static bool is_blank_byte(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Does a `?` that announces a complex key stand at the offset? */
static bool is_key_mark(const tree *t, size_t offset)
{
    return offset < t->text.size && t->text.text[offset] == '?' &&
           (offset + 1 == t->text.size || is_blank_byte(t->text.text[offset + 1]));
}

/* The `?` before a key on its line; SIZE_MAX: there is none. */
static size_t key_mark_before(const tree *t, size_t offset)
{
    while (offset > 0 && (t->text.text[offset - 1] == ' ' || t->text.text[offset - 1] == '\t'))
        offset--;
    return offset > 0 && is_key_mark(t, offset - 1) ? offset - 1 : SIZE_MAX;
}

static att_status check_key(tree *t, const att_yaml_node *node, const yaml_mark_t *mark)
{
    size_t offset = offset_of(t, mark);
    size_t sign = key_mark_before(t, offset);

    if (sign != SIZE_MAX) {
        yaml_mark_t place = *mark;
        place.column -= att_utf8_count(t->text.text + sign, offset - sign);
        return att_yaml_must_quote(t->file, t->text, sign, place, t->error);
    }
    if (node->kind != ATT_YAML_SCALAR)
        return refuse(t, mark, "a key must be a word; quote it if the brackets are part of it");
    if (node->text.size == 0)
        return refuse(t, mark, "a key is missing before the colon; quote the text if the colon is part of it");
    return ATT_OK;
}

/* Hangs a node below the innermost open list or map. */
static att_status attach(tree *t, att_yaml_node *node, const yaml_mark_t *mark)
{
    if (t->depth == 0) {
        t->root = node;
        return ATT_OK;
    }
    frame *f = &t->frames[t->depth - 1];
    if (f->node->kind == ATT_YAML_MAP) {
        if (!f->key) {
            f->key = node;
            return check_key(t, node, mark);
        }
        node->key = f->key;
        f->key = NULL;
    }
    if (f->last)
        f->last->next = node;
    else
        f->node->first = node;
    f->last = node;
    f->node->count++;
    return ATT_OK;
}

static att_yaml_node *new_node(tree *t, att_yaml_kind kind, const yaml_mark_t *mark)
{
    att_yaml_node *node = att_arena_take(t->arena, sizeof *node);

    if (!node)
        return NULL;
    *node = (att_yaml_node){.kind = kind, .line = mark->line + 1, .column = mark->column + 1};
    t->nodes++;
    return node;
}

static att_status take_scalar(tree *t, const yaml_event_t *event)
{
    att_span value = {(const char *)event->data.scalar.value, event->data.scalar.length};

    if (event->data.scalar.anchor || event->data.scalar.tag)
        return refuse_sign(t, &event->start_mark);
    if (value.size && memchr(value.text, '\0', value.size))
        return refuse(t, &event->start_mark, "a NUL character cannot stand in a text; delete the \\0");
    att_yaml_node *node = new_node(t, ATT_YAML_SCALAR, &event->start_mark);
    char *copy = att_arena_copy(t->arena, value);
    if (!node || !copy)
        return att_fail_memory(t->error);
    node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    node->text = (att_span){copy, value.size};
    return attach(t, node, &event->start_mark);
}

static att_status open_collection(tree *t, att_yaml_kind kind, bool marked, const yaml_mark_t *mark)
{
    if (marked || (kind == ATT_YAML_MAP && is_key_mark(t, offset_of(t, mark))))
        return refuse_sign(t, mark);
    if (t->depth >= ATT_YAML_DEPTH)
        return refuse(t, mark, "nested more than 64 levels deep; make the tree flatter");
    att_yaml_node *node = new_node(t, kind, mark);
    if (!node)
        return att_fail_memory(t->error);
    att_status status = attach(t, node, mark);
    if (status == ATT_OK)
        t->frames[t->depth++] = (frame){.node = node};
    return status;
}

/* A key to be sorted. */
typedef struct {
    const att_yaml_node *key;
} sortable;

static bool stands_before(const att_yaml_node *a, const att_yaml_node *b)
{
    return a->line < b->line || (a->line == b->line && a->column < b->column);
}

static int by_text_and_place(const void *a, const void *b)
{
    const att_yaml_node *left = ((const sortable *)a)->key;
    const att_yaml_node *right = ((const sortable *)b)->key;
    int order = att_span_compare(left->text, right->text);

    return order ? order : stands_before(right, left) - stands_before(left, right);
}

/* Sorted, equal keys are neighbours: that stays fast for a map of any size. */
static att_status check_keys_differ(const tree *t, const att_yaml_node *map)
{
    sortable *keys = malloc(map->count * sizeof *keys + 1);
    const att_yaml_node *first = NULL;
    const att_yaml_node *second = NULL;
    size_t count = 0;

    if (!keys)
        return att_fail_memory(t->error);
    for (const att_yaml_node *value = map->first; value; value = value->next)
        keys[count++].key = value->key;
    qsort(keys, count, sizeof *keys, by_text_and_place);
    for (size_t i = 1; i < count; i++) {
        if (att_span_equal(keys[i - 1].key->text, keys[i].key->text) &&
            (!second || stands_before(keys[i].key, second))) {
            first = keys[i - 1].key;
            second = keys[i].key;
        }
    }
    free(keys);
    if (!second)
        return ATT_OK;
    return att_fail(t->error, ATT_BAD_INPUT, t->file, second->line, second->column,
                    "the key '%s' stands here already, on line %llu; join the two or rename one",
                    att_excerpt_of(second->text).text, (unsigned long long)first->line);
}

static att_status take_event(tree *t, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (t->documents++ > 0)
            return refuse(t, &event->start_mark,
                          "a second document begins here; delete the line --- or split the file");
        return ATT_OK;
    case YAML_ALIAS_EVENT:
        return refuse_sign(t, &event->start_mark);
    case YAML_SCALAR_EVENT:
        return take_scalar(t, event);
    case YAML_SEQUENCE_START_EVENT:
        return open_collection(t, ATT_YAML_LIST, event->data.sequence_start.anchor || event->data.sequence_start.tag,
                               &event->start_mark);
    case YAML_MAPPING_START_EVENT:
        return open_collection(t, ATT_YAML_MAP, event->data.mapping_start.anchor || event->data.mapping_start.tag,
                               &event->start_mark);
    case YAML_MAPPING_END_EVENT:
        return check_keys_differ(t, t->frames[--t->depth].node);
    case YAML_SEQUENCE_END_EVENT:
        t->depth--;
        return ATT_OK;
    default:
        return ATT_OK;
    }
}

static att_status read_events(tree *t, yaml_parser_t *parser)
{
    att_status status = ATT_OK;
    bool more = true;

    while (more && status == ATT_OK) {
        yaml_event_t event;
        if (!yaml_parser_parse(parser, &event))
            return att_yaml_explain(parser, t->file, t->text, t->error);
        more = event.type != YAML_STREAM_END_EVENT;
        status = take_event(t, &event);
        if (status == ATT_OK && t->nodes > ATT_YAML_NODES)
            status = refuse(t, &event.start_mark, "more than 5,000,000 values; split the file");
        yaml_event_delete(&event);
    }
    return status;
}

/* What libyaml would say less clearly, or accept. */
static att_status check_encoding(att_span *text, const char *file, att_error *error)
{
    if (text->size > ATT_YAML_BYTES)
        return att_fail(error, ATT_BAD_INPUT, file, 0, 0, "larger than 64 MiB; split the file");
    if (text->size >= 2 && (memcmp(text->text, "\xFF\xFE", 2) == 0 || memcmp(text->text, "\xFE\xFF", 2) == 0))
        return att_fail(error, ATT_BAD_INPUT, file, 1, 1, "the file is in UTF-16; save it in the encoding UTF-8");
    if (text->size >= 3 && memcmp(text->text, "\xEF\xBB\xBF", 3) == 0) {
        text->text += 3;
        text->size -= 3;
    }
    size_t valid = att_utf8_valid_prefix(text->text, text->size);
    if (valid < text->size)
        return att_yaml_not_utf8(file, *text, valid, error);
    return ATT_OK;
}

att_status att_yaml_parse(const att_yaml_node **root, att_arena *arena, const char *file, att_span text,
                          att_error *error)
{
    yaml_parser_t parser;
    att_status status = check_encoding(&text, file, error);

    if (status != ATT_OK)
        return status;
    tree t = {.file = file, .text = text, .arena = arena, .error = error};
    if (!yaml_parser_initialize(&parser))
        return att_fail_memory(error);
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)(text.size ? text.text : ""), text.size);
    status = read_events(&t, &parser);
    yaml_parser_delete(&parser);
    if (status != ATT_OK)
        return status;
    /* `---` alone gives an empty scalar: nothing was written. */
    *root = t.root && att_yaml_is_blank(t.root) ? NULL : t.root;
    return ATT_OK;
}

const att_yaml_node *att_yaml_get(const att_yaml_node *map, const char *key)
{
    att_span wanted = att_span_of(key);

    if (map->kind != ATT_YAML_MAP)
        return NULL;
    for (const att_yaml_node *value = map->first; value; value = value->next)
        if (att_span_equal(value->key->text, wanted))
            return value;
    return NULL;
}

bool att_yaml_is_blank(const att_yaml_node *node)
{
    return node->kind == ATT_YAML_SCALAR && node->plain && node->text.size == 0;
}

/* Characters that would break a message's line or reorder it on a terminal. */
static bool is_unprintable(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

att_excerpt att_excerpt_of(att_span text)
{
    att_excerpt excerpt;
    size_t room = sizeof excerpt.text - 4 - sizeof "…";
    size_t used = 0;

    for (size_t at = 0; at < text.size;) {
        uint32_t c = att_utf8_next(text.text, text.size, &at);
        used += att_utf8_put(excerpt.text + used, is_unprintable(c) ? ' ' : c);
        if (used >= room && at < text.size) {
            memcpy(excerpt.text + used, "…", sizeof "…" - 1);
            used += sizeof "…" - 1;
            break;
        }
    }
    excerpt.text[used] = '\0';
    return excerpt;
}
