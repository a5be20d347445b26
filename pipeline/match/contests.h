/* Contests for tokens: between the poles, and between the markers of each `exclusive:` group of a lexicon. Private to
 * the match stage.
 *
 * Matches are looked at in order of priority (longest, then leftmost, then first in the lexicon). One that shares a
 * token with a match of another side that was kept is dropped, for its marker, its parents and its pole; otherwise it
 * is kept and holds its tokens for its side. Within a side nothing is contested: that is each node's own overlap. */
#ifndef ATT_MATCH_CONTESTS_H
#define ATT_MATCH_CONTESTS_H

#include "lexicon/lexicon.h"

/* An entry takes part in a contest, on a side (1 and up). */
typedef struct {
    uint16_t contest;
    uint16_t side;
} att_stake;

typedef struct {
    uint32_t first; /* in `stakes` */
    uint32_t count;
} att_stake_range;

typedef struct {
    att_stake *stakes; /* of each marker, one behind the other */
    size_t stake_count, stake_room;
    att_stake_range *of; /* by entry */
    uint32_t count;      /* contests; 0: there are none, and all else is empty */
} att_contests;

/* Collects the contests of lexicons of one language. entries: how many numbers there are: first those of the lexicons'
 * entries, one lexicon behind the other, then others that contest nothing (terms of rules). */
att_status att_contests_new(att_contests *out, const att_lexicon *const *lexicons, size_t count, size_t entries,
                            att_error *error);
void att_contests_clear(att_contests *contests);

/* holders: of one token, by contest: the side that holds it, 0: none. May this entry have the token? */
static inline bool att_contests_allow(const att_contests *contests, uint32_t entry, const uint16_t *holders)
{
    const att_stake *stake = contests->stakes + contests->of[entry].first;

    for (uint32_t i = 0; i < contests->of[entry].count; i++, stake++)
        if (holders[stake->contest] && holders[stake->contest] != stake->side)
            return false;
    return true;
}

/* The entry holds the token from now on. */
static inline void att_contests_hold(const att_contests *contests, uint32_t entry, uint16_t *holders)
{
    const att_stake *stake = contests->stakes + contests->of[entry].first;

    for (uint32_t i = 0; i < contests->of[entry].count; i++, stake++)
        holders[stake->contest] = stake->side;
}

#endif
