/* The ways to write a term out: alternatives in round brackets, optional parts in square ones, gaps of some tokens.
 *
 * A term is a tree: a list of items, each a text, a gap or a group of alternatives that are lists of items again. The
 * ways are numbered, and way n is written without any before it, so that nothing but the tree is ever kept.
 *
 *     (peer|recovery college|) support*  ->  peer support*, recovery college support*, support*
 *     [really] good                      ->  really good, good
 *     lived ~2 experience                ->  lived experience, lived * experience, lived * * experience */
#ifndef ATT_LEXICON_WAYS_H
#define ATT_LEXICON_WAYS_H

#include "lexicon/draft.h"

#define ATT_MOST_WAYS 20000u

typedef struct {
    struct ways_item *items;
    size_t item_count, item_capacity;
    struct ways_branch *branches; /* those of one group side by side */
    size_t branch_count, branch_capacity;
    struct ways_branch *open; /* of the groups that are being read */
    size_t open_count, open_capacity;
    uint32_t root;  /* first item */
    uint32_t count; /* of the ways, at most ATT_MOST_WAYS */
} att_ways;

/* One way. Gaps are `*`, once for each token. */
typedef struct {
    att_buffer *text;
    uint64_t steps;             /* what writing cost; goes on over all ways */
    size_t first_gap, last_gap; /* where in the text the `*` of gaps stand; SIZE_MAX: nowhere */
} att_way;

/* Does the term hold a sign that only this understands? Else it is its own only way. */
bool att_ways_are_needed(att_span term);

/* Reads a term. Refuses what is no term, and more than ATT_MOST_WAYS ways. A zeroed `out` is ready for this and must be
 * cleared in any case. The node must outlive it. */
att_status att_ways_read(att_ways *out, att_draft *draft, const att_yaml_node *node);
void att_ways_clear(att_ways *ways);

/* Replaces the text by way `number`. */
void att_ways_write(const att_ways *ways, uint32_t number, att_way *out);

#endif
