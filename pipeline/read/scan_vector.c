#include "read/scan.h"

#if defined(__x86_64__)

#include <immintrin.h>
#include <string.h>

/* AVX-512 reads the end of a text under a mask; the rest is AVX2's business, where most bytes are not ASCII anyway. */
#define TARGET     __attribute__((target("avx2,bmi,bmi2")))
#define TARGET_512 __attribute__((target("avx2,avx512f,avx512bw,avx512vl,bmi,bmi2")))

enum { BLOCK = 32 };

static TARGET inline __m256i load(const char *text)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)text);
}

/* The last bytes of a text, and zeros behind them. */
static TARGET inline __m256i load_rest(const char *text, size_t size)
{
    char padded[BLOCK] = {0};

    memcpy(padded, text, size);
    return load(padded);
}

static TARGET inline uint32_t brackets_32(__m256i text)
{
    /* [ and { differ in one bit. */
    __m256i square = _mm256_cmpeq_epi8(_mm256_or_si256(text, _mm256_set1_epi8(0x20)), _mm256_set1_epi8('{'));
    __m256i round = _mm256_cmpeq_epi8(text, _mm256_set1_epi8('('));
    __m256i angle = _mm256_cmpeq_epi8(text, _mm256_set1_epi8('<'));
    __m256i hash = _mm256_cmpeq_epi8(text, _mm256_set1_epi8('#'));

    return (uint32_t)_mm256_movemask_epi8(
        _mm256_or_si256(_mm256_or_si256(square, round), _mm256_or_si256(angle, hash)));
}

static TARGET size_t find_bracket_avx2(const char *text, size_t size, size_t at)
{
    for (; size - at >= BLOCK; at += BLOCK) {
        uint32_t found = brackets_32(load(text + at));
        if (found)
            return at + (size_t)__builtin_ctz(found);
    }
    uint32_t found = at < size ? brackets_32(load_rest(text + at, size - at)) : 0;
    return found ? at + (size_t)__builtin_ctz(found) : size;
}

/* UTF-8 by look-up: J. Keiser and D. Lemire, Validating UTF-8 In Less Than One Instruction Per Byte, Software: Practice
 * and Experience 51 (2021). Each pair of neighbouring bytes is sorted by the half bytes of the first and the high half
 * of the second into kinds of mistakes, one bit a kind; a pair is wrong where all three agree on one. */
enum {
    TOO_SHORT = 1 << 0,                          /* a lead byte, and no trail behind it */
    TOO_LONG = 1 << 1,                           /* ASCII, and a trail behind it */
    OVERLONG_3 = 1 << 2,                         /* E0, and a trail below A0 */
    TOO_LARGE = 1 << 3,                          /* F4 and a trail from 90 on, or a lead beyond */
    SURROGATE = 1 << 4,                          /* ED, and a trail from A0 on */
    OVERLONG_2 = 1 << 5,                         /* C0, C1 */
    OVERLONG_4 = 1 << 6,                         /* F0, and a trail below 90 */
    TOO_LARGE_LOW = 1 << 6,                      /* F5 and beyond, and a trail below 90 */
    TWO_TRAILS = 1 << 7,                         /* fine where a lead two or three bytes before asks for it */
    ANY_LOW = TOO_SHORT | TOO_LONG | TWO_TRAILS, /* says nothing about the low half of the first */
};

static const uint8_t by_first_high[16] = {
    TOO_LONG,
    TOO_LONG,
    TOO_LONG,
    TOO_LONG,
    TOO_LONG,
    TOO_LONG,
    TOO_LONG,
    TOO_LONG,
    TWO_TRAILS,
    TWO_TRAILS,
    TWO_TRAILS,
    TWO_TRAILS,
    TOO_SHORT | OVERLONG_2,
    TOO_SHORT,
    TOO_SHORT | OVERLONG_3 | SURROGATE,
    TOO_SHORT | TOO_LARGE | TOO_LARGE_LOW | OVERLONG_4,
};
static const uint8_t by_first_low[16] = {
    ANY_LOW | OVERLONG_3 | OVERLONG_2 | OVERLONG_4,
    ANY_LOW | OVERLONG_2,
    ANY_LOW,
    ANY_LOW,
    ANY_LOW | TOO_LARGE,
    ANY_LOW | TOO_LARGE | TOO_LARGE_LOW,
    ANY_LOW | TOO_LARGE | TOO_LARGE_LOW,
    ANY_LOW | TOO_LARGE | TOO_LARGE_LOW,
    ANY_LOW | TOO_LARGE | TOO_LARGE_LOW,
    ANY_LOW | TOO_LARGE | TOO_LARGE_LOW,
    ANY_LOW | TOO_LARGE | TOO_LARGE_LOW,
    ANY_LOW | TOO_LARGE | TOO_LARGE_LOW,
    ANY_LOW | TOO_LARGE | TOO_LARGE_LOW,
    ANY_LOW | TOO_LARGE | TOO_LARGE_LOW | SURROGATE,
    ANY_LOW | TOO_LARGE | TOO_LARGE_LOW,
    ANY_LOW | TOO_LARGE | TOO_LARGE_LOW,
};
static const uint8_t by_second_high[16] = {
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
    TOO_LONG | OVERLONG_2 | TWO_TRAILS | OVERLONG_3 | TOO_LARGE_LOW | OVERLONG_4,
    TOO_LONG | OVERLONG_2 | TWO_TRAILS | OVERLONG_3 | TOO_LARGE,
    TOO_LONG | OVERLONG_2 | TWO_TRAILS | SURROGATE | TOO_LARGE,
    TOO_LONG | OVERLONG_2 | TWO_TRAILS | SURROGATE | TOO_LARGE,
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
};

static TARGET inline __m256i look_up(const uint8_t table[16], __m256i halves)
{
    __m256i both = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)table));

    return _mm256_shuffle_epi8(both, halves);
}

static TARGET inline __m256i high_half(__m256i bytes)
{
    return _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(15));
}

/* What is wrong with the bytes of a block, `before` being the block before it; zero: nothing. */
static TARGET inline __m256i mistakes(__m256i block, __m256i before)
{
    __m256i across = _mm256_permute2x128_si256(before, block, 0x21);
    __m256i one = _mm256_alignr_epi8(block, across, 15);
    __m256i two = _mm256_alignr_epi8(block, across, 14);
    __m256i three = _mm256_alignr_epi8(block, across, 13);
    __m256i pair = _mm256_and_si256(look_up(by_first_high, high_half(one)),
                                    look_up(by_first_low, _mm256_and_si256(one, _mm256_set1_epi8(15))));
    pair = _mm256_and_si256(pair, look_up(by_second_high, high_half(block)));
    /* The top bit is set where a lead of three bytes stands two before, or one of four three before: there must be two
     * trails in a row, and nowhere else. */
    __m256i third = _mm256_subs_epu8(two, _mm256_set1_epi8(0xE0 - 0x80));
    __m256i fourth = _mm256_subs_epu8(three, _mm256_set1_epi8(0xF0 - 0x80));
    __m256i wanted = _mm256_and_si256(_mm256_or_si256(third, fourth), _mm256_set1_epi8((char)0x80));

    return _mm256_xor_si256(wanted, pair);
}

/* All ones in the control characters that are not white space. */
static TARGET inline __m256i controls(__m256i block)
{
    __m256i from_tab = _mm256_sub_epi8(block, _mm256_set1_epi8('\t'));
    __m256i white = _mm256_cmpeq_epi8(_mm256_min_epu8(from_tab, _mm256_set1_epi8(4)), from_tab);
    __m256i low = _mm256_cmpeq_epi8(_mm256_min_epu8(block, _mm256_set1_epi8(0x1F)), block);

    return _mm256_or_si256(_mm256_andnot_si256(white, low), _mm256_cmpeq_epi8(block, _mm256_set1_epi8(0x7F)));
}

static TARGET bool is_clean_avx2(const char *text, size_t size)
{
    __m256i before = _mm256_setzero_si256(), wrong = before;
    bool plain = true; /* the block before is ASCII */
    size_t at = 0;

    for (; size - at >= BLOCK; at += BLOCK) {
        __m256i block = load(text + at);
        bool ascii = _mm256_movemask_epi8(block) == 0;
        wrong = _mm256_or_si256(wrong, controls(block));
        if (!ascii || !plain)
            wrong = _mm256_or_si256(wrong, mistakes(block, before));
        before = block;
        plain = ascii;
    }
    /* Spaces behind the text: a character that is cut off there is too short. */
    char padded[BLOCK];
    memset(padded, ' ', sizeof padded);
    memcpy(padded, text + at, size - at);
    __m256i rest = load(padded);
    wrong = _mm256_or_si256(wrong, _mm256_or_si256(controls(rest), mistakes(rest, before)));
    return _mm256_testz_si256(wrong, wrong);
}

const att_scan att_scan_avx2 = {find_bracket_avx2, is_clean_avx2};

static TARGET_512 inline __m512i load_64(const char *text, size_t left)
{
    __mmask64 mask = left < 64 ? _bzhi_u64(UINT64_MAX, (unsigned)left) : UINT64_MAX;

    return _mm512_mask_loadu_epi8(_mm512_set1_epi8(' '), mask, text);
}

static TARGET_512 size_t find_bracket_avx512(const char *text, size_t size, size_t at)
{
    for (; at < size; at += 64) {
        __m512i block = load_64(text + at, size - at);
        __m512i lower = _mm512_or_si512(block, _mm512_set1_epi8(0x20));
        uint64_t found = _mm512_cmpeq_epi8_mask(lower, _mm512_set1_epi8('{')) |
                         _mm512_cmpeq_epi8_mask(block, _mm512_set1_epi8('(')) |
                         _mm512_cmpeq_epi8_mask(block, _mm512_set1_epi8('<')) |
                         _mm512_cmpeq_epi8_mask(block, _mm512_set1_epi8('#'));
        if (found)
            return at + (size_t)__builtin_ctzll(found);
    }
    return size;
}

/* ASCII here; from the first byte beyond it on, in the other way. */
static TARGET_512 bool is_clean_avx512(const char *text, size_t size)
{
    for (size_t at = 0; at < size; at += 64) {
        __m512i block = load_64(text + at, size - at);
        __m512i from_tab = _mm512_sub_epi8(block, _mm512_set1_epi8('\t'));
        uint64_t low = _mm512_cmplt_epi8_mask(block, _mm512_set1_epi8(' ')); /* signed: beyond ASCII too */
        uint64_t white = _mm512_cmple_epu8_mask(from_tab, _mm512_set1_epi8(4));
        if ((low & ~white) | _mm512_cmpeq_epi8_mask(block, _mm512_set1_epi8(0x7F)))
            return is_clean_avx2(text + at, size - at);
    }
    return true;
}

const att_scan att_scan_avx512 = {find_bracket_avx512, is_clean_avx512};

#else
typedef int att_scan_vector_is_for_x86_64; /* a translation unit must not be empty */
#endif
