#include "match/note.h"

#include "base/cpu.h"

#include <stdbool.h>

static uint64_t scan_scalar(const uint64_t *notes, size_t count, uint64_t *cues)
{
    uint64_t found = 0, cue = 0;

    for (size_t i = 0; i < count; i++) {
        uint64_t pair = notes[i] << 1 & notes[i + 1];
        found |= (pair | notes[i] << 2) >> 63 << i;
        bool longer = notes[i] & ATT_NOTE_CUE_BEGINS && notes[i + 1] & ATT_NOTE_CUE_FOLLOWS;
        cue |= (uint64_t)(longer || notes[i] & ATT_NOTE_CUE) << i;
    }
    *cues = cue;
    return found;
}

#if defined(__x86_64__)

#include <immintrin.h>

/* One more bit than `count` is read, for what follows the last one. */
static __attribute__((target("avx2"))) uint64_t scan_avx2(const uint64_t *notes, size_t count, uint64_t *cues)
{
    const __m256i cue = _mm256_set1_epi64x((long long)ATT_NOTE_CUE), zero = _mm256_setzero_si256();
    uint64_t follows = 0, begins = 0, alone = 0, none = 0, cue_begins = 0, cue_follows = 0;

    if (count < 64)
        return scan_scalar(notes, count, cues);
    for (size_t i = 0; i < 64; i += 4) {
        __m256d four = _mm256_loadu_pd((const double *)(const void *)(notes + i));
        __m256i bits = _mm256_castpd_si256(four);
        follows |= (uint64_t)_mm256_movemask_pd(four) << i;
        begins |= (uint64_t)_mm256_movemask_pd(_mm256_castsi256_pd(_mm256_slli_epi64(bits, 1))) << i;
        alone |= (uint64_t)_mm256_movemask_pd(_mm256_castsi256_pd(_mm256_slli_epi64(bits, 2))) << i;
        __m256i no_cue = _mm256_cmpeq_epi64(_mm256_and_si256(bits, cue), zero);
        none |= (uint64_t)_mm256_movemask_pd(_mm256_castsi256_pd(no_cue)) << i;
        cue_begins |= (uint64_t)_mm256_movemask_pd(_mm256_castsi256_pd(_mm256_slli_epi64(bits, 63 - 30))) << i;
        cue_follows |= (uint64_t)_mm256_movemask_pd(_mm256_castsi256_pd(_mm256_slli_epi64(bits, 63 - 31))) << i;
    }
    *cues = ~none | (cue_begins & (cue_follows >> 1 | (uint64_t)((notes[64] & ATT_NOTE_CUE_FOLLOWS) != 0) << 63));
    return (begins & (follows >> 1 | (notes[64] & ATT_NOTE_FOLLOWS))) | alone;
}

static __attribute__((target("avx512f,avx512dq"))) uint64_t scan_avx512(const uint64_t *notes, size_t count,
                                                                        uint64_t *cues)
{
    __m512i follow = _mm512_set1_epi64((long long)ATT_NOTE_FOLLOWS);
    __m512i begin = _mm512_set1_epi64((long long)ATT_NOTE_BEGINS);
    __m512i single = _mm512_set1_epi64((long long)ATT_NOTE_ALONE);
    __m512i cue = _mm512_set1_epi64((long long)ATT_NOTE_CUE);
    __m512i cue_begin = _mm512_set1_epi64((long long)ATT_NOTE_CUE_BEGINS);
    __m512i cue_follow = _mm512_set1_epi64((long long)ATT_NOTE_CUE_FOLLOWS);
    uint64_t follows = 0, begins = 0, alone = 0, cue_alone = 0, cue_begins = 0, cue_follows = 0;

    if (count < 64)
        return scan_scalar(notes, count, cues);
    for (size_t i = 0; i < 64; i += 8) {
        __m512i eight = _mm512_loadu_si512(notes + i);
        follows |= (uint64_t)_mm512_test_epi64_mask(eight, follow) << i;
        begins |= (uint64_t)_mm512_test_epi64_mask(eight, begin) << i;
        alone |= (uint64_t)_mm512_test_epi64_mask(eight, single) << i;
        cue_alone |= (uint64_t)_mm512_test_epi64_mask(eight, cue) << i;
        cue_begins |= (uint64_t)_mm512_test_epi64_mask(eight, cue_begin) << i;
        cue_follows |= (uint64_t)_mm512_test_epi64_mask(eight, cue_follow) << i;
    }
    *cues = cue_alone | (cue_begins & (cue_follows >> 1 | (uint64_t)((notes[64] & ATT_NOTE_CUE_FOLLOWS) != 0) << 63));
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
