/* What processors with AES instructions have in common: a key in a register, and a hash of it. Two rounds under a
 * random key bring every byte of the token to every byte of the result. */
typedef __m128i key_bits;

#include "tokenise/keys_batch.h"

static TARGET inline key_bits get_key(const att_token_key *key)
{
    return _mm_loadu_si128((const __m128i *)(const void *)key);
}

static TARGET inline void put_key(att_token_key *to, key_bits key)
{
    _mm_storeu_si128((__m128i *)(void *)to, key);
}

static TARGET inline uint64_t hash_key(att_key_seed seed, key_bits key)
{
    __m128i first = _mm_set_epi64x((long long)seed.high, (long long)seed.low);
    __m128i second = _mm_set_epi64x((long long)seed.low, (long long)seed.high);
    __m128i mixed = _mm_aesenc_si128(_mm_aesenc_si128(_mm_xor_si128(key, first), second), first);

    return (uint64_t)_mm_cvtsi128_si64(mixed);
}

static TARGET inline uint64_t hash_both(att_key_seed seed, key_bits first, key_bits second)
{
    __m128i one = _mm_set_epi64x((long long)seed.high, (long long)seed.low);
    __m128i two = _mm_set_epi64x((long long)seed.low, (long long)seed.high);
    __m128i mixed = _mm_aesenc_si128(_mm_xor_si128(first, one), two);

    mixed = _mm_aesenc_si128(_mm_xor_si128(mixed, second), one);
    return (uint64_t)_mm_cvtsi128_si64(_mm_aesenc_si128(mixed, two));
}
