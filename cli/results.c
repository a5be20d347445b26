#include "results.h"

#include "messages.h"
#include "terminal.h"

#include <stdio.h>
#include <string.h>

const att_option att_result_options[] = {
    {"output", 'o', false, "DIR",
     "write a results folder: scores.csv, speakers.csv, tallies.att, manifest.json. It appears whole or not at all"},
    {"table", 0, false, "speakers|scores",
     "which table goes to stdout: one row a speaker (default), or one row a speaker and marker"},
    {"as", 0, false, "table|csv", "how it looks: aligned (default on a terminal) or CSV (default in a pipe)"},
    {0},
};

static void print_closing_line(att_counts counts, const char *folder)
{
    char transcripts[32];
    char speakers[32];
    char turns[32];
    char tokens[32];
    char hits[32];
    char skipped[32];
    fprintf(stderr, "attune: %s transcripts, %s speakers, %s turns, %s tokens, %s hits, %s skipped; results in ",
            att_count_format(transcripts, counts.transcripts), att_count_format(speakers, counts.speakers),
            att_count_format(turns, counts.turns), att_count_format(tokens, counts.tokens),
            att_count_format(hits, counts.hits), att_count_format(skipped, counts.skipped));
    att_terminal_print(stderr, att_span_of(folder), NULL);
    fputc('\n', stderr);
}

static att_status print_table(const att_scores *scores, const att_options *options, att_error *error)
{
    const char *which = att_options_value(options, "table");
    const char *format = att_options_value(options, "as");
    if (!format) {
        format = att_terminal_is(stdout) ? "table" : "csv";
    }
    att_which_table table = which && strcmp(which, "scores") == 0 ? ATT_TABLE_SCORES : ATT_TABLE_SPEAKERS;
    return att_scores_print(scores, table, format, att_terminal_width(stdout, 0), stdout, error);
}

att_status att_results_print(const att_scores *scores, const att_options *options, const att_diagnostics *diagnostics,
                             att_error *error)
{
    const char *folder = att_options_value(options, "output");
    bool table = !folder || att_options_value(options, "table") || att_options_value(options, "as");
    att_messages_print(diagnostics, (att_message_options){.notes = att_options_value(options, "verbose") != NULL,
                                                          .where = scores && folder ? "manifest.json" : NULL});
    if (!scores) {
        return ATT_OK;
    }
    if (folder && !att_options_value(options, "quiet")) {
        print_closing_line(att_scores_counts(scores), folder);
    }
    return table ? print_table(scores, options, error) : ATT_OK;
}
