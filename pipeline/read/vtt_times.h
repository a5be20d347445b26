/* The line of a WebVTT cue that holds its times. */
#ifndef ATT_READ_VTT_TIMES_H
#define ATT_READ_VTT_TIMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* "Collect WebVTT cue timings and settings" (W3C WebVTT, 6.3); settings say nothing about speech. False: these are no
 * times, the cue is none, and what *start_ms and *end_ms hold is of no use. */
bool att_vtt_times_read(int64_t *start_ms, int64_t *end_ms, const char *line, size_t size);

#endif
