/* Markers by name: by their path, or by its last parts where no other path ends in them. */
#ifndef ATT_LEXICON_MARKER_NAMES_H
#define ATT_LEXICON_MARKER_NAMES_H

#include "lexicon/lexicon.h"

typedef struct {
    const att_marker *markers;
    uint32_t *order; /* by the paths read backwards: those that end alike lie together */
    size_t count;
} att_marker_names;

/* false: no memory. The markers must not change while it is in use. */
bool att_marker_names_new(att_marker_names *out, const att_marker *markers, size_t count);
void att_marker_names_clear(att_marker_names *names);

/* How many markers the name may stand for: 1 where it is a whole path. found[0 .. most): the first of them. */
size_t att_marker_names_find(const att_marker_names *names, att_span name, uint32_t *found, size_t most);

/* The path, or the last name of one, that a mistyped name is closest to; NULL: none is close. */
const char *att_marker_names_near(const att_marker_names *names, att_span name);

#endif
