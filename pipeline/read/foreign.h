/* Content that no reader takes: other encodings, archives, sound, programs. */
#ifndef ATT_READ_FOREIGN_H
#define ATT_READ_FOREIGN_H

#include <attune/span.h>
#include <stdbool.h>

/* What the content is and what to do about it, as the end of a message ("is a PDF file; ..."), static; NULL: it may be
 * a text. complete: the probe is the whole file. */
const char *att_foreign_look(att_span probe, bool complete);

#endif
