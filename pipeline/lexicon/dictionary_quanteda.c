/* Dictionaries of R's quanteda as YAML: maps are categories, lists hold terms.
 *
 *     affect:
 *       posemo: [happ*, looking forward]
 *       negemo:
 *         - sad*
 *         - anger: [furious]          a category in a list: beside terms */
#include "base/yaml.h"
#include "lexicon/dictionary.h"

#include <string.h>

typedef struct {
    att_dictionary *dictionary;
    att_buffer text;
    att_error *error;
} quanteda_reader;

static att_status add_term(quanteda_reader *r, uint32_t category, const att_yaml_node *node)
{
    if (node->text.size == 0)
        return ATT_OK;
    if (category == ATT_NO_CATEGORY)
        return att_fail(r->error, ATT_BAD_INPUT, r->dictionary->file, node->line, node->column,
                        "a term stands outside of a category; put it below a line such as 'hope:'");
    r->text.size = 0;
    att_term_put_literal(&r->text, node->text, "*?", false);
    if (r->text.failed)
        return att_fail_memory(r->error);
    return att_dictionary_add(r->dictionary, category, (att_span){r->text.data, r->text.size}, node->line, NULL,
                              r->error);
}

/* What stands in a category: terms, categories, or lists of both. */
static att_status read_value(quanteda_reader *r, uint32_t category, const att_yaml_node *node)
{
    att_status status = ATT_OK;

    if (node->kind == ATT_YAML_SCALAR)
        return add_term(r, category, node);
    for (const att_yaml_node *item = node->first; item && !status; item = item->next) {
        uint32_t into = category;
        if (node->kind == ATT_YAML_MAP)
            status =
                att_dictionary_category(r->dictionary, category, item->key->text, item->key->line, &into, r->error);
        if (!status)
            status = read_value(r, into, item);
    }
    return status;
}

static att_status quanteda_read(att_dictionary *out, const char *file, att_span text, att_error *error)
{
    quanteda_reader r = {.dictionary = out, .error = error};
    const att_yaml_node *root = NULL;
    att_arena nodes = {0};
    att_status status = att_yaml_parse(&root, &nodes, file, text, error);

    if (!status && (!root || root->kind != ATT_YAML_MAP))
        status = att_fail(error, ATT_BAD_INPUT, file, 1, 0,
                          "a quanteda dictionary in YAML is a map of categories; begin with a line such as 'hope:'");
    if (!status && root)
        status = read_value(&r, ATT_NO_CATEGORY, root);
    att_arena_clear(&nodes);
    att_buffer_clear(&r.text);
    return status;
}

/* ---- Writing */

static void put_indent(att_buffer *out, uint32_t columns)
{
    for (uint32_t i = 0; i < columns; i++)
        att_buffer_char(out, ' ');
}

static bool has_children(const att_dictionary *dictionary, uint32_t c)
{
    return c + 1 < dictionary->category_count && dictionary->categories[c + 1].parent == c;
}

static void put_key(att_buffer *out, const att_category *category)
{
    const char *name = att_category_shown(category);

    att_put_yaml(out, name, strlen(name));
    att_buffer_text(out, ":");
}

static void put_terms(att_buffer *out, const att_dictionary *dictionary, uint32_t c, uint32_t columns)
{
    att_buffer plain = {0};

    for (size_t i = dictionary->first_term[c]; i < dictionary->first_term[c + 1]; i++) {
        plain.size = 0;
        att_term_put_plain(&plain, (att_span){dictionary->terms[i].text, dictionary->terms[i].size});
        put_indent(out, columns);
        att_buffer_text(out, "- ");
        if (plain.data)
            att_put_yaml(out, plain.data, plain.size);
        att_buffer_char(out, '\n');
    }
    out->failed |= plain.failed;
    att_buffer_clear(&plain);
}

/* The category, and those below it; what follows them is returned. */
static uint32_t put_category(att_buffer *out, const att_dictionary *dictionary, uint32_t c, uint32_t columns)
{
    bool terms = dictionary->first_term[c] < dictionary->first_term[c + 1];
    bool children = has_children(dictionary, c);
    uint32_t depth = dictionary->categories[c].depth, next = c + 1;

    put_key(out, &dictionary->categories[c]);
    att_buffer_text(out, terms || children ? "\n" : " []\n");
    put_terms(out, dictionary, c, columns + 2);
    while (next < dictionary->category_count && dictionary->categories[next].depth > depth) {
        put_indent(out, columns + 2);
        /* Beside terms a category is an item of their list: a map of its own. */
        if (terms)
            att_buffer_text(out, "- ");
        next = put_category(out, dictionary, next, columns + (terms ? 4 : 2));
    }
    return next;
}

static void quanteda_write(att_buffer *out, const att_dictionary *dictionary)
{
    for (uint32_t c = 0; c < dictionary->category_count;)
        c = put_category(out, dictionary, c, 0);
    if (!dictionary->category_count)
        att_buffer_text(out, "{}\n");
}

static bool quanteda_sniff(att_span text)
{
    (void)text;
    return false; /* YAML does not tell; the name does */
}

static const char *const extensions[] = {NULL};

const att_dictionary_format att_dictionary_quanteda = {
    .name = "quanteda",
    .title = "quanteda (YAML)",
    .extensions = extensions,
    .holds = ATT_HOLDS_NESTING | ATT_HOLDS_ANY_STAR | ATT_HOLDS_QUESTION | ATT_HOLDS_TOKEN | ATT_HOLDS_TERMS,
    .sniff = quanteda_sniff,
    .read = quanteda_read,
    .write = quanteda_write,
};
