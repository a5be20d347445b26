/* The codes of CHAT between the words: brackets, events, links, time bullets. */
#include "read/cha_cleaner.h"
#include "read/notes.h"

enum { BULLET_MOST = 256, BULLET_DIGITS = 15 };

/* [/] [//] [: target] [= explanation] [* error] [+ postcode] [- language] and all the others are no speech. */
size_t att_cha_take_square(att_cha_cleaner *c, size_t at)
{
    const char *end = c->no_square ? NULL : memchr(c->in + at, ']', c->size - at);

    att_cha_put_space(c);
    if (!end) {
        c->no_square = true;
        return at + 1;
    }
    size_t to = (size_t)(end - c->in), from = at + 2;
    if (att_cha_look(c, at + 1) == '-') {
        while (from < to && att_cha_is_blank(c->in[from]))
            from++;
        size_t code = from;
        while (code < to && !att_cha_is_blank(c->in[code]))
            code++;
        c->words->language = (att_span){c->in + from, code - from};
    }
    return to + 1;
}

/* (.) (..) (1.5) (1:02.3) */
static bool is_pause(const char *text, size_t size)
{
    size_t i = 0;

    while (i < size && (att_cha_is_digit(text[i]) || text[i] == '.' || text[i] == ':'))
        i++;
    return size > 0 && i == size;
}

/* Pauses and notes go; of (be)cause only the brackets. */
size_t att_cha_take_round(att_cha_cleaner *c, size_t at)
{
    size_t left = c->size - at < ATT_NOTE_MOST ? c->size - at : ATT_NOTE_MOST;
    const char *end = memchr(c->in + at, ')', left);
    size_t note = 0;

    if (end && is_pause(c->in + at + 1, (size_t)(end - c->in) - at - 1)) {
        att_cha_put_space(c);
        return (size_t)(end - c->in) + 1;
    }
    if (end && att_cha_at_start(c) && (note = att_note_size(c->in, c->size, at)) > 0 &&
        att_cha_at_break(c, at + note)) {
        c->words->notes++;
        return at + note;
    }
    return at + 1;
}

static size_t take_aside(att_cha_cleaner *c, size_t at)
{
    size_t end = att_cha_token_end(c, at);
    const char *colon = memchr(c->in + at, ':', end - at);

    if (!colon)
        return end;
    if (!att_grow(&c->words->asides, &c->words->aside_capacity, c->words->aside_count + 1, sizeof(att_cha_aside))) {
        c->no_memory = true;
        return end;
    }
    size_t words = (size_t)(colon - c->in) + 1;
    c->words->asides[c->words->aside_count++] =
        (att_cha_aside){{c->in + at, words - 1 - at}, {c->in + words, end - words}};
    return end;
}

/* &=laughs, fragments (&+fr &~ba, in older files &fr); &-uh is a word; &*MOT:mhm is somebody else's. */
size_t att_cha_take_ampersand(att_cha_cleaner *c, size_t at)
{
    char next = att_cha_look(c, at + 1);

    if (!att_cha_at_start(c) && next != '=')
        return att_cha_put_one(c, at);
    if (next == '-')
        return at + 2;
    if (next == '*')
        return take_aside(c, at + 2);
    return att_cha_token_end(c, at + 1);
}

/* Bytes of the signs +≈ and +≋ behind their plus. */
static size_t wave_size(const att_cha_cleaner *c, size_t at)
{
    if (c->size - at < 3 || memcmp(c->in + at, "\xE2\x89", 2) != 0)
        return 0;
    return c->in[at + 2] == '\x88' || c->in[at + 2] == '\x8B' ? 3 : 0;
}

/* Linkers (++ +, +< +^ +") and terminators (+... +/. +//? +!? +"/.); inside a word a plus joins the parts of a
 * compound. */
size_t att_cha_take_plus(att_cha_cleaner *c, size_t at)
{
    size_t from = at, wave = 0;

    if (!att_cha_at_start(c)) {
        att_cha_put_space(c);
        return at + 1;
    }
    for (; at < c->size; at += wave ? wave : 1) {
        char next = c->in[at];
        wave = wave_size(c, at);
        if (next == '.' || next == '?' || next == '!')
            att_cha_put_punctuation(c, next);
        else if (!wave && next != '+' && next != '/' && next != '"' && next != '<' && next != '^' && next != ',')
            break;
    }
    if (at == from + 2 && c->in[from + 1] == '"' && c->count == 0) {
        c->quoted = true;
        c->out[c->count++] = '"';
    }
    return at;
}

static bool bullet_number(const att_cha_cleaner *c, size_t from, size_t *to, int64_t *number)
{
    size_t at = *to;
    int64_t value = 0, place = 1;

    for (; at > from && att_cha_is_digit(c->in[at - 1]) && *to - at < BULLET_DIGITS; at--, place *= 10)
        value += (c->in[at - 1] - '0') * place;
    if (at == *to)
        return false;
    *to = at;
    *number = value;
    return true;
}

/* What a bullet holds: 1234_5678, in older files %snd:"name"_1234_5678. */
static void bullet_times(att_cha_cleaner *c, size_t from, size_t to)
{
    int64_t start, end;

    if (to > from && c->in[to - 1] == '-')
        to--;
    if (!bullet_number(c, from, &to, &end) || to == from || c->in[--to] != '_' || !bullet_number(c, from, &to, &start))
        return;
    if (c->words->start_ms == ATT_NO_TIME)
        c->words->start_ms = start;
    c->words->end_ms = end;
}

/* Behind the digits at `at`, at most BULLET_DIGITS of them. */
static size_t pass_digits(const att_cha_cleaner *c, size_t at, int64_t *number)
{
    size_t end = at + BULLET_DIGITS < c->size ? at + BULLET_DIGITS : c->size;

    for (*number = 0; at < end && att_cha_is_digit(c->in[at]); at++)
        *number = *number * 10 + (c->in[at] - '0');
    return at;
}

/* A bullet as nearly all are, 1234_5678, read in one pass: behind it, or 0. */
static size_t take_plain_bullet(att_cha_cleaner *c, size_t at)
{
    int64_t start, end;
    size_t from = at, to = pass_digits(c, at, &start);

    if (to == from || att_cha_look(c, to) != '_')
        return 0;
    from = to + 1;
    to = pass_digits(c, from, &end);
    if (to == from || att_cha_look(c, to) != ATT_CHA_BULLET)
        return 0;
    if (c->words->start_ms == ATT_NO_TIME)
        c->words->start_ms = start;
    c->words->end_ms = end;
    return to + 1;
}

size_t att_cha_take_bullet(att_cha_cleaner *c, size_t at)
{
    size_t from = at + 1, to = take_plain_bullet(c, from);

    if (to) {
        att_cha_put_space(c);
        return to;
    }
    to = from;
    bool named = att_cha_look(c, from) == '%';

    att_cha_put_space(c);
    while (to < c->size && to - at < BULLET_MOST && c->in[to] != ATT_CHA_BULLET &&
           (named || !att_cha_is_blank(c->in[to])))
        to++;
    if (att_cha_look(c, to) != ATT_CHA_BULLET) /* the bullet is not closed */
        for (to = from; att_cha_is_digit(att_cha_look(c, to)) || att_cha_look(c, to) == '_'; to++)
            ;
    bullet_times(c, from, to);
    return to + (att_cha_look(c, to) == ATT_CHA_BULLET);
}
