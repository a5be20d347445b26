#include "base/cpu.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

att_cpu_level att_cpu_choose(void)
{
#if defined(__x86_64__)
    const char *wanted = getenv("ATTUNE_CPU");
    bool any = !wanted || !*wanted;
    bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("aes");
    bool avx512 = avx2 && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
                  __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2");

    if (avx512 && (any || strcmp(wanted, "avx512") == 0))
        return ATT_CPU_AVX512;
    if (avx2 && (any || strcmp(wanted, "avx2") == 0))
        return ATT_CPU_AVX2;
#endif
    return ATT_CPU_SCALAR;
}
