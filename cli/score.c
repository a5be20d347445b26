/* attune score: transcripts in, scores out. */
#include "command.h"
#include "dry_run.h"
#include "messages.h"
#include "progress.h"
#include "results.h"
#include "study_options.h"

#include <attune/score.h>
#include <attune/survey.h>
#include <stdlib.h>

static const cli_option score_options[] = {
    {"list-speakers", 0, false, NULL,
     "score nothing; print all labels of the inputs as a speaker table to be filled in (CSV)"},
    {"dry-run", 0, false, NULL, "write nothing; show what would be read, matched and left out"},
    {0},
};
static const cli_option *const options_of_score[] = {
    score_options,     cli_result_options, cli_study_options,  cli_reading_options, cli_speaker_options,
    cli_group_options, cli_run_options,    cli_output_options, cli_common_options,  NULL,
};

static att_status score_study(const att_study *study, const cli_options *options, const att_run_options *run_options,
                              att_error *error)
{
    att_diagnostics *diagnostics = att_diagnostics_new();
    if (!diagnostics) {
        return att_fail_memory(error);
    }
    cli_progress_bar bar = cli_progress_begin(cli_options_value(options, "quiet") != NULL);
    att_run_options with_bar = *run_options;
    with_bar.progress = cli_progress_draw;
    with_bar.progress_context = &bar;
    att_scores *scores = NULL;
    att_status status = att_score(&scores, study, &with_bar, diagnostics, error);
    cli_progress_end(&bar);
    att_status printed = cli_results_print(scores, options, run_options->output, diagnostics, error);
    att_scores_free(scores);
    att_diagnostics_free(diagnostics);
    return printed != ATT_OK ? printed : status;
}

static att_status list_speakers(const att_study *study, const cli_options *options, int threads, att_error *error)
{
    const att_run_options run_options = {.threads = threads};
    att_diagnostics *diagnostics = att_diagnostics_new();
    if (!diagnostics) {
        return att_fail_memory(error);
    }
    att_status status = att_speaker_list(study, &run_options, true, stdout, diagnostics, error);
    cli_messages_print(diagnostics, (cli_message_options){.notes = cli_options_value(options, "verbose") != NULL});
    att_diagnostics_free(diagnostics);
    return status;
}

static att_status run(const cli_options *options, att_error *error)
{
    att_study study = {0};
    int threads = 0;
    char *line = NULL;
    att_status status = cli_threads_from_options(&threads, options, error);
    if (status == ATT_OK) {
        status = cli_study_from_options(&study, options, error);
    }
    if (status == ATT_OK && study.inputs.count == 0) {
        status = att_fail(error, ATT_USAGE, NULL, 0, 0,
                          "nothing to score; name transcripts, folders or '-', or a study with --study");
    }
    if (status == ATT_OK && cli_options_value(options, "list-speakers")) {
        status = list_speakers(&study, options, threads, error);
        att_study_clear(&study);
        return status;
    }
    if (status == ATT_OK) {
        line = cli_options_line(options, "score");
        status = line ? ATT_OK : att_fail_memory(error);
    }
    if (status == ATT_OK) {
        att_run_options run_options = {
            .threads = threads, .output = cli_output_folder(options, &study), .command = line};
        status = cli_options_value(options, "dry-run") ? cli_dry_run(&study, options, &run_options, error)
                                                       : score_study(&study, options, &run_options, error);
    }
    free(line);
    att_study_clear(&study);
    return status;
}

const cli_command cli_command_score = {
    .name = "score",
    .summary = "score every speaker of transcripts on the markers of a lexicon",
    .usage = "score [-l LEX]... [--speakers TABLE] [--study FILE] [-o DIR] [--by COLUMN]... INPUT...",
    .description = "Reads transcripts, counts the hits of every marker of the lexicons, and gives every\n"
                   "speaker a rate per 1,000 tokens for each marker and a balance between the two poles,\n"
                   "with 95 % intervals.\n"
                   "\n"
                   "An INPUT is a file, a folder (with all below it), a quoted glob, or '-' for standard\n"
                   "input. Without -o the speaker scores go to standard output.\n"
                   "\n"
                   "With --list-speakers nothing is scored: every label of every transcript is listed, with\n"
                   "its turns and tokens, as a table that --speakers takes once it is filled in.\n"
                   "With --dry-run everything is read, and what a run would do is shown: each transcript\n"
                   "with its format, language and lexicons, what is matched by the speaker table, what is\n"
                   "left out, and the rows that the tables would have.\n",
    .examples = "  attune score interview.txt\n"
                "  attune score -l en/peer-support --speakers speakers.csv -o results interviews/\n"
                "  attune score --study study.yml -o results\n"
                "  attune score --by role --by period --speakers speakers.csv interviews/\n",
    .options = options_of_score,
    .run = run,
};
