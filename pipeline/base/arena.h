/* An arena: many small allocations that die together. Not thread-safe: one arena, one owner. */
#ifndef ATT_BASE_ARENA_H
#define ATT_BASE_ARENA_H

#include <attune/span.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct att_arena_block att_arena_block;

typedef struct {
    att_arena_block *first;
    att_arena_block *current;
} att_arena;

/* A zeroed att_arena is ready for use. */
void att_arena_clear(att_arena *arena); /* gives everything back */
void att_arena_reset(att_arena *arena); /* forgets the contents, keeps the memory for reuse */

/* size bytes, aligned to 16; NULL: no memory. */
void *att_arena_take(att_arena *arena, size_t size);

/* A NUL-terminated copy of the span; NULL: no memory. */
char *att_arena_copy(att_arena *arena, att_span span);
/* The same, as a span; false: no memory. */
bool att_arena_keep(att_arena *arena, att_span *to, att_span span);

#endif
