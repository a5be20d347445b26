#include "match/compiled.h"
#include "match/note.h"
#include "match/overlap.h"
#include "match/rules.h"
#include "match/senses.h"

#include <stdlib.h>

struct att_matcher {
    const att_engine *engine;
    att_note_scan *scan;
    att_senses senses;
    att_rule_matcher rules;
    uint64_t *cues; /* one bit a token: it is a cue or may begin one */
    size_t cue_words;
    att_element_scanner *scanner;
    att_type_words *elements; /* by type: the elements it matches that an entry or a cue uses */
    size_t element_room;
    att_ids ids; /* of all types */
    att_matched scanned;
    att_automaton automaton;
    att_match_spans spans;
    att_turn_scanner *turns; /* NULL: there are no expressions over turns */
    att_endings endings;
    att_overlap overlap;
};

att_status att_matcher_new(att_matcher **out, const att_engine *engine, att_error *error)
{
    att_matcher *matcher = calloc(1, sizeof *matcher);

    if (!matcher)
        return att_fail_memory(error);
    matcher->engine = engine;
    matcher->scan = att_note_scan_choose();
    att_senses_init(&matcher->senses, &engine->cues);
    att_rule_matcher_init(&matcher->rules, engine);
    att_status status = att_element_scanner_new(&matcher->scanner, engine->set, error);
    if (!status)
        status = att_automaton_new(&matcher->automaton, &engine->phrases, error);
    if (!status)
        status = att_endings_init(&matcher->endings, engine, error);
    if (!status)
        status = att_overlap_init(&matcher->overlap, engine, error);
    if (!status && engine->turns.count)
        status = att_turn_scanner_new(&matcher->turns, &engine->turns, &engine->phrases, error);
    if (status) {
        att_matcher_free(matcher);
        return status;
    }
    *out = matcher;
    return ATT_OK;
}

void att_matcher_free(att_matcher *matcher)
{
    if (!matcher)
        return;
    att_element_scanner_free(matcher->scanner);
    att_automaton_clear(&matcher->automaton);
    att_overlap_clear(&matcher->overlap);
    free(matcher->elements);
    free(matcher->ids.items);
    att_matched_clear(&matcher->scanned);
    att_endings_clear(&matcher->endings);
    att_senses_clear(&matcher->senses);
    att_rule_matcher_clear(&matcher->rules);
    free(matcher->cues);
    att_turn_scanner_free(matcher->turns);
    free(matcher->spans.items);
    free(matcher);
}

void att_matcher_reset(att_matcher *matcher)
{
    matcher->ids.count = 0;
    att_senses_reset(&matcher->senses);
}

uint64_t att_matcher_given_up(const att_matcher *matcher, size_t index)
{
    return att_turn_scanner_given_up(matcher->turns, index);
}

void att_matcher_bound(att_matcher *matcher, size_t sets, size_t transitions)
{
    matcher->automaton.most_sets = sets < ATT_UNKNOWN_ID ? sets : ATT_UNKNOWN_ID;
    matcher->automaton.most_transitions = transitions;
}

void att_hits_clear(att_hits *hits)
{
    free(hits->items);
    *hits = (att_hits){0};
}

static bool keep_ids(att_matcher *matcher, const att_ids *ids, att_type_range *out)
{
    if (matcher->ids.count + ids->count > UINT32_MAX)
        return false;
    *out = (att_type_range){(uint32_t)matcher->ids.count, (uint32_t)ids->count};
    for (size_t i = 0; i < ids->count; i++)
        if (!att_ids_add(&matcher->ids, ids->items[i]))
            return false;
    return true;
}

att_status att_matcher_learn(void *context, uint32_t type, att_span token, uint64_t *note, att_error *error)
{
    att_matcher *matcher = context;
    att_automaton *automaton = &matcher->automaton;
    const att_ids *later = &matcher->scanned.later;
    att_status status = att_element_scan(matcher->scanner, token, &matcher->scanned, error);
    uint32_t state, class;

    if (status)
        return status;
    const att_ids *firsts = matcher->scanned.apart ? &matcher->scanned.firsts : later;
    if (!att_grow(&matcher->elements, &matcher->element_room, (size_t)type + 1, sizeof *matcher->elements) ||
        !keep_ids(matcher, later, &matcher->elements[type].later))
        return att_fail_memory(error);
    matcher->elements[type].firsts = matcher->elements[type].later;
    if (matcher->scanned.apart && !keep_ids(matcher, firsts, &matcher->elements[type].firsts))
        return att_fail_memory(error);
    if (!att_automaton_start(automaton, firsts->items, firsts->count, &state) ||
        !att_automaton_class(automaton, later->items, later->count, &class))
        return att_fail_memory(error);
    bool unknown = state == ATT_UNKNOWN_ID;
    *note = (uint64_t) class << 32 | state;
    *note |= (uint64_t)att_cue_set_bits(&matcher->engine->cues, later->items, later->count) << ATT_NOTE_CUES_AT;
    if (class != ATT_DEAD)
        *note |= ATT_NOTE_FOLLOWS;
    if (unknown || (state && automaton->accepts[state]))
        *note |= ATT_NOTE_ALONE;
    if (unknown || (state && automaton->goes_on[state]))
        *note |= ATT_NOTE_BEGINS;
    return ATT_OK;
}

/* Written field by field: put together elsewhere and copied as a whole, the copy would wait for the parts. */
static inline void put_span(att_match_span *span, size_t first, size_t count, uint32_t state, uint32_t accept)
{
    span->first = (uint32_t)first;
    span->count = (uint32_t)count;
    span->state = state;
    span->accept = accept;
}

static inline bool add_span(att_match_spans *spans, size_t first, size_t count, uint32_t state, uint32_t accept)
{
    if (!att_grow(&spans->items, &spans->capacity, spans->count + 1, sizeof *spans->items))
        return false;
    put_span(&spans->items[spans->count++], first, count, state, accept);
    return true;
}

/* Adds what ends at a tree node. */
static bool accept(att_matcher *matcher, uint32_t node, size_t first, size_t count)
{
    const att_phrases *phrases = &matcher->engine->phrases;

    for (uint32_t i = phrases->nodes[node].accept; i != ATT_NO_ACCEPT; i = phrases->accepts[i].next)
        if (!add_span(&matcher->spans, first, count, ATT_UNKNOWN_ID, i))
            return false;
    return true;
}

/* From a tree node that token j - 1 led to: what ends there, and all that goes on from it. As deep as the longest
 * phrase. */
static bool walk(att_matcher *matcher, const att_tokens *tokens, size_t i, size_t j, uint32_t node)
{
    const att_phrases *phrases = &matcher->engine->phrases;

    for (;;) {
        if (phrases->nodes[node].accept != ATT_NO_ACCEPT && !accept(matcher, node, i, j - i))
            return false;
        if (!phrases->nodes[node].has_children || !(tokens->note[j] & ATT_NOTE_FOLLOWS))
            return true; /* a separator has the class too */
        att_type_range elements = matcher->elements[tokens->type[j++]].later;
        uint32_t next = ATT_NO_PHRASE;
        for (uint32_t e = 0; e < elements.count; e++) {
            uint32_t child = att_phrases_child(phrases, node, matcher->ids.items[elements.first + e]);
            /* The last way is gone without a call, and mostly it is the only one. */
            if (child && next && !walk(matcher, tokens, i, j, next))
                return false;
            next = child ? child : next;
        }
        if (!next)
            return true;
        node = next;
    }
}

static int compare_spans(const void *a, const void *b)
{
    const att_match_span *x = a, *y = b;

    if (x->count != y->count)
        return x->count < y->count ? -1 : 1;
    return (x->accept > y->accept) - (x->accept < y->accept);
}

/* Of the spans from `first` on, which begin at one token, keeps one for each entry and length: an entry of many
 * sequences may have met there in many ways. */
static void unite_spans(att_matcher *matcher, size_t first)
{
    const att_accept *accepts = matcher->engine->phrases.accepts;
    att_match_span *spans = matcher->spans.items;
    size_t kept = first;

    if (matcher->spans.count - first < 2)
        return;
    qsort(spans + first, matcher->spans.count - first, sizeof *spans, compare_spans);
    for (size_t i = first; i < matcher->spans.count; i++) {
        const att_accept *own = &accepts[spans[i].accept],
                         *last = &accepts[spans[kept > first ? kept - 1 : first].accept];
        if (kept == first || spans[kept - 1].count != spans[i].count || last->entry != own->entry ||
            last->exception != own->exception)
            spans[kept++] = spans[i];
    }
    matcher->spans.count = kept;
}

/* All entries that begin at token i, by the tree alone: where the automaton has no room. */
static bool search_from(att_matcher *matcher, const att_tokens *tokens, size_t i)
{
    const att_phrases *phrases = &matcher->engine->phrases;
    att_type_range elements = matcher->elements[tokens->type[i]].firsts;
    size_t before = matcher->spans.count;

    for (uint32_t e = 0; e < elements.count; e++) {
        uint32_t node = phrases->first[matcher->ids.items[elements.first + e]];
        if (node && !walk(matcher, tokens, i, i + 1, node))
            return false;
    }
    unite_spans(matcher, before);
    return true;
}

/* All phrases that begin at token i, which has a token that follows behind it. What the token is alone is the last
 * span. */
static bool match_phrases(att_matcher *matcher, const att_tokens *tokens, size_t i, size_t spans)
{
    att_automaton *automaton = &matcher->automaton;
    const uint64_t *notes = tokens->note;
    uint32_t state = ATT_NOTE_STATE(notes[i]);
    bool goes_on = true;

    /* A separator does not follow. */
    for (size_t j = i + 1; goes_on && notes[j] & ATT_NOTE_FOLLOWS; j++) {
        uint32_t class = ATT_NOTE_CLASS(notes[j]);
        if (class == ATT_UNKNOWN_ID)
            state = ATT_UNKNOWN_ID;
        else if (!att_automaton_next(automaton, state, class, &state))
            return false;
        if (state == ATT_DEAD)
            return true;
        if (state == ATT_UNKNOWN_ID) {
            matcher->spans.count = spans;
            return search_from(matcher, tokens, i);
        }
        if (automaton->accepts[state] && !add_span(&matcher->spans, i, j + 1 - i, state, ATT_NO_ACCEPT))
            return false;
        goes_on = automaton->goes_on[state];
    }
    return true;
}

/* All entries that begin at token i. There is room for a span. */
static inline bool match_from(att_matcher *matcher, const att_tokens *tokens, size_t i)
{
    att_match_spans *spans = &matcher->spans;
    uint64_t note = tokens->note[i];
    size_t before = spans->count;

    if (ATT_NOTE_STATE(note) == ATT_UNKNOWN_ID)
        return search_from(matcher, tokens, i);
    /* Without a branch: whether a word that begins phrases is an entry by itself cannot be foretold. */
    put_span(&spans->items[before], i, 1, ATT_NOTE_STATE(note), ATT_NO_ACCEPT);
    spans->count = before + ((note & ATT_NOTE_ALONE) != 0);
    if (note << 1 & tokens->note[i + 1] & ATT_NOTE_FOLLOWS) /* it begins phrases, and the next one follows */
        return match_phrases(matcher, tokens, i, before);
    return true;
}

att_status att_match(att_matcher *matcher, const att_tokens *tokens, att_hits *hits, att_error *error)
{
    att_match_spans *spans = &matcher->spans;

    spans->count = 0;
    if (!att_grow(&matcher->cues, &matcher->cue_words, tokens->count / 64 + 1, sizeof *matcher->cues))
        return att_fail_memory(error);
    for (size_t first = 0; first < tokens->count; first += 64) {
        size_t some = tokens->count - first < 64 ? tokens->count - first : 64;
        uint64_t found = matcher->scan(tokens->note + first, some, &matcher->cues[first / 64]);
        for (; found; found &= found - 1) {
            if (!att_grow(&spans->items, &spans->capacity, spans->count + 1, sizeof *spans->items) ||
                !match_from(matcher, tokens, first + (size_t)__builtin_ctzll(found)))
                return att_fail_memory(error);
        }
    }
    att_status status = ATT_OK;
    if (matcher->turns)
        status = att_turn_scan(matcher->turns, tokens, spans, error);
    if (!status)
        status = att_overlap_resolve(&matcher->overlap, &matcher->endings, &matcher->automaton, spans, tokens->count,
                                     hits, error);
    const att_type_elements types = {matcher->elements, matcher->ids.items};
    if (!status && matcher->engine->cues.any &&
        !att_senses_assign(&matcher->senses, &types, matcher->cues, tokens, hits))
        status = att_fail_memory(error);
    if (!status && matcher->engine->rules_count)
        status = att_rules_apply(&matcher->rules, tokens, hits, error);
    return status;
}

void att_matcher_set_facts(att_matcher *matcher, att_turn_facts facts)
{
    matcher->rules.facts = facts;
}
