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
enum { ATT_CATEGORY_END = 1 }; /* what ICU feeds at the end of the text */

struct att_word_rules {
    UBreakIterator *iterator; /* to be cloned by each tokeniser */
    bool usable;              /* the tables below hold */
    uint8_t next[ATT_MAX_STATES][ATT_ROW];
    bool accepts[ATT_MAX_STATES];
    bool is_word[ATT_MAX_STATES]; /* rule status of a segment that ends in this state is not NONE */
    uint8_t first_dictionary;     /* categories from here on are dictionary scripts */
    uint8_t letter_state;         /* the state after a run of letters: a letter keeps it */
    bool stays[ATT_ROW];          /* categories that keep letter_state and are not of a dictionary script */
    bool ascii_letter[256];       /* bytes A-Z a-z, where they behave as letters */
    bool ends_word[256];          /* ASCII bytes that end a word for certain, whatever follows */
    bool ascii_gap[256];          /* ASCII bytes that are no word and join nothing that is ASCII */
    uint8_t *category;            /* of every code point */
};

#endif
