/* Overlap: from all matches of a turn to the hits of each node. Private to the match stage. */
#ifndef ATT_MATCH_OVERLAP_H
#define ATT_MATCH_OVERLAP_H

#include "match/endings.h"

/* Tokens on which something ends: all that does in a state of the automaton; or, where the state is ATT_UNKNOWN_ID, one
 * entry. */
typedef struct {
    uint32_t first; /* token */
    uint32_t count;
    uint32_t state;
    uint32_t accept; /* in the phrases' accepts: the one entry */
} att_match_span;

typedef struct {
    att_match_span *items; /* by first token, ascending */
    size_t count;
    size_t capacity;
} att_match_spans;

/* One match of one entry, for the spans that touch others. */
typedef struct {
    uint32_t first; /* token */
    uint32_t count;
    uint32_t entry;
    bool exception;
} att_candidate;

typedef struct {
    att_candidate *items; /* by first token, ascending */
    size_t count;
    size_t capacity;
} att_candidates;

/* The memory of one thread. */
typedef struct {
    uint32_t *taken; /* by token: the round in which it was taken */
    size_t taken_room;
    uint32_t round;
    uint32_t *met;      /* by node: the cluster in which it was met */
    uint32_t node_room; /* nodes of the scheme that the engine knows */
    uint32_t cluster;
    uint32_t *nodes; /* met in this cluster */
    uint32_t *reach; /* by entry: where the farthest of its exceptions ends; 0 between clusters */
    att_candidates candidates;
    att_candidate *sorted;
    size_t sorted_room;
} att_overlap;

att_status att_overlap_init(att_overlap *overlap, uint32_t nodes, uint32_t entries, att_error *error);
void att_overlap_clear(att_overlap *overlap);

/* Replaces hits by those that remain. tokens: of all turns. */
att_status att_overlap_resolve(att_overlap *overlap, att_endings *endings, const att_automaton *automaton,
                               const att_match_spans *spans, size_t tokens, att_hits *hits, att_error *error);

#endif
