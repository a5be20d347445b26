/* The parts of a Word document (ECMA-376 part 1, 17: WordprocessingML). */
#ifndef ATT_READ_DOCX_TEXT_H
#define ATT_READ_DOCX_TEXT_H

#include "read/word_turns.h"

/* word/document.xml as text: of tracked changes the final text; without notes, comments, headers, field codes, hidden
 * text and placeholders. */
att_status att_docx_text(att_word *word, att_span xml, const char *part, att_error *error);

/* word/styles.xml: ids and names. */
att_status att_docx_styles(att_word_styles *styles, att_span xml, const char *part, att_error *error);

/* The target of the first relationship of this kind (the last part of its type's address), as the part's path; folder:
 * what it is relative to. size 0: there is none. The result is in `path`. */
att_status att_docx_relation(att_buffer *path, att_span xml, const char *kind, att_span folder, const char *part,
                             att_error *error);

#endif
