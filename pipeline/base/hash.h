/* Hashes: XXH3 for content identity, and a seeded mix for tables fed by hostile text. */
#ifndef ATT_BASE_HASH_H
#define ATT_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

/* XXH3, 64 bits, seed 0: what manifest.json and tallies.att carry. */
uint64_t att_hash64(const void *data, size_t size);

/* The same of a stream. */
typedef struct att_hasher att_hasher;
att_hasher *att_hasher_new(void); /* NULL: no memory */
void att_hasher_add(att_hasher *hasher, const void *data, size_t size);
uint64_t att_hasher_value(const att_hasher *hasher);
void att_hasher_free(att_hasher *hasher);

/* 64 random bits from the system, for seeding tables against chosen collisions. Never used for results. */
uint64_t att_random_seed(void);

#endif
