/* attune formats: what can be read and written. */
#include "command.h"
#include "rows.h"
#include "terminal.h"

#include <attune/format.h>
#include <string.h>

static const att_option formats_options[] = {
    {"as", 0, false, "table|csv", "how it looks: aligned (default on a terminal) or CSV (default in a pipe)"},
    {0},
};
static const att_option *const options_of_formats[] = {formats_options, att_common_options, NULL};

static att_status add_format(att_rows *rows, const char *use, att_format_view format, att_error *error)
{
    const char *const cells[] = {format.name, use, format.extensions, format.description};
    return att_rows_add(rows, cells, error);
}

static att_status run(const att_options *options, att_error *error)
{
    size_t at = 0;
    const char *extra = att_options_next(options, NULL, &at);
    if (extra) {
        return att_fail(error, ATT_USAGE, NULL, 0, 0, "'formats' takes no arguments; leave '%s' out", extra);
    }
    const char *as = att_options_value(options, "as");
    bool csv = as ? strcmp(as, "csv") == 0 : !att_terminal_is(stdout);
    att_rows rows = {.columns = 4};
    static const char *const heading[] = {"format", "use", "extensions", "description"};
    att_status status = att_rows_add(&rows, heading, error);
    for (size_t i = 0; i < att_reader_count() && status == ATT_OK; i++) {
        status = add_format(&rows, "read", att_reader_get(i), error);
    }
    for (size_t i = 0; i < att_writer_count() && status == ATT_OK; i++) {
        status = add_format(&rows, "write", att_writer_get(i), error);
    }
    if (status == ATT_OK) {
        status = att_rows_print(&rows, csv, error);
    }
    att_rows_clear(&rows);
    return status;
}

const att_command att_command_formats = {
    .name = "formats",
    .summary = "list what can be read and written",
    .usage = "formats [--as table|csv]",
    .description = "Lists the transcript formats that are read and the formats that are written. A\n"
                   "transcript's format is found by its content; --format NAME overrules.\n",
    .examples = "  attune formats\n",
    .options = options_of_formats,
    .run = run,
};
