/* What an engine is made of: for engine.c, which compiles it, and matcher.c, which searches by it. Private to the match
 * stage. */
#ifndef ATT_MATCH_COMPILED_H
#define ATT_MATCH_COMPILED_H

#include "match/elements.h"
#include "match/engine.h"
#include "match/phrases.h"
#include "match/turns.h"

typedef struct {
    const att_entry *entry;
    const att_marker_nodes *nodes;
} engine_entry;

struct att_engine {
    att_element *elements; /* of all lexicons, each once */
    uint32_t element_count;
    engine_entry *entries;
    uint32_t entry_count;
    uint32_t node_count; /* one more than the highest node */
    att_element_set *set;
    att_phrases phrases;
    att_turn_regexes turns;
    uint32_t element_room;
};

#endif
