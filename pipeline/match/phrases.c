#include "match/phrases.h"

#include <stdlib.h>

att_status att_phrases_new(att_phrases *out, uint32_t elements, att_error *error)
{
    att_phrases phrases = {.elements = elements, .slots = 64};
    size_t room = elements ? elements : 1;

    phrases.first = calloc(room, sizeof *phrases.first);
    phrases.roles = calloc(room, sizeof *phrases.roles);

    phrases.edges = calloc(phrases.slots, sizeof *phrases.edges);
    phrases.children = calloc(phrases.slots, sizeof *phrases.children);
    if (!phrases.first || !phrases.roles || !phrases.edges || !phrases.children ||
        !att_grow(&phrases.nodes, &phrases.capacity, 1, sizeof *phrases.nodes)) {
        att_phrases_clear(&phrases);
        return att_fail_memory(error);
    }
    phrases.nodes[phrases.count++] = (att_phrase_node){ATT_NO_ACCEPT, true};
    *out = phrases;
    return ATT_OK;
}

void att_phrases_clear(att_phrases *phrases)
{
    free(phrases->nodes);
    free(phrases->accepts);
    free(phrases->edges);
    free(phrases->children);
    free(phrases->first);
    free(phrases->roles);
    *phrases = (att_phrases){0};
}

static size_t edge_slot(const att_phrases *phrases, uint64_t edge)
{
    uint64_t hash = edge * 0x9E3779B97F4A7C15u;

    return (hash ^ hash >> 32) & (phrases->slots - 1);
}

uint32_t att_phrases_child(const att_phrases *phrases, uint32_t node, uint32_t element)
{
    uint64_t edge = (uint64_t)node << 32 | element;

    for (size_t slot = edge_slot(phrases, edge); phrases->children[slot]; slot = (slot + 1) & (phrases->slots - 1))
        if (phrases->edges[slot] == edge)
            return phrases->children[slot];
    return ATT_NO_PHRASE;
}

static void put_edge(att_phrases *phrases, uint64_t edge, uint32_t child)
{
    size_t slot = edge_slot(phrases, edge);

    while (phrases->children[slot])
        slot = (slot + 1) & (phrases->slots - 1);
    phrases->edges[slot] = edge;
    phrases->children[slot] = child;
}

static bool grow_edges(att_phrases *phrases)
{
    uint64_t *edges = phrases->edges;
    uint32_t *children = phrases->children;
    size_t slots = phrases->slots;

    uint64_t *more_edges = calloc(slots * 2, sizeof *more_edges);
    uint32_t *more_children = calloc(slots * 2, sizeof *more_children);
    if (!more_edges || !more_children) {
        free(more_edges);
        free(more_children);
        return false;
    }
    phrases->edges = more_edges;
    phrases->children = more_children;
    phrases->slots = slots * 2;
    for (size_t i = 0; i < slots; i++)
        if (children[i])
            put_edge(phrases, edges[i], children[i]);
    free(edges);
    free(children);
    return true;
}

/* The child of a node by an element, made where there is none; ATT_NO_PHRASE: no memory. */
static uint32_t grow_child(att_phrases *phrases, uint32_t node, uint32_t element)
{
    uint32_t child = node ? att_phrases_child(phrases, node, element) : phrases->first[element];

    if (child)
        return child;
    if (phrases->count >= UINT32_MAX ||
        !att_grow(&phrases->nodes, &phrases->capacity, phrases->count + 1, sizeof *phrases->nodes))
        return ATT_NO_PHRASE;
    child = (uint32_t)phrases->count++;
    phrases->nodes[child] = (att_phrase_node){ATT_NO_ACCEPT, false};
    if (!node) {
        phrases->first[element] = child;
        return child;
    }
    if (++phrases->edge_count * 2 > phrases->slots && !grow_edges(phrases))
        return ATT_NO_PHRASE;
    put_edge(phrases, (uint64_t)node << 32 | element, child);
    phrases->nodes[node].has_children = true;
    return child;
}

att_status att_phrases_add(att_phrases *phrases, const uint32_t *elements, uint32_t length, uint32_t entry,
                           bool exception, att_error *error)
{
    uint32_t node = 0;

    for (uint32_t i = 0; i < length; i++) {
        node = grow_child(phrases, node, elements[i]);
        if (!node)
            return att_fail_memory(error);
    }
    phrases->roles[elements[0]] |= exception ? ATT_BEGINS_EXCEPTION : ATT_BEGINS_ENTRY;
    for (uint32_t i = 1; i < length; i++)
        phrases->roles[elements[i]] |= ATT_FOLLOWS;
    if (!att_grow(&phrases->accepts, &phrases->accept_capacity, phrases->accept_count + 1, sizeof *phrases->accepts))
        return att_fail_memory(error);
    phrases->accepts[phrases->accept_count] = (att_accept){entry, exception, phrases->nodes[node].accept};
    phrases->nodes[node].accept = (uint32_t)phrases->accept_count++;
    return ATT_OK;
}

att_status att_phrases_accept(att_phrases *phrases, uint32_t entry, uint32_t *first, att_error *error)
{
    if (!att_grow(&phrases->accepts, &phrases->accept_capacity, phrases->accept_count + 1, sizeof *phrases->accepts))
        return att_fail_memory(error);
    phrases->accepts[phrases->accept_count] = (att_accept){entry, false, *first};
    *first = (uint32_t)phrases->accept_count++;
    return ATT_OK;
}
