#include "tally/speakers.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/nearest.h"
#include "base/utf8.h"
#include "tally/names.h"
#include "tally/periods.h"
#include "tally/speaker_label.h"

#include <stdlib.h>
#include <string.h>

#define UNLABELLED "(unlabelled)"

/* How many rows a message names. */
enum { NAMED = 10 };

typedef struct {
    const char *transcript; /* "": every transcript */
    const char *label;
    const char *name;
    const char *describe;
    uint64_t line;
    const char **values; /* one a study column */
} row;

struct att_speakers {
    bool global;
    char *file;
    const char **columns; /* the study's */
    size_t column_count;
    row *rows;
    size_t row_count;
    size_t row_capacity;
    /* Keys transcript NUL label, exact and folded; a key's number leads to its row. */
    att_names exact;
    size_t *exact_rows;
    size_t exact_capacity;
    att_names folded;
    size_t *folded_rows;
    size_t folded_capacity;
    att_periods periods;
    char *period_by;             /* NULL: no periods were made */
    ptrdiff_t period_column;     /* of them */
    bool periods_of_transcripts; /* not of rows */
    att_arena arena;
};

/* The header line, while the table is read. */
enum { TRANSCRIPT, LABEL, SPEAKER, KEYS };
static const char *const key_names[KEYS] = {"transcript", "label", "speaker"};

typedef struct {
    att_speakers *speakers;
    att_csv csv;
    size_t cell_count;   /* of the header line */
    ptrdiff_t key[KEYS]; /* place in a record; -1: not there */
    size_t *place;       /* of each study column in a record */
    bool *nameless;      /* by place in a record */
    att_names names;     /* of the header */
} table;

/* ---- keys ---- */

/* transcript NUL label: a transcript's id has no NUL, so that the key says both. */
static void put_key(att_buffer *out, att_span transcript, att_span label, bool folded)
{
    out->size = 0;
    if (folded)
        att_transcript_fold(out, transcript);
    else
        att_buffer_span(out, transcript);
    att_buffer_char(out, '\0');
    if (folded)
        att_label_fold(out, label);
    else
        att_buffer_span(out, label);
}

static att_span buffer_span(const att_buffer *buffer)
{
    return (att_span){buffer->data, buffer->size};
}

/* Each: the row, -1 where there is none, or ATT_ROW_NO_MEMORY. */
static ptrdiff_t find_exact(const att_speakers *speakers, att_buffer *key, att_span transcript, att_span label)
{
    put_key(key, transcript, label, false);
    if (key->failed)
        return ATT_ROW_NO_MEMORY;
    uint32_t number = att_names_find(&speakers->exact, buffer_span(key));
    return number == ATT_NO_NAME ? -1 : (ptrdiff_t)speakers->exact_rows[number];
}

static ptrdiff_t find_folded(const att_speakers *speakers, att_buffer *key, att_span transcript, att_span label)
{
    put_key(key, transcript, label, true);
    if (key->failed)
        return ATT_ROW_NO_MEMORY;
    uint32_t number = att_names_find(&speakers->folded, buffer_span(key));
    return number == ATT_NO_NAME ? -1 : (ptrdiff_t)speakers->folded_rows[number];
}

/* ---- reading the table ---- */

static att_status bad(const table *t, uint64_t line, const char *what, att_error *error)
{
    return att_fail(error, ATT_BAD_INPUT, t->speakers->file, line, 0, "%s", what);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static att_span trimmed(att_span text)
{
    while (text.size && is_space(text.text[0])) {
        text.text++;
        text.size--;
    }
    while (text.size && is_space(text.text[text.size - 1]))
        text.size--;
    return text;
}

/* Files that are not text in UTF-8 are named for what they seem to be. */
static att_status check_text(const char *file, att_span text, att_error *error)
{
    if (text.size >= 4 && memcmp(text.text, "PK\3\4", 4) == 0)
        return att_fail(error, ATT_BAD_INPUT, file, 0, 0,
                        "this is a workbook or an archive, not a table of text; save it as 'CSV UTF-8'");
    if (text.size >= 2 && (memcmp(text.text, "\xFF\xFE", 2) == 0 || memcmp(text.text, "\xFE\xFF", 2) == 0))
        return att_fail(error, ATT_BAD_INPUT, file, 0, 0, "this is UTF-16; save it as 'CSV UTF-8'");
    size_t good = att_utf8_valid_prefix(text.text, text.size);
    const char *nul = text.size ? memchr(text.text, '\0', good) : NULL;
    if (good == text.size && !nul)
        return ATT_OK;
    size_t end = nul ? (size_t)(nul - text.text) : good;
    uint64_t line = 1;
    for (size_t i = 0; i < end; i++)
        line += text.text[i] == '\n' || (text.text[i] == '\r' && (i + 1 == text.size || text.text[i + 1] != '\n'));
    return att_fail(error, ATT_BAD_INPUT, file, line, 0,
                    nul ? "there is a NUL byte here; save the table as 'CSV UTF-8'"
                        : "this line is not UTF-8; save the table as 'CSV UTF-8'");
}

static bool is_key(att_span name, const char *key)
{
    return name.size == strlen(key) && strncasecmp(name.text, key, name.size) == 0;
}

static att_status read_name(table *t, size_t place, att_span name, att_error *error)
{
    if (name.size == 0) {
        t->nameless[place] = true;
        return ATT_OK;
    }
    size_t known = t->names.count;
    uint32_t number = att_names_add(&t->names, name);
    if (number == ATT_NO_NAME)
        return att_fail_memory(error);
    bool twice = number < known;
    for (int k = 0; k < KEYS; k++) {
        if (!is_key(name, key_names[k]))
            continue;
        if (t->key[k] < 0 && !twice) {
            t->key[k] = (ptrdiff_t)place;
            return ATT_OK;
        }
        twice = true;
    }
    if (twice)
        return att_fail(error, ATT_BAD_INPUT, t->speakers->file, t->csv.line, 0,
                        "the column '%.*s' is there twice; name each column once", (int)name.size, name.text);
    char *copy = att_arena_copy(&t->speakers->arena, name);
    if (!copy)
        return att_fail_memory(error);
    t->place[t->speakers->column_count] = place;
    t->speakers->columns[t->speakers->column_count++] = copy;
    return ATT_OK;
}

static att_status check_keys(const table *t, att_error *error)
{
    for (int k = LABEL; k < KEYS; k++) {
        if (t->key[k] >= 0)
            continue;
        att_buffer found = {0};
        for (size_t i = 0; i < t->names.count; i++)
            att_buffer_format(&found, "%s'%s'", i ? ", " : "", t->names.items[i].text);
        att_status status =
            found.failed ? att_fail_memory(error)
                         : att_fail(error, ATT_BAD_INPUT, t->speakers->file, t->csv.line, 0,
                                    "there is no column '%s'; its first line must name the columns label and speaker, "
                                    "it names %s",
                                    key_names[k], found.data ? found.data : "none");
        att_buffer_clear(&found);
        return status;
    }
    return ATT_OK;
}

/* The counts that `attune score --list-speakers` puts behind its table are no columns of a study. */
static size_t without_counts(const att_csv *csv)
{
    static const char *const counts[] = {"turns", "tokens", "matched"};
    enum { COUNTS = sizeof counts / sizeof *counts };
    if (csv->count < COUNTS)
        return csv->count;
    for (size_t i = 0; i < COUNTS; i++)
        if (!is_key(trimmed(csv->fields[csv->count - COUNTS + i]), counts[i]))
            return csv->count;
    return csv->count - COUNTS;
}

static att_status read_header(table *t, att_error *error)
{
    size_t count = t->csv.count;
    t->cell_count = count;
    t->place = calloc(count, sizeof *t->place);
    t->nameless = calloc(count, sizeof *t->nameless);
    t->speakers->columns = att_arena_take(&t->speakers->arena, count * sizeof *t->speakers->columns);
    if (!t->place || !t->nameless || !t->speakers->columns)
        return att_fail_memory(error);
    att_status status = ATT_OK;
    size_t named = without_counts(&t->csv);
    for (size_t i = 0; status == ATT_OK && i < named; i++)
        status = read_name(t, i, trimmed(t->csv.fields[i]), error);
    return status == ATT_OK ? check_keys(t, error) : status;
}

/* A record that spreadsheets leave behind: delimiters and nothing else. */
static bool is_empty(const att_csv *csv)
{
    for (size_t i = 0; i < csv->count; i++)
        if (trimmed(csv->fields[i]).size)
            return false;
    return true;
}

static att_status check_cells(const table *t, att_error *error)
{
    const att_csv *csv = &t->csv;
    if (csv->count != t->cell_count)
        return att_fail(error, ATT_BAD_INPUT, t->speakers->file, csv->line, 0,
                        "this row has %zu cell%s, the first line has %zu; a cell that holds the delimiter needs "
                        "quotation marks around it",
                        csv->count, csv->count == 1 ? "" : "s", t->cell_count);
    for (size_t i = 0; i < csv->count; i++)
        if (t->nameless[i] && trimmed(csv->fields[i]).size)
            return att_fail(error, ATT_BAD_INPUT, t->speakers->file, csv->line, 0,
                            "cell %zu is in a column without a name; name it in the first line", i + 1);
    return ATT_OK;
}

static const char *copy_cell(table *t, size_t place)
{
    return att_arena_copy(&t->speakers->arena, trimmed(t->csv.fields[place]));
}

static const char *describe_row(table *t, const row *r)
{
    att_buffer text = {0};
    if (*r->transcript)
        att_buffer_format(&text, "%s / ", r->transcript);
    att_buffer_format(&text, "%s (line %llu)", r->label, (unsigned long long)r->line);
    const char *copy = text.failed ? NULL : att_arena_copy(&t->speakers->arena, buffer_span(&text));
    att_buffer_clear(&text);
    return copy;
}

static att_status fill_row(table *t, row *r, att_error *error)
{
    att_speakers *speakers = t->speakers;
    *r = (row){.line = t->csv.line};
    r->transcript = t->key[TRANSCRIPT] < 0 ? "" : copy_cell(t, (size_t)t->key[TRANSCRIPT]);
    r->label = copy_cell(t, (size_t)t->key[LABEL]);
    r->name = copy_cell(t, (size_t)t->key[SPEAKER]);
    r->values = att_arena_take(&speakers->arena, (speakers->column_count + 1) * sizeof *r->values);
    if (!r->transcript || !r->label || !r->name || !r->values)
        return att_fail_memory(error);
    for (size_t i = 0; i < speakers->column_count; i++)
        if (!(r->values[i] = copy_cell(t, t->place[i])))
            return att_fail_memory(error);
    if (!*r->label)
        return bad(t, r->line, "the label is empty; write it as it stands in the transcript", error);
    if (!*r->name)
        return bad(t, r->line, "the speaker is empty; name the person behind the label", error);
    r->describe = describe_row(t, r);
    return r->describe ? ATT_OK : att_fail_memory(error);
}

static bool rows_agree(const att_speakers *speakers, const row *a, const row *b)
{
    if (strcmp(a->name, b->name) != 0)
        return false;
    for (size_t i = 0; i < speakers->column_count; i++)
        if (strcmp(a->values[i], b->values[i]) != 0)
            return false;
    return true;
}

static att_status fail_twice(const att_speakers *speakers, const row *before, const row *r, att_error *error)
{
    const char *whose = *r->transcript ? "of transcript " : "of every transcript";
    unsigned long long lines[] = {before->line, r->line};

    if (strcmp(before->label, r->label) == 0)
        return att_fail(error, ATT_BAD_INPUT, speakers->file, r->line, 0,
                        "lines %llu and %llu are both for label '%s' %s%s and say different things; keep one of them",
                        lines[0], lines[1], r->label, whose, r->transcript);
    return att_fail(
        error, ATT_BAD_INPUT, speakers->file, r->line, 0,
        "lines %llu and %llu are for labels '%s' and '%s' %s%s, which are the same label but for case, white "
        "space or a colon, and say different things; keep one of them",
        lines[0], lines[1], before->label, r->label, whose, r->transcript);
}

/* Enters the last row under its label, exact and folded. A row that says once more what another one of the same label
 * says is none (*again). */
static att_status index_row(att_speakers *speakers, size_t index, att_buffer *key, bool *again, att_error *error)
{
    const row *r = &speakers->rows[index];
    ptrdiff_t before = find_folded(speakers, key, att_span_of(r->transcript), att_span_of(r->label));
    *again = before >= 0;
    if (before >= 0)
        return rows_agree(speakers, &speakers->rows[before], r)
                   ? ATT_OK
                   : fail_twice(speakers, &speakers->rows[before], r, error);
    uint32_t folded = key->failed ? ATT_NO_NAME : att_names_add(&speakers->folded, buffer_span(key));
    put_key(key, att_span_of(r->transcript), att_span_of(r->label), false);
    uint32_t exact = key->failed ? ATT_NO_NAME : att_names_add(&speakers->exact, buffer_span(key));
    if (folded == ATT_NO_NAME || exact == ATT_NO_NAME ||
        !att_grow(&speakers->folded_rows, &speakers->folded_capacity, (size_t)folded + 1,
                  sizeof *speakers->folded_rows) ||
        !att_grow(&speakers->exact_rows, &speakers->exact_capacity, (size_t)exact + 1, sizeof *speakers->exact_rows))
        return att_fail_memory(error);
    speakers->folded_rows[folded] = index;
    speakers->exact_rows[exact] = index;
    return ATT_OK;
}

static att_status read_row(table *t, att_buffer *key, att_error *error)
{
    att_speakers *speakers = t->speakers;
    bool again = false;
    att_status status = check_cells(t, error);
    if (status != ATT_OK)
        return status;
    if (!att_grow(&speakers->rows, &speakers->row_capacity, speakers->row_count + 1, sizeof *speakers->rows))
        return att_fail_memory(error);
    status = fill_row(t, &speakers->rows[speakers->row_count], error);
    if (status == ATT_OK)
        status = index_row(speakers, speakers->row_count, key, &again, error);
    if (status == ATT_OK && !again)
        speakers->row_count++;
    return status;
}

/* 1, 0 and errors of att_csv_next as a status; *more: there is a record. */
static att_status next_record(table *t, bool *more, att_error *error)
{
    int result = att_csv_next(&t->csv);
    *more = result == 1;
    if (result == -1)
        return att_fail_memory(error);
    if (result == -2)
        return bad(t, t->csv.line, "a quotation mark opens in this row and never closes; close it", error);
    return ATT_OK;
}

static att_status read_table(table *t, att_error *error)
{
    bool more;
    att_buffer key = {0};
    att_status status = next_record(t, &more, error);
    if (status == ATT_OK && !more)
        status = bad(t, 0, "the speaker table is empty; its first line must name the columns label and speaker", error);
    if (status == ATT_OK)
        status = read_header(t, error);
    while (status == ATT_OK && (status = next_record(t, &more, error)) == ATT_OK && more)
        if (!is_empty(&t->csv))
            status = read_row(t, &key, error);
    if (status == ATT_OK && t->speakers->row_count == 0)
        status = bad(t, 0, "the speaker table has no rows; add one for each label", error);
    att_buffer_clear(&key);
    return status;
}

static att_status parse(att_speakers *speakers, att_span text, att_error *error)
{
    table t = {.speakers = speakers, .key = {-1, -1, -1}};
    if (!text.text)
        text = (att_span){"", 0};
    att_status status = check_text(speakers->file, text, error);
    if (status == ATT_OK) {
        att_csv_open(&t.csv, text);
        status = read_table(&t, error);
        att_csv_close(&t.csv);
    }
    free(t.place);
    free(t.nameless);
    att_names_clear(&t.names);
    return status;
}

static att_speakers *new_speakers(bool global_labels)
{
    att_speakers *speakers = calloc(1, sizeof *speakers);
    if (speakers) {
        speakers->global = global_labels;
        speakers->period_column = -1;
    }
    return speakers;
}

att_status att_speakers_parse(att_speakers **out, const char *file, att_span text, bool global_labels, att_error *error)
{
    att_speakers *speakers = new_speakers(global_labels);
    if (!speakers)
        return att_fail_memory(error);
    speakers->file = strdup(file);
    att_status status = speakers->file ? parse(speakers, text, error) : att_fail_memory(error);
    if (status != ATT_OK) {
        att_speakers_free(speakers);
        return status;
    }
    *out = speakers;
    return ATT_OK;
}

att_status att_speakers_load(att_speakers **out, const char *path, bool global_labels, att_error *error)
{
    if (!path) {
        att_speakers *none = new_speakers(global_labels);
        if (!none)
            return att_fail_memory(error);
        *out = none;
        return ATT_OK;
    }
    att_buffer text = {0};
    att_status status = att_file_read(&text, path, 0, error);
    if (status == ATT_OK)
        status = att_speakers_parse(out, path, buffer_span(&text), global_labels, error);
    att_buffer_clear(&text);
    return status;
}

void att_speakers_free(att_speakers *speakers)
{
    if (!speakers)
        return;
    free(speakers->file);
    free(speakers->rows);
    att_names_clear(&speakers->exact);
    free(speakers->exact_rows);
    att_names_clear(&speakers->folded);
    free(speakers->folded_rows);
    att_periods_clear(&speakers->periods);
    free(speakers->period_by);
    att_arena_clear(&speakers->arena);
    free(speakers);
}

/* ---- periods ---- */

static ptrdiff_t find_column(const att_speakers *speakers, const char *name)
{
    for (size_t i = 0; i < speakers->column_count; i++)
        if (strcmp(speakers->columns[i], name) == 0)
            return (ptrdiff_t)i;
    return -1;
}

static att_status fail_period_by(const att_speakers *speakers, const char *by, att_error *error)
{
    att_buffer names = {0};

    for (size_t i = 0; i < speakers->column_count; i++)
        att_buffer_format(&names, ", %s", speakers->columns[i]);
    att_status status = names.failed ? att_fail_memory(error)
                                     : att_fail(error, ATT_USAGE, NULL, 0, 0,
                                                "there is no column '%s' to tell periods by; there are transcript (its "
                                                "own date, or the one in its name)%s%s",
                                                by, names.size ? names.data : "",
                                                speakers->file ? "" : " (and no speaker table is given)");
    att_buffer_clear(&names);
    return status;
}

/* Appends a column whose values are yet to be set. */
static bool add_column(att_speakers *speakers, const char *name)
{
    size_t count = speakers->column_count;
    const char **columns = att_arena_take(&speakers->arena, (count + 1) * sizeof *columns);

    if (!columns)
        return false;
    if (count)
        memcpy(columns, speakers->columns, count * sizeof *columns);
    columns[count] = name;
    for (size_t i = 0; i < speakers->row_count; i++) {
        const char **values = att_arena_take(&speakers->arena, (count + 2) * sizeof *values);
        if (!values)
            return false;
        if (count)
            memcpy(values, speakers->rows[i].values, count * sizeof *values);
        values[count] = "";
        speakers->rows[i].values = values;
    }
    speakers->columns = columns;
    speakers->column_count++;
    return true;
}

static bool has_values(const att_speakers *speakers, size_t column)
{
    for (size_t i = 0; i < speakers->row_count; i++)
        if (*speakers->rows[i].values[column])
            return true;
    return false;
}

/* The period of a date, or what stands for itself where periods have no days. */
static const char *period_of(const att_speakers *speakers, const char *value)
{
    if (!speakers->periods.count)
        return value;
    const char *name = att_periods_find(&speakers->periods, att_span_of(value));
    return name ? name : "";
}

att_status att_speakers_set_periods(att_speakers *speakers, const char *by, const att_strings *periods,
                                    att_error *error)
{
    ptrdiff_t source = find_column(speakers, by), own = find_column(speakers, "period");

    speakers->periods_of_transcripts = source < 0 && strcmp(by, "transcript") == 0;
    if (source < 0 && !speakers->periods_of_transcripts)
        return fail_period_by(speakers, by, error);
    if (own >= 0 && own != source && has_values(speakers, (size_t)own))
        return att_fail(error, ATT_USAGE, speakers->file, 0, 0,
                        "there is a column 'period' with values already; rename it, or do without periods by '%s'", by);
    att_status status = att_periods_read(&speakers->periods, periods, error);
    if (!status && speakers->periods_of_transcripts && !speakers->periods.count)
        status = att_fail(error, ATT_USAGE, NULL, 0, 0,
                          "periods by transcript need days; give them as before, after=2024-03-01");
    if (!status && ((own < 0 && !add_column(speakers, "period")) || !(speakers->period_by = strdup(by))))
        status = att_fail_memory(error);
    if (status)
        return status;
    speakers->period_column = own < 0 ? (ptrdiff_t)speakers->column_count - 1 : own;
    for (size_t i = 0; i < speakers->row_count && source >= 0; i++)
        speakers->rows[i].values[speakers->period_column] = period_of(speakers, speakers->rows[i].values[source]);
    return ATT_OK;
}

ptrdiff_t att_speakers_period_column(const att_speakers *speakers)
{
    return speakers->period_column;
}

const char *att_speakers_period_by(const att_speakers *speakers)
{
    return speakers->period_by;
}

const char *att_speakers_period_name(const att_speakers *speakers, size_t index)
{
    return index < speakers->periods.count ? speakers->periods.items[index].name : NULL;
}

/* ---- asking ---- */

ptrdiff_t att_speakers_row(const att_speakers *speakers, att_span transcript, att_span label)
{
    if (label.size == 0 || speakers->row_count == 0)
        return -1;
    const att_span every = {"", 0};
    att_buffer key = {0};
    ptrdiff_t found = find_exact(speakers, &key, transcript, label);
    if (found == -1)
        found = find_folded(speakers, &key, transcript, label);
    if (found == -1)
        found = find_exact(speakers, &key, every, label);
    if (found == -1)
        found = find_folded(speakers, &key, every, label);
    att_buffer_clear(&key);
    return found;
}

bool att_speakers_knows(const att_speakers *speakers, att_span transcript, att_span label)
{
    return att_speakers_row(speakers, transcript, label) >= 0;
}

void att_speakers_identity(const att_speakers *speakers, att_span transcript, att_span label, att_buffer *out)
{
    ptrdiff_t found = att_speakers_row(speakers, transcript, label);
    if (found >= 0) {
        att_buffer_text(out, speakers->rows[found].name);
        return;
    }
    if (found == ATT_ROW_NO_MEMORY) {
        out->failed = true;
        return;
    }
    if (!speakers->global) {
        att_buffer_span(out, transcript);
        att_buffer_char(out, '/');
    }
    att_buffer_span(out, label.size ? label : att_span_of(UNLABELLED));
}

void att_speakers_report_unused(const att_speakers *speakers, const bool *used, att_diagnostics *diagnostics)
{
    att_buffer names = {0};
    size_t count = 0;
    for (size_t i = 0; i < speakers->row_count; i++)
        if (!used[i] && count++ < NAMED)
            att_buffer_format(&names, "%s%s: %s", count > 1 ? ", " : "", speakers->rows[i].name,
                              speakers->rows[i].describe);
    if (count)
        att_diagnose(diagnostics, ATT_NOTE, speakers->file, 0, 0,
                     "%zu of %zu rows fit no turn of any transcript (%s%s); check how labels and transcripts are spelt "
                     "there",
                     count, speakers->row_count, names.failed ? "no memory to name them" : names.data,
                     count > NAMED ? ", ..." : "");
    att_buffer_clear(&names);
}

/* Spellings apart by no more than this are near. */
static size_t near_limit(att_span label)
{
    return label.size < 4 ? 1 : 2;
}

/* Text as labels are compared, on the arena of nobody: the caller's buffer. */
static att_span folded_in(att_buffer *out, att_span text)
{
    out->size = 0;
    att_label_fold(out, text);
    return out->failed ? (att_span){"", 0} : buffer_span(out);
}

ptrdiff_t att_speakers_nearest(const att_speakers *speakers, att_span transcript, att_span label)
{
    att_buffer wanted = {0}, found = {0};
    att_span want = folded_in(&wanted, label);
    size_t best = near_limit(want) + 1;
    ptrdiff_t nearest = -1;

    for (size_t i = 0; i < speakers->row_count && best > 0 && want.size; i++) {
        const row *r = &speakers->rows[i];
        att_span have = folded_in(&found, att_span_of(r->label));
        /* One of another transcript must be the label itself, or too much is near. */
        bool elsewhere = *r->transcript && !att_span_equal(att_span_of(r->transcript), transcript);
        size_t distance = elsewhere && !att_span_equal(have, want) ? best : att_edit_distance(have, want, best - 1);
        if (have.size && distance < best) {
            best = distance;
            nearest = (ptrdiff_t)i;
        }
    }
    att_buffer_clear(&wanted);
    att_buffer_clear(&found);
    return nearest;
}

size_t att_speakers_column_count(const att_speakers *speakers)
{
    return speakers->column_count;
}

const char *att_speakers_column(const att_speakers *speakers, size_t column)
{
    return speakers->columns[column];
}

const char *att_speakers_name(const att_speakers *speakers, size_t index)
{
    return speakers->rows[index].name;
}

const char *att_speakers_value(const att_speakers *speakers, size_t index, size_t column)
{
    return speakers->rows[index].values[column];
}

const char *att_speakers_value_in(const att_speakers *speakers, att_span when, ptrdiff_t index, size_t column)
{
    if (speakers->periods_of_transcripts && (ptrdiff_t)column == speakers->period_column) {
        const char *name = att_periods_find(&speakers->periods, when);
        return name ? name : "";
    }
    return index < 0 ? "" : att_speakers_value(speakers, (size_t)index, column);
}

size_t att_speakers_row_count(const att_speakers *speakers)
{
    return speakers->row_count;
}

const char *att_speakers_describe(const att_speakers *speakers, size_t index)
{
    return speakers->rows[index].describe;
}

bool att_speakers_global(const att_speakers *speakers)
{
    return speakers->global;
}

const char *att_speakers_transcript(const att_speakers *speakers, size_t index)
{
    return speakers->rows[index].transcript;
}

const char *att_speakers_label(const att_speakers *speakers, size_t index)
{
    return speakers->rows[index].label;
}

uint64_t att_speakers_line(const att_speakers *speakers, size_t index)
{
    return speakers->rows[index].line;
}

const char *att_speakers_file(const att_speakers *speakers)
{
    return speakers->file;
}
