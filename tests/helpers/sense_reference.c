#include "sense_reference.h"

#include <string.h>

/* Do the words of a cue stand at place `at`? *length: how many they are. */
static bool stands_at(const test_turn_text *turn, const char *words, size_t at, size_t *length)
{
    *length = 0;
    while (*words) {
        size_t size = strcspn(words, " ");
        if (at + *length >= turn->count || strlen(turn->words[at + *length]) != size ||
            memcmp(turn->words[at + *length], words, size) != 0)
            return false;
        ++*length;
        words += size + (words[size] == ' ');
    }
    return true;
}

/* Is [first, first + count) covered by an exception of the list? */
static bool is_excepted(const test_turn_text *turn, const char *list, size_t first, size_t count)
{
    for (size_t c = 0; c < turn->cue_count; c++) {
        if (turn->cues[c].words[0] != '!' || strcmp(turn->cues[c].list, list) != 0)
            continue;
        for (size_t at = 0; at <= first; at++) {
            size_t length;
            if (stands_at(turn, turn->cues[c].words + 1, at, &length) && at + length >= first + count)
                return true;
        }
    }
    return false;
}

/* Does a cue of the list stand at place `at`? The next one of it from *from on; *from is behind it then. */
static bool next_cue(const test_turn_text *turn, const char *list, size_t at, size_t *from, size_t *length)
{
    for (; *from < turn->cue_count; ++*from) {
        const test_cue *cue = &turn->cues[*from];
        if (cue->words[0] == '!' || strcmp(cue->list, list) != 0 || !stands_at(turn, cue->words, at, length) ||
            is_excepted(turn, list, at, *length))
            continue;
        ++*from;
        return true;
    }
    return false;
}

static bool has_cue(const test_turn_text *turn, const char *list, size_t at)
{
    size_t from = 0, length;

    return next_cue(turn, list, at, &from, &length);
}

/* Is there a gap of the kind before one of the words [from, to]? */
static bool has_break(const test_turn_text *turn, size_t from, size_t to, bool clauses)
{
    for (size_t i = from; i <= to; i++)
        if (turn->gaps[i].sentence || (clauses && turn->gaps[i].clause))
            return true;
    return false;
}

/* Does a whole word of contrast stand within [from, to)? */
static bool has_contrast(const test_turn_text *turn, size_t from, size_t to)
{
    for (size_t at = from; at < to; at++) {
        size_t next = 0, length;
        while (next_cue(turn, "contrast", at, &next, &length))
            if (at + length <= to)
                return true;
    }
    return false;
}

static bool is_own_speech(const test_turn_text *turn, size_t verb, size_t length)
{
    size_t behind = verb + length;

    if (behind < turn->count && has_cue(turn, "speaker_after", behind) && !has_break(turn, behind, behind, true))
        return true;
    for (size_t back = 1; back <= 3 && back <= verb; back++) {
        if (has_break(turn, verb - back + 1, verb - back + 1, true))
            return false;
        if (has_cue(turn, "speaker", verb - back))
            return true;
        if (has_cue(turn, "others", verb - back))
            return false;
    }
    return false;
}

typedef struct {
    const char *list;
    bool before, behind;
    size_t reach;
    bool clause; /* else sentence */
    att_sense gives;
} rule;

static const rule rules[] = {
    {"metalanguage", true, true, 10, false, ATT_MENTIONED}, {"relativisers", true, false, 4, true, ATT_MENTIONED},
    {"reporting", true, false, 12, false, ATT_REPORTED},    {"hearsay", true, false, 12, false, ATT_REPORTED},
    {"negators.before", true, false, 5, true, ATT_NEGATED}, {"negators.either", true, true, 5, true, ATT_NEGATED},
    {"negators.after", false, true, 5, true, ATT_NEGATED},
};

/* What a rule makes of a cue at [at, at + length); ATT_USED: nothing. */
static att_sense apply(const test_turn_text *turn, const rule *r, size_t at, size_t length, size_t first, size_t end)
{
    bool before = at + length <= first, behind = at >= end;
    size_t between = before ? first - (at + length) : at - end;

    if (!((before && r->before) || (behind && r->behind)) || between >= r->reach)
        return ATT_USED;
    if (has_break(turn, before ? at + length : end, before ? first : at, r->clause))
        return ATT_USED;
    if (r->clause && has_contrast(turn, before ? at + length : end, before ? first : at))
        return ATT_USED;
    if (strcmp(r->list, "reporting") == 0 && is_own_speech(turn, at, length))
        return ATT_USED;
    if (r->gives == ATT_NEGATED && before && has_cue(turn, "only", at + length))
        return ATT_MENTIONED;
    return r->gives;
}

static att_sense quotation(const test_turn_text *turn, size_t first, size_t end)
{
    size_t from = first, to = end;

    while (from > 0 && !turn->gaps[from].opens && !turn->gaps[from].closes)
        from--;
    while (to < turn->count && !turn->gaps[to].opens && !turn->gaps[to].closes)
        to++;
    if (!turn->gaps[from].opens || !turn->gaps[to].closes || first - from > 60 || to - end > 60)
        return ATT_USED;
    return to - from <= 4 ? ATT_MENTIONED : ATT_REPORTED;
}

att_sense test_sense(const test_turn_text *turn, size_t first, size_t count)
{
    bool found[ATT_SENSES] = {false};

    found[quotation(turn, first, first + count)] = true;
    for (size_t r = 0; r < sizeof rules / sizeof rules[0]; r++)
        for (size_t at = 0; at < turn->count; at++) {
            size_t from = 0, length;
            while (next_cue(turn, rules[r].list, at, &from, &length))
                found[apply(turn, &rules[r], at, length, first, first + count)] = true;
        }
    return found[ATT_MENTIONED]  ? ATT_MENTIONED
           : found[ATT_REPORTED] ? ATT_REPORTED
           : found[ATT_NEGATED]  ? ATT_NEGATED
                                 : ATT_USED;
}
