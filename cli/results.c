#include "results.h"

#include "messages.h"
#include "terminal.h"

#include <stdio.h>
#include <string.h>

const cli_option cli_result_options[] = {
    {"output", 'o', false, "DIR",
     "write a results folder: scores.csv, speakers.csv, tallies.att, manifest.json. It appears whole or not at all"},
    {"table", 0, false, "speakers|scores",
     "which table goes to stdout: one row a speaker (default), or one row a speaker and marker"},
    {"as", 0, false, "table|csv", "how it looks: aligned (default on a terminal) or CSV (default in a pipe)"},
    {0},
};

/* "1,234 turns, " and "1 turn, " */
static void print_count(uint64_t count, const char *noun)
{
    char number[32];
    fprintf(stderr, "%s %s%s, ", cli_count_format(number, count), noun, count == 1 ? "" : "s");
}

static void print_closing_line(att_counts counts, const char *folder)
{
    char number[32];
    fputs("attune: ", stderr);
    print_count(counts.transcripts, "transcript");
    print_count(counts.speakers, "speaker");
    print_count(counts.turns, "turn");
    if (counts.excluded_turns) {
        fprintf(stderr, "%s of them excluded, ", cli_count_format(number, counts.excluded_turns));
    }
    print_count(counts.tokens, "token");
    if (counts.hits != ATT_NOT_COUNTED) {
        print_count(counts.hits, "hit");
    }
    fprintf(stderr, "%s skipped; results in ", cli_count_format(number, counts.skipped));
    cli_terminal_print(stderr, att_span_of(folder), NULL);
    fputc('\n', stderr);
}

static att_status print_table(const att_scores *scores, const cli_options *options, att_error *error)
{
    const char *which = cli_options_value(options, "table");
    const char *format = cli_options_value(options, "as");
    if (!format) {
        format = cli_terminal_is(stdout) ? "table" : "csv";
    }
    att_which_table table = which && strcmp(which, "scores") == 0 ? ATT_TABLE_SCORES : ATT_TABLE_SPEAKERS;
    return att_scores_print(scores, table, format, cli_terminal_width(stdout, 0), stdout, error);
}

const char *cli_output_folder(const cli_options *options, const att_study *study)
{
    const char *folder = cli_options_value(options, "output");
    return folder ? folder : study->output;
}

att_status cli_results_print(const att_scores *scores, const cli_options *options, const char *folder,
                             const att_diagnostics *diagnostics, att_error *error)
{
    bool table = !folder || cli_options_value(options, "table") || cli_options_value(options, "as");
    cli_messages_print(diagnostics, (cli_message_options){.notes = cli_options_value(options, "verbose") != NULL,
                                                          .where = scores && folder ? "manifest.json" : NULL});
    if (!scores) {
        return ATT_OK;
    }
    if (folder && !cli_options_value(options, "quiet")) {
        print_closing_line(att_scores_counts(scores), folder);
    }
    return table ? print_table(scores, options, error) : ATT_OK;
}
