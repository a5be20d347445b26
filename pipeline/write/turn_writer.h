/* What the writers of turns share. */
#ifndef ATT_WRITE_TURN_WRITER_H
#define ATT_WRITE_TURN_WRITER_H

#include "base/buffer.h"
#include "write/turns.h"

struct att_turn_writer {
    const att_turn_writer_format *format;
    FILE *stream;
    att_buffer transcript; /* of the last turn */
    uint64_t number;
    bool any;        /* turns were written */
    bool inside;     /* the last one goes on */
    att_buffer out;  /* what is to be written */
    att_buffer text; /* scratch */
    /* A turn whose next piece may be in another language, and so belong to the same record; its spans are below. */
    att_turn waiting;
    bool waits;
    att_buffer joined, label, languages;
    size_t last_language; /* where in `languages` the last one begins */
    size_t last_size;     /* of its tag */
    uint64_t code_points; /* of `joined` */
    /* vtt: the cue whose end is not known yet */
    att_buffer cue;
    bool held;
    bool named; /* a cue names its speaker */
    int64_t start_ms, end_ms;
};

/* The label without what the reader put before it. */
att_span att_turn_label(const att_turn *turn);

/* Well-formed text; what is not UTF-8 becomes U+FFFD. nul: so does NUL. Valid until the next call; NULL: no memory. */
att_span att_turn_text(att_turn_writer *writer, att_span text, bool nul);

/* Appends text on one line: line ends and other control characters as spaces. */
void att_turn_line(att_buffer *out, att_span text);

/* Writes `out` and empties it. */
att_status att_turn_flush(att_turn_writer *writer, att_error *error);

#endif
