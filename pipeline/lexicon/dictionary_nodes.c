#include "lexicon/dictionary_nodes.h"

#include <stdlib.h>

typedef struct {
    const att_dictionary *dictionary;
    att_arena *arena;
    bool failed;
} node_maker;

static att_yaml_node *make(node_maker *m, att_yaml_kind kind, att_span text, uint64_t line)
{
    att_yaml_node *node = att_arena_take(m->arena, sizeof *node);

    if (!node) {
        m->failed = true;
        return NULL;
    }
    *node = (att_yaml_node){.kind = kind, .text = text, .line = line};
    return node;
}

/* Where the next child of a list or map is hung. */
typedef struct {
    att_yaml_node *parent;
    att_yaml_node *last;
} hook;

static void hang(hook *to, att_yaml_node *node)
{
    if (!node || !to->parent)
        return;
    if (to->last)
        to->last->next = node;
    else
        to->parent->first = node;
    to->last = node;
    to->parent->count++;
}

static att_yaml_node *hang_value(node_maker *m, hook *to, const char *key, att_yaml_kind kind, const char *text,
                                 uint64_t line)
{
    att_yaml_node *value = make(m, kind, att_span_of(text), line);

    if (value)
        value->key = make(m, ATT_YAML_SCALAR, att_span_of(key), line);
    hang(to, value);
    return value;
}

static void hang_text(node_maker *m, hook *to, const char *key, const char *text, uint64_t line)
{
    if (text && *text)
        hang_value(m, to, key, ATT_YAML_SCALAR, text, line);
}

/* A plain term is a scalar, another one a map. */
static void hang_term(node_maker *m, hook *to, const att_dictionary_term *term)
{
    att_span text = {term->text, term->size};

    if (!term->regex && !term->exact && !term->note && !term->source && !term->except_count &&
        term->weight == ATT_WEIGHT_ONE) {
        hang(to, make(m, ATT_YAML_SCALAR, text, term->line));
        return;
    }
    hook map = {.parent = make(m, ATT_YAML_MAP, (att_span){"", 0}, term->line)};
    att_buffer weight = {0};
    att_weight_put(&weight, term->weight);
    char *copy = weight.failed ? NULL : att_arena_copy(m->arena, (att_span){weight.data, weight.size});
    att_buffer_clear(&weight);
    m->failed |= !copy;
    hang(to, map.parent);
    hang_text(m, &map, term->regex ? "regex" : "term", term->text, term->line);
    hang_text(m, &map, "weight", copy, term->line);
    hang_text(m, &map, "note", term->note, term->line);
    hang_text(m, &map, "source", term->source, term->line);
    if (term->exact)
        hang_text(m, &map, "case", "exact", term->line);
    if (term->except_count) {
        hook excepts = {.parent = hang_value(m, &map, "except", ATT_YAML_LIST, "", term->line)};
        for (uint32_t i = 0; i < term->except_count; i++)
            hang(&excepts, make(m, ATT_YAML_SCALAR, att_span_of(term->excepts[i]), term->line));
    }
}

/* The marker with all below it; what follows them is returned. */
static uint32_t hang_marker(node_maker *m, hook *to, uint32_t index)
{
    const att_dictionary *d = m->dictionary;
    const att_category *c = &d->categories[index];
    uint32_t next = index + 1;
    hook map = {.parent = hang_value(m, to, c->name, ATT_YAML_MAP, "", c->line)};

    hang_text(m, &map, "label", c->label, c->line);
    hang_text(m, &map, "definition", c->definition, c->line);
    hang_text(m, &map, "note", c->note, c->line);
    hang_text(m, &map, "source", c->source, c->line);
    if (d->first_term[index] < d->first_term[index + 1]) {
        hook entries = {.parent = hang_value(m, &map, "entries", ATT_YAML_LIST, "", c->line)};
        for (size_t i = d->first_term[index]; i < d->first_term[index + 1]; i++)
            hang_term(m, &entries, &d->terms[i]);
    }
    if (next < d->category_count && d->categories[next].parent == index) {
        hook markers = {.parent = hang_value(m, &map, "markers", ATT_YAML_MAP, "", c->line)};
        while (next < d->category_count && d->categories[next].depth > c->depth)
            next = hang_marker(m, &markers, next);
    }
    return next;
}

att_status att_dictionary_nodes(const att_yaml_node **root, att_arena *arena, const att_dictionary *dictionary,
                                const char *name, const char *language, att_error *error)
{
    node_maker m = {.dictionary = dictionary, .arena = arena};
    hook top = {.parent = make(&m, ATT_YAML_MAP, (att_span){"", 0}, 1)};

    hang_text(&m, &top, "name", name, 0);
    hang_text(&m, &top, "language", language, 0);
    hang_text(&m, &top, "version", dictionary->version, 0);
    hang_text(&m, &top, "licence", dictionary->licence, 0);
    hang_text(&m, &top, "citation", dictionary->citation, 0);
    hang_text(&m, &top, "description", dictionary->description, 0);
    hook markers = {.parent = hang_value(&m, &top, "markers", ATT_YAML_MAP, "", 0)};
    for (uint32_t c = 0; c < dictionary->category_count;)
        c = hang_marker(&m, &markers, c);
    if (m.failed)
        return att_fail_memory(error);
    *root = top.parent;
    return ATT_OK;
}
