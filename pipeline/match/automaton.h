/* The phrase tree as an automaton over classes of types, made while it runs. Private to the match stage.
 *
 * A token may match several elements (a word and some globs), so that a search of the tree would have to follow several
 * paths. Here a *state* is the set of tree nodes that one run of tokens leads to, a *class* the set of elements that a
 * type matches as a later word of a phrase, and a transition is worked out once and then remembered. So every step is
 * one look into a table, whatever the globs. States, classes and transitions are bounded; beyond the bound nothing new
 * is remembered, and the caller searches the tree itself. One a thread. */
#ifndef ATT_MATCH_AUTOMATON_H
#define ATT_MATCH_AUTOMATON_H

#include "match/phrases.h"

/* States and classes are numbers of 18 bits. DEAD: no phrase goes on; of a class: of no later word. UNKNOWN: there is
 * no room to remember, so the tree must be searched. */
enum { ATT_DEAD = 0, ATT_UNKNOWN_ID = (1 << 18) - 1 };

typedef struct {
    uint32_t first; /* in `items` */
    uint32_t count;
} att_id_set;

/* Sets of ids, each once, numbered from 1. */
typedef struct {
    att_ids items;
    att_id_set *sets;
    size_t count, capacity;
    uint32_t *slots; /* number, 0: free */
    size_t slot_count;
} att_set_table;

typedef struct {
    const att_phrases *phrases;
    att_set_table states;    /* sets of tree nodes */
    att_set_table classes;   /* sets of elements */
    bool *accepts, *goes_on; /* by state: something ends there; something may follow */
    size_t accept_room, go_room;
    uint64_t *transitions; /* state << 36 | class << 18 | the state that it leads to; 0: free */
    size_t transition_count, transition_slots;
    /* Most transitions are dead; those are a bit each, in rows by state, so that all of them stay in a near cache. A
     * bit that is not set says nothing. */
    uint64_t *dead;
    size_t dead_rows, dead_words;       /* of a row */
    size_t most_sets, most_transitions; /* the bounds */
    att_ids scratch;
} att_automaton;

att_status att_automaton_new(att_automaton *out, const att_phrases *phrases, att_error *error);
void att_automaton_clear(att_automaton *automaton);

/* The state behind a first token, and the class of a later one, by the elements that it matches (sorted); ATT_DEAD,
 * ATT_UNKNOWN_ID, or a number below it. false: no memory. */
bool att_automaton_start(att_automaton *automaton, const uint32_t *elements, size_t count, uint32_t *state);
bool att_automaton_class(att_automaton *automaton, const uint32_t *elements, size_t count, uint32_t *class);

/* Works out a transition that is not remembered yet. */
bool att_automaton_learn(att_automaton *automaton, uint32_t state, uint32_t class, uint32_t *next);

static inline uint64_t att_transition_key(uint32_t state, uint32_t class)
{
    return (uint64_t)state << 36 | (uint64_t) class << 18;
}

static inline size_t att_transition_place(uint64_t key, size_t slots)
{
    return (key >> 18) * 0x9E3779B97F4A7C15u >> 32 & (slots - 1);
}

/* The state that a class leads to from a state that goes on. false: no memory. */
static inline bool att_automaton_next(att_automaton *automaton, uint32_t state, uint32_t class, uint32_t *next)
{
    if (state < automaton->dead_rows && class >> 6 < automaton->dead_words &&
        automaton->dead[state * automaton->dead_words + (class >> 6)] >> (class & 63) & 1) {
        *next = ATT_DEAD;
        return true;
    }
    uint64_t key = att_transition_key(state, class);
    uint64_t found = automaton->transitions[att_transition_place(key, automaton->transition_slots)];

    if ((found & ~(uint64_t)ATT_UNKNOWN_ID) == key) {
        *next = (uint32_t)found & ATT_UNKNOWN_ID;
        return true;
    }
    return att_automaton_learn(automaton, state, class, next);
}

#endif
