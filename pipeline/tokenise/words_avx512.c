#if defined(__x86_64__)

#include <immintrin.h>

#define TARGET         __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,bmi,bmi2,lzcnt")))
#define WORDS_FUNCTION att_words_avx512

typedef __m512i block_bytes;

#include "tokenise/words_block.h"

static TARGET inline uint64_t equal(block_bytes b, int c)
{
    return _mm512_cmpeq_epi8_mask(b, _mm512_set1_epi8((char)c));
}

static TARGET inline block_classes classify_block(const att_word_rules *rules, const char *bytes)
{
    block_bytes b = _mm512_loadu_si512(bytes);
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

    if (beyond && rules->latin)
        add_letters(&c, b, _mm512_cmplt_epi8_mask(b, _mm512_set1_epi8((char)0xC0))); /* signed: trails are below it */
    return c;
}

#else
typedef int att_words_avx512_is_for_x86_64; /* a translation unit must not be empty */
#endif
