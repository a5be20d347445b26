/* What ends in a state of the automaton, worked out once: its entries, and the hits that they make where nothing else
 * touches their tokens, which is nearly always so. Private to the match stage. One a thread. */
#ifndef ATT_MATCH_ENDINGS_H
#define ATT_MATCH_ENDINGS_H

#include "match/automaton.h"
#include "match/engine.h"

typedef struct {
    uint32_t entry;
    bool exception; /* matched to cancel its entry, not to count */
} att_ending_entry;

typedef struct {
    uint32_t node;
    uint32_t entry;
} att_ending_hit;

/* 32 bytes: half a cache line. */
typedef struct {
    att_ending_hit hit;                /* the first, which is mostly the only one: no second look into memory */
    uint32_t first_hit, hit_count;     /* in `hits`: each node with the first of its entries */
    uint32_t first_entry, entry_count; /* in `entries`, ascending */
    uint32_t matches;                  /* hits of the entries' own markers */
    bool made;
    bool excepts; /* an exception is among the entries */
} att_ending;

typedef struct {
    const att_engine *engine;
    att_ending *states;
    size_t state_room, state_count;
    att_ending_entry *entries;
    size_t entry_count, entry_room;
    att_ending_hit *hits;
    size_t hit_count, hit_room;
    uint32_t *met;     /* by node: the state for which it was met */
    uint16_t *holders; /* by contest (contests.h) */
} att_endings;

att_status att_endings_init(att_endings *endings, const att_engine *engine, att_error *error);
void att_endings_clear(att_endings *endings);

/* Works out a state. false: no memory. */
bool att_endings_make(att_endings *endings, const att_automaton *automaton, uint32_t state);

/* What ends in a state; NULL: no memory. Valid until the next one is asked for. */
static inline const att_ending *att_endings_of(att_endings *endings, const att_automaton *automaton, uint32_t state)
{
    if (state >= endings->state_count || !endings->states[state].made)
        if (!att_endings_make(endings, automaton, state))
            return NULL;
    return &endings->states[state];
}

#endif
