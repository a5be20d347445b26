#include "dry_run.h"

#include "messages.h"
#include "rows.h"

#include <attune/dry_run.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    cli_rows transcripts;
    cli_rows cells;
    bool csv;
} dry_tables;

/* Columns of counts. */
enum { NUMBERS = 7 };

typedef struct {
    char text[NUMBERS][24];
} numbers;

static numbers numbers_of(const uint64_t values[NUMBERS])
{
    numbers made;
    for (size_t i = 0; i < NUMBERS; i++) {
        snprintf(made.text[i], sizeof made.text[i], "%" PRIu64, values[i]);
    }
    return made;
}

static att_status add_transcript(void *context, const att_dry_transcript *t, att_error *error)
{
    dry_tables *tables = context;
    const uint64_t values[NUMBERS] = {t->turns,          t->tokens,          t->labels,         t->unmatched,
                                      t->excluded_turns, t->excluded_tokens, t->uncovered_turns};
    numbers made = numbers_of(values);
    if (t->skipped) {
        memset(&made, 0, sizeof made);
    }
    if (tables->csv) {
        const char *const cells[] = {t->transcript, t->path,      t->skipped ? "" : t->format,
                                     t->encoding,   t->language,  t->lexicons,
                                     made.text[0],  made.text[1], made.text[2],
                                     made.text[3],  made.text[4], made.text[5],
                                     made.text[6],  t->skipped};
        return cli_rows_add(&tables->transcripts, cells, error);
    }
    const char *const cells[] = {t->path,      t->skipped ? "skipped" : t->format,
                                 t->encoding,  t->language,
                                 t->lexicons,  made.text[0],
                                 made.text[1], made.text[2],
                                 made.text[3], made.text[4]};
    return cli_rows_add(&tables->transcripts, cells, error);
}

static att_status add_heading(dry_tables *tables, att_error *error)
{
    static const char *const csv[] = {
        "transcript", "file",     "format",    "encoding",       "language",        "lexicons",        "turns",
        "tokens",     "speakers", "unmatched", "excluded_turns", "excluded_tokens", "uncovered_turns", "skipped"};
    static const char *const table[] = {"file",  "format", "encoding", "language",  "lexicons",
                                        "turns", "tokens", "speakers", "unmatched", "excluded turns"};
    tables->transcripts.columns = tables->csv ? sizeof csv / sizeof *csv : sizeof table / sizeof *table;
    for (size_t i = 5; i < 10; i++) {
        tables->transcripts.right[i] = true;
    }
    return cli_rows_add(&tables->transcripts, tables->csv ? csv : table, error);
}

static att_status add_columns(void *context, const char *const *names, size_t count, att_error *error)
{
    dry_tables *tables = context;
    const char *cells[CLI_ROWS_COLUMNS];
    size_t keys = count < CLI_ROWS_COLUMNS - 3 ? count : CLI_ROWS_COLUMNS - 3;
    static const char *const totals[] = {"speakers", "turns", "tokens"};
    for (size_t i = 0; i < keys; i++) {
        cells[i] = names[i];
    }
    for (size_t i = 0; i < 3; i++) {
        cells[keys + i] = totals[i];
        tables->cells.right[keys + i] = true;
    }
    tables->cells.columns = keys + 3;
    return cli_rows_add(&tables->cells, cells, error);
}

static att_status add_cell(void *context, const att_dry_cell *cell, size_t keys, att_error *error)
{
    dry_tables *tables = context;
    const char *cells[CLI_ROWS_COLUMNS] = {NULL};
    char *copies[CLI_ROWS_COLUMNS] = {NULL};
    const uint64_t values[NUMBERS] = {cell->speakers, cell->turns, cell->tokens};
    numbers made = numbers_of(values);
    size_t shown = tables->cells.columns - 3;
    att_status status = ATT_OK;
    (void)keys;
    for (size_t i = 0; i < shown && status == ATT_OK; i++) {
        copies[i] = strndup(cell->keys[i].size ? cell->keys[i].text : "", cell->keys[i].size);
        cells[i] = copies[i];
        status = copies[i] ? ATT_OK : att_fail_memory(error);
    }
    for (size_t i = 0; i < 3; i++) {
        cells[shown + i] = made.text[i];
    }
    if (status == ATT_OK) {
        status = cli_rows_add(&tables->cells, cells, error);
    }
    for (size_t i = 0; i < CLI_ROWS_COLUMNS; i++) {
        free(copies[i]);
    }
    return status;
}

static void print_count(uint64_t count, const char *noun, const char *behind)
{
    char number[32];
    fprintf(stderr, "%s %s%s%s", cli_count_format(number, count), noun, count == 1 ? "" : "s", behind);
}

static void print_summary(const dry_tables *tables, att_counts counts, const char *folder)
{
    size_t rows = tables->cells.columns ? tables->cells.count / tables->cells.columns - 1 : 0;
    fputs("attune: a run would read ", stderr);
    print_count(counts.transcripts, "transcript", " with ");
    print_count(counts.speakers, "speaker", ", ");
    print_count(counts.turns, "turn", " and ");
    print_count(counts.tokens, "token", "");
    fputs(", skip ", stderr);
    print_count(counts.skipped, "input", ", leave out ");
    print_count(counts.excluded_turns, "turn", " of excluded speakers and ");
    print_count(counts.uncovered_turns, "turn", " in other languages, and give ");
    print_count(rows, "row", " of speakers.csv; nothing was written");
    if (folder) {
        fprintf(stderr, " to %s", folder);
    }
    fputc('\n', stderr);
}

att_status cli_dry_run(const att_study *study, const cli_options *options, const att_run_options *run_options,
                       att_error *error)
{
    dry_tables tables = {.csv = cli_rows_as_csv(options)};
    const att_dry_receiver receiver = {&tables, add_transcript, add_columns, add_cell};
    att_counts counts = {0};
    att_diagnostics *diagnostics = att_diagnostics_new();
    att_status status = diagnostics ? add_heading(&tables, error) : att_fail_memory(error);
    if (status == ATT_OK) {
        status = att_dry_run(study, run_options, &receiver, &counts, diagnostics, error);
    }
    att_status printed = ATT_OK;
    if (status == ATT_OK || status == ATT_SKIPPED) {
        printed = cli_rows_print(&tables.transcripts, tables.csv, error);
        if (printed == ATT_OK && !tables.csv) {
            putchar('\n');
            printed = cli_rows_print(&tables.cells, false, error);
        }
    }
    if (diagnostics) {
        cli_messages_print(diagnostics, (cli_message_options){.notes = cli_options_value(options, "verbose") != NULL});
    }
    if ((status == ATT_OK || status == ATT_SKIPPED) && !cli_options_value(options, "quiet")) {
        print_summary(&tables, counts, run_options->output);
    }
    att_diagnostics_free(diagnostics);
    cli_rows_clear(&tables.transcripts);
    cli_rows_clear(&tables.cells);
    return printed != ATT_OK ? printed : status;
}
