#include "match/note.h"

#include "base/cpu.h"

static uint64_t scan_scalar(const uint64_t *notes, size_t count)
{
    uint64_t found = 0;

    for (size_t i = 0; i < count; i++) {
        uint64_t pair = notes[i] << 1 & notes[i + 1];
        found |= (pair | notes[i] << 2) >> 63 << i;
    }
    return found;
}

#if defined(__x86_64__)

#include <immintrin.h>

/* One more bit than `count` is read, for what follows the last one. */
static __attribute__((target("avx2"))) uint64_t scan_avx2(const uint64_t *notes, size_t count)
{
    uint64_t follows = 0, begins = 0, alone = 0;

    if (count < 64)
        return scan_scalar(notes, count);
    for (size_t i = 0; i < 64; i += 4) {
        __m256d four = _mm256_loadu_pd((const double *)(const void *)(notes + i));
        __m256i bits = _mm256_castpd_si256(four);
        follows |= (uint64_t)_mm256_movemask_pd(four) << i;
        begins |= (uint64_t)_mm256_movemask_pd(_mm256_castsi256_pd(_mm256_slli_epi64(bits, 1))) << i;
        alone |= (uint64_t)_mm256_movemask_pd(_mm256_castsi256_pd(_mm256_slli_epi64(bits, 2))) << i;
    }
    return (begins & (follows >> 1 | (notes[64] & ATT_NOTE_FOLLOWS))) | alone;
}

static __attribute__((target("avx512f,avx512dq"))) uint64_t scan_avx512(const uint64_t *notes, size_t count)
{
    __m512i follow = _mm512_set1_epi64((long long)ATT_NOTE_FOLLOWS);
    __m512i begin = _mm512_set1_epi64((long long)ATT_NOTE_BEGINS);
    __m512i single = _mm512_set1_epi64((long long)ATT_NOTE_ALONE);
    uint64_t follows = 0, begins = 0, alone = 0;

    if (count < 64)
        return scan_scalar(notes, count);
    for (size_t i = 0; i < 64; i += 8) {
        __m512i eight = _mm512_loadu_si512(notes + i);
        follows |= (uint64_t)_mm512_test_epi64_mask(eight, follow) << i;
        begins |= (uint64_t)_mm512_test_epi64_mask(eight, begin) << i;
        alone |= (uint64_t)_mm512_test_epi64_mask(eight, single) << i;
    }
    return (begins & (follows >> 1 | (notes[64] & ATT_NOTE_FOLLOWS))) | alone;
}

#endif

att_note_scan *att_note_scan_choose(void)
{
    switch (att_cpu_choose()) {
#if defined(__x86_64__)
    case ATT_CPU_AVX512:
        return scan_avx512;
    case ATT_CPU_AVX2:
        return scan_avx2;
#endif
    default:
        return scan_scalar;
    }
}
