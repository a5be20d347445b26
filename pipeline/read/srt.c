/* SubRip, streamed. There is no standard; this is what players accept: a cue is a line with two times and an arrow, and
 * all lines up to the next one. A number may stand before the times. */
#include "read/format.h"

#include "read/cue_clock.h"
#include "read/cue_lines.h"
#include "read/cues.h"
#include "read/srt_text.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    att_cue_lines lines;
    bool numbered;
    bool in_cue;
    bool done;
    int64_t start_ms, end_ms; /* of the cue */
    uint64_t cue_line;        /* where its text begins; its index is lines.keep */
    bool last_cr;             /* its last line ended with \r */
    bool cue_cr;              /* \r stands inside it */
    size_t cue_size;          /* up to its last line that is not blank */
    bool number;              /* that line may be the number of the next cue, */
    size_t number_at;         /* before which the text is so long */
    bool number_apart;        /* there is a blank line before it */
    bool blank;               /* the last line is */
    size_t numbers, cue_count;
    att_cues cues;
    att_cue_text text;
} srt_reader;

/* ---- Times ----------------------------------------------------------------------------------------------------- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The next number of a time; more than 10^9 are as good as any. */
static int64_t number_next(const char *text, size_t size, size_t *at)
{
    int64_t number = 0;

    while (*at < size && is_digit(text[*at])) {
        if (number < 1000000000)
            number = number * 10 + (text[*at] - '0');
        ++*at;
    }
    return number;
}

static bool is_point(char c)
{
    return c == ',' || c == '.';
}

/* A time at text[*at]: hours may be missing, and so may the fraction. ATT_NO_TIME: this is none. */
static int64_t time_next(const char *text, size_t size, size_t *at)
{
    int64_t seconds = 0, ms = 0;
    int parts = 0;

    *at = att_blank_skip(text, size, *at);
    while (parts < 3 && *at < size && is_digit(text[*at])) {
        seconds = seconds * 60 + number_next(text, size, at);
        parts++;
        if (parts == 3 || *at == size || text[*at] != ':')
            break;
        ++*at;
    }
    if (parts < 2)
        return ATT_NO_TIME;
    if (*at + 1 < size && is_point(text[*at]) && is_digit(text[*at + 1])) {
        size_t from = ++*at;
        ms = number_next(text, size, at);
        for (size_t digits = *at - from; digits < 3; digits++)
            ms *= 10;
        for (size_t digits = *at - from; digits > 3 && ms > 999; digits--)
            ms /= 10;
    }
    return seconds * 1000 + ms;
}

/* The times of a cue: "00:00:01,500 --> 00:00:02,000", with or without coordinates behind. Whatever is wrong with the
 * times, a line of digits up to an arrow is no speech. */
static bool times_read(int64_t *start, int64_t *end, const char *line, size_t size)
{
    size_t at = att_blank_skip(line, size, 0);

    if (att_cue_clocks(start, end, line, size, ','))
        return true;
    if (at == size || !is_digit(line[at]))
        return false;
    *start = time_next(line, size, &at);
    while (at < size &&
           (is_digit(line[at]) || is_point(line[at]) || line[at] == ':' || line[at] == ' ' || line[at] == '\t'))
        at++;
    if (size - at < 3 || memcmp(line + at, "-->", 3) != 0)
        return false;
    at += 3;
    *end = time_next(line, size, &at);
    return true;
}

static bool is_number(const char *line, size_t size)
{
    size_t from = att_blank_skip(line, size, 0);
    size_t at = from;

    while (at < size && is_digit(line[at]))
        at++;
    return at > from && at - from < 10 && att_blank_skip(line, size, at) == size;
}

/* ---- Cues ------------------------------------------------------------------------------------------------------ */

static void cue_begin(srt_reader *reader)
{
    reader->lines.keep = reader->lines.at;
    reader->cue_line = reader->lines.line;
    reader->cue_size = 0;
    reader->cue_cr = reader->last_cr = false;
    reader->number = reader->blank = false;
}

/* The text of the cue, or of a part of it, is the first `size` bytes from lines.keep on. */
static att_status cue_give(srt_reader *reader, size_t size, att_error *error)
{
    att_cue_lines *lines = &reader->lines;
    const char *text = lines->window.data + lines->keep;
    uint64_t offset = att_window_offset(&lines->window, lines->keep);
    att_cue_mark mark = {0, offset, reader->cue_line};

    if (size == 0)
        return ATT_OK;
    if (!reader->cue_cr && !att_cue_lines_hold(lines, lines->keep, lines->keep + size)) {
        att_cue cue = {.text = {text, size},
                       .marks = &mark,
                       .mark_count = 1,
                       .start_ms = reader->start_ms,
                       .end_ms = reader->end_ms};
        return att_cues_add(&reader->cues, &cue, error);
    }
    att_srt_text_read(&reader->text, (att_cue_raw){text, size, 0, offset, reader->cue_line});
    return att_cues_add_text(&reader->cues, &reader->text, reader->start_ms, reader->end_ms, error);
}

static att_status times_take(srt_reader *reader, int64_t start, int64_t end, att_error *error)
{
    att_status status = ATT_OK;

    if (reader->in_cue)
        status = cue_give(reader, reader->number ? reader->number_at : reader->cue_size, error);
    reader->cue_count++;
    reader->numbers += reader->number;
    reader->in_cue = true;
    reader->start_ms = start;
    reader->end_ms = end;
    cue_begin(reader);
    return status;
}

static att_status line_take(srt_reader *reader, const att_cue_line *line, att_error *error)
{
    const char *text = reader->lines.window.data + line->from;
    size_t size = line->to - line->from;
    int64_t start, end;

    if (line->begins && reader->cue_count == 0) {
        size_t marks = att_cue_marks(text, size);
        text += marks;
        size -= marks;
    }
    if (line->begins && line->arrow && times_read(&start, &end, text, size))
        return times_take(reader, start, end, error);
    if (line->begins && att_blank_skip(text, size, 0) == size) {
        reader->blank = true;
        return ATT_OK;
    }
    reader->number = reader->numbered && line->begins && is_number(text, size);
    reader->number_at = reader->cue_size;
    reader->number_apart = reader->blank;
    reader->blank = false;
    if (reader->in_cue)
        reader->cue_size = line->to - reader->lines.keep;
    reader->cue_cr |= reader->last_cr;
    reader->last_cr = line->next > line->to && reader->lines.window.data[line->to] == '\r';
    return ATT_OK;
}

/* The file ends: the number of a cue that is missing is no speech. */
static att_status end_take(srt_reader *reader, att_error *error)
{
    bool number = reader->number && reader->number_apart;
    att_status status = ATT_OK;

    reader->done = true;
    if (!reader->in_cue)
        return att_fail(error, ATT_BAD_INPUT, reader->lines.file, 1, 0,
                        "is no SubRip file: it has no line such as 00:00:01,000 --> 00:00:02,500; say what it is with "
                        "--format");
    status = cue_give(reader, number ? reader->number_at : reader->cue_size, error);
    reader->lines.keep = SIZE_MAX;
    return status ? status : att_pieces_end(&reader->cues.pieces, error);
}

/* The file goes on until there is a batch. */
static att_status srt_pass(srt_reader *reader, att_error *error)
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
        } else if (event == ATT_CUE_END) {
            status = end_take(reader, error);
        } else {
            /* A cue's text is too long to be held whole: what there is of it goes on. */
            status = cue_give(reader, reader->cue_size, error);
            cue_begin(reader);
        }
    }
    return status;
}

/* ---- The format ------------------------------------------------------------------------------------------------ */

static void srt_close(void *context)
{
    srt_reader *reader = context;

    if (!reader)
        return;
    att_cue_lines_close(&reader->lines);
    att_cues_clear(&reader->cues);
    att_cue_text_clear(&reader->text);
    free(reader);
}

static att_status reader_new(srt_reader **out, att_source *source, const char *file, const att_cue_plan *plan,
                             att_buffer *collect, att_error *error)
{
    srt_reader *reader = calloc(1, sizeof *reader);

    if (!reader)
        return att_fail_memory(error);
    att_status status = att_cue_lines_open(&reader->lines, source, file, "<&{{", error);
    if (!status)
        status = att_cues_open(&reader->cues, plan, collect, error);
    if (status) {
        srt_close(reader);
        return status;
    }
    *out = reader;
    return ATT_OK;
}

/* The probe's cues: are they numbered, and what are their lines? */
static att_status srt_collect(att_cue_plan *plan, att_buffer *collected, att_span probe, bool complete,
                              att_error *error)
{
    att_source source = att_cue_probe_source(&probe, complete);
    srt_reader *reader = NULL;
    att_status status = reader_new(&reader, &source, plan->file, NULL, collected, error);

    if (!status) {
        reader->numbered = true;
        status = srt_pass(reader, error);
        plan->numbered = reader->numbers * 2 >= reader->cue_count;
    }
    srt_close(reader);
    return status;
}

static att_status srt_plan(void **plan, att_span probe, bool complete, const char *file,
                           const att_read_options *options, att_error *error)
{
    return att_cue_plan_make(plan, srt_collect, probe, complete, file, options, error);
}

static att_status srt_open(void **out, const void *context, att_source *source, uint64_t from, uint64_t to,
                           att_error *error)
{
    const att_cue_plan *plan = context;
    srt_reader *reader;
    att_status status = reader_new(&reader, source, plan->file, plan, NULL, error);

    (void)from, (void)to;
    if (!status) {
        reader->numbered = plan->numbered;
        *out = reader;
    }
    return status;
}

static att_status srt_next(void *context, const att_turn_batch **batch, att_error *error)
{
    srt_reader *reader = context;
    att_status status = srt_pass(reader, error);

    if (!status)
        *batch = att_pieces_take(&reader->cues.pieces);
    return status;
}

static att_read_counts srt_counts(const void *context)
{
    const srt_reader *reader = context;
    att_read_counts counts = reader->cues.pieces.counts;

    counts.bytes = att_window_offset(&reader->lines.window, reader->lines.at);
    counts.lines = reader->lines.line - 1;
    return counts;
}

/* The first line is two times, or a number with two times on the next. */
static int srt_sniff(att_span probe, bool complete, const char *file_name)
{
    int64_t start = ATT_NO_TIME, end = ATT_NO_TIME;
    size_t at = att_cue_marks(probe.text, probe.size);

    (void)complete;
    (void)file_name;
    for (int lines = 0; lines < 2; lines++) {
        size_t from = att_white_skip(probe.text, probe.size, at);
        for (at = from; at < probe.size && !att_is_line_end(probe.text[at]);)
            at++;
        if (times_read(&start, &end, probe.text + from, at - from))
            return start != ATT_NO_TIME && end != ATT_NO_TIME ? 95 : 0;
        if (!is_number(probe.text + from, at - from))
            return 0;
    }
    return 0;
}

const att_format att_format_srt = {
    .name = "srt",
    .description = "SubRip subtitles",
    .extensions = "srt",
    .sniff = srt_sniff,
    .plan = srt_plan,
    .forget = att_cue_plan_forget,
    .open = srt_open,
    .next = srt_next,
    .counts = srt_counts,
    .close = srt_close,
};
