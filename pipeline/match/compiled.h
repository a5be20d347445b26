/* What an engine is made of: for engine.c, which compiles it, and matcher.c, which searches by it. Private to the match
 * stage. */
#ifndef ATT_MATCH_COMPILED_H
#define ATT_MATCH_COMPILED_H

#include "match/contests.h"
#include "match/cues.h"
#include "match/elements.h"
#include "match/engine.h"
#include "match/phrases.h"
#include "match/turns.h"

typedef struct {
    const att_entry *entry;
    const att_marker_nodes *nodes;
} engine_entry;

/* A lexicon with rules, and where what they need is in the engine. */
typedef struct {
    const att_lexicon *lexicon;
    const att_marker_nodes *nodes; /* by marker */
    uint32_t first_term;           /* of its terms: the first one's node; the others follow */
    uint32_t first_entry;          /* of its rules: the first one's number among the entries; the others follow */
} engine_rules;

struct att_engine {
    att_element *elements; /* of all lexicons, each once */
    uint32_t element_count;
    engine_entry *entries;
    uint32_t entry_count;
    uint32_t node_count; /* one more than the highest node, those of terms among them */
    uint32_t term_node;  /* nodes from here on are of terms in rules: nobody outside knows them */
    engine_rules *rules;
    size_t rules_count;
    bool rules_of_cues; /* there is a rule that needs no hit */
    att_marker_nodes *term_nodes;
    att_element_set *set;
    att_phrases phrases;
    att_cue_set cues;  /* none: every hit is used */
    uint64_t *weights; /* by entry; NULL: all weigh 1 */
    att_contests contests;
    att_turn_regexes turns;
    uint32_t element_room;
};

#endif
