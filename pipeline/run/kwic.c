#include <attune/kwic.h>

#include "base/nearest.h"
#include "run/find_inputs.h"
#include "run/job.h"
#include "run/speaker_table.h"
#include "tally/exclusions.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    att_kwic_function *row;
    void *context;
    att_counts *counts;
    const att_speakers *speakers;
    att_study_columns columns;
    att_exclusions excluded;
} reception;

/* Is the label left out? Its values are known only now, for the transcript may say them at its end. */
static att_status find_excluded(reception *r, const att_transcript_tally *tally, const char *label, bool *excluded,
                                att_error *error)
{
    ptrdiff_t row = att_speakers_row(r->speakers, tally->id, att_span_of(label));

    if (row == ATT_ROW_NO_MEMORY)
        return att_fail_memory(error);
    att_status status = att_study_columns_bind(&r->columns, tally->id, row, &tally->said, att_span_of(label), error);
    *excluded = !status && att_exclusions_hold(&r->excluded, &r->columns);
    return status;
}

/* Columns that only transcripts have must be seen, whether there are hits or not. */
static att_status see_columns(reception *r, const att_transcript_tally *tally, att_error *error)
{
    att_status status = ATT_OK;
    bool excluded;

    for (size_t i = 0; r->excluded.count && i < tally->said.count && !status; i++)
        if (!i || !att_span_equal(tally->said.facts[i].label, tally->said.facts[i - 1].label))
            status = find_excluded(r, tally, tally->said.facts[i].label.text, &excluded, error);
    return status;
}

static att_status give_rows(reception *r, const att_job_transcript *transcript, att_error *error)
{
    const char *last = NULL;
    bool excluded = false;
    att_status status = ATT_OK;

    for (size_t i = 0; i < transcript->rows.count && !status; i++) {
        const att_kwic_row *row = &transcript->rows.items[i];
        if (r->excluded.count && (!last || strcmp(last, row->label) != 0))
            status = find_excluded(r, &transcript->tally, row->label, &excluded, error);
        last = row->label;
        if (!status && !excluded)
            status = r->row(r->context, row, error);
    }
    return status;
}

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
    att_said_sort(&transcript->tally.said);
    att_status status = see_columns(r, &transcript->tally, error);
    return status ? status : give_rows(r, transcript, error);
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
    att_reading reading = {0};
    bool *wanted = NULL;
    size_t skipped = 0;
    att_counts found = {0};
    reception r = {.row = row, .context = context, .counts = &found};

    att_status status = att_reading_of(&reading, study, error);
    if (!status)
        status = att_speaker_table_load(&speakers, study, error);
    if (!status) {
        r.speakers = speakers;
        att_study_columns_init(&r.columns, speakers);
        status = att_exclusions_read(&r.excluded, &study->exclude, &r.columns, error);
    }
    if (!status)
        status = att_exclusions_warn(&r.excluded, speakers, diagnostics, error);
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
    if (!status)
        status = att_exclusions_check(&r.excluded, &r.columns, error);
    free(wanted);
    att_exclusions_clear(&r.excluded);
    att_study_columns_clear(&r.columns);
    att_reading_clear(&reading);
    att_inputs_clear(&inputs);
    att_run_lexicons_clear(&lexicons);
    att_speakers_free(speakers);
    if (!status && counts)
        *counts = found;
    return status ? status : found.skipped ? ATT_SKIPPED : ATT_OK;
}
