#include "read/cues.h"

#include <stdlib.h>
#include <string.h>

void att_cue_plan_forget(void *context)
{
    att_cue_plan *plan = context;

    if (!plan)
        return;
    att_layout_forget(plan->layout);
    free(plan->file);
    free(plan);
}

static att_status layout_make(att_cue_plan *plan, const att_buffer *collected, const att_read_options *options,
                              att_error *error)
{
    att_span lines = {collected->size ? collected->data : "", collected->size};
    att_status status = att_layout_plan(&plan->layout, lines, true, plan->file, options, error);

    if (status)
        return status;
    plan->regex = options && options->speaker_regex;
    plan->labels =
        plan->regex || (options && options->known_label) || att_layout_first_label(plan->layout) != UINT64_MAX;
    return ATT_OK;
}

att_status att_cue_plan_make(void **out, att_cue_collector *collect, att_span probe, bool complete, const char *file,
                             const att_read_options *options, att_error *error)
{
    att_cue_plan *plan = calloc(1, sizeof *plan);
    att_buffer collected = {0};
    att_status status = ATT_OK;

    if (!plan || !(plan->file = strdup(file)))
        status = att_fail_memory(error);
    if (!status)
        status = collect(plan, &collected, probe, complete, error);
    if (status == ATT_BAD_INPUT)
        status = ATT_OK;
    if (!status)
        status = layout_make(plan, &collected, options, error);
    att_buffer_clear(&collected);
    if (status)
        att_cue_plan_forget(plan);
    else
        *out = plan;
    return status;
}
