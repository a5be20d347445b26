/* Token patterns against each other, for findings. The matcher has its own, faster ways with text. */
#ifndef ATT_LEXICON_PATTERN_H
#define ATT_LEXICON_PATTERN_H

#include "lexicon/lexicon.h"

/* Does a token fit the glob (* zero or more code points, ? one)? */
bool att_glob_fits(att_span glob, att_span token);

/* Can one token fit both? Sure only where one of them is a literal; otherwise the answer is yes. */
bool att_elements_meet(const att_element *a, const att_element *b);

#endif
