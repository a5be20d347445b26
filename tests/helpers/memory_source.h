/* A source over bytes in memory, for what reads transcripts. */
#ifndef TEST_MEMORY_SOURCE_H
#define TEST_MEMORY_SOURCE_H

#include "read/format.h"

#include <string.h>

typedef struct {
    att_span bytes;
    size_t at;
    size_t step; /* bytes that it gives at a time at most */
} memory_state;

static inline ptrdiff_t memory_read(att_source *source, void *to, size_t size)
{
    memory_state *state = (memory_state *)source->state;
    size_t left = state->bytes.size - state->at;

    size = size < left ? size : left;
    size = size < state->step ? size : state->step;
    if (size)
        memcpy(to, state->bytes.text + state->at, size);
    state->at += size;
    return (ptrdiff_t)size;
}

#endif
