/* attune formats: what can be read and written. */
#include "command.h"
#include "rows.h"
#include "terminal.h"

#include <attune/format.h>
#include <string.h>

static const cli_option formats_options[] = {
    {"as", 0, false, "table|csv", "how it looks: aligned (default on a terminal) or CSV (default in a pipe)"},
    {0},
};
static const cli_option *const options_of_formats[] = {formats_options, cli_common_options, NULL};

static att_status add_format(cli_rows *rows, const char *use, att_format_view format, att_error *error)
{
    const char *const cells[] = {format.name, use, format.extensions, format.description};
    return cli_rows_add(rows, cells, error);
}

static att_status run(const cli_options *options, att_error *error)
{
    size_t at = 0;
    const char *extra = cli_options_next(options, NULL, &at);
    if (extra) {
        return att_fail(error, ATT_USAGE, NULL, 0, 0, "'formats' takes no arguments; leave '%s' out", extra);
    }
    const char *as = cli_options_value(options, "as");
    bool csv = as ? strcmp(as, "csv") == 0 : !cli_terminal_is(stdout);
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

const cli_command cli_command_formats = {
    .name = "formats",
    .summary = "list what can be read and written",
    .usage = "formats [--as table|csv]",
    .description = "Lists the transcript formats that are read and the formats that are written. A\n"
                   "transcript's format is found by its content; --format NAME overrules.\n",
    .examples = "  attune formats\n",
    .options = options_of_formats,
    .run = run,
};
