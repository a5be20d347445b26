/* A cluster: matches that hang together by shared tokens, from which hits are made. Private to the match stage.
 *
 * Mostly it is two or three matches, but it can be a whole turn (the entry `* *`) with many matches at each token. The
 * time is that of sorting them. */
#ifndef ATT_MATCH_CLUSTER_H
#define ATT_MATCH_CLUSTER_H

#include "match/engine.h"

/* One match of one entry. */
typedef struct {
    uint32_t first; /* token */
    uint32_t count;
    uint32_t entry;
    bool exception;
} att_candidate;

/* What a node has in the cluster. */
typedef struct {
    uint32_t round; /* the cluster in which it was met last */
    uint32_t count; /* matches that may count for it */
    size_t end;     /* of their places in `members` */
} att_cluster_node;

/* How far those exceptions of an entry reach that begin at or before the token that is looked at. */
typedef struct {
    uint32_t round;
    uint32_t end;
} att_cluster_reach;

/* The memory of one thread. */
typedef struct {
    const att_engine *engine;
    uint32_t round;      /* the cluster's number */
    uint32_t taken_mark; /* the node's number */
    uint32_t *taken;     /* by token: the node that took it last */
    size_t taken_room;
    att_cluster_node *nodes; /* by node of the scheme */
    uint32_t *met;           /* nodes of this cluster */
    uint32_t *members;       /* places in `sorted`, by node, each in order of priority */
    size_t member_room;
    att_cluster_reach *reach; /* by entry; NULL until there is an exception */
    uint16_t *holders;        /* by token of the cluster and contest (contests.h) */
    size_t holder_room;
    att_candidate *sorted;
    size_t sorted_room;
} att_cluster;

att_status att_cluster_init(att_cluster *cluster, const att_engine *engine, att_error *error);
void att_cluster_clear(att_cluster *cluster);

/* Makes room for tokens below this number. false: no memory. */
bool att_cluster_reserve(att_cluster *cluster, size_t tokens);

/* Adds the hits that come of the matches, which ascend by first token. Exceptions are there to cancel others. false: no
 * memory. */
bool att_cluster_resolve(att_cluster *cluster, const att_candidate *items, size_t count, att_hits *hits);

#endif
