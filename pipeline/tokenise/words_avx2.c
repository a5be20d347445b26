#if defined(__x86_64__)

#include <immintrin.h>

#define TARGET         __attribute__((target("avx2,bmi,bmi2,lzcnt")))
#define WORDS_FUNCTION att_words_avx2

/* 64 bytes as two registers. */
typedef struct {
    __m256i low, high;
} block_bytes;

#include "tokenise/words_block.h"

static TARGET inline block_bytes load_block(const char *bytes, size_t left)
{
    char padded[64];

    if (left < 64) {
        memset(padded, ' ', sizeof padded);
        memcpy(padded, bytes, left);
        bytes = padded;
    }
    return (block_bytes){_mm256_loadu_si256((const __m256i *)(const void *)bytes),
                         _mm256_loadu_si256((const __m256i *)(const void *)(bytes + 32))};
}

static TARGET inline uint64_t mask_of(block_bytes b)
{
    return (uint64_t)(uint32_t)_mm256_movemask_epi8(b.high) << 32 | (uint32_t)_mm256_movemask_epi8(b.low);
}

static TARGET inline uint64_t equal(block_bytes b, int c)
{
    __m256i all = _mm256_set1_epi8((char)c);

    return mask_of((block_bytes){_mm256_cmpeq_epi8(b.low, all), _mm256_cmpeq_epi8(b.high, all)});
}

static TARGET inline uint64_t digits(block_bytes b)
{
    __m256i nine = _mm256_set1_epi8(9), zero = _mm256_set1_epi8('0');
    __m256i low = _mm256_sub_epi8(b.low, zero), high = _mm256_sub_epi8(b.high, zero);

    return mask_of((block_bytes){_mm256_cmpeq_epi8(_mm256_min_epu8(low, nine), low),
                                 _mm256_cmpeq_epi8(_mm256_min_epu8(high, nine), high)});
}

/* Bytes whose high half is in the set that their low half has in the table. high_bit: 1 << high half, 0 beyond ASCII.
 */
static TARGET inline uint64_t in_class(block_bytes b, block_bytes high_bit, const uint8_t table[16])
{
    __m256i sets = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)table));
    __m256i zero = _mm256_setzero_si256();
    __m256i low = _mm256_and_si256(_mm256_shuffle_epi8(sets, b.low), high_bit.low);
    __m256i high = _mm256_and_si256(_mm256_shuffle_epi8(sets, b.high), high_bit.high);

    return ~mask_of((block_bytes){_mm256_cmpeq_epi8(low, zero), _mm256_cmpeq_epi8(high, zero)});
}

static TARGET inline __m256i high_bits(__m256i bytes)
{
    __m256i table = _mm256_broadcastsi128_si256(_mm_setr_epi8(1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0));

    return _mm256_shuffle_epi8(table, _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(15)));
}

static TARGET inline block_classes classify_ascii(const att_word_rules *rules, block_bytes b, uint64_t *beyond,
                                                  uint64_t *trails)
{
    block_bytes high_bit = {high_bits(b.low), high_bits(b.high)};
    __m256i limit = _mm256_set1_epi8((char)0xC0); /* signed: trails are below it */
    block_bytes below = {_mm256_cmpgt_epi8(limit, b.low), _mm256_cmpgt_epi8(limit, b.high)};

    *beyond = mask_of(b);
    *trails = mask_of(below);
    /* A shuffle gives 0 for bytes beyond ASCII, so they are in no class. */
    return (block_classes){.word = in_class(b, high_bit, rules->nibbles[0]),
                           .middle = in_class(b, high_bit, rules->nibbles[1]),
                           .plain = in_class(b, high_bit, rules->nibbles[2]),
                           .space = equal(b, ' ')};
}

/* What a table of 64 has for the low six bits of each byte. */
static TARGET inline __m256i look_up_64(__m256i bytes, const uint8_t table[64])
{
    __m256i low = _mm256_and_si256(bytes, _mm256_set1_epi8(15)), found = _mm256_setzero_si256();
    __m256i quarter = _mm256_and_si256(bytes, _mm256_set1_epi8(0x30));

    for (int i = 0; i < 4; i++) {
        __m256i part = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)(table + i * 16)));
        __m256i here = _mm256_cmpeq_epi8(quarter, _mm256_set1_epi8((char)(i * 16)));
        found = _mm256_or_si256(found, _mm256_and_si256(here, _mm256_shuffle_epi8(part, low)));
    }
    return found;
}

static TARGET inline uint64_t has_bit(block_bytes b, int bit)
{
    __m256i all = _mm256_set1_epi8((char)bit);

    return mask_of((block_bytes){_mm256_cmpeq_epi8(_mm256_and_si256(b.low, all), all),
                                 _mm256_cmpeq_epi8(_mm256_and_si256(b.high, all), all)});
}

static TARGET inline trail_classes look_up_trails(block_bytes b, const uint8_t table[64])
{
    block_bytes found = {look_up_64(b.low, table), look_up_64(b.high, table)};

    return (trail_classes){.word = has_bit(found, ATT_CHAR_WORD),
                           .extend = has_bit(found, ATT_CHAR_EXTEND),
                           .gap = has_bit(found, ATT_CHAR_GAP),
                           .hebrew = has_bit(found, ATT_CHAR_HEBREW)};
}

static TARGET inline size_t put_tokens(const block_words *found, uint32_t base, att_tokens *tokens, size_t count)
{
    uint64_t starts = found->starts, ends = found->ends;
    uint32_t *start_at = tokens->start, *end_at = tokens->end;
    uint8_t *gap_at = tokens->gap;

    while (starts) {
        unsigned start = (unsigned)__builtin_ctzll(starts);
        start_at[count] = base + start;
        end_at[count] = base + (unsigned)__builtin_ctzll(ends);
        gap_at[count++] = found->behind_space >> start & 1 ? ATT_GAP_SPACE : ATT_GAP_UNKNOWN;
        starts &= starts - 1;
        ends &= ends - 1;
    }
    return count;
}

#else
typedef int att_words_avx2_is_for_x86_64; /* a translation unit must not be empty */
#endif
