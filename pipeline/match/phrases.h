/* Sequences of elements as one tree: a path from the root is an entry (or an exception). Private to the match stage.
 * Read-only after building. */
#ifndef ATT_MATCH_PHRASES_H
#define ATT_MATCH_PHRASES_H

#include "match/elements.h"

/* What a path stands for: an entry of the engine, or an exception of that entry. */
typedef struct {
    uint32_t entry;
    bool exception;
    uint32_t next; /* another one at the same tree node; ATT_NO_ACCEPT: none */
} att_accept;

/* What an element is to the paths: the first word of an entry's or of an exception's, or a later word of any. */
enum { ATT_BEGINS_ENTRY = 1, ATT_BEGINS_EXCEPTION = 2, ATT_FOLLOWS = 4 };

#define ATT_NO_ACCEPT UINT32_MAX
#define ATT_NO_PHRASE 0u /* tree node 0 is the root, which nothing leads to */

typedef struct {
    uint32_t accept; /* first in the list of what ends here */
    bool has_children;
} att_phrase_node;

typedef struct {
    att_phrase_node *nodes;
    size_t count, capacity;
    att_accept *accepts;
    size_t accept_count, accept_capacity;
    uint64_t *edges;    /* open addressing: parent << 32 | element; the child is beside it */
    uint32_t *children; /* 0: free slot */
    size_t slots, edge_count;
    uint32_t *first; /* by element: the tree node behind the root, or ATT_NO_PHRASE */
    uint8_t *roles;  /* by element: bits of ATT_BEGINS_… and ATT_FOLLOWS */
    uint32_t elements;
} att_phrases;

att_status att_phrases_new(att_phrases *out, uint32_t elements, att_error *error);
void att_phrases_clear(att_phrases *phrases);
att_status att_phrases_add(att_phrases *phrases, const uint32_t *elements, uint32_t length, uint32_t entry,
                           bool exception, att_error *error);

/* Adds something that ends at no path, before *first in a list; *first becomes it. */
att_status att_phrases_accept(att_phrases *phrases, uint32_t entry, uint32_t *first, att_error *error);

uint32_t att_phrases_child(const att_phrases *phrases, uint32_t node, uint32_t element);

#endif
