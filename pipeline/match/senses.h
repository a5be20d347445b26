/* How each hit is meant: used, mentioned, negated or reported. docs/matching.md ("Senses") says the rules; they look at
 * cue words and at what stands between tokens. Private to the match stage.
 *
 * The order is fixed: overlap inside a node and consumption between poles come before, and a sense never changes what
 * is a hit. */
#ifndef ATT_MATCH_SENSES_H
#define ATT_MATCH_SENSES_H

#include "match/cues.h"
#include "match/engine.h"
#include "match/quotes.h"

/* How far a cue reaches: so many tokens may stand between it and the hit, less one. */
enum {
    ATT_REACH_NEGATOR = 5,
    ATT_REACH_RELATIVISER = 4,
    ATT_REACH_METALANGUAGE = 10,
    ATT_REACH_REPORT = 12,
    ATT_REACH_SUBJECT = 3, /* tokens before a reporting verb where its subject is looked for */
    ATT_REACH_QUOTE = 60,  /* tokens to either side where a quotation mark is looked for */
    ATT_SCARE_QUOTED = 4,  /* a quotation of so many tokens or fewer is a mention, a longer one another's voice */
};

/* The scratch memory of one thread. */
typedef struct {
    att_cue_finder finder;
    att_cue_list cues;
    att_quote_list quotes;
} att_senses;

void att_senses_init(att_senses *senses, const att_cue_set *set);
void att_senses_clear(att_senses *senses);
void att_senses_reset(att_senses *senses); /* the types are numbered anew */

/* Sets the sense of all hits of the tokens' turns. wanted: as att_cues_find. false: no memory. */
bool att_senses_assign(att_senses *senses, const att_type_elements *types, const uint64_t *wanted,
                       const att_tokens *tokens, att_hits *hits);

#endif
