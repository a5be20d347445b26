/* What the chunk tokenisers may take for granted, proven from the rules table. Private to the tokenise stage. */
#ifndef ATT_TOKENISE_CLASSES_H
#define ATT_TOKENISE_CLASSES_H

#include "tokenise/rules.h"

/* Fills classes, nibbles, quote_class and the tables of characters of several bytes. What the table does not let us
 * prove stays without a class, and is then read by the table itself. Needs ascii_gap. */
void att_find_classes(att_word_rules *rules);

#endif
