#include "match/senses.h"

#include "tokenise/tokenise.h"

#include <string.h>

#define CLAUSE (ATT_GAP_CLAUSE | ATT_GAP_SENTENCE)

/* A turn that has hits. Token numbers are those of the arrays. */
typedef struct {
    const att_tokens *tokens;
    const att_token_turn *turn;
    size_t end; /* behind its last token */
    const att_cue *cues;
    size_t cue_count;
    size_t next;            /* the first cue that does not begin before the hit */
    size_t longest;         /* words of a cue */
    const uint32_t *quotes; /* tokens that a quotation mark stands before */
    size_t quote_count;
    size_t quote_next; /* the first of them behind the hit's first token */
} view;

/* One side of a hit, as far as cues have made us look. */
typedef struct {
    size_t at; /* the gap before this token is the next to be looked at, going away from the hit */
    bool clause_ended, sentence_ended;
    bool contrast; /* a word of contrast stands between */
} side;

/* ---- what stands between tokens ---- */

/* The class of the gap before token `at`; nearly all are one space. */
static unsigned gap_before(const view *v, size_t at)
{
    const att_tokens *tokens = v->tokens;

    if (tokens->gap[at] != ATT_GAP_UNKNOWN)
        return tokens->gap[at];
    if (at > v->turn->first && at < v->end && tokens->start[at] - tokens->end[at - 1] == 1 &&
        v->turn->text.text[tokens->end[at - 1]] == ' ')
        return ATT_GAP_SPACE;
    att_gaps_classify(tokens, v->turn, at - v->turn->first, at - v->turn->first);
    return tokens->gap[at];
}

static void look_at_gap(const view *v, side *s)
{
    unsigned gap = gap_before(v, s->at);

    s->clause_ended |= (gap & CLAUSE) != 0;
    s->sentence_ended |= (gap & ATT_GAP_SENTENCE) != 0;
}

/* Looks at the gaps from the hit to the one before token `to`. Each is looked at once, for all cues of the hit. */
static void look_left(const view *v, side *s, size_t to)
{
    for (; !s->sentence_ended && s->at >= to; s->at--)
        look_at_gap(v, s);
}

static void look_right(const view *v, side *s, size_t to)
{
    for (; !s->sentence_ended && s->at <= to; s->at++)
        look_at_gap(v, s);
}

/* ---- quotations ---- */

/* The hit between quotation marks: a few words are mentioned, more are another's voice. ATT_USED: neither. */
static att_sense quotation(view *v, size_t first, size_t end)
{
    const uint32_t *quotes = v->quotes;

    while (v->quote_next < v->quote_count && quotes[v->quote_next] <= first)
        v->quote_next++;
    size_t behind = v->quote_next;
    if (!behind)
        return ATT_USED;
    size_t from = quotes[behind - 1];
    if (first - from > ATT_REACH_QUOTE || !(gap_before(v, from) & ATT_GAP_QUOTE_OPEN))
        return ATT_USED;
    /* A mark inside the hit says nothing about it. */
    while (behind < v->quote_count && quotes[behind] < end)
        behind++;
    if (behind == v->quote_count || quotes[behind] - end > ATT_REACH_QUOTE ||
        !(gap_before(v, quotes[behind]) & ATT_GAP_QUOTE_CLOSE))
        return ATT_USED;
    return quotes[behind] - from <= ATT_SCARE_QUOTED ? ATT_MENTIONED : ATT_REPORTED;
}

/* ---- cues ---- */

/* Is the subject of a reporting verb the speaker? The nearest word that can be one, before it in its clause, or
 * directly behind it where the language puts it there. */
static bool is_own_speech(const view *v, const att_cue *verb)
{
    size_t before = verb->first - v->turn->first;
    size_t least = verb->first - (before < ATT_REACH_SUBJECT ? before : ATT_REACH_SUBJECT),
           behind = verb->first + verb->count;

    if (behind < v->end && ATT_NOTE_CUES(v->tokens->note[behind]) & ATT_CUE_SPEAKER_AFTER &&
        !(gap_before(v, behind) & CLAUSE))
        return true;
    for (size_t at = verb->first; at > least && !(gap_before(v, at) & CLAUSE); at--) {
        uint32_t kinds = ATT_NOTE_CUES(v->tokens->note[at - 1]);
        if (kinds & ATT_CUE_SPEAKER)
            return true;
        if (kinds & ATT_CUE_OTHERS)
            return false;
    }
    return false;
}

/* Does a word like "only" stand directly behind cue i? */
static bool only_follows(const view *v, size_t i)
{
    uint32_t behind = v->cues[i].first + v->cues[i].count;

    for (size_t j = i + 1; j < v->cue_count && v->cues[j].first <= behind; j++)
        if (v->cues[j].first == behind && v->cues[j].kinds & ATT_CUE_ONLY)
            return true;
    return false;
}

/* What cue i, which ends before the hit, makes of it; one bit a sense. */
static unsigned ask_before(const view *v, side *s, size_t i, size_t first)
{
    const att_cue *cue = &v->cues[i];
    size_t behind = cue->first + cue->count, between = first - behind;
    uint32_t kinds = cue->kinds;
    unsigned found = 0;

    if (between >= ATT_REACH_NEGATOR || s->contrast)
        kinds &= ~(uint32_t)ATT_CUE_NEGATES_BEHIND;
    if (between >= ATT_REACH_RELATIVISER || s->contrast)
        kinds &= ~(uint32_t)ATT_CUE_RELATIVISER;
    if (between >= ATT_REACH_METALANGUAGE)
        kinds &= ~(uint32_t)ATT_CUE_METALANGUAGE;
    if (between >= ATT_REACH_REPORT)
        kinds &= ~(uint32_t)(ATT_CUE_REPORTING | ATT_CUE_HEARSAY);
    if (kinds & ~(uint32_t)(ATT_CUE_ONLY | ATT_CUE_CONTRAST | ATT_CUE_NEGATES_BEFORE))
        look_left(v, s, behind);
    if (s->sentence_ended)
        return 0;
    if (kinds & ATT_CUE_NEGATES_BEHIND && !s->clause_ended)
        found |= only_follows(v, i) ? 1u << ATT_MENTIONED : 1u << ATT_NEGATED;
    if (kinds & ATT_CUE_METALANGUAGE || (kinds & ATT_CUE_RELATIVISER && !s->clause_ended))
        found |= 1u << ATT_MENTIONED;
    if (kinds & ATT_CUE_HEARSAY || (kinds & ATT_CUE_REPORTING && !is_own_speech(v, cue)))
        found |= 1u << ATT_REPORTED;
    s->contrast |= (kinds & ATT_CUE_CONTRAST) != 0;
    return found;
}

/* The same of a cue that begins behind the hit. */
static unsigned ask_behind(const view *v, side *s, const att_cue *cue, size_t end)
{
    size_t between = cue->first - end;
    unsigned found = 0;
    bool negates = cue->kinds & ATT_CUE_NEGATES_BEFORE && between < ATT_REACH_NEGATOR && !s->contrast;
    bool speaks = cue->kinds & ATT_CUE_METALANGUAGE && between < ATT_REACH_METALANGUAGE;

    if (negates || speaks)
        look_right(v, s, cue->first);
    if (negates && !s->clause_ended)
        found |= 1u << ATT_NEGATED;
    if (speaks && !s->sentence_ended)
        found |= 1u << ATT_MENTIONED;
    s->contrast |= (cue->kinds & ATT_CUE_CONTRAST) != 0;
    return found;
}

/* What the cues around a hit make of it, from the nearest outwards. Tokens of the hit itself are never its cue. */
static unsigned ask_cues(view *v, size_t first, size_t end)
{
    side left = {.at = first}, right = {.at = end};
    const att_cue *cues = v->cues;
    unsigned found = 0;

    while (v->next < v->cue_count && cues[v->next].first < first)
        v->next++;
    for (size_t i = v->next; i-- > 0 && cues[i].first + v->longest + ATT_REACH_REPORT >= first && !left.sentence_ended;)
        if (cues[i].first + cues[i].count <= first)
            found |= ask_before(v, &left, i, first);
    for (size_t i = v->next; i < v->cue_count && cues[i].first < end + ATT_REACH_METALANGUAGE && !right.sentence_ended;
         i++)
        if (cues[i].first >= end)
            found |= ask_behind(v, &right, &cues[i], end);
    return found;
}

/* A mention outweighs a report, and a report a negation. */
static att_sense sense_of(view *v, const att_hit *hit)
{
    size_t first = hit->first, end = first + hit->count;
    unsigned found = v->quote_count ? 1u << quotation(v, first, end) : 0;

    if (!(found >> ATT_MENTIONED & 1))
        found |= ask_cues(v, first, end);
    return found >> ATT_MENTIONED & 1  ? ATT_MENTIONED
           : found >> ATT_REPORTED & 1 ? ATT_REPORTED
           : found >> ATT_NEGATED & 1  ? ATT_NEGATED
                                       : ATT_USED;
}

void att_senses_init(att_senses *senses, const att_cue_set *set)
{
    *senses = (att_senses){.finder = {.set = set}};
}

void att_senses_clear(att_senses *senses)
{
    att_cue_list_clear(&senses->cues);
    att_quote_list_clear(&senses->quotes);
    *senses = (att_senses){0};
}

void att_senses_reset(att_senses *senses)
{
    memset(senses->finder.dead, 0, sizeof senses->finder.dead);
}

/* Finds what the hits of a turn are judged by. */
static bool look_at_turn(att_senses *senses, const att_type_elements *types, const uint64_t *wanted,
                         const att_tokens *tokens, const att_token_turn *turn, view *v)
{
    *v = (view){
        .tokens = tokens, .turn = turn, .end = turn->first + turn->count, .longest = senses->finder.set->longest};
    if (!att_cues_find(&senses->finder, types, wanted, tokens, turn, &senses->cues) ||
        !att_quotes_find(tokens, turn, &senses->quotes))
        return false;
    v->cues = senses->cues.items;
    v->cue_count = senses->cues.count;
    v->quotes = senses->quotes.items;
    v->quote_count = senses->quotes.count;
    return true;
}

bool att_senses_assign(att_senses *senses, const att_type_elements *types, const uint64_t *wanted,
                       const att_tokens *tokens, att_hits *hits)
{
    const att_token_turn *turn = tokens->turns;
    const att_hit *last = NULL;
    view v = {0};

    for (size_t i = 0; i < hits->count; i++) {
        att_hit *hit = &hits->items[i];
        if (!v.turn || hit->first >= v.end) {
            while (hit->first >= turn->first + turn->count)
                turn++;
            if (!look_at_turn(senses, types, wanted, tokens, turn, &v))
                return false;
        }
        /* One match counts for several nodes. */
        if (last && last->first == hit->first && last->count == hit->count)
            hit->sense = last->sense;
        else
            hit->sense = (uint8_t)sense_of(&v, hit);
        last = hit;
    }
    return true;
}
