/* Cues of subtitles become turns: who speaks in them is found, and those of one speaker join. Used by vtt and srt.
 *
 * A cue names its speakers by voices, or by labels and marks at the starts of its lines:
 *
 *     Ann: Hello.       a label, judged as in plain text (read/layout.h) on all lines of cues in the probe
 *     >> ANN: Hello.    the same behind the captioner's mark for a new speaker
 *     >> Hello.         a new speaker whom nobody names; the mark may also stand inside a line
 *     - Hello.          the same
 *
 * What nobody is named for goes on with whoever spoke last. */
#ifndef ATT_READ_CUES_H
#define ATT_READ_CUES_H

#include "read/cue_text.h"
#include "read/layout.h"
#include "read/pieces.h"

/* A cue, or a part of one that is too long to be held whole. */
typedef struct {
    att_span text;
    const att_cue_mark *marks; /* at least one, the first at 0 */
    size_t mark_count;
    const att_cue_run *runs; /* none: no voices, no languages */
    size_t run_count;
    const char *names; /* of the runs */
    int64_t start_ms;  /* ATT_NO_TIME: not given */
    int64_t end_ms;
} att_cue;

/* What is decided about a transcript on its probe; read-only. */
typedef struct {
    char *file;
    att_layout *layout; /* how labels are found */
    bool labels;        /* there are some to be found */
    bool regex;         /* by an expression of the user's */
    bool numbered;      /* srt: most cues of the probe have numbers */
} att_cue_plan;

/* Reads the cues of the probe for a plan, with att_cues that collect. What is wrong with them is said when the file
 * itself is read, not here. */
typedef att_status att_cue_collector(att_cue_plan *plan, att_buffer *collected, att_span probe, bool complete,
                                     att_error *error);

/* For att_format.plan and forget. */
att_status att_cue_plan_make(void **plan, att_cue_collector *collect, att_span probe, bool complete, const char *file,
                             const att_read_options *options, att_error *error);
void att_cue_plan_forget(void *plan);

/* A zeroed one is empty. */
typedef struct {
    att_pieces pieces;
    const att_cue_plan *plan;
    att_judge *judge; /* NULL: there are no labels */
    att_buffer speaker;
    att_cue_mark place;  /* that was looked up last in this cue; line 0: none */
    bool opens;          /* the next speech opens a turn, */
    int64_t opens_ms;    /* which began when it was announced */
    att_buffer *collect; /* where the lines that may begin with a label go; nothing else is done then */
} att_cues;

/* plan: NULL only to collect. */
att_status att_cues_open(att_cues *cues, const att_cue_plan *plan, att_buffer *collect, att_error *error);
void att_cues_clear(att_cues *cues);

att_status att_cues_add(att_cues *cues, const att_cue *cue, att_error *error);

/* A cue from its text freed of tags, in the words of read/cue_text.h. */
att_status att_cues_add_text(att_cues *cues, const att_cue_text *text, int64_t start_ms, int64_t end_ms,
                             att_error *error);

#endif
