#include "base/hash.h"

#include <stdlib.h>
#include <sys/random.h>
#include <time.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t att_hash64(const void *data, size_t size)
{
    return XXH3_64bits(data, size);
}

struct att_hasher {
    XXH3_state_t *state;
};

att_hasher *att_hasher_new(void)
{
    att_hasher *hasher = malloc(sizeof *hasher);

    if (!hasher)
        return NULL;
    hasher->state = XXH3_createState();
    if (!hasher->state) {
        free(hasher);
        return NULL;
    }
    XXH3_64bits_reset(hasher->state);
    return hasher;
}

void att_hasher_add(att_hasher *hasher, const void *data, size_t size)
{
    XXH3_64bits_update(hasher->state, data, size);
}

uint64_t att_hasher_value(const att_hasher *hasher)
{
    return XXH3_64bits_digest(hasher->state);
}

void att_hasher_free(att_hasher *hasher)
{
    if (!hasher)
        return;
    XXH3_freeState(hasher->state);
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
