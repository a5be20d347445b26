/* What of a transcript is not in the scores, or not under the names of a speaker table. */
#ifndef ATT_RUN_LEFT_OUT_H
#define ATT_RUN_LEFT_OUT_H

#include "tally/cells.h"
#include "tally/transcript.h"

typedef struct {
    uint64_t excluded_turns, excluded_tokens; /* of speakers that the study excludes */
    uint64_t unlabelled_turns;                /* without a label; scored apart */
    uint64_t matched_labels;                  /* that the speaker table has; 0 where there is no table */
    uint64_t unmatched_labels;                /* that it does not have */
} att_left_out;

/* cells: those of the run, which know whom the study excludes. */
att_status att_left_out_of(att_left_out *out, const att_transcript_tally *tally, att_cells *cells, att_error *error);

#endif
