/* attune's own lexicons, as dictionaries. What is read has been loaded as a lexicon before, so that it is sound. */
#include "base/nearest.h"
#include "base/yaml.h"
#include "lexicon/dictionary.h"

#include <string.h>

typedef struct {
    att_dictionary *dictionary;
    att_error *error;
} attune_reader;

static bool is(const att_yaml_node *key, const char *name)
{
    return att_span_equal(key->text, att_span_of(name));
}

static void lose(attune_reader *r, const char *what, const att_yaml_node *key)
{
    att_losses_add(&r->dictionary->losses, what, "it is left out", key->text, key->line);
}

/* A text that is kept where there is one; a list is joined by commas. */
static att_status take_text(attune_reader *r, const char **out, const att_yaml_node *value)
{
    att_buffer joined = {0};

    if (value->kind == ATT_YAML_SCALAR)
        att_buffer_span(&joined, value->text);
    for (const att_yaml_node *item = value->kind == ATT_YAML_LIST ? value->first : NULL; item; item = item->next) {
        if (joined.size)
            att_buffer_text(&joined, ", ");
        att_buffer_span(&joined, item->text);
    }
    if (joined.size && !(*out = att_dictionary_copy(r->dictionary, (att_span){joined.data, joined.size})))
        joined.failed = true;
    bool failed = joined.failed;
    att_buffer_clear(&joined);
    return failed ? att_fail_memory(r->error) : ATT_OK;
}

/* ---- Entries */

static att_status take_excepts(attune_reader *r, att_dictionary_term *term, const att_yaml_node *value)
{
    size_t count = value->kind == ATT_YAML_LIST ? value->count : 1, used = 0;
    const char **excepts = att_arena_take(&r->dictionary->arena, (count + 1) * sizeof *excepts);
    const att_yaml_node *item = value->kind == ATT_YAML_LIST ? value->first : value;

    if (!excepts)
        return att_fail_memory(r->error);
    for (; item && used < count; item = item->next)
        if (!(excepts[used++] = att_dictionary_copy(r->dictionary, item->text)))
            return att_fail_memory(r->error);
    term->excepts = excepts;
    term->except_count = (uint32_t)used;
    return ATT_OK;
}

static att_status take_field(attune_reader *r, att_dictionary_term *term, const att_yaml_node *value)
{
    bool exact = true;

    if (is(value->key, "note"))
        return take_text(r, &term->note, value);
    if (is(value->key, "source"))
        return take_text(r, &term->source, value);
    if (is(value->key, "except"))
        return take_excepts(r, term, value);
    if (is(value->key, "case"))
        term->exact = att_span_equal(value->text, att_span_of("exact"));
    else if (is(value->key, "weight")) {
        if (!att_weight_read(value->text, &term->weight, &exact) || !exact || term->weight == 0)
            lose(r, "a weight is no number of at most six decimals", value->key);
    } else if (!is(value->key, "term") && !is(value->key, "regex"))
        lose(r, "a key of entries that no dictionary has", value->key);
    return ATT_OK;
}

static att_status read_entry(attune_reader *r, uint32_t category, const att_yaml_node *node)
{
    const att_yaml_node *regex = att_yaml_get(node, "regex");
    const att_yaml_node *text = regex ? regex : node->kind == ATT_YAML_MAP ? att_yaml_get(node, "term") : node;
    att_dictionary_term *term = NULL;

    if (!text || text->kind != ATT_YAML_SCALAR)
        return ATT_OK;
    att_status status = att_dictionary_add(r->dictionary, category, text->text, text->line, &term, r->error);
    if (status || node->kind != ATT_YAML_MAP)
        return status;
    term->regex = regex != NULL;
    for (const att_yaml_node *value = node->first; value && !status; value = value->next)
        status = take_field(r, term, value);
    return status;
}

/* ---- Markers */

static att_status read_markers(attune_reader *r, uint32_t parent, const att_yaml_node *map);

static const char *const properties[] = {"label", "definition", "note", "source", "pole", "senses"};
enum { PROPERTIES = sizeof properties / sizeof *properties };

static att_status read_property(attune_reader *r, uint32_t index, const att_yaml_node *value)
{
    att_category *c = &r->dictionary->categories[index];
    const char **const fields[PROPERTIES] = {&c->label, &c->definition, &c->note, &c->source, &c->pole, &c->senses};

    for (size_t i = 0; i < PROPERTIES; i++)
        if (is(value->key, properties[i]))
            return take_text(r, fields[i], value);
    lose(r, is(value->key, "rule") ? "rules" : "a key of markers that no dictionary has", value->key);
    return ATT_OK;
}

static bool is_property(const att_yaml_node *value)
{
    for (size_t i = 0; i < PROPERTIES; i++)
        if (is(value->key, properties[i]))
            return true;
    return value->kind == ATT_YAML_SCALAR && !att_yaml_is_blank(value);
}

static att_status read_entries(attune_reader *r, uint32_t index, const att_yaml_node *list)
{
    att_status status = ATT_OK;

    for (const att_yaml_node *item = list->kind == ATT_YAML_LIST ? list->first : NULL; item && !status;
         item = item->next)
        status = read_entry(r, index, item);
    return status;
}

static att_status read_marker(attune_reader *r, uint32_t parent, const att_yaml_node *node)
{
    uint32_t index = 0;
    att_status status =
        att_dictionary_category(r->dictionary, parent, node->key->text, node->key->line, &index, r->error);

    if (status || node->kind == ATT_YAML_SCALAR)
        return status;
    if (node->kind == ATT_YAML_LIST)
        return read_entries(r, index, node);
    for (const att_yaml_node *value = node->first; value && !status; value = value->next) {
        if (is(value->key, "entries"))
            status = read_entries(r, index, value);
        else if (is(value->key, "markers"))
            status = read_markers(r, index, value);
        else if (is_property(value))
            status = read_property(r, index, value);
        else
            status = read_marker(r, index, value);
    }
    return status;
}

static att_status read_markers(attune_reader *r, uint32_t parent, const att_yaml_node *map)
{
    att_status status = ATT_OK;

    for (const att_yaml_node *marker = map->kind == ATT_YAML_MAP ? map->first : NULL; marker && !status;
         marker = marker->next)
        status = read_marker(r, parent, marker);
    return status;
}

static att_status read_top(attune_reader *r, const att_yaml_node *value)
{
    att_dictionary *d = r->dictionary;
    const struct {
        const char *name;
        const char **field;
    } fields[] = {{"name", &d->name},       {"language", &d->language}, {"version", &d->version},
                  {"licence", &d->licence}, {"citation", &d->citation}, {"description", &d->description}};

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (is(value->key, fields[i].name))
            return take_text(r, fields[i].field, value);
    if (is(value->key, "markers"))
        return read_markers(r, ATT_NO_CATEGORY, value);
    lose(r, "a key of lexicons that no dictionary has", value->key);
    return ATT_OK;
}

static att_status attune_read(att_dictionary *out, const char *file, att_span text, att_error *error)
{
    attune_reader r = {out, error};
    const att_yaml_node *root = NULL;
    att_arena nodes = {0};
    att_status status = att_yaml_parse(&root, &nodes, file, text, error);

    for (const att_yaml_node *value = !status && root && root->kind == ATT_YAML_MAP ? root->first : NULL;
         value && !status; value = value->next)
        status = read_top(&r, value);
    att_arena_clear(&nodes);
    return status;
}

/* A key `markers` or `language` that begins a line. */
static bool attune_sniff(att_span text)
{
    static const char *const keys[] = {"markers:", "language:"};

    for (size_t at = 0; at < text.size;) {
        for (size_t i = 0; i < 2; i++)
            if (text.size - at >= strlen(keys[i]) && memcmp(text.text + at, keys[i], strlen(keys[i])) == 0)
                return true;
        const char *end = memchr(text.text + at, '\n', text.size - at);
        at = end ? (size_t)(end - text.text) + 1 : text.size;
    }
    return false;
}

/* ---- Writing */

static void put_indent(att_buffer *out, uint32_t depth)
{
    for (uint32_t i = 0; i < depth; i++)
        att_buffer_text(out, "  ");
}

static void put_key(att_buffer *out, uint32_t depth, const char *key, const char *text)
{
    if (!text || !*text)
        return;
    put_indent(out, depth);
    att_buffer_format(out, "%s: ", key);
    att_put_yaml(out, text, strlen(text));
    att_buffer_char(out, '\n');
}

static void put_excepts(att_buffer *out, uint32_t depth, const att_dictionary_term *term)
{
    put_indent(out, depth);
    att_buffer_text(out, "except: [");
    for (uint32_t i = 0; i < term->except_count; i++) {
        if (i)
            att_buffer_text(out, ", ");
        att_put_yaml(out, term->excepts[i], strlen(term->excepts[i]));
    }
    att_buffer_text(out, "]\n");
}

static void put_entry(att_buffer *out, uint32_t depth, const att_dictionary_term *term)
{
    bool map = term->regex || term->exact || term->weight != ATT_WEIGHT_ONE || term->note || term->source ||
               term->except_count;

    put_indent(out, depth);
    att_buffer_text(out, map ? term->regex ? "- regex: " : "- term: " : "- ");
    att_put_yaml(out, term->text, term->size);
    att_buffer_char(out, '\n');
    if (term->weight != ATT_WEIGHT_ONE) {
        put_indent(out, depth + 1);
        att_buffer_text(out, "weight: ");
        att_weight_put(out, term->weight);
        att_buffer_char(out, '\n');
    }
    if (term->exact)
        put_key(out, depth + 1, "case", "exact");
    put_key(out, depth + 1, "source", term->source);
    put_key(out, depth + 1, "note", term->note);
    if (term->except_count)
        put_excepts(out, depth + 1, term);
}

static bool has_children(const att_dictionary *dictionary, uint32_t c)
{
    return c + 1 < dictionary->category_count && dictionary->categories[c + 1].parent == c;
}

/* A marker at the top whose name looks like a misspelt key is taken for one where it is a plain list. */
static bool says_more(const att_category *c)
{
    static const char *const listed[] = {"entries", "senses"};

    if (c->depth == 0 && att_nearest(att_span_of(c->name), listed, 2, 2))
        return true;
    return c->label || c->definition || c->note || c->source || c->pole || c->senses;
}

/* What a marker says, its entries, and `markers:` for those below it, where any name will do. */
static uint32_t put_marker(att_buffer *out, const att_dictionary *dictionary, uint32_t index, uint32_t depth)
{
    const att_category *c = &dictionary->categories[index];
    size_t first = dictionary->first_term[index], end = dictionary->first_term[index + 1];
    bool children = has_children(dictionary, index), more = says_more(c);
    uint32_t next = index + 1;

    put_indent(out, depth);
    att_put_yaml(out, c->name, strlen(c->name));
    att_buffer_text(out, children || more || first < end ? ":\n" : ": {}\n");
    put_key(out, depth + 1, "label", c->label);
    put_key(out, depth + 1, "pole", c->pole);
    put_key(out, depth + 1, "definition", c->definition);
    put_key(out, depth + 1, "note", c->note);
    put_key(out, depth + 1, "source", c->source);
    if (c->senses) {
        put_indent(out, depth + 1);
        att_buffer_format(out, "senses: [%s]\n", c->senses);
    }
    if (first < end && (children || more)) {
        put_indent(out, depth + 1);
        att_buffer_text(out, "entries:\n");
    }
    for (size_t i = first; i < end; i++)
        put_entry(out, depth + (children || more ? 2 : 1), &dictionary->terms[i]);
    if (children) {
        put_indent(out, depth + 1);
        att_buffer_text(out, "markers:\n");
    }
    while (next < dictionary->category_count && dictionary->categories[next].depth > c->depth)
        next = put_marker(out, dictionary, next, depth + 2);
    return next;
}

static void attune_write(att_buffer *out, const att_dictionary *dictionary)
{
    put_key(out, 0, "name", dictionary->name);
    put_key(out, 0, "language", dictionary->language);
    put_key(out, 0, "version", dictionary->version);
    put_key(out, 0, "licence", dictionary->licence);
    put_key(out, 0, "citation", dictionary->citation);
    put_key(out, 0, "description", dictionary->description);
    att_buffer_text(out, "markers:\n");
    for (uint32_t c = 0; c < dictionary->category_count;)
        c = put_marker(out, dictionary, c, 1);
}

static const char *const extensions[] = {"yml", "yaml", NULL};

const att_dictionary_format att_dictionary_attune = {
    .name = "attune",
    .title = "attune",
    .extensions = extensions,
    .holds = ~0u,
    .sniff = attune_sniff,
    .read = attune_read,
    .write = attune_write,
};
