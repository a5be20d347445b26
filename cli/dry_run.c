#include "dry_run.h"

#include "messages.h"
#include "progress.h"
#include "rows.h"
#include "terminal.h"

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
enum { NUMBERS = 8 };

typedef struct {
    char text[NUMBERS][24];
} numbers;

static numbers numbers_of(const uint64_t *values, size_t count)
{
    numbers made = {{""}};
    for (size_t i = 0; i < count; i++) {
        snprintf(made.text[i], sizeof made.text[i], "%" PRIu64, values[i]);
    }
    return made;
}

/* Where the numbers stand in a row. */
enum { BEFORE_NUMBERS = 6, ALL_COLUMNS = BEFORE_NUMBERS + NUMBERS + 1 };

static att_status add_heading(dry_tables *tables, att_error *error)
{
    static const char *const heading[ALL_COLUMNS] = {
        "transcript", "file",           "format",          "encoding",        "language",
        "lexicons",   "turns",          "tokens",          "speakers",        "matched",
        "unmatched",  "excluded_turns", "excluded_tokens", "uncovered_turns", "skipped"};
    tables->transcripts.columns = ALL_COLUMNS;
    for (size_t i = 0; i < NUMBERS; i++) {
        tables->transcripts.right[BEFORE_NUMBERS + i] = true;
    }
    return cli_rows_add(&tables->transcripts, heading, error);
}

static att_status add_transcript(void *context, const att_dry_transcript *t, att_error *error)
{
    dry_tables *tables = context;
    const uint64_t values[NUMBERS] = {t->turns,     t->tokens,         t->labels,          t->matched,
                                      t->unmatched, t->excluded_turns, t->excluded_tokens, t->uncovered_turns};
    const numbers made = numbers_of(values, t->skipped ? 0 : NUMBERS);
    const char *cells[ALL_COLUMNS] = {t->transcript, t->path, t->format, t->encoding, t->language, t->lexicons};
    for (size_t i = 0; i < NUMBERS; i++) {
        cells[BEFORE_NUMBERS + i] = made.text[i];
    }
    cells[BEFORE_NUMBERS + NUMBERS] = t->skipped;
    return cli_rows_add(&tables->transcripts, cells, error);
}

/* For people: without the columns that say nothing, and with the reasons among the messages. */
static att_status narrow_transcripts(const cli_rows *all, cli_rows *out, att_error *error)
{
    static const size_t places[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14};
    bool shown[ALL_COLUMNS] = {false};
    const char *cells[ALL_COLUMNS];
    att_status status = ATT_OK;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        size_t place = places[i];
        bool always = place < BEFORE_NUMBERS + 3;
        for (size_t at = all->columns + place; at < all->count; at += all->columns) {
            const char *cell = all->cells[at];
            shown[place] = shown[place] || always || (*cell && strcmp(cell, "0") != 0);
        }
    }
    for (size_t i = 0; i < ALL_COLUMNS; i++) {
        out->right[out->columns] = all->right[i];
        out->columns += shown[i];
    }
    for (size_t at = 0; at < all->count && out->columns && status == ATT_OK; at += all->columns) {
        size_t count = 0;
        for (size_t i = 0; i < ALL_COLUMNS; i++) {
            const char *cell = all->cells[at + i];
            if (shown[i]) {
                cells[count++] = at && i + 1 == ALL_COLUMNS && *cell ? "yes" : cell;
            }
        }
        status = cli_rows_add(out, cells, error);
    }
    return status;
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
    char *copies[CLI_ROWS_COLUMNS] = {NULL}; /* of the keys, which have no NUL behind them */
    const uint64_t values[] = {cell->speakers, cell->turns, cell->tokens};
    numbers made = numbers_of(values, 3);
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
    if (counts.transcripts == 0) {
        fputs("attune: a run would find nothing to score, skip ", stderr);
        print_count(counts.skipped, "input", " and end with an error; nothing was written");
    } else {
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
    }
    if (folder) {
        fputs(" to ", stderr);
        cli_terminal_print(stderr, att_span_of(folder), NULL);
    }
    fputc('\n', stderr);
}

/* For people the transcripts and the rows of the results; for programs the one or, after --table, the other. */
static att_status print_tables(const dry_tables *tables, const cli_options *options, att_error *error)
{
    bool only_cells = cli_options_value(options, "table") != NULL;
    if (tables->csv) {
        return cli_rows_print(only_cells ? &tables->cells : &tables->transcripts, true, error);
    }
    cli_rows narrow = {0};
    att_status status = only_cells ? ATT_OK : narrow_transcripts(&tables->transcripts, &narrow, error);
    if (status == ATT_OK && narrow.columns) {
        status = cli_rows_print(&narrow, false, error);
        putchar('\n');
    }
    if (status == ATT_OK && tables->cells.count > tables->cells.columns) {
        status = cli_rows_print(&tables->cells, false, error);
    }
    cli_rows_clear(&narrow);
    return status;
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
        cli_progress_bar bar = cli_progress_begin(cli_options_value(options, "quiet") != NULL);
        att_run_options with_bar = *run_options;
        with_bar.progress = cli_progress_draw;
        with_bar.progress_context = &bar;
        status = att_dry_run(study, &with_bar, &receiver, &counts, diagnostics, error);
        cli_progress_end(&bar);
    }
    bool done = status == ATT_OK || status == ATT_SKIPPED;
    att_status printed = done ? print_tables(&tables, options, error) : ATT_OK;
    if (diagnostics) {
        cli_messages_print(diagnostics, (cli_message_options){.notes = cli_options_value(options, "verbose") != NULL});
    }
    if (done && !cli_options_value(options, "quiet")) {
        print_summary(&tables, counts, run_options->output);
    }
    att_diagnostics_free(diagnostics);
    cli_rows_clear(&tables.transcripts);
    cli_rows_clear(&tables.cells);
    return printed != ATT_OK ? printed : status;
}
