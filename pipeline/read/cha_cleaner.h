/* A main tier that is being cleaned: what the rules for codes (cha_codes.c) and for words (cha_words.c) share. Inline,
 * because it is called for every word. */
#ifndef ATT_READ_CHA_CLEANER_H
#define ATT_READ_CHA_CLEANER_H

#include "read/cha_marks.h"
#include "read/cha_words.h"

typedef struct {
    const char *in;
    size_t size;
    char *out; /* has room for all of `in` and a quotation mark: no rule makes text longer */
    size_t count;
    bool quoted;    /* the utterance is a quotation: +" */
    bool no_square; /* no bracket closes in the rest, so that it is searched once */
    bool no_memory;
    att_cha_words *words;
} att_cha_cleaner;

static inline bool att_cha_is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool att_cha_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Letters, digits and everything beyond ASCII. */
static inline bool att_cha_is_word(char c)
{
    unsigned char u = (unsigned char)c;

    return att_cha_is_digit(c) || (u >= 'A' && u <= 'Z') || (u >= 'a' && u <= 'z') || u >= 0x80;
}

/* The character of the tier, NUL behind its end. */
static inline char att_cha_look(const att_cha_cleaner *c, size_t at)
{
    return at < c->size ? c->in[at] : '\0';
}

/* Does what is written next begin a word? */
static inline bool att_cha_at_start(const att_cha_cleaner *c)
{
    char last = c->count ? c->out[c->count - 1] : ' ';

    if (last == '\x9C' && c->count >= 3)
        return c->out[c->count - 2] == '\x80' && c->out[c->count - 3] == '\xE2'; /* an opening quotation mark */
    return last == ' ' || last == '"';
}

/* Does a word end before `at`, whatever follows? */
static inline bool att_cha_at_break(const att_cha_cleaner *c, size_t at)
{
    if (at >= c->size)
        return true;
    char next = c->in[at];
    return att_cha_is_blank(next) || next == '[' || next == ']' || next == '<' || next == '>' ||
           next == ATT_CHA_BULLET || att_cha_mark_size(c->in, c->size, at) > 0;
}

static inline size_t att_cha_token_end(const att_cha_cleaner *c, size_t at)
{
    while (!att_cha_at_break(c, at))
        at++;
    return at;
}

/* Has anything been written, a quotation mark of +" apart? */
static inline bool att_cha_has_words(const att_cha_cleaner *c)
{
    return c->count > (size_t)c->quoted;
}

static inline void att_cha_put(att_cha_cleaner *c, size_t from, size_t to)
{
    if (!att_cha_has_words(c) || c->out[c->count - 1] == ' ')
        while (from < to && c->in[from] == ' ')
            from++;
    if (from == to)
        return;
    if (c->words->first == c->size)
        c->words->first = from;
    memcpy(c->out + c->count, c->in + from, to - from);
    c->count += to - from;
}

static inline size_t att_cha_put_one(att_cha_cleaner *c, size_t at)
{
    att_cha_put(c, at, at + 1);
    return at + 1;
}

static inline void att_cha_put_space(att_cha_cleaner *c)
{
    if (att_cha_has_words(c) && c->out[c->count - 1] != ' ')
        c->out[c->count++] = ' ';
}

/* Punctuation that stands alone moves to the word before it. Before the first word there is nothing to punctuate. */
static inline void att_cha_put_punctuation(att_cha_cleaner *c, char mark)
{
    if (!att_cha_has_words(c))
        return;
    if (c->out[c->count - 1] == ' ')
        c->count--;
    c->out[c->count++] = mark;
}

/* The rules for codes that stand between words: each begins at `at` and returns where it is over. */
size_t att_cha_take_square(att_cha_cleaner *c, size_t at);
size_t att_cha_take_round(att_cha_cleaner *c, size_t at);
size_t att_cha_take_ampersand(att_cha_cleaner *c, size_t at);
size_t att_cha_take_plus(att_cha_cleaner *c, size_t at);
size_t att_cha_take_bullet(att_cha_cleaner *c, size_t at);

#endif
