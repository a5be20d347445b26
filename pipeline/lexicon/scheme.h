/* From the lexicons of a run to the one scheme of nodes that all of them count into. */
#ifndef ATT_LEXICON_SCHEME_H
#define ATT_LEXICON_SCHEME_H

#include "lexicon/lexicon.h"

/* The nodes that a hit of a marker counts for: the marker, its parents, its pole. */
typedef struct {
    uint32_t nodes[72]; /* YAML nests at most 64 deep */
    uint32_t count;
} att_marker_nodes;

typedef struct {
    att_scheme scheme;
    /* of[lexicon][marker], in the order in which the lexicons were given */
    att_marker_nodes **of;
    size_t lexicon_count;
    void *memory; /* owns the paths, labels and nodes */
} att_scheme_map;

/* Builds the scheme. Lexicons that share a name share their markers by path (a lexicon in several languages). Where the
 * lexicons have more than one name, every path begins with its lexicon's name, so that two of them never mix by
 * accident; the poles are the run's. Paths that stand under two poles in two languages are an error. */
att_status att_scheme_build(att_scheme_map *out, const att_lexicon *const *lexicons, size_t count, att_error *error);
void att_scheme_clear(att_scheme_map *map);

#endif
