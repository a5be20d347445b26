#include "tokenise/tokenise.h"

#include "base/buffer.h"
#include "tokenise/gaps.h"
#include "tokenise/rules.h"
#include "tokenise/words.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/utext.h>

struct att_tokeniser {
    const att_word_rules *rules;
    att_words_function *words;
    UBreakIterator *iterator;
    UText *text;
};

att_status att_tokeniser_new(att_tokeniser **out, const att_word_rules *rules, att_error *error)
{
    UErrorCode code = U_ZERO_ERROR;
    att_tokeniser *tokeniser = calloc(1, sizeof *tokeniser);

    if (!tokeniser)
        return att_fail_memory(error);
    tokeniser->rules = rules;
    tokeniser->words = att_words_choose();
    tokeniser->iterator = ubrk_clone(rules->iterator, &code);
    tokeniser->text = utext_openUTF8(NULL, "", 0, &code);
    if (U_FAILURE(code)) {
        att_tokeniser_free(tokeniser);
        return att_fail_memory(error);
    }
    *out = tokeniser;
    return ATT_OK;
}

void att_tokeniser_free(att_tokeniser *tokeniser)
{
    if (!tokeniser)
        return;
    if (tokeniser->iterator)
        ubrk_close(tokeniser->iterator);
    utext_close(tokeniser->text);
    free(tokeniser);
}

void att_tokens_clear(att_tokens *tokens)
{
    free(tokens->type);
    free(tokens->note);
    free(tokens->start);
    free(tokens->end);
    free(tokens->gap);
    *tokens = (att_tokens){0};
}

static bool reserve(att_tokens *tokens, size_t needed)
{
    size_t capacity = tokens->capacity ? tokens->capacity : 256;

    if (needed <= tokens->capacity)
        return true;
    while (capacity < needed)
        capacity *= 2;
    uint32_t *type = realloc(tokens->type, capacity * sizeof *type);
    tokens->type = type ? type : tokens->type;
    uint64_t *note = realloc(tokens->note, capacity * sizeof *note);
    tokens->note = note ? note : tokens->note;
    uint32_t *start = realloc(tokens->start, capacity * sizeof *start);
    tokens->start = start ? start : tokens->start;
    uint32_t *end = realloc(tokens->end, capacity * sizeof *end);
    tokens->end = end ? end : tokens->end;
    uint8_t *gap = realloc(tokens->gap, capacity + 1);
    tokens->gap = gap ? gap : tokens->gap;
    if (!type || !note || !start || !end || !gap)
        return false;
    tokens->capacity = capacity;
    return true;
}

att_status att_tokenise_icu(att_tokeniser *tokeniser, att_span text, att_tokens *tokens, att_error *error)
{
    UErrorCode code = U_ZERO_ERROR;

    tokens->count = 0;
    if (!reserve(tokens, 1))
        return att_fail_memory(error);
    utext_openUTF8(tokeniser->text, text.size ? text.text : "", (int64_t)text.size, &code);
    ubrk_setUText(tokeniser->iterator, tokeniser->text, &code);
    if (U_FAILURE(code))
        return att_fail_memory(error);
    int32_t from = ubrk_first(tokeniser->iterator);
    for (int32_t to = ubrk_next(tokeniser->iterator); to != UBRK_DONE; to = ubrk_next(tokeniser->iterator)) {
        if (ubrk_getRuleStatus(tokeniser->iterator) >= UBRK_WORD_NONE_LIMIT) {
            if (!reserve(tokens, tokens->count + 1))
                return att_fail_memory(error);
            tokens->start[tokens->count] = (uint32_t)from;
            tokens->gap[tokens->count] = ATT_GAP_UNKNOWN;
            tokens->end[tokens->count++] = (uint32_t)to;
        }
        from = to;
    }
    att_gaps_classify(text, tokens);
    return ATT_OK;
}

att_status att_tokenise(att_tokeniser *tokeniser, att_span text, att_tokens *tokens, att_error *error)
{
    tokens->count = 0;
    if (!reserve(tokens, text.size + ATT_WORDS_SLACK))
        return att_fail_memory(error);
    size_t count = ATT_WORDS_HAND_OVER;
    if (tokeniser->rules->usable)
        count = tokeniser->words(tokeniser->rules, text, tokens);
    if (count == ATT_WORDS_HAND_OVER)
        return att_tokenise_icu(tokeniser, text, tokens, error);
    tokens->count = count;
    att_gaps_classify(text, tokens);
    return ATT_OK;
}
