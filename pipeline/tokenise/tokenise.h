/* Words: where tokens begin and end in a text, exactly as ICU's word iterator says.
 *
 * A token is a segment of ubrk_open(UBRK_WORD, language) whose rule status is not UBRK_WORD_NONE (Unicode UAX #29 with
 * ICU's tailorings). The fast path runs the state table that ICU itself compiled for the language, over UTF-8,
 * and hands texts with dictionary scripts (Thai, Lao, Khmer, Burmese, Chinese, Japanese) to ICU. */
#ifndef ATT_TOKENISE_TOKENISE_H
#define ATT_TOKENISE_TOKENISE_H

#include "model/token.h"

#include <attune/error.h>
#include <attune/span.h>

/* The rules of one language; read-only, shared between threads. */
typedef struct att_word_rules att_word_rules;
att_status att_word_rules_new(att_word_rules **out, const char *language, att_error *error);
void att_word_rules_free(att_word_rules *rules);

/* A tokeniser: rules with the scratch space of one thread. rules must outlive it. */
typedef struct att_tokeniser att_tokeniser;
att_status att_tokeniser_new(att_tokeniser **out, const att_word_rules *rules, att_error *error);
void att_tokeniser_free(att_tokeniser *tokeniser);

/* Replaces what is in tokens by the tokens of one turn (start, end and gap; type and note are left alone). text must
 * outlive their use; text.size is at most ATT_TURN_PIECE. Fails only without memory. */
att_status att_tokenise(att_tokeniser *tokeniser, att_span text, att_tokens *tokens, att_error *error);

/* Adds those of one more turn to what is in tokens. */
att_status att_tokenise_add(att_tokeniser *tokeniser, att_span text, att_tokens *tokens, att_error *error);

/* As att_tokenise, always by ICU's own iterator: the oracle. */
att_status att_tokenise_icu(att_tokeniser *tokeniser, att_span text, att_tokens *tokens, att_error *error);

/* Classifies the gaps before the tokens [from, to] of a turn (counted from its first; its count is its separator), as
 * far as they are unknown. Few gaps are ever asked for. */
void att_gaps_classify(const att_tokens *tokens, const att_token_turn *turn, size_t from, size_t to);

void att_tokens_empty(att_tokens *tokens); /* takes all turns out */
void att_tokens_clear(att_tokens *tokens); /* frees the arrays */

#endif
