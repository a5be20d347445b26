/* Regular expressions over a whole turn: PCRE2's, over the text as it was typed.
 *
 * Hyperscan first tells which turns may hold a match (databases.h, ATT_TURNS); PCRE2 says where. So expressions may do
 * all that PCRE2 can, look-around and back-references too, and turns without a match cost one scan. */
#ifndef ATT_LEXICON_TURN_REGEX_H
#define ATT_LEXICON_TURN_REGEX_H

#include <attune/span.h>
#include <stdbool.h>

/* Compiles an expression; exact: capitals count. NULL: reason says why not ("" without memory). To be freed with
 * pcre2_code_free. */
struct pcre2_real_code_8 *att_turn_regex_compile(const char *expression, size_t size, bool exact, char reason[256]);

/* Do Hyperscan and PCRE2 mean the same by all that stands in this text, an expression or a turn? Hyperscan's Unicode is
 * older: what came with Unicode 7 or later, or became a letter since, is none to it. Where the answer is no, PCRE2 is
 * asked without it. */
bool att_turn_regex_is_common(att_span text);

/* The same of what stands for characters in an expression: \w and \d are alike, \p{…} and others are not. */
bool att_turn_regex_has_common_classes(att_span expression);

#endif
