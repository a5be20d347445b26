/* One input, opened and ready to hand out its turns: for what reads transcripts one by one. */
#ifndef ATT_RUN_OPENED_H
#define ATT_RUN_OPENED_H

#include "read/inputs.h"
#include "run/reading.h"
#include "run/source.h"
#include "tally/speakers.h"

typedef struct {
    att_file_source source;
    const att_format *format;
    bool recognised; /* the format, by its content */
    att_span probe;
    att_read_options options;
    void *plan;
    void *reader;
    att_span transcript;
    const att_speakers *speakers;
} att_opened;

/* speakers: whose labels count as labels wherever they stand; NULL: none are known. probe: room for ATT_PROBE bytes, in
 * use as long as the input is open. *out must stay where it is. To be closed in every case. ATT_BAD_INPUT: it cannot be
 * read. */
att_status att_opened_open(att_opened *out, const att_input *input, const att_study *study, const att_reading *reading,
                           const att_speakers *speakers, char *probe, att_error *error);
void att_opened_close(att_opened *opened);

#endif
