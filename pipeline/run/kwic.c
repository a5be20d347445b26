#include <attune/kwic.h>

#include "base/nearest.h"
#include "run/find_inputs.h"
#include "run/job.h"
#include "run/speaker_table.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    att_kwic_function *row;
    void *context;
    att_counts *counts;
} reception;

static att_status receive(void *context, att_job_transcript *transcript, att_error *error)
{
    reception *r = context;

    if (transcript->reason) {
        r->counts->skipped++;
        return ATT_OK;
    }
    r->counts->transcripts++;
    r->counts->bytes += transcript->size;
    r->counts->hits += transcript->hits;
    att_transcript_tally_count(&transcript->tally, &r->counts->turns, &r->counts->tokens);
    for (size_t i = 0; i < transcript->rows.count; i++) {
        att_status status = r->row(r->context, &transcript->rows.items[i], error);
        if (status)
            return status;
    }
    return ATT_OK;
}

static att_status fail_marker(const att_scheme *scheme, const char *name, att_error *error)
{
    const char **paths = calloc(scheme->count + 1, sizeof *paths);
    const char *near = NULL;

    for (uint32_t i = 0; paths && i < scheme->count; i++)
        paths[i] = scheme->nodes[i].path;
    if (paths)
        near = att_nearest(att_span_of(name), paths, scheme->count, 3);
    att_status status = att_fail(error, ATT_USAGE, NULL, 0, 0,
                                 near ? "no lexicon of this run has the marker '%s'; did you mean '%s'?"
                                      : "no lexicon of this run has the marker '%s'; 'attune lexicon show' lists them",
                                 name, near);
    free(paths);
    return status;
}

/* By node, whether its hits are asked for. A parent stands for all below it through the nodes of each entry. */
static att_status find_wanted(bool **out, const att_scheme *scheme, const att_strings *markers, att_error *error)
{
    bool *wanted = calloc(scheme->count + 1, sizeof *wanted);

    if (!wanted)
        return att_fail_memory(error);
    for (uint32_t i = 0; i < scheme->count; i++)
        wanted[i] = markers->count == 0;
    for (size_t m = 0; m < markers->count; m++) {
        bool found = false;
        for (uint32_t i = 0; i < scheme->count; i++)
            if (strcmp(scheme->nodes[i].path, markers->items[m]) == 0)
                wanted[i] = found = true;
        if (!found) {
            free(wanted);
            return fail_marker(scheme, markers->items[m], error);
        }
    }
    *out = wanted;
    return ATT_OK;
}

att_status att_kwic(const att_study *study, const att_run_options *options, const att_kwic_options *kwic,
                    att_kwic_function *row, void *context, att_counts *counts, att_diagnostics *diagnostics,
                    att_error *error)
{
    att_run_lexicons lexicons = {0};
    att_speakers *speakers = NULL;
    att_inputs inputs = {0};
    att_exclusions excluded = {0};
    att_reading reading = {0};
    bool *wanted = NULL;
    size_t skipped = 0;
    att_counts found = {0};
    reception r = {row, context, &found};

    att_status status = att_reading_of(&reading, study, error);
    if (!status)
        status = att_speaker_table_load(&speakers, study, error);
    if (!status)
        status = att_exclusions_read(&excluded, &study->exclude, speakers, error);
    if (!status)
        status = att_exclusions_check(&excluded, speakers, diagnostics, error);
    if (!status)
        status = att_run_lexicons_load(&lexicons, study, diagnostics, error);
    if (!status)
        status = find_wanted(&wanted, &lexicons.map.scheme, &kwic->markers, error);
    if (!status)
        status = att_find_inputs(&inputs, study, &reading, NULL, &skipped, diagnostics, error);
    found.skipped = skipped;
    if (!status) {
        att_job job = {.study = study,
                       .options = options,
                       .kwic = kwic,
                       .wanted = wanted,
                       .speakers = speakers,
                       .reading = &reading,
                       .excluded = &excluded,
                       .lexicons = &lexicons,
                       .inputs = &inputs,
                       .sink = receive,
                       .sink_context = &r,
                       .diagnostics = diagnostics};
        status = att_job_run(&job, error);
    }
    if (!status && !found.transcripts)
        status = att_fail(error, ATT_BAD_INPUT, NULL, 0, 0,
                          "nothing could be read: every input was skipped, for the reasons above");
    free(wanted);
    att_exclusions_clear(&excluded);
    att_reading_clear(&reading);
    att_inputs_clear(&inputs);
    att_run_lexicons_clear(&lexicons);
    att_speakers_free(speakers);
    if (!status && counts)
        *counts = found;
    return status ? status : found.skipped ? ATT_SKIPPED : ATT_OK;
}
