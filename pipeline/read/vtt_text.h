/* The text of a WebVTT cue: its tags and references resolved, its voices found. */
#ifndef ATT_READ_VTT_TEXT_H
#define ATT_READ_VTT_TEXT_H

#include "read/cue_text.h"

/* An open tag. */
typedef struct {
    uint8_t kind;
    size_t voice, voice_size; /* in att_cue_text.names; of this tag or the nearest around it */
    size_t language, language_size;
} att_vtt_open;

/* Memory that is used again for each cue; a zeroed one is empty. */
typedef struct {
    att_vtt_open *items;
    size_t count, capacity;
} att_vtt_stack;

void att_vtt_stack_clear(att_vtt_stack *stack);

/* The WebVTT cue text tokeniser and tree builder (W3C WebVTT, 6.4 "WebVTT cue text parsing rules"), of which it keeps
 * all text, <v> and <lang>. A run begins where the nearest voice around the text changes to another that has a name. */
void att_vtt_text_read(att_cue_text *cue, att_vtt_stack *stack, att_cue_raw raw);

#endif
