/* Where quotation marks stand in a turn. Private to the match stage. */
#ifndef ATT_MATCH_QUOTES_H
#define ATT_MATCH_QUOTES_H

#include "model/token.h"

#include <stdbool.h>

typedef struct {
    uint32_t *items; /* tokens that a mark stands before, or the turn's end; ascending */
    size_t count, capacity;
} att_quote_list;

void att_quote_list_clear(att_quote_list *list);

/* Replaces the list by the gaps of a turn that hold a quotation mark. Apostrophes inside words are in no gap. Which way
 * a mark opens is the gap's class. false: no memory. */
bool att_quotes_find(const att_tokens *tokens, const att_token_turn *turn, att_quote_list *list);

#endif
