/* Turns as JSON, an object a line (JSON Lines), streamed: what attune writes, ConvoKit's utterances, and other objects
 * with fields of the usual names. */
#include "read/document.h"
#include "read/json_record.h"
#include "read/records.h"
#include "read/window.h"

#include <stdlib.h>

#define CHUNK (256u * 1024)
enum { NAMES_MOST = 256, NAMES_DEEP = 3, NAMES_RECORDS = 100 };

/* The names of the fields, as they first appear. */
typedef struct {
    att_arena arena;
    att_span names[NAMES_MOST];
    size_t count;
    bool failed;
} name_list;

typedef struct {
    const char *file;
    att_window window;
    name_list names;
    att_columns columns;
    att_records records;
    att_json_record record;
    att_span *facts;
    att_buffer text_key; /* "text", in quotes: where the text is in a line */
    size_t at;           /* the next line, in the window */
    uint64_t line;       /* its number */
    uint64_t first_line; /* number of the line that the window begins with, before the first turn */
    bool done;
} jsonl_reader;

static void jsonl_close(void *context)
{
    jsonl_reader *reader = context;

    if (!reader)
        return;
    att_window_close(&reader->window);
    att_arena_clear(&reader->names.arena);
    att_records_close(&reader->records);
    att_json_record_clear(&reader->record);
    att_columns_clear(&reader->columns);
    att_buffer_clear(&reader->text_key);
    free(reader->facts);
    free(reader);
}

static bool keep_name(void *context, const char *name)
{
    name_list *list = context;
    att_span span = att_span_of(name);

    for (size_t i = 0; i < list->count; i++)
        if (att_span_equal(list->names[i], span))
            return true;
    if (list->count == NAMES_MOST)
        return true;
    char *copy = att_arena_copy(&list->arena, span);
    list->failed = !copy;
    if (copy)
        list->names[list->count++] = (att_span){copy, span.size};
    return copy != NULL;
}

/* ---- lines ---- */

/* The next line that is not blank, without white space around it. False: it is not in the window, or there is none;
 * then `at` is at its beginning. */
static bool next_line(jsonl_reader *reader, att_span *line, size_t *end, bool *cut)
{
    for (;;) {
        const char *data = reader->window.data;
        *end = att_window_line_end(&reader->window, reader->at, cut);
        if (!*end)
            return false;
        size_t from = att_white_skip(data, *end, reader->at);
        *line = (att_span){data + from, att_white_trim(data, from, *end) - from};
        if (line->size)
            return true;
        reader->at = *end;
        reader->line += !*cut;
        if (*cut)
            return false;
    }
}

/* Makes place and reads on: as much again as the line has already, so that none is looked at too often. */
static att_status read_on(jsonl_reader *reader, att_error *error)
{
    att_window *window = &reader->window;
    size_t left = window->end - reader->at;

    if (left > ATT_RECORD_MOST)
        return att_fail(error, ATT_BAD_INPUT, reader->file, reader->line, 0,
                        "is a line of more than 16 MiB; a file of this format holds one object a line");
    reader->at -= att_window_move(window, reader->at);
    size_t more = left > CHUNK ? left : CHUNK;
    att_status status = att_window_grow(window, left + more, error);
    return status ? status : att_window_fill(window, more, reader->file, error);
}

/* ---- records ---- */

/* Where a text that is escaped begins in its line: behind the first quote of the value that has its name and begins
 * like it. The line itself, where it cannot be told. */
static uint64_t find_escaped(const jsonl_reader *reader, att_span line, att_span text)
{
    const att_buffer *key = &reader->text_key;
    size_t at = 0, plain = 0;
    const char *hit;

    while (plain < text.size && plain < 64 && (unsigned char)text.text[plain] >= ' ' && text.text[plain] != '"' &&
           text.text[plain] != '\\' && text.text[plain] != '/' && (unsigned char)text.text[plain] < 0x7F)
        plain++;
    while (at < line.size && (hit = memmem(line.text + at, line.size - at, key->data, key->size)) != NULL) {
        at = (size_t)(hit - line.text) + key->size;
        size_t here = att_white_skip(line.text, line.size, at);
        if (here == line.size || line.text[here] != ':')
            continue;
        here = att_white_skip(line.text, line.size, here + 1);
        if (line.size - here > plain && line.text[here] == '"' &&
            (!plain || memcmp(line.text + here + 1, text.text, plain) == 0))
            return att_window_offset(&reader->window, (size_t)(line.text - reader->window.data) + here + 1);
    }
    return att_window_offset(&reader->window, (size_t)(line.text - reader->window.data));
}

/* Where the text is in the source. */
static uint64_t offset_of(const jsonl_reader *reader, att_span line, att_span text)
{
    uintptr_t at = (uintptr_t)text.text, from = (uintptr_t)line.text;

    if (!text.size || at <= from || at - from >= line.size || text.text[-1] != '"')
        return find_escaped(reader, line, text);
    return att_window_offset(&reader->window, (size_t)(text.text - reader->window.data));
}

/* The field that a column stands for. */
static att_status read_field(jsonl_reader *reader, size_t place, att_span *field, att_error *error)
{
    *field = (att_span){NULL, 0};
    return place < reader->names.count
               ? att_json_record_field(&reader->record, reader->names.names[place], field, error)
               : ATT_OK;
}

/* Reads a line as a record. */
static att_status read_record(jsonl_reader *reader, att_span line, att_record *record, att_error *error)
{
    const att_columns *columns = &reader->columns;
    att_status status = att_json_record_read(&reader->record, line, reader->file, reader->line, error);

    *record = (att_record){.facts = reader->facts, .line = reader->line};
    for (att_column_kind kind = 0; kind < ATT_COLUMN_ROLES && !status; kind++)
        status = read_field(reader, columns->place[kind], &record->values[kind], error);
    for (size_t i = 0; i < columns->fact_count && !status; i++)
        status = read_field(reader, columns->facts[i].place, &reader->facts[i], error);
    if (!status)
        record->offset = offset_of(reader, line, record->values[ATT_COLUMN_TEXT]);
    return status;
}

static att_status step(jsonl_reader *reader, att_error *error)
{
    att_span line;
    att_record record;
    size_t end;
    bool cut;

    if (!next_line(reader, &line, &end, &cut)) {
        reader->done = reader->window.ended;
        return reader->done ? ATT_OK : read_on(reader, error);
    }
    att_status status = read_record(reader, line, &record, error);
    if (!status)
        status = att_records_add(&reader->records, &record, error);
    reader->at = end;
    reader->line += !cut;
    return status;
}

static att_status jsonl_next(void *context, const att_turn_batch **batch, att_error *error)
{
    jsonl_reader *reader = context;
    att_status status = ATT_OK;

    while (!status && !reader->done && !att_records_ready(&reader->records))
        status = step(reader, error);
    if (!status)
        *batch = att_records_take(&reader->records, reader->done);
    return status;
}

/* ---- opening ---- */

/* The names of the fields in the first records; at least in one, however long it is. */
static att_status find_names(jsonl_reader *reader, att_error *error)
{
    att_status status = ATT_OK;
    att_span line;
    size_t end, read = 0;
    bool cut;

    while (!status && read < NAMES_RECORDS) {
        if (!next_line(reader, &line, &end, &cut)) {
            if (read || reader->window.ended)
                break;
            status = read_on(reader, error);
            reader->first_line = reader->line;
            continue;
        }
        status = att_json_record_read(&reader->record, line, reader->file, reader->line, read ? NULL : error);
        if (status && read)
            return ATT_OK; /* to be said when it is read */
        if (!status && !att_json_record_names(&reader->record, NAMES_DEEP, keep_name, &reader->names))
            status = att_fail_memory(error);
        reader->at = end;
        reader->line += !cut;
        read++;
    }
    if (!status && !read)
        status = att_fail(error, ATT_BAD_INPUT, reader->file, 0, 0, "holds no records; leave it out");
    return status;
}

/* Back to where the window begins. */
static void go_back(jsonl_reader *reader)
{
    reader->at = 0;
    reader->line = reader->first_line;
    reader->window.lf = reader->window.cr = (att_ahead){.found = false};
    reader->record.tree.ill_formed = 0;
}

/* Looks at the records of the probe. What is wrong with one is said when it is read. */
static att_status sample(jsonl_reader *reader, att_error *error)
{
    att_status status = ATT_OK;
    att_span line;
    att_record record;
    size_t end;
    bool cut;

    while (!status && reader->at < ATT_PROBE && next_line(reader, &line, &end, &cut)) {
        if (read_record(reader, line, &record, NULL))
            break;
        status = att_records_sample(&reader->records, &record, error);
        reader->at = end;
    }
    att_records_settle(&reader->records);
    return status;
}

/* The key of the text as it stands in a line: the last part of its path. */
static bool make_text_key(jsonl_reader *reader)
{
    size_t place = reader->columns.place[ATT_COLUMN_TEXT];
    const char *name = place < reader->names.count ? reader->names.names[place].text : NULL;
    const char *dot = name ? strrchr(name, '.') : NULL;

    att_buffer_char(&reader->text_key, '"');
    att_buffer_text(&reader->text_key, dot ? dot + 1 : name ? name : "");
    att_buffer_char(&reader->text_key, '"');
    return !reader->text_key.failed;
}

static att_status open_records(jsonl_reader *reader, const att_read_options *options, att_error *error)
{
    att_status status = find_names(reader, error);

    if (!status)
        status = att_columns_find(&reader->columns, reader->names.names, reader->names.count, options, reader->file, 1,
                                  error);
    if (status)
        return status;
    reader->facts = calloc(reader->columns.fact_count + 1, sizeof *reader->facts);
    if (!reader->facts || !make_text_key(reader))
        return att_fail_memory(error);
    att_records_open(&reader->records, &reader->columns, reader->file);
    reader->records.facts.info.unsure = !reader->columns.sure;
    go_back(reader);
    status = sample(reader, error);
    go_back(reader);
    return status;
}

static att_status jsonl_open(void **out, const void *plan, att_source *source, uint64_t from, uint64_t to,
                             att_error *error)
{
    jsonl_reader *reader = calloc(1, sizeof *reader);

    (void)from, (void)to;
    if (!reader)
        return att_fail_memory(error);
    reader->file = att_document_file(plan);
    reader->line = reader->first_line = 1;
    att_status status = att_window_open(&reader->window, source, 0, 2 * CHUNK, 0, error);
    if (!status)
        status = att_window_fill(&reader->window, ATT_PROBE, reader->file, error);
    if (!status)
        status = open_records(reader, att_document_options(plan), error);
    if (status) {
        jsonl_close(reader);
        return status;
    }
    *out = reader;
    return ATT_OK;
}

static att_read_counts jsonl_counts(const void *context)
{
    const jsonl_reader *reader = context;
    att_read_counts counts = reader->records.counts;

    counts.bytes = att_window_offset(&reader->window, reader->at);
    counts.ill_formed += reader->record.tree.ill_formed;
    return counts;
}

static const att_transcript_info *jsonl_info(const void *context)
{
    return &((const jsonl_reader *)context)->records.facts.info;
}

/* ---- detection ---- */

/* How sure the first line is: an object whose fields have the names of a turn's. */
static int line_sniff(att_span line, bool last, bool named)
{
    static const att_read_options none;
    att_json_record record = {.object = NULL};
    name_list names = {.count = 0};
    int look = 0;
    bool object = att_json_record_read(&record, line, NULL, 0, NULL) == ATT_OK;
    bool document = object && last && !named && att_json_record_is_document(&record);

    if (object && !document && att_json_record_names(&record, NAMES_DEEP, keep_name, &names))
        look = att_columns_look(names.names, names.count, &none);
    att_json_record_clear(&record);
    att_arena_clear(&names.arena);
    if (look == 3)
        return 95;
    /* A single object may be a document of another program. */
    if (look && last && !named)
        return 45;
    return look == 2 ? 80 : look ? 60 : named && object ? 30 : 0;
}

static int jsonl_sniff(att_span probe, bool complete, const char *file)
{
    bool named = att_extension_is(file, "jsonl") || att_extension_is(file, "ndjson");
    size_t from = att_white_skip(probe.text, probe.size, 0);
    size_t end = from;

    if (from == probe.size || probe.text[from] != '{')
        return 0;
    while (end < probe.size && !att_is_line_end(probe.text[end]))
        end++;
    if (end == probe.size && !complete)
        return named ? 60 : 0;
    size_t next = att_white_skip(probe.text, probe.size, end);
    if (next < probe.size && probe.text[next] != '{')
        return 0;
    return line_sniff((att_span){probe.text + from, end - from}, next == probe.size && complete, named);
}

const att_format att_format_jsonl = {
    .name = "jsonl",
    .description = "turns as JSON, an object a line (attune, ConvoKit)",
    .extensions = "jsonl ndjson",
    .sniff = jsonl_sniff,
    .plan = att_document_plan,
    .forget = att_document_forget,
    .open = jsonl_open,
    .next = jsonl_next,
    .counts = jsonl_counts,
    .info = jsonl_info,
    .close = jsonl_close,
};
