#include "lexicon/scheme.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "model/hit.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    att_arena arena;
    att_node *nodes;
    uint32_t count;
    size_t capacity;
    uint32_t earlier; /* nodes of the lexicons before this one; within a lexicon paths are unique */
    bool named;       /* paths begin with the lexicon's name */
} builder;

static uint32_t find_node(const builder *b, const char *path)
{
    for (uint32_t i = 0; i < b->earlier; i++)
        if (strcmp(b->nodes[i].path, path) == 0)
            return i;
    return ATT_NO_NODE;
}

static bool has_several_names(const att_lexicon *const *lexicons, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (strcmp(lexicons[i]->name, lexicons[0]->name) != 0)
            return true;
    return false;
}

static char *path_of(builder *b, const att_lexicon *lexicon, const att_marker *marker)
{
    if (!b->named)
        return att_arena_copy(&b->arena, att_span_of(marker->path));
    size_t size = strlen(lexicon->name) + 1 + strlen(marker->path);
    char *path = att_arena_take(&b->arena, size + 1);
    if (path)
        memcpy(stpcpy(stpcpy(path, lexicon->name), "."), marker->path, strlen(marker->path) + 1);
    return path;
}

static att_status add_node(builder *b, att_node node, uint32_t *index, att_error *error)
{
    if (!node.path || !node.label || !att_grow(&b->nodes, &b->capacity, (size_t)b->count + 1, sizeof *b->nodes))
        return att_fail_memory(error);
    *index = b->count;
    b->nodes[b->count++] = node;
    return ATT_OK;
}

/* The node of one marker; `nodes` of its parent are known already (parents come first). */
static att_status place_marker(builder *b, const att_lexicon *lexicon, uint32_t index, att_marker_nodes *of,
                               att_error *error)
{
    const att_marker *marker = &lexicon->markers[index];
    char *path = path_of(b, lexicon, marker);

    if (!path)
        return att_fail_memory(error);
    uint32_t node = find_node(b, path);
    if (node != ATT_NO_NODE && b->nodes[node].pole != marker->pole)
        return att_fail(error, ATT_BAD_INPUT, lexicon->file, marker->line, marker->column,
                        "the marker '%s' has another pole in another lexicon of this run; give both the same pole, or "
                        "one of them another name",
                        path);
    att_marker_nodes *chain = &of[index];
    *chain = (att_marker_nodes){.count = 1};
    uint32_t parent = ATT_NO_NODE;
    if (marker->parent != ATT_NO_NODE) {
        const att_marker_nodes *up = &of[marker->parent];
        parent = up->nodes[0];
        memcpy(chain->nodes + 1, up->nodes, up->count * sizeof *up->nodes);
        chain->count += up->count;
    }
    if (node == ATT_NO_NODE) {
        char *label = marker->label ? att_arena_copy(&b->arena, att_span_of(marker->label)) : path;
        att_node fresh = {path, label, marker->pole, parent, false, marker->senses};
        att_status status = add_node(b, fresh, &node, error);
        if (status)
            return status;
    } else {
        b->nodes[node].senses |= marker->senses;
    }
    chain->nodes[0] = node;
    return ATT_OK;
}

static att_status place_lexicon(builder *b, const att_lexicon *lexicon, att_marker_nodes **of, att_error *error)
{
    att_marker_nodes *nodes = calloc(lexicon->marker_count ? lexicon->marker_count : 1, sizeof *nodes);

    *of = nodes;
    if (!nodes)
        return att_fail_memory(error);
    b->earlier = b->count;
    for (uint32_t i = 0; i < lexicon->marker_count; i++) {
        att_status status = place_marker(b, lexicon, i, nodes, error);
        if (status)
            return status;
    }
    return ATT_OK;
}

/* Adds the node of a pole that any marker has, and puts it into the chains of these markers. */
static att_status place_pole(builder *b, att_scheme_map *map, const att_lexicon *const *lexicons, att_pole pole,
                             uint32_t *node, att_error *error)
{
    *node = ATT_NO_NODE;
    for (size_t l = 0; l < map->lexicon_count; l++)
        for (uint32_t m = 0; m < lexicons[l]->marker_count; m++) {
            if (lexicons[l]->markers[m].pole != pole)
                continue;
            if (*node == ATT_NO_NODE) {
                bool technical = pole == ATT_TECHNICAL;
                att_node fresh = {technical ? "pole.technical" : "pole.appreciative",
                                  technical ? "Technical pole" : "Appreciative pole",
                                  pole,
                                  ATT_NO_NODE,
                                  true,
                                  1u << ATT_USED};
                att_status status = add_node(b, fresh, node, error);
                if (status)
                    return status;
            }
            att_marker_nodes *chain = &map->of[l][m];
            chain->nodes[chain->count++] = *node;
        }
    return ATT_OK;
}

att_status att_scheme_build(att_scheme_map *out, const att_lexicon *const *lexicons, size_t count, att_error *error)
{
    att_scheme_map map = {.lexicon_count = count};
    builder *b = calloc(1, sizeof *b);
    att_status status = ATT_OK;
    uint32_t technical, appreciative;

    map.of = calloc(count ? count : 1, sizeof *map.of);
    map.memory = b;
    if (!b || !map.of) {
        status = att_fail_memory(error);
        goto failed;
    }
    b->named = has_several_names(lexicons, count);
    for (size_t i = 0; i < count && !status; i++)
        status = place_lexicon(b, lexicons[i], &map.of[i], error);
    if (!status)
        status = place_pole(b, &map, lexicons, ATT_TECHNICAL, &technical, error);
    if (!status)
        status = place_pole(b, &map, lexicons, ATT_APPRECIATIVE, &appreciative, error);
    if (status)
        goto failed;
    map.scheme = (att_scheme){b->nodes, b->count, technical, appreciative};
    *out = map;
    return ATT_OK;
failed:
    att_scheme_clear(&map);
    return status;
}

void att_scheme_clear(att_scheme_map *map)
{
    builder *b = map->memory;

    for (size_t i = 0; i < map->lexicon_count && map->of; i++)
        free(map->of[i]);
    free(map->of);
    if (b) {
        att_arena_clear(&b->arena);
        free(b->nodes);
        free(b);
    }
    *map = (att_scheme_map){0};
}
