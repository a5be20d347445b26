/* Rules: hits that are combinations of others (lexicon/rule.h, docs/matching.md). They come last, when overlap and
 * senses are settled. Private to the match stage. */
#ifndef ATT_MATCH_RULES_H
#define ATT_MATCH_RULES_H

#include "match/compiled.h"

/* Tokens [first, end). */
typedef struct {
    uint32_t first, end;
} att_rule_span;

/* The scratch memory of one thread. */
typedef struct {
    const att_engine *engine;
    att_turn_facts facts;
    uint32_t *present; /* by node: the turn in which it was met last, counted from 1 */
    uint32_t stamp;    /* of the turn */
    att_hit *made;     /* in the turn, by rules: for the rule's marker, its parents and pole */
    size_t made_count, made_room;
    /* Which of them covers a token of a node: open addressing; what has another stamp is free. */
    struct {
        uint64_t key; /* node << 32 | token */
        uint32_t stamp;
        uint32_t made;
    } * owners;
    size_t owner_slots, owner_count;
    att_hit *out; /* all hits, as they will be */
    size_t out_count, out_room;
    void *sentences;         /* ICU's iterator, made when a rule needs it */
    uint32_t *sentence_ends; /* of the turn, in tokens, once a rule has asked for them */
    size_t sentence_count, sentence_room;
    bool sentences_listed;
    const char *language;
} att_rule_matcher;

void att_rule_matcher_init(att_rule_matcher *matcher, const att_engine *engine);
void att_rule_matcher_clear(att_rule_matcher *matcher);

/* Adds the hits of rules to those of the tokens' turns, and takes those of their terms away. */
att_status att_rules_apply(att_rule_matcher *matcher, const att_tokens *tokens, att_hits *hits, att_error *error);

#endif
