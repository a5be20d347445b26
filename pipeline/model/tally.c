#include "model/tally.h"

#include <stdlib.h>
#include <string.h>

void att_tally_clear(att_tally *tally)
{
    free(tally->nodes);
    *tally = (att_tally){0};
}

/* The place of the node, or the place where it would go. */
static uint32_t place(const att_tally *tally, uint32_t node)
{
    uint32_t low = 0, high = tally->node_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (tally->nodes[middle].node < node)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool reserve(att_tally *tally, size_t count)
{
    size_t capacity = tally->node_capacity;
    if (count > UINT32_MAX || !att_grow(&tally->nodes, &capacity, count, sizeof *tally->nodes))
        return false;
    tally->node_capacity = capacity > UINT32_MAX ? UINT32_MAX : (uint32_t)capacity;
    return true;
}

const att_node_tally *att_tally_find(const att_tally *tally, uint32_t node)
{
    uint32_t at = place(tally, node);
    return at < tally->node_count && tally->nodes[at].node == node ? &tally->nodes[at] : NULL;
}

att_node_tally *att_tally_node(att_tally *tally, uint32_t node)
{
    uint32_t at = place(tally, node);
    if (at < tally->node_count && tally->nodes[at].node == node)
        return &tally->nodes[at];
    if (!reserve(tally, (size_t)tally->node_count + 1))
        return NULL;
    memmove(&tally->nodes[at + 1], &tally->nodes[at], (tally->node_count - at) * sizeof *tally->nodes);
    tally->nodes[at] = (att_node_tally){.node = node};
    tally->node_count++;
    return &tally->nodes[at];
}

/* Each returns true where the sum does not fit. */
static bool add64(uint64_t *to, uint64_t from)
{
    return __builtin_add_overflow(*to, from, to);
}

static bool add128(att_u128 *to, att_u128 from)
{
    return __builtin_add_overflow(*to, from, to);
}

static bool add_node(att_node_tally *to, const att_node_tally *from)
{
    bool over = add64(&to->hits, from->hits);
    for (int sense = 0; sense < ATT_SENSES; sense++)
        over |= add64(&to->senses[sense], from->senses[sense]);
    over |= add64(&to->covered, from->covered);
    over |= add128(&to->sum_yy, from->sum_yy);
    over |= add128(&to->sum_yn, from->sum_yn);
    over |= add128(&to->weight, from->weight);
    return over || to->hits > ATT_TALLY_LIMIT || to->covered > ATT_TALLY_LIMIT;
}

static att_status fail_large(att_error *error)
{
    return att_fail(error, ATT_BAD_INPUT, NULL, 0, 0,
                    "the counts are too large to be true (over 4.6e18 tokens); make the tallies anew");
}

/* How many nodes of `from` are not in `to`. */
static size_t missing_nodes(const att_tally *to, const att_tally *from)
{
    size_t missing = 0;
    uint32_t i = 0;
    for (uint32_t j = 0; j < from->node_count; j++) {
        while (i < to->node_count && to->nodes[i].node < from->nodes[j].node)
            i++;
        missing += i == to->node_count || to->nodes[i].node != from->nodes[j].node;
    }
    return missing;
}

/* Makes room for the nodes of `from` and adds them; from the back, so that nothing is moved twice. */
static att_status add_nodes(att_tally *to, const att_tally *from, att_error *error)
{
    size_t total = to->node_count + missing_nodes(to, from);
    if (!reserve(to, total))
        return att_fail_memory(error);
    bool over = false;
    size_t i = to->node_count, j = from->node_count, k = total;
    while (j > 0) {
        const att_node_tally *source = &from->nodes[j - 1];
        if (i > 0 && to->nodes[i - 1].node > source->node) {
            to->nodes[--k] = to->nodes[--i];
            continue;
        }
        if (i > 0 && to->nodes[i - 1].node == source->node)
            to->nodes[--k] = to->nodes[--i];
        else
            to->nodes[--k] = (att_node_tally){.node = source->node};
        over |= add_node(&to->nodes[k], source);
        j--;
    }
    to->node_count = (uint32_t)total;
    return over ? fail_large(error) : ATT_OK;
}

att_status att_tally_add(att_tally *to, const att_tally *from, att_error *error)
{
    bool over = add64(&to->turns, from->turns);
    over |= add64(&to->tokens, from->tokens);
    over |= add128(&to->sum_nn, from->sum_nn);
    over |= add128(&to->sum_aa, from->sum_aa);
    over |= add128(&to->sum_bb, from->sum_bb);
    over |= add128(&to->sum_ab, from->sum_ab);
    if (over || to->tokens > ATT_TALLY_LIMIT)
        return fail_large(error);
    return from->node_count ? add_nodes(to, from, error) : ATT_OK;
}

static uint64_t used(const att_tally *tally, uint32_t node)
{
    const att_node_tally *found = node == ATT_NO_NODE ? NULL : att_tally_find(tally, node);
    return found ? found->senses[ATT_USED] : 0;
}

att_status att_tally_add_totals(att_tally *to, uint64_t tokens, uint64_t appreciative, uint64_t technical,
                                att_error *error)
{
    att_u128 n = tokens, a = appreciative, b = technical;

    if (tokens > ATT_TALLY_LIMIT || to->tokens > ATT_TALLY_LIMIT - tokens)
        return fail_large(error);
    to->turns++;
    to->tokens += tokens;
    /* Below the square of the limit, as the tokens are. */
    to->sum_nn += n * n;
    to->sum_aa += a * a;
    to->sum_bb += b * b;
    to->sum_ab += a * b;
    return ATT_OK;
}

att_status att_tally_add_unit(att_tally *to, const att_tally *unit, const att_scheme *scheme, att_error *error)
{
    if (unit->tokens == 0)
        return ATT_OK;
    att_status status =
        att_tally_add_totals(to, unit->tokens, used(unit, scheme->appreciative), used(unit, scheme->technical), error);
    for (uint32_t i = 0; status == ATT_OK && i < unit->node_count; i++) {
        att_node_tally node = unit->nodes[i];
        node.sum_yy = (att_u128)node.hits * node.hits;
        node.sum_yn = (att_u128)node.hits * unit->tokens;
        att_node_tally *sum = att_tally_node(to, node.node);
        if (!sum)
            return att_fail_memory(error);
        if (add_node(sum, &node))
            return fail_large(error);
    }
    return status;
}

static bool nodes_equal(const att_node_tally *a, const att_node_tally *b)
{
    return a->node == b->node && a->hits == b->hits && memcmp(a->senses, b->senses, sizeof a->senses) == 0 &&
           a->covered == b->covered && a->sum_yy == b->sum_yy && a->sum_yn == b->sum_yn && a->weight == b->weight;
}

bool att_tally_equal(const att_tally *a, const att_tally *b)
{
    if (a->turns != b->turns || a->tokens != b->tokens || a->sum_nn != b->sum_nn || a->sum_aa != b->sum_aa ||
        a->sum_bb != b->sum_bb || a->sum_ab != b->sum_ab || a->node_count != b->node_count)
        return false;
    for (uint32_t i = 0; i < a->node_count; i++)
        if (!nodes_equal(&a->nodes[i], &b->nodes[i]))
            return false;
    return true;
}
