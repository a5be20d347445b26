#include "tally/turns.h"

#include <stdlib.h>
#include <string.h>

/* The turn's sums by node, dense, with a list of the nodes that were touched: clearing costs what was used. */
struct att_turn_tally {
    const att_scheme *scheme;
    att_tally unit;       /* its nodes are filled when the turn ends */
    att_node_tally *sums; /* one a node of the scheme */
    uint32_t *touched;
    uint32_t touched_count;
    bool *is_touched;
};

att_status att_turn_tally_new(att_turn_tally **out, const att_scheme *scheme, att_error *error)
{
    size_t count = scheme->count ? scheme->count : 1;
    att_turn_tally *turn = calloc(1, sizeof *turn);
    if (!turn)
        return att_fail_memory(error);
    turn->scheme = scheme;
    turn->sums = calloc(count, sizeof *turn->sums);
    turn->touched = calloc(count, sizeof *turn->touched);
    turn->is_touched = calloc(count, sizeof *turn->is_touched);
    turn->unit.nodes = calloc(count, sizeof *turn->unit.nodes);
    turn->unit.node_capacity = (uint32_t)count;
    if (!turn->sums || !turn->touched || !turn->is_touched || !turn->unit.nodes) {
        att_turn_tally_free(turn);
        return att_fail_memory(error);
    }
    *out = turn;
    return ATT_OK;
}

void att_turn_tally_free(att_turn_tally *turn)
{
    if (!turn)
        return;
    free(turn->sums);
    free(turn->touched);
    free(turn->is_touched);
    free(turn->unit.nodes);
    free(turn);
}

void att_turn_tally_piece(att_turn_tally *turn, uint64_t tokens, const att_hit *hits, size_t count)
{
    turn->unit.tokens += tokens;
    for (size_t i = 0; i < count; i++) {
        const att_hit *hit = &hits[i];
        if (hit->node >= turn->scheme->count || hit->sense >= ATT_SENSES)
            continue;
        if (!turn->is_touched[hit->node]) {
            turn->is_touched[hit->node] = true;
            turn->touched[turn->touched_count++] = hit->node;
        }
        att_node_tally *sum = &turn->sums[hit->node];
        sum->senses[hit->sense]++;
        sum->covered += hit->count;
    }
}

static int compare_numbers(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* The touched nodes become the unit's, in order and with the senses that each counts; the sums are zero again. */
static void gather(att_turn_tally *turn)
{
    qsort(turn->touched, turn->touched_count, sizeof *turn->touched, compare_numbers);
    for (uint32_t i = 0; i < turn->touched_count; i++) {
        uint32_t node = turn->touched[i];
        att_node_tally *sum = &turn->sums[node];
        sum->node = node;
        for (int sense = 0; sense < ATT_SENSES; sense++)
            if (turn->scheme->nodes[node].senses >> sense & 1)
                sum->hits += sum->senses[sense];
        turn->unit.nodes[i] = *sum;
        memset(sum, 0, sizeof *sum);
        turn->is_touched[node] = false;
    }
    turn->unit.node_count = turn->touched_count;
    turn->touched_count = 0;
}

static void empty(att_turn_tally *turn)
{
    turn->unit.tokens = 0;
    turn->unit.node_count = 0;
}

att_status att_turn_tally_close(att_turn_tally *turn, att_tally *to, att_error *error)
{
    gather(turn);
    att_status status = att_tally_add_unit(to, &turn->unit, turn->scheme, error);
    empty(turn);
    return status;
}

void att_turn_tally_forget(att_turn_tally *turn)
{
    gather(turn);
    empty(turn);
}
