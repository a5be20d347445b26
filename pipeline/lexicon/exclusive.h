/* Groups of markers that exclude each other: `exclusive:` (docs/lexicon-format.md). */
#ifndef ATT_LEXICON_EXCLUSIVE_H
#define ATT_LEXICON_EXCLUSIVE_H

#include "lexicon/lexicon.h"

/* The matcher keeps a number for each token and group, so there is a bound. */
#define ATT_EXCLUSIVE_GROUPS  64u
#define ATT_EXCLUSIVE_MARKERS 10000u /* of one group */

/* By marker: its side in the group, that is the number of the member (1 and up) that it is or stands below; 0: none. */
void att_exclusive_sides(const att_exclusive_group *group, const att_marker *markers, size_t count, uint16_t *sides);

#endif
