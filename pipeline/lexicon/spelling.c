/* What a lexicon says about spelling as a whole: marks that do not count, and affixes that words are glued to. */
#include "lexicon/draft.h"

enum { MOST_AFFIXES = 200, MOST_LEAVE = 20 };

static const char *const mark_names[] = {"accents", "niqqud", "nukta", "harakat"};
enum { MARK_NAMES = sizeof mark_names / sizeof mark_names[0] };

static att_status add_marks(att_draft *draft, const att_yaml_node *node)
{
    for (unsigned i = 0; i < MARK_NAMES && node->kind == ATT_YAML_SCALAR; i++)
        if (att_span_equal(node->text, att_span_of(mark_names[i]))) {
            draft->spelling.ignore |= 1u << i;
            return ATT_OK;
        }
    return att_draft_refuse(draft, node, "'%s' is nothing to ignore; write accents, niqqud, nukta or harakat",
                            att_excerpt_of(node->text).text);
}

static att_status read_ignore(att_draft *draft, const att_yaml_node *node)
{
    att_status status = ATT_OK;

    if (node->kind == ATT_YAML_SCALAR)
        return add_marks(draft, node);
    if (node->kind == ATT_YAML_MAP || node->count == 0)
        return att_draft_refuse(draft, node, "'ignore' must be a list; write it like [accents]");
    for (const att_yaml_node *item = node->first; item && status == ATT_OK; item = item->next)
        status = add_marks(draft, item);
    return status;
}

static att_status read_affix(att_draft *draft, const att_yaml_node *node, att_affix *out)
{
    if (node->kind != ATT_YAML_SCALAR || !node->text.size || node->text.size > ATT_AFFIX_BYTES)
        return att_draft_refuse(draft, node, "an affix must be a text of at most 32 bytes; write its letters");
    for (unsigned exact = 0; exact < 2; exact++) {
        att_span *form = exact ? &out->exact : &out->folded;
        att_draft_fold(draft, &draft->folded, node->text, exact);
        if (draft->folded.failed)
            return att_fail_memory(draft->error);
        if (!draft->folded.size || draft->folded.size > ATT_AFFIX_BYTES)
            return att_draft_refuse(draft, node,
                                    "'%s' holds no letter that counts, or too many; write another or delete it",
                                    att_excerpt_of(node->text).text);
        const char *copy = att_draft_copy(draft, (att_span){draft->folded.data, draft->folded.size});
        if (!copy)
            return att_fail_memory(draft->error);
        *form = (att_span){copy, draft->folded.size};
    }
    return ATT_OK;
}

/* A list of affixes, or one. */
static att_status read_affixes(att_draft *draft, const att_yaml_node *node, att_affixes *out)
{
    size_t count = node->kind == ATT_YAML_LIST ? node->count : 1;

    if (node->kind == ATT_YAML_MAP || count == 0 || att_yaml_is_blank(node))
        return att_draft_refuse(draft, node, "'%s' must be a list of affixes; write it like [one, another]",
                                att_excerpt_of(node->key->text).text);
    if (count > MOST_AFFIXES)
        return att_draft_refuse(draft, node, "more than 200 affixes; shorten the list");
    att_affix *items = att_arena_take(draft->arena, count * sizeof *items);
    if (!items)
        return att_fail_memory(draft->error);
    const att_yaml_node *item = node->kind == ATT_YAML_LIST ? node->first : node;
    for (size_t i = 0; i < count; i++, item = item->next) {
        att_status status = read_affix(draft, item, &items[i]);
        if (status != ATT_OK)
            return status;
    }
    out->items = items;
    out->count = (uint32_t)count;
    return ATT_OK;
}

static att_status read_number(att_draft *draft, const att_yaml_node *node, uint32_t most, uint32_t *out)
{
    uint32_t number = 0;
    bool good = node->kind == ATT_YAML_SCALAR && node->text.size >= 1 && node->text.size <= 2;

    for (size_t i = 0; good && i < node->text.size; i++) {
        good = node->text.text[i] >= '0' && node->text.text[i] <= '9';
        number = number * 10 + (uint32_t)(node->text.text[i] - '0');
    }
    if (!good || number < 1 || number > most)
        return att_draft_refuse(draft, node, "bad '%s'; write a number from 1 to %u",
                                att_excerpt_of(node->key->text).text, most);
    *out = number;
    return ATT_OK;
}

/* One side: its list, how many may follow each other, how many letters they leave. */
typedef struct {
    const char *list;
    const char *holds;
    bool runs;
    uint32_t leave; /* where nothing is said */
} side;

static const side sides[] = {{"letters", "letters, most and leave", true, 3},
                             {"endings", "endings and leave", false, 2}};

static att_status read_side(att_draft *draft, const att_yaml_node *map, const side *of, att_affixes *out)
{
    att_affixes read = {.most = 1, .leave = of->leave};
    att_status status = ATT_OK;

    if (map->kind != ATT_YAML_MAP)
        return att_draft_refuse(draft, map, "'%s' must hold %s; write them below it, indented",
                                att_excerpt_of(map->key->text).text, of->holds);
    for (const att_yaml_node *value = map->first; value && status == ATT_OK; value = value->next) {
        if (att_span_equal(value->key->text, att_span_of(of->list)))
            status = read_affixes(draft, value, &read);
        else if (of->runs && att_span_equal(value->key->text, att_span_of("most")))
            status = read_number(draft, value, ATT_AFFIX_RUN, &read.most);
        else if (att_span_equal(value->key->text, att_span_of("leave")))
            status = read_number(draft, value, MOST_LEAVE, &read.leave);
        else
            status =
                att_draft_refuse(draft, value->key, "unknown key '%s'; '%s' holds %s",
                                 att_excerpt_of(value->key->text).text, att_excerpt_of(map->key->text).text, of->holds);
    }
    if (status == ATT_OK && !read.count)
        status =
            att_draft_refuse(draft, map, "'%s' is missing; add a list like %s: [one, another]", of->list, of->list);
    if (status == ATT_OK)
        *out = read;
    return status;
}

static att_status read_sides(att_draft *draft, const att_yaml_node *node)
{
    att_status status = ATT_OK;

    if (node->kind != ATT_YAML_MAP || node->count == 0)
        return att_draft_refuse(draft, node,
                                "'affixes' must hold prefixes, suffixes or both; write them below it, "
                                "indented");
    for (const att_yaml_node *value = node->first; value && att_draft_goes_on(draft, status); value = value->next) {
        if (att_span_equal(value->key->text, att_span_of("prefixes")))
            status = read_side(draft, value, &sides[0], &draft->spelling.prefixes);
        else if (att_span_equal(value->key->text, att_span_of("suffixes")))
            status = read_side(draft, value, &sides[1], &draft->spelling.suffixes);
        else
            status = att_draft_refuse(draft, value->key, "unknown key '%s'; 'affixes' holds prefixes and suffixes",
                                      att_excerpt_of(value->key->text).text);
    }
    return status;
}

/* ---- in words, for those who look at the lexicon ---- */

static void describe_affixes(att_buffer *out, const att_affixes *affixes, const char *where)
{
    if (!affixes->count)
        return;
    att_buffer_text(out, out->size ? "; " : "");
    att_buffer_format(out, affixes->most > 1 ? "up to %u of" : "one of", affixes->most);
    for (uint32_t i = 0; i < affixes->count; i++) {
        att_buffer_text(out, i ? ", " : " ");
        att_buffer_span(out, affixes->items[i].exact);
    }
    att_buffer_format(out, " may come off %s and leave %u letter%s", where, affixes->leave,
                      affixes->leave == 1 ? "" : "s");
}

static att_status describe(att_draft *draft)
{
    const att_spelling *spelling = &draft->spelling;
    att_buffer *out = &draft->folded;

    out->size = 0;
    for (unsigned i = 0; i < MARK_NAMES; i++)
        if (spelling->ignore >> i & 1)
            att_buffer_format(out, "%s%s", out->size ? ", " : "ignores ", mark_names[i]);
    describe_affixes(out, &spelling->prefixes, "the beginning of an entry");
    describe_affixes(out, &spelling->suffixes, "the end of a word");
    if (out->failed)
        return att_fail_memory(draft->error);
    draft->spelling_text = out->size ? att_draft_copy(draft, (att_span){out->data, out->size}) : "";
    return draft->spelling_text ? ATT_OK : att_fail_memory(draft->error);
}

att_status att_draft_spelling(att_draft *draft, const att_yaml_node *ignore, const att_yaml_node *affixes)
{
    att_status status = ignore ? read_ignore(draft, ignore) : ATT_OK;

    if (affixes && att_draft_goes_on(draft, status))
        status = read_sides(draft, affixes);
    return status == ATT_OK ? describe(draft) : status;
}
