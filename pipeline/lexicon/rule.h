/* Rules: markers whose hits are combinations of the hits of others (docs/lexicon-format.md, "Rules").
 *
 *     change_report:
 *       rule: "reflexive near/12 (technical | appreciative) and role = staff"
 *       within: sentence
 *
 * A rule is a tree of operands and operators. It is parsed here and evaluated by match/rules.c. */
#ifndef ATT_LEXICON_RULE_H
#define ATT_LEXICON_RULE_H

#include <attune/span.h>
#include <stdbool.h>
#include <stdint.h>

typedef enum {
    ATT_RULE_MARKER,    /* hits of a marker, in the senses that it counts */
    ATT_RULE_TERM,      /* matches of a term in quotation marks */
    ATT_RULE_CUES,      /* words of a list of cues */
    ATT_RULE_CONDITION, /* what the speaker table says of the speaker */
    ATT_RULE_NEAR,      /* left, with at most `distance` tokens between it and right, on either side */
    ATT_RULE_BEFORE,    /* the same, right behind it */
    ATT_RULE_AFTER,     /* the same, right before it */
    ATT_RULE_NOT_NEAR,  /* left, where no right is so near */
    ATT_RULE_AND,       /* left and right in one turn or sentence */
    ATT_RULE_AND_NOT,   /* left where there is no right */
    ATT_RULE_OR,
} att_rule_kind;

typedef struct {
    att_rule_kind kind;
    uint32_t left, right; /* of an operator: indexes in lexicon->rule_parts */
    uint32_t distance;    /* of NEAR, BEFORE, AFTER and NOT_NEAR: at most so many tokens stand between */
    uint32_t marker;      /* index */
    uint32_t term;        /* in lexicon->rule_terms */
    uint32_t cues;        /* kinds (cues.h) */
    const char *column;   /* of a condition */
    const char *value;
    bool differs; /* the condition is != */
} att_rule_part;

typedef struct {
    uint32_t marker; /* whose rule it is */
    uint32_t root;   /* in lexicon->rule_parts */
    bool sentence;   /* its parts are in one sentence; else in one turn */
} att_rule;

#endif
