#include "match/overlap.h"

#include "base/buffer.h"
#include "match/compiled.h"

#include <stdlib.h>
#include <string.h>

enum { AHEAD = 8 };

att_status att_overlap_init(att_overlap *overlap, uint32_t nodes, uint32_t entries, att_error *error)
{
    att_overlap fresh = {.node_room = nodes};

    fresh.met = calloc(nodes ? nodes : 1, sizeof *fresh.met);
    fresh.nodes = calloc(nodes ? nodes : 1, sizeof *fresh.nodes);
    fresh.reach = calloc(entries ? entries : 1, sizeof *fresh.reach);
    if (!fresh.met || !fresh.nodes || !fresh.reach) {
        att_overlap_clear(&fresh);
        return att_fail_memory(error);
    }
    *overlap = fresh;
    return ATT_OK;
}

void att_overlap_clear(att_overlap *overlap)
{
    free(overlap->taken);
    free(overlap->met);
    free(overlap->nodes);
    free(overlap->reach);
    free(overlap->sorted);
    free(overlap->candidates.items);
    *overlap = (att_overlap){0};
}

static bool add_hit(att_hits *hits, const att_engine *engine, const att_candidate *candidate, uint32_t node)
{
    hits->matches += node == engine->entries[candidate->entry].nodes->nodes[0];
    if (!att_grow(&hits->items, &hits->capacity, hits->count + 1, sizeof *hits->items))
        return false;
    hits->items[hits->count++] = (att_hit){node, candidate->entry, candidate->first, candidate->count, ATT_USED};
    return true;
}

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

static int compare_position(const void *a, const void *b)
{
    const att_hit *x = a, *y = b;

    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    if (x->entry != y->entry)
        return x->entry < y->entry ? -1 : 1;
    return (x->node > y->node) - (x->node < y->node);
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
        qsort(items, count, sizeof *items, compare_position);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        att_hit item = items[i];
        size_t at = i;
        for (; at > 0 && compare_position(&items[at - 1], &item) > 0; at--)
            items[at] = items[at - 1];
        items[at] = item;
    }
}

static bool has_exception(const att_candidate *items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (items[i].exception)
            return true;
    return false;
}

/* Copies what no exception of its entry covers; returns how many. Candidates are sorted by first token, so that an
 * exception that covers one has been met by then, and of several the one that reaches farthest is enough. */
static size_t drop_excepted(att_overlap *overlap, const att_candidate *items, size_t count)
{
    uint32_t *reach = overlap->reach;
    size_t kept = 0;

    for (size_t from = 0, to; from < count; from = to) {
        for (to = from; to < count && items[to].first == items[from].first; to++)
            if (items[to].exception && reach[items[to].entry] < items[to].first + items[to].count)
                reach[items[to].entry] = items[to].first + items[to].count;
        for (size_t i = from; i < to; i++)
            if (!items[i].exception && reach[items[i].entry] < items[i].first + items[i].count)
                overlap->sorted[kept++] = items[i];
    }
    for (size_t i = 0; i < count; i++)
        reach[items[i].entry] = 0;
    return kept;
}

/* Copies what counts of a cluster, in order of priority; returns how many. */
static size_t sort_cluster(att_overlap *overlap, const att_candidate *items, size_t count)
{
    size_t kept = count;

    if (has_exception(items, count))
        kept = drop_excepted(overlap, items, count);
    else
        memcpy(overlap->sorted, items, count * sizeof *items);
    sort_candidates(overlap->sorted, kept);
    return kept;
}

/* No node has been met in the next cluster. */
static void begin_cluster(att_overlap *overlap)
{
    if (++overlap->cluster == 0) {
        memset(overlap->met, 0, overlap->node_room * sizeof *overlap->met);
        overlap->cluster = 1;
    }
}

/* Is it the first time in this cluster? */
static inline bool meet(att_overlap *overlap, uint32_t node)
{
    bool first = overlap->met[node] != overlap->cluster;

    overlap->met[node] = overlap->cluster;
    return first;
}

/* The nodes for which anything in the cluster counts, each once. */
static uint32_t meet_nodes(att_overlap *overlap, const att_engine *engine, size_t count)
{
    uint32_t met = 0;

    begin_cluster(overlap);
    for (size_t i = 0; i < count; i++) {
        const att_marker_nodes *nodes = engine->entries[overlap->sorted[i].entry].nodes;
        for (uint32_t n = 0; n < nodes->count; n++) {
            if (meet(overlap, nodes->nodes[n]))
                overlap->nodes[met++] = nodes->nodes[n];
        }
    }
    return met;
}

static bool counts_for(const att_engine *engine, uint32_t entry, uint32_t node)
{
    const att_marker_nodes *nodes = engine->entries[entry].nodes;

    for (uint32_t i = 0; i < nodes->count; i++)
        if (nodes->nodes[i] == node)
            return true;
    return false;
}

static bool take(att_overlap *overlap, const att_candidate *candidate)
{
    for (uint32_t t = candidate->first; t < candidate->first + candidate->count; t++)
        if (overlap->taken[t] == overlap->round)
            return false;
    for (uint32_t t = candidate->first; t < candidate->first + candidate->count; t++)
        overlap->taken[t] = overlap->round;
    return true;
}

static bool resolve_cluster(att_overlap *overlap, const att_engine *engine, const att_candidate *items, size_t count,
                            att_hits *hits)
{
    if (!att_grow(&overlap->sorted, &overlap->sorted_room, count, sizeof *overlap->sorted))
        return false;
    size_t kept = sort_cluster(overlap, items, count);
    uint32_t nodes = meet_nodes(overlap, engine, kept);
    size_t first_hit = hits->count;
    for (uint32_t n = 0; n < nodes; n++) {
        if (++overlap->round == 0) {
            memset(overlap->taken, 0, overlap->taken_room * sizeof *overlap->taken);
            overlap->round = 1;
        }
        for (size_t i = 0; i < kept; i++) {
            const att_candidate *candidate = &overlap->sorted[i];
            if (counts_for(engine, candidate->entry, overlap->nodes[n]) && take(overlap, candidate) &&
                !add_hit(hits, engine, candidate, overlap->nodes[n]))
                return false;
        }
    }
    sort_hits(hits->items + first_hit, hits->count - first_hit);
    return true;
}

static bool reserve_tokens(att_overlap *overlap, size_t tokens)
{
    size_t before = overlap->taken_room;

    if (!att_grow(&overlap->taken, &overlap->taken_room, tokens, sizeof *overlap->taken))
        return false;
    if (overlap->taken_room > before)
        memset(overlap->taken + before, 0, (overlap->taken_room - before) * sizeof *overlap->taken);
    return true;
}

_Static_assert(offsetof(att_hit, entry) == offsetof(att_hit, node) + 4 &&
                   offsetof(att_hit, count) == offsetof(att_hit, first) + 4 &&
                   offsetof(att_match_span, count) == offsetof(att_match_span, first) + 4 &&
                   sizeof(att_ending_hit) == 8,
               "keep_alone copies pairs");

/* Most spans stand alone: what they count for is known. */
static inline bool keep_alone(const att_endings *endings, const att_ending *ending, const att_match_span *span,
                              att_hits *hits)
{
    const att_ending_hit *found = &ending->hit;
    uint32_t count = ending->hit_count;

    if (!att_grow(&hits->items, &hits->capacity, hits->count + count, sizeof *hits->items))
        return false;
    if (count > 1)
        found = endings->hits + ending->first_hit;
    att_hit *hit = hits->items + hits->count;
    for (uint32_t i = 0; i < count; i++, hit++) {
        /* node and entry, first and count: two words, not four. */
        memcpy(&hit->node, &found[i], sizeof *found);
        memcpy(&hit->first, &span->first, sizeof span->first + sizeof span->count);
        hit->sense = ATT_USED;
    }
    hits->count += count;
    hits->matches += ending->matches;
    return true;
}

/* Has what is known of a span's state come nearer. */
static inline void prefetch(const att_endings *endings, const att_match_span *span)
{
    if (span->state < endings->state_count)
        __builtin_prefetch(&endings->states[span->state]);
}

static bool add_candidate(att_candidates *candidates, const att_match_span *span, att_ending_entry entry)
{
    if (!att_grow(&candidates->items, &candidates->capacity, candidates->count + 1, sizeof *candidates->items))
        return false;
    candidates->items[candidates->count++] = (att_candidate){span->first, span->count, entry.entry, entry.exception};
    return true;
}

/* The matches of some spans, one by one. */
static bool list_candidates(att_overlap *overlap, att_endings *endings, const att_automaton *automaton,
                            const att_match_span *spans, size_t count)
{
    overlap->candidates.count = 0;
    for (size_t i = 0; i < count; i++) {
        if (spans[i].state == ATT_UNKNOWN_ID) {
            const att_accept *accept = &automaton->phrases->accepts[spans[i].accept];
            att_ending_entry entry = {accept->entry, accept->exception};
            if (!add_candidate(&overlap->candidates, &spans[i], entry))
                return false;
            continue;
        }
        const att_ending *ending = att_endings_of(endings, automaton, spans[i].state);
        for (uint32_t e = 0; ending && e < ending->entry_count; e++)
            if (!add_candidate(&overlap->candidates, &spans[i], endings->entries[ending->first_entry + e]))
                return false;
        if (!ending)
            return false;
    }
    return true;
}

static bool resolve_spans(att_overlap *overlap, att_endings *endings, const att_automaton *automaton,
                          const att_match_span *spans, size_t count, att_hits *hits)
{
    if (count == 1 && spans->state != ATT_UNKNOWN_ID) {
        const att_ending *ending = att_endings_of(endings, automaton, spans->state);
        if (!ending)
            return false;
        if (!ending->excepts)
            return keep_alone(endings, ending, spans, hits);
    }
    return list_candidates(overlap, endings, automaton, spans, count) &&
           resolve_cluster(overlap, endings->engine, overlap->candidates.items, overlap->candidates.count, hits);
}

att_status att_overlap_resolve(att_overlap *overlap, att_endings *endings, const att_automaton *automaton,
                               const att_match_spans *spans, size_t tokens, att_hits *hits, att_error *error)
{
    const att_match_span *items = spans->items;

    hits->count = hits->matches = 0;
    if (!reserve_tokens(overlap, tokens))
        return att_fail_memory(error);
    for (size_t from = 0; from < spans->count;) {
        if (from + AHEAD < spans->count)
            prefetch(endings, &items[from + AHEAD]);
        /* A cluster: matches that hang together by shared tokens. */
        uint32_t end = items[from].first + items[from].count;
        size_t to = from + 1;
        for (; to < spans->count && items[to].first < end; to++)
            if (items[to].first + items[to].count > end)
                end = items[to].first + items[to].count;
        if (!resolve_spans(overlap, endings, automaton, items + from, to - from, hits))
            return att_fail_memory(error);
        from = to;
    }
    return ATT_OK;
}
