/* attune init: a study.yml and a speaker table to fill in. */
#include "command.h"
#include "messages.h"
#include "study_options.h"
#include "terminal.h"

#include <attune/survey.h>
#include <stdio.h>

static const cli_option *const options_of_init[] = {cli_run_options, cli_output_options, cli_common_options, NULL};

static void say_what_next(const char *folder)
{
    fputs("attune: wrote ", stderr);
    cli_terminal_print(stderr, att_span_of(folder), NULL);
    fputs("/speakers.csv and study.yml; fill in the columns speaker, role and period, then run:\n"
          "  attune score --study ",
          stderr);
    cli_terminal_print(stderr, att_span_of(folder), NULL);
    fputs("/study.yml -o results\n", stderr);
}

static att_status run(const cli_options *options, att_error *error)
{
    size_t at = 0;
    int threads = 0;
    const char *folder = cli_options_next(options, NULL, &at);
    if (!folder || cli_options_next(options, NULL, &at)) {
        return att_fail(error, ATT_USAGE, NULL, 0, 0, "'init' takes one folder: the one with the transcripts");
    }
    att_status status = cli_threads_from_options(&threads, options, error);
    if (status != ATT_OK) {
        return status;
    }
    att_diagnostics *diagnostics = att_diagnostics_new();
    if (!diagnostics) {
        return att_fail_memory(error);
    }
    const att_run_options run_options = {.threads = threads};
    status = att_study_init(folder, &run_options, diagnostics, error);
    cli_messages_print(diagnostics, (cli_message_options){.notes = cli_options_value(options, "verbose") != NULL});
    att_diagnostics_free(diagnostics);
    if ((status == ATT_OK || status == ATT_SKIPPED) && !cli_options_value(options, "quiet")) {
        say_what_next(folder);
    }
    return status;
}

const cli_command cli_command_init = {
    .name = "init",
    .summary = "write a study.yml and a speaker table to fill in for a folder of transcripts",
    .usage = "init FOLDER",
    .description = "Reads the transcripts of a folder and writes two files into it: speakers.csv, with a row\n"
                   "for every label of every transcript, to be filled in with who is who; and study.yml, with\n"
                   "notes on every setting. Files that are there already are not overwritten.\n",
    .examples = "  attune init interviews/\n",
    .options = options_of_init,
    .run = run,
};
