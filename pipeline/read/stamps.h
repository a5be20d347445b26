/* Time stamps in transcripts: #00:01:02-3# (f4, f5: the last digit is tenths), [00:01:02], (1:02), 00:01:02.
 * A clock time is hours:minutes:seconds or minutes:seconds, with a fraction after `.` or `,` (in marked stamps also
 * `-`). A stamp in brackets may be a span of two, "[00:01 - 00:05]" or with `-->`. */
#ifndef ATT_READ_STAMPS_H
#define ATT_READ_STAMPS_H

#include "model/turn.h"

typedef struct {
    size_t size; /* bytes, with its marks */
    int64_t start_ms;
    int64_t end_ms; /* of a span; else ATT_NO_TIME */
} att_stamp;

/* A stamp with marks around it (# or brackets) at text[0]. */
bool att_stamp_marked(att_stamp *stamp, const char *text, size_t size);

/* A clock time without marks at text[0], followed by white space, a colon or nothing. hours: it must have all three
 * parts, because "10:15" may be speech. */
bool att_stamp_bare(att_stamp *stamp, const char *text, size_t size, bool hours);

/* A line that holds nothing but a time or a span, with marks or without ("0:0:3.120 --> 0:0:7.0"). `size` is up to the
 * line's end; *marked tells whether it has marks. */
bool att_stamp_line(att_stamp *stamp, const char *line, size_t size, bool *marked);

#endif
