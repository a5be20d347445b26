/* The chunk tokeniser, written once for every vector width. A source file defines
 *
 *     TARGET          the function attribute that allows its instructions
 *     WORDS_FUNCTION  the name of the function to make
 *     block_bytes     a type for 64 bytes
 *
 * includes this file, and then defines the functions that are declared in it.
 *
 * 64 bytes from a known boundary are sorted into classes, one bit mask a class. Where only plain bytes meet, the tokens
 * are the runs of word bytes, and bit arithmetic finds all of them at once; what joins letters on both its sides, such
 * as an apostrophe, becomes a word byte first. Anything else (a trouble byte) goes to the state table, segment by
 * segment, until it is behind. The next 64 bytes begin at the boundary reached, so that no state is carried over. */
#include "tokenise/words.h"

#include <string.h>

typedef struct {
    uint64_t word;   /* letters and digits; then also what extends them and what joins them */
    uint64_t middle; /* ASCII that is no word but may join what stands on both its sides */
    uint64_t space;  /* U+0020 */
    uint64_t plain;  /* all that needs no table */
    uint64_t extend; /* all bytes of characters that extend a letter */
    uint64_t quote;  /* first bytes of apostrophes of three bytes, which are middle */
    uint64_t inside; /* the bytes of gap characters behind their first */
} block_classes;

/* What is known of a block from the boundary at its first byte on. Beyond `until` nothing is. */
typedef struct {
    uint64_t starts;       /* tokens */
    uint64_t ends;         /* one past them, in the same order; there may be more */
    uint64_t behind_space; /* tokens whose gap is known already: one space */
    unsigned until;        /* the boundary to go on from */
    bool trouble;          /* the table must take over there, for the byte at `at` */
    unsigned at;
} block_words;

/* The first `left` (at most 64) bytes, and spaces behind them: the end of the text ends a word as a space does. */
static TARGET block_bytes load_block(const char *bytes, size_t left);
/* The classes of ASCII bytes; *beyond: the other bytes, *trails: those of them that are second ones or later. */
static TARGET block_classes classify_ascii(const att_word_rules *rules, block_bytes b, uint64_t *beyond,
                                           uint64_t *trails);
/* The bytes that are c. */
static TARGET uint64_t equal(block_bytes b, int c);
/* The bytes that are ASCII digits. */
static TARGET uint64_t digits(block_bytes b);

/* The bytes for which a table of 64, asked by their low six bits, has the bits of ATT_CHAR_*. */
typedef struct {
    uint64_t word, extend, gap, hebrew;
} trail_classes;
static TARGET trail_classes look_up_trails(block_bytes b, const uint8_t table[64]);

/* Writes the tokens of a block that begins at byte `base`, behind `count` others; returns how many there are now. */
static TARGET size_t put_tokens(const block_words *found, uint32_t base, att_tokens *tokens, size_t count);

static inline uint64_t low_bits(unsigned count)
{
    return count >= 64 ? UINT64_MAX : ((uint64_t)1 << count) - 1;
}

static inline bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Adds characters whose last bytes are at `last`, of two bytes or three. *hebrew: last bytes of Hebrew letters. */
static TARGET inline void add_chars(block_classes *c, block_bytes b, const uint8_t table[64], uint64_t last, int bytes,
                                    uint64_t *hebrew)
{
    trail_classes found = look_up_trails(b, table);
    uint64_t word = found.word & last, extend = found.extend & last, gap = found.gap & last;

    *hebrew |= found.hebrew & last;
    c->inside |= gap;
    word |= word >> 1;
    extend |= extend >> 1;
    gap |= gap >> 1;
    if (bytes == 3) {
        c->inside |= gap;
        word |= word >> 1;
        extend |= extend >> 1;
        gap |= gap >> 1;
    }
    c->word |= word;
    c->extend |= extend;
    c->plain |= word | extend | gap;
}

/* The characters that begin with one of the bytes at `leads`, all the same. */
static TARGET inline void add_three(const att_word_rules *rules, const char *bytes, block_bytes b, block_classes *c,
                                    uint64_t leads, uint64_t trails, uint64_t *hebrew)
{
    bool mark = (unsigned char)bytes[__builtin_ctzll(leads)] == ATT_LEAD_MARK;

    for (uint64_t seconds = leads << 1 & trails; seconds;) {
        unsigned char second = (unsigned char)bytes[__builtin_ctzll(seconds)];
        uint64_t same = seconds & equal(b, second), last = same << 1 & trails;
        seconds &= ~same;
        if (!mark && (second & 0xE0) == 0xA0) {
            add_chars(c, b, rules->three[second & 31], last, 3, hebrew);
        } else if (mark && second == ATT_NEXT_MARK) {
            add_chars(c, b, rules->marks, last, 3, hebrew);
            if (rules->quote_class) {
                c->quote = (equal(b, ATT_TRAIL_QUOTE_1) | equal(b, ATT_TRAIL_QUOTE_2)) & last;
                c->inside |= c->quote | c->quote >> 1;
                c->quote >>= 2;
                c->plain |= c->quote | c->quote << 1 | c->quote << 2;
            }
        }
    }
}

/* Adds the characters of several bytes: for each lead byte that there is, all that begin with it. */
static TARGET void add_beyond(const att_word_rules *rules, const char *bytes, block_bytes b, block_classes *c,
                              uint64_t beyond, uint64_t trails)
{
    uint64_t hebrew = 0;

    for (uint64_t leads = beyond & ~trails; leads;) {
        unsigned char lead = (unsigned char)bytes[__builtin_ctzll(leads)];
        uint64_t same = leads & equal(b, lead);
        leads &= ~same;
        if (lead >= 0xC2 && lead < 0xE0)
            add_chars(c, b, rules->two[lead & 31], same << 1 & trails, 2, &hebrew);
        else if (lead == ATT_LEAD_THREE || lead == ATT_LEAD_MARK)
            add_three(rules, bytes, b, c, same, trails, &hebrew);
    }
    if (c->extend) {
        /* What extends begins behind a letter (of any length) or another of its kind, and not behind a digit. */
        uint64_t run = c->word | c->extend;
        c->plain &= ~(c->extend & (~(run << 1) | digits(b) << 1));
        c->word = run;
    }
    if (hebrew)
        c->plain &= ~((hebrew | c->extend) << 1 & (equal(b, '\'') | equal(b, '"')));
}

/* Does a character of the class join what stands on its two sides, a word each? */
static inline bool joins_words(uint8_t class, char before, char behind)
{
    bool digit = is_digit(before);

    return digit == is_digit(behind) && class & (digit ? ATT_BYTE_JOINS_DIGITS : ATT_BYTE_JOINS_LETTERS);
}

/* Makes middle characters between words that they join word bytes. They are few. */
static inline void join_words(const att_word_rules *rules, const char *bytes, block_classes *c)
{
    uint64_t middle = c->middle & (c->word << 1) & (c->word >> 1);
    uint64_t quote = c->quote & (c->word << 1) & (c->word >> 3), joined = 0;

    for (; middle; middle &= middle - 1) {
        unsigned i = (unsigned)__builtin_ctzll(middle);
        if (joins_words(rules->classes[(unsigned char)bytes[i] & 0x7F], bytes[i - 1], bytes[i + 1]))
            joined |= (uint64_t)1 << i;
    }
    for (; quote; quote &= quote - 1) {
        unsigned i = (unsigned)__builtin_ctzll(quote);
        if (joins_words(rules->quote_class, bytes[i - 1], bytes[i + 3]))
            joined |= (uint64_t)7 << i;
    }
    c->word |= joined;
}

/* bytes: the block. known: bytes whose follower is in the block too (63, or all of the text's last ones). */
static TARGET inline block_words find_words(const att_word_rules *rules, const char *bytes, block_classes c,
                                            unsigned known)
{
    /* What follows a quote in the last three bytes is not in the block. */
    if (c.quote >> 61)
        known = 61;
    /* A middle character beside an unknown one may join through it (a format character, say). */
    uint64_t unsure = (c.middle & (~c.plain << 1 | ~c.plain >> 1)) | (c.quote & (~c.plain << 1 | ~c.plain >> 3));
    uint64_t trouble = (~c.plain | unsure) & low_bits(known);
    block_words found = {.until = known};

    join_words(rules, bytes, &c);
    if (trouble) {
        found.trouble = true;
        found.at = found.until = (unsigned)__builtin_ctzll(trouble);
    }
    /* A word that touches the end of what is known is not yet known itself: back to its start. */
    if (found.until && (c.word >> (found.until - 1) & 1)) {
        uint64_t others = ~c.word & low_bits(found.until);
        found.until = others ? 64 - (unsigned)__builtin_clzll(others) : 0;
    } else if (found.until && (found.trouble || c.inside >> found.until & 1)) {
        found.until--; /* a combining mark joins the gap character before it */
        while (found.until && c.inside >> found.until & 1)
            found.until--;
    }
    found.starts = c.word & ~(c.word << 1) & low_bits(found.until);
    found.ends = ~c.word & (c.word << 1);
    found.behind_space = c.space << 1 & c.word << 2;
    return found;
}

TARGET size_t WORDS_FUNCTION(const att_word_rules *rules, att_span text, att_tokens *tokens)
{
    size_t at = 0, count = 0;

    while (at < text.size) {
        size_t left = text.size - at;
        unsigned known = left < 63 ? (unsigned)left + 1 : 63;
        const char *bytes = text.text + at;
        block_bytes b = load_block(bytes, left < 64 ? left : 64);
        uint64_t beyond, trails;
        block_classes classes = classify_ascii(rules, b, &beyond, &trails);
        if (beyond)
            add_beyond(rules, bytes, b, &classes, beyond, trails);
        block_words found = find_words(rules, bytes, classes, known);
        count = put_tokens(&found, (uint32_t)at, tokens, count);
        if (found.trouble || found.until == 0) {
            /* Without trouble: a word that fills the whole block. */
            size_t last = at + (found.trouble ? found.at : 0);
            at = att_words_step(rules, text, at + found.until, last, tokens, &count);
            if (at == ATT_WORDS_HAND_OVER)
                return ATT_WORDS_HAND_OVER;
        } else {
            at += found.until;
        }
    }
    return count;
}
