/* A hit: one match of an entry at a token range of a turn, on behalf of one node. */
#ifndef ATT_MODEL_HIT_H
#define ATT_MODEL_HIT_H

#include <stdint.h>

/* Weights of entries are kept in millionths, so that their sums are exact. */
#define ATT_WEIGHT_ONE   UINT64_C(1000000)
#define ATT_WEIGHT_LIMIT (1000000 * ATT_WEIGHT_ONE)

typedef enum {
    ATT_USED,      /* said as the speaker's own word */
    ATT_MENTIONED, /* talked about, criticised, relativised */
    ATT_NEGATED,
    ATT_REPORTED, /* another's voice */
    ATT_SENSES
} att_sense;

/* "used", "mentioned", ...: as lexicons and outputs write them. */
extern const char *const att_sense_names[ATT_SENSES];

typedef struct {
    uint32_t node;  /* index in the scheme: a marker, one of its parents, or a pole */
    uint32_t entry; /* index in the lexicon */
    uint32_t first; /* token */
    uint32_t count; /* tokens, >= 1 */
    uint8_t sense;  /* att_sense */
} att_hit;

/* The order in which hits are given, for qsort too: first token, then longer first, then entry, then node. */
static inline int att_hit_compare(const void *a, const void *b)
{
    const att_hit *x = a, *y = b;

    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    if (x->entry != y->entry)
        return x->entry < y->entry ? -1 : 1;
    return (x->node > y->node) - (x->node < y->node);
}

#endif
