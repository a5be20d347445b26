/* The forms in which labels and transcripts' ids are compared when they are not equal to the letter. */
#ifndef ATT_TALLY_SPEAKER_LABEL_H
#define ATT_TALLY_SPEAKER_LABEL_H

#include "base/buffer.h"

/* Appends the label in NFKC_Casefold (Unicode 5.18), without white space at its ends and colons behind it, and with a
 * space for each run of white space: ANNA B, "Anna  B:" and "anna b " are the same. out->failed: no memory. */
void att_label_fold(att_buffer *out, att_span label);

/* Appends an id in NFC: file names that were made on other systems may be decomposed. out->failed: no memory. */
void att_transcript_fold(att_buffer *out, att_span id);

#endif
