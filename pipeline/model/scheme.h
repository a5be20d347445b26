/* The scheme of a run: every node that is counted. Lexicons of several languages that hold the same marker path share
 * the node. Nodes are, in this order: the markers of the lexicons in lexicon order (parents before their
 * children), then the poles that occur. A node's path is unique. */
#ifndef ATT_MODEL_SCHEME_H
#define ATT_MODEL_SCHEME_H

#include <attune/span.h>
#include <stdbool.h>
#include <stdint.h>

typedef enum { ATT_NO_POLE, ATT_TECHNICAL, ATT_APPRECIATIVE } att_pole;

#define ATT_NO_NODE UINT32_MAX

typedef struct {
    const char *path;  /* "lang.tech.diag"; a pole: "pole.technical" */
    const char *label; /* for people; never NULL (the path where the lexicon has none) */
    att_pole pole;     /* of a leaf marker or a pole node; ATT_NO_POLE for a parent of mixed markers */
    uint32_t parent;   /* node index, or ATT_NO_NODE */
    bool is_pole;
    uint8_t senses; /* bit set over att_sense that `hits` counts */
} att_node;

typedef struct {
    const att_node *nodes;
    uint32_t count;
    uint32_t technical; /* the pole nodes, or ATT_NO_NODE */
    uint32_t appreciative;
} att_scheme;

#endif
