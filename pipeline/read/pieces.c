#include "read/pieces.h"

#include <stdlib.h>
#include <string.h>

enum { BATCH_BYTES = 256 * 1024, BATCH_TURNS = 8192 };

void att_pieces_clear(att_pieces *pieces)
{
    att_arena_clear(&pieces->arena);
    free(pieces->batch.turns);
    att_buffer_clear(&pieces->label);
    att_buffer_clear(&pieces->text);
    att_buffer_clear(&pieces->language);
    *pieces = (att_pieces){0};
}

static att_span span_of(const att_buffer *buffer)
{
    return (att_span){buffer->data, buffer->size};
}

static bool same(const att_buffer *buffer, att_span span)
{
    return att_span_equal(span_of(buffer), span);
}

/* What was handed out is not in use any more. */
static void recycle(att_pieces *pieces)
{
    if (!pieces->handed_out)
        return;
    att_arena_reset(&pieces->arena);
    pieces->batch.count = 0;
    pieces->batch_bytes = 0;
    pieces->handed_out = false;
}

/* Puts the first `size` bytes of the growing turn into the batch, as a piece of it or as its end. */
static att_status give(att_pieces *pieces, size_t size, bool last, att_error *error)
{
    att_turn_batch *batch = &pieces->batch;
    att_turn turn = pieces->turn;
    size_t from = att_white_skip(pieces->text.data, size, 0);
    size_t to = att_white_trim(pieces->text.data, from, size);

    turn.label.text = att_arena_copy(&pieces->arena, span_of(&pieces->label));
    turn.label.size = pieces->label.size;
    turn.language.text = att_arena_copy(&pieces->arena, span_of(&pieces->language));
    turn.language.size = pieces->language.size;
    turn.text.text = att_arena_copy(&pieces->arena, (att_span){pieces->text.data + from, to - from});
    turn.text.size = to - from;
    turn.continues = !last;
    if (!last)
        turn.end_ms = ATT_NO_TIME;
    if (!turn.label.text || !turn.language.text || !turn.text.text ||
        !att_grow(&batch->turns, &batch->capacity, batch->count + 1, sizeof *batch->turns))
        return att_fail_memory(error);
    batch->turns[batch->count++] = turn;
    pieces->batch_bytes += turn.text.size;
    memmove(pieces->text.data, pieces->text.data + size, pieces->text.size - size);
    pieces->text.size -= size;
    return ATT_OK;
}

static att_status cut_long(att_pieces *pieces, att_error *error)
{
    att_status status = ATT_OK;

    while (!status && pieces->text.size > ATT_TURN_PIECE) {
        pieces->counts.cut_turns += !pieces->cut;
        pieces->cut = true;
        status = give(pieces, att_speech_cut(pieces->text.data), false, error);
    }
    return status;
}

att_status att_pieces_end(att_pieces *pieces, att_error *error)
{
    att_status status = ATT_OK;

    recycle(pieces);
    if (pieces->open)
        status = give(pieces, pieces->text.size, true, error);
    pieces->open = pieces->cut = false;
    return status;
}

static att_status begin(att_pieces *pieces, const att_piece *piece, att_error *error)
{
    pieces->label.size = pieces->text.size = pieces->language.size = 0;
    att_buffer_span(&pieces->label, piece->label);
    att_buffer_span(&pieces->language, piece->language);
    att_buffer_text(&pieces->text, "");
    if (pieces->label.failed || pieces->language.failed || pieces->text.failed)
        return att_fail_memory(error);
    pieces->turn =
        (att_turn){.offset = piece->offset, .line = piece->line, .start_ms = ATT_NO_TIME, .end_ms = ATT_NO_TIME};
    pieces->open = true;
    pieces->cut = false;
    return ATT_OK;
}

/* Times of a piece and of the stamps in it. */
static void keep_times(att_pieces *pieces, const att_piece *piece, const att_unspoken *found)
{
    att_turn *turn = &pieces->turn;
    int64_t start = piece->start_ms, end = piece->end_ms;

    if (start == ATT_NO_TIME && found->leads)
        start = found->start_ms;
    if (end == ATT_NO_TIME)
        end = found->last_ms != ATT_NO_TIME ? found->last_ms : found->leads ? found->end_ms : ATT_NO_TIME;
    if (turn->start_ms == ATT_NO_TIME)
        turn->start_ms = start;
    if (end != ATT_NO_TIME && (turn->end_ms == ATT_NO_TIME || end > turn->end_ms))
        turn->end_ms = end;
}

/* What follows in the turn is in another language: what it has so far becomes a piece of it. Without anything so far
 * the turn itself is in that language. */
static att_status change_language(att_pieces *pieces, const att_piece *piece, size_t before, att_error *error)
{
    att_status status = before ? give(pieces, before, false, error) : ATT_OK;

    pieces->language.size = 0;
    att_buffer_span(&pieces->language, piece->language);
    if (!status && pieces->language.failed)
        status = att_fail_memory(error);
    if (before)
        pieces->turn.offset = piece->offset;
    return status;
}

/* Appends the speech of a piece. */
static att_status append(att_pieces *pieces, const att_piece *piece, att_error *error)
{
    size_t before = pieces->text.size;
    att_unspoken found;

    att_text_check(pieces->scan, piece->text.text, piece->text.size, &pieces->counts.ill_formed,
                   &pieces->counts.controls);
    if (before)
        att_buffer_char(&pieces->text, ' ');
    size_t from = pieces->text.size;
    att_buffer_span(&pieces->text, piece->text);
    if (pieces->text.failed)
        return att_fail_memory(error);
    char *text = pieces->text.data + from;
    size_t bracket = pieces->scan->find_bracket(text, piece->text.size, 0);
    att_speech_clear(pieces->scan, &pieces->notes, &found, text, piece->text.size, bracket, before == 0);
    pieces->counts.notes += found.notes;
    keep_times(pieces, piece, &found);
    att_status status = ATT_OK;
    if (att_white_skip(text, piece->text.size, 0) == piece->text.size)
        pieces->text.size = before; /* nothing was said */
    else if (!same(&pieces->language, piece->language))
        status = change_language(pieces, piece, before, error);
    return status ? status : cut_long(pieces, error);
}

att_status att_pieces_add(att_pieces *pieces, const att_piece *piece, att_error *error)
{
    att_status status = ATT_OK;

    recycle(pieces);
    if (!pieces->scan)
        pieces->scan = att_scan_choose();
    if (!pieces->open || piece->opens || !same(&pieces->label, piece->label)) {
        status = att_pieces_end(pieces, error);
        if (!status)
            status = begin(pieces, piece, error);
    }
    if (!status && piece->text.size)
        status = append(pieces, piece, error);
    return status;
}

bool att_pieces_ready(const att_pieces *pieces)
{
    return !pieces->handed_out && (pieces->batch_bytes >= BATCH_BYTES || pieces->batch.count >= BATCH_TURNS);
}

const att_turn_batch *att_pieces_take(att_pieces *pieces)
{
    recycle(pieces);
    pieces->handed_out = true;
    return &pieces->batch;
}
