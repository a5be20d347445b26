/* Bytes that come one after the other. */
#ifndef ATT_BASE_SOURCE_H
#define ATT_BASE_SOURCE_H

#include <attune/span.h>
#include <stddef.h>

/* Where the bytes come from: read() into memory the reader owns; returns 0 at the end, -1 on error (errno is set).
 * Each range of a transcript has a source of its own, that starts at the byte asked for. */
typedef struct att_source {
    ptrdiff_t (*read)(struct att_source *source, void *to, size_t size);
    void *state;
} att_source;

/* The bytes of a span, which becomes what is left of them and must stay where it is. */
att_source att_source_of_span(att_span *left);

#endif
