/* How the expression of a `regex:` entry is given to Hyperscan: by the check when a lexicon is loaded, and by the
 * matcher. Needs hs.h before it. */
#ifndef ATT_LEXICON_EXPRESSION_H
#define ATT_LEXICON_EXPRESSION_H

#include "base/buffer.h"

#define ATT_EXPRESSION_FLAGS (HS_FLAG_UTF8 | HS_FLAG_UCP | HS_FLAG_SINGLEMATCH | HS_FLAG_ALLOWEMPTY)

/* It must match the whole token. */
static inline void att_expression_put(att_buffer *out, att_span expression)
{
    att_buffer_text(out, "^(?:");
    att_buffer_span(out, expression);
    att_buffer_text(out, ")$");
}

#endif
