/* The text of a subtitle's cue as it is freed of its tags and references: where each part of it stands in the source,
 * and who says it. */
#ifndef ATT_READ_CUE_TEXT_H
#define ATT_READ_CUE_TEXT_H

#include "base/buffer.h"

/* From text[at] up to the next mark the text stands in the source as it is here, from `offset` on. */
typedef struct {
    size_t at;
    uint64_t offset;
    uint64_t line;
} att_cue_mark;

/* Who says the text from here up to the next run, and in which language: parts of `names`. */
typedef struct {
    size_t from;
    size_t voice, voice_size; /* size 0: nobody is named */
    size_t language, language_size;
    bool spoken; /* there is more than white space in it */
    bool mixed;  /* in more than one language */
} att_cue_run;

/* A zeroed one is empty. */
typedef struct {
    att_buffer text;
    att_buffer names;
    att_cue_mark *marks;
    size_t mark_count, mark_capacity;
    att_cue_run *runs;
    size_t run_count, run_capacity;
    uint64_t controls; /* NULs that were replaced */
    bool failed;       /* no memory */
} att_cue_text;

void att_cue_text_clear(att_cue_text *cue); /* frees */
void att_cue_text_empty(att_cue_text *cue); /* keeps the memory */

/* Appends bytes that stand for the source's from `offset` on. */
void att_cue_text_add(att_cue_text *cue, const char *bytes, size_t size, uint64_t offset, uint64_t line);

/* A place in a raw text, whose first byte is at `offset` in the source; `line` is that of text[at]. */
typedef struct {
    const char *text;
    size_t size;
    size_t at;
    uint64_t offset;
    uint64_t line;
} att_cue_raw;

/* Moves up to `to` and counts the line ends that are passed (\n, \r\n, \r). */
void att_cue_raw_pass(att_cue_raw *raw, size_t to);

/* Appends the source's text up to `to`, in which there is no \r, or something that stands for it, and moves there. */
void att_cue_text_take(att_cue_text *cue, att_cue_raw *raw, size_t to);
void att_cue_text_put(att_cue_text *cue, att_cue_raw *raw, size_t to, const char *bytes, size_t size);

/* Bytes of the line end at text[at], which is \r or \n. */
static inline size_t att_cue_line_end(const char *text, size_t size, size_t at)
{
    return text[at] == '\r' && at + 1 < size && text[at + 1] == '\n' ? 2 : 1;
}

#endif
