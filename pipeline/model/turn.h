/* A turn: one uninterrupted contribution of one label, as a reader gives it to the tokeniser. */
#ifndef ATT_MODEL_TURN_H
#define ATT_MODEL_TURN_H

#include <attune/span.h>
#include <stdbool.h>
#include <stdint.h>

#define ATT_NO_TIME INT64_MIN

/* A turn's text is cut into pieces of at most this many bytes (at white space where there is some), so that one
 * endless line cannot exhaust memory, and where its language changes, so that each piece is in one. The pieces add up
 * to one turn, whose text is theirs with a space between; only a phrase across the cut is not seen. */
#define ATT_TURN_PIECE (1u << 20)

typedef struct {
    att_span label;   /* as it stands in the source, without its delimiters; size 0: no label */
    att_span text;    /* speech only: labels, stamps and transcription notes are blanked with spaces or left out */
    uint64_t offset;  /* of the text in the source, in bytes */
    uint64_t line;    /* on which the turn begins, 1-based, counted from the start of the range read */
    int64_t start_ms; /* ATT_NO_TIME where the source gives none */
    int64_t end_ms;
    att_span language; /* of this piece: BCP 47, where the source says it turn by turn; size 0: the transcript's */
    bool continues;    /* the next piece belongs to the same turn */
    /* The transcript that the source says the turn is of (a column of a table); size 0: it does not say. Where one file
     * holds several transcripts, the label begins with its id and a slash: these bytes are not of the source's label.
     */
    att_span transcript;
    size_t label_prefix;
} att_turn;

/* Some whole turns (or pieces) of one transcript, in order. The spans point into the reader's memory and are valid
 * until it is asked for the next batch. */
typedef struct {
    att_turn *turns;
    size_t count;
    size_t capacity;
} att_turn_batch;

#endif
