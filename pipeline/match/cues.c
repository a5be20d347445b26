#include "match/cues.h"

#include "base/buffer.h"

#include <stdlib.h>

/* The kinds that are looked for by themselves; the others matter beside a reporting verb only. */
#define LISTED                                                                                                         \
    (ATT_CUE_NEGATES_BEHIND | ATT_CUE_NEGATES_BEFORE | ATT_CUE_ONLY | ATT_CUE_CONTRAST | ATT_CUE_RELATIVISER |         \
     ATT_CUE_METALANGUAGE | ATT_CUE_REPORTING | ATT_CUE_HEARSAY)

att_status att_cue_set_init(att_cue_set *set, uint32_t elements, att_error *error)
{
    *set = (att_cue_set){.longest = 1};
    set->kinds = calloc(elements ? elements : 1, sizeof *set->kinds);
    if (!set->kinds)
        return att_fail_memory(error);
    return att_phrases_new(&set->phrases, elements, error);
}

void att_cue_set_clear(att_cue_set *set)
{
    free(set->kinds);
    att_phrases_clear(&set->phrases);
    *set = (att_cue_set){0};
}

att_status att_cue_set_add(att_cue_set *set, const uint32_t *elements, uint32_t length, uint32_t kinds, bool exception,
                           att_error *error)
{
    set->any = true;
    if (length > set->longest)
        set->longest = length;
    if (length == 1) {
        /* An exception that is one word covers one word: the cue itself, which then is none. */
        set->kinds[elements[0]] |= exception ? 0 : kinds;
        return ATT_OK;
    }
    return att_phrases_add(&set->phrases, elements, length, kinds, exception, error);
}

uint32_t att_cue_set_bits(const att_cue_set *set, const uint32_t *elements, size_t count)
{
    uint32_t bits = 0;

    for (size_t i = 0; i < count; i++) {
        bits |= set->kinds[elements[i]];
        if (set->phrases.first[elements[i]] != ATT_NO_PHRASE)
            bits |= ATT_CUE_BEGINS;
        if (set->phrases.roles[elements[i]] & ATT_FOLLOWS)
            bits |= ATT_CUE_FOLLOWS;
    }
    return bits;
}

void att_cue_list_clear(att_cue_list *list)
{
    free(list->items);
    free(list->exceptions);
    *list = (att_cue_list){0};
}

static bool add_cue(att_cue **items, size_t *count, size_t *capacity, att_cue cue)
{
    if (!att_grow(items, capacity, *count + 1, sizeof **items))
        return false;
    (*items)[(*count)++] = cue;
    return true;
}

typedef struct {
    const att_cue_set *set;
    const att_type_elements *types;
    const att_tokens *tokens;
    size_t behind; /* the turn's last token */
    att_cue_list *list;
    bool further; /* a second word led on */
} search;

/* What ends at a tree node, for the tokens [first, behind). */
static bool accept(const search *s, uint32_t node, size_t first, size_t behind)
{
    const att_phrases *phrases = &s->set->phrases;
    att_cue_list *list = s->list;

    for (uint32_t i = phrases->nodes[node].accept; i != ATT_NO_ACCEPT; i = phrases->accepts[i].next) {
        att_cue cue = {(uint32_t)first, (uint32_t)(behind - first), phrases->accepts[i].entry};
        bool added = phrases->accepts[i].exception
                         ? add_cue(&list->exceptions, &list->exception_count, &list->exception_capacity, cue)
                         : add_cue(&list->items, &list->count, &list->capacity, cue);
        if (!added)
            return false;
    }
    return true;
}

/* All that goes on from a tree node that token `at` - 1 led to. As deep as the longest cue. */
static bool walk(search *s, uint32_t node, size_t first, size_t at)
{
    const att_phrases *phrases = &s->set->phrases;

    if (!accept(s, node, first, at))
        return false;
    if (at >= s->behind || !phrases->nodes[node].has_children)
        return true;
    att_type_range range = s->types->ranges[s->tokens->type[at]].later;
    for (uint32_t e = 0; e < range.count; e++) {
        uint32_t child = att_phrases_child(phrases, node, s->types->ids[range.first + e]);
        if (child == ATT_NO_PHRASE)
            continue;
        s->further = true;
        if (!walk(s, child, first, at + 1))
            return false;
    }
    return true;
}

static bool begin(search *s, size_t at)
{
    att_type_range range = s->types->ranges[s->tokens->type[at]].later;

    for (uint32_t e = 0; e < range.count; e++) {
        uint32_t node = s->set->phrases.first[s->types->ids[range.first + e]];
        if (node != ATT_NO_PHRASE && !walk(s, node, at, at + 1))
            return false;
    }
    return true;
}

/* Takes the kinds of each exception from the cues that it covers. Both lists are in order of first tokens. */
static void cancel(att_cue_list *list)
{
    size_t from = 0;

    for (size_t i = 0; i < list->exception_count; i++) {
        const att_cue *exception = &list->exceptions[i];
        uint32_t end = exception->first + exception->count;
        while (from < list->count && list->items[from].first < exception->first)
            from++;
        for (size_t c = from; c < list->count && list->items[c].first < end; c++)
            if (list->items[c].first + list->items[c].count <= end)
                list->items[c].kinds &= ~exception->kinds;
    }
}

/* The same, but two words that begin nothing are remembered. */
static bool begin_pair(att_cue_finder *finder, search *s, size_t at)
{
    uint64_t pair = (uint64_t)s->tokens->type[at] << 32 | (s->tokens->type[at + 1] + 1);
    uint64_t *dead = &finder->dead[(pair * 0x9E3779B97F4A7C15u) >> 52];
    size_t found = s->list->count + s->list->exception_count;

    if (*dead == pair)
        return true;
    s->further = false;
    if (!begin(s, at))
        return false;
    if (!s->further && s->list->count + s->list->exception_count == found)
        *dead = pair;
    return true;
}

/* What begins at token `at`, which is a cue or may begin one. */
static bool look_at(att_cue_finder *finder, search *s, size_t at)
{
    const uint64_t *notes = s->tokens->note;
    uint32_t bits = ATT_NOTE_CUES(notes[at]);
    att_cue cue = {(uint32_t)at, 1, bits & LISTED};

    if (cue.kinds && !add_cue(&s->list->items, &s->list->count, &s->list->capacity, cue))
        return false;
    if (!(bits & ATT_CUE_BEGINS))
        return true;
    /* A separator's note says that nothing follows. */
    return !(ATT_NOTE_CUES(notes[at + 1]) & ATT_CUE_FOLLOWS) || begin_pair(finder, s, at);
}

/* The bits of the word that holds token `at`, of tokens in [from, to). */
static uint64_t bits_within(const uint64_t *wanted, size_t word, size_t from, size_t to)
{
    uint64_t bits = wanted[word];

    if (word == from / 64)
        bits &= UINT64_MAX << (from % 64);
    if (word == to / 64)
        bits &= ((uint64_t)1 << (to % 64)) - 1;
    return bits;
}

bool att_cues_find(att_cue_finder *finder, const att_type_elements *types, const uint64_t *wanted,
                   const att_tokens *tokens, const att_token_turn *turn, att_cue_list *list)
{
    search s = {finder->set, types, tokens, turn->first + turn->count, list, false};

    list->count = list->exception_count = 0;
    for (size_t word = turn->first / 64; word * 64 < s.behind; word++) {
        for (uint64_t bits = bits_within(wanted, word, turn->first, s.behind); bits; bits &= bits - 1)
            if (!look_at(finder, &s, word * 64 + (size_t)__builtin_ctzll(bits)))
                return false;
    }
    if (list->exception_count)
        cancel(list);
    return true;
}
