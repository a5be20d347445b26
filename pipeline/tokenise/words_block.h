/* The chunk tokeniser, written once for every vector width. A source file defines
 *
 *     TARGET          the function attribute that allows its instructions
 *     WORDS_FUNCTION  the name of the function to make
 *     block_bytes     a type for 64 bytes
 *
 * includes this file, and then defines the two functions that are declared in it.
 *
 * 64 bytes from a known boundary are sorted into classes, one bit mask a class. Where only plain bytes meet, the tokens
 * are the runs of word bytes, and bit arithmetic finds all of them at once. Anything else (a trouble byte, or a byte
 * such as an apostrophe that joins letters on both sides) goes to the state table, segment by segment, until it is
 * behind. The next 64 bytes begin at the boundary reached, so that no state is carried over. */
#include "tokenise/words.h"

#include <string.h>

typedef struct {
    uint64_t word;     /* letters and digits, ASCII or two bytes long */
    uint64_t middle;   /* ASCII that is no word but may join what stands on both its sides */
    uint64_t space;    /* U+0020 */
    uint64_t sentence; /* . ! ? */
    uint64_t clause;   /* , ; : */
    uint64_t plain;    /* any of the above, or ASCII that never joins anything */
} block_classes;

static TARGET block_classes classify_block(const att_word_rules *rules, const char *bytes);
/* The bytes that are c. */
static TARGET uint64_t equal(block_bytes b, int c);

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

/* What is known of a block from the boundary at its first byte on. Beyond `until` nothing is. */
typedef struct {
    uint64_t starts; /* tokens */
    uint64_t ends;   /* one past them, in the same order; there may be more */
    /* Tokens whose gap is known already: one space, or a mark and one space. */
    uint64_t behind_space, behind_sentence, behind_clause;
    unsigned until; /* the boundary to go on from */
    bool trouble;   /* the table must take over there, for the byte at `at` */
    unsigned at;
} block_words;

static inline uint64_t low_bits(unsigned count)
{
    return count >= 64 ? UINT64_MAX : ((uint64_t)1 << count) - 1;
}

/* known: bytes whose follower is in the block too (63, or all of the text's last ones). */
static TARGET inline block_words find_words(block_classes c, unsigned known)
{
    uint64_t joins = c.middle & (c.word << 1) & (c.word >> 1);
    /* A middle byte beside an unknown one may join through it (a format character, say). */
    uint64_t unsure = c.middle & (~c.plain << 1 | ~c.plain >> 1);
    uint64_t trouble = (~c.plain | joins | unsure) & low_bits(known);
    block_words found = {.until = known};

    if (trouble) {
        found.trouble = true;
        found.at = found.until = (unsigned)__builtin_ctzll(trouble);
    }
    /* A word that touches the end of what is known is not yet known itself: back to its start. */
    if (found.until && (c.word >> (found.until - 1) & 1)) {
        uint64_t others = ~c.word & low_bits(found.until);
        found.until = others ? 64 - (unsigned)__builtin_clzll(others) : 0;
    } else if (found.trouble && found.until) {
        found.until--; /* a combining mark joins the gap byte before it */
    }
    found.starts = c.word & ~(c.word << 1) & low_bits(found.until);
    found.ends = ~c.word & (c.word << 1);
    found.behind_space = c.space << 1 & c.word << 2;
    found.behind_sentence = c.space << 1 & c.sentence << 2 & c.word << 3;
    found.behind_clause = c.space << 1 & c.clause << 2 & c.word << 3;
    return found;
}

/* By what a token is behind: nothing known, a space, a sentence mark and a space, a clause mark and a space. */
static const uint8_t known_gaps[5] = {ATT_GAP_UNKNOWN, ATT_GAP_SPACE, ATT_GAP_SPACE | ATT_GAP_SENTENCE, 0,
                                      ATT_GAP_SPACE | ATT_GAP_CLAUSE};

TARGET size_t WORDS_FUNCTION(const att_word_rules *rules, att_span text, att_tokens *tokens)
{
    size_t at = 0, count = 0;
    char tail[64];

    while (at < text.size) {
        const char *bytes = text.text + at;
        unsigned known = 63;
        if (text.size - at < 64) {
            /* The end of the text ends a word as a space does. */
            size_t left = text.size - at;
            memset(tail, ' ', sizeof tail);
            memcpy(tail, bytes, left);
            bytes = tail;
            known = left < 63 ? (unsigned)left + 1 : 63;
        }
        block_words found = find_words(classify_block(rules, bytes), known);
        uint32_t base = (uint32_t)at;
        uint64_t starts = found.starts, ends = found.ends;
        while (starts) {
            unsigned start = (unsigned)__builtin_ctzll(starts);
            tokens->start[count] = base + start;
            tokens->end[count] = base + (unsigned)__builtin_ctzll(ends);
            tokens->gap[count++] =
                known_gaps[(found.behind_space >> start & 1) | (found.behind_sentence >> start & 1) << 1 |
                           (found.behind_clause >> start & 1) << 2];
            starts &= starts - 1;
            ends &= ends - 1;
        }
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
