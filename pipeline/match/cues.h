/* The cue words of a language, compiled, and where they stand in a turn. Private to the match stage.
 *
 * What a single word is a cue of is learnt once for its type and kept in the note (match/note.h), so that running text
 * without hits pays nothing. Cues of several words, and exceptions, are searched for where a word may begin one, in
 * turns that have hits. */
#ifndef ATT_MATCH_CUES_H
#define ATT_MATCH_CUES_H

#include "lexicon/cues.h"
#include "match/note.h"
#include "match/phrases.h"
#include "model/token.h"

/* Beside the kinds of lexicon/cues.h: it may begin a cue, or an exception, of several words, or be a later word of
 * one. */
#define ATT_CUE_BEGINS  (1u << ATT_CUE_BITS)
#define ATT_CUE_FOLLOWS (2u << ATT_CUE_BITS)

/* Shared between threads. */
typedef struct {
    uint32_t *kinds;     /* by element: what the element alone is a cue of */
    att_phrases phrases; /* those of several words and the exceptions; what ends there has its kinds as `entry` */
    uint32_t longest;    /* words of a cue or an exception */
    bool any;
} att_cue_set;

/* elements: how many there will be at most. */
att_status att_cue_set_init(att_cue_set *set, uint32_t elements, att_error *error);
void att_cue_set_clear(att_cue_set *set);

/* Adds a cue, or an exception: one cancels the cues of its kinds that it covers. */
att_status att_cue_set_add(att_cue_set *set, const uint32_t *elements, uint32_t length, uint32_t kinds, bool exception,
                           att_error *error);

/* What a type with these elements is, for its note. */
uint32_t att_cue_set_bits(const att_cue_set *set, const uint32_t *elements, size_t count);

typedef struct {
    uint32_t first; /* token */
    uint32_t count;
    uint32_t kinds; /* 0: cancelled */
} att_cue;

typedef struct {
    att_cue *items; /* by first token */
    size_t count, capacity;
    att_cue *exceptions;
    size_t exception_count, exception_capacity;
} att_cue_list;

void att_cue_list_clear(att_cue_list *list);

/* Which elements the types have. */
typedef struct {
    uint32_t first; /* in `ids` */
    uint32_t count;
} att_type_range;

typedef struct {
    att_type_range firsts; /* as the first word of an entry */
    att_type_range later;  /* as a later one, and as a cue; nearly always the same */
} att_type_words;

typedef struct {
    const att_type_words *ranges; /* by type */
    const uint32_t *ids;
} att_type_elements;

/* Two words that begin no cue are remembered, so that common pairs are searched for once. */
enum { ATT_DEAD_PAIRS = 4096 };

/* One a thread. */
typedef struct {
    const att_cue_set *set;
    uint64_t
        dead[ATT_DEAD_PAIRS]; /* type << 32 | the next one's + 1; 0: free. To be zeroed when types are renumbered */
} att_cue_finder;

/* Replaces the list by the cues among the tokens of a turn. wanted: one bit for each token of all turns that is a cue
 * or may begin one, as att_note_scan finds them. Those of kinds that only say who speaks are not listed
 * where they are single words: ask the note. false: no memory. */
bool att_cues_find(att_cue_finder *finder, const att_type_elements *types, const uint64_t *wanted,
                   const att_tokens *tokens, const att_token_turn *turn, att_cue_list *list);

#endif
