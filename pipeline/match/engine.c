#include "match/engine.h"

#include "base/hash.h"
#include "match/compiled.h"

#include <stdlib.h>

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
    uint32_t elements[64];

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

static att_status add_lexicon(att_engine *engine, element_table *table, const att_lexicon *lexicon,
                              const att_marker_nodes *nodes, att_error *error)
{
    uint32_t *map = calloc(lexicon->element_count ? lexicon->element_count : 1, sizeof *map);
    uint32_t spelling = 0;

    if (!map)
        return att_fail_memory(error);
    att_status status = att_element_set_spelling(engine->set, &lexicon->spelling, &spelling, error);
    for (uint32_t i = 0; i < lexicon->element_count; i++)
        map[i] = intern(engine, table, &lexicon->elements[i], spelling);
    if (!status)
        status = att_element_set_use(engine->set, spelling, lexicon->databases, map, error);
    for (uint32_t i = 0; i < lexicon->entry_count && !status; i++)
        status = add_entry(engine, lexicon, map, i, &nodes[lexicon->entries[i].marker], error);
    if (!status)
        status = att_turn_regexes_use(&engine->turns, lexicon->databases, map, error);
    free(map);
    return status;
}

static att_status reserve(att_engine *engine, element_table *table, const att_lexicon *const *lexicons, size_t count,
                          att_error *error)
{
    size_t elements = 1, entries = 1;

    for (size_t i = 0; i < count; i++) {
        elements += lexicons[i]->element_count;
        entries += lexicons[i]->entry_count;
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
    if (!table->slots || !engine->elements || !engine->entries)
        return att_fail_memory(error);
    return att_phrases_new(&engine->phrases, (uint32_t)elements, error);
}

att_status att_engine_new(att_engine **out, const att_lexicon *const *lexicons, const att_marker_nodes *const *nodes,
                          size_t count, att_error *error)
{
    element_table table = {0};
    att_engine *engine = calloc(1, sizeof *engine);

    if (!engine)
        return att_fail_memory(error);
    att_status status = reserve(engine, &table, lexicons, count, error);
    if (!status)
        status = att_element_set_new(&engine->set, error);
    for (size_t i = 0; i < count && !status; i++)
        status = add_lexicon(engine, &table, lexicons[i], nodes[i], error);
    if (!status)
        status =
            att_element_set_finish(engine->set, engine->elements, engine->phrases.roles, engine->element_count, error);
    free(table.slots);
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
    att_turn_regexes_clear(&engine->turns);
    free(engine->elements);
    free(engine->entries);
    free(engine);
}

const att_entry *att_engine_entry(const att_engine *engine, uint32_t entry)
{
    return engine->entries[entry].entry;
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
