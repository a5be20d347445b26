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
                        const att_tokens *tokens, size_t at, uint32_t length)
{
    for (uint32_t e = 0; e < entry->excepts; e++) {
        att_sequence exception = lexicon->exceptions[entry->except + e];
        for (size_t from = 0; from <= at; from++)
            if (from + exception.length >= at + length &&
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

/* All matches of the entries that count for a node. */
static void find_matches(const att_lexicon *lexicon, const att_marker_nodes *nodes, uint32_t node, att_folder *folder,
                         att_span text, const att_tokens *tokens, att_hits *found)
{
    for (uint32_t e = 0; e < lexicon->entry_count; e++) {
        const att_entry *entry = &lexicon->entries[e];
        if (entry->ignored || !has_node(&nodes[entry->marker], node))
            continue;
        for (uint32_t f = 0; f < entry->forms; f++) {
            att_sequence form = lexicon->forms[entry->form + f];
            for (size_t at = 0; at < tokens->count; at++)
                if (sequence_matches(lexicon, form.first, form.length, folder, text, tokens, at) &&
                    !is_excepted(lexicon, entry, folder, text, tokens, at, form.length))
                    add(found, (att_hit){node, e, (uint32_t)at, form.length, ATT_USED});
        }
    }
}

void att_reference_match(const att_lexicon *lexicon, const att_marker_nodes *nodes, uint32_t node_count,
                         att_folder *folder, att_span text, const att_tokens *tokens, att_hits *hits)
{
    bool *taken = calloc(tokens->count + 1, sizeof *taken);
    att_hits found = {0};

    if (!taken)
        abort();
    hits->count = 0;
    for (uint32_t node = 0; node < node_count; node++) {
        found.count = 0;
        find_matches(lexicon, nodes, node, folder, text, tokens, &found);
        if (found.count)
            qsort(found.items, found.count, sizeof *found.items, compare);
        memset(taken, 0, tokens->count);
        for (size_t i = 0; i < found.count; i++) {
            const att_hit *hit = &found.items[i];
            bool free_tokens = true;
            for (uint32_t t = 0; t < hit->count; t++)
                free_tokens = free_tokens && !taken[hit->first + t];
            if (!free_tokens)
                continue;
            memset(taken + hit->first, 1, hit->count);
            add(hits, *hit);
        }
    }
    free(found.items);
    free(taken);
}
