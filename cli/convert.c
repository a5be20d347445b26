/* attune convert: transcripts between formats. */
#include "command.h"
#include "messages.h"
#include "study_options.h"

#include <attune/convert.h>
#include <stdio.h>

static const cli_option convert_options[] = {
    {"to", 0, false, "jsonl|csv|txt|vtt", "what to write"},
    {"output", 'o', false, "PATH",
     "a file for jsonl and csv, a folder for txt and vtt, instead of standard output; it appears whole or not at all"},
    {0},
};
static const cli_option *const options_of_convert[] = {
    convert_options, cli_reading_options, cli_speaker_options, cli_output_options, cli_common_options, NULL,
};

static att_status run(const cli_options *options, att_error *error)
{
    att_study study = {0};
    const char *to = cli_options_value(options, "to");
    if (!to) {
        return att_fail(error, ATT_USAGE, NULL, 0, 0, "'convert' needs --to jsonl, csv, txt or vtt");
    }
    att_diagnostics *diagnostics = att_diagnostics_new();
    att_status status = diagnostics ? cli_study_from_options(&study, options, error) : att_fail_memory(error);
    if (status == ATT_OK && study.inputs.count == 0) {
        status = att_fail(error, ATT_USAGE, NULL, 0, 0, "nothing to convert; name transcripts, folders or '-'");
    }
    if (status == ATT_OK) {
        status = att_convert(&study, to, cli_options_value(options, "output"), stdout, diagnostics, error);
    }
    if (diagnostics) {
        cli_messages_print(diagnostics, (cli_message_options){.notes = cli_options_value(options, "verbose") != NULL});
    }
    att_diagnostics_free(diagnostics);
    att_study_clear(&study);
    return status;
}

const cli_command cli_command_convert = {
    .name = "convert",
    .summary = "write transcripts in another format",
    .usage = "convert --to FORMAT [-o PATH] INPUT...",
    .description = "Reads transcripts of any format and writes their turns: as JSON Lines or CSV, a turn a\n"
                   "record, which attune reads back as the same turns; as plain text (`Name: text`); or as\n"
                   "WebVTT. The speaker is the label as it stands in the source. Time stamps and\n"
                   "transcription notes are no speech and are not written.\n",
    .examples = "  attune convert --to jsonl interviews/ > turns.jsonl\n"
                "  attune convert --to txt -o plain interviews/\n",
    .options = options_of_convert,
    .run = run,
};
