/* Tallies: the mergeable sufficient statistics of a cell. Integers only, sums only: they form a commutative monoid, so
 * that any split of the input over threads, shards and machines adds up to the same numbers. */
#ifndef ATT_MODEL_TALLY_H
#define ATT_MODEL_TALLY_H

#include "base/buffer.h"
#include "model/hit.h"
#include "model/scheme.h"

/* One node (marker, parent or pole) in one cell. y: counted hits of a turn (the senses that the node counts),
 * n: its tokens. A node without any hit in any sense has no such record. */
typedef struct {
    uint32_t node;
    uint64_t hits;               /* sum y */
    uint64_t senses[ATT_SENSES]; /* every sense, counted or not */
    uint64_t covered;            /* distinct tokens inside any hit of the node */
    att_u128 sum_yy;             /* over turns */
    att_u128 sum_yn;
} att_node_tally;

/* A transcript x label: what tallies.att holds. Turns without tokens are not counted as turns. */
typedef struct {
    uint64_t turns;
    uint64_t tokens;
    att_u128 sum_nn;
    /* Per turn: a appreciative, b technical hits in sense `used`. */
    att_u128 sum_aa, sum_bb, sum_ab;
    att_node_tally *nodes; /* sorted by node, hits > 0 in some sense only */
    uint32_t node_count;
    uint32_t node_capacity;
} att_tally;

#endif
