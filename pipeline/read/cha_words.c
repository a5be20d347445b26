#include "read/cha_words.h"

#include "read/cha_cleaner.h"

#include <stdlib.h>

void att_cha_words_clear(att_cha_words *words)
{
    att_buffer_clear(&words->text);
    free(words->asides);
    *words = (att_cha_words){0};
}

static size_t take_punctuation(att_cha_cleaner *c, size_t at)
{
    if (!att_cha_at_start(c) || !att_cha_at_break(c, at + 1))
        return att_cha_has_words(c) ? att_cha_put_one(c, at) : at + 1;
    att_cha_put_punctuation(c, c->in[at]);
    return at + 1;
}

/* What may stand in the mark of a form: @o, @s:spa, @s:eng+spa. */
static bool is_form(char c)
{
    return (att_cha_is_word(c) && (unsigned char)c < 0x80) || (c && strchr(":+&$*-_", c));
}

static size_t take_form(att_cha_cleaner *c, size_t at)
{
    if (att_cha_at_start(c))
        return att_cha_put_one(c, at);
    do
        at++;
    while (is_form(att_cha_look(c, at)));
    return at;
}

/* A lengthened sound (ba:by), or punctuation. */
static size_t take_colon(att_cha_cleaner *c, size_t at)
{
    if (att_cha_at_start(c))
        return take_punctuation(c, at);
    if (att_cha_is_digit(c->out[c->count - 1]) && att_cha_is_digit(att_cha_look(c, at + 1)))
        return att_cha_put_one(c, at);
    return at + 1;
}

/* 0is was left out by the speaker; 0 alone says that nothing was said. */
static size_t take_zero(att_cha_cleaner *c, size_t at)
{
    char next = att_cha_look(c, at + 1);

    if (!att_cha_at_start(c) || !(att_cha_at_break(c, at + 1) || (att_cha_is_word(next) && !att_cha_is_digit(next)) ||
                                  next == '*' || next == '('))
        return att_cha_put_one(c, at);
    return att_cha_token_end(c, at + 1);
}

/* xxx and xx (not understood), yyy and yy (written phonetically elsewhere), www (not transcribed). */
static size_t take_unknown(att_cha_cleaner *c, size_t at)
{
    size_t end = at;

    while (end < c->size && end < at + 4 && c->in[end] == c->in[at])
        end++;
    char next = att_cha_look(c, end);
    bool fits = end == at + 3 || (end == at + 2 && c->in[at] != 'w');
    if (!fits || !att_cha_at_start(c) || !(att_cha_at_break(c, end) || (next && strchr(".,?!;:@$)", next)))) {
        att_cha_put(c, at, end);
        return end;
    }
    return next == ':' || next == '@' || next == '$' ? att_cha_token_end(c, end) : end;
}

static size_t take_mark(att_cha_cleaner *c, size_t at)
{
    size_t size = att_cha_mark_size(c->in, c->size, at);

    if (!size)
        return att_cha_put_one(c, at);
    if (att_cha_mark_is_comma(c->in + at, size))
        att_cha_put_punctuation(c, ',');
    if (att_cha_mark_is_overlap(c->in + at, size) && att_cha_look(c, at + size) >= '2' &&
        att_cha_look(c, at + size) <= '9')
        size++;
    return at + size;
}

/* The kinds of characters that need a look; all others are copied. */
enum {
    PLAIN,
    BLANK,
    PUNCTUATION,
    SQUARE,
    ANGLE,
    ROUND,
    DROPPED,
    AMPERSAND,
    PLUS,
    FORM,
    CODE,
    COLON,
    JOINT,
    HASH,
    ZERO,
    UNKNOWN,
    BULLET,
    MARK
};

static const unsigned char kinds[256] = {
    [1] = DROPPED,       [2] = DROPPED,       [3] = DROPPED,       [4] = DROPPED,       [5] = DROPPED,
    [6] = DROPPED,       [7] = DROPPED,       [8] = DROPPED,       ['\t'] = BLANK,      ['\n'] = BLANK,
    ['\v'] = BLANK,      ['\f'] = BLANK,      ['\r'] = BLANK,      ['.'] = PUNCTUATION, ['?'] = PUNCTUATION,
    ['!'] = PUNCTUATION, [','] = PUNCTUATION, [';'] = PUNCTUATION, ['['] = SQUARE,      [']'] = DROPPED,
    ['<'] = ANGLE,       ['>'] = ANGLE,       ['('] = ROUND,       [')'] = DROPPED,     ['^'] = DROPPED,
    ['&'] = AMPERSAND,   ['+'] = PLUS,        ['@'] = FORM,        ['$'] = CODE,        [':'] = COLON,
    ['_'] = JOINT,       ['#'] = HASH,        ['0'] = ZERO,        ['w'] = UNKNOWN,     ['x'] = UNKNOWN,
    ['y'] = UNKNOWN,     [0x15] = BULLET,     [0xC2] = MARK,       [0xCB] = MARK,       [0xE2] = MARK,
    [0xE3] = MARK,
};

/* Behind the characters that are copied as they are. Most letters w, x and y are none of several. */
static size_t pass_plain(const att_cha_cleaner *c, size_t at)
{
    for (; at < c->size; at++) {
        unsigned char kind = kinds[(unsigned char)c->in[at]];
        if (kind != PLAIN && (kind != UNKNOWN || att_cha_look(c, at + 1) == c->in[at]))
            break;
    }
    return at;
}

static size_t take(att_cha_cleaner *c, size_t at)
{
    switch (kinds[(unsigned char)c->in[at]]) {
    case PUNCTUATION:
        return take_punctuation(c, at);
    case SQUARE:
        return att_cha_take_square(c, at);
    case ROUND:
        return att_cha_take_round(c, at);
    case AMPERSAND:
        return att_cha_take_ampersand(c, at);
    case PLUS:
        return att_cha_take_plus(c, at);
    case FORM:
        return take_form(c, at);
    case CODE:
        return att_cha_token_end(c, at);
    case COLON:
        return take_colon(c, at);
    case HASH:
        return att_cha_at_start(c) ? att_cha_token_end(c, at) : att_cha_put_one(c, at);
    case ZERO:
        return take_zero(c, at);
    case UNKNOWN:
        return take_unknown(c, at);
    case BULLET:
        return att_cha_take_bullet(c, at);
    case MARK:
        return take_mark(c, at);
    case DROPPED:
        return at + 1;
    default: /* BLANK, ANGLE, JOINT */
        att_cha_put_space(c);
        return at + 1;
    }
}

static void finish(att_cha_cleaner *c)
{
    if (!att_cha_has_words(c))
        c->count = 0;
    else if (c->quoted)
        att_cha_put_punctuation(c, '"');
    if (!c->count)
        c->words->first = c->size;
}

bool att_cha_words_read(att_cha_words *words, att_span tier)
{
    att_cha_cleaner c = {.in = tier.text, .size = tier.size, .words = words};

    words->text.size = 0;
    words->aside_count = 0;
    words->notes = 0;
    words->first = tier.size;
    words->start_ms = words->end_ms = ATT_NO_TIME;
    words->language = (att_span){NULL, 0};
    if (!att_buffer_reserve(&words->text, tier.size + 4))
        return false;
    c.out = words->text.data;
    for (size_t at = 0; at < c.size;) {
        size_t from = at;
        at = pass_plain(&c, at);
        att_cha_put(&c, from, at);
        if (at < c.size)
            at = take(&c, at);
    }
    finish(&c);
    words->text.size = c.count;
    return !c.no_memory;
}
