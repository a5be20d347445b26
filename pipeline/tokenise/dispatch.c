#include "tokenise/words.h"

#include <stdlib.h>
#include <string.h>

att_words_function *att_words_choose(void)
{
#if defined(__x86_64__)
    const char *wanted = getenv("ATTUNE_CPU");
    bool any = !wanted || !*wanted;
    bool avx512 = __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
                  __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("bmi2");
    bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2");

    if (avx512 && (any || strcmp(wanted, "avx512") == 0))
        return att_words_avx512;
    if (avx2 && (any || strcmp(wanted, "avx2") == 0))
        return att_words_avx2;
#endif
    return att_words_scalar;
}
