#if defined(__x86_64__)

#include <immintrin.h>

#define TARGET         __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,bmi,bmi2,lzcnt,popcnt")))
#define WORDS_FUNCTION att_words_avx512

typedef __m512i block_bytes;

#include "tokenise/words_block.h"

static TARGET inline block_bytes load_block(const char *bytes, size_t left)
{
    return _mm512_mask_loadu_epi8(_mm512_set1_epi8(' '), low_bits((unsigned)left), bytes);
}

static TARGET inline uint64_t equal(block_bytes b, int c)
{
    return _mm512_cmpeq_epi8_mask(b, _mm512_set1_epi8((char)c));
}

static TARGET inline uint64_t digits(block_bytes b)
{
    return _mm512_cmple_epu8_mask(_mm512_sub_epi8(b, _mm512_set1_epi8('0')), _mm512_set1_epi8(9));
}

static TARGET inline block_classes classify_ascii(const att_word_rules *rules, block_bytes b, uint64_t *beyond,
                                                  uint64_t *trails)
{
    /* The classes of 128 ASCII bytes, looked up at once; the top bit of a byte is ignored by the look-up. */
    __m512i found =
        _mm512_permutex2var_epi8(_mm512_loadu_si512(rules->classes), b, _mm512_loadu_si512(rules->classes + 64));
    uint64_t high = _mm512_movepi8_mask(b);

    *beyond = high;
    *trails = _mm512_cmplt_epi8_mask(b, _mm512_set1_epi8((char)0xC0)); /* signed: trails are below it */
    return (block_classes){.word = _mm512_test_epi8_mask(found, _mm512_set1_epi8(ATT_BYTE_WORD)) & ~high,
                           .middle = _mm512_test_epi8_mask(found, _mm512_set1_epi8(ATT_BYTE_MIDDLE)) & ~high,
                           .plain = _mm512_test_epi8_mask(found, _mm512_set1_epi8(ATT_BYTE_PLAIN)) & ~high,
                           .space = equal(b, ' ')};
}

static TARGET inline trail_classes look_up_trails(block_bytes b, const uint8_t table[64])
{
    __m512i found = _mm512_permutexvar_epi8(b, _mm512_loadu_si512(table));

    return (trail_classes){.word = _mm512_test_epi8_mask(found, _mm512_set1_epi8(ATT_CHAR_WORD)),
                           .extend = _mm512_test_epi8_mask(found, _mm512_set1_epi8(ATT_CHAR_EXTEND)),
                           .gap = _mm512_test_epi8_mask(found, _mm512_set1_epi8(ATT_CHAR_GAP)),
                           .hebrew = _mm512_test_epi8_mask(found, _mm512_set1_epi8(ATT_CHAR_HEBREW))};
}

/* Writes `base` plus each of the bytes at `places` whose bit is set. There may be 32 of them; room behind them is
 * written to as well. */
static TARGET inline void put_places(uint32_t *to, uint64_t bits, __m512i places, uint32_t base, bool many)
{
    __m512i packed = _mm512_maskz_compress_epi8(bits, places), offset = _mm512_set1_epi32((int)base);
    __m512i first = _mm512_cvtepu8_epi32(_mm512_castsi512_si128(packed));

    _mm512_storeu_si512(to, _mm512_add_epi32(first, offset));
    if (many)
        _mm512_storeu_si512(to + 16,
                            _mm512_add_epi32(_mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(packed, 1)), offset));
}

static TARGET inline size_t put_tokens(const block_words *found, uint32_t base, att_tokens *tokens, size_t count)
{
    static const uint8_t numbers[64] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
                                        16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
                                        32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47,
                                        48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
    __m512i places = _mm512_loadu_si512(numbers);
    unsigned some = (unsigned)__builtin_popcountll(found->starts);
    __m512i gaps = _mm512_set1_epi8((char)ATT_GAP_UNKNOWN);

    put_places(tokens->start + count, found->starts, places, base, some > 16);
    put_places(tokens->end + count, found->ends, places, base, some > 16);
    gaps = _mm512_mask_blend_epi8(found->behind_space, gaps, _mm512_set1_epi8(ATT_GAP_SPACE));
    gaps = _mm512_maskz_compress_epi8(found->starts, gaps);
    _mm256_storeu_si256((__m256i *)(void *)(tokens->gap + count), _mm512_castsi512_si256(gaps));
    return count + some;
}

#else
typedef int att_words_avx512_is_for_x86_64; /* a translation unit must not be empty */
#endif
