/* YAML as people write it by hand: a tree of scalars, lists and maps with the place of each.
 *
 * Deliberately less than YAML 1.1: every plain scalar is text (`no`, `null` and `1.0` stay what is written); anchors,
 * aliases, tags, keys that are not plain text, a key twice in a map and a second document are errors. So no input can
 * grow by expansion. Limits: 64 MiB, 64 levels, 5 million values. */
#ifndef ATT_BASE_YAML_H
#define ATT_BASE_YAML_H

#include "base/arena.h"

#include <attune/error.h>
#include <attune/span.h>
#include <stdbool.h>
#include <stdint.h>

#define ATT_YAML_BYTES ((size_t)64 << 20)
#define ATT_YAML_DEPTH 64u
#define ATT_YAML_NODES 5000000u

typedef enum { ATT_YAML_SCALAR, ATT_YAML_LIST, ATT_YAML_MAP } att_yaml_kind;

typedef struct att_yaml_node att_yaml_node;
struct att_yaml_node {
    att_yaml_kind kind;
    bool plain;    /* a scalar without quotation marks; with an empty text: nothing was written */
    uint64_t line; /* 1-based, as the column, which counts code points */
    uint64_t column;
    att_span text;            /* of a scalar; well-formed UTF-8 without NUL, NUL-terminated */
    const att_yaml_node *key; /* of a value in a map; NULL elsewhere */
    att_yaml_node *first;     /* items of a list, values of a map, in file order */
    att_yaml_node *next;      /* the next in the list or map it stands in */
    size_t count;             /* items or values */
};

/* Reads one document. *root is NULL where the text holds nothing but comments. Nodes and their texts live in the arena.
 * file is the name that messages show. A leading byte order mark is passed over. */
att_status att_yaml_parse(const att_yaml_node **root, att_arena *arena, const char *file, att_span text,
                          att_error *error);

/* The value of a key; NULL: the map has none. */
const att_yaml_node *att_yaml_get(const att_yaml_node *map, const char *key);

/* Nothing was written where this value belongs. */
bool att_yaml_is_blank(const att_yaml_node *node);

/* A text as messages show it: on one line, without control characters, cut at a code point with "…" when it is long. */
typedef struct {
    char text[96];
} att_excerpt;
att_excerpt att_excerpt_of(att_span text);

#endif
