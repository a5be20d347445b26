#include "run/find_inputs.h"

#include "read/columns.h"
#include "run/judge.h"
#include "run/own_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REASON = 512 };

typedef struct {
    const att_study *study;
    const att_reading *reading;
    att_diagnostics *diagnostics;
    char *probe;
} sifting;

static void say_passed_over(const sifting *s, const att_input *input, att_judgement judgement, const char *why)
{
    att_diagnose(s->diagnostics, judgement == ATT_MAY_BE_ONE ? ATT_WARNING : ATT_NOTE, input->path, 0, 0,
                 judgement == ATT_MAY_BE_ONE
                     ? "is passed over though it may be a transcript, because %s; if it is one, name %s"
                     : "is passed over, because %s; if it is a transcript, name %s",
                 why, input->archive ? "it with its archive unpacked" : "the file itself");
}

/* Takes out those that `gone` tells. */
static void drop(att_inputs *inputs, const bool *gone)
{
    size_t kept = 0;

    for (size_t i = 0; i < inputs->count; i++) {
        if (gone[i])
            att_input_clear(&inputs->items[i]);
        else
            inputs->items[kept++] = inputs->items[i];
    }
    inputs->passed_over += inputs->count - kept;
    inputs->count = kept;
}

/* Does a format that the user names have files of this name? */
static bool has_its_name(const char *format, const char *path)
{
    const att_format *of = att_format_find(format);
    char extension[16];

    for (const char *at = of ? of->extensions : ""; *at; at += *at == ' ') {
        size_t size = strcspn(at, " ");
        snprintf(extension, sizeof extension, "%.*s", (int)size, at);
        if (att_extension_is(path, extension))
            return true;
        at += size;
    }
    return false;
}

static att_status judge(const sifting *s, const att_input *input, att_judgement *judgement, char why[REASON],
                        att_error *error)
{
    if (!s->study->format)
        return att_judge(judgement, why, REASON, input, s->study, s->reading, s->probe, error);
    *judgement = has_its_name(s->study->format, input->path) ? ATT_IS_TRANSCRIPT : ATT_IS_NONE;
    snprintf(why, REASON, "its name is not that of a file in the format %.60s", s->study->format);
    return ATT_OK;
}

static att_status drop_doubtful(const sifting *s, att_inputs *inputs, bool *gone, att_error *error)
{
    char why[REASON];
    att_status status = ATT_OK;

    for (size_t i = 0; i < inputs->count && !status; i++) {
        att_judgement judgement = ATT_IS_TRANSCRIPT;
        const att_input *input = &inputs->items[i];
        gone[i] = false;
        if (!input->doubtful)
            continue;
        status = judge(s, input, &judgement, why, error);
        gone[i] = !status && judgement != ATT_IS_TRANSCRIPT;
        if (gone[i])
            say_passed_over(s, input, judgement, why);
    }
    if (!status)
        drop(inputs, gone);
    return status;
}

static bool shares_id(const att_inputs *inputs, size_t at)
{
    const char *id = inputs->items[at].id;

    return (at && strcmp(inputs->items[at - 1].id, id) == 0) ||
           (at + 1 < inputs->count && strcmp(inputs->items[at + 1].id, id) == 0);
}

/* Where a talk lies there in several forms, those that are not read are in nobody's way. */
static att_status drop_unreadable_twins(const sifting *s, att_inputs *inputs, bool *gone, att_error *error)
{
    char why[REASON];
    att_status status = ATT_OK;

    for (size_t i = 0; i < inputs->count && !status; i++) {
        att_judgement judgement = ATT_IS_TRANSCRIPT;
        const att_input *input = &inputs->items[i];
        gone[i] = false;
        if (!input->found || !shares_id(inputs, i))
            continue;
        status = att_judge_format(&judgement, why, sizeof why, input, s->study, s->probe, error);
        gone[i] = !status && judgement == ATT_IS_NONE;
    }
    /* If none of them can be read, all are named as what they are. */
    for (size_t i = 0, end; i < inputs->count && !status; i = end) {
        bool all = true;
        for (end = i; end < inputs->count && strcmp(inputs->items[i].id, inputs->items[end].id) == 0; end++)
            all = all && gone[end];
        for (size_t k = i; k < end; k++) {
            gone[k] = gone[k] && (!all || k > i);
            if (gone[k])
                att_diagnose(s->diagnostics, ATT_NOTE, inputs->items[k].path, 0, 0,
                             "is passed over, because it cannot be read, and there is another form of it");
        }
    }
    if (!status)
        drop(inputs, gone);
    return status;
}

att_status att_find_inputs(att_inputs *out, const att_study *study, const att_reading *reading, const char *output,
                           size_t *skipped, att_diagnostics *diagnostics, att_error *error)
{
    sifting s = {study, reading, diagnostics, malloc(ATT_PROBE)};
    att_inputs inputs = {0};
    bool *gone = NULL;
    att_status status = s.probe ? att_inputs_find(&inputs, study->inputs.items, study->inputs.count, &study->limits,
                                                  skipped, diagnostics, error)
                                : att_fail_memory(error);

    if (!status)
        status = att_own_files_drop(&inputs, study, output, error);
    if (!status && !(gone = calloc(inputs.count + 1, sizeof *gone)))
        status = att_fail_memory(error);
    if (!status)
        status = drop_doubtful(&s, &inputs, gone, error);
    if (!status)
        status = drop_unreadable_twins(&s, &inputs, gone, error);
    if (!status)
        status = att_inputs_check(&inputs, error);
    free(gone);
    free(s.probe);
    if (status)
        att_inputs_clear(&inputs);
    else
        *out = inputs;
    return status;
}
