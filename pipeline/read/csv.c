/* Tables of turns as delimited text, streamed: csv (comma, semicolon, bar or TAB, told on the probe) and tsv. */
#include "read/dialect.h"
#include "read/document.h"
#include "read/records.h"
#include "read/window.h"

#include <inttypes.h>
#include <stdlib.h>

#define CHUNK (256u * 1024)

static const char csv_delimiters[] = ",;|\t";
static const char tsv_delimiters[] = "\t";

typedef struct {
    const char *file;
    att_window window;
    att_table_head head;
    att_columns columns;
    att_records records;
    att_delimited record;
    att_span *facts;
    att_buffer unquoted[ATT_COLUMN_ROLES]; /* contents of fields with quotes in them */
    att_buffer *unquoted_facts;
    size_t at;     /* the next record, in the window */
    uint64_t line; /* of `at` */
    bool done;
} csv_reader;

static void csv_close(void *context)
{
    csv_reader *reader = context;

    if (!reader)
        return;
    att_window_close(&reader->window);
    att_records_close(&reader->records);
    free(reader->record.fields);
    free(reader->facts);
    for (size_t i = 0; i < ATT_COLUMN_ROLES; i++)
        att_buffer_clear(&reader->unquoted[i]);
    for (size_t i = 0; reader->unquoted_facts && i < reader->columns.fact_count; i++)
        att_buffer_clear(&reader->unquoted_facts[i]);
    free(reader->unquoted_facts);
    att_columns_clear(&reader->columns);
    att_table_head_clear(&reader->head);
    free(reader);
}

static att_span window_span(const csv_reader *reader)
{
    return (att_span){reader->window.data, reader->window.end};
}

/* ---- fields ---- */

/* What statistics programs write for a value that is missing. In quotes it is text. */
static bool is_missing(att_span field, bool text)
{
    static const char *const marks[] = {"NA", "NaN", "nan", "N/A", "#N/A", "<NA>", "NULL", "null", "None"};

    if (field.size > 4)
        return false;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (att_span_equal(field, att_span_of(marks[i])))
            return !text || strcmp(marks[i], "None") != 0; /* which somebody may have said */
    return false;
}

/* Takes away the apostrophe that attune puts before what a spreadsheet would take for a formula (see write/turns.h). */
static att_span unguarded(att_span field)
{
    size_t marks = 0;

    while (marks < field.size && field.text[marks] == '\'')
        marks++;
    if (!marks || marks == field.size || !strchr("=+-@\t\r", field.text[marks]) || !field.text[marks])
        return field;
    return (att_span){field.text + 1, field.size - 1};
}

/* The content of the field at a place of the record; false: no memory. */
static bool take_field(csv_reader *reader, size_t place, bool text, att_buffer *unquoted, att_span *out)
{
    *out = (att_span){NULL, 0};
    if (place >= reader->record.count)
        return true;
    const att_field *field = &reader->record.fields[place];
    att_span content = {reader->window.data + field->from, field->to - field->from};
    if (field->doubled) {
        unquoted->size = 0;
        if (!att_buffer_reserve(unquoted, content.size + 1))
            return false;
        content = (att_span){unquoted->data, att_field_unquote(unquoted->data, content)};
    }
    if (reader->columns.canonical)
        content = unguarded(content);
    else if (!field->quoted && is_missing(content, text))
        return true;
    *out = content;
    return true;
}

static att_status take_fields(csv_reader *reader, att_record *record, att_error *error)
{
    const att_columns *columns = &reader->columns;
    bool good = true;

    *record = (att_record){.facts = reader->facts, .line = reader->line + reader->record.blank};
    for (att_column_kind kind = 0; kind < ATT_COLUMN_ROLES && good; kind++)
        good = take_field(reader, columns->place[kind], kind == ATT_COLUMN_TEXT, &reader->unquoted[kind],
                          &record->values[kind]);
    for (size_t i = 0; i < columns->fact_count && good; i++)
        good = take_field(reader, columns->facts[i].place, false, &reader->unquoted_facts[i], &reader->facts[i]);
    const att_field *text = &reader->record.fields[columns->place[ATT_COLUMN_TEXT]];
    record->offset = att_window_offset(&reader->window, text->from);
    return good ? ATT_OK : att_fail_memory(error);
}

/* ---- records ---- */

/* Files that were put together repeat their header. */
static bool is_header(const csv_reader *reader, const att_record *record)
{
    for (att_column_kind kind = 0; kind < ATT_COLUMN_ROLES; kind++) {
        size_t place = reader->columns.place[kind];
        if (place != ATT_NO_COLUMN && !att_span_equal(record->values[kind], reader->head.names[place]))
            return false;
    }
    return true;
}

static att_status check_count(const csv_reader *reader, att_error *error)
{
    const att_delimited *record = &reader->record;
    uint64_t line = reader->line + record->blank;

    if (record->count >= reader->head.count && !record->beyond)
        return ATT_OK;
    const char delimiter[] = {'\'', reader->head.dialect.delimiter, '\'', '\0'};
    return att_fail(error, ATT_BAD_INPUT, reader->file, line, 0,
                    "has %zu fields where the header (line %" PRIu64
                    ") names %zu columns; put fields that hold a %s or a line end in double quotes",
                    record->count, reader->head.line, reader->head.count, delimiter[1] == '\t' ? "tab" : delimiter);
}

/* Reads the record at `at`, if all of it is in the window. */
static att_status read_record(csv_reader *reader, att_delimited_state *state, att_record *record, att_error *error)
{
    *state = att_delimited_next(&reader->record, &reader->head.dialect, window_span(reader), reader->at,
                                reader->window.ended);
    if (*state == ATT_DELIMITED_UNQUOTED)
        return att_fail(error, ATT_BAD_INPUT, reader->file, reader->line + reader->record.blank, 0,
                        "has a quote that is never closed; close it, or double the quotes inside quoted fields");
    if (*state != ATT_DELIMITED_RECORD)
        return ATT_OK;
    att_status status = check_count(reader, error);
    return status ? status : take_fields(reader, record, error);
}

static void pass_record(csv_reader *reader)
{
    reader->at = reader->record.end;
    reader->line += reader->record.blank + reader->record.lines;
}

/* Makes place and reads on: as much again as the record has already, so that none is looked at too often. */
static att_status read_on(csv_reader *reader, att_error *error)
{
    att_window *window = &reader->window;
    size_t left = window->end - reader->at;

    if (left > ATT_RECORD_MOST)
        return att_fail(error, ATT_BAD_INPUT, reader->file, reader->line, 0,
                        "begins a record of more than 16 MiB; is a quote missing or one too many?");
    reader->at -= att_window_move(window, reader->at);
    size_t more = left > CHUNK ? left : CHUNK;
    att_status status = att_window_grow(window, left + more, error);
    return status ? status : att_window_fill(window, more, reader->file, error);
}

static att_status step(csv_reader *reader, att_error *error)
{
    att_delimited_state state;
    att_record record;
    att_status status = read_record(reader, &state, &record, error);

    if (status)
        return status;
    if (state == ATT_DELIMITED_CUT)
        return read_on(reader, error);
    if (state == ATT_DELIMITED_RECORD && !is_header(reader, &record))
        status = att_records_add(&reader->records, &record, error);
    reader->done = state == ATT_DELIMITED_END;
    pass_record(reader);
    return status;
}

static att_status csv_next(void *context, const att_turn_batch **batch, att_error *error)
{
    csv_reader *reader = context;
    att_status status = ATT_OK;

    while (!status && !reader->done && !att_records_ready(&reader->records))
        status = step(reader, error);
    if (!status)
        *batch = att_records_take(&reader->records, reader->done);
    return status;
}

/* ---- opening ---- */

/* Looks at the records of the probe. What is wrong with one is said when it is read. */
static att_status sample(csv_reader *reader, att_error *error)
{
    size_t from = reader->at;
    uint64_t line = reader->line;
    att_status status = ATT_OK;
    att_delimited_state state;
    att_record record;

    while (!status && reader->at < ATT_PROBE) {
        if (read_record(reader, &state, &record, NULL) || state != ATT_DELIMITED_RECORD)
            break;
        status = att_records_sample(&reader->records, &record, error);
        pass_record(reader);
    }
    att_records_settle(&reader->records);
    reader->at = from;
    reader->line = line;
    return status;
}

static att_status open_table(csv_reader *reader, const char *delimiters, const att_read_options *options,
                             att_error *error)
{
    att_table_head *head = &reader->head;
    att_status status =
        att_table_head_find(head, window_span(reader), reader->window.ended, delimiters, options, reader->file, error);

    if (!status)
        status = att_columns_find(&reader->columns, head->names, head->count, options, reader->file, head->line, error);
    if (status)
        return status;
    att_records_open(&reader->records, &reader->columns, reader->file);
    reader->records.facts.info.unsure = !reader->columns.sure;
    size_t facts = reader->columns.fact_count + 1;
    reader->record.most = head->count;
    reader->record.fields = calloc(head->count, sizeof *reader->record.fields);
    reader->facts = calloc(facts, sizeof *reader->facts);
    reader->unquoted_facts = calloc(facts, sizeof *reader->unquoted_facts);
    if (!reader->record.fields || !reader->facts || !reader->unquoted_facts)
        return att_fail_memory(error);
    reader->at = head->header.end;
    reader->line = head->line + head->header.lines;
    return sample(reader, error);
}

static att_status open_any(void **out, const void *plan, att_source *source, const char *delimiters, att_error *error)
{
    csv_reader *reader = calloc(1, sizeof *reader);

    if (!reader)
        return att_fail_memory(error);
    reader->file = att_document_file(plan);
    att_status status = att_window_open(&reader->window, source, 0, 2 * CHUNK, 0, error);
    if (!status)
        status = att_window_fill(&reader->window, ATT_PROBE, reader->file, error);
    /* Does the file end with the probe? */
    if (!status)
        status = att_window_fill(&reader->window, 1, reader->file, error);
    if (!status)
        status = open_table(reader, delimiters, att_document_options(plan), error);
    if (status) {
        csv_close(reader);
        return status;
    }
    *out = reader;
    return ATT_OK;
}

static att_status csv_open(void **reader, const void *plan, att_source *source, uint64_t from, uint64_t to,
                           att_error *error)
{
    (void)from, (void)to;
    return open_any(reader, plan, source, csv_delimiters, error);
}

static att_status tsv_open(void **reader, const void *plan, att_source *source, uint64_t from, uint64_t to,
                           att_error *error)
{
    (void)from, (void)to;
    return open_any(reader, plan, source, tsv_delimiters, error);
}

static att_read_counts csv_counts(const void *context)
{
    const csv_reader *reader = context;
    att_read_counts counts = reader->records.counts;

    counts.bytes = att_window_offset(&reader->window, reader->at);
    return counts;
}

static const att_transcript_info *csv_info(const void *context)
{
    return &((const csv_reader *)context)->records.facts.info;
}

/* ---- detection ---- */

/* A table whose first line names its columns as tables of turns do, and whose lines have as many. */
static int table_sniff(att_span probe, bool complete, const char *file, bool tabs)
{
    static const att_read_options none;
    bool named = att_extension_is(file, tabs ? "tsv" : "csv") || (tabs && att_extension_is(file, "tab"));
    att_table_head head;
    int sure = 0;

    if (att_table_head_find(&head, probe, complete, csv_delimiters, &none, file, NULL))
        return 0;
    bool mine = (head.dialect.delimiter == '\t') == tabs;
    if (mine && head.count > 1 && head.fit >= 0.9)
        sure = head.look == 3 ? 95 : head.look == 2 ? 75 : head.look == 1 ? 40 : 0;
    if (mine && named && sure < 80)
        sure = head.look ? 80 : 30;
    else if (named && sure < 25)
        sure = 25;
    att_table_head_clear(&head);
    return sure;
}

static int csv_sniff(att_span probe, bool complete, const char *file)
{
    return table_sniff(probe, complete, file, false);
}

static int tsv_sniff(att_span probe, bool complete, const char *file)
{
    return table_sniff(probe, complete, file, true);
}

const att_format att_format_csv = {
    .name = "csv",
    .description = "table of turns, a row each",
    .extensions = "csv",
    .sniff = csv_sniff,
    .plan = att_document_plan,
    .forget = att_document_forget,
    .open = csv_open,
    .next = csv_next,
    .counts = csv_counts,
    .info = csv_info,
    .close = csv_close,
};

const att_format att_format_tsv = {
    .name = "tsv",
    .description = "table of turns, a row each, with tabs between",
    .extensions = "tsv tab",
    .sniff = tsv_sniff,
    .plan = att_document_plan,
    .forget = att_document_forget,
    .open = tsv_open,
    .next = csv_next,
    .counts = csv_counts,
    .info = csv_info,
    .close = csv_close,
};
