#include "reference.h"

#include "base/utf8.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

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

static bool is_exact(const att_element *element)
{
    return element->kind == ATT_LITERAL_EXACT || element->kind == ATT_GLOB_EXACT;
}

/* Against a folded text. */
static bool text_matches(const att_element *element, att_span text)
{
    bool literal = element->kind == ATT_LITERAL || element->kind == ATT_LITERAL_EXACT;

    if (att_is_turn_regex(element->kind))
        return false;
    return literal ? att_span_equal(element->text, text) : glob_matches(element->text, 0, text, 0);
}

/* ---- affixes ---- */

/* What an element may be to a lexicon. */
typedef enum { FIRST_OF_ENTRY, FIRST_OF_EXCEPTION, LATER } role;

static bool sequence_has(const att_lexicon *lexicon, att_sequence sequence, uint32_t element, bool first)
{
    for (uint32_t i = 0; i < sequence.length; i++)
        if ((i == 0) == first && lexicon->sequence[sequence.first + i] == element)
            return true;
    return false;
}

static bool has_role(const att_lexicon *lexicon, uint32_t element, role wanted)
{
    for (uint32_t e = 0; e < lexicon->entry_count; e++) {
        const att_entry *entry = &lexicon->entries[e];
        if (entry->ignored)
            continue;
        for (uint32_t f = 0; f < entry->forms; f++)
            if (wanted != FIRST_OF_EXCEPTION &&
                sequence_has(lexicon, lexicon->forms[entry->form + f], element, wanted == FIRST_OF_ENTRY))
                return true;
        for (uint32_t x = 0; x < entry->excepts; x++)
            if (wanted != FIRST_OF_ENTRY &&
                sequence_has(lexicon, lexicon->exceptions[entry->except + x], element, wanted == FIRST_OF_EXCEPTION))
                return true;
    }
    return false;
}

/* Does a folded text fit any element of this role and case? `*` says nothing. */
static bool fits_role(const att_lexicon *lexicon, att_span text, bool exact, role wanted)
{
    for (uint32_t i = 0; i < lexicon->element_count; i++) {
        const att_element *element = &lexicon->elements[i];
        if (is_exact(element) == exact && !att_span_equal(element->text, att_span_of("*")) &&
            has_role(lexicon, i, wanted) && text_matches(element, text))
            return true;
    }
    return false;
}

static size_t letters_of(att_span text)
{
    size_t letters = 0;

    for (size_t at = 0; at < text.size;)
        letters += !(U_GET_GC_MASK((UChar32)att_utf8_next(text.text, text.size, &at)) & U_GC_M_MASK);
    return letters;
}

/* The best part of a word so far. */
typedef struct {
    const att_lexicon *lexicon;
    att_span word, best;
    bool exact, found;
    role wanted;
} stripping;

/* One part of the word: better than what there is if less is taken off, or as much but less at its beginning. */
static void try_part(stripping *s, size_t from, size_t to)
{
    const att_spelling *how = &s->lexicon->spelling;
    att_span part = {s->word.text + from, to - from};
    size_t kept = att_utf8_count(part.text, part.size), best = att_utf8_count(s->best.text, s->best.size);

    if (part.size == s->word.size || (from && letters_of(part) < how->prefixes.leave) ||
        (to < s->word.size && letters_of(part) < how->suffixes.leave) || letters_of(part) == 0)
        return;
    if (s->found && (kept < best || (kept == best && part.text >= s->best.text)))
        return;
    if (!fits_role(s->lexicon, part, s->exact, s->wanted))
        return;
    s->best = part;
    s->found = true;
}

static void try_endings(stripping *s, size_t from)
{
    const att_affixes *suffixes = &s->lexicon->spelling.suffixes;

    try_part(s, from, s->word.size);
    for (uint32_t i = 0; i < suffixes->count; i++) {
        att_span ending = s->exact ? suffixes->items[i].exact : suffixes->items[i].folded;
        if (ending.size + from < s->word.size &&
            memcmp(s->word.text + s->word.size - ending.size, ending.text, ending.size) == 0)
            try_part(s, from, s->word.size - ending.size);
    }
}

/* All ways to take up to `runs` prefixes off. */
static void try_prefixes(stripping *s, size_t from, uint32_t runs)
{
    const att_affixes *prefixes = &s->lexicon->spelling.prefixes;

    try_endings(s, from);
    for (uint32_t i = 0; runs && i < prefixes->count; i++) {
        att_span prefix = s->exact ? prefixes->items[i].exact : prefixes->items[i].folded;
        if (from + prefix.size < s->word.size && memcmp(s->word.text + from, prefix.text, prefix.size) == 0)
            try_prefixes(s, from + prefix.size, runs - 1);
    }
}

static stripping strip(const att_lexicon *lexicon, att_span word, bool exact, role wanted)
{
    stripping s = {lexicon, word, {0}, exact, false, wanted};

    try_prefixes(&s, 0, wanted == LATER ? 0 : lexicon->spelling.prefixes.most);
    return s;
}

/* A token in both cases. */
typedef struct {
    att_span folded, exact;
} both;

static bool fits_whole(const att_lexicon *lexicon, both token, role wanted)
{
    return fits_role(lexicon, token.folded, false, wanted) || fits_role(lexicon, token.exact, true, wanted);
}

static bool matches_stripped(const att_lexicon *lexicon, const att_element *element, both token, bool first)
{
    for (role wanted = first ? FIRST_OF_ENTRY : LATER; wanted <= (first ? FIRST_OF_EXCEPTION : LATER); wanted++) {
        if (fits_whole(lexicon, token, wanted))
            return false;
        stripping folded = strip(lexicon, token.folded, false, wanted),
                  exact = strip(lexicon, token.exact, true, wanted);
        stripping mine = is_exact(element) ? exact : folded;
        if (folded.found || exact.found)
            return mine.found && text_matches(element, mine.best);
    }
    return false;
}

/* first: as the first word of a sequence. */
static bool element_matches(const att_lexicon *lexicon, const att_element *element, att_folder *folder, att_span token,
                            bool first)
{
    att_buffer folded = {0}, exact = {0};

    att_fold_without(folder, &folded, token, false, lexicon->spelling.ignore);
    att_fold_without(folder, &exact, token, true, lexicon->spelling.ignore);
    both texts = {{folded.data, folded.size}, {exact.data, exact.size}};
    bool matches = text_matches(element, is_exact(element) ? texts.exact : texts.folded);
    if (!matches && (lexicon->spelling.prefixes.count || lexicon->spelling.suffixes.count))
        matches = matches_stripped(lexicon, element, texts, first);
    att_buffer_clear(&folded);
    att_buffer_clear(&exact);
    return matches;
}

static bool sequence_matches(const att_lexicon *lexicon, uint32_t first, uint32_t length, att_folder *folder,
                             att_span text, const att_tokens *tokens, size_t at)
{
    if (at + length > tokens->count)
        return false;
    for (uint32_t i = 0; i < length; i++) {
        att_span token = {text.text + tokens->start[at + i], tokens->end[at + i] - tokens->start[at + i]};
        if (!element_matches(lexicon, &lexicon->elements[lexicon->sequence[first + i]], folder, token, i == 0))
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

/* A regular expression over the turn: PCRE2's interpreter, from each match to the next. */
static void find_in_turn(const att_lexicon *lexicon, const att_element *element, uint32_t entry, att_folder *folder,
                         att_span text, const att_tokens *tokens, att_hits *found)
{
    uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_DOTALL | PCRE2_DOLLAR_ENDONLY |
                       (element->kind == ATT_TURN_REGEX_EXACT ? 0 : PCRE2_CASELESS);
    int number;
    PCRE2_SIZE offset;
    pcre2_code *code =
        pcre2_compile((PCRE2_SPTR)element->text.text, element->text.size, options, &number, &offset, NULL);
    pcre2_match_data *match = pcre2_match_data_create(1, NULL);
    PCRE2_SIZE *range = pcre2_get_ovector_pointer(match);

    for (size_t at = 0; pcre2_match(code, (PCRE2_SPTR)text.text, text.size, at, PCRE2_NOTEMPTY, match, NULL) >= 0;) {
        size_t first = SIZE_MAX, count = 0;
        for (size_t t = 0; t < tokens->count; t++)
            if (tokens->start[t] < range[1] && tokens->end[t] > range[0]) {
                first = first == SIZE_MAX ? t : first;
                count++;
            }
        if (count && !is_excepted(lexicon, &lexicon->entries[entry], folder, text, tokens, first, (uint32_t)count))
            add(found, (att_hit){0, entry, (uint32_t)first, (uint32_t)count, ATT_USED});
        at = range[1];
    }
    pcre2_match_data_free(match);
    pcre2_code_free(code);
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
        for (uint32_t f = 0; f < entry->forms && !entry->ignored; f++) {
            att_sequence form = lexicon->forms[entry->form + f];
            const att_element *head = &lexicon->elements[lexicon->sequence[form.first]];
            if (att_is_turn_regex(head->kind)) {
                find_in_turn(lexicon, head, e, folder, text, tokens, &found);
                continue;
            }
            for (size_t at = 0; at < tokens->count; at++)
                if (sequence_matches(lexicon, form.first, form.length, folder, text, tokens, at) &&
                    !is_excepted(lexicon, entry, folder, text, tokens, at, form.length))
                    add(&found, (att_hit){0, e, (uint32_t)at, form.length, ATT_USED});
        }
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
