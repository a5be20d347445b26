#include "base/arena.h"
#include "base/buffer.h"
#include "base/file.h"
#include "run/speaker_table.h"
#include "run/survey.h"
#include "tally/study_columns.h"

#include <attune/text.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A line of the table. values: by column of the list; those that came later have none. */
typedef struct {
    const char *transcript, *label, *speaker;
    att_span *values;
    size_t value_count;
    uint64_t turns, tokens;
    bool matched;
} list_row;

typedef struct {
    att_arena arena;
    const att_speakers *speakers; /* the study's table */
    att_study_columns columns;
    list_row *rows;
    size_t count, capacity;
} speaker_list;

static void clear_list(speaker_list *list)
{
    free(list->rows);
    att_study_columns_clear(&list->columns);
    att_arena_clear(&list->arena);
}

/* What score would know of the label. */
static att_status bind_values(speaker_list *list, const att_surveyed *transcript, const att_surveyed_label *label,
                              att_error *error)
{
    att_span id = att_span_of(transcript->transcript), name = att_span_of(label->label);
    att_said said = {.count = 0};
    att_status status = ATT_OK;

    for (size_t i = 0; i < label->fact_count && !status; i++)
        if (!att_said_add(&said, name, att_span_of(label->facts[i].column), att_span_of(label->facts[i].value)))
            status = att_fail_memory(error);
    att_said_sort(&said);
    ptrdiff_t known = att_speakers_row(list->speakers, id, name);
    if (!status)
        status = att_study_columns_bind(&list->columns, id, known, &said, name, error);
    size_t count = att_study_columns_count(&list->columns);
    list_row *row = &list->rows[list->count - 1];
    row->values = att_arena_take(&list->arena, (count + 1) * sizeof *row->values);
    if (!status && !row->values)
        status = att_fail_memory(error);
    for (size_t i = 0; i < count && !status; i++) {
        const char *copy = att_arena_copy(&list->arena, list->columns.values[i]);
        row->values[i] = (att_span){copy, list->columns.values[i].size};
        status = copy ? ATT_OK : att_fail_memory(error);
    }
    row->value_count = count;
    att_said_clear(&said);
    return status;
}

static att_status add_row(speaker_list *list, const att_surveyed *transcript, const att_surveyed_label *label,
                          att_error *error)
{
    if (!att_grow(&list->rows, &list->capacity, list->count + 1, sizeof *list->rows))
        return att_fail_memory(error);
    list_row *row = &list->rows[list->count];
    *row = (list_row){.transcript = att_arena_copy(&list->arena, att_span_of(transcript->transcript)),
                      .label = att_arena_copy(&list->arena, att_span_of(label->label)),
                      .speaker = att_arena_copy(&list->arena, att_span_of(label->speaker)),
                      .turns = label->turns,
                      .tokens = label->tokens,
                      .matched = label->matched};
    list->count++;
    if (!row->transcript || !row->label || !row->speaker)
        return att_fail_memory(error);
    return bind_values(list, transcript, label, error);
}

/* Turns without a label have no row: nobody can be named for them. */
static att_status receive(void *context, const att_surveyed *transcript, att_error *error)
{
    att_status status = ATT_OK;

    for (size_t i = 0; i < transcript->label_count && !status; i++)
        if (transcript->labels[i].label[0])
            status = add_row(context, transcript, &transcript->labels[i], error);
    return status;
}

static int put_fields(FILE *to, const list_row *row, size_t columns)
{
    const char *const names[] = {row->transcript, row->label, row->speaker};
    int failed = 0;

    for (size_t i = 0; i < 3 && !failed; i++) {
        if (i)
            fputc(',', to);
        failed = att_text_csv(to, att_span_of(names[i]));
    }
    for (size_t i = 0; i < columns && !failed; i++) {
        fputc(',', to);
        failed = att_text_csv(to, i < row->value_count ? row->values[i] : (att_span){"", 0});
    }
    return failed;
}

static att_status put_list(const speaker_list *list, bool counts, FILE *to, att_error *error)
{
    size_t columns = att_study_columns_count(&list->columns);
    int failed = 0;

    fputs("transcript,label,speaker", to);
    for (size_t i = 0; i < columns && !failed; i++) {
        fputc(',', to);
        failed = att_text_csv(to, att_span_of(att_study_columns_name(&list->columns, i)));
    }
    fputs(counts ? ",turns,tokens,matched\n" : "\n", to);
    for (size_t i = 0; i < list->count && !failed; i++) {
        const list_row *row = &list->rows[i];
        failed = put_fields(to, row, columns);
        if (counts)
            fprintf(to, ",%" PRIu64 ",%" PRIu64 ",%s", row->turns, row->tokens, row->matched ? "yes" : "no");
        fputc('\n', to);
    }
    return failed ? att_fail_memory(error) : ATT_OK;
}

/* needed: columns that are there, be it empty; NULL ends them. */
static att_status gather(speaker_list *list, att_speakers **speakers, const char *const *needed, const att_study *study,
                         const att_run_options *options, att_diagnostics *diagnostics, att_error *error)
{
    att_status status = att_speaker_table_load(speakers, study, error);
    size_t column;

    if (status)
        return status;
    list->speakers = *speakers;
    att_study_columns_init(&list->columns, *speakers);
    for (; *needed && !status; needed++)
        status = att_study_columns_ask(&list->columns, *needed, &column, error);
    return status ? status : att_survey_speakers(study, *speakers, options, receive, list, diagnostics, error);
}

static bool is_done(att_status status)
{
    return status == ATT_OK || status == ATT_SKIPPED;
}

att_status att_speaker_list(const att_study *study, const att_run_options *options, bool counts, FILE *to,
                            att_diagnostics *diagnostics, att_error *error)
{
    speaker_list list = {.count = 0};
    att_speakers *speakers = NULL;
    const char *const none[] = {NULL};
    att_status status = gather(&list, &speakers, none, study, options, diagnostics, error);

    if (is_done(status)) {
        att_status put = put_list(&list, counts, to, error);
        status = put ? put : status;
    }
    clear_list(&list);
    att_speakers_free(speakers);
    return status;
}

static const char study_text[] =
    "# A study: what `attune score --study study.yml` reads and how it groups it.\n"
    "# Lines that begin with a # and a space are notes. The others are settings: take the # away to use one. What is "
    "given on\n"
    "# the command line overrules them. Paths are seen from this file's folder.\n"
    "\n"
    "# Its name, for people.\n"
    "#name: Peer support in our teams\n"
    "\n"
    "# Transcripts: files, folders (with all below them), patterns such as \"interviews/*.docx\".\n"
    "inputs: .\n"
    "\n"
    "# Who is who: fill in the columns `speaker`, `role` and `period` of this table (CSV, TSV or .xlsx). Labels that "
    "are one\n"
    "# person get one name in `speaker`; columns of your own may be added, and rows grouped by them.\n"
    "speakers: speakers.csv\n"
    "\n"
    "# local: a label names a person within its transcript only. global: equal labels are one person everywhere.\n"
    "#labels: local\n"
    "\n"
    "# Lexicons: files, or built-in names (see `attune lexicon list`). Without this line: the built-in lexicon of "
    "each\n"
    "# transcript's language.\n"
    "#lexicons: [en/peer-support]\n"
    "\n"
    "# The language of all transcripts, where it should not be told from each.\n"
    "#language: en\n"
    "\n"
    "# One row of the scores for each combination of these columns. Without this line: speaker, and period where the "
    "table has\n"
    "# that column.\n"
    "#by: [role, period]\n"
    "\n"
    "# Periods from dates: the column of the table that holds them (or transcript: the date that each transcript "
    "states, "
    "else the\n"
    "# first in its name), and the periods, each but the first with its first day.\n"
    "#period_by: interview_date\n"
    "#periods: [before, after: 2024-03-01]\n"
    "\n"
    "# Whose turns are left out of the scores.\n"
    "#exclude:\n"
    "#  - role: interviewer\n"
    "\n"
    "# on: hits that are mentioned, negated or reported are told from those that are used. off: all are used.\n"
    "#senses: on\n"
    "\n"
    "# The results folder.\n"
    "#output: results\n"
    "\n"
    "# How the transcripts are to be read, where attune should not find it out: see `attune formats`, `attune score "
    "--help`.\n"
    "#format: txt\n"
    "#encoding: windows-1252\n"
    "#speaker_regex: '^([A-Z]+)\\s'\n"
    "#speaker_style: Speaker\n"
    "#tiers: [speech*]\n"
    "#columns:\n"
    "#  speaker: participant\n"
    "#  text: utterance\n"
    "\n"
    "# What archives and compressed files may hold: files, megabytes, and times their own size.\n"
    "#max_members: 100000\n"
    "#max_unpacked: 65536\n"
    "#max_ratio: 200\n";

static att_status check_absent(const char *path, att_error *error)
{
    if (access(path, F_OK) != 0)
        return ATT_OK;
    return att_fail(error, ATT_USAGE, path, 0, 0, "is there already and is not overwritten; move it away first");
}

static att_status open_new(att_output **out, const char *path, att_error *error)
{
    att_status status = check_absent(path, error);

    return status ? status : att_output_open(out, path, error);
}

static att_status write_both(speaker_list *list, const char *table_path, const char *study_path, att_error *error)
{
    att_output *table = NULL, *study = NULL;
    att_status status = open_new(&table, table_path, error);

    if (!status)
        status = open_new(&study, study_path, error);
    if (!status)
        status = put_list(list, false, att_output_stream(table), error);
    if (!status)
        fputs(study_text, att_output_stream(study));
    /* Both are safe on the disk before one of them takes its name. */
    if (!status)
        status = att_output_prepare(table, error);
    if (!status)
        status = att_output_prepare(study, error);
    if (!status) {
        status = att_output_commit(table, error);
        table = NULL;
    }
    if (!status) {
        status = att_output_commit(study, error);
        study = NULL;
    }
    att_output_abandon(table);
    att_output_abandon(study);
    return status;
}

att_status att_study_init(const char *folder, const att_run_options *options, att_diagnostics *diagnostics,
                          att_error *error)
{
    static const char *const usual[] = {"role", "period", NULL};
    char *inputs[] = {(char *)folder};
    att_study study = {.inputs = {inputs, 1}};
    speaker_list list = {.count = 0};
    att_speakers *speakers = NULL;
    char *table = att_path_join(folder, "speakers.csv"), *settings = att_path_join(folder, "study.yml");
    att_status status = table && settings ? check_absent(table, error) : att_fail_memory(error);

    if (!status)
        status = check_absent(settings, error);
    if (!status)
        status = gather(&list, &speakers, usual, &study, options, diagnostics, error);
    if (is_done(status)) {
        att_status written = write_both(&list, table, settings, error);
        status = written ? written : status;
    }
    free(table);
    free(settings);
    clear_list(&list);
    att_speakers_free(speakers);
    return status;
}
