/* The text of a SubRip cue, freed of what players take for formatting. */
#ifndef ATT_READ_SRT_TEXT_H
#define ATT_READ_SRT_TEXT_H

#include "read/cue_text.h"

/* Leaves out the tags of HTML that players know (<i>, <font color=...>, open or not, in any case), what is left of one
 * that was not ended (`</i` at the end of a line), time stamps in angle brackets and overrides of ASS in braces
 * ({\an8}); resolves character references that end with a semicolon. All other `<`, `&` and `{` are text. */
void att_srt_text_read(att_cue_text *cue, att_cue_raw raw);

#endif
