/* attune kwic: every hit with what stands around it. */
#include "command.h"
#include "messages.h"
#include "progress.h"
#include "rows.h"
#include "study_options.h"
#include "terminal.h"

#include <attune/kwic.h>
#include <attune/text.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const cli_option kwic_options[] = {
    {"marker", 0, true, "M", "only hits of this marker and those below it; may be given several times"},
    {"context", 0, false, "N", "tokens on each side (default 10)"},
    {"as", 0, false, "table|csv", "how it looks: aligned (default on a terminal) or CSV (default in a pipe)"},
    {0},
};
static const cli_option *const options_of_kwic[] = {
    kwic_options,    cli_study_options,  cli_reading_options, cli_speaker_options,
    cli_run_options, cli_output_options, cli_common_options,  NULL,
};

static const char csv_heading[] =
    "transcript,turn,speaker,marker,entry,start,end,start_ms,end_ms,left,match,right,sense";

/* What printing a row needs. */
typedef struct {
    bool csv;
    bool bold;
    size_t side;  /* columns for the context on each side */
    size_t width; /* of a line; 0: no limit */
    uint64_t rows;
} kwic_printer;

static void print_time(int64_t ms)
{
    putchar(',');
    if (ms != INT64_MIN) {
        printf("%" PRId64, ms);
    }
}

static int print_texts(const att_span *texts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        putchar(',');
        if (att_text_csv(stdout, texts[i]) < 0) {
            return -1;
        }
    }
    return 0;
}

static att_status print_csv(const att_kwic_row *row, att_error *error)
{
    const att_span who[] = {att_span_of(row->speaker), att_span_of(row->marker), att_span_of(row->entry)};
    const att_span what[] = {row->left, row->match, row->right, att_span_of(row->sense)};
    int failed = att_text_csv(stdout, att_span_of(row->transcript));
    printf(",%" PRIu64, row->turn);
    failed |= print_texts(who, sizeof who / sizeof *who);
    printf(",%" PRIu64 ",%" PRIu64, row->start, row->end);
    print_time(row->start_ms);
    print_time(row->end_ms);
    failed |= print_texts(what, sizeof what / sizeof *what);
    putchar('\n');
    return failed ? att_fail_memory(error) : ATT_OK;
}

/* A clean copy of the text in *at, which moves behind it. */
static att_span put_clean(char **at, att_span text)
{
    att_span clean = {*at, att_text_clean(*at, text)};
    *at += clean.size;
    return clean;
}

static void print_span(att_span span)
{
    fwrite(span.text, 1, span.size, stdout);
}

static void print_blanks(size_t count)
{
    printf("%*s", (int)count, "");
}

/* Does the text begin (or end) with a mark that touches the word it stands by? The library's contexts have lost the
 * blanks at their ends, so this is how lines read as they were written. */
static bool touches(att_span context, bool end)
{
    static const char *const closing[] = {",", ".",  ";", ":", "!", "?", ")", "]",
                                          "}", "\"", "'", "’", "”", "…", "»", "-"};
    static const char *const opening[] = {"(", "[", "{", "“", "‘", "„", "‚", "«", "-"};
    const char *const *marks = end ? opening : closing;
    size_t count = end ? sizeof opening / sizeof *opening : sizeof closing / sizeof *closing;
    for (size_t i = 0; i < count; i++) {
        size_t size = strlen(marks[i]);
        if (context.size >= size && memcmp(context.text + (end ? context.size - size : 0), marks[i], size) == 0) {
            return true;
        }
    }
    /* A straight quotation mark opens when it stands free. */
    return end && context.size > 0 && strchr("\"'", context.text[context.size - 1]) &&
           (context.size == 1 || context.text[context.size - 2] == ' ');
}

/* Where the hit stands, in what is left of the line: a long transcript id loses its beginning. */
static void print_place(const kwic_printer *printer, att_span transcript, uint64_t turn, att_span speaker,
                        att_span marker, size_t used)
{
    char number[24];
    snprintf(number, sizeof number, "%" PRIu64, turn);
    size_t rest = used + 1 + strlen(number) + 1 + att_text_width(speaker) + 2 + att_text_width(marker);
    size_t room = printer->width > rest + 8 ? printer->width - rest : 8;
    if (printer->width > 0 && att_text_width(transcript) > room) {
        fputs("…", stdout);
        transcript = att_text_tail(transcript, room - 1);
    }
    print_span(transcript);
    printf(":%s ", number);
    print_span(speaker);
    fputs("  ", stdout);
    print_span(marker);
    putchar('\n');
}

static att_status print_line(const kwic_printer *printer, const att_kwic_row *row, att_error *error)
{
    att_span transcript = att_span_of(row->transcript);
    att_span speaker = att_span_of(row->speaker);
    att_span marker = att_span_of(row->marker);
    size_t size = row->left.size + row->match.size + row->right.size + transcript.size + speaker.size + marker.size;
    char *memory = malloc(ATT_TEXT_CLEAN_SIZE(size) + 1);
    if (!memory) {
        return att_fail_memory(error);
    }
    char *at = memory;
    /* The match begins in one column on all lines; a long one takes its room from the context behind it. */
    att_span left = put_clean(&at, row->left);
    att_span match = put_clean(&at, row->match);
    att_span right = put_clean(&at, row->right);
    size_t gap_before = !touches(left, true);
    size_t gap_behind = !touches(right, false);
    size_t match_width = att_text_width(match);
    size_t behind = match_width + gap_behind < printer->side ? printer->side - match_width - gap_behind : 0;
    left = att_text_tail(left, printer->side - gap_before);
    right = att_text_head(right, behind);
    print_blanks(printer->side - gap_before - att_text_width(left));
    print_span(left);
    print_blanks(gap_before);
    fputs(printer->bold ? "\033[1m" : "", stdout);
    print_span(match);
    fputs(printer->bold ? "\033[0m" : "", stdout);
    print_blanks(gap_behind);
    print_span(right);
    print_blanks(behind - att_text_width(right) + 2);
    transcript = put_clean(&at, transcript);
    speaker = put_clean(&at, speaker);
    marker = put_clean(&at, marker);
    size_t used = printer->side + match_width + gap_behind + behind + 2;
    print_place(printer, transcript, row->turn, speaker, marker, used);
    free(memory);
    return ATT_OK;
}

static att_status print_row(void *context, const att_kwic_row *row, att_error *error)
{
    kwic_printer *printer = context;
    if (printer->csv && printer->rows == 0) {
        puts(csv_heading);
    }
    printer->rows++;
    att_status status = printer->csv ? print_csv(row, error) : print_line(printer, row, error);
    if (status == ATT_OK && ferror(stdout)) {
        status = att_fail(error, ATT_ENVIRONMENT, NULL, 0, 0,
                          "standard output could not be written; make room there or send it elsewhere");
    }
    return status;
}

static kwic_printer make_printer(const cli_options *options)
{
    enum { PLACE = 44, LEAST_SIDE = 20, MOST_SIDE = 60, DEFAULT_WIDTH = 120 };
    int width = cli_terminal_width(stdout, DEFAULT_WIDTH);
    int side = (width - PLACE) / 2;
    side = side < LEAST_SIDE ? LEAST_SIDE : side > MOST_SIDE ? MOST_SIDE : side;
    return (kwic_printer){.csv = cli_rows_as_csv(options),
                          .bold = cli_terminal_colours(stdout),
                          .side = (size_t)side,
                          .width = (size_t)width};
}

static att_status fill_markers(att_strings *markers, const cli_options *options, att_error *error)
{
    size_t at = 0;
    att_status status = ATT_OK;
    for (const char *marker; status == ATT_OK && (marker = cli_options_next(options, "marker", &at));) {
        status = att_study_add(markers, marker, error);
    }
    return status;
}

static att_status run_kwic(const att_study *study, const cli_options *options, const att_run_options *run_options,
                           const att_kwic_options *kwic, att_error *error)
{
    att_diagnostics *diagnostics = att_diagnostics_new();
    if (!diagnostics) {
        return att_fail_memory(error);
    }
    kwic_printer printer = make_printer(options);
    /* Rows stream: on a terminal they would run into the bar. */
    bool quiet = cli_options_value(options, "quiet") != NULL;
    cli_progress_bar bar = cli_progress_begin(quiet || cli_terminal_is(stdout));
    att_run_options with_bar = *run_options;
    with_bar.progress = cli_progress_draw;
    with_bar.progress_context = &bar;
    att_counts counts = {0};
    att_status status = att_kwic(study, &with_bar, kwic, print_row, &printer, &counts, diagnostics, error);
    cli_progress_end(&bar);
    cli_messages_print(diagnostics, (cli_message_options){.notes = cli_options_value(options, "verbose") != NULL});
    att_diagnostics_free(diagnostics);
    if ((status == ATT_OK || status == ATT_SKIPPED) && printer.rows == 0) {
        if (printer.csv) {
            puts(csv_heading);
        } else if (!quiet) {
            cli_message_print("no hits");
        }
    }
    return status;
}

static att_status run(const cli_options *options, att_error *error)
{
    att_study study = {0};
    att_kwic_options kwic = {0};
    int threads = 0;
    long context = 0;
    att_status status = cli_threads_from_options(&threads, options, error);
    if (status == ATT_OK) {
        status = cli_options_number(options, "context", 0, 1000, 10, &context, error);
    }
    if (status == ATT_OK) {
        status = fill_markers(&kwic.markers, options, error);
    }
    if (status == ATT_OK) {
        status = cli_study_from_options(&study, options, error);
    }
    if (status == ATT_OK && study.inputs.count == 0) {
        status = att_fail(error, ATT_USAGE, NULL, 0, 0,
                          "nothing to look through; name transcripts, folders or '-', or a study with --study");
    }
    if (status == ATT_OK) {
        kwic.context = (size_t)context;
        att_run_options run_options = {.threads = threads};
        status = run_kwic(&study, options, &run_options, &kwic, error);
    }
    att_strings_clear(&kwic.markers);
    att_study_clear(&study);
    return status;
}

const cli_command cli_command_kwic = {
    .name = "kwic",
    .summary = "show every hit in its context",
    .usage = "kwic [-l LEX]... [--marker M]... [--context N] [--study FILE] INPUT...",
    .description = "Key word in context: one line for every hit, with the words before and after it, the\n"
                   "transcript and turn, the speaker and the marker. In a pipe: CSV with the columns\n"
                   "transcript, turn, speaker, marker, entry, start, end, start_ms, end_ms, left, match,\n"
                   "right, sense; start and end count code points of the turn.\n",
    .examples = "  attune kwic interview.txt\n"
                "  attune kwic --study study.yml --marker lang.tech.diag\n"
                "  attune kwic -l my.yml --context 5 interviews/ > hits.csv\n",
    .options = options_of_kwic,
    .run = run,
};
