/* Turns to tallies: the hits of a turn become sums and squares. One accumulator a thread. */
#ifndef ATT_TALLY_TURNS_H
#define ATT_TALLY_TURNS_H

#include "model/hit.h"
#include "model/scheme.h"
#include "model/tally.h"

#include <attune/error.h>

/* What a turn has gathered so far. The scheme must outlive it. */
typedef struct att_turn_tally att_turn_tally;
att_status att_turn_tally_new(att_turn_tally **out, const att_scheme *scheme, att_error *error);
void att_turn_tally_free(att_turn_tally *turn);

/* Adds a piece of the turn (a turn longer than ATT_TURN_PIECE comes in several): its tokens and its hits, those of
 * parents and poles among them. Hits of one node must not overlap, as the matcher promises: their tokens are added up
 * for `covered`. A hit of a node that the scheme does not have is passed over. weights: by entry (att_engine_weights);
 * NULL: all are 1. */
void att_turn_tally_piece(att_turn_tally *turn, uint64_t tokens, const att_hit *hits, size_t count,
                          const uint64_t *weights);

/* Forgets what the turn has gathered, for a turn that is not read to its end. */
void att_turn_tally_forget(att_turn_tally *turn);

/* Ends the turn: squares its totals, adds them to `to` and is empty again, ready for the next turn. A turn without
 * tokens leaves no trace. Fails as att_tally_add. */
att_status att_turn_tally_close(att_turn_tally *turn, att_tally *to, att_error *error);

#endif
