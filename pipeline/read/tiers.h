/* Formats with parallel tiers: what was said on several of them, put in order of time; and which tiers were asked for.
 */
#ifndef ATT_READ_TIERS_H
#define ATT_READ_TIERS_H

#include "base/arena.h"
#include "read/document.h"

/* Pieces that wait to be put in order. A zeroed one is empty. */
typedef struct {
    att_arena arena; /* of their texts */
    struct att_waiting *items;
    size_t count;
    size_t capacity;
} att_tiers;

void att_tiers_clear(att_tiers *tiers);

/* The text is copied, label and language are not. order: milliseconds, or any other measure of time. false: no memory.
 */
bool att_tiers_add(att_tiers *tiers, const att_piece *piece, int64_t order);

/* Adds all to the document, in their order; what is of one order as it was added. */
att_status att_tiers_give(att_tiers *tiers, att_document *document, att_error *error);

/* Is a tier of this name asked for with --tier? */
bool att_tier_is_asked(const att_read_options *options, att_span name);

/* The error when none is what it should be. what: "no tier that --tier asks for"; names: of the tiers there are,
 * separated by ", ". */
att_status att_tiers_missing(const char *what, const att_buffer *names, const char *file, att_error *error);

/* A decimal number of seconds as milliseconds, rounded; ATT_NO_TIME: it is none, or beyond 10,000 years. */
int64_t att_seconds_ms(att_span seconds);

#endif
