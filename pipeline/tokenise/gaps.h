/* The class of what stands between two tokens. Private to the tokenise stage; see model/token.h for the classes. */
#ifndef ATT_TOKENISE_GAPS_H
#define ATT_TOKENISE_GAPS_H

#include "model/token.h"

#include <attune/span.h>

/* Fills tokens->gap, where it is ATT_GAP_UNKNOWN and behind the last token, from start and end. */
void att_gaps_classify(att_span text, att_tokens *tokens);

#endif
