#include "run/left_out.h"

att_left_out att_left_out_of(const att_transcript_tally *tally, const att_speakers *speakers,
                             const att_exclusions *exclusions)
{
    const att_span when = att_transcript_tally_when(tally);
    att_left_out out = {0};

    for (size_t i = 0; i < tally->label_count; i++) {
        const att_label_tally *label = &tally->labels[i];
        ptrdiff_t row = att_speakers_row(speakers, tally->id, label->label);
        if (!label->label.size)
            out.unlabelled_turns += label->tally.turns;
        else if (att_speakers_file(speakers))
            *(row < 0 ? &out.unmatched_labels : &out.matched_labels) += 1;
        if (att_exclusions_hold(exclusions, speakers, when, row)) {
            out.excluded_turns += label->tally.turns;
            out.excluded_tokens += label->tally.tokens;
        }
    }
    return out;
}
