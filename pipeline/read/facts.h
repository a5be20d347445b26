/* What a transcript says about itself and its speakers, as it is gathered. Tables of turns say it again with every
 * turn, so facts are found by hash: memory grows with the number of speakers, not of turns. */
#ifndef ATT_READ_FACTS_H
#define ATT_READ_FACTS_H

#include "base/arena.h"
#include "read/format.h"

/* A zeroed one is empty. */
typedef struct {
    att_arena arena;
    att_transcript_info info; /* what was gathered; grows in place */
    att_speaker_fact *facts;
    size_t capacity;
    uint32_t *slots; /* number of a fact, plus 1; 0: free */
    size_t slot_count;
    uint64_t seed;
} att_facts;

void att_facts_clear(att_facts *facts);

/* All copy; false: no memory. A fact that was said already is not said again; the first title, date and language stand.
 */
bool att_facts_language(att_facts *facts, att_span language);
bool att_facts_title(att_facts *facts, att_span title);
bool att_facts_date(att_facts *facts, att_span date);
bool att_facts_add(att_facts *facts, att_span label, att_span column, att_span value);

#endif
