#include "read/cues.h"

#include "read/notes.h"
#include "read/scan.h"
#include "read/speaker_regex.h"
#include "read/stamps.h"

#include <string.h>

att_status att_cues_open(att_cues *cues, const att_cue_plan *plan, att_buffer *collect, att_error *error)
{
    cues->plan = plan;
    cues->collect = collect;
    cues->opens_ms = ATT_NO_TIME;
    if (!collect && plan->labels && !(cues->judge = att_judge_new(plan->layout)))
        return att_fail_memory(error);
    return ATT_OK;
}

void att_cues_clear(att_cues *cues)
{
    att_pieces_clear(&cues->pieces);
    att_judge_free(cues->judge);
    att_buffer_clear(&cues->speaker);
    *cues = (att_cues){0};
}

/* ---- Speech ---------------------------------------------------------------------------------------------------- */

/* Where the text at `at` stands in the source. Places are asked for in order: lines are counted from the last one on.
 */
static att_cue_mark place_of(att_cues *cues, const att_cue *cue, size_t at)
{
    size_t low = 0, high = cue->mark_count;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (cue->marks[middle].at <= at)
            low = middle;
        else
            high = middle;
    }
    att_cue_mark place = cue->marks[low];
    uint64_t offset = place.offset + (at - place.at);
    if (cues->place.line && cues->place.at > place.at && cues->place.at <= at)
        place = cues->place;
    for (size_t i = place.at; i < at; i++)
        place.line += cue->text.text[i] == '\n';
    cues->place = (att_cue_mark){at, offset, place.line};
    return cues->place;
}

/* White space, notes and stamps that stand before the first word: a turn's offset is that of its first word. */
static size_t lead_skip(const att_cue *cue, size_t from, size_t to, uint64_t *notes)
{
    const char *text = cue->text.text;
    att_stamp stamp;

    for (;;) {
        from = att_white_skip(text, to, from);
        size_t note = 0;
        char c = from < to ? text[from] : '\0';
        if (c != '#' && !att_bracket_closing(c))
            return from;
        if (att_stamp_marked(&stamp, text + from, to - from)) {
            from += stamp.size;
        } else if (c != '#' && (note = att_note_size(text, to, from)) > 0) {
            from += note;
            ++*notes;
        } else {
            return from;
        }
    }
}

/* Who spoke last says the text [from, to). */
static att_status say(att_cues *cues, const att_cue *cue, size_t from, size_t to, att_span language, att_error *error)
{
    from = lead_skip(cue, from, to, &cues->pieces.counts.notes);
    to = att_white_trim(cue->text.text, from, to);
    if (from >= to)
        return ATT_OK;
    att_cue_mark place = place_of(cues, cue, from);
    att_piece piece = {
        .label = {cues->speaker.data, cues->speaker.size},
        .text = {cue->text.text + from, to - from},
        .language = language,
        .offset = place.offset,
        .line = place.line,
        .start_ms = cues->opens_ms != ATT_NO_TIME ? cues->opens_ms : cue->start_ms,
        .end_ms = cue->end_ms,
        .opens = cues->opens,
    };
    cues->opens = false;
    cues->opens_ms = ATT_NO_TIME;
    return att_pieces_add(&cues->pieces, &piece, error);
}

/* From here on `label` speaks; size 0: somebody who is not named. */
static att_status turn_to(att_cues *cues, const att_cue *cue, att_span label, att_error *error)
{
    size_t from = att_white_skip(label.text, label.size, 0);

    label.size = att_white_trim(label.text, from, label.size) - from;
    label.text += from;
    if (label.size && att_span_equal((att_span){cues->speaker.data, cues->speaker.size}, label))
        return ATT_OK;
    cues->speaker.size = 0;
    att_buffer_span(&cues->speaker, label);
    if (cues->speaker.failed)
        return att_fail_memory(error);
    cues->opens = true;
    cues->opens_ms = cue->start_ms;
    return ATT_OK;
}

/* ---- Labels and marks ------------------------------------------------------------------------------------------ */

static bool is_dash(const char *text, size_t size, size_t *length)
{
    *length = 0;
    if (size >= 1 && text[0] == '-')
        *length = 1;
    else if (size >= 3 && (memcmp(text, "\xE2\x80\x93", 3) == 0 || memcmp(text, "\xE2\x80\x94", 3) == 0))
        *length = 3;
    return *length > 0;
}

/* Bytes of the mark for a new speaker at text[0], with the blanks behind it: `>>`, or a dash before a word. Two dashes
 * are an interruption, a dash before a digit is a minus. */
static size_t mark_size(const char *text, size_t size)
{
    size_t at = 0, length;

    while (at < size && text[at] == '>')
        at++;
    if (at > 0)
        return at > 1 ? att_blank_skip(text, size, at) : 0;
    if (!is_dash(text, size, &length))
        return 0;
    at = att_blank_skip(text, size, length);
    if (at == size || att_is_line_end(text[at]) || text[at] == '>' || is_dash(text + at, size - at, &length))
        return 0;
    return text[0] == '-' && at == 1 && text[1] >= '0' && text[1] <= '9' ? 0 : at;
}

/* A line of a cue, or what stands between two marks in it. */
typedef struct {
    size_t from;
    size_t text; /* behind blanks and marks */
    size_t to;
    bool marked;
} cue_line;

/* Where a mark stands inside a line, with white space before it, or size. */
static size_t inner_mark(const char *text, size_t size)
{
    for (size_t at = 1; at + 1 < size; at++) {
        const char *hit = memchr(text + at, '>', size - at - 1);
        if (!hit)
            break;
        at = (size_t)(hit - text);
        if (hit[1] == '>' && (hit[-1] == ' ' || hit[-1] == '\t'))
            return at;
    }
    return size;
}

static cue_line line_look(const att_cue *cue, size_t from)
{
    const char *text = cue->text.text;
    size_t size = cue->text.size, at = att_blank_skip(text, size, from), mark;
    cue_line line = {.from = from};

    while ((mark = mark_size(text + at, size - at)) > 0) {
        line.marked = true;
        at += mark;
    }
    const char *end = memchr(text + at, '\n', size - at);
    line.text = at;
    line.to = at + inner_mark(text + at, end ? (size_t)(end - text) + 1 - at : size - at);
    return line;
}

/* How the speaker changes at the start of a line. */
typedef struct {
    bool is;
    att_span label; /* size 0: nobody is named */
    size_t text;    /* where speech goes on */
} change;

static att_status judge_at(att_cues *cues, change *found, const att_cue *cue, size_t at, bool *labelled,
                           att_error *error)
{
    const char *line = cue->text.text + at;
    att_label label;
    int judged = att_judge_line(cues->judge, &label, line, cue->text.size - at);

    *labelled = judged > 0;
    if (judged < 0)
        return att_speaker_regex_fail(cues->plan->file, place_of(cues, cue, at).line, error);
    if (*labelled)
        *found = (change){true, label.text, at + label.size};
    return ATT_OK;
}

/* Most lines have no label, and nearly all of those nothing that a label is set off by. 0xEF: the full-width colon. */
static bool may_have_label(const att_cue *cue, const cue_line *line)
{
    const char *text = cue->text.text + line->text;
    size_t size = line->to - line->text;

    return size && (*text == '[' || *text == '{' || memchr(text, ':', size) || memchr(text, 0xEF, size));
}

static att_status change_find(att_cues *cues, change *found, const att_cue *cue, const cue_line *line, att_error *error)
{
    att_status status = ATT_OK;
    bool labelled = false;

    *found = (change){line->marked, {"", 0}, line->text};
    if (!cues->judge)
        return ATT_OK;
    /* An expression of the user's may want to see the mark. */
    if (cues->plan->regex && line->from < line->text)
        status = judge_at(cues, found, cue, line->from, &labelled, error);
    if (!status && !labelled && (cues->plan->regex || may_have_label(cue, line)))
        status = judge_at(cues, found, cue, line->text, &labelled, error);
    return status;
}

/* Adds the lines of a cue to those on which labels are decided. */
static att_status lines_collect(att_cues *cues, const att_cue *cue, att_error *error)
{
    const char *text = cue->text.text;
    cue_line line;

    for (size_t at = 0; at < cue->text.size; at = line.to) {
        line = line_look(cue, at);
        att_buffer_append(cues->collect, text + line.text, att_white_trim(text, line.text, line.to) - line.text);
        att_buffer_char(cues->collect, '\n');
    }
    return cues->collect->failed ? att_fail_memory(error) : ATT_OK;
}

/* A cue whose speakers are not named by voices. */
static att_status lines_add(att_cues *cues, const att_cue *cue, att_span language, att_error *error)
{
    att_status status = ATT_OK;
    size_t from = 0, next;

    for (size_t at = 0; at < cue->text.size; at = next) {
        cue_line line = line_look(cue, at);
        change found;
        next = line.to;
        if ((status = change_find(cues, &found, cue, &line, error)))
            return status;
        if (!found.is)
            continue;
        if ((status = say(cues, cue, from, at, language, error)) || (status = turn_to(cues, cue, found.label, error)))
            return status;
        from = found.text;
        if (next < from)
            next = from;
    }
    return say(cues, cue, from, cue->text.size, language, error);
}

static att_span language_of(const att_cue *cue, const att_cue_run *run)
{
    return (att_span){run->language_size && !run->mixed ? cue->names + run->language : "",
                      run->mixed ? 0 : run->language_size};
}

static att_status runs_add(att_cues *cues, const att_cue *cue, att_error *error)
{
    att_status status = ATT_OK;

    for (size_t i = 0; i < cue->run_count && !status; i++) {
        const att_cue_run *run = &cue->runs[i];
        size_t to = i + 1 < cue->run_count ? cue->runs[i + 1].from : cue->text.size;
        if (run->voice_size)
            status = turn_to(cues, cue, (att_span){cue->names + run->voice, run->voice_size}, error);
        if (!status)
            status = say(cues, cue, run->from, to, language_of(cue, run), error);
    }
    return status;
}

att_status att_cues_add(att_cues *cues, const att_cue *cue, att_error *error)
{
    att_span language = {"", 0};

    cues->place.line = 0;
    if (cue->run_count > 1 || (cue->run_count == 1 && cue->runs[0].voice_size))
        return cues->collect ? ATT_OK : runs_add(cues, cue, error);
    if (cues->collect)
        return lines_collect(cues, cue, error);
    if (cue->run_count == 1)
        language = language_of(cue, &cue->runs[0]);
    return lines_add(cues, cue, language, error);
}

att_status att_cues_add_text(att_cues *cues, const att_cue_text *text, int64_t start_ms, int64_t end_ms,
                             att_error *error)
{
    att_cue cue = {{text->text.data, text->text.size},
                   text->marks,
                   text->mark_count,
                   text->runs,
                   text->run_count,
                   text->names.data,
                   start_ms,
                   end_ms};

    if (text->failed)
        return att_fail_memory(error);
    cues->pieces.counts.controls += text->controls;
    return text->text.size ? att_cues_add(cues, &cue, error) : ATT_OK;
}
