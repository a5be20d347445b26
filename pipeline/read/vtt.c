/* WebVTT, streamed, by the letter of the W3C's parser (https://www.w3.org/TR/webvtt1/, section 6). Style sheets,
 * regions and notes are blocks whose first two lines hold no times: the rules for blocks alone leave them out. */
#include "read/format.h"

#include "read/cue_lines.h"
#include "read/cues.h"
#include "read/facts.h"
#include "read/vtt_text.h"
#include "read/vtt_times.h"

#include <stdlib.h>
#include <string.h>

/* What the next line is. */
typedef enum {
    SIGNATURE,
    HEADER,
    FIRST,  /* of a block */
    SECOND, /* of a block whose first line is an id, or no cue's at all */
    TEXT,   /* of a cue */
    SKIPPED,
} vtt_state;

typedef struct {
    att_cue_lines lines;
    vtt_state state;
    int64_t start_ms, end_ms; /* of the cue */
    uint64_t cue_line;        /* where its text begins; its index is lines.keep */
    size_t cue_size;
    bool last_cr; /* the last line of its text ended with \r, */
    bool cue_cr;  /* or one before that */
    bool seen_cue;
    bool done;
    att_cues cues;
    att_cue_text text;
    att_vtt_stack stack;
    att_facts facts;
    att_buffer rolling; /* the line that captions that roll up show once more; empty: none */
} vtt_reader;

/* ---- What the header says -------------------------------------------------------------------------------------- */

/* opening: in small letters. */
static bool opens_with(const char *line, size_t size, const char *opening)
{
    for (; *opening; opening++, line++, size--) {
        char c = size ? *line : '\0';
        if ((c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c) != *opening)
            return false;
    }
    return true;
}

static bool is_language(att_span value)
{
    if (value.size < 2 || value.size > 35)
        return false;
    for (size_t i = 0; i < value.size; i++) {
        char c = value.text[i];
        bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
        if (!letter && (i < 2 || (c != '-' && (c < '0' || c > '9'))))
            return false;
    }
    return true;
}

/* "Language: en", which the header may say, or "NOTE language:en", as some services write it before the first cue. */
static att_status language_look(vtt_reader *reader, const char *line, size_t size, att_error *error)
{
    static const char *const openings[] = {"language:", "note language:", NULL};

    for (const char *const *opening = openings; *opening; opening++) {
        if (!opens_with(line, size, *opening))
            continue;
        size_t from = att_white_skip(line, size, strlen(*opening));
        att_span value = {line + from, att_white_trim(line, from, size) - from};
        if (is_language(value) && !att_facts_language(&reader->facts, value))
            return att_fail_memory(error);
    }
    return ATT_OK;
}

/* ---- Blocks ---------------------------------------------------------------------------------------------------- */

static void cue_begin(vtt_reader *reader)
{
    reader->lines.keep = reader->lines.at;
    reader->cue_line = reader->lines.line;
    reader->cue_size = 0;
    reader->cue_cr = reader->last_cr = false;
}

/* ---- Captions that roll up ------------------------------------------------------------------------------------- */

/* The last line that is not blank. */
static att_span last_line(att_span text)
{
    size_t to = att_white_trim(text.text, 0, text.size), from = to;

    while (from > 0 && !att_is_line_end(text.text[from - 1]))
        from--;
    from = att_white_skip(text.text, to, from);
    return (att_span){text.text + from, to - from};
}

static att_span first_line(att_span text)
{
    size_t from = att_white_skip(text.text, text.size, 0), to = from;

    while (to < text.size && !att_is_line_end(text.text[to]))
        to++;
    return (att_span){text.text + from, att_white_trim(text.text, from, to) - from};
}

/* Does it say when which word is shown? "hello<00:00:00.500><c> there</c>" */
static bool is_timed(att_span line)
{
    for (size_t at = 0; at + 1 < line.size; at++)
        if (line.text[at] == '<' && line.text[at + 1] >= '0' && line.text[at + 1] <= '9')
            return true;
    return false;
}

/* Captions made by machine show a line word by word, then as it is, then above the next one: it was said once. What a
 * cue repeats is blanked in its text. */
static att_status roll_up(vtt_reader *reader, att_span raw, att_error *error)
{
    att_buffer *text = &reader->text.text;
    att_span whole = {text->data, text->size}, first = first_line(whole), last = last_line(whole);
    bool timed = is_timed(last_line(raw));
    bool again = first.size && att_span_equal(first, (att_span){reader->rolling.data, reader->rolling.size});
    bool holds = again && first.text == last.text;

    if (timed || !holds)
        reader->rolling.size = 0;
    if (timed)
        att_buffer_span(&reader->rolling, last);
    if (again)
        memset(text->data + (first.text - text->data), ' ', first.size);
    return reader->rolling.failed ? att_fail_memory(error) : ATT_OK;
}

/* The text of a cue, or of a part of one, is cue_size bytes from lines.keep on. */
static att_status cue_give(vtt_reader *reader, att_error *error)
{
    att_cue_lines *lines = &reader->lines;
    const char *text = lines->window.data + lines->keep;
    size_t size = reader->cue_size;
    uint64_t offset = att_window_offset(&lines->window, lines->keep);
    att_cue_mark mark = {0, offset, reader->cue_line};

    if (size == 0)
        return ATT_OK;
    if (!reader->cue_cr && !reader->rolling.size && !att_cue_lines_hold(lines, lines->keep, lines->keep + size)) {
        att_cue cue = {.text = {text, size},
                       .marks = &mark,
                       .mark_count = 1,
                       .start_ms = reader->start_ms,
                       .end_ms = reader->end_ms};
        return att_cues_add(&reader->cues, &cue, error);
    }
    att_vtt_text_read(&reader->text, &reader->stack, (att_cue_raw){text, size, 0, offset, reader->cue_line});
    att_status status = reader->text.text.size ? roll_up(reader, (att_span){text, size}, error) : ATT_OK;
    if (status)
        return status;
    return att_cues_add_text(&reader->cues, &reader->text, reader->start_ms, reader->end_ms, error);
}

static att_status cue_end(vtt_reader *reader, att_error *error)
{
    att_status status = cue_give(reader, error);

    reader->lines.keep = SIZE_MAX;
    return status;
}

/* A cue's text is too long to be held whole: what there is of it goes on. */
static att_status cue_part(vtt_reader *reader, att_error *error)
{
    att_status status = cue_give(reader, error);

    cue_begin(reader);
    return status;
}

static bool is_signature(const char *line, size_t size)
{
    return size >= 6 && memcmp(line, "WEBVTT", 6) == 0 && (size == 6 || line[6] == ' ' || line[6] == '\t');
}

static att_status signature_check(vtt_reader *reader, const char *line, size_t size, att_error *error)
{
    size_t marks = att_cue_marks(line, size);

    if (!is_signature(line + marks, size - marks))
        return att_fail(error, ATT_BAD_INPUT, reader->lines.file, 1, 0,
                        "is no WebVTT file: it does not begin with the word WEBVTT on a line of its own; "
                        "put it there, or say what it is with --format");
    reader->state = HEADER;
    return ATT_OK;
}

/* A line with an arrow begins a cue where one may begin, and ends the block everywhere else. */
static void arrow_take(vtt_reader *reader, const char *line, size_t size)
{
    if (!att_vtt_times_read(&reader->start_ms, &reader->end_ms, line, size)) {
        reader->state = SKIPPED;
        return;
    }
    reader->state = TEXT;
    reader->seen_cue = true;
    cue_begin(reader);
}

static att_status line_take(vtt_reader *reader, const att_cue_line *line, att_error *error)
{
    const char *text = reader->lines.window.data + line->from;
    size_t size = line->to - line->from;
    att_status status = ATT_OK;

    if (reader->state == SIGNATURE)
        return line->begins ? signature_check(reader, text, size, error) : ATT_OK;
    bool stays = !line->begins || (size > 0 && !line->arrow);
    if (stays && reader->state == TEXT) {
        reader->cue_size = line->to - reader->lines.keep;
        reader->cue_cr |= reader->last_cr;
        reader->last_cr = line->next > line->to && reader->lines.window.data[line->to] == '\r';
        return ATT_OK;
    }
    if (!line->begins)
        return ATT_OK;
    if (reader->state == TEXT)
        status = cue_end(reader, error);
    if (status)
        return status;
    if (size == 0) {
        reader->state = FIRST;
    } else if (line->arrow) {
        arrow_take(reader, text, size);
    } else {
        if (!reader->seen_cue)
            status = language_look(reader, text, size, error);
        if (reader->state != HEADER)
            reader->state = reader->state == FIRST ? SECOND : SKIPPED;
    }
    return status;
}

/* The file goes on until there is a batch. */
static att_status vtt_pass(vtt_reader *reader, att_error *error)
{
    att_status status = ATT_OK;
    att_cue_event event;
    att_cue_line line;

    while (!status && !reader->done && !att_pieces_ready(&reader->cues.pieces)) {
        status = att_cue_lines_next(&reader->lines, &line, &event, error);
        if (status)
            return status;
        if (event == ATT_CUE_LINE) {
            status = line_take(reader, &line, error);
        } else if (event == ATT_CUE_FULL) {
            status = cue_part(reader, error);
        } else {
            reader->done = true;
            if (reader->state == SIGNATURE)
                status = signature_check(reader, "", 0, error);
            else if (reader->state == TEXT)
                status = cue_end(reader, error);
            if (!status)
                status = att_pieces_end(&reader->cues.pieces, error);
        }
    }
    return status;
}

/* ---- The format ------------------------------------------------------------------------------------------------ */

static void vtt_close(void *context)
{
    vtt_reader *reader = context;

    if (!reader)
        return;
    att_cue_lines_close(&reader->lines);
    att_cues_clear(&reader->cues);
    att_cue_text_clear(&reader->text);
    att_vtt_stack_clear(&reader->stack);
    att_facts_clear(&reader->facts);
    att_buffer_clear(&reader->rolling);
    free(reader);
}

static att_status reader_new(vtt_reader **out, att_source *source, const char *file, const att_cue_plan *plan,
                             att_buffer *collect, att_error *error)
{
    vtt_reader *reader = calloc(1, sizeof *reader);

    if (!reader)
        return att_fail_memory(error);
    att_status status = att_cue_lines_open(&reader->lines, source, file, "<&\0", error);
    if (!status)
        status = att_cues_open(&reader->cues, plan, collect, error);
    if (status) {
        vtt_close(reader);
        return status;
    }
    *out = reader;
    return ATT_OK;
}

/* The lines of the probe's cues, on which it is decided what is a label. */
static att_status vtt_collect(att_cue_plan *plan, att_buffer *collected, att_span probe, bool complete,
                              att_error *error)
{
    att_source source = att_cue_probe_source(&probe, complete);
    vtt_reader *reader = NULL;
    att_status status = reader_new(&reader, &source, plan->file, NULL, collected, error);

    if (!status)
        status = vtt_pass(reader, error);
    vtt_close(reader);
    return status;
}

static att_status vtt_plan(void **plan, att_span probe, bool complete, const char *file,
                           const att_read_options *options, att_error *error)
{
    return att_cue_plan_make(plan, vtt_collect, probe, complete, file, options, error);
}

static att_status vtt_open(void **out, const void *context, att_source *source, uint64_t from, uint64_t to,
                           att_error *error)
{
    const att_cue_plan *plan = context;
    vtt_reader *reader;
    att_status status = reader_new(&reader, source, plan->file, plan, NULL, error);

    (void)from, (void)to;
    if (!status)
        *out = reader;
    return status;
}

static att_status vtt_next(void *context, const att_turn_batch **batch, att_error *error)
{
    vtt_reader *reader = context;
    att_status status = vtt_pass(reader, error);

    if (!status)
        *batch = att_pieces_take(&reader->cues.pieces);
    return status;
}

static att_read_counts vtt_counts(const void *context)
{
    const vtt_reader *reader = context;
    att_read_counts counts = reader->cues.pieces.counts;

    counts.bytes = att_window_offset(&reader->lines.window, reader->lines.at);
    counts.lines = reader->lines.line - 1;
    return counts;
}

static const att_transcript_info *vtt_info(const void *context)
{
    return &((const vtt_reader *)context)->facts.info;
}

static int vtt_sniff(att_span probe, bool complete, const char *file_name)
{
    size_t marks = att_cue_marks(probe.text, probe.size);
    size_t size = probe.size - marks;

    (void)complete;
    (void)file_name;
    /* A line end ends the signature too. */
    if (size > 6 && att_is_line_end(probe.text[marks + 6]))
        size = 6;
    return is_signature(probe.text + marks, size) ? 100 : 0;
}

const att_format att_format_vtt = {
    .name = "vtt",
    .description = "WebVTT subtitles",
    .extensions = "vtt webvtt",
    .sniff = vtt_sniff,
    .plan = vtt_plan,
    .forget = att_cue_plan_forget,
    .open = vtt_open,
    .next = vtt_next,
    .counts = vtt_counts,
    .info = vtt_info,
    .close = vtt_close,
};
