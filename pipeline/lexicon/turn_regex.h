/* Regular expressions over a whole turn: PCRE2's, over the text as it was typed.
 *
 * Hyperscan first tells which turns may hold a match (databases.h, ATT_TURNS); PCRE2 says where. So expressions may do
 * all that PCRE2 can, look-around and back-references too, and turns without a match cost one scan. */
#ifndef ATT_LEXICON_TURN_REGEX_H
#define ATT_LEXICON_TURN_REGEX_H

#include <stdbool.h>
#include <stddef.h>

/* Compiles an expression; exact: capitals count. NULL: reason says why not ("" without memory). To be freed with
 * pcre2_code_free. */
struct pcre2_real_code_8 *att_turn_regex_compile(const char *expression, size_t size, bool exact, char reason[256]);

#endif
