/* An entry: a plain text, or a map that says more about it. */
#include "base/nearest.h"
#include "lexicon/draft.h"
#include "model/hit.h"

#include <stddef.h>
#include <string.h>

#define KEYS "term, regex, over, weight, source, note, except, case"

/* The values in an entry's map; NULL: not given. */
typedef struct {
    const att_yaml_node *term;
    const att_yaml_node *regex;
    const att_yaml_node *weight;
    const att_yaml_node *source;
    const att_yaml_node *note;
    const att_yaml_node *except;
    const att_yaml_node *letter_case;
    const att_yaml_node *over;
} fields;

static const char *const known[] = {"term", "regex", "weight", "source", "note", "except", "case", "over"};
enum { KNOWN = sizeof known / sizeof known[0] };

static const att_yaml_node **field_of(fields *f, const att_yaml_node *key)
{
    const att_yaml_node **all[KNOWN] = {&f->term, &f->regex,  &f->weight,      &f->source,
                                        &f->note, &f->except, &f->letter_case, &f->over};

    for (size_t i = 0; i < KNOWN; i++)
        if (att_span_equal(key->text, att_span_of(known[i])))
            return all[i];
    return NULL;
}

static att_status refuse_key(att_draft *draft, const att_yaml_node *map, const att_yaml_node *key)
{
    att_excerpt shown = att_excerpt_of(key->text);
    const char *near = att_nearest(key->text, known, KNOWN, 2);

    if (near)
        return att_draft_refuse(draft, key, "unknown key '%s'; an entry may hold " KEYS "; did you mean '%s'?",
                                shown.text, near);
    return att_draft_refuse(draft, key, "unknown key '%s'; an entry may hold " KEYS "%s", shown.text,
                            map->count == 1 ? "; quote the whole entry if the colon is part of it" : "");
}

static att_status sort_fields(att_draft *draft, const att_yaml_node *map, fields *f)
{
    for (const att_yaml_node *value = map->first; value; value = value->next) {
        const att_yaml_node **field = field_of(f, value->key);
        if (!field)
            return refuse_key(draft, map, value->key);
        bool fits = value->kind == ATT_YAML_SCALAR || (field == &f->except && value->kind == ATT_YAML_LIST);
        if (!fits)
            return att_draft_refuse(draft, value, "'%s' must be %s; write it after the colon",
                                    att_excerpt_of(value->key->text).text,
                                    field == &f->except ? "a text or a list of texts" : "a text");
        *field = value;
    }
    if (!f->term && !f->regex)
        return att_draft_refuse(draft, map, "an entry without 'term' or 'regex'; add one");
    if (f->term && f->regex)
        return att_draft_refuse(draft, f->regex->key, "an entry with both 'term' and 'regex'; make two entries of it");
    return ATT_OK;
}

/* A plain decimal number in millionths. No strtod: it depends on the locale. false: it is none, or needs more room. */
static bool read_millionths(att_span text, uint64_t *out)
{
    uint64_t number = 0, unit = ATT_WEIGHT_ONE;
    bool point = false;

    for (size_t i = 0; i < text.size; i++) {
        char c = text.text[i];
        if (c == '.' && !point && i > 0 && i + 1 < text.size) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9' || number > ATT_WEIGHT_LIMIT || (point && unit == 1))
            return false;
        unit = point ? unit / 10 : unit;
        number = point ? number + (uint64_t)(c - '0') * unit : number * 10 + (uint64_t)(c - '0') * ATT_WEIGHT_ONE;
    }
    *out = number;
    return true;
}

static att_status read_weight(att_draft *draft, const att_yaml_node *node, uint64_t *weight)
{
    uint64_t number = 0;

    if (!read_millionths(node->text, &number) || number == 0 || number > ATT_WEIGHT_LIMIT)
        return att_draft_refuse(draft, node,
                                "bad weight '%s'; write a number above 0 and up to 1000000, with at most 6 decimals, "
                                "such as 2 or 0.5",
                                att_excerpt_of(node->text).text);
    *weight = number;
    return ATT_OK;
}

static att_status read_case(att_draft *draft, const fields *f, bool *exact)
{
    *exact = att_span_equal(f->letter_case->text, att_span_of("exact"));
    if (!*exact && !att_span_equal(f->letter_case->text, att_span_of("fold")))
        return att_draft_refuse(draft, f->letter_case, "bad case '%s'; write exact or fold",
                                att_excerpt_of(f->letter_case->text).text);
    if (*exact && f->regex && !f->over)
        return att_draft_refuse(draft, f->letter_case,
                                "a regex meets words in small letters only, so 'case: exact' does not go with it; "
                                "delete one of the two");
    return ATT_OK;
}

static att_status add_exception(att_draft *draft, const att_yaml_node *node, bool exact)
{
    if (node->kind != ATT_YAML_SCALAR)
        return att_draft_refuse(draft, node, "an exception must be a text; write a word or phrase");
    return att_draft_term(draft, node, exact, &draft->exceptions);
}

static att_status read_exceptions(att_draft *draft, const att_yaml_node *except, bool exact, att_entry *entry)
{
    att_status status = ATT_OK;

    entry->except = (uint32_t)draft->exceptions.count;
    if (except->kind == ATT_YAML_SCALAR)
        status = add_exception(draft, except, exact);
    else
        for (const att_yaml_node *item = except->first; item && status == ATT_OK; item = item->next)
            status = add_exception(draft, item, exact);
    entry->excepts = (uint32_t)draft->exceptions.count - entry->except;
    return status;
}

/* A text that is kept only where there is one. */
static att_status copy_text(att_draft *draft, const char **out, const att_yaml_node *node)
{
    if (!node || node->text.size == 0)
        return ATT_OK;
    *out = att_draft_copy(draft, node->text);
    return *out ? ATT_OK : att_fail_memory(draft->error);
}

static att_status read_over(att_draft *draft, const fields *f)
{
    if (!f->regex)
        return att_draft_refuse(draft, f->over->key,
                                "'over' belongs to a regex; delete it, or write regex in place of term");
    if (!att_span_equal(f->over->text, att_span_of("turn")))
        return att_draft_refuse(draft, f->over,
                                "bad over '%s'; write turn, or delete it: a regex is over one word then",
                                att_excerpt_of(f->over->text).text);
    return ATT_OK;
}

static att_status read_what(att_draft *draft, const fields *f, bool exact)
{
    if (f->over)
        return att_draft_turn_regex(draft, f->regex, exact, &draft->forms);
    return f->regex ? att_draft_regex(draft, f->regex, &draft->forms)
                    : att_draft_term(draft, f->term, exact, &draft->forms);
}

static att_status read_fields(att_draft *draft, const fields *f, att_entry *entry)
{
    bool exact = false;
    att_status status = f->over ? read_over(draft, f) : ATT_OK;

    if (status == ATT_OK && f->letter_case)
        status = read_case(draft, f, &exact);

    entry->form = (uint32_t)draft->forms.count;
    if (status == ATT_OK)
        status = read_what(draft, f, exact);
    entry->forms = (uint32_t)draft->forms.count - entry->form;
    if (status == ATT_OK && f->weight)
        status = read_weight(draft, f->weight, &entry->weight);
    if (status == ATT_OK && f->except)
        status = read_exceptions(draft, f->except, exact, entry);
    if (status == ATT_OK)
        status = copy_text(draft, &entry->term, f->regex ? f->regex : f->term);
    if (status == ATT_OK)
        status = copy_text(draft, &entry->source, f->source);
    if (status == ATT_OK)
        status = copy_text(draft, &entry->note, f->note);
    return status;
}

att_status att_draft_entry(att_draft *draft, uint32_t marker, const att_yaml_node *node)
{
    fields f = {0};
    att_status status = ATT_OK;

    if (node->kind == ATT_YAML_LIST)
        return att_draft_refuse(draft, node,
                                "a list where an entry belongs; quote the entry if the brackets are part of it, or "
                                "begin it with one dash");
    if (node->kind == ATT_YAML_SCALAR)
        f.term = node;
    else
        status = sort_fields(draft, node, &f);
    const att_yaml_node *place = f.regex ? f.regex : f.term;
    if (status != ATT_OK || !place)
        return status;
    att_entry entry = {.marker = marker, .weight = ATT_WEIGHT_ONE, .line = place->line, .column = place->column};
    status = read_fields(draft, &f, &entry);
    if (status != ATT_OK)
        return status;
    if (!att_grow(&draft->entries, &draft->entry_capacity, draft->entry_count + 1, sizeof *draft->entries))
        return att_fail_memory(draft->error);
    draft->entries[draft->entry_count++] = entry;
    return ATT_OK;
}
