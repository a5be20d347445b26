#include "base/hash.h"

#include <stdbool.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t att_hash64(const void *data, size_t size)
{
    return XXH3_64bits(data, size);
}

void att_hash128(const void *data, size_t size, uint64_t out[2])
{
    XXH128_hash_t hash = XXH3_128bits(data, size);

    out[0] = hash.low64;
    out[1] = hash.high64;
}

/* Every processor that Hyperscan or Vectorscan runs on is little-endian: the hashes are hashed as they lie in memory.
 */
uint64_t att_hash_blocks(const uint64_t *hashes, size_t count)
{
    return count == 1 ? hashes[0] : att_hash64(hashes, count * sizeof *hashes);
}

struct att_hasher {
    XXH3_state_t *block;
    XXH3_state_t *blocks; /* over the hashes of the blocks that are full */
    uint64_t in_block;    /* bytes */
    bool several;
};

att_hasher *att_hasher_new(void)
{
    att_hasher *hasher = calloc(1, sizeof *hasher);

    if (!hasher)
        return NULL;
    hasher->block = XXH3_createState();
    hasher->blocks = XXH3_createState();
    if (!hasher->block || !hasher->blocks) {
        att_hasher_free(hasher);
        return NULL;
    }
    XXH3_64bits_reset(hasher->block);
    XXH3_64bits_reset(hasher->blocks);
    return hasher;
}

void att_hasher_add(att_hasher *hasher, const void *data, size_t size)
{
    const char *at = data;

    while (size) {
        /* A block ends when there is more behind it: a content of one full block has one. */
        if (hasher->in_block == ATT_HASH_BLOCK) {
            uint64_t hash = XXH3_64bits_digest(hasher->block);
            XXH3_64bits_update(hasher->blocks, &hash, sizeof hash);
            XXH3_64bits_reset(hasher->block);
            hasher->in_block = 0;
            hasher->several = true;
        }
        uint64_t room = ATT_HASH_BLOCK - hasher->in_block;
        size_t some = size < room ? size : (size_t)room;
        XXH3_64bits_update(hasher->block, at, some);
        hasher->in_block += some;
        at += some;
        size -= some;
    }
}

uint64_t att_hasher_value(const att_hasher *hasher)
{
    uint64_t hash = XXH3_64bits_digest(hasher->block);

    if (!hasher->several)
        return hash;
    XXH3_state_t all;
    XXH3_copyState(&all, hasher->blocks);
    XXH3_64bits_update(&all, &hash, sizeof hash);
    return XXH3_64bits_digest(&all);
}

void att_hasher_free(att_hasher *hasher)
{
    if (!hasher)
        return;
    XXH3_freeState(hasher->block);
    XXH3_freeState(hasher->blocks);
    free(hasher);
}

uint64_t att_random_seed(void)
{
    uint64_t seed;

    if (getrandom(&seed, sizeof seed, GRND_NONBLOCK) == (ssize_t)sizeof seed)
        return seed;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return att_hash64(&now, sizeof now);
}
