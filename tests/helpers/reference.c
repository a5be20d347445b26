#include "reference.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* A glob against a whole token, code point by code point. */
static bool glob_matches(att_span glob, size_t g, att_span token, size_t t)
{
    if (g == glob.size)
        return t == token.size;
    if (glob.text[g] == '*') {
        for (size_t rest = t;;) {
            if (glob_matches(glob, g + 1, token, rest))
                return true;
            if (rest == token.size)
                return false;
            att_utf8_next(token.text, token.size, &rest);
        }
    }
    if (t == token.size)
        return false;
    uint32_t want = att_utf8_next(glob.text, glob.size, &g), have = att_utf8_next(token.text, token.size, &t);
    return (want == '?' || want == have) && glob_matches(glob, g, token, t);
}

static bool element_matches(const att_element *element, att_folder *folder, att_span token)
{
    att_buffer folded = {0};
    bool exact = element->kind == ATT_LITERAL_EXACT || element->kind == ATT_GLOB_EXACT;
    bool literal = element->kind == ATT_LITERAL || element->kind == ATT_LITERAL_EXACT;

    att_fold(folder, &folded, token, exact);
    att_span text = {folded.data, folded.size};
    bool matches = literal ? att_span_equal(element->text, text) : glob_matches(element->text, 0, text, 0);
    att_buffer_clear(&folded);
    return matches;
}

static bool sequence_matches(const att_lexicon *lexicon, uint32_t first, uint32_t length, att_folder *folder,
                             att_span text, const att_tokens *tokens, size_t at)
{
    if (at + length > tokens->count)
        return false;
    for (uint32_t i = 0; i < length; i++) {
        att_span token = {text.text + tokens->start[at + i], tokens->end[at + i] - tokens->start[at + i]};
        if (!element_matches(&lexicon->elements[lexicon->sequence[first + i]], folder, token))
            return false;
    }
    return true;
}

/* Is [at, at + length) covered by a match of one of the entry's exceptions? */
static bool is_excepted(const att_lexicon *lexicon, const att_entry *entry, att_folder *folder, att_span text,
                        const att_tokens *tokens, size_t at)
{
    for (uint32_t e = 0; e < entry->excepts; e++) {
        att_sequence exception = lexicon->exceptions[entry->except + e];
        for (size_t from = 0; from <= at; from++)
            if (from + exception.length >= at + entry->length &&
                sequence_matches(lexicon, exception.first, exception.length, folder, text, tokens, from))
                return true;
    }
    return false;
}

static void add(att_hits *hits, att_hit hit)
{
    if (hits->count == hits->capacity) {
        hits->capacity = hits->capacity ? hits->capacity * 2 : 64;
        hits->items = realloc(hits->items, hits->capacity * sizeof *hits->items);
        if (!hits->items)
            abort();
    }
    hits->items[hits->count++] = hit;
}

static int compare(const void *a, const void *b)
{
    const att_hit *x = a, *y = b;

    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return (x->entry > y->entry) - (x->entry < y->entry);
}

static bool has_node(const att_marker_nodes *nodes, uint32_t node)
{
    for (uint32_t i = 0; i < nodes->count; i++)
        if (nodes->nodes[i] == node)
            return true;
    return false;
}

/* Is marker m the marker `top` or below it? */
static bool is_below(const att_lexicon *lexicon, uint32_t m, uint32_t top)
{
    while (m != top && m != ATT_NO_NODE)
        m = lexicon->markers[m].parent;
    return m == top;
}

/* The marker of the group that m is or stands below; ATT_NO_NODE: none. */
static uint32_t side_in(const att_lexicon *lexicon, const att_exclusive_group *group, uint32_t m)
{
    for (uint32_t i = 0; i < group->count; i++)
        if (is_below(lexicon, m, group->markers[i]))
            return group->markers[i];
    return ATT_NO_NODE;
}

/* May a token not belong to both of them: of two poles, or of two sides of an exclusive group? */
static bool exclude_each_other(const att_lexicon *lexicon, uint32_t a, uint32_t b)
{
    att_pole p = lexicon->markers[a].pole, q = lexicon->markers[b].pole;

    if (p != ATT_NO_POLE && q != ATT_NO_POLE && p != q)
        return true;
    for (uint32_t g = 0; g < lexicon->group_count; g++) {
        uint32_t x = side_in(lexicon, &lexicon->groups[g], a), y = side_in(lexicon, &lexicon->groups[g], b);
        if (x != ATT_NO_NODE && y != ATT_NO_NODE && x != y)
            return true;
    }
    return false;
}

static bool share_a_token(const att_hit *a, const att_hit *b)
{
    return a->first < b->first + b->count && b->first < a->first + a->count;
}

/* All matches of all entries, the longest first, without those that the other side has taken a token from. */
static void find_matches(const att_lexicon *lexicon, att_folder *folder, att_span text, const att_tokens *tokens,
                         att_hits *kept)
{
    att_hits found = {0};

    for (uint32_t e = 0; e < lexicon->entry_count; e++) {
        const att_entry *entry = &lexicon->entries[e];
        for (size_t at = 0; at < tokens->count && !entry->ignored; at++)
            if (sequence_matches(lexicon, entry->first, entry->length, folder, text, tokens, at) &&
                !is_excepted(lexicon, entry, folder, text, tokens, at))
                add(&found, (att_hit){0, e, (uint32_t)at, entry->length, ATT_USED});
    }
    if (found.count)
        qsort(found.items, found.count, sizeof *found.items, compare);
    for (size_t i = 0; i < found.count; i++) {
        bool beaten = false;
        for (size_t k = 0; k < kept->count && !beaten; k++)
            beaten = share_a_token(&found.items[i], &kept->items[k]) &&
                     exclude_each_other(lexicon, lexicon->entries[found.items[i].entry].marker,
                                        lexicon->entries[kept->items[k].entry].marker);
        if (!beaten)
            add(kept, found.items[i]);
    }
    free(found.items);
}

/* What one node keeps of the matches: no token twice. */
static void add_node(const att_lexicon *lexicon, const att_marker_nodes *nodes, uint32_t node, const att_hits *matches,
                     att_hits *hits)
{
    size_t before = hits->count;

    for (size_t i = 0; i < matches->count; i++) {
        att_hit hit = matches->items[i];
        bool free_tokens = has_node(&nodes[lexicon->entries[hit.entry].marker], node);
        for (size_t k = before; k < hits->count && free_tokens; k++)
            free_tokens = !share_a_token(&hit, &hits->items[k]);
        hit.node = node;
        if (free_tokens)
            add(hits, hit);
    }
}

void att_reference_match(const att_lexicon *lexicon, const att_marker_nodes *nodes, uint32_t node_count,
                         att_folder *folder, att_span text, const att_tokens *tokens, att_hits *hits)
{
    att_hits matches = {0};

    hits->count = 0;
    find_matches(lexicon, folder, text, tokens, &matches);
    for (uint32_t node = 0; node < node_count; node++)
        add_node(lexicon, nodes, node, &matches, hits);
    free(matches.items);
}
