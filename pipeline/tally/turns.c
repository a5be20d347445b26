#include "tally/turns.h"

#include <stdlib.h>

enum { HINT_SETS = 8 };

/* What a node has gathered in the turn. Every hit covers something: a node that covers nothing is untouched. */
typedef struct {
    uint64_t senses[ATT_SENSES];
    uint64_t covered;
} node_sum;

/* The turn's sums by node, dense, with a list of the nodes that were touched: clearing costs what was used. */
struct att_turn_tally {
    const att_scheme *scheme;
    uint64_t tokens;
    node_sum *sums;    /* one a node of the scheme */
    uint32_t *touched; /* one more than there are nodes: it is written to before it is known whether it counts */
    uint32_t touched_count;
    uint64_t (*counts)[ATT_SENSES]; /* by node: all ones for the senses that it counts */
    /* By node: what its counted hits weigh beyond 1 each, modulo 2^128 as they may weigh less. Looked at only in a turn
     * that has such weights. */
    att_u128 *beyond;
    bool weighs;
    /* Where a node's record lay in a tally last time, for a few tallies: conversations go to and fro between few
     * speakers. Only a guess; the record says whose it is. */
    uint32_t *hints[HINT_SETS];
};

att_status att_turn_tally_new(att_turn_tally **out, const att_scheme *scheme, att_error *error)
{
    size_t count = scheme->count ? scheme->count : 1;
    att_turn_tally *turn = calloc(1, sizeof *turn);
    if (!turn)
        return att_fail_memory(error);
    turn->scheme = scheme;
    turn->sums = calloc(count, sizeof *turn->sums);
    turn->touched = calloc(count + 1, sizeof *turn->touched);
    turn->counts = calloc(count, sizeof *turn->counts);
    turn->beyond = calloc(count, sizeof *turn->beyond);
    bool good = turn->sums && turn->touched && turn->counts && turn->beyond;
    for (int set = 0; set < HINT_SETS; set++) {
        turn->hints[set] = calloc(count, sizeof *turn->hints[set]);
        good = good && turn->hints[set];
    }
    if (!good) {
        att_turn_tally_free(turn);
        return att_fail_memory(error);
    }
    for (uint32_t node = 0; node < scheme->count; node++)
        for (int sense = 0; sense < ATT_SENSES; sense++)
            turn->counts[node][sense] = scheme->nodes[node].senses >> sense & 1 ? UINT64_MAX : 0;
    *out = turn;
    return ATT_OK;
}

void att_turn_tally_free(att_turn_tally *turn)
{
    if (!turn)
        return;
    free(turn->sums);
    free(turn->touched);
    free(turn->counts);
    free(turn->beyond);
    for (int set = 0; set < HINT_SETS; set++)
        free(turn->hints[set]);
    free(turn);
}

/* The hits are those that have just been added. */
static void add_weights(att_turn_tally *turn, const att_hit *hits, size_t count, const uint64_t *weights)
{
    turn->weighs = true;
    for (size_t i = 0; i < count; i++) {
        const att_hit *hit = &hits[i];
        if (hit->node < turn->scheme->count && hit->sense < ATT_SENSES && hit->count &&
            turn->counts[hit->node][hit->sense])
            turn->beyond[hit->node] += (att_u128)weights[hit->entry] - ATT_WEIGHT_ONE;
    }
}

void att_turn_tally_piece(att_turn_tally *turn, uint64_t tokens, const att_hit *hits, size_t count,
                          const uint64_t *weights)
{
    turn->tokens += tokens;
    for (size_t i = 0; i < count; i++) {
        const att_hit *hit = &hits[i];
        if (hit->node >= turn->scheme->count || hit->sense >= ATT_SENSES || !hit->count)
            continue;
        node_sum *sum = &turn->sums[hit->node];
        /* Without a branch: whether a node was touched before cannot be foretold. */
        turn->touched[turn->touched_count] = hit->node;
        turn->touched_count += sum->covered == 0;
        sum->senses[hit->sense]++;
        sum->covered += hit->count;
    }
    if (weights)
        add_weights(turn, hits, count, weights);
}

static uint64_t used(const att_turn_tally *turn, uint32_t node)
{
    return node == ATT_NO_NODE ? 0 : turn->sums[node].senses[ATT_USED];
}

static att_node_tally *find_record(att_turn_tally *turn, att_tally *to, uint32_t node)
{
    uint32_t *hint = &turn->hints[((uintptr_t)to >> 6) % HINT_SETS][node];
    if (*hint < to->node_count && to->nodes[*hint].node == node)
        return &to->nodes[*hint];
    att_node_tally *record = att_tally_node(to, node);
    if (record)
        *hint = (uint32_t)(record - to->nodes);
    return record;
}

static att_status add_touched(att_turn_tally *turn, att_tally *to, att_error *error)
{
    att_status status = att_tally_add_totals(to, turn->tokens, used(turn, turn->scheme->appreciative),
                                             used(turn, turn->scheme->technical), error);
    for (uint32_t i = 0; status == ATT_OK && i < turn->touched_count; i++) {
        uint32_t node = turn->touched[i];
        const node_sum *sum = &turn->sums[node];
        uint64_t counted = 0;
        for (int sense = 0; sense < ATT_SENSES; sense++)
            counted += sum->senses[sense] & turn->counts[node][sense];
        att_node_tally *record = find_record(turn, to, node);
        if (!record)
            return att_fail_memory(error);
        att_u128 weight = (att_u128)counted * ATT_WEIGHT_ONE;
        if (turn->weighs)
            weight += turn->beyond[node];
        att_node_tally_add_unit(record, turn->tokens, sum->senses, counted, weight, sum->covered);
    }
    return status;
}

att_status att_turn_tally_close(att_turn_tally *turn, att_tally *to, att_error *error)
{
    att_status status = turn->tokens ? add_touched(turn, to, error) : ATT_OK;
    att_turn_tally_forget(turn);
    return status;
}

void att_turn_tally_forget(att_turn_tally *turn)
{
    for (uint32_t i = 0; i < turn->touched_count; i++)
        turn->sums[turn->touched[i]] = (node_sum){0};
    for (uint32_t i = 0; turn->weighs && i < turn->touched_count; i++)
        turn->beyond[turn->touched[i]] = 0;
    turn->weighs = false;
    turn->touched_count = 0;
    turn->tokens = 0;
}
