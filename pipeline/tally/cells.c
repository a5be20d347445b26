#include "tally/cells.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/nearest.h"
#include "tally/names.h"

#include <stdlib.h>
#include <string.h>

/* Where a by column's value comes from: a column of the speaker table (>= 0) or one of these. */
enum { BY_TRANSCRIPT = -1, BY_LABEL = -2, BY_SPEAKER = -3, BY_LANGUAGE = -4 };

typedef struct {
    char *name;
    ptrdiff_t source;
    att_names values; /* that were met; a cell's key is a tuple of their numbers */
    att_names ranks;  /* values in the order of the speaker table; filled at the end */
} by_column;

/* A study cell under construction. */
typedef struct {
    att_study_cell cell;
    /* Of the transcript that is being added: its only label so far, borrowed; their sum, once there are several. */
    const att_tally *only;
    att_tally pending;
    bool touched;
    uint32_t language;  /* number of its first transcript's language, plus one */
    bool mixed;         /* its transcripts are in several */
    bool any_row;       /* whether `rows` means anything yet */
    uint32_t *rows;     /* one a study column: number of the constant value, or one of the marks below */
    size_t row_room;    /* columns that are not there yet are empty: number 0 */
    att_names speakers; /* identities */
} growing;

enum { NOT_CONSTANT = UINT32_MAX };

struct att_cells {
    const att_scheme *scheme;
    const att_speakers *speakers;
    by_column *by;
    size_t by_count;
    att_study_columns study;
    att_names *columns; /* one a study column: its values, the empty one first */
    size_t column_count, column_room;
    att_names keys;  /* tuples of value numbers; a cell's number is its key's */
    growing **cells; /* by number; sorted at the end */
    size_t cell_count;
    size_t cell_capacity;
    size_t *touched; /* cells of the transcript that is being added */
    size_t touched_count;
    size_t touched_capacity;
    bool *rows_used;
    att_names identities;
    att_exclusions exclusions;
    uint64_t excluded_turns, excluded_tokens;
    uint64_t unlabelled_turns;
    uint64_t unlabelled_transcripts;
    att_names languages;
    att_names undated; /* rows of the table, or transcripts, that are in no period */
    uint64_t mixed_count;
    att_span when;       /* the date of the transcript that is being added */
    att_buffer identity; /* scratch */
    att_buffer key;
    att_arena arena;
};

/* ---- the by columns ---- */

static ptrdiff_t table_column(const att_speakers *speakers, const char *name)
{
    for (size_t i = 0; i < att_speakers_column_count(speakers); i++)
        if (strcmp(att_speakers_column(speakers, i), name) == 0)
            return (ptrdiff_t)i;
    return -1;
}

/* What is neither a column of the table nor one of attune's own is left to the sources. */
static att_status find_source(att_cells *cells, const char *name, ptrdiff_t *source, att_error *error)
{
    static const struct {
        const char *name;
        ptrdiff_t source;
    } own[] = {{"transcript", BY_TRANSCRIPT}, {"label", BY_LABEL}, {"speaker", BY_SPEAKER}, {"language", BY_LANGUAGE}};
    size_t column = 0;

    *source = table_column(cells->speakers, name);
    if (*source >= 0)
        return ATT_OK;
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (strcmp(own[i].name, name) == 0) {
            *source = own[i].source;
            return ATT_OK;
        }
    att_status status = att_study_columns_ask(&cells->study, name, &column, error);
    *source = (ptrdiff_t)column;
    return status;
}

static att_status fail_unknown(const att_cells *cells, const char *name, att_error *error)
{
    static const char *const own_names[] = {"transcript", "label", "speaker", "language"};
    enum { OWN = sizeof own_names / sizeof *own_names };
    size_t count = OWN + att_study_columns_count(&cells->study);
    const char **names = calloc(count, sizeof *names);
    att_buffer known = {0};

    if (!names)
        return att_fail_memory(error);
    for (size_t i = 0; i < count; i++) {
        const char *column = i < OWN ? own_names[i] : att_study_columns_name(&cells->study, i - OWN);
        names[i] = strcmp(column, name) == 0 ? "" : column; /* it is a column from when it was asked for */
    }
    const char *near = att_nearest(att_span_of(name), names, count, 2);
    att_buffer_text(&known, "transcript, label, speaker, language");
    size_t own = known.size;
    att_study_columns_list(&cells->study, &known, ", ");
    bool more = known.size > own;
    att_status status =
        known.failed ? att_fail_memory(error)
                     : att_fail(error, ATT_USAGE, NULL, 0, 0,
                                "there is no column '%s' to group by, in the speaker table or in the transcripts; "
                                "there are %.*s%s%s%s%s%s%s",
                                name, (int)own, known.data, more ? ", " : "", known.data + own,
                                att_speakers_file(cells->speakers) ? "" : " (and no speaker table is given)",
                                near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
    att_buffer_clear(&known);
    free(names);
    return status;
}

/* Once all is added: columns that were left to the sources, and that none of them has. */
static att_status check_columns(const att_cells *cells, att_error *error)
{
    for (size_t i = 0; i < cells->by_count; i++)
        if (cells->by[i].source >= 0 && att_study_columns_missing(&cells->study, (size_t)cells->by[i].source))
            return fail_unknown(cells, cells->by[i].name, error);
    return att_exclusions_check(&cells->exclusions, &cells->study, error);
}

static att_status add_by(att_cells *cells, const char *name, att_error *error)
{
    for (size_t i = 0; i < cells->by_count; i++)
        if (att_span_equal(att_span_of(cells->by[i].name), att_span_of(name)))
            return ATT_OK; /* naming a column twice groups no further */
    by_column *by = &cells->by[cells->by_count];
    att_status status = find_source(cells, name, &by->source, error);
    if (status)
        return status;
    by->name = strdup(name);
    if (!by->name)
        return att_fail_memory(error);
    cells->by_count++;
    return ATT_OK;
}

static att_status add_by_columns(att_cells *cells, const att_strings *by, att_error *error)
{
    size_t room = by && by->count ? by->count : 2;
    cells->by = calloc(room, sizeof *cells->by);
    if (!cells->by)
        return att_fail_memory(error);
    att_status status = ATT_OK;
    if (by && by->count) {
        for (size_t i = 0; status == ATT_OK && i < by->count; i++)
            status = add_by(cells, by->items[i], error);
        return status;
    }
    status = add_by(cells, "speaker", error);
    if (status == ATT_OK && table_column(cells->speakers, "period") >= 0)
        status = add_by(cells, "period", error);
    return status;
}

att_status att_cells_new(att_cells **out, const att_scheme *scheme, const att_speakers *speakers, const att_strings *by,
                         att_error *error)
{
    att_cells *cells = calloc(1, sizeof *cells);
    if (!cells)
        return att_fail_memory(error);
    cells->scheme = scheme;
    cells->speakers = speakers;
    att_study_columns_init(&cells->study, speakers);
    cells->rows_used = calloc(att_speakers_row_count(speakers) + 1, sizeof *cells->rows_used);
    att_status status = cells->rows_used ? ATT_OK : att_fail_memory(error);
    if (status == ATT_OK)
        status = add_by_columns(cells, by, error);
    if (status != ATT_OK) {
        att_cells_free(cells);
        return status;
    }
    *out = cells;
    return ATT_OK;
}

static void free_growing(growing *cell)
{
    if (!cell)
        return;
    att_tally_clear(&cell->cell.turns);
    att_tally_clear(&cell->cell.transcripts);
    att_tally_clear(&cell->pending);
    att_names_clear(&cell->speakers);
    free(cell->rows);
    free(cell);
}

void att_cells_free(att_cells *cells)
{
    if (!cells)
        return;
    for (size_t i = 0; i < cells->by_count; i++) {
        free(cells->by[i].name);
        att_names_clear(&cells->by[i].values);
        att_names_clear(&cells->by[i].ranks);
    }
    free(cells->by);
    for (size_t i = 0; cells->columns && i < cells->column_count; i++)
        att_names_clear(&cells->columns[i]);
    free(cells->columns);
    for (size_t i = 0; i < cells->cell_count; i++)
        free_growing(cells->cells[i]);
    free(cells->cells);
    free(cells->touched);
    free(cells->rows_used);
    att_names_clear(&cells->keys);
    att_names_clear(&cells->identities);
    att_names_clear(&cells->languages);
    att_names_clear(&cells->undated);
    att_buffer_clear(&cells->identity);
    att_buffer_clear(&cells->key);
    att_arena_clear(&cells->arena);
    att_exclusions_clear(&cells->exclusions);
    att_study_columns_clear(&cells->study);
    free(cells);
}

/* ---- adding ---- */

/* The study's columns are bound to the label. */
static att_span by_value(const att_cells *cells, const by_column *by, const att_transcript_tally *transcript,
                         att_span label)
{
    switch (by->source) {
    case BY_TRANSCRIPT:
        return transcript->id;
    case BY_LABEL:
        return label.size ? label : att_span_of("(unlabelled)");
    case BY_SPEAKER:
        return (att_span){cells->identity.data, cells->identity.size};
    case BY_LANGUAGE:
        return transcript->language;
    default:
        return cells->study.values[by->source];
    }
}

static growing *new_cell(att_cells *cells, const uint32_t *numbers)
{
    growing *cell = calloc(1, sizeof *cell);
    att_span *keys = att_arena_take(&cells->arena, (cells->by_count + 1) * sizeof *keys);
    if (!cell || !keys || !att_grow(&cells->cells, &cells->cell_capacity, cells->cell_count + 1, sizeof(growing *))) {
        free_growing(cell);
        return NULL;
    }
    for (size_t i = 0; i < cells->by_count; i++)
        keys[i] = cells->by[i].values.items[numbers[i]];
    cell->cell.keys = keys;
    cells->cells[cells->cell_count++] = cell;
    return cell;
}

/* The cell's number; ATT_NO_NAME: no memory. cells->identity holds the speaker. */
static uint32_t find_cell(att_cells *cells, const att_transcript_tally *transcript, att_span label)
{
    cells->key.size = 0;
    for (size_t i = 0; i < cells->by_count; i++) {
        uint32_t number = att_names_add(&cells->by[i].values, by_value(cells, &cells->by[i], transcript, label));
        if (number == ATT_NO_NAME)
            return ATT_NO_NAME;
        att_buffer_append(&cells->key, &number, sizeof number);
    }
    if (cells->key.failed)
        return ATT_NO_NAME;
    uint32_t number = att_names_add(&cells->keys, (att_span){cells->key.data, cells->key.size});
    if (number == ATT_NO_NAME || number < cells->cell_count)
        return number;
    uint32_t *numbers = (uint32_t *)(void *)cells->key.data;
    return new_cell(cells, numbers) ? number : ATT_NO_NAME;
}

/* Rates of different languages come from different lists of entries: a cell that holds several is counted. */
static att_status note_language(att_cells *cells, growing *cell, att_span language, att_error *error)
{
    uint32_t number = att_names_add(&cells->languages, language);
    if (number == ATT_NO_NAME)
        return att_fail_memory(error);
    if (!cell->language)
        cell->language = number + 1;
    if (cell->language != number + 1 && !cell->mixed) {
        cell->mixed = true;
        cells->mixed_count++;
    }
    return ATT_OK;
}

/* Numbers for the values of columns that have come to be. */
static bool widen(att_cells *cells)
{
    size_t count = att_study_columns_count(&cells->study);

    if (!att_grow(&cells->columns, &cells->column_room, count, sizeof *cells->columns))
        return false;
    for (; cells->column_count < count; cells->column_count++) {
        cells->columns[cells->column_count] = (att_names){0};
        if (att_names_add(&cells->columns[cells->column_count], (att_span){"", 0}) == ATT_NO_NAME)
            return false;
    }
    return true;
}

static bool widen_cell(const att_cells *cells, growing *cell)
{
    size_t room = cell->row_room;

    if (!att_grow(&cell->rows, &cell->row_room, cells->column_count + 1, sizeof *cell->rows))
        return false;
    if (cell->row_room > room)
        memset(cell->rows + room, 0, (cell->row_room - room) * sizeof *cell->rows);
    return true;
}

/* Narrows the values of the cell's columns down to what this label agrees with. */
static att_status note_values(att_cells *cells, growing *cell, att_error *error)
{
    if (!widen(cells) || !widen_cell(cells, cell))
        return att_fail_memory(error);
    for (size_t i = 0; i < cells->column_count; i++) {
        uint32_t number = att_names_add(&cells->columns[i], cells->study.values[i]);
        if (number == ATT_NO_NAME)
            return att_fail_memory(error);
        if (!cell->any_row)
            cell->rows[i] = number;
        else if (cell->rows[i] != number)
            cell->rows[i] = NOT_CONSTANT;
    }
    cell->any_row = true;
    return ATT_OK;
}

att_status att_cells_exclude(att_cells *cells, const att_strings *exclude, att_error *error)
{
    return att_exclusions_read(&cells->exclusions, exclude, &cells->study, error);
}

att_status att_cells_excludes(att_cells *cells, const att_transcript_tally *transcript, att_span label, bool *excluded,
                              att_error *error)
{
    ptrdiff_t row = att_speakers_row(cells->speakers, transcript->id, label);
    if (row == ATT_ROW_NO_MEMORY)
        return att_fail_memory(error);
    att_status status = att_study_columns_bind(&cells->study, att_transcript_tally_when(transcript), row,
                                               &transcript->said, label, error);
    *excluded = status == ATT_OK && att_exclusions_hold(&cells->exclusions, &cells->study);
    return status;
}

att_status att_cells_warn(const att_cells *cells, att_diagnostics *diagnostics, att_error *error)
{
    return att_exclusions_warn(&cells->exclusions, cells->speakers, diagnostics, error);
}

/* Most cells get one label of a transcript: its tally is not copied for the transcript's sum. */
static att_status add_pending(growing *cell, const att_tally *tally, att_error *error)
{
    att_status status = ATT_OK;

    if (!cell->touched) {
        cell->touched = true;
        cell->only = tally;
        return ATT_OK;
    }
    if (cell->only)
        status = att_tally_add(&cell->pending, cell->only, error);
    cell->only = NULL;
    return status == ATT_OK ? att_tally_add(&cell->pending, tally, error) : status;
}

/* What has no date that periods could be told by; the table's rows by what they are of, transcripts by their ids. */
static att_status note_undated(att_cells *cells, att_span transcript, ptrdiff_t row, att_error *error)
{
    const att_speakers *speakers = cells->speakers;
    ptrdiff_t column = att_speakers_period_column(speakers);
    bool of_transcripts = column >= 0 && strcmp(att_speakers_period_by(speakers), "transcript") == 0;

    if (column < 0 || (row < 0 && !of_transcripts) || cells->study.values[column].size)
        return ATT_OK;
    att_span what = of_transcripts ? transcript : att_span_of(att_speakers_describe(speakers, (size_t)row));
    return att_names_add(&cells->undated, what) == ATT_NO_NAME ? att_fail_memory(error) : ATT_OK;
}

static att_status add_label(att_cells *cells, const att_transcript_tally *transcript, const att_label_tally *label,
                            att_error *error)
{
    ptrdiff_t row = att_speakers_row(cells->speakers, transcript->id, label->label);
    cells->identity.size = 0;
    att_speakers_identity(cells->speakers, transcript->id, label->label, &cells->identity);
    if (row == ATT_ROW_NO_MEMORY || cells->identity.failed)
        return att_fail_memory(error);
    if (row >= 0)
        cells->rows_used[row] = true;
    att_status status = att_study_columns_bind(&cells->study, cells->when, row, &transcript->said, label->label, error);
    if (status != ATT_OK)
        return status;
    if (att_exclusions_hold(&cells->exclusions, &cells->study)) {
        cells->excluded_turns += label->tally.turns;
        cells->excluded_tokens += label->tally.tokens;
        return ATT_OK;
    }
    uint32_t number = find_cell(cells, transcript, label->label);
    if (number == ATT_NO_NAME)
        return att_fail_memory(error);
    growing *cell = cells->cells[number];
    att_span identity = {cells->identity.data, cells->identity.size};
    if (att_names_add(&cell->speakers, identity) == ATT_NO_NAME ||
        att_names_add(&cells->identities, identity) == ATT_NO_NAME ||
        !att_grow(&cells->touched, &cells->touched_capacity, cells->touched_count + 1, sizeof *cells->touched))
        return att_fail_memory(error);
    if (!cell->touched)
        cells->touched[cells->touched_count++] = number;
    status = note_values(cells, cell, error);
    if (status == ATT_OK)
        status = note_undated(cells, transcript->id, row, error);
    if (status == ATT_OK)
        status = note_language(cells, cell, transcript->language, error);
    if (status == ATT_OK)
        status = att_tally_add(&cell->cell.turns, &label->tally, error);
    if (status == ATT_OK)
        status = add_pending(cell, &label->tally, error);
    return status;
}

/* What a cell's labels said in this transcript, together, becomes one unit. */
static att_status close_transcript(att_cells *cells, att_error *error)
{
    att_status status = ATT_OK;
    for (size_t i = 0; i < cells->touched_count; i++) {
        growing *cell = cells->cells[cells->touched[i]];
        if (status == ATT_OK)
            status = att_tally_add_unit(&cell->cell.transcripts, cell->only ? cell->only : &cell->pending,
                                        cells->scheme, error);
        att_tally_clear(&cell->pending);
        cell->only = NULL;
        cell->touched = false;
    }
    cells->touched_count = 0;
    return status;
}

att_status att_cells_add(att_cells *cells, const att_transcript_tally *transcript, att_error *error)
{
    att_status status = ATT_OK;
    cells->when = att_transcript_tally_when(transcript);
    for (size_t i = 0; status == ATT_OK && i < transcript->label_count; i++) {
        const att_label_tally *label = &transcript->labels[i];
        if (label->tally.tokens == 0)
            continue;
        if (label->label.size == 0) {
            cells->unlabelled_turns += label->tally.turns;
            cells->unlabelled_transcripts++;
        }
        status = add_label(cells, transcript, label, error);
    }
    att_status closed = close_transcript(cells, status == ATT_OK ? error : NULL);
    return status == ATT_OK ? closed : status;
}

/* ---- the end ---- */

/* What the speaker table says about a value's place: its values in the order of the rows. */
static att_status rank_values(att_cells *cells, by_column *by, att_error *error)
{
    const att_speakers *speakers = cells->speakers;
    for (size_t i = 0; by->source >= 0 && by->source == att_speakers_period_column(speakers); i++) {
        const char *name = att_speakers_period_name(speakers, i);
        if (!name)
            break;
        if (att_names_add(&by->ranks, att_span_of(name)) == ATT_NO_NAME)
            return att_fail_memory(error);
    }
    bool of_table = by->source < (ptrdiff_t)cells->study.of_table && by->source != BY_LANGUAGE;
    for (size_t row = 0; of_table && row < att_speakers_row_count(speakers); row++) {
        const char *value = by->source == BY_TRANSCRIPT ? att_speakers_transcript(speakers, row)
                            : by->source == BY_LABEL    ? att_speakers_label(speakers, row)
                            : by->source == BY_SPEAKER  ? att_speakers_name(speakers, row)
                                                        : att_speakers_value(speakers, row, (size_t)by->source);
        if (*value && att_names_add(&by->ranks, att_span_of(value)) == ATT_NO_NAME)
            return att_fail_memory(error);
    }
    return ATT_OK;
}

static int compare_values(const by_column *by, att_span a, att_span b)
{
    if (att_span_equal(a, b))
        return 0;
    if (a.size == 0 || b.size == 0)
        return a.size == 0 ? 1 : -1;
    uint32_t x = att_names_find(&by->ranks, a), y = att_names_find(&by->ranks, b); /* ATT_NO_NAME is the greatest */
    return x == y ? att_span_compare(a, b) : (x > y) - (x < y);
}

static int compare_cells(const void *a, const void *b, void *context)
{
    const att_cells *cells = context;
    const growing *x = *(growing *const *)a, *y = *(growing *const *)b;
    for (size_t i = 0; i < cells->by_count; i++) {
        int order = compare_values(&cells->by[i], x->cell.keys[i], y->cell.keys[i]);
        if (order)
            return order;
    }
    return 0;
}

static att_status finish_cell(att_cells *cells, growing *cell, att_error *error)
{
    att_span *values = att_arena_take(&cells->arena, (cells->column_count + 1) * sizeof *values);
    if (!values || !widen_cell(cells, cell))
        return att_fail_memory(error);
    for (size_t i = 0; i < cells->column_count; i++)
        values[i] = cell->rows[i] == NOT_CONSTANT ? (att_span){NULL, 0} : cells->columns[i].items[cell->rows[i]];
    cell->cell.values = values;
    cell->cell.speakers = cell->speakers.count;
    att_names_clear(&cell->speakers);
    return ATT_OK;
}

att_status att_cells_finish(att_cells *cells, att_error *error)
{
    att_status status = check_columns(cells, error);
    if (status == ATT_OK && !widen(cells))
        status = att_fail_memory(error);
    for (size_t i = 0; status == ATT_OK && i < cells->by_count; i++)
        status = rank_values(cells, &cells->by[i], error);
    for (size_t i = 0; status == ATT_OK && i < cells->cell_count; i++)
        status = finish_cell(cells, cells->cells[i], error);
    if (status == ATT_OK && cells->cell_count)
        qsort_r(cells->cells, cells->cell_count, sizeof(growing *), compare_cells, cells);
    return status;
}

/* ---- what there is ---- */

const att_scheme *att_cells_scheme(const att_cells *cells)
{
    return cells->scheme;
}

const att_speakers *att_cells_speakers(const att_cells *cells)
{
    return cells->speakers;
}

size_t att_cells_by_count(const att_cells *cells)
{
    return cells->by_count;
}

const char *att_cells_by(const att_cells *cells, size_t column)
{
    return cells->by[column].name;
}

ptrdiff_t att_cells_by_column(const att_cells *cells, size_t column)
{
    return cells->by[column].source >= 0 ? cells->by[column].source : -1;
}

size_t att_cells_column_count(const att_cells *cells)
{
    return cells->column_count;
}

const char *att_cells_column(const att_cells *cells, size_t column)
{
    return att_study_columns_name(&cells->study, column);
}

uint64_t att_cells_lost_facts(const att_cells *cells)
{
    return cells->study.lost;
}

size_t att_cells_count(const att_cells *cells)
{
    return cells->cell_count;
}

const att_study_cell *att_cells_get(const att_cells *cells, size_t index)
{
    return &cells->cells[index]->cell;
}

uint64_t att_cells_speaker_count(const att_cells *cells)
{
    return cells->identities.count;
}

const bool *att_cells_rows_used(const att_cells *cells)
{
    return cells->rows_used;
}

uint64_t att_cells_excluded_turns(const att_cells *cells)
{
    return cells->excluded_turns;
}

uint64_t att_cells_excluded_tokens(const att_cells *cells)
{
    return cells->excluded_tokens;
}

uint64_t att_cells_unlabelled_turns(const att_cells *cells)
{
    return cells->unlabelled_turns;
}

uint64_t att_cells_mixed_languages(const att_cells *cells)
{
    return cells->mixed_count;
}

uint64_t att_cells_unlabelled_transcripts(const att_cells *cells)
{
    return cells->unlabelled_transcripts;
}

size_t att_cells_undated_count(const att_cells *cells)
{
    return cells->undated.count;
}

att_span att_cells_undated(const att_cells *cells, size_t index)
{
    return cells->undated.items[index];
}
