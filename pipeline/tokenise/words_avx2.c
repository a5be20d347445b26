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

static TARGET inline block_classes classify_block(const att_word_rules *rules, block_bytes b)
{
    block_bytes high_bit = {high_bits(b.low), high_bits(b.high)};
    /* A shuffle gives 0 for bytes beyond ASCII, so they are in no class. */
    block_classes c = {.word = in_class(b, high_bit, rules->nibbles[0]),
                       .middle = in_class(b, high_bit, rules->nibbles[1]),
                       .plain = in_class(b, high_bit, rules->nibbles[2]),
                       .space = equal(b, ' ')};
    uint64_t beyond = mask_of(b);

    if (beyond && rules->latin) {
        __m256i limit = _mm256_set1_epi8((char)0xC0); /* signed: trails are below it */
        block_bytes trails = {_mm256_cmpgt_epi8(limit, b.low), _mm256_cmpgt_epi8(limit, b.high)};
        add_letters(&c, b, mask_of(trails));
    }
    if (beyond && rules->marks && equal(b, ATT_LEAD_MARK))
        add_marks(&c, b);
    return c;
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
