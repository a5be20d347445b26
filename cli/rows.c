#include "rows.h"

#include "terminal.h"

#include <attune/text.h>
#include <stdlib.h>
#include <string.h>

att_status cli_rows_add(cli_rows *rows, const char *const *cells, att_error *error)
{
    if (rows->count + rows->columns > rows->capacity) {
        size_t capacity = 2 * rows->capacity + 16 * rows->columns;
        char **grown = realloc(rows->cells, capacity * sizeof *grown);
        if (!grown) {
            return att_fail_memory(error);
        }
        rows->cells = grown;
        rows->capacity = capacity;
    }
    for (size_t i = 0; i < rows->columns; i++) {
        char *copy = strdup(cells[i] ? cells[i] : "");
        if (!copy) {
            return att_fail_memory(error);
        }
        rows->cells[rows->count++] = copy;
    }
    return ATT_OK;
}

bool cli_rows_as_csv(const cli_options *options)
{
    const char *as = cli_options_value(options, "as");
    return as ? strcmp(as, "csv") == 0 : !cli_terminal_is(stdout);
}

void cli_rows_clear(cli_rows *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        free(rows->cells[i]);
    }
    free(rows->cells);
    *rows = (cli_rows){0};
}

static att_status print_csv(const cli_rows *rows, att_error *error)
{
    for (size_t i = 0; i < rows->count; i++) {
        if (att_text_csv(stdout, att_span_of(rows->cells[i])) < 0) {
            return att_fail_memory(error);
        }
        putchar((i + 1) % rows->columns ? ',' : '\n');
    }
    return ATT_OK;
}

att_status cli_rows_print(const cli_rows *rows, bool csv, att_error *error)
{
    if (csv) {
        return print_csv(rows, error);
    }
    size_t widths[CLI_ROWS_COLUMNS] = {0};
    for (size_t i = 0; i < rows->count; i++) {
        size_t width = att_text_width(att_span_of(rows->cells[i]));
        size_t *widest = &widths[i % rows->columns];
        *widest = width > *widest ? width : *widest;
    }
    size_t pending = 0; /* blanks that are only written when something follows them on the line */
    for (size_t i = 0; i < rows->count; i++) {
        size_t column = i % rows->columns;
        att_span cell = att_span_of(rows->cells[i]);
        size_t padding = widths[column] - att_text_width(cell);
        if (cell.size > 0) {
            printf("%*s", (int)(pending + (rows->right[column] ? padding : 0)), "");
            pending = rows->right[column] ? 0 : padding;
            att_status status = cli_terminal_print(stdout, cell, error);
            if (status != ATT_OK) {
                return status;
            }
        } else {
            pending += padding;
        }
        pending += 2;
        if (column + 1 == rows->columns) {
            putchar('\n');
            pending = 0;
        }
    }
    return ATT_OK;
}
