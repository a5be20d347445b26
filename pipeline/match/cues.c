#include "match/cues.h"

#include "base/buffer.h"
#include "match/note.h"

#include <stdlib.h>

/* The kinds that are looked for by themselves; the others matter beside a reporting verb only. */
#define LISTED                                                                                                         \
    (ATT_CUE_NEGATES_BEHIND | ATT_CUE_NEGATES_BEFORE | ATT_CUE_ONLY | ATT_CUE_CONTRAST | ATT_CUE_RELATIVISER |         \
     ATT_CUE_METALANGUAGE | ATT_CUE_REPORTING | ATT_CUE_HEARSAY)

att_status att_cue_set_init(att_cue_set *set, uint32_t elements, att_error *error)
{
    *set = (att_cue_set){.elements = elements};
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
    if (length == 1 && !exception) {
        set->kinds[elements[0]] |= kinds;
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
static bool walk(const search *s, uint32_t node, size_t first, size_t at)
{
    const att_phrases *phrases = &s->set->phrases;

    if (!accept(s, node, first, at))
        return false;
    if (at >= s->behind || !phrases->nodes[node].has_children)
        return true;
    att_type_range range = s->types->ranges[s->tokens->type[at]];
    for (uint32_t e = 0; e < range.count; e++) {
        uint32_t child = att_phrases_child(phrases, node, s->types->ids[range.first + e]);
        if (child != ATT_NO_PHRASE && !walk(s, child, first, at + 1))
            return false;
    }
    return true;
}

static bool begin(const search *s, size_t at)
{
    att_type_range range = s->types->ranges[s->tokens->type[at]];

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

bool att_cues_find(const att_cue_set *set, const att_type_elements *types, const att_tokens *tokens,
                   const att_token_turn *turn, att_cue_list *list)
{
    const uint64_t wanted = (uint64_t)(LISTED | ATT_CUE_BEGINS) << ATT_NOTE_CUES_AT;
    search s = {set, types, tokens, turn->first + turn->count, list};

    list->count = list->exception_count = 0;
    for (size_t at = turn->first; at < s.behind; at++) {
        if (!(tokens->note[at] & wanted))
            continue;
        uint32_t bits = ATT_NOTE_CUES(tokens->note[at]);
        att_cue cue = {(uint32_t)at, 1, bits & LISTED};
        if (cue.kinds && !add_cue(&list->items, &list->count, &list->capacity, cue))
            return false;
        if (bits & ATT_CUE_BEGINS && !begin(&s, at))
            return false;
    }
    cancel(list);
    return true;
}
