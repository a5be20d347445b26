/* Facts about many speakers, as a table of turns says them again with every turn: the first that is said stands. */
#ifndef ATT_READ_SPEAKER_FACTS_H
#define ATT_READ_SPEAKER_FACTS_H

#include "base/arena.h"
#include "read/format.h"

/* A zeroed one is empty. Memory grows with the number of speakers, not of turns. */
typedef struct {
    att_arena arena;
    att_transcript_info info;
    att_speaker_fact *facts;
    size_t capacity;
    uint32_t *slots; /* number of a fact, plus 1 */
    size_t slot_count;
    uint64_t seed;
} att_speaker_facts;

void att_speaker_facts_clear(att_speaker_facts *facts);

/* Copies; false: no memory. Nothing is said by an empty value. */
bool att_speaker_facts_add(att_speaker_facts *facts, att_span label, att_span column, att_span value);

#endif
