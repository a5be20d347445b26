#include "match/senses.h"

#include "match/note.h"
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
    size_t near; /* cues before this one are too far from this hit and all later ones */
    bool quotes; /* there may be quotation marks in its text */
} view;

/* A hit, and how far its clause and sentence go as far as cues reach: worked out when a cue asks. */
typedef struct {
    size_t first, end;
    size_t clause_from, clause_to;
    size_t sentence_from, sentence_to;
    bool clause_known, sentence_known;
} place;

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

/* The first token, not before `least`, from which no gap of the classes lies before `first`. */
static size_t reach_left(const view *v, size_t first, size_t least, unsigned classes)
{
    size_t at = first;

    while (at > least && !(gap_before(v, at) & classes))
        at--;
    return at;
}

/* Behind the last token, before `most`, to which no gap of the classes lies behind `end`. */
static size_t reach_right(const view *v, size_t end, size_t most, unsigned classes)
{
    size_t at = end;

    while (at < most && !(gap_before(v, at) & classes))
        at++;
    return at;
}

static size_t left_of(const view *v, size_t at, size_t reach)
{
    return at - v->turn->first > reach ? at - reach : v->turn->first;
}

static size_t right_of(const view *v, size_t at, size_t reach)
{
    return v->end - at > reach ? at + reach : v->end;
}

/* A cue of several words may begin before its reach, so there is room for the longest. */
enum { ROOM = 64 };

/* The clause: no clause or sentence ends in it, and no word of contrast. */
static void know_clause(const view *v, place *p)
{
    if (p->clause_known)
        return;
    p->clause_known = true;
    p->clause_from = reach_left(v, p->first, left_of(v, p->first, ATT_REACH_NEGATOR + ROOM), CLAUSE);
    p->clause_to = reach_right(v, p->end, right_of(v, p->end, ATT_REACH_NEGATOR + ROOM), CLAUSE);
    for (size_t i = v->near; i < v->cue_count && v->cues[i].first < p->clause_to; i++) {
        size_t from = v->cues[i].first, to = from + v->cues[i].count;
        if (!(v->cues[i].kinds & ATT_CUE_CONTRAST))
            continue;
        if (to <= p->first && to > p->clause_from)
            p->clause_from = to;
        if (from >= p->end && from < p->clause_to)
            p->clause_to = from;
    }
}

static void know_sentence(const view *v, place *p)
{
    if (p->sentence_known)
        return;
    p->sentence_known = true;
    p->sentence_from = reach_left(v, p->first, left_of(v, p->first, ATT_REACH_REPORT + ROOM), ATT_GAP_SENTENCE);
    p->sentence_to = reach_right(v, p->end, right_of(v, p->end, ATT_REACH_METALANGUAGE + ROOM), ATT_GAP_SENTENCE);
}

static bool in_clause(const view *v, place *p, const att_cue *cue)
{
    know_clause(v, p);
    return cue->first >= p->clause_from && cue->first + cue->count <= p->clause_to;
}

static bool in_sentence(const view *v, place *p, const att_cue *cue)
{
    know_sentence(v, p);
    return cue->first >= p->sentence_from && cue->first + cue->count <= p->sentence_to;
}

/* ---- quotations ---- */

/* May the text hold quotation marks? An apostrophe inside a word is none. */
static bool has_quotes(att_span text)
{
    const char *at = text.text, *end = text.text + text.size;

    if (memchr(at, '"', text.size))
        return true;
    for (; (at = memchr(at, '\'', (size_t)(end - at))); at++)
        if (at == text.text || !((at[-1] | 0x20) >= 'a' && (at[-1] | 0x20) <= 'z'))
            return true;
    /* U+00AB and U+00BB; U+2018 and U+201A to U+201F, U+2039 and U+203A; U+300C to U+300F. */
    for (at = text.text; (at = memchr(at, 0xC2, (size_t)(end - at))); at++)
        if (end - at > 1 && ((unsigned char)at[1] == 0xAB || (unsigned char)at[1] == 0xBB))
            return true;
    for (at = text.text; (at = memchr(at, 0xE2, (size_t)(end - at))); at++)
        if (end - at > 2 && (unsigned char)at[1] == 0x80 && (unsigned char)at[2] >= 0x98 &&
            (unsigned char)at[2] != 0x99 && (unsigned char)at[2] <= 0xBA)
            return true;
    for (at = text.text; (at = memchr(at, 0xE3, (size_t)(end - at))); at++)
        if (end - at > 2 && (unsigned char)at[1] == 0x80 && (unsigned char)at[2] >= 0x8C &&
            (unsigned char)at[2] <= 0x8F)
            return true;
    return false;
}

/* The hit between quotation marks: a few words are mentioned, more are another's voice. ATT_USED: neither. */
static att_sense quotation(const view *v, const place *p)
{
    const unsigned marks = ATT_GAP_QUOTE_OPEN | ATT_GAP_QUOTE_CLOSE;
    size_t least = left_of(v, p->first, ATT_REACH_QUOTE), most = right_of(v, p->end, ATT_REACH_QUOTE);
    size_t from = p->first, to = p->end;

    while (from > least && !(gap_before(v, from) & marks))
        from--;
    if (!(gap_before(v, from) & ATT_GAP_QUOTE_OPEN))
        return ATT_USED;
    while (to < most && !(gap_before(v, to) & marks))
        to++;
    if (!(gap_before(v, to) & ATT_GAP_QUOTE_CLOSE))
        return ATT_USED;
    return to - from <= ATT_SCARE_QUOTED ? ATT_MENTIONED : ATT_REPORTED;
}

/* ---- cues ---- */

/* Is the subject of a reporting verb the speaker? The nearest word that can be one, before it in its clause, or
 * directly behind it where the language puts it there. */
static bool is_own_speech(const view *v, const att_cue *verb)
{
    size_t least = left_of(v, verb->first, ATT_REACH_SUBJECT), behind = verb->first + verb->count;

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

/* What cue i, before the hit, makes of it; one bit a sense. */
static unsigned ask_before(const view *v, place *p, size_t i)
{
    const att_cue *cue = &v->cues[i];
    size_t between = p->first - (cue->first + cue->count);
    unsigned found = 0;

    if (cue->kinds & ATT_CUE_NEGATES_BEHIND && between < ATT_REACH_NEGATOR && in_clause(v, p, cue))
        found |= only_follows(v, i) ? 1u << ATT_MENTIONED : 1u << ATT_NEGATED;
    if (cue->kinds & ATT_CUE_RELATIVISER && between < ATT_REACH_RELATIVISER && in_clause(v, p, cue))
        found |= 1u << ATT_MENTIONED;
    if (cue->kinds & ATT_CUE_METALANGUAGE && between < ATT_REACH_METALANGUAGE && in_sentence(v, p, cue))
        found |= 1u << ATT_MENTIONED;
    if (cue->kinds & (ATT_CUE_REPORTING | ATT_CUE_HEARSAY) && between < ATT_REACH_REPORT && in_sentence(v, p, cue) &&
        (cue->kinds & ATT_CUE_HEARSAY || !is_own_speech(v, cue)))
        found |= 1u << ATT_REPORTED;
    return found;
}

static unsigned ask_behind(const view *v, place *p, const att_cue *cue)
{
    size_t between = cue->first - p->end;
    unsigned found = 0;

    if (cue->kinds & ATT_CUE_NEGATES_BEFORE && between < ATT_REACH_NEGATOR && in_clause(v, p, cue))
        found |= 1u << ATT_NEGATED;
    if (cue->kinds & ATT_CUE_METALANGUAGE && between < ATT_REACH_METALANGUAGE && in_sentence(v, p, cue))
        found |= 1u << ATT_MENTIONED;
    return found;
}

/* Tokens of the hit itself are never its cue. */
static att_sense sense_of(view *v, const att_hit *hit)
{
    place p = {.first = hit->first, .end = (size_t)hit->first + hit->count};
    unsigned found = 0;

    if (v->quotes)
        found = 1u << quotation(v, &p) & ~(1u << ATT_USED);
    while (v->near < v->cue_count && v->cues[v->near].first + ROOM + ATT_REACH_REPORT < p.first)
        v->near++;
    for (size_t i = v->near; i < v->cue_count && v->cues[i].first < p.end + ATT_REACH_METALANGUAGE; i++) {
        if (v->cues[i].first + v->cues[i].count <= p.first)
            found |= ask_before(v, &p, i);
        else if (v->cues[i].first >= p.end)
            found |= ask_behind(v, &p, &v->cues[i]);
    }
    if (!found)
        return ATT_USED;
    return found >> ATT_MENTIONED & 1 ? ATT_MENTIONED : found >> ATT_REPORTED & 1 ? ATT_REPORTED : ATT_NEGATED;
}

bool att_senses_assign(const att_cue_set *set, const att_type_elements *types, const att_tokens *tokens,
                       att_cue_list *list, att_hits *hits)
{
    const att_token_turn *turn = tokens->turns;
    const att_hit *last = NULL;
    view v = {.tokens = tokens};

    for (size_t i = 0; i < hits->count; i++) {
        att_hit *hit = &hits->items[i];
        if (v.turn == NULL || hit->first >= v.end) {
            while (hit->first >= turn->first + turn->count)
                turn++;
            if (!att_cues_find(set, types, tokens, turn, list))
                return false;
            v = (view){tokens, turn, turn->first + turn->count, list->items, list->count, 0, has_quotes(turn->text)};
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
