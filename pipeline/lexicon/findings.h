/* The table of sequences seen so far, by their elements: for findings about repetition. */
#ifndef ATT_LEXICON_FINDINGS_H
#define ATT_LEXICON_FINDINGS_H

#include "lexicon/draft.h"

typedef struct {
    struct {
        uint32_t form; /* + 1; 0: free */
        uint32_t entry;
        uint32_t group;
    } * slots;
    size_t count;
} att_seen;

/* A zeroed table for all sequences of the draft's entries. */
att_status att_seen_open(att_seen *seen, const att_draft *draft);
void att_seen_close(att_seen *seen);

/* The first entry of the group with a sequence of the same elements; the entry itself when it is the first. form: one
 * of the entry's. */
uint32_t att_seen_add(att_seen *seen, const att_draft *draft, uint32_t entry, uint32_t form, uint32_t group);

#endif
