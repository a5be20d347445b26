/* Names to small numbers: a set of byte strings, each known by the order in which it came. Not thread-safe to change;
 * any number of threads may look up. */
#ifndef ATT_TALLY_NAMES_H
#define ATT_TALLY_NAMES_H

#include <attune/span.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ATT_NO_NAME UINT32_MAX

/* A zeroed att_names is an empty set. The names are copies, NUL-terminated, that live as long as the set. */
typedef struct {
    att_span *items;
    size_t count;
    size_t capacity;
    uint32_t *slots; /* index + 1; 0: free */
    size_t slot_count;
    uint64_t seed;
} att_names;

void att_names_clear(att_names *names);
uint32_t att_names_find(const att_names *names, att_span name); /* ATT_NO_NAME: not there */
/* The name's number, a new one where it is not there yet; ATT_NO_NAME: no memory. */
uint32_t att_names_add(att_names *names, att_span name);

#endif
