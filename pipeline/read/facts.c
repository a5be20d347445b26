#include "read/facts.h"

#include "base/buffer.h"
#include "base/hash.h"

#include <stdlib.h>

void att_facts_clear(att_facts *facts)
{
    att_arena_clear(&facts->arena);
    free(facts->facts);
    free(facts->slots);
    *facts = (att_facts){0};
}

/* The first that is said stands. */
static bool keep(att_facts *facts, att_span *to, att_span value)
{
    return to->size || !value.size || att_arena_keep(&facts->arena, to, value);
}

bool att_facts_language(att_facts *facts, att_span language)
{
    return keep(facts, &facts->info.language, language);
}

bool att_facts_title(att_facts *facts, att_span title)
{
    return keep(facts, &facts->info.title, title);
}

bool att_facts_date(att_facts *facts, att_span date)
{
    return keep(facts, &facts->info.date, date);
}

static size_t first_slot(const att_facts *facts, att_span label, att_span column)
{
    uint64_t mixed = att_hash64(label.text, label.size) ^ facts->seed;

    mixed = (mixed ^ (mixed >> 32)) * UINT64_C(0x9E3779B97F4A7C15) + att_hash64(column.text, column.size);
    return (size_t)((mixed ^ (mixed >> 29)) * UINT64_C(0xBF58476D1CE4E5B9) >> 32) & (facts->slot_count - 1);
}

/* The slot that holds this fact, or the free one where it belongs. */
static uint32_t *find_slot(att_facts *facts, att_span label, att_span column)
{
    size_t at = first_slot(facts, label, column);

    for (; facts->slots[at]; at = (at + 1) & (facts->slot_count - 1)) {
        const att_speaker_fact *fact = &facts->facts[facts->slots[at] - 1];
        if (att_span_equal(fact->label, label) && att_span_equal(fact->column, column))
            break;
    }
    return &facts->slots[at];
}

static bool grow(att_facts *facts)
{
    size_t count = facts->slot_count ? facts->slot_count * 2 : 64;
    uint32_t *slots = calloc(count, sizeof *slots);

    if (!slots)
        return false;
    if (!facts->slots)
        facts->seed = att_random_seed();
    free(facts->slots);
    facts->slots = slots;
    facts->slot_count = count;
    for (size_t i = 0; i < facts->info.fact_count; i++)
        *find_slot(facts, facts->facts[i].label, facts->facts[i].column) = (uint32_t)i + 1;
    return true;
}

bool att_facts_add(att_facts *facts, att_span label, att_span column, att_span value)
{
    size_t count = facts->info.fact_count;

    if (!column.size || !value.size)
        return true;
    if (count >= facts->slot_count / 2 && (count >= UINT32_MAX / 2 || !grow(facts)))
        return false;
    uint32_t *slot = find_slot(facts, label, column);
    if (*slot)
        return true;
    if (!att_grow(&facts->facts, &facts->capacity, count + 1, sizeof *facts->facts))
        return false;
    att_speaker_fact *fact = &facts->facts[count];
    if (!att_arena_keep(&facts->arena, &fact->label, label) || !att_arena_keep(&facts->arena, &fact->column, column) ||
        !att_arena_keep(&facts->arena, &fact->value, value))
        return false;
    *slot = (uint32_t)count + 1;
    facts->info.facts = facts->facts;
    facts->info.fact_count = count + 1;
    return true;
}
