/* The lines of a subtitle file, streamed, and its times: what vtt and srt have in common. */
#ifndef ATT_READ_CUE_LINES_H
#define ATT_READ_CUE_LINES_H

#include "read/cue_text.h"
#include "read/window.h"

/* What a cue may hold before it is handed on in parts. */
#define ATT_CUE_MOST ((size_t)1 << 20)

/* A line. Indexes in the window. */
typedef struct {
    size_t from;
    size_t to;   /* where its text ends */
    size_t next; /* where the next line begins */
    bool begins; /* false: the rest of a line that was too long to be held whole */
    bool whole;  /* false: more of it follows */
    bool arrow;  /* there is a `-->` in it */
} att_cue_line;

/* Characters that are looked for ahead. */
enum { ATT_CUE_SOUGHT = 4 };

typedef struct {
    att_window window;
    const char *file;
    size_t at;     /* where the next line begins */
    size_t keep;   /* nothing before is needed any more; SIZE_MAX: nothing before `at` */
    bool inside;   /* `at` is inside a line */
    uint64_t line; /* of `at`, 1-based */
    size_t arrow;  /* a `-->`: the first one before `arrow_known` that has not been passed; there is none if it is not
                      before that */
    size_t arrow_known;
    const char *sought; /* ATT_CUE_SOUGHT characters */
    att_ahead ahead[ATT_CUE_SOUGHT];
} att_cue_lines;

/* sought: see att_cue_lines_hold; static. */
att_status att_cue_lines_open(att_cue_lines *lines, att_source *source, const char *file,
                              const char sought[ATT_CUE_SOUGHT], att_error *error);
void att_cue_lines_close(att_cue_lines *lines);

typedef enum {
    ATT_CUE_LINE,
    ATT_CUE_END,  /* of the file */
    ATT_CUE_FULL, /* what is kept fills the window: move `keep` and ask again */
} att_cue_event;

/* Passes on to the next line. The window moves: indexes that the caller has kept are `keep` only. */
att_status att_cue_lines_next(att_cue_lines *lines, att_cue_line *line, att_cue_event *event, att_error *error);

/* Is one of the characters that are sought in [from, to)? Asked for in order, so that each byte is looked at once. */
bool att_cue_lines_hold(att_cue_lines *lines, size_t from, size_t to);

/* A source of the lines of a probe of which there is enough to be judged; the probe is eaten up. */
att_source att_cue_probe_source(att_span *probe, bool complete);

/* Bytes of the byte order marks at text[0]. */
size_t att_cue_marks(const char *text, size_t size);

#endif
