#include "match/engine.h"

#include "base/hash.h"
#include "match/compiled.h"

#include <stdlib.h>

enum { ATT_LONGEST = 64 }; /* elements of an entry */

/* Elements of several lexicons under one numbering: slots hold an element's number + 1. */
typedef struct {
    uint32_t *slots;
    size_t count;
} element_table;

static uint32_t intern(att_engine *engine, element_table *table, const att_element *element, uint32_t spelling)
{
    uint64_t hash = att_hash64(element->text.text, element->text.size) + (uint64_t)element->kind;
    size_t slot = (hash + ((uint64_t)spelling << 4)) & (table->count - 1);

    for (; table->slots[slot]; slot = (slot + 1) & (table->count - 1)) {
        const att_element *held = &engine->elements[table->slots[slot] - 1];
        if (held->kind == element->kind && held->spelling == spelling && att_span_equal(held->text, element->text))
            return table->slots[slot] - 1;
    }
    engine->elements[engine->element_count] = *element;
    engine->elements[engine->element_count++].spelling = spelling;
    table->slots[slot] = engine->element_count;
    return engine->element_count - 1;
}

static att_status add_sequence(att_engine *engine, const att_lexicon *lexicon, const uint32_t *map,
                               att_sequence sequence, uint32_t entry, bool exception, att_error *error)
{
    uint32_t elements[ATT_LONGEST];

    if (sequence.length > sizeof elements / sizeof elements[0])
        return att_fail(error, ATT_BAD_INPUT, lexicon->file, 0, 0, "an entry has more than 64 words; shorten it");
    for (uint32_t i = 0; i < sequence.length; i++)
        elements[i] = map[lexicon->sequence[sequence.first + i]];
    uint32_t head = map[lexicon->sequence[sequence.first]];
    if (att_is_turn_regex(engine->elements[head].kind))
        return att_turn_regexes_add(&engine->turns, &engine->phrases, &engine->elements[head], head,
                                    engine->element_room, entry, engine->entries[entry].entry, lexicon->file, error);
    return att_phrases_add(&engine->phrases, elements, sequence.length, entry, exception, error);
}

static att_status add_entry(att_engine *engine, const att_lexicon *lexicon, const uint32_t *map, uint32_t index,
                            const att_marker_nodes *nodes, att_error *error)
{
    const att_entry *entry = &lexicon->entries[index];
    uint32_t number = engine->entry_count++;

    engine->entries[number] = (engine_entry){entry, nodes};
    for (uint32_t i = 0; i < nodes->count; i++)
        if (nodes->nodes[i] >= engine->node_count)
            engine->node_count = nodes->nodes[i] + 1;
    if (entry->ignored)
        return ATT_OK;
    att_status status = ATT_OK;
    for (uint32_t i = 0; i < entry->forms && !status; i++)
        status = add_sequence(engine, lexicon, map, lexicon->forms[entry->form + i], number, false, error);
    for (uint32_t i = 0; i < entry->excepts && !status; i++)
        status = add_sequence(engine, lexicon, map, lexicon->exceptions[entry->except + i], number, true, error);
    return status;
}

/* The engine's numbers of the lexicon's elements. */
static att_status map_elements(att_engine *engine, element_table *table, const att_lexicon *lexicon, uint32_t **map,
                               att_error *error)
{
    uint32_t spelling = 0;

    *map = calloc(lexicon->element_count ? lexicon->element_count : 1, sizeof **map);
    if (!*map)
        return att_fail_memory(error);
    att_status status = att_element_set_spelling(engine->set, &lexicon->spelling, &spelling, error);
    for (uint32_t i = 0; i < lexicon->element_count; i++)
        (*map)[i] = intern(engine, table, &lexicon->elements[i], spelling);
    return status ? status : att_element_set_use(engine->set, spelling, lexicon->databases, *map, error);
}

static att_status add_lexicon(att_engine *engine, const att_lexicon *lexicon, const uint32_t *map,
                              const att_marker_nodes *nodes, att_error *error)
{
    att_status status = ATT_OK;

    for (uint32_t i = 0; i < lexicon->entry_count && !status; i++)
        status = add_entry(engine, lexicon, map, i, &nodes[lexicon->entries[i].marker], error);
    if (!status)
        status = att_turn_regexes_use(&engine->turns, lexicon->databases, map, error);
    return status;
}

/* The nodes of a lexicon's markers. */
static void count_nodes(att_engine *engine, const att_lexicon *lexicon, const att_marker_nodes *nodes)
{
    for (uint32_t m = 0; m < lexicon->marker_count; m++)
        for (uint32_t i = 0; i < nodes[m].count; i++)
            if (nodes[m].nodes[i] >= engine->node_count)
                engine->node_count = nodes[m].nodes[i] + 1;
}

/* Is there a part that only hits can fill? */
static bool needs_hit(const att_lexicon *lexicon, uint32_t index)
{
    const att_rule_part *part = &lexicon->rule_parts[index];

    switch (part->kind) {
    case ATT_RULE_MARKER:
    case ATT_RULE_TERM:
        return true;
    case ATT_RULE_CUES:
    case ATT_RULE_CONDITION:
        return false;
    case ATT_RULE_OR:
        return needs_hit(lexicon, part->left) && needs_hit(lexicon, part->right);
    case ATT_RULE_NOT_NEAR:
    case ATT_RULE_AND_NOT:
        return needs_hit(lexicon, part->left);
    default:
        return needs_hit(lexicon, part->left) || needs_hit(lexicon, part->right);
    }
}

/* Terms of rules become entries with nodes of their own, and rules entries that nothing matches. */
static att_status add_rules(att_engine *engine, const att_lexicon *lexicon, const uint32_t *map,
                            const att_marker_nodes *nodes, att_error *error)
{
    engine_rules *rules = &engine->rules[engine->rules_count];
    att_status status = ATT_OK;

    if (!lexicon->rule_count)
        return ATT_OK;
    engine->rules_count++;
    *rules = (engine_rules){lexicon, nodes, engine->node_count, 0};
    for (uint32_t i = 0; i < lexicon->rule_term_count && !status; i++) {
        const att_entry *term = &lexicon->rule_terms[i];
        uint32_t number = engine->entry_count++;
        att_marker_nodes *own = &engine->term_nodes[engine->node_count - engine->term_node];
        *own = (att_marker_nodes){.nodes = {engine->node_count++}, .count = 1};
        engine->entries[number] = (engine_entry){term, own};
        for (uint32_t f = 0; f < term->forms && !status; f++)
            status = add_sequence(engine, lexicon, map, lexicon->forms[term->form + f], number, false, error);
    }
    rules->first_entry = engine->entry_count;
    for (uint32_t i = 0; i < lexicon->rule_count && !status; i++) {
        engine->entries[engine->entry_count++] =
            (engine_entry){&lexicon->rule_entries[i], &nodes[lexicon->rules[i].marker]};
        engine->rules_of_cues |= !needs_hit(lexicon, lexicon->rules[i].root);
    }
    return status;
}

static att_status add_cue_sequence(att_engine *engine, const att_lexicon *lexicon, const uint32_t *map,
                                   att_sequence sequence, uint32_t kinds, bool exception, att_error *error)
{
    uint32_t elements[ATT_LONGEST];

    for (uint32_t i = 0; i < sequence.length; i++)
        elements[i] = map[lexicon->sequence[sequence.first + i]];
    return att_cue_set_add(&engine->cues, elements, sequence.length, kinds, exception, error);
}

static att_status add_cue(att_engine *engine, const att_lexicon *lexicon, const uint32_t *map, const att_entry *entry,
                          att_error *error)
{
    uint32_t kinds = att_cue_kinds_of(lexicon->markers[entry->marker].path);
    att_status status = ATT_OK;

    if (entry->ignored || !kinds)
        return ATT_OK;
    for (uint32_t i = 0; i < entry->forms && !status; i++)
        status = add_cue_sequence(engine, lexicon, map, lexicon->forms[entry->form + i], kinds, false, error);
    for (uint32_t i = 0; i < entry->excepts && !status; i++)
        status = add_cue_sequence(engine, lexicon, map, lexicon->exceptions[entry->except + i], kinds, true, error);
    return status;
}

static att_status add_cues(att_engine *engine, element_table *table, const att_lexicon *lexicon, att_error *error)
{
    uint32_t *map = NULL;
    att_status status = map_elements(engine, table, lexicon, &map, error);

    for (uint32_t i = 0; i < lexicon->entry_count && !status; i++)
        status = add_cue(engine, lexicon, map, &lexicon->entries[i], error);
    free(map);
    return status;
}

static att_status reserve(att_engine *engine, element_table *table, const att_lexicon *const *lexicons, size_t count,
                          att_cue_lexicons cues, att_error *error)
{
    size_t elements = 1, entries = 1;

    for (size_t i = 0; i < cues.count; i++)
        elements += cues.items[i]->element_count;

    size_t terms = 0;

    for (size_t i = 0; i < count; i++) {
        elements += lexicons[i]->element_count;
        entries += (size_t)lexicons[i]->entry_count + lexicons[i]->rule_term_count + lexicons[i]->rule_count;
        terms += lexicons[i]->rule_term_count;
    }
    if (elements > UINT32_MAX / 2 || entries > UINT32_MAX / 2) {
        att_fail(error, ATT_BAD_INPUT, NULL, 0, 0, "the lexicons have more than 2^31 entries; leave some out");
        return ATT_BAD_INPUT;
    }
    engine->element_room = (uint32_t)elements;
    for (table->count = 16; table->count < elements * 2;)
        table->count *= 2;
    table->slots = calloc(table->count, sizeof *table->slots);
    engine->elements = calloc(elements, sizeof *engine->elements);
    engine->entries = calloc(entries, sizeof *engine->entries);
    engine->rules = calloc(count + 1, sizeof *engine->rules);
    engine->term_nodes = calloc(terms + 1, sizeof *engine->term_nodes);
    if (!engine->rules || !engine->term_nodes)
        return att_fail_memory(error);
    if (!table->slots || !engine->elements || !engine->entries)
        return att_fail_memory(error);
    att_status status = att_phrases_new(&engine->phrases, (uint32_t)elements, error);
    return status ? status : att_cue_set_init(&engine->cues, (uint32_t)elements, error);
}

static att_status collect_weights(att_engine *engine, att_error *error)
{
    bool differ = false;

    for (uint32_t i = 0; i < engine->entry_count && !differ; i++)
        differ = engine->entries[i].entry->weight != ATT_WEIGHT_ONE;
    if (!differ)
        return ATT_OK;
    engine->weights = calloc(engine->entry_count, sizeof *engine->weights);
    if (!engine->weights)
        return att_fail_memory(error);
    for (uint32_t i = 0; i < engine->entry_count; i++)
        engine->weights[i] = engine->entries[i].entry->weight;
    return ATT_OK;
}

att_status att_engine_new(att_engine **out, const att_lexicon *const *lexicons, const att_marker_nodes *const *nodes,
                          size_t count, att_cue_lexicons cues, att_error *error)
{
    element_table table = {0};
    att_engine *engine = calloc(1, sizeof *engine);

    if (!engine)
        return att_fail_memory(error);
    att_status status = reserve(engine, &table, lexicons, count, cues, error);
    if (!status)
        status = att_element_set_new(&engine->set, error);
    uint32_t **maps = calloc(count + 1, sizeof *maps);
    if (!status && !maps)
        status = att_fail_memory(error);
    for (size_t i = 0; i < count && !status; i++) {
        status = map_elements(engine, &table, lexicons[i], &maps[i], error);
        if (!status)
            status = add_lexicon(engine, lexicons[i], maps[i], nodes[i], error);
    }
    for (size_t i = 0; i < count && !status; i++)
        count_nodes(engine, lexicons[i], nodes[i]);
    engine->term_node = engine->node_count;
    for (size_t i = 0; i < count && !status; i++)
        status = add_rules(engine, lexicons[i], maps[i], nodes[i], error);
    for (size_t i = 0; i < cues.count && !status; i++)
        status = add_cues(engine, &table, cues.items[i], error);
    if (!status)
        status = collect_weights(engine, error);
    if (!status)
        status = att_contests_new(&engine->contests, lexicons, count, engine->entry_count, error);
    if (!status)
        status =
            att_element_set_finish(engine->set, engine->elements, engine->phrases.roles, engine->element_count, error);
    free(table.slots);
    for (size_t i = 0; maps && i < count; i++)
        free(maps[i]);
    free(maps);
    if (status) {
        att_engine_free(engine);
        return status;
    }
    *out = engine;
    return ATT_OK;
}

void att_engine_free(att_engine *engine)
{
    if (!engine)
        return;
    att_element_set_free(engine->set);
    att_phrases_clear(&engine->phrases);
    att_cue_set_clear(&engine->cues);
    att_contests_clear(&engine->contests);
    att_turn_regexes_clear(&engine->turns);
    free(engine->elements);
    free(engine->rules);
    free(engine->term_nodes);
    free(engine->entries);
    free(engine->weights);
    free(engine);
}

const att_entry *att_engine_entry(const att_engine *engine, uint32_t entry)
{
    return engine->entries[entry].entry;
}

const uint64_t *att_engine_weights(const att_engine *engine)
{
    return engine->weights;
}

size_t att_engine_turn_regex_count(const att_engine *engine)
{
    return engine->turns.count;
}

const att_entry *att_engine_turn_regex(const att_engine *engine, size_t index, const char **file)
{
    return att_turn_regexes_entry(&engine->turns, index, file);
}

const att_marker_nodes *att_engine_nodes(const att_engine *engine, uint32_t entry)
{
    return engine->entries[entry].nodes;
}
