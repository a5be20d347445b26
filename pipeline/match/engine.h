/* Matching: a token stream against the lexicons of one language.
 *
 * An engine is what the lexicons compile to: read-only, shared between threads. A matcher is an engine with the memory
 * of one thread: it knows each type of its vocabulary once it has been evaluated, and finds the hits of turns.
 *
 * Semantics (docs/matching.md, tests/helpers/reference.c): an entry is one or several sequences of elements, one of
 * which must match adjacent tokens of one turn. A match is dropped where one of its entry's exceptions matches a span
 * that covers it. Then the poles contest tokens, and so do the markers of an `exclusive:` group (contests.h): of
 * overlapping matches of two sides the longest wins (in tokens), then the leftmost, then the entry that stands first.
 * Then, inside a node, a token counts once by the same order. A parent and a pole behave as if the entries of all
 * markers below were their own. Apart from contests nodes are independent of each other. */
#ifndef ATT_MATCH_ENGINE_H
#define ATT_MATCH_ENGINE_H

#include "lexicon/scheme.h"
#include "model/hit.h"
#include "model/token.h"
#include "tokenise/vocabulary.h"

typedef struct att_engine att_engine;

/* Lists of cue words (lexicon/cues.h), by which the senses of hits are told. */
typedef struct {
    const att_lexicon *const *items;
    size_t count; /* 0: every hit is used */
} att_cue_lexicons;

/* Compiles the lexicons (all of one language). nodes[i] are those of lexicons[i]. They and the cues must outlive the
 * engine; entry numbers in hits count through the lexicons in order. */
att_status att_engine_new(att_engine **out, const att_lexicon *const *lexicons, const att_marker_nodes *const *nodes,
                          size_t count, att_cue_lexicons cues, att_error *error);
void att_engine_free(att_engine *engine);

/* The entry behind a hit's number. */
const att_entry *att_engine_entry(const att_engine *engine, uint32_t entry);
/* The nodes that it counts for: its marker first. */
const att_marker_nodes *att_engine_nodes(const att_engine *engine, uint32_t entry);

/* What entries weigh, by number, in millionths (ATT_WEIGHT_ONE); NULL: all weigh 1. */
const uint64_t *att_engine_weights(const att_engine *engine);

/* The regular expressions over turns: how many, and where each stands (its first entry, and the file of that). */
size_t att_engine_turn_regex_count(const att_engine *engine);
const att_entry *att_engine_turn_regex(const att_engine *engine, size_t index, const char **file);

typedef struct {
    att_hit
        *items; /* sorted by node-independent position: first token, then longer first, then entry, then node order */
    size_t count;
    size_t capacity;
    size_t matches; /* hits of markers themselves, not once more for their parents and poles */
} att_hits;

typedef struct att_matcher att_matcher;
att_status att_matcher_new(att_matcher **out, const att_engine *engine, att_error *error);
void att_matcher_free(att_matcher *matcher);

/* What a matcher has to know of each type: hand it to att_vocabulary_assign with the matcher as its context. */
att_status att_matcher_learn(void *matcher, uint32_t type, att_span token, uint64_t *note, att_error *error);

/* What rules ask about who speaks: the value of a column of the speaker table for turn number `turn` of the tokens;
 * size 0: it says nothing. Without it no condition with = holds. */
typedef struct {
    void *context;
    att_span (*value)(void *context, size_t turn, const char *column);
} att_turn_facts;
void att_matcher_set_facts(att_matcher *matcher, att_turn_facts facts);

/* Replaces hits by those of all turns (or pieces) in tokens; none reaches over the end of its turn. The tokens come
 * from one vocabulary, always the same, that was filled with att_matcher_learn; when that is reset, att_matcher_reset.
 */
att_status att_match(att_matcher *matcher, const att_tokens *tokens, att_hits *hits, att_error *error);
void att_matcher_reset(att_matcher *matcher);

/* In how many turns so far an expression over turns took too many steps, so that it has no hits there. */
uint64_t att_matcher_given_up(const att_matcher *matcher, size_t index);
void att_hits_clear(att_hits *hits);

/* Bounds what the matcher may remember of phrases: sets of tree nodes or elements, and transitions between them. Beyond
 * them it searches anew each time, with the same result. The defaults keep it below some 16 MB. */
void att_matcher_bound(att_matcher *matcher, size_t sets, size_t transitions);

#endif
