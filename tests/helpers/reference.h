/* The reference matcher: slow and obvious. It says what matching means; the engine must agree with it on everything.
 *
 * No Hyperscan, no tree, no tables: every entry is tried at every token, element by element; overlap is resolved
 * by going through the sorted matches and comparing each with all that were kept before it. */
#ifndef ATT_TESTS_REFERENCE_H
#define ATT_TESTS_REFERENCE_H

#include "lexicon/scheme.h"
#include "match/engine.h"
#include "tokenise/fold.h"

/* Replaces hits by those of one turn, in the order of nodes, then tokens. text is what tokens were made of. */
void att_reference_match(const att_lexicon *lexicon, const att_marker_nodes *nodes, uint32_t node_count,
                         att_folder *folder, att_span text, const att_tokens *tokens, att_hits *hits);

#endif
