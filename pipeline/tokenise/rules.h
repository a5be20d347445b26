/* ICU's word rules as a table that runs over UTF-8. Private to the tokenise stage.
 *
 * ICU compiles its rules for a language into a state table over character categories (class RBBIDataHeader, format
 * version 6, in icu4c/source/common/rbbidata.h; ubrk_getBinaryRules gives the bytes). We run that very table, so that
 * the fast path cannot disagree with the ICU it runs beside. A table of a version that we do not know is not
 * used: then ICU's iterator reads everything. */
#ifndef ATT_TOKENISE_RULES_H
#define ATT_TOKENISE_RULES_H

#include "tokenise/tokenise.h"

#include <stdbool.h>
#include <unicode/ubrk.h>

enum { ATT_STATE_STOP = 0, ATT_STATE_START = 1, ATT_MAX_STATES = 256, ATT_ROW = 64 };
/* Classes of bytes that the chunk tokenisers can deal with by themselves; a byte of no class is for the table.
 * Word: letters and digits, which join each other always. Middle: no word by itself, and none beside anything but a
 * word on each side; it may then join two letters or two digits, and never one of each. Every byte of a class is
 * plain. */
typedef enum {
    ATT_BYTE_WORD = 1,
    ATT_BYTE_MIDDLE = 2,
    ATT_BYTE_PLAIN = 4,
    ATT_BYTE_CLASSES = 3, /* which the chunk tokenisers look up for whole blocks */
    ATT_BYTE_JOINS_LETTERS = 8,
    ATT_BYTE_JOINS_DIGITS = 16,
} att_byte_class;

/* What the chunk tokenisers can do by themselves with characters of two bytes, of three bytes from E0, and of those
 * that begin with E2 80: bits; none: the table must. */
enum {
    ATT_CHAR_WORD = 1,   /* a letter */
    ATT_CHAR_EXTEND = 2, /* goes on with a word behind a letter; elsewhere it is for the table */
    ATT_CHAR_GAP = 4,    /* as an ASCII gap byte that joins nothing */
    ATT_CHAR_HEBREW = 8, /* a letter that straight quotes may join to */
};
#define ATT_LEAD_THREE 0xE0
#define ATT_LEAD_MARK  0xE2
#define ATT_NEXT_MARK  0x80
/* Apostrophes of three bytes, behind E2 80. */
#define ATT_TRAIL_QUOTE_1 0x98
#define ATT_TRAIL_QUOTE_2 0x99

enum { ATT_CATEGORY_END = 1 }; /* what ICU feeds at the end of the text */

struct att_word_rules {
    UBreakIterator *iterator; /* to be cloned by each tokeniser */
    bool usable;              /* the tables below hold */
    uint8_t next[ATT_MAX_STATES][ATT_ROW];
    bool accepts[ATT_MAX_STATES];
    bool is_word[ATT_MAX_STATES];          /* rule status of a segment that ends in this state is not NONE */
    uint8_t first_dictionary;              /* categories from here on are dictionary scripts */
    uint8_t letter_state;                  /* the state after a run of letters: a letter keeps it */
    bool stays[ATT_ROW];                   /* categories that keep letter_state and are not of a dictionary script */
    bool ascii_letter[256];                /* bytes A-Z a-z, where they behave as letters */
    bool ends_word[256];                   /* ASCII bytes that end a word for certain, whatever follows */
    bool ascii_gap[256];                   /* ASCII bytes that are no word and join nothing that is ASCII */
    uint8_t classes[128];                  /* of ASCII bytes, for the chunk tokenisers: bits of att_byte_class */
    uint8_t nibbles[ATT_BYTE_CLASSES][16]; /* the same by the low half of a byte: the high halves with which it is in */
    uint8_t quote_class;                   /* of the apostrophes of three bytes; 0: they are for the table */
    uint8_t two[32][64];                   /* of characters of two bytes, by lead & 31 and trail & 63 */
    uint8_t three[32][64];                 /* of those of three bytes from E0, by second & 31 and third & 63 */
    uint8_t marks[64];                     /* of those from E2 80, by third & 63 */
    uint8_t *category;                     /* of every code point */
};

/* The class of the character of several bytes at text[at], which is 0x80 or more, by the tables above. */
static inline uint8_t att_char_class(const att_word_rules *rules, att_span text, size_t at)
{
    const unsigned char *s = (const unsigned char *)text.text + at;
    size_t left = text.size - at;

    if (s[0] >= 0xC2 && s[0] < 0xE0 && left >= 2 && (s[1] & 0xC0) == 0x80)
        return rules->two[s[0] & 31][s[1] & 63];
    if (left < 3 || (s[2] & 0xC0) != 0x80)
        return 0;
    if (s[0] == ATT_LEAD_THREE && (s[1] & 0xE0) == 0xA0)
        return rules->three[s[1] & 31][s[2] & 63];
    return s[0] == ATT_LEAD_MARK && s[1] == ATT_NEXT_MARK ? rules->marks[s[2] & 63] : 0;
}

#endif
