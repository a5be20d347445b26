/* Plain text in memory, read as the format txt reads it: for formats whose content is text once it is unpacked. */
#ifndef ATT_READ_MEMORY_TEXT_H
#define ATT_READ_MEMORY_TEXT_H

#include "read/document.h"

/* Called for every turn or piece of one; its spans are good for the call. */
typedef att_status att_text_visit(void *context, const att_turn *turn, att_error *error);

/* Adds the transcription notes that were left out to *notes. */
att_status att_memory_text_read(att_span text, const att_read_options *options, const char *file, att_text_visit *visit,
                                void *context, uint64_t *notes, att_error *error);

/* The same, with the turns for a document. */
att_status att_memory_text_add(att_document *document, att_span text, const att_read_options *options, const char *file,
                               att_error *error);

#endif
