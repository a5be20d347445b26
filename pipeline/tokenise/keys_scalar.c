#include "tokenise/keys.h"

#define TARGET
#define KEYS att_keys_scalar

typedef att_token_key key_bits;

#include "tokenise/keys_batch.h"

static inline key_bits get_key(const att_token_key *key)
{
    return *key;
}

static inline void put_key(att_token_key *to, key_bits key)
{
    *to = key;
}

static inline uint64_t hash_key(att_key_seed seed, key_bits key)
{
    return att_key_mix(seed, key);
}

static inline uint64_t hash_both(att_key_seed seed, key_bits first, key_bits second)
{
    second.low ^= att_key_mix(seed, first);
    return att_key_mix(seed, second);
}

static inline key_bits load_key(const char *at, size_t size, size_t room)
{
    att_token_key key, mask;

    if (room < ATT_KEY_BYTES)
        return load_key_at_end(at, size);
    memcpy(&key, at, sizeof key);
    memcpy(&mask, first_bytes + ATT_KEY_BYTES - (size < ATT_KEY_BYTES ? size : ATT_KEY_BYTES), sizeof mask);
    return (att_token_key){key.low & mask.low, key.high & mask.high};
}

static inline bool keys_differ(const att_token_key *a, const att_token_key *b)
{
    return ((a->low ^ b->low) | (a->high ^ b->high)) != 0;
}
