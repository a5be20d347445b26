#include "match/cluster.h"

#include "base/buffer.h"
#include "match/compiled.h"

#include <stdlib.h>
#include <string.h>

att_status att_cluster_init(att_cluster *cluster, const att_engine *engine, att_error *error)
{
    size_t nodes = engine->node_count ? engine->node_count : 1;
    att_cluster fresh = {.engine = engine};

    fresh.nodes = calloc(nodes, sizeof *fresh.nodes);
    fresh.met = calloc(nodes, sizeof *fresh.met);
    if (!fresh.nodes || !fresh.met) {
        att_cluster_clear(&fresh);
        return att_fail_memory(error);
    }
    *cluster = fresh;
    return ATT_OK;
}

void att_cluster_clear(att_cluster *cluster)
{
    free(cluster->taken);
    free(cluster->nodes);
    free(cluster->met);
    free(cluster->members);
    free(cluster->reach);
    free(cluster->holders);
    free(cluster->sorted);
    *cluster = (att_cluster){0};
}

bool att_cluster_reserve(att_cluster *cluster, size_t tokens)
{
    size_t before = cluster->taken_room;

    if (!att_grow(&cluster->taken, &cluster->taken_room, tokens, sizeof *cluster->taken))
        return false;
    if (cluster->taken_room > before)
        memset(cluster->taken + before, 0, (cluster->taken_room - before) * sizeof *cluster->taken);
    return true;
}

/* ---- order ---- */

/* Longest first, then leftmost, then the entry that stands first in the lexicon. */
static int compare_priority(const void *a, const void *b)
{
    const att_candidate *x = a, *y = b;

    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return (x->entry > y->entry) - (x->entry < y->entry);
}

/* Clusters are small: insertion beats everything. One large enough to matter is left to qsort. */
enum { FEW = 12 };

static void sort_candidates(att_candidate *items, size_t count)
{
    if (count > FEW) {
        qsort(items, count, sizeof *items, compare_priority);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        att_candidate item = items[i];
        size_t at = i;
        for (; at > 0 && compare_priority(&items[at - 1], &item) > 0; at--)
            items[at] = items[at - 1];
        items[at] = item;
    }
}

static void sort_hits(att_hit *items, size_t count)
{
    if (count > FEW) {
        qsort(items, count, sizeof *items, att_hit_compare);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        att_hit item = items[i];
        size_t at = i;
        for (; at > 0 && att_hit_compare(&items[at - 1], &item) > 0; at--)
            items[at] = items[at - 1];
        items[at] = item;
    }
}

/* ---- exceptions ---- */

/* Nothing has been met in the next cluster. */
static void begin(att_cluster *cluster)
{
    if (++cluster->round)
        return;
    memset(cluster->nodes, 0, cluster->engine->node_count * sizeof *cluster->nodes);
    if (cluster->reach)
        memset(cluster->reach, 0, cluster->engine->entry_count * sizeof *cluster->reach);
    cluster->round = 1;
}

/* Notes how far the exceptions reach that begin at one token. */
static bool note_exceptions(att_cluster *cluster, const att_candidate *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t end = items[i].first + items[i].count;
        if (!items[i].exception)
            continue;
        if (!cluster->reach)
            cluster->reach = calloc(cluster->engine->entry_count, sizeof *cluster->reach);
        if (!cluster->reach)
            return false;
        att_cluster_reach *reach = &cluster->reach[items[i].entry];
        if (reach->round != cluster->round || reach->end < end)
            *reach = (att_cluster_reach){cluster->round, end};
    }
    return true;
}

/* Does an exception of the same entry cover it? Those that begin at its token or before have been noted. */
static bool is_excepted(const att_cluster *cluster, const att_candidate *item)
{
    if (!cluster->reach)
        return false;
    const att_cluster_reach *reach = &cluster->reach[item->entry];
    return reach->round == cluster->round && reach->end >= item->first + item->count;
}

/* Copies the matches that no exception cancels. */
static bool drop_excepted(att_cluster *cluster, const att_candidate *items, size_t count, size_t *kept)
{
    *kept = 0;
    for (size_t from = 0, to; from < count; from = to) {
        for (to = from + 1; to < count && items[to].first == items[from].first;)
            to++;
        if (!note_exceptions(cluster, items + from, to - from))
            return false;
        for (size_t i = from; i < to; i++)
            if (!items[i].exception && !is_excepted(cluster, &items[i]))
                cluster->sorted[(*kept)++] = items[i];
    }
    return true;
}

/* ---- contests ---- */

static bool is_allowed(const att_contests *contests, const att_candidate *item, const uint16_t *holders)
{
    for (uint32_t t = 0; t < item->count; t++)
        if (!att_contests_allow(contests, item->entry, holders + (size_t)t * contests->count))
            return false;
    return true;
}

/* Drops the matches that have lost their tokens to another side. first, end: the cluster's tokens. */
static bool drop_beaten(att_cluster *cluster, uint32_t first, uint32_t end, size_t *count)
{
    const att_contests *contests = &cluster->engine->contests;
    size_t cells = (size_t)(end - first) * contests->count, kept = 0;

    if (!att_grow(&cluster->holders, &cluster->holder_room, cells, sizeof *cluster->holders))
        return false;
    memset(cluster->holders, 0, cells * sizeof *cluster->holders);
    for (size_t i = 0; i < *count; i++) {
        const att_candidate item = cluster->sorted[i];
        uint16_t *holders = cluster->holders + (size_t)(item.first - first) * contests->count;
        if (!is_allowed(contests, &item, holders))
            continue;
        for (uint32_t t = 0; t < item.count; t++)
            att_contests_hold(contests, item.entry, holders + (size_t)t * contests->count);
        cluster->sorted[kept++] = item;
    }
    *count = kept;
    return true;
}

/* ---- nodes ---- */

/* Lists the nodes for which anything counts, and for each of them what does. */
static bool list_members(att_cluster *cluster, size_t count, uint32_t *met)
{
    size_t total = 0;

    *met = 0;
    for (size_t i = 0; i < count; i++) {
        const att_marker_nodes *nodes = cluster->engine->entries[cluster->sorted[i].entry].nodes;
        for (uint32_t n = 0; n < nodes->count; n++) {
            att_cluster_node *node = &cluster->nodes[nodes->nodes[n]];
            if (node->round != cluster->round) {
                *node = (att_cluster_node){.round = cluster->round};
                cluster->met[(*met)++] = nodes->nodes[n];
            }
            node->count++;
        }
        total += nodes->count;
    }
    if (!att_grow(&cluster->members, &cluster->member_room, total, sizeof *cluster->members))
        return false;
    size_t end = 0;
    for (uint32_t m = 0; m < *met; m++) {
        cluster->nodes[cluster->met[m]].end = end; /* where its first goes; moves on to the end */
        end += cluster->nodes[cluster->met[m]].count;
    }
    for (size_t i = 0; i < count; i++) {
        const att_marker_nodes *nodes = cluster->engine->entries[cluster->sorted[i].entry].nodes;
        for (uint32_t n = 0; n < nodes->count; n++)
            cluster->members[cluster->nodes[nodes->nodes[n]].end++] = (uint32_t)i;
    }
    return true;
}

static bool take(att_cluster *cluster, const att_candidate *item)
{
    for (uint32_t t = item->first; t < item->first + item->count; t++)
        if (cluster->taken[t] == cluster->taken_mark)
            return false;
    for (uint32_t t = item->first; t < item->first + item->count; t++)
        cluster->taken[t] = cluster->taken_mark;
    return true;
}

static bool add_hit(att_hits *hits, const att_engine *engine, const att_candidate *item, uint32_t node)
{
    hits->matches += node == engine->entries[item->entry].nodes->nodes[0];
    if (!att_grow(&hits->items, &hits->capacity, hits->count + 1, sizeof *hits->items))
        return false;
    hits->items[hits->count++] = (att_hit){node, item->entry, item->first, item->count, ATT_USED};
    return true;
}

/* A token counts once in the node. */
static bool resolve_node(att_cluster *cluster, uint32_t number, att_hits *hits)
{
    const att_cluster_node *node = &cluster->nodes[number];
    const uint32_t *members = cluster->members + (node->end - node->count);

    if (node->count == 1)
        return add_hit(hits, cluster->engine, &cluster->sorted[*members], number);
    if (++cluster->taken_mark == 0) {
        memset(cluster->taken, 0, cluster->taken_room * sizeof *cluster->taken);
        cluster->taken_mark = 1;
    }
    for (uint32_t i = 0; i < node->count; i++) {
        const att_candidate *item = &cluster->sorted[members[i]];
        if (take(cluster, item) && !add_hit(hits, cluster->engine, item, number))
            return false;
    }
    return true;
}

bool att_cluster_resolve(att_cluster *cluster, const att_candidate *items, size_t count, att_hits *hits)
{
    size_t kept, first_hit = hits->count;
    uint32_t met, end = 0;

    if (count > UINT32_MAX || !att_grow(&cluster->sorted, &cluster->sorted_room, count, sizeof *cluster->sorted))
        return false;
    begin(cluster);
    if (!drop_excepted(cluster, items, count, &kept))
        return false;
    for (size_t i = 0; i < count; i++)
        end = items[i].first + items[i].count > end ? items[i].first + items[i].count : end;
    sort_candidates(cluster->sorted, kept);
    if (cluster->engine->contests.count && !drop_beaten(cluster, items->first, end, &kept))
        return false;
    if (!list_members(cluster, kept, &met))
        return false;
    for (uint32_t m = 0; m < met; m++)
        if (!resolve_node(cluster, cluster->met[m], hits))
            return false;
    sort_hits(hits->items + first_hit, hits->count - first_hit);
    return true;
}
