/* attune formats: what can be read and written. */
#include "command.h"
#include "messages.h"
#include "rows.h"
#include "study_options.h"
#include "terminal.h"

#include <attune/format.h>
#include <attune/survey.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const cli_option formats_options[] = {
    {"as", 0, false, "table|csv", "how it looks: aligned (default on a terminal) or CSV (default in a pipe)"},
    {0},
};
static const cli_option *const options_of_formats[] = {
    formats_options, cli_reading_options, cli_run_options, cli_common_options, NULL,
};

static att_status add_format(cli_rows *rows, const char *use, att_format_view format, att_error *error)
{
    const char *const cells[] = {format.name, use, format.extensions, format.description};
    return cli_rows_add(rows, cells, error);
}

static att_status list_formats(bool csv, att_error *error)
{
    cli_rows rows = {.columns = 4};
    static const char *const heading[] = {"format", "use", "extensions", "description"};
    att_status status = cli_rows_add(&rows, heading, error);
    for (size_t i = 0; i < att_reader_count() && status == ATT_OK; i++) {
        status = add_format(&rows, "read", att_reader_get(i), error);
    }
    for (size_t i = 0; i < att_writer_count() && status == ATT_OK; i++) {
        status = add_format(&rows, "write", att_writer_get(i), error);
    }
    if (status == ATT_OK) {
        status = cli_rows_print(&rows, csv, error);
    }
    cli_rows_clear(&rows);
    return status;
}

/* One line for a transcript: what it was taken for. */
static att_status add_transcript(void *context, const att_surveyed *found, att_error *error)
{
    char turns[24] = "", speakers[24] = "", tokens[24] = "", language[32] = "", encoding[80] = "";
    size_t named = 0;
    const char *first = NULL;
    for (size_t i = 0; i < found->label_count; i++) {
        if (found->labels[i].label[0]) {
            first = first ? first : found->labels[i].label;
            named++;
        }
    }
    if (!found->skipped) {
        snprintf(turns, sizeof turns, "%" PRIu64, found->turns);
        snprintf(speakers, sizeof speakers, "%zu", named);
        snprintf(tokens, sizeof tokens, "%" PRIu64, found->tokens);
        snprintf(language, sizeof language, "%s%s", found->language ? found->language : "?",
                 found->language && found->told_by[0] == 'g' ? " (guess)" : "");
    }
    if (!found->skipped && found->encoding[0]) {
        snprintf(encoding, sizeof encoding, "%s%s", found->encoding,
                 found->encoding_by[0] == 'g'   ? " (guess)"
                 : found->encoding_by[0] == 'm' ? " (by its mark)"
                                                : "");
    }
    const char *by = found->skipped               ? ""
                     : found->format_by[0] == 'o' ? "option --format"
                     : found->format_by[0] == 'c' ? "its content"
                                                  : "no other fits";
    const char *const cells[] = {
        found->path, found->skipped ? "cannot be read" : found->format, by, encoding, language, turns, tokens, speakers,
        first};
    return cli_rows_add(context, cells, error);
}

static att_status look_at_files(const cli_options *options, bool csv, att_error *error)
{
    cli_rows rows = {.columns = 9, .right = {[5] = true, [6] = true, [7] = true}};
    static const char *const heading[] = {"file",  "format", "told by",  "encoding",   "language",
                                          "turns", "tokens", "speakers", "first label"};
    att_study study = {0};
    int threads = 0;
    att_diagnostics *diagnostics = att_diagnostics_new();
    att_status status = diagnostics ? cli_rows_add(&rows, heading, error) : att_fail_memory(error);
    if (status == ATT_OK) {
        status = cli_threads_from_options(&threads, options, error);
    }
    if (status == ATT_OK) {
        status = cli_study_from_options(&study, options, error);
    }
    if (status == ATT_OK) {
        const att_run_options run_options = {.threads = threads};
        status = att_survey(&study, &run_options, add_transcript, &rows, diagnostics, error);
    }
    if (status == ATT_OK || status == ATT_SKIPPED) {
        att_status printed = cli_rows_print(&rows, csv, error);
        status = printed == ATT_OK ? status : printed;
    }
    if (diagnostics) {
        cli_messages_print(diagnostics, (cli_message_options){.notes = false});
    }
    att_diagnostics_free(diagnostics);
    cli_rows_clear(&rows);
    att_study_clear(&study);
    return status;
}

static att_status run(const cli_options *options, att_error *error)
{
    bool csv = cli_rows_as_csv(options);
    size_t at = 0;
    return cli_options_next(options, NULL, &at) ? look_at_files(options, csv, error) : list_formats(csv, error);
}

const cli_command cli_command_formats = {
    .name = "formats",
    .summary = "list what can be read and written, or say what files are taken for",
    .usage = "formats [--as table|csv] [INPUT...]",
    .description = "Without an INPUT: lists the transcript formats that are read and the formats that are\n"
                   "written. With them: reads the files and says what each is taken for: its format, its\n"
                   "language, how many turns, tokens and speakers it has, and the first label. A\n"
                   "transcript's format is found by its content; --format NAME overrules.\n",
    .examples = "  attune formats\n"
                "  attune formats interviews/\n",
    .options = options_of_formats,
    .run = run,
};
