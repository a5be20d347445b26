#include "base/cpu.h"
#include "tokenise/keys.h"
#include "tokenise/words.h"

att_words_function *att_words_choose(void)
{
    switch (att_cpu_choose()) {
#if defined(__x86_64__)
    case ATT_CPU_AVX512:
        return att_words_avx512;
    case ATT_CPU_AVX2:
        return att_words_avx2;
#endif
    default:
        return att_words_scalar;
    }
}

const att_key_functions *att_keys_choose(void)
{
    switch (att_cpu_choose()) {
#if defined(__x86_64__)
    case ATT_CPU_AVX512:
        return &att_keys_avx512;
    case ATT_CPU_AVX2:
        return &att_keys_avx2;
#endif
    default:
        return &att_keys_scalar;
    }
}
