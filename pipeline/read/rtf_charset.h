/* Bytes in the code pages that RTF names. For read/rtf_text.c. */
#ifndef ATT_READ_RTF_CHARSET_H
#define ATT_READ_RTF_CHARSET_H

#include "base/buffer.h"

#include <unicode/ucnv.h>

/* Bytes that wait until those that belong to them have come (a character may have two). A zeroed one is empty. */
typedef struct {
    att_buffer bytes;
    att_buffer wide;
    bool ascii_only;
    uint32_t page; /* of the bytes */
    uint32_t open; /* of the converter */
    UConverter *converter;
    uint64_t ill_formed;
} att_rtf_bytes;

/* false: no memory, as of the following. */
bool att_rtf_bytes_add(att_rtf_bytes *bytes, att_buffer *out, uint32_t page, att_span text);
/* Appends what waits to out, in UTF-8. */
bool att_rtf_bytes_flush(att_rtf_bytes *bytes, att_buffer *out);
void att_rtf_bytes_clear(att_rtf_bytes *bytes);

/* The code page of a font's \fcharset; 0: the document's. */
uint32_t att_rtf_charset_page(int64_t charset);

#endif
