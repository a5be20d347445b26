#include "tokenise/tokenise.h"

#include "base/buffer.h"
#include "base/utf8.h"
#include "tokenise/gaps.h"
#include "tokenise/rules.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/utext.h>

struct att_tokeniser {
    const att_word_rules *rules;
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
    uint32_t *start = realloc(tokens->start, capacity * sizeof *start);
    tokens->start = start ? start : tokens->start;
    uint32_t *end = realloc(tokens->end, capacity * sizeof *end);
    tokens->end = end ? end : tokens->end;
    uint8_t *gap = realloc(tokens->gap, capacity + 1);
    tokens->gap = gap ? gap : tokens->gap;
    if (!type || !start || !end || !gap)
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
            tokens->end[tokens->count++] = (uint32_t)to;
        }
        from = to;
    }
    att_gaps_classify(text, tokens);
    return ATT_OK;
}

/* One segment of the state machine: [from, end), and whether it is a word. */
typedef struct {
    size_t end;
    bool is_word;
    bool dictionary; /* a character of a dictionary script was met: only ICU knows */
} segment;

/* Runs the table from `state`, entered with the text read up to `at`; the segment began before. */
static segment run_states(const att_word_rules *rules, att_span text, uint8_t state, size_t at)
{
    segment found = {.end = at, .is_word = rules->accepts[state] && rules->is_word[state]};

    while (state != ATT_STATE_STOP) {
        uint8_t category = ATT_CATEGORY_END;
        bool at_end = at >= text.size;
        if (!at_end) {
            category = rules->category[att_utf8_next(text.text, text.size, &at)];
            found.dictionary |= category >= rules->first_dictionary;
        }
        state = rules->next[state][category];
        if (rules->accepts[state]) {
            found.end = at;
            found.is_word = rules->is_word[state];
        }
        if (at_end)
            break;
    }
    return found;
}

/* The end of the run of characters that keep the letter state. */
static size_t skip_letters(const att_word_rules *rules, att_span text, size_t at)
{
    for (;;) {
        while (at < text.size && rules->ascii_letter[(unsigned char)text.text[at]])
            at++;
        if (at >= text.size || (unsigned char)text.text[at] < 0x80)
            return at;
        size_t next = at;
        if (!rules->stays[rules->category[att_utf8_next(text.text, text.size, &next)]])
            return at;
        at = next;
    }
}

/* The segment that begins at `from`, by the shortest way that is certain. */
static segment find_segment(const att_word_rules *rules, att_span text, size_t from)
{
    if (!rules->ascii_letter[(unsigned char)text.text[from]]) {
        size_t at = from;
        uint8_t category = rules->category[att_utf8_next(text.text, text.size, &at)];
        uint8_t state = rules->next[ATT_STATE_START][category];
        segment found;
        if (state == rules->letter_state && category < rules->first_dictionary)
            found = run_states(rules, text, state, skip_letters(rules, text, at));
        else
            found = run_states(rules, text, state, at);
        found.dictionary |= category >= rules->first_dictionary;
        if (found.end <= from) /* ICU: a segment that matches nothing is one character */
            found.end = at;
        return found;
    }
    size_t at = skip_letters(rules, text, from);
    if (at < text.size && rules->ends_word[(unsigned char)text.text[at]])
        return (segment){.end = at, .is_word = true};
    return run_states(rules, text, rules->letter_state, at);
}

/* Returns false when the text holds a dictionary script. */
static bool tokenise_by_table(const att_word_rules *rules, att_span text, att_tokens *tokens, bool *no_memory)
{
    size_t at = 0;

    while (at < text.size) {
        size_t gap = at;
        while (at < text.size && rules->ascii_gap[(unsigned char)text.text[at]])
            at++;
        if (at >= text.size)
            break;
        /* A combining mark joins the gap character before it: let the table see both. */
        if (at > gap && (unsigned char)text.text[at] >= 0x80)
            at--;
        segment found = find_segment(rules, text, at);
        if (found.dictionary)
            return false;
        if (found.is_word) {
            if (!reserve(tokens, tokens->count + 1)) {
                *no_memory = true;
                return true;
            }
            tokens->start[tokens->count] = (uint32_t)at;
            tokens->end[tokens->count++] = (uint32_t)found.end;
        }
        at = found.end;
    }
    return true;
}

att_status att_tokenise(att_tokeniser *tokeniser, att_span text, att_tokens *tokens, att_error *error)
{
    bool no_memory = false;

    tokens->count = 0;
    if (!reserve(tokens, 1))
        return att_fail_memory(error);
    if (!tokeniser->rules->usable || !tokenise_by_table(tokeniser->rules, text, tokens, &no_memory))
        return att_tokenise_icu(tokeniser, text, tokens, error);
    if (no_memory)
        return att_fail_memory(error);
    att_gaps_classify(text, tokens);
    return ATT_OK;
}
