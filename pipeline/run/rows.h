/* Hits of a turn as kwic rows. */
#ifndef ATT_RUN_ROWS_H
#define ATT_RUN_ROWS_H

#include "match/engine.h"
#include "model/turn.h"
#include "run/job.h"

/* Where a turn piece stands. */
typedef struct {
    const att_turn *turn;
    const char *transcript;
    const char *speaker;
    uint64_t number;      /* of the turn, 1-based */
    uint64_t code_points; /* of the pieces of this turn before it */
} att_row_place;

/* Adds a row for every hit of a wanted marker. hits: those of the one turn `of` among the tokens. Copies all text into
 * the arena of rows. */
att_status att_rows_add(att_rows *rows, const att_job *job, const att_engine *engine, const att_row_place *place,
                        const att_tokens *tokens, const att_token_turn *of, const att_hit *hits, size_t count,
                        att_error *error);

#endif
