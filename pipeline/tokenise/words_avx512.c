#if defined(__x86_64__)

#include <immintrin.h>

#define TARGET         __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,bmi,bmi2,lzcnt")))
#define WORDS_FUNCTION att_words_avx512
#include "tokenise/words_block.h"

static TARGET inline uint64_t equal(__m512i b, int c)
{
    return _mm512_cmpeq_epi8_mask(b, _mm512_set1_epi8((char)c));
}

/* Both bytes of the two-byte letters that are known. */
static TARGET inline uint64_t two_byte_letters(__m512i b)
{
    uint64_t trail = _mm512_cmplt_epi8_mask(b, _mm512_set1_epi8((char)0xC0)); /* signed */
    uint64_t sign = equal(b, ATT_TRAIL_MULTIPLY) | equal(b, ATT_TRAIL_DIVIDE);
    uint64_t lead = equal(b, ATT_LEAD_LATIN_A1) | equal(b, ATT_LEAD_LATIN_A2) | equal(b, ATT_LEAD_CYRILLIC_1) |
                    equal(b, ATT_LEAD_CYRILLIC_2);
    uint64_t first = (lead & trail >> 1) | (equal(b, ATT_LEAD_LATIN_1) & (trail & ~sign) >> 1);

    return first | first << 1;
}

static TARGET inline block_classes classify_block(const att_word_rules *rules, const char *bytes)
{
    __m512i b = _mm512_loadu_si512(bytes);
    /* The classes of 128 ASCII bytes, looked up at once; the top bit of a byte is ignored by the look-up. */
    __m512i found =
        _mm512_permutex2var_epi8(_mm512_loadu_si512(rules->classes), b, _mm512_loadu_si512(rules->classes + 64));
    uint64_t beyond = _mm512_movepi8_mask(b);
    block_classes c = {.word = _mm512_test_epi8_mask(found, _mm512_set1_epi8(ATT_BYTE_WORD)) & ~beyond,
                       .middle = _mm512_test_epi8_mask(found, _mm512_set1_epi8(ATT_BYTE_MIDDLE)) & ~beyond,
                       .plain = _mm512_test_epi8_mask(found, _mm512_set1_epi8(ATT_BYTE_PLAIN)) & ~beyond,
                       .sentence = _mm512_test_epi8_mask(found, _mm512_set1_epi8(ATT_BYTE_SENTENCE)) & ~beyond,
                       .clause = _mm512_test_epi8_mask(found, _mm512_set1_epi8(ATT_BYTE_CLAUSE)) & ~beyond,
                       .space = equal(b, ' ')};

    if (beyond && rules->latin) {
        uint64_t letters = two_byte_letters(b);
        c.word |= letters;
        c.plain |= letters;
    }
    return c;
}

#else
typedef int att_words_avx512_is_for_x86_64; /* a translation unit must not be empty */
#endif
