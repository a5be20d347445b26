/* What a source itself says about its speakers (CHAT's @ID, `@ana` of ParlaMint, a column `role` of a table of turns):
 * facts that stand where the speaker table has a column of the name but no value there, or no such column. */
#ifndef ATT_TALLY_SAID_H
#define ATT_TALLY_SAID_H

#include "base/arena.h"

#include <stdbool.h>

typedef struct {
    att_span label; /* as it stands in the source */
    att_span column;
    att_span value;
} att_said_fact;

/* A zeroed one is empty. */
typedef struct {
    att_arena arena;
    att_said_fact *facts;
    size_t count, capacity;
} att_said;

void att_said_clear(att_said *said);

/* Copies. A fact without a label, column or value says nothing, and one with the name of a key column of the speaker
 * table (transcript, label, speaker) cannot be told from it: both are left out. false: no memory. */
bool att_said_add(att_said *said, att_span label, att_span column, att_span value);

/* Adds all facts of another one. */
bool att_said_add_all(att_said *to, const att_said *from);

/* Sorts by label and column (bytes) and keeps one fact of each, that with the smallest value: so parts add up to the
 * same in any order. What follows needs it sorted. */
void att_said_sort(att_said *said);

/* The facts about a label; NULL: there are none. */
const att_said_fact *att_said_of(const att_said *said, att_span label, size_t *count);

/* Is this the column, whatever the case of its (ASCII) letters? */
bool att_said_is_column(att_span a, att_span b);

#endif
