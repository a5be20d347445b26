/* Plain text with speaker labels, streamed: each line start is judged by the layout, what it opens ends where the next
 * one opens. Turns are handed out as spans of the window, so nothing is copied. */
#include "read/format.h"

#include "base/buffer.h"
#include "read/evidence.h"
#include "read/layout.h"
#include "read/scan.h"
#include "read/speaker_regex.h"
#include "read/speech.h"
#include "read/stamps.h"
#include "read/window.h"

#include <stdlib.h>
#include <string.h>

#define CHUNK       (256u * 1024) /* read at a time; makes a batch */
#define CHUNK_TAIL  (16u * 1024)  /* behind the end of the range, where one turn is to be finished */
#define BATCH_TURNS 8192

/* The turn that is being read. */
typedef struct {
    size_t label; /* index in the window */
    size_t label_size;
    size_t piece;         /* where the text of the piece begins */
    uint64_t text_offset; /* of the place behind the label, in the source */
    uint64_t line;
    int64_t start_ms;
    int64_t end_ms;
    bool settled; /* `piece` is at the first text of the piece: white space is behind us */
    bool cut;     /* pieces of it have been handed out */
} open_turn;

typedef struct {
    const att_scan *scan;
    const att_layout *layout;
    att_judge *judge;
    att_window window;
    uint64_t from;
    uint64_t to;
    size_t at;      /* everything before is known to be of the turn */
    size_t counted; /* everything before is in the counts */
    bool at_line;   /* `at` is the start of a line that has not been judged */
    bool in_turn;
    bool done;
    uint64_t line; /* of `at`, 1-based from the start of the range */
    open_turn turn;
    att_turn_batch batch;
    att_note_memo notes;
    att_read_counts counts;
} txt_reader;

/* Everything up to the index is of turns of this range. */
static void count_to(txt_reader *reader, size_t index)
{
    size_t size = index - reader->counted;

    if (!att_window_is_clean(&reader->window, reader->counted, index))
        att_text_check(reader->scan, reader->window.data + reader->counted, size, &reader->counts.ill_formed,
                       &reader->counts.controls);
    reader->counts.bytes += size;
    reader->counted = index;
}

/* Moves the beginning of the piece over white space, as far as the turn is known to go. */
static void piece_settle(txt_reader *reader)
{
    open_turn *turn = &reader->turn;
    const char *data = reader->window.data;
    size_t length = 0;

    if (turn->settled)
        return;
    while (turn->piece < reader->at && (length = att_white_size(data, reader->window.end, turn->piece)) > 0) {
        char c = data[turn->piece];
        char next = turn->piece + 1 < reader->window.end ? data[turn->piece + 1] : '\0';
        /* A turn without a label begins on the line of its first text. */
        if (turn->label_size == 0 && !turn->cut)
            turn->line += c == '\n' || (c == '\r' && next != '\n');
        turn->piece += length;
    }
    turn->settled = turn->piece < reader->at;
    /* White space of several bytes may reach over. */
    if (reader->at < turn->piece)
        reader->at = turn->piece;
}

/* What somebody else says inside a turn: `//S02: mhm//`. */
typedef struct {
    size_t from, to; /* all of it, in the text */
    att_span label, text;
} aside;

enum { MOST_ASIDES = 32 };

/* Where the line behind `at` begins. */
static size_t next_line(const char *text, size_t size, size_t at)
{
    while (at < size && !att_is_line_end(text[at]))
        at++;
    return at < size ? at + 1 : size;
}

/* Overwrites the numbers of lines. */
static void clear_numbers(char *text, size_t size, bool at_line)
{
    for (size_t at = 0; at < size;) {
        size_t number = at_line ? att_line_number_size(text + at, size - at) : 0;
        memset(text + at, ' ', number);
        at = next_line(text, size, at);
        at_line = true;
    }
}

/* Overwrites the lines that hold nothing but a time. The first counts as the turn's start where nothing stands before
 * it, the last as its end where nothing stands behind. */
static void clear_stamp_lines(open_turn *turn, char *text, size_t size, bool at_line)
{
    bool spoken = turn->cut, marked;
    int64_t last = ATT_NO_TIME;
    att_stamp stamp;

    for (size_t at = 0, next; at < size; at = next, at_line = true) {
        next = next_line(text, size, at);
        bool is_stamp = at_line && att_stamp_line(&stamp, text + at, next - at, &marked) && !marked;
        if (is_stamp) {
            memset(text + at, ' ', stamp.size);
            if (!spoken && turn->start_ms == ATT_NO_TIME)
                turn->start_ms = stamp.start_ms;
            else
                last = stamp.start_ms;
        } else if (att_white_skip(text, next, at) < next) {
            spoken = true;
            last = ATT_NO_TIME;
        }
    }
    if (last != ATT_NO_TIME)
        turn->end_ms = last;
}

/* Does the piece begin where a line does, blanks aside? */
static bool begins_line(const txt_reader *reader)
{
    const char *data = reader->window.data;
    size_t at = reader->turn.piece;

    while (at > 0 && (data[at - 1] == ' ' || data[at - 1] == '\t'))
        at--;
    return at == 0 || data[at - 1] == '\n' || data[at - 1] == '\r' || att_window_offset(&reader->window, at) == 0;
}

/* The first aside from `at` on; false: there is none. */
static bool find_aside(const txt_reader *reader, const char *text, size_t size, size_t at, aside *found)
{
    for (; at + 4 < size; at += 2) {
        const char *begins = memmem(text + at, size - at, "//", 2);
        if (!begins)
            return false;
        at = (size_t)(begins - text);
        const char *ends = memmem(begins + 2, size - at - 2, "//", 2);
        if (!ends)
            return false;
        const char *inside = begins + 2;
        size_t room = (size_t)(ends - inside);
        att_label label;
        if (memchr(inside, '\n', room) || att_judge_line(reader->judge, &label, inside, room) <= 0 || label.size > room)
            continue;
        size_t from = att_white_skip(inside, room, label.size);
        size_t to = att_white_trim(inside, from, room);
        *found = (aside){at, at + room + 4, label.text, {inside + from, to - from}};
        return true;
    }
    return false;
}

static att_status add_turn(txt_reader *reader, att_span label, att_span text, bool continues, att_error *error)
{
    const open_turn *turn = &reader->turn;

    if (!att_grow(&reader->batch.turns, &reader->batch.capacity, reader->batch.count + 1, sizeof(att_turn)))
        return att_fail_memory(error);
    reader->batch.turns[reader->batch.count++] = (att_turn){
        .label = label,
        .text = text,
        .offset = att_window_offset(&reader->window, (size_t)(text.text - reader->window.data)),
        .line = turn->line,
        .start_ms = turn->start_ms,
        .end_ms = continues ? ATT_NO_TIME : turn->end_ms,
        .continues = continues,
    };
    return ATT_OK;
}

/* A turn with asides: what stands around them are its pieces, and behind it come the turns of the others. */
static att_status give_around(txt_reader *reader, char *text, size_t first, size_t behind, att_error *error)
{
    const open_turn *turn = &reader->turn;
    const att_span label = {reader->window.data + turn->label, turn->label_size};
    aside asides[MOST_ASIDES], next;
    att_status status = ATT_OK;
    size_t count = 0, from = first, before = reader->batch.count;

    while (count < MOST_ASIDES && find_aside(reader, text, behind, from, &next)) {
        size_t to = att_white_trim(text, from, next.from);
        if (to > from && !status)
            status = add_turn(reader, label, (att_span){text + from, to - from}, true, error);
        asides[count++] = next;
        from = att_white_skip(text, behind, next.to);
    }
    if (!status && (from < behind || reader->batch.count == before))
        status = add_turn(reader, label, (att_span){text + from, behind - from}, false, error);
    if (!status) {
        reader->batch.turns[reader->batch.count - 1].continues = false;
        reader->batch.turns[reader->batch.count - 1].end_ms = turn->end_ms;
    }
    for (size_t i = 0; i < count && !status; i++) {
        status = add_turn(reader, asides[i].label, asides[i].text, false, error);
        reader->batch.turns[reader->batch.count - 1].start_ms = ATT_NO_TIME;
        reader->batch.turns[reader->batch.count - 1].end_ms = ATT_NO_TIME;
    }
    return status;
}

/* Hands out the text from the piece's beginning to `end`. */
static att_status piece_give(txt_reader *reader, size_t end, bool last, att_error *error)
{
    open_turn *turn = &reader->turn;
    char *text = reader->window.data + turn->piece;
    size_t size = end - turn->piece;
    att_unspoken found;

    count_to(reader, end);
    if (att_layout_numbered(reader->layout))
        clear_numbers(text, size, begins_line(reader));
    if (att_layout_has_stamp_lines(reader->layout))
        clear_stamp_lines(turn, text, size, begins_line(reader));
    size_t bracket = att_window_bracket(&reader->window, reader->scan, turn->piece);
    bracket = bracket < end ? bracket - turn->piece : size;
    att_speech_clear(reader->scan, &reader->notes, &found, text, size, bracket, !turn->cut);
    reader->counts.notes += found.notes;
    size_t first = att_white_skip(text, size, 0);
    size_t behind = att_white_trim(text, first, size);
    if (!turn->cut && found.leads && turn->start_ms == ATT_NO_TIME) {
        turn->start_ms = found.start_ms;
        turn->end_ms = found.end_ms;
    }
    if (last && found.last_ms != ATT_NO_TIME)
        turn->end_ms = found.last_ms;
    if (last && !turn->cut && turn->label_size == 0 && first == behind)
        return ATT_OK; /* blank lines */
    if (last && !turn->cut && turn->label_size && memchr(text + first, '/', behind - first))
        return give_around(reader, text, first, behind, error);
    att_status status = add_turn(reader, (att_span){reader->window.data + turn->label, turn->label_size},
                                 (att_span){text + first, behind - first}, !last, error);
    if (!status && first == behind)
        reader->batch.turns[reader->batch.count - 1].offset =
            turn->cut ? att_window_offset(&reader->window, turn->piece) : turn->text_offset;
    return status;
}

/* Hands out pieces as long as more of the turn is known than one may hold. */
static att_status pieces_cut(txt_reader *reader, att_error *error)
{
    open_turn *turn = &reader->turn;

    piece_settle(reader);
    while (turn->settled && reader->at - turn->piece > ATT_TURN_PIECE) {
        size_t cut = turn->piece + att_speech_cut(reader->window.data + turn->piece);
        att_status status = piece_give(reader, cut, false, error);
        if (status != ATT_OK)
            return status;
        reader->counts.cut_turns += !turn->cut;
        turn->cut = true;
        turn->piece = cut;
        turn->settled = false;
        piece_settle(reader);
    }
    return ATT_OK;
}

/* The turn ends at `at`. */
static att_status turn_end(txt_reader *reader, att_error *error)
{
    att_status status = pieces_cut(reader, error);

    if (status == ATT_OK)
        status = piece_give(reader, reader->at, true, error);
    reader->in_turn = false;
    return status;
}

static void turn_begin(txt_reader *reader, const att_label *label)
{
    const char *line = reader->window.data + reader->at;
    uint64_t lines = 0; /* before the label */

    reader->in_turn = true;
    reader->turn = (open_turn){
        .label = label ? (size_t)(label->text.text - line) + reader->at : reader->at,
        .label_size = label ? label->text.size : 0,
        .piece = reader->at + (label ? label->size : 0),
        .line = reader->line,
        .start_ms = label ? label->start_ms : ATT_NO_TIME,
        .end_ms = label ? label->end_ms : ATT_NO_TIME,
    };
    reader->turn.text_offset = att_window_offset(&reader->window, reader->turn.piece);
    for (size_t at = reader->at; label && at < reader->turn.piece; at++)
        lines += line[at - reader->at] == '\n' || (line[at - reader->at] == '\r' && line[at - reader->at + 1] != '\n');
    reader->line += lines;
    reader->turn.line += lines;
    reader->counts.lines += lines;
    reader->at = reader->turn.piece;
}

/* Where no label has come yet, the transcript's first line and every blank line may begin a paragraph. */
static bool opens_paragraph(const txt_reader *reader, uint64_t offset, size_t sight)
{
    const char *line = reader->window.data + reader->at;

    if (offset >= att_layout_first_label(reader->layout))
        return false;
    if (offset == 0)
        return true;
    size_t blank = att_blank_skip(line, sight, 0);
    return blank == sight || att_is_line_end(line[blank]);
}

/* Judges the line that begins at `at`. */
static att_status line_begin(txt_reader *reader, att_error *error)
{
    uint64_t offset = att_window_offset(&reader->window, reader->at);
    size_t left = reader->window.end - reader->at;
    size_t sight = left < ATT_LINE_SIGHT ? left : ATT_LINE_SIGHT;
    att_status status = ATT_OK;
    att_label label;

    reader->at_line = false;
    if (!reader->in_turn && offset >= reader->to) {
        reader->done = true;
        return ATT_OK;
    }
    int labelled = att_judge_line(reader->judge, &label, reader->window.data + reader->at, sight);
    if (labelled < 0)
        return att_speaker_regex_fail(att_layout_file(reader->layout), reader->line, error);
    if (!labelled && !opens_paragraph(reader, offset, sight))
        return ATT_OK;
    if (reader->in_turn)
        status = turn_end(reader, error);
    else
        reader->counted = reader->at;
    if (status == ATT_OK && offset < reader->to)
        turn_begin(reader, labelled ? &label : NULL);
    else
        reader->done = true;
    return status;
}

/* Goes to the next line; false: more bytes are needed to find it. */
static bool line_pass(txt_reader *reader)
{
    att_window *window = &reader->window;
    bool cut;
    size_t end = att_window_line_end(window, reader->at, &cut);

    if (end == 0) {
        /* The last bytes may be half of a character or of a line end. */
        if (window->end - reader->at > 4)
            reader->at = window->end - 4;
        return false;
    }
    reader->at = end;
    reader->at_line = true;
    uint64_t last = att_window_offset(window, end) - 1;
    if (!cut && last >= reader->from) {
        reader->line++;
        reader->counts.lines += last < reader->to;
    }
    return true;
}

/* One line. *more: bytes are needed before anything else can be done. */
static att_status step(txt_reader *reader, bool *more, att_error *error)
{
    att_window *window = &reader->window;
    size_t left = window->end - reader->at;

    if (window->ended && left == 0) {
        reader->done = true;
        return reader->in_turn ? turn_end(reader, error) : ATT_OK;
    }
    if (reader->at_line) {
        *more = !window->ended && left < ATT_LINE_SIGHT;
        return *more ? ATT_OK : line_begin(reader, error);
    }
    *more = !line_pass(reader);
    if (reader->in_turn)
        return pieces_cut(reader, error);
    if (*more && att_window_offset(window, reader->at) >= reader->to)
        reader->done = true;
    return ATT_OK;
}

/* Makes place in the window and reads on. No turn that was handed out is in use any more. */
static att_status read_on(txt_reader *reader, att_error *error)
{
    att_window *window = &reader->window;
    open_turn *turn = &reader->turn;
    size_t keep = reader->in_turn ? turn->piece : reader->at;

    if (reader->in_turn) {
        count_to(reader, keep);
        memmove(window->data, window->data + turn->label, turn->label_size);
        turn->label = 0;
    }
    size_t by = att_window_move(window, keep);
    turn->piece -= reader->in_turn ? by : 0;
    reader->at -= by;
    reader->counted = reader->in_turn ? turn->piece : reader->at;
    uint64_t offset = att_window_offset(window, window->end);
    size_t size = CHUNK;
    if (offset >= reader->to)
        size = CHUNK_TAIL;
    else if (reader->to - offset < CHUNK)
        size = (size_t)(reader->to - offset) + ATT_LINE_SIGHT;
    att_status status = att_window_fill(window, size, att_layout_file(reader->layout), error);
    if (status == ATT_OK)
        att_window_check(window, reader->scan);
    return status;
}

static att_status txt_next(void *context, const att_turn_batch **batch, att_error *error)
{
    txt_reader *reader = context;
    att_status status = ATT_OK;

    reader->batch.count = 0;
    while (status == ATT_OK && !reader->done && reader->batch.count < BATCH_TURNS) {
        bool more = false;
        status = step(reader, &more, error);
        if (status == ATT_OK && more && !reader->done) {
            if (reader->batch.count > 0)
                break;
            status = read_on(reader, error);
        }
    }
    if (status == ATT_OK)
        *batch = &reader->batch;
    return status;
}

static void txt_close(void *context)
{
    txt_reader *reader = context;

    if (!reader)
        return;
    att_judge_free(reader->judge);
    att_window_close(&reader->window);
    free(reader->batch.turns);
    free(reader);
}

static att_status txt_open(void **out, const void *plan, att_source *source, uint64_t from, uint64_t to,
                           att_error *error)
{
    /* A piece of a turn, what is looked at behind it, and room for more. The label is kept in front. */
    const size_t capacity = ATT_LINE_SIGHT + ATT_TURN_PIECE + ATT_LINE_SIGHT + CHUNK;
    const att_layout *layout = plan;
    txt_reader *reader = calloc(1, sizeof *reader);

    if (!reader || !(reader->judge = att_judge_new(layout))) {
        free(reader);
        return att_fail_memory(error);
    }
    att_status status = att_window_open(&reader->window, source, from ? from - 1 : 0, capacity, ATT_LINE_SIGHT, error);
    if (status != ATT_OK) {
        txt_close(reader);
        return status;
    }
    /* Where a label may begin before its line, the first range is all of it. */
    bool in_one = att_layout_stamps_lead(layout);
    reader->layout = layout;
    reader->scan = att_scan_choose();
    reader->from = from;
    reader->to = in_one ? UINT64_MAX : to;
    reader->done = in_one && (from > 0 || to == 0);
    reader->at = reader->window.end;
    reader->counted = reader->at;
    /* The byte before the range is looked at as if it were inside a line: it may end one. */
    reader->at_line = from == 0;
    reader->line = 1;
    *out = reader;
    return ATT_OK;
}

static att_read_counts txt_counts(const void *context)
{
    const txt_reader *reader = context;

    return reader->counts;
}

static att_status txt_plan(void **plan, att_span probe, bool complete, const char *file,
                           const att_read_options *options, att_error *error)
{
    att_layout *layout = NULL;
    att_status status = att_layout_plan(&layout, probe, complete, file, options, error);

    if (status == ATT_OK)
        *plan = layout;
    return status;
}

static void txt_forget(void *plan)
{
    att_layout_forget(plan);
}

/* Any text may be a transcript; the names of other formats are theirs. */
static int txt_sniff(att_span probe, bool complete, const char *file_name)
{
    (void)complete;
    const char *dot = file_name ? strrchr(file_name, '.') : NULL;
    if (probe.size == 0)
        return 0;
    return dot && (strcmp(dot, ".txt") == 0 || strcmp(dot, ".text") == 0) ? 20 : 10;
}

const att_format att_format_txt = {
    .name = "txt",
    .description = "plain text with speaker labels",
    .extensions = "txt text",
    .ranges = true,
    .sniff = txt_sniff,
    .plan = txt_plan,
    .forget = txt_forget,
    .open = txt_open,
    .next = txt_next,
    .counts = txt_counts,
    .close = txt_close,
};
