#include "match/automaton.h"

#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

enum {
    FIRST_SLOTS = 1 << 12,
    MOST_SETS = ATT_UNKNOWN_ID,
    MOST_IDS = 1 << 22,
    MOST_TRANSITIONS = 1 << 19,
    MOST_DEAD_WORDS = 1 << 18
};

static bool make_slots(att_set_table *table, size_t count)
{
    uint32_t *slots = calloc(count, sizeof *slots);

    if (!slots)
        return false;
    free(table->slots);
    table->slots = slots;
    table->slot_count = count;
    return true;
}

static uint32_t *slot_of(const att_set_table *table, const uint32_t *ids, size_t count)
{
    size_t at = att_hash64(ids, count * sizeof *ids) & (table->slot_count - 1);

    for (; table->slots[at]; at = (at + 1) & (table->slot_count - 1)) {
        att_id_set set = table->sets[table->slots[at]];
        if (set.count == count && memcmp(table->items.items + set.first, ids, count * sizeof *ids) == 0)
            break;
    }
    return &table->slots[at];
}

static bool grow_slots(att_set_table *table)
{
    if (!make_slots(table, table->slot_count * 2))
        return false;
    for (uint32_t number = 1; number < table->count; number++) {
        att_id_set set = table->sets[number];
        *slot_of(table, table->items.items + set.first, set.count) = number;
    }
    return true;
}

static bool set_table_init(att_set_table *table)
{
    if (!make_slots(table, FIRST_SLOTS) || !att_grow(&table->sets, &table->capacity, 1, sizeof *table->sets))
        return false;
    table->sets[0] = (att_id_set){0, 0}; /* the empty set is ATT_DEAD */
    table->count = 1;
    return true;
}

static void set_table_clear(att_set_table *table)
{
    free(table->items.items);
    free(table->sets);
    free(table->slots);
}

/* The number of a set. ids must not lie in the table, which may move. */
static bool intern(att_set_table *table, const uint32_t *ids, size_t count, size_t most, uint32_t *number)
{
    if (!count) {
        *number = ATT_DEAD;
        return true;
    }
    uint32_t *slot = slot_of(table, ids, count);
    if (*slot) {
        *number = *slot;
        return true;
    }
    if (table->count >= most || table->items.count + count > MOST_IDS) {
        *number = ATT_UNKNOWN_ID;
        return true;
    }
    if (!att_grow(&table->sets, &table->capacity, table->count + 1, sizeof *table->sets))
        return false;
    att_id_set set = {(uint32_t)table->items.count, (uint32_t)count};
    for (size_t i = 0; i < count; i++)
        if (!att_ids_add(&table->items, ids[i]))
            return false;
    *number = *slot = (uint32_t)table->count;
    table->sets[table->count++] = set;
    return table->count * 2 < table->slot_count || grow_slots(table);
}

att_status att_automaton_new(att_automaton *out, const att_phrases *phrases, att_error *error)
{
    att_automaton automaton = {.phrases = phrases,
                               .transition_slots = FIRST_SLOTS,
                               .most_sets = MOST_SETS,
                               .most_transitions = MOST_TRANSITIONS};

    automaton.transitions = calloc(FIRST_SLOTS, sizeof *automaton.transitions);
    if (!automaton.transitions || !set_table_init(&automaton.states) || !set_table_init(&automaton.classes)) {
        att_automaton_clear(&automaton);
        return att_fail_memory(error);
    }
    *out = automaton;
    return ATT_OK;
}

void att_automaton_clear(att_automaton *automaton)
{
    set_table_clear(&automaton->states);
    set_table_clear(&automaton->classes);
    free(automaton->accepts);
    free(automaton->goes_on);
    free(automaton->transitions);
    free(automaton->dead);
    free(automaton->scratch.items);
    *automaton = (att_automaton){0};
}

/* The state of the tree nodes in scratch, with what is known of it. */
static bool intern_state(att_automaton *automaton, uint32_t *state)
{
    const att_phrases *phrases = automaton->phrases;
    size_t before = automaton->states.count;

    if (!intern(&automaton->states, automaton->scratch.items, automaton->scratch.count, automaton->most_sets, state))
        return false;
    if (automaton->states.count == before)
        return true;
    if (!att_grow(&automaton->accepts, &automaton->accept_room, (size_t)*state + 1, sizeof *automaton->accepts) ||
        !att_grow(&automaton->goes_on, &automaton->go_room, (size_t)*state + 1, sizeof *automaton->goes_on))
        return false;
    automaton->accepts[*state] = automaton->goes_on[*state] = false;
    for (size_t i = 0; i < automaton->scratch.count; i++) {
        att_phrase_node node = phrases->nodes[automaton->scratch.items[i]];
        automaton->accepts[*state] |= node.accept != ATT_NO_ACCEPT;
        automaton->goes_on[*state] |= node.has_children;
    }
    return true;
}

bool att_automaton_start(att_automaton *automaton, const uint32_t *elements, size_t count, uint32_t *state)
{
    automaton->scratch.count = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t node = automaton->phrases->first[elements[i]];
        if (node && !att_ids_add(&automaton->scratch, node))
            return false;
    }
    return intern_state(automaton, state);
}

bool att_automaton_class(att_automaton *automaton, const uint32_t *elements, size_t count, uint32_t *class)
{
    automaton->scratch.count = 0;
    for (size_t i = 0; i < count; i++)
        if (automaton->phrases->roles[elements[i]] & ATT_FOLLOWS && !att_ids_add(&automaton->scratch, elements[i]))
            return false;
    return intern(&automaton->classes, automaton->scratch.items, automaton->scratch.count, automaton->most_sets, class);
}

static uint64_t key_of(uint64_t transition)
{
    return transition & ~(uint64_t)ATT_UNKNOWN_ID;
}

static bool grow_transitions(att_automaton *automaton)
{
    size_t slots = automaton->transition_slots * 2;
    uint64_t *more = calloc(slots, sizeof *more);

    if (!more)
        return false;
    for (size_t i = 0; i < automaton->transition_slots; i++) {
        uint64_t kept = automaton->transitions[i];
        if (!kept)
            continue;
        size_t at = att_transition_place(key_of(kept), slots);
        while (more[at])
            at = (at + 1) & (slots - 1);
        more[at] = kept;
    }
    free(automaton->transitions);
    automaton->transitions = more;
    automaton->transition_slots = slots;
    return true;
}

/* The set of children of a state's nodes by a class's elements. */
static bool follow(att_automaton *automaton, uint32_t state, uint32_t class, uint32_t *next)
{
    att_id_set nodes = automaton->states.sets[state], elements = automaton->classes.sets[class];

    automaton->scratch.count = 0;
    for (uint32_t n = 0; n < nodes.count; n++)
        for (uint32_t e = 0; e < elements.count; e++) {
            uint32_t child = att_phrases_child(automaton->phrases, automaton->states.items.items[nodes.first + n],
                                               automaton->classes.items.items[elements.first + e]);
            if (child && !att_ids_add(&automaton->scratch, child))
                return false;
        }
    return intern_state(automaton, next);
}

/* Makes room for a bit; false: no memory, or the rows would be too large, and then the bit is not kept. */
static bool grow_dead(att_automaton *automaton, uint32_t state, uint32_t class)
{
    size_t rows = automaton->dead_rows ? automaton->dead_rows : 64,
           words = automaton->dead_words ? automaton->dead_words : 4;

    while (rows <= state)
        rows *= 2;
    while (words <= class >> 6)
        words *= 2;
    if (rows == automaton->dead_rows && words == automaton->dead_words)
        return true;
    if (rows * words > MOST_DEAD_WORDS)
        return false;
    uint64_t *dead = calloc(rows * words, sizeof *dead);
    if (!dead)
        return false;
    for (size_t row = 0; row < automaton->dead_rows; row++)
        memcpy(dead + row * words, automaton->dead + row * automaton->dead_words, automaton->dead_words * sizeof *dead);
    free(automaton->dead);
    automaton->dead = dead;
    automaton->dead_rows = rows;
    automaton->dead_words = words;
    return true;
}

static bool keep_dead(att_automaton *automaton, uint32_t state, uint32_t class)
{
    if (!grow_dead(automaton, state, class))
        return false;
    automaton->dead[state * automaton->dead_words + (class >> 6)] |= (uint64_t)1 << (class & 63);
    return true;
}

bool att_automaton_learn(att_automaton *automaton, uint32_t state, uint32_t class, uint32_t *next)
{
    uint64_t key = att_transition_key(state, class);
    size_t at = att_transition_place(key, automaton->transition_slots);

    for (; automaton->transitions[at]; at = (at + 1) & (automaton->transition_slots - 1))
        if (key_of(automaton->transitions[at]) == key) {
            *next = (uint32_t)automaton->transitions[at] & ATT_UNKNOWN_ID;
            return true;
        }
    if (automaton->transition_count >= automaton->most_transitions) {
        *next = ATT_UNKNOWN_ID;
        return true;
    }
    if (!follow(automaton, state, class, next))
        return false;
    if (*next == ATT_DEAD && keep_dead(automaton, state, class))
        return true;
    automaton->transitions[at] = key | *next;
    automaton->transition_count++;
    return automaton->transition_count * 4 < automaton->transition_slots || grow_transitions(automaton);
}
