/* Pieces to turns: what a format splits (cues, segments, annotations, paragraphs) joins into one turn while the speaker
 * stays the same. Where its language changes, a turn is handed out in several pieces (model/turn.h), each in one
 * language. Stamps and transcription notes are blanked on the way. Used by every format but txt, which hands out its
 * own bytes. */
#ifndef ATT_READ_PIECES_H
#define ATT_READ_PIECES_H

#include "base/arena.h"
#include "base/buffer.h"
#include "read/format.h"
#include "read/speech.h"

/* A part of a turn, as the source has it. Everything is copied. */
typedef struct {
    att_span label;
    att_span text;     /* UTF-8; ill-formed bytes are counted and stay */
    att_span language; /* BCP 47; size 0: the transcript's */
    uint64_t offset;   /* of the text in the source, in bytes; 0 where the source is no text */
    uint64_t line;     /* 1-based; 0: the source has no lines */
    int64_t start_ms;  /* ATT_NO_TIME: not given */
    int64_t end_ms;
    bool opens; /* opens a turn of its own even where the speaker is the same */
} att_piece;

/* A zeroed one is empty. */
typedef struct {
    att_arena arena; /* of the batch that was handed out last, and of the one that is growing */
    att_turn_batch batch;
    size_t batch_bytes;
    bool handed_out; /* the batch may be emptied when the next piece comes */
    bool open;       /* a turn is growing: */
    bool cut;        /* and parts of it are in the batch */
    att_buffer label, text, language;
    att_turn turn; /* its numbers */
    att_note_memo notes;
    att_read_counts counts;
    const att_scan *scan;
} att_pieces;

void att_pieces_clear(att_pieces *pieces);

/* Adds a piece. One whose text is nothing but white space and notes adds nothing, but that it may open a turn. Fails
 * only without memory. */
att_status att_pieces_add(att_pieces *pieces, const att_piece *piece, att_error *error);

/* Nothing joins the last piece any more. */
att_status att_pieces_end(att_pieces *pieces, att_error *error);

/* Are there enough whole turns for a batch? */
bool att_pieces_ready(const att_pieces *pieces);

/* The whole turns so far; count 0: none. Valid until the next piece is added or this is called again. */
const att_turn_batch *att_pieces_take(att_pieces *pieces);

#endif
