/* Token patterns against each other, for findings. */
#ifndef ATT_LEXICON_PATTERN_H
#define ATT_LEXICON_PATTERN_H

#include "lexicon/lexicon.h"

/* Can one token fit both? Sure only where one of them is a literal; otherwise the answer is yes. */
bool att_elements_meet(const att_element *a, const att_element *b);

#endif
