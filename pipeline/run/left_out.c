#include "run/left_out.h"

att_status att_left_out_of(att_left_out *out, const att_transcript_tally *tally, att_cells *cells, att_error *error)
{
    const att_speakers *speakers = att_cells_speakers(cells);
    att_status status = ATT_OK;

    *out = (att_left_out){0};
    for (size_t i = 0; i < tally->label_count && !status; i++) {
        const att_label_tally *label = &tally->labels[i];
        bool excluded = false;
        status = att_cells_excludes(cells, tally, label->label, &excluded, error);
        if (!label->label.size)
            out->unlabelled_turns += label->tally.turns;
        else if (att_speakers_file(speakers))
            *(att_speakers_row(speakers, tally->id, label->label) < 0 ? &out->unmatched_labels
                                                                      : &out->matched_labels) += 1;
        if (excluded) {
            out->excluded_turns += label->tally.turns;
            out->excluded_tokens += label->tally.tokens;
        }
    }
    return status;
}
