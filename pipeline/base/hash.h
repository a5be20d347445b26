/* Hashes: XXH3 for content identity, and a seeded mix for tables fed by hostile text. */
#ifndef ATT_BASE_HASH_H
#define ATT_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

/* XXH3, 64 bits, seed 0: what manifest.json and tallies.att carry. */
uint64_t att_hash64(const void *data, size_t size);

/* The same with 128 bits, the low half first. */
void att_hash128(const void *data, size_t size, uint64_t out[2]);

/* Blocks of this size are hashed each by itself, so that the parts of a large file can be read in any order. */
#define ATT_HASH_BLOCK (UINT64_C(1) << 20)

/* The hash of a content by its blocks' hashes: that of the one block, else XXH3 of all of them, little-endian, one
 * after the other. (So for contents of up to a block it is what `xxhsum -H3` prints.) */
uint64_t att_hash_blocks(const uint64_t *hashes, size_t count);

/* The same of a content that comes as a stream. */
typedef struct att_hasher att_hasher;
att_hasher *att_hasher_new(void); /* NULL: no memory */
void att_hasher_add(att_hasher *hasher, const void *data, size_t size);
uint64_t att_hasher_value(const att_hasher *hasher);
void att_hasher_free(att_hasher *hasher);

/* 64 random bits from the system, for seeding tables against chosen collisions. Never used for results. */
uint64_t att_random_seed(void);

#endif
