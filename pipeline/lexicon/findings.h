/* The table of entries seen so far, by their elements: for findings about repetition. */
#ifndef ATT_LEXICON_FINDINGS_H
#define ATT_LEXICON_FINDINGS_H

#include "lexicon/draft.h"

typedef struct {
    struct {
        uint32_t entry; /* + 1; 0: free */
        uint32_t group;
    } * slots;
    size_t count;
} att_seen;

/* A zeroed table for all entries of the draft. */
att_status att_seen_open(att_seen *seen, const att_draft *draft);
void att_seen_close(att_seen *seen);

/* The first entry of the group with the same elements; the entry itself when it is the first. */
uint32_t att_seen_add(att_seen *seen, const att_draft *draft, uint32_t entry, uint32_t group);

#endif
