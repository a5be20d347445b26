/* Is this a transcript? For files that nobody named, beside which tables, notes and results lie too. */
#ifndef ATT_RUN_JUDGE_H
#define ATT_RUN_JUDGE_H

#include "read/inputs.h"
#include "run/reading.h"

typedef enum {
    ATT_IS_TRANSCRIPT, /* or is damaged: reading it will tell */
    ATT_IS_NONE,       /* plainly something else */
    ATT_MAY_BE_ONE,    /* it reads as one, but a table of other things would too */
} att_judgement;

/* Looks at the content of an input. why: room for the reason, "" for a transcript. probe: room for ATT_PROBE bytes.
 * Fails only without memory and the like. */
att_status att_judge(att_judgement *out, char *why, size_t room, const att_input *input, const att_study *study,
                     const att_reading *reading, char *probe, att_error *error);

/* Is it in a format that is read? As above. */
att_status att_judge_format(att_judgement *out, char *why, size_t room, const att_input *input, const att_study *study,
                            char *probe, att_error *error);

#endif
