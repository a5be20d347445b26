/* The formats that can be read and written, for `attune formats`. */
#ifndef ATTUNE_FORMAT_H
#define ATTUNE_FORMAT_H

#include <stddef.h>

typedef struct {
    const char *name;        /* "txt" */
    const char *description; /* "plain text with speaker labels" */
    const char *extensions;  /* "txt text"; "" where there are none */
} att_format_view;

size_t att_reader_count(void);
att_format_view att_reader_get(size_t index);
size_t att_writer_count(void);
att_format_view att_writer_get(size_t index);

#endif
