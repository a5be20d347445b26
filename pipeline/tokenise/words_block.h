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
    uint64_t word;   /* letters and digits, ASCII or two bytes long */
    uint64_t middle; /* ASCII that is no word but may join what stands on both its sides */
    uint64_t space;  /* U+0020 */
    uint64_t plain;  /* any of the above, or what never joins anything, of one byte or of three */
    uint64_t quote;  /* first bytes of quotes of three bytes, which are middle */
    uint64_t inside; /* the bytes of marks and quotes behind their first */
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
static TARGET block_classes classify_block(const att_word_rules *rules, block_bytes b);
/* The bytes that are c. */
static TARGET uint64_t equal(block_bytes b, int c);
/* Writes the tokens of a block that begins at byte `base`, behind `count` others; returns how many there are now. */
static TARGET size_t put_tokens(const block_words *found, uint32_t base, att_tokens *tokens, size_t count);

/* Adds both bytes of the two-byte letters that are known. trails: the bytes that can only be second ones or later. */
static TARGET inline void add_letters(block_classes *c, block_bytes b, uint64_t trails)
{
    uint64_t sign = equal(b, ATT_TRAIL_MULTIPLY) | equal(b, ATT_TRAIL_DIVIDE);
    uint64_t lead = equal(b, ATT_LEAD_LATIN_A1) | equal(b, ATT_LEAD_LATIN_A2) | equal(b, ATT_LEAD_CYRILLIC_1) |
                    equal(b, ATT_LEAD_CYRILLIC_2);
    uint64_t first = (lead & trails >> 1) | (equal(b, ATT_LEAD_LATIN_1) & (trails & ~sign) >> 1);
    uint64_t letters = first | first << 1;

    c->word |= letters;
    c->plain |= letters;
}

/* Adds the marks and quotes of three bytes. */
static TARGET inline void add_marks(block_classes *c, block_bytes b)
{
    static const uint8_t marks[] = ATT_TRAIL_MARKS;
    uint64_t lead = equal(b, ATT_LEAD_MARK) & equal(b, ATT_MIDDLE_MARK) >> 1, mark = 0;

    for (size_t i = 0; i < sizeof marks; i++)
        mark |= equal(b, marks[i]);
    c->quote = lead & (equal(b, ATT_TRAIL_QUOTE_1) | equal(b, ATT_TRAIL_QUOTE_2)) >> 2;
    uint64_t all = (lead & mark >> 2) | c->quote;
    c->inside = all << 1 | all << 2;
    c->plain |= all | c->inside;
}

static inline uint64_t low_bits(unsigned count)
{
    return count >= 64 ? UINT64_MAX : ((uint64_t)1 << count) - 1;
}

static inline bool is_digit(char c)
{
    return c >= '0' && c <= '9';
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
        block_words found = find_words(rules, bytes, classify_block(rules, b), known);
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
