#include "tokenise/keys.h"
#include "tokenise/words.h"

#include <stdlib.h>
#include <string.h>

typedef enum { SCALAR, AVX2, AVX512 } level;

/* The highest level that the processor has, or the one that ATTUNE_CPU asks for, if it has that. */
static level choose(void)
{
#if defined(__x86_64__)
    const char *wanted = getenv("ATTUNE_CPU");
    bool any = !wanted || !*wanted;
    bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("aes");
    bool avx512 = avx2 && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
                  __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2");

    if (avx512 && (any || strcmp(wanted, "avx512") == 0))
        return AVX512;
    if (avx2 && (any || strcmp(wanted, "avx2") == 0))
        return AVX2;
#endif
    return SCALAR;
}

att_words_function *att_words_choose(void)
{
    switch (choose()) {
#if defined(__x86_64__)
    case AVX512:
        return att_words_avx512;
    case AVX2:
        return att_words_avx2;
#endif
    default:
        return att_words_scalar;
    }
}

const att_key_functions *att_keys_choose(void)
{
    switch (choose()) {
#if defined(__x86_64__)
    case AVX512:
        return &att_keys_avx512;
    case AVX2:
        return &att_keys_avx2;
#endif
    default:
        return &att_keys_scalar;
    }
}
