#include "read/qde_turns.h"

#include "read/labels.h"
#include "read/memory_text.h"
#include "read/qde_positions.h"
#include "read/scan.h"

#include <stdlib.h>

/* A turn that txt finds. */
typedef struct {
    att_span label;
    size_t from, to; /* of its text */
    uint64_t line;
    int64_t start_ms, end_ms;
    bool opens;
    size_t next_label; /* the first turn behind this one that a label opens, or the number of turns */
} text_turn;

typedef struct {
    att_document *document;
    att_qde *project;
    att_span text;
    text_turn *turns;
    size_t count, capacity;
    att_passage *passages; /* that are turns, in order, none over another */
    size_t passage_count;
    size_t whole; /* the case that speaks where nothing else tells; ATT_QDE_NOBODY: none */
    att_span prefix;
    bool labelled;  /* some turn has a label */
    bool continues; /* the turn that txt gave last goes on */
    size_t line_at; /* a place in the text, and its line */
    uint64_t line;
    size_t last; /* the passage that the last piece was of; ATT_QDE_NOBODY: of none */
} mixing;

static att_status turn_keep(void *context, const att_turn *turn, att_error *error)
{
    mixing *in = context;
    text_turn kept = {
        .from = (size_t)turn->offset,
        .to = (size_t)turn->offset + turn->text.size,
        .line = turn->line,
        .start_ms = turn->start_ms,
        .end_ms = turn->end_ms,
        .opens = !in->continues,
    };
    att_buffer label = {0};

    in->continues = turn->continues;
    if (turn->label.size) {
        in->labelled = true;
        if (in->prefix.size) {
            att_buffer_span(&label, in->prefix);
            att_buffer_char(&label, '/');
        }
        att_buffer_span(&label, turn->label);
        kept.label.text = label.failed ? NULL : att_arena_copy(&in->project->arena, (att_span){label.data, label.size});
        kept.label.size = label.size;
        att_buffer_clear(&label);
    }
    if ((turn->label.size && !kept.label.text) || !att_grow(&in->turns, &in->capacity, in->count + 1, sizeof kept))
        return att_fail_memory(error);
    in->turns[in->count++] = kept;
    return ATT_OK;
}

static bool is_blank(const mixing *in, size_t from, size_t to)
{
    return from >= to || att_white_skip(in->text.text, to, from) == to;
}

/* ---- Which passages are turns */

static int by_place(const void *a, const void *b)
{
    const att_passage *x = a;
    const att_passage *y = b;

    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->end < y->end) - (x->end > y->end);
}

static void next_labels_find(mixing *in)
{
    size_t next = in->count;

    for (size_t i = in->count; i-- > 0;) {
        in->turns[i].next_label = next;
        if (in->turns[i].label.size && in->turns[i].opens)
            next = i;
    }
}

/* Is the passage a turn: does somebody own it, and is it of one turn of the text, or of paragraphs without labels?
 * first: the first turn whose text ends behind the passage's beginning. */
static bool is_turn(const mixing *in, const att_passage *passage, size_t first)
{
    if (passage->owner == ATT_QDE_NOBODY || first == in->count || in->turns[first].from >= passage->end)
        return false;
    size_t label = in->turns[first].next_label;
    return label == in->count || in->turns[label].from >= passage->end;
}

/* Keeps the passages that are turns. */
static void passages_choose(mixing *in, size_t count)
{
    size_t first = 0, kept = 0, end = 0;

    next_labels_find(in);
    if (count)
        qsort(in->passages, count, sizeof *in->passages, by_place);
    for (size_t i = 0; i < count; i++) {
        att_passage passage = in->passages[i];
        while (first < in->count && in->turns[first].to <= passage.start)
            first++;
        if (passage.start < end || !is_turn(in, &passage, first))
            continue;
        in->passages[kept++] = passage;
        end = passage.end;
    }
    in->passage_count = kept;
}

/* ---- Turns and passages to pieces */

/* The line of a place in a turn; places come in order. */
static uint64_t line_of(mixing *in, const text_turn *turn, size_t place)
{
    if (in->line_at < turn->from || in->line_at > place) {
        in->line_at = turn->from;
        in->line = turn->line;
    }
    for (; in->line_at < place; in->line_at++)
        in->line += in->text.text[in->line_at] == '\n' ? 1 : 0;
    return in->line;
}

static att_status piece_add(mixing *in, const text_turn *turn, size_t from, size_t to, size_t owner, bool opens,
                            att_error *error)
{
    att_piece piece = {
        .label = turn->label,
        .text = {in->text.text + from, to - from},
        .start_ms = from == turn->from ? turn->start_ms : ATT_NO_TIME,
        .end_ms = to == turn->to ? turn->end_ms : ATT_NO_TIME,
        .opens = opens,
    };
    size_t white = from < to ? att_white_skip(in->text.text, to, from) : from;
    size_t begin = white < to ? white : from;

    piece.offset = begin;
    piece.line = line_of(in, turn, begin);
    if (owner != ATT_QDE_NOBODY) {
        piece.label = in->project->cases[owner].name;
        in->project->cases[owner].speaks = true;
    }
    return att_document_add(in->document, &piece, error);
}

/* What stands before a passage on its line and is nothing but its label. */
static bool is_label_only(const mixing *in, size_t from, size_t to)
{
    size_t line = to;
    att_label label;

    while (line > from && !att_is_line_end(in->text.text[line - 1]))
        line--;
    return is_blank(in, from, line) && att_label_find(&label, in->text.text + line, to - line, false) &&
           is_blank(in, line + label.size, to);
}

/* The part of a turn between passages. */
static att_status rest_add(mixing *in, const text_turn *turn, size_t from, size_t to, bool before_passage,
                           att_error *error)
{
    bool opens = in->last != ATT_QDE_NOBODY || (turn->opens && from == turn->from);

    if (is_blank(in, from, to) || (before_passage && is_label_only(in, from, to)))
        return ATT_OK;
    in->last = ATT_QDE_NOBODY;
    return piece_add(in, turn, from, to, in->whole, opens, error);
}

/* The part of a turn that is of a passage, which is one turn however many paragraphs it has. */
static att_status passage_add(mixing *in, const text_turn *turn, size_t from, size_t to, size_t index, att_error *error)
{
    bool opens = in->last != index;

    if (is_blank(in, from, to))
        return ATT_OK;
    in->last = index;
    return piece_add(in, turn, from, to, in->passages[index].owner, opens, error);
}

/* One turn of the text; *next: the first passage that may end behind its beginning. */
static att_status turn_add(mixing *in, const text_turn *turn, size_t *next, att_error *error)
{
    att_status status = ATT_OK;
    size_t at = turn->from;

    if (turn->from == turn->to && turn->label.size) {
        in->last = ATT_QDE_NOBODY;
        return piece_add(in, turn, at, at, ATT_QDE_NOBODY, turn->opens, error);
    }
    while (!status && at < turn->to) {
        while (*next < in->passage_count && in->passages[*next].end <= at)
            ++*next;
        const att_passage *passage = *next < in->passage_count ? &in->passages[*next] : NULL;
        if (!passage || passage->start >= turn->to)
            return rest_add(in, turn, at, turn->to, false, error);
        size_t from = passage->start > at ? passage->start : at;
        size_t to = passage->end < turn->to ? passage->end : turn->to;
        status = rest_add(in, turn, at, from, true, error);
        if (!status)
            status = passage_add(in, turn, from, to, *next, error);
        at = to;
    }
    return status;
}

att_status att_qde_turns(att_document *document, att_qde *project, const att_qde_source *source, att_span text,
                         att_span prefix, const att_qde_selection *selections, size_t count,
                         const att_read_options *options, const char *file, att_error *error)
{
    mixing in = {.document = document, .project = project, .text = text, .prefix = prefix, .whole = ATT_QDE_NOBODY};
    uint64_t notes = 0; /* the pieces are looked through again, so they are counted there */
    size_t next = 0;
    att_status status = att_memory_text_read(text, options, file, turn_keep, &in, &notes, error);

    in.last = ATT_QDE_NOBODY;
    if (!status && !(in.passages = att_qde_passages(selections, count, text)))
        status = att_fail_memory(error);
    if (!status)
        passages_choose(&in, count);
    if (!in.labelled && in.passage_count == 0)
        in.whole = source->owner;
    for (size_t i = 0; !status && i < in.count; i++)
        status = turn_add(&in, &in.turns[i], &next, error);
    free(in.turns);
    free(in.passages);
    return status;
}
