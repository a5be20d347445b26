/* Content that no reader takes: archives, sound, programs. */
#ifndef ATT_READ_FOREIGN_H
#define ATT_READ_FOREIGN_H

#include <attune/span.h>
#include <stdbool.h>

/* What raw bytes are by their first ones, before any decoding; as below. */
const char *att_foreign_bytes(att_span raw);

/* What the content is and what to do about it, as the end of a message ("is a PDF file; ..."), static; NULL: it may be
 * a text. The probe is UTF-8; complete: it is the whole file. */
const char *att_foreign_look(att_span probe, bool complete);

#endif
