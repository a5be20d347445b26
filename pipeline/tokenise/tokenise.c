#include "tokenise/tokenise.h"

#include "base/buffer.h"
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
    free(tokens->turns);
    *tokens = (att_tokens){0};
}

void att_tokens_empty(att_tokens *tokens)
{
    tokens->count = tokens->turn_count = 0;
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
    uint8_t *gap = realloc(tokens->gap, capacity);
    tokens->gap = gap ? gap : tokens->gap;
    if (!type || !note || !start || !end || !gap)
        return false;
    tokens->capacity = capacity;
    return true;
}

/* Where the tokens of the next turn begin. */
static size_t next_first(const att_tokens *tokens)
{
    return tokens->turn_count ? tokens->count + 1 : 0;
}

/* Makes the tokens from `first` on, already in their place, a turn. */
static att_status add_turn(att_tokens *tokens, att_span text, size_t first, size_t count, att_error *error)
{
    size_t separator = first + count;

    if (!att_grow(&tokens->turns, &tokens->turn_capacity, tokens->turn_count + 1, sizeof *tokens->turns))
        return att_fail_memory(error);
    tokens->turns[tokens->turn_count++] = (att_token_turn){text, first, count};
    tokens->type[separator] = 0;
    tokens->note[separator] = 0;
    tokens->start[separator] = tokens->end[separator] = (uint32_t)text.size;
    tokens->gap[separator] = ATT_GAP_UNKNOWN;
    tokens->count = separator;
    return ATT_OK;
}

static att_status add_icu(att_tokeniser *tokeniser, att_span text, att_tokens *tokens, att_error *error)
{
    UErrorCode code = U_ZERO_ERROR;
    size_t first = next_first(tokens), at = first;

    if (!reserve(tokens, at + 1))
        return att_fail_memory(error);
    utext_openUTF8(tokeniser->text, text.size ? text.text : "", (int64_t)text.size, &code);
    ubrk_setUText(tokeniser->iterator, tokeniser->text, &code);
    if (U_FAILURE(code))
        return att_fail_memory(error);
    int32_t from = ubrk_first(tokeniser->iterator);
    for (int32_t to = ubrk_next(tokeniser->iterator); to != UBRK_DONE; to = ubrk_next(tokeniser->iterator)) {
        if (ubrk_getRuleStatus(tokeniser->iterator) >= UBRK_WORD_NONE_LIMIT) {
            if (!reserve(tokens, at + 2))
                return att_fail_memory(error);
            tokens->start[at] = (uint32_t)from;
            tokens->gap[at] = ATT_GAP_UNKNOWN;
            tokens->end[at++] = (uint32_t)to;
        }
        from = to;
    }
    return add_turn(tokens, text, first, at - first, error);
}

att_status att_tokenise_icu(att_tokeniser *tokeniser, att_span text, att_tokens *tokens, att_error *error)
{
    att_tokens_empty(tokens);
    return add_icu(tokeniser, text, tokens, error);
}

att_status att_tokenise_add(att_tokeniser *tokeniser, att_span text, att_tokens *tokens, att_error *error)
{
    size_t first = next_first(tokens), count = ATT_WORDS_HAND_OVER;

    if (!reserve(tokens, first + text.size + ATT_WORDS_SLACK))
        return att_fail_memory(error);
    if (tokeniser->rules->usable) {
        att_tokens free_part = {.start = tokens->start + first, .end = tokens->end + first, .gap = tokens->gap + first};
        count = tokeniser->words(tokeniser->rules, text, &free_part);
    }
    if (count == ATT_WORDS_HAND_OVER)
        return add_icu(tokeniser, text, tokens, error);
    return add_turn(tokens, text, first, count, error);
}

att_status att_tokenise(att_tokeniser *tokeniser, att_span text, att_tokens *tokens, att_error *error)
{
    att_tokens_empty(tokens);
    return att_tokenise_add(tokeniser, text, tokens, error);
}
