/* "Did you mean": the known word that a mistyped one is closest to. */
#ifndef ATT_BASE_NEAREST_H
#define ATT_BASE_NEAREST_H

#include <attune/span.h>
#include <stddef.h>

/* How many letters (bytes) must be put in, left out, replaced or swapped with their neighbour to make one word of the
 * other (optimal string alignment); limit + 1 when it is more than limit or a word is longer than 64 bytes. */
size_t att_edit_distance(att_span a, att_span b, size_t limit);

/* The first of the closest words within limit, but never one of which nothing is left; NULL: there is none. */
const char *att_nearest(att_span word, const char *const *words, size_t count, size_t limit);

#endif
