#include "match/overlap.h"

#include "base/buffer.h"
#include "match/compiled.h"

#include <stdlib.h>
#include <string.h>

enum { AHEAD = 8 };

att_status att_overlap_init(att_overlap *overlap, const att_engine *engine, att_error *error)
{
    *overlap = (att_overlap){0};
    return att_cluster_init(&overlap->cluster, engine, error);
}

void att_overlap_clear(att_overlap *overlap)
{
    att_cluster_clear(&overlap->cluster);
    free(overlap->candidates);
    *overlap = (att_overlap){0};
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

static bool add_candidate(att_overlap *overlap, const att_match_span *span, att_ending_entry entry)
{
    if (!att_grow(&overlap->candidates, &overlap->candidate_room, overlap->candidate_count + 1,
                  sizeof *overlap->candidates))
        return false;
    overlap->candidates[overlap->candidate_count++] =
        (att_candidate){span->first, span->count, entry.entry, entry.exception};
    return true;
}

/* The matches of some spans, one by one. */
static bool list_candidates(att_overlap *overlap, att_endings *endings, const att_automaton *automaton,
                            const att_match_span *spans, size_t count)
{
    overlap->candidate_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (spans[i].state == ATT_UNKNOWN_ID) {
            const att_accept *accept = &automaton->phrases->accepts[spans[i].accept];
            att_ending_entry entry = {accept->entry, accept->exception};
            if (!add_candidate(overlap, &spans[i], entry))
                return false;
            continue;
        }
        const att_ending *ending = att_endings_of(endings, automaton, spans[i].state);
        for (uint32_t e = 0; ending && e < ending->entry_count; e++)
            if (!add_candidate(overlap, &spans[i], endings->entries[ending->first_entry + e]))
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
           att_cluster_resolve(&overlap->cluster, overlap->candidates, overlap->candidate_count, hits);
}

att_status att_overlap_resolve(att_overlap *overlap, att_endings *endings, const att_automaton *automaton,
                               const att_match_spans *spans, size_t tokens, att_hits *hits, att_error *error)
{
    const att_match_span *items = spans->items;

    hits->count = hits->matches = 0;
    if (!att_cluster_reserve(&overlap->cluster, tokens))
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
