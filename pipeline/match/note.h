/* What the matcher keeps of a type, as the vocabulary's note: packed so that the common type, which matches nothing,
 * costs one look, and so that vectors of notes can be asked by their top bits. Private to the match stage. */
#ifndef ATT_MATCH_NOTE_H
#define ATT_MATCH_NOTE_H

#include "match/automaton.h"

/* The automaton's state behind the type as a first token, and its class as a later one. */
#define ATT_NOTE_STATE(note) ((uint32_t)(note) & (uint32_t)ATT_UNKNOWN_ID)
#define ATT_NOTE_CLASS(note) ((uint32_t)((note) >> 32) & (uint32_t)ATT_UNKNOWN_ID)

#define ATT_NOTE_FOLLOWS ((uint64_t)1 << 63) /* its class is not ATT_DEAD: it may be a later token of a phrase */
#define ATT_NOTE_BEGINS  ((uint64_t)1 << 62) /* it may be the first token of a phrase */
#define ATT_NOTE_ALONE   ((uint64_t)1 << 61) /* an entry is this token alone; or its state is unknown */

/* What the type is a cue of (match/cues.h): 14 bits beside the state. */
#define ATT_NOTE_CUES_AT    18
#define ATT_NOTE_CUES(note) ((uint32_t)((note) >> ATT_NOTE_CUES_AT) & 0x3FFFu)

/* Single words that are cues, the first word of a longer one, and a later word of one. */
#define ATT_NOTE_CUE         ((uint64_t)0xFF << ATT_NOTE_CUES_AT)
#define ATT_NOTE_CUE_BEGINS  ((uint64_t)1 << (ATT_NOTE_CUES_AT + 12))
#define ATT_NOTE_CUE_FOLLOWS ((uint64_t)1 << (ATT_NOTE_CUES_AT + 13))

/* Which of 64 tokens may begin a match, one bit each: those that match alone, and those that begin a phrase and have
 * one that follows behind them. *cues: the same of cues. notes: `count` of them (at most 64) and one more. Without a
 * branch for a token: words that begin phrases are common and cannot be foretold. */
typedef uint64_t att_note_scan(const uint64_t *notes, size_t count, uint64_t *cues);

/* The fastest that the processor can do. */
att_note_scan *att_note_scan_choose(void);

#endif
