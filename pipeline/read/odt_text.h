/* The parts of an OpenDocument text (OASIS ODF 1.3 part 3). */
#ifndef ATT_READ_ODT_TEXT_H
#define ATT_READ_ODT_TEXT_H

#include "read/word_turns.h"

/* content.xml, or a flat document, as text: as it is with all changes accepted; without notes, annotations, headers and
 * footers. */
att_status att_odt_text(att_word *word, att_span xml, const char *part, att_error *error);

/* styles.xml: names. */
att_status att_odt_styles(att_word *word, att_span xml, const char *part, att_error *error);

#endif
