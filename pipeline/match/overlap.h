/* Overlap: from all matches of a turn to the hits of each node. Private to the match stage. */
#ifndef ATT_MATCH_OVERLAP_H
#define ATT_MATCH_OVERLAP_H

#include "match/cluster.h"
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

/* The memory of one thread. */
typedef struct {
    att_cluster cluster;
    att_candidate *candidates; /* of the cluster that is being resolved */
    size_t candidate_count, candidate_room;
} att_overlap;

att_status att_overlap_init(att_overlap *overlap, const att_engine *engine, att_error *error);
void att_overlap_clear(att_overlap *overlap);

/* Replaces hits by those that remain. tokens: of all turns. */
att_status att_overlap_resolve(att_overlap *overlap, att_endings *endings, const att_automaton *automaton,
                               const att_match_spans *spans, size_t tokens, att_hits *hits, att_error *error);

#endif
