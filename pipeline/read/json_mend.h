/* What programs write that is nearly JSON, as JSON: bytes that are not UTF-8 and halves of surrogate pairs become
 * U+FFFD, NaN and Infinity null. */
#ifndef ATT_READ_JSON_MEND_H
#define ATT_READ_JSON_MEND_H

#include "base/buffer.h"
#include "read/scan.h"

/* Is it UTF-8 without halves of surrogate pairs? A parser does not look closely at either. */
bool att_json_is_sound(const att_scan *scan, att_span text);

/* Puts the mended text in place of what is in the buffer; adds to *ill_formed the sequences that are not UTF-8. False:
 * no memory. */
bool att_json_mend(att_buffer *out, att_span text, uint64_t *ill_formed);

#endif
