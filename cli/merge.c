/* attune merge: tally files in, the scores of all of them out. */
#include "command.h"
#include "results.h"
#include "study_options.h"

#include <attune/score.h>
#include <stdlib.h>

static const cli_option study_file[] = {
    {"study", 0, false, "FILE", "a study.yml: its speakers, labels and by are used"},
    {0},
};

static const cli_option *const options_of_merge[] = {
    cli_result_options,
    cli_speaker_options,
    cli_group_options,
    study_file,
    cli_output_options,
    cli_common_options,
    NULL,
};

static att_status merge_tallies(const att_study *study, const cli_options *options, const att_run_options *run_options,
                                att_error *error)
{
    att_diagnostics *diagnostics = att_diagnostics_new();
    if (!diagnostics) {
        return att_fail_memory(error);
    }
    att_scores *scores = NULL;
    att_status status =
        att_merge(&scores, study->inputs.items, study->inputs.count, study, run_options, diagnostics, error);
    att_status printed = cli_results_print(scores, options, cli_options_value(options, "output"), diagnostics, error);
    att_scores_free(scores);
    att_diagnostics_free(diagnostics);
    return printed != ATT_OK ? printed : status;
}

static att_status run(const cli_options *options, att_error *error)
{
    size_t at = 0;
    if (!cli_options_next(options, NULL, &at)) {
        return att_fail(error, ATT_USAGE, NULL, 0, 0, "nothing to merge; name one or more tallies.att files");
    }
    att_study study = {0};
    char *line = NULL;
    att_status status = cli_study_from_options(&study, options, error);
    if (status == ATT_OK) {
        line = cli_options_line(options, "merge");
        status = line ? ATT_OK : att_fail_memory(error);
    }
    if (status == ATT_OK) {
        att_run_options run_options = {.output = cli_options_value(options, "output"), .command = line};
        status = merge_tallies(&study, options, &run_options, error);
    }
    free(line);
    att_study_clear(&study);
    return status;
}

const cli_command cli_command_merge = {
    .name = "merge",
    .summary = "add up the tallies of several runs, or group one anew",
    .usage = "merge TALLY... [-o DIR] [--speakers TABLE] [--labels local|global] [--by COLUMN]...",
    .description = "Adds up tallies.att files and estimates anew, without the transcripts. Runs over the\n"
                   "parts of a collection, merged, give the same bytes as one run over the whole. The\n"
                   "speaker table is bound only now, so one tally file can be grouped by any column.\n"
                   "Tallies of different lexicons cannot be added up.\n",
    .examples = "  attune merge january/tallies.att february/tallies.att -o winter\n"
                "  attune merge results/tallies.att --speakers speakers.csv --by role\n",
    .options = options_of_merge,
    .run = run,
};
