#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 64 * 1024, ALIGNMENT = 16 };

struct att_arena_block {
    att_arena_block *next;
    size_t size;
    size_t used;
    _Alignas(ALIGNMENT) unsigned char bytes[];
};

void att_arena_clear(att_arena *arena)
{
    att_arena_block *block = arena->first;

    while (block) {
        att_arena_block *next = block->next;
        free(block);
        block = next;
    }
    arena->first = arena->current = NULL;
}

void att_arena_reset(att_arena *arena)
{
    for (att_arena_block *block = arena->first; block; block = block->next)
        block->used = 0;
    arena->current = arena->first;
}

static att_arena_block *add_block(att_arena *arena, size_t size)
{
    size_t room = size > BLOCK ? size : BLOCK;
    att_arena_block *block = malloc(sizeof *block + room);

    if (!block)
        return NULL;
    block->size = room;
    block->used = 0;
    if (arena->current) {
        block->next = arena->current->next;
        arena->current->next = block;
    } else {
        block->next = arena->first;
        arena->first = block;
    }
    arena->current = block;
    return block;
}

void *att_arena_take(att_arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2)
        return NULL;
    size = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    att_arena_block *block = arena->current;
    while (block && block->size - block->used < size && block->next) {
        block = block->next;
        arena->current = block;
    }
    if (!block || block->size - block->used < size)
        block = add_block(arena, size);
    if (!block)
        return NULL;
    void *taken = block->bytes + block->used;
    block->used += size;
    return taken;
}

char *att_arena_copy(att_arena *arena, att_span span)
{
    char *copy = att_arena_take(arena, span.size + 1);

    if (!copy)
        return NULL;
    if (span.size)
        memcpy(copy, span.text, span.size);
    copy[span.size] = '\0';
    return copy;
}

bool att_arena_keep(att_arena *arena, att_span *to, att_span span)
{
    to->text = att_arena_copy(arena, span);
    to->size = span.size;
    return to->text != NULL;
}
