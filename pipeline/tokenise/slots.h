/* A table of slots of either size, for what is not in the first place looked at. Private to the tokenise stage. */
#ifndef ATT_TOKENISE_SLOTS_H
#define ATT_TOKENISE_SLOTS_H

#include "tokenise/keys.h"

#include <string.h>

/* Open addressing. A slot is its key, the note (8 bytes) and the type (4 bytes), in this order. */
typedef struct {
    char *slots;
    size_t slot_size; /* bytes */
    size_t key_size;
    size_t slot_count; /* a power of two, at most two thirds of them in use */
    size_t count;
} att_slot_table;

bool att_slot_table_init(att_slot_table *table, size_t slot_size, size_t key_size); /* false: no memory */
void att_slot_table_clear(att_slot_table *table);
void att_slot_table_empty(att_slot_table *table);

static inline char *att_slot_at(const att_slot_table *table, size_t place)
{
    return table->slots + (place & (table->slot_count - 1)) * table->slot_size;
}

/* No key but that of a free slot (or a separator) begins and ends with eight zeros: a token's first byte is none, nor
 * is the last one of a long token's key. */
static inline bool att_slot_is_free(const att_slot_table *table, const char *slot)
{
    uint64_t first, last;

    memcpy(&first, slot, sizeof first);
    memcpy(&last, slot + table->key_size - sizeof last, sizeof last);
    return !first && !last;
}

static inline bool att_slot_has(const att_slot_table *table, const char *slot, const char *key)
{
    att_token_key a, b;

    for (size_t at = 0; at < table->key_size; at += sizeof a) {
        memcpy(&a, slot + at, sizeof a);
        memcpy(&b, key + at, sizeof b);
        if ((a.low ^ b.low) | (a.high ^ b.high))
            return false;
    }
    return true;
}

/* What is in a slot, or goes there. */
static inline void att_slot_get(const att_slot_table *table, const char *slot, uint32_t *type, uint64_t *note)
{
    memcpy(note, slot + table->key_size, sizeof *note);
    memcpy(type, slot + table->key_size + sizeof *note, sizeof *type);
}

static inline void att_slot_put(const att_slot_table *table, char *slot, const void *key, uint32_t type, uint64_t note)
{
    memcpy(slot, key, table->key_size);
    memcpy(slot + table->key_size, &note, sizeof note);
    memcpy(slot + table->key_size + sizeof note, &type, sizeof type);
}

/* Makes room for one more; hash gives the hash of a key. Types that were met early, which are the common ones, come
 * first in their probes. false: no memory. */
bool att_slot_table_grow(att_slot_table *table, uint64_t (*hash)(const void *context, const char *key),
                         const void *context);

#endif
