/* attune lexicon convert: lexicons and dictionaries of other programs, from one format to another. */
#include "command.h"
#include "messages.h"

#include <attune/dictionary.h>
#include <string.h>

static const cli_option convert_options[] = {
    {"to", 0, false, "FORMAT",
     "what to write: attune, dic, dicx, cat, ykd, lcd, lc3, quanteda, csv, tsv or qdc; without it, what the extension "
     "of B says"},
    {"lang", 0, false, "TAG", "the dictionary's language (en, de, ...), which a lexicon must say and others do not"},
    {"encoding", 0, false, "NAME", "the encoding of A (windows-1252, Shift_JIS, ...) instead of finding it out"},
    {"strict", 0, false, NULL, "exit code 1 when anything could not be kept"},
    {"verbose", 0, false, NULL, "also what is merely worth noting, and every warning"},
    {0},
};
static const cli_option *const options_of_convert[] = {convert_options, cli_common_options, NULL};

static att_status run(const cli_options *options, att_error *error)
{
    size_t at = 0;
    size_t lost = 0;
    const char *from = cli_options_next(options, NULL, &at);
    const char *to = from ? cli_options_next(options, NULL, &at) : NULL;
    if (!to || cli_options_next(options, NULL, &at)) {
        return att_fail(error, ATT_USAGE, NULL, 0, 0,
                        "'lexicon convert' takes two names: what to read and what to write ('-' for standard output)");
    }
    att_dictionary_options wish = {.to = cli_options_value(options, "to"),
                                   .language = cli_options_value(options, "lang"),
                                   .encoding = cli_options_value(options, "encoding")};
    att_diagnostics *diagnostics = att_diagnostics_new();
    att_status status = diagnostics ? att_dictionary_convert(from, strcmp(to, "-") == 0 ? NULL : to, stdout, &wish,
                                                             &lost, diagnostics, error)
                                    : att_fail_memory(error);
    if (diagnostics) {
        cli_messages_print(diagnostics, (cli_message_options){.notes = cli_options_value(options, "verbose") != NULL});
    }
    att_diagnostics_free(diagnostics);
    return status == ATT_OK && lost && cli_options_value(options, "strict") ? ATT_SKIPPED : status;
}

const cli_command cli_command_lexicon_convert = {
    .name = "lexicon convert",
    .summary = "a dictionary or lexicon in another program's format",
    .usage = "lexicon convert A B [--to FORMAT] [--lang TAG] [--encoding NAME] [--strict]",
    .description = "Reads a lexicon or a dictionary of LIWC, WordStat, Yoshikoder, Lexicoder or quanteda, a table,\n"
                   "or a REFI-QDA codebook, whatever it is by its content, and writes it in the format that the\n"
                   "extension of B says. All that both can say is kept; each kind of thing that the target cannot\n"
                   "hold is a warning, with how often and an example.\n",
    .examples = "  attune lexicon convert old.dic mine.yml --lang en\n"
                "  attune lexicon convert mine.yml mine.cat\n"
                "  attune lexicon convert mine.yml - --to quanteda\n",
    .options = options_of_convert,
    .run = run,
};
