#include "tokenise/words.h"

#include "base/utf8.h"

/* The category of the code point at text[*at], *at < size, moving *at behind it: two and three bytes without a call. */
static inline uint8_t next_category(const att_word_rules *rules, att_span text, size_t *at)
{
    const unsigned char *s = (const unsigned char *)text.text + *at;
    size_t left = text.size - *at;

    if (s[0] < 0x80) {
        *at += 1;
        return rules->category[s[0]];
    }
    if (s[0] >= 0xC2 && s[0] < 0xE0 && left >= 2 && (s[1] & 0xC0) == 0x80) {
        *at += 2;
        return rules->category[(uint32_t)(s[0] & 0x1F) << 6 | (s[1] & 0x3Fu)];
    }
    /* Without the leads that have fewer second bytes: E0 (overlong forms, but for A0 to BF), ED (surrogates). */
    if (((s[0] > 0xE0 && s[0] < 0xF0 && s[0] != 0xED) || (s[0] == 0xE0 && left >= 2 && s[1] >= 0xA0)) && left >= 3 &&
        (s[1] & 0xC0) == 0x80 && (s[2] & 0xC0) == 0x80) {
        *at += 3;
        return rules->category[(uint32_t)(s[0] & 0x0F) << 12 | (uint32_t)(s[1] & 0x3F) << 6 | (s[2] & 0x3Fu)];
    }
    return rules->category[att_utf8_next(text.text, text.size, at)];
}

/* Runs the table from `state`, entered with the text read up to `at`; the segment began before. */
static att_segment run_states(const att_word_rules *rules, att_span text, uint8_t state, size_t at)
{
    att_segment found = {.end = at, .is_word = rules->accepts[state] && rules->is_word[state]};

    while (state != ATT_STATE_STOP) {
        uint8_t category = ATT_CATEGORY_END;
        bool at_end = at >= text.size;
        if (!at_end) {
            category = next_category(rules, text, &at);
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
        if (!rules->stays[next_category(rules, text, &next)])
            return at;
        at = next;
    }
}

att_segment att_segment_find(const att_word_rules *rules, att_span text, size_t from)
{
    if (!rules->ascii_letter[(unsigned char)text.text[from]]) {
        size_t at = from;
        uint8_t category = next_category(rules, text, &at);
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

/* Can a chunk tokeniser go on from this character by itself? */
static bool is_for_chunks(const att_word_rules *rules, att_span text, size_t at)
{
    unsigned char byte = (unsigned char)text.text[at];

    return (byte < 0x80 ? rules->classes[byte] : att_char_class(rules, text, at)) != 0;
}

/* Skips ASCII gaps. Returns where the next segment of interest begins: a combining mark joins the gap character before
 * it, so that the table must see both. */
static size_t skip_gap(const att_word_rules *rules, att_span text, size_t at)
{
    size_t from = at;

    while (at < text.size && rules->ascii_gap[(unsigned char)text.text[at]])
        at++;
    return at < text.size && at > from && (unsigned char)text.text[at] >= 0x80 ? at - 1 : at;
}

static bool add_segment(const att_word_rules *rules, att_span text, size_t *at, att_tokens *tokens, size_t *count)
{
    att_segment found = att_segment_find(rules, text, *at);

    if (found.dictionary)
        return false;
    if (found.is_word) {
        tokens->start[*count] = (uint32_t)*at;
        tokens->end[*count] = (uint32_t)found.end;
        tokens->gap[(*count)++] = ATT_GAP_UNKNOWN;
    }
    *at = found.end;
    return true;
}

size_t att_words_step(const att_word_rules *rules, att_span text, size_t at, size_t last, att_tokens *tokens,
                      size_t *count)
{
    while (at < text.size) {
        if (at > last) {
            size_t next = skip_gap(rules, text, at);
            size_t word = next + (next < text.size && rules->ascii_gap[(unsigned char)text.text[next]]);
            if (word >= text.size || is_for_chunks(rules, text, word))
                return at;
            at = next;
        }
        if (!add_segment(rules, text, &at, tokens, count))
            return ATT_WORDS_HAND_OVER;
    }
    return at;
}

size_t att_words_scalar(const att_word_rules *rules, att_span text, att_tokens *tokens)
{
    size_t count = 0;

    for (size_t at = 0; (at = skip_gap(rules, text, at)) < text.size;)
        if (!add_segment(rules, text, &at, tokens, &count))
            return ATT_WORDS_HAND_OVER;
    return count;
}
