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

/* Letters of two bytes that the chunk tokenisers know: U+00C0 to U+017F without the signs U+00D7 and U+00F7, and
 * U+0400 to U+047F. */
#define ATT_LEAD_LATIN_1    0xC3
#define ATT_LEAD_LATIN_A1   0xC4
#define ATT_LEAD_LATIN_A2   0xC5
#define ATT_LEAD_CYRILLIC_1 0xD0
#define ATT_LEAD_CYRILLIC_2 0xD1
#define ATT_TRAIL_MULTIPLY  0x97
#define ATT_TRAIL_DIVIDE    0xB7

/* Marks of three bytes that they know: E2 80 and one of these. The last two are apostrophes too. */
#define ATT_LEAD_MARK   0xE2
#define ATT_MIDDLE_MARK 0x80
#define ATT_TRAIL_MARKS                                                                                                \
    {                                                                                                                  \
        0x93, 0x94, 0x9A, 0x9C, 0x9D, 0x9E, 0xA6                                                                       \
    }
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
    bool latin;                            /* the letters of two bytes behave as ASCII letters do */
    bool marks;                            /* the marks of three bytes end words, the quotes are middle */
    uint8_t quote_class;                   /* class of the quotes */
    uint8_t *category;                     /* of every code point */
};

#endif
