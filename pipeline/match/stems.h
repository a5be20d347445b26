/* What is left of a word without affixes. Private to the match stage. */
#ifndef ATT_MATCH_STEMS_H
#define ATT_MATCH_STEMS_H

#include "lexicon/lexicon.h"

/* A part of a word, in bytes. */
typedef struct {
    uint32_t from, to;
    uint32_t taken; /* code points that are not in it */
} att_stem;

/* Lists all parts of a folded word that affixes leave, but not the word itself: where the least is taken first, and of
 * those the one that keeps more at its beginning. exact: which form of the affixes; prefixes: they may come off too,
 * not the suffix alone. *stems and *room are an array of the caller's. false: no memory. */
bool att_stems_list(att_stem **stems, size_t *room, size_t *count, const att_spelling *spelling, att_span word,
                    bool exact, bool prefixes);

#endif
