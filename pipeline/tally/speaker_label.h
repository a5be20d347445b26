/* The form in which labels are compared when they are not equal to the letter. */
#ifndef ATT_TALLY_SPEAKER_LABEL_H
#define ATT_TALLY_SPEAKER_LABEL_H

#include "base/buffer.h"

/* Appends the label without white space and a colon at its ends, in NFKC_Casefold (Unicode 5.18): ANNA, "Anna:" and
 * "anna " are the same. out->failed: no memory. */
void att_label_fold(att_buffer *out, att_span label);

#endif
