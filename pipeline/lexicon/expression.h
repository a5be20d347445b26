/* How globs and regexes are given to Hyperscan. Needs hs.h before it. */
#ifndef ATT_LEXICON_EXPRESSION_H
#define ATT_LEXICON_EXPRESSION_H

#include "base/buffer.h"
#include "lexicon/databases.h"

/* A regex must match the whole folded token. */
#define ATT_EXPRESSION_FLAGS (HS_FLAG_UTF8 | HS_FLAG_UCP | HS_FLAG_SINGLEMATCH | HS_FLAG_ALLOWEMPTY)
void att_expression_put(att_buffer *out, att_span expression);

/* A regex over a turn, as far as Hyperscan understands it: never less than it matches. */
#define ATT_TURN_FLAGS                                                                                                 \
    (HS_FLAG_UTF8 | HS_FLAG_UCP | HS_FLAG_DOTALL | HS_FLAG_SINGLEMATCH | HS_FLAG_ALLOWEMPTY | HS_FLAG_PREFILTER)
void att_expression_put_turn(att_buffer *out, att_span expression, bool exact);

/* The flags of a kind of database. */
unsigned att_expression_flags(att_database_kind kind);

/* A glob must match between two separators, on each side of the token: written so and not with ^, $ or \b, which
 * compile slowly. */
#define ATT_GLOB_FLAGS     (HS_FLAG_UTF8 | HS_FLAG_SINGLEMATCH)
#define ATT_GLOB_SEPARATOR '\x1f' /* U+001F INFORMATION SEPARATOR ONE: is never part of a token */
void att_expression_put_glob(att_buffer *out, att_span glob);

/* Letters between two asterisks, *so*: they compile in no time. */
bool att_glob_is_plain(att_span glob);

/* Does a glob need a pattern? Not where its first or last letters lead to it, nor `*`, which matches everything. */
bool att_glob_needs_pattern(att_span glob);

#endif
