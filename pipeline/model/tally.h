/* Tallies: the mergeable sufficient statistics of a cell. Integers only, sums only: they form a commutative monoid, so
 * that any split of the input over threads, shards and machines adds up to the same numbers. */
#ifndef ATT_MODEL_TALLY_H
#define ATT_MODEL_TALLY_H

#include "base/buffer.h"
#include "model/hit.h"
#include "model/scheme.h"

#include <attune/error.h>

/* No cell may hold more tokens than this: it keeps every product of the estimators below 256 bits. */
#define ATT_TALLY_LIMIT (UINT64_C(1) << 62)

/* One node (marker, parent or pole) in one cell. y: counted hits of a turn (the senses that the node counts),
 * n: its tokens. A node without any hit in any sense has no such record. */
typedef struct {
    uint32_t node;
    uint64_t hits;               /* sum y */
    uint64_t senses[ATT_SENSES]; /* every sense, counted or not */
    uint64_t covered;            /* distinct tokens inside any hit of the node */
    att_u128 sum_yy;             /* over turns */
    att_u128 sum_yn;
    att_u128 weight; /* of the counted hits, in millionths (ATT_WEIGHT_ONE) */
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

/* A zeroed att_tally is the empty one. Gives its nodes back and zeroes it. */
void att_tally_clear(att_tally *tally);

/* The record of a node: NULL where it has no hits. The pointer holds until a node is added. */
const att_node_tally *att_tally_find(const att_tally *tally, uint32_t node);

/* The record of a node, made where there is none yet; NULL: no memory. */
att_node_tally *att_tally_node(att_tally *tally, uint32_t node);

/* Adds from to to, all turns of both apart. Fails without memory, or with ATT_BAD_INPUT where a sum would leave its
 * type or tokens pass ATT_TALLY_LIMIT (only a forged file gets there); `to` then holds part of the sum and is good for
 * att_tally_clear only. */
att_status att_tally_add(att_tally *to, const att_tally *from, att_error *error);

/* Adds the totals of one unit (a turn, or a transcript): its tokens, > 0, and its hits of the poles in sense `used`.
 * Fails as att_tally_add. */
att_status att_tally_add_totals(att_tally *to, uint64_t tokens, uint64_t appreciative, uint64_t technical,
                                att_error *error);

/* Adds one unit of `tokens` tokens to the record of a node: its hits in each sense, those of them that are counted and
 * what these weigh, and the tokens that all cover. All are sums of at most ATT_TALLY_LIMIT tokens, and so are those in
 * the record. */
static inline void att_node_tally_add_unit(att_node_tally *to, uint64_t tokens, const uint64_t senses[ATT_SENSES],
                                           uint64_t counted, att_u128 weight, uint64_t covered)
{
    to->hits += counted;
    for (int sense = 0; sense < ATT_SENSES; sense++)
        to->senses[sense] += senses[sense];
    to->covered += covered;
    to->sum_yy += (att_u128)counted * counted;
    to->sum_yn += (att_u128)counted * tokens;
    to->weight += weight;
}

/* Adds one unit (a turn, or a transcript) whose sums are in `unit`: its tokens, hits, senses, weights and covered
 * tokens are added, and its squares and products are made of its totals, whatever squares it holds. A unit without
 * tokens adds nothing. The poles' hits are taken from the scheme's pole nodes. Fails as att_tally_add. */
att_status att_tally_add_unit(att_tally *to, const att_tally *unit, const att_scheme *scheme, att_error *error);

bool att_tally_equal(const att_tally *a, const att_tally *b);

#endif
