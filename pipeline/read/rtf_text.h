/* The text of a rich text file (Rich Text Format Specification 1.9.1). */
#ifndef ATT_READ_RTF_TEXT_H
#define ATT_READ_RTF_TEXT_H

#include "base/buffer.h"

#include <attune/error.h>

/* Groups inside each other, at most. */
#define ATT_RTF_DEPTH 1024u

/* Appends the text to out, in UTF-8: paragraphs, lines and table rows end with \n, tabs and table cells with \t. Text
 * that does not show is left out: what was deleted under revision, hidden text, headers, footers, notes, pictures,
 * numbers of lists, fields' instructions, and whatever a reader may pass over ({\*...}). Of bytes in a code page that
 * stand for nothing, and lone surrogates, remains U+FFFD; *ill_formed is their number. What is no RTF, cut off or
 * nested too deep is ATT_BAD_INPUT, out then holds the text up to there. file: for the message. */
att_status att_rtf_text(att_buffer *out, att_span rtf, uint64_t *ill_formed, const char *file, att_error *error);

/* Does it begin like such a file? */
bool att_rtf_looks(att_span probe);

#endif
