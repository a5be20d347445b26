#if defined(__x86_64__)

#include <immintrin.h>

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,aes,bmi,bmi2")))
#define KEYS   att_keys_avx512

#include "tokenise/keys_aes.h"

/* What is masked out is not read: no need to look at the room. */
static TARGET inline key_bits load_key(const char *at, size_t size, size_t room)
{
    (void)room;
    return _mm_maskz_loadu_epi8((__mmask16)_bzhi_u32(0xFFFF, (unsigned)size), at);
}

static TARGET inline bool keys_differ(const att_token_key *a, const att_token_key *b)
{
    return _mm_cmpneq_epi64_mask(get_key(a), get_key(b)) != 0;
}

#else
typedef int att_keys_avx512_is_for_x86_64; /* a translation unit must not be empty */
#endif
