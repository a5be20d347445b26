/* Every tokeniser that this processor has against ICU's own iterator, on any bytes, in two languages that differ. */
#include "model/turn.h"
#include "tokenise/tokenise.h"
#include "tokenise/words.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct {
    att_word_rules *rules;
    att_tokeniser *tokeniser;
    att_tokens expected;
    att_tokens found;
} bench;

static void check(bench *b, att_words_function *words, att_span text)
{
    /* Room as att_tokenise makes it. */
    if (att_tokenise(b->tokeniser, text, &b->found, NULL))
        abort();
    size_t count = words(b->rules, text, &b->found);
    if (count == ATT_WORDS_HAND_OVER)
        return;
    if (count != b->expected.count || memcmp(b->found.start, b->expected.start, count * sizeof(uint32_t)) != 0 ||
        memcmp(b->found.end, b->expected.end, count * sizeof(uint32_t)) != 0)
        abort();
    for (size_t i = 0; i < count; i++)
        if (b->found.gap[i] != ATT_GAP_UNKNOWN && b->found.gap[i] != b->expected.gap[i])
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const languages[] = {"en", "sv"};
    static bench benches[2];
    att_span text = {(const char *)data, size < ATT_TURN_PIECE ? size : ATT_TURN_PIECE};

    for (size_t i = 0; i < 2; i++) {
        bench *b = &benches[i];
        if (!b->rules &&
            (att_word_rules_new(&b->rules, languages[i], NULL) || att_tokeniser_new(&b->tokeniser, b->rules, NULL)))
            abort();
        if (!b->rules->usable || att_tokenise_icu(b->tokeniser, text, &b->expected, NULL))
            abort();
        att_gaps_classify(&b->expected, &b->expected.turns[0], 0, b->expected.count);
        check(b, att_words_scalar, text);
#if defined(__x86_64__)
        if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2"))
            check(b, att_words_avx2, text);
        if (att_words_choose() == att_words_avx512)
            check(b, att_words_avx512, text);
#endif
    }
    return 0;
}
