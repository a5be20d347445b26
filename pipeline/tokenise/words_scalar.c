#include "tokenise/words.h"

#include "base/utf8.h"

/* Runs the table from `state`, entered with the text read up to `at`; the segment began before. */
static att_segment run_states(const att_word_rules *rules, att_span text, uint8_t state, size_t at)
{
    att_segment found = {.end = at, .is_word = rules->accepts[state] && rules->is_word[state]};

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

att_segment att_segment_find(const att_word_rules *rules, att_span text, size_t from)
{
    if (!rules->ascii_letter[(unsigned char)text.text[from]]) {
        size_t at = from;
        uint8_t category = rules->category[att_utf8_next(text.text, text.size, &at)];
        uint8_t state = rules->next[ATT_STATE_START][category];
        att_segment found;
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
        return (att_segment){.end = at, .is_word = true};
    return run_states(rules, text, rules->letter_state, at);
}

size_t att_words_step(const att_word_rules *rules, att_span text, size_t at, size_t last, att_tokens *tokens,
                      size_t *count)
{
    while (at <= last && at < text.size) {
        att_segment found = att_segment_find(rules, text, at);
        if (found.dictionary)
            return ATT_WORDS_HAND_OVER;
        if (found.is_word) {
            tokens->start[*count] = (uint32_t)at;
            tokens->end[*count] = (uint32_t)found.end;
            tokens->gap[(*count)++] = ATT_GAP_UNKNOWN;
        }
        at = found.end;
    }
    return at;
}

size_t att_words_scalar(const att_word_rules *rules, att_span text, att_tokens *tokens)
{
    size_t at = 0, count = 0;

    while (at < text.size) {
        size_t gap = at;
        while (at < text.size && rules->ascii_gap[(unsigned char)text.text[at]])
            at++;
        if (at >= text.size)
            break;
        /* A combining mark joins the gap character before it: let the table see both. */
        if (at > gap && (unsigned char)text.text[at] >= 0x80)
            at--;
        at = att_words_step(rules, text, at, at, tokens, &count);
        if (at == ATT_WORDS_HAND_OVER)
            return ATT_WORDS_HAND_OVER;
    }
    return count;
}
