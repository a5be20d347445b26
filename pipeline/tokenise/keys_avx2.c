#if defined(__x86_64__)

#include <immintrin.h>

#define TARGET __attribute__((target("avx2,aes,bmi,bmi2")))
#define KEYS   att_keys_avx2

#include "tokenise/keys_aes.h"

static TARGET inline key_bits load_key(const char *at, size_t size, size_t room)
{
    if (room < ATT_KEY_BYTES)
        return load_key_at_end(at, size);
    const unsigned char *mask = first_bytes + ATT_KEY_BYTES - (size < ATT_KEY_BYTES ? size : ATT_KEY_BYTES);
    return _mm_and_si128(_mm_loadu_si128((const __m128i *)(const void *)at),
                         _mm_loadu_si128((const __m128i *)(const void *)mask));
}

static TARGET inline bool keys_differ(const att_token_key *a, const att_token_key *b)
{
    __m128i difference = _mm_xor_si128(get_key(a), get_key(b));

    return !_mm_testz_si128(difference, difference);
}

#else
typedef int att_keys_avx2_is_for_x86_64; /* a translation unit must not be empty */
#endif
