#include "run/tables.h"

#include "base/arena.h"
#include "estimate/balance.h"
#include "estimate/rate.h"

#include <stdlib.h>
#include <string.h>

/* So many top markers a terminal can show; the rest is in speakers.csv. */
enum { SUMMARY_MARKERS = 8 };

struct att_view {
    att_view_kind kind;
    const att_cells *cells;
    double level;
    att_table table;
    att_column *columns;
    size_t *others; /* columns of the speaker table that speakers.csv shows besides those it is grouped by */
    size_t other_count;
    uint32_t *nodes; /* whose rates are columns */
    size_t node_count;
    att_arena arena; /* the columns' names */
};

/* ---- columns ---- */

static const att_column score_columns[] = {
    {"marker", "Marker", ATT_TEXT},
    {"tokens", "Tokens", ATT_INTEGER},
    {"hits", "Hits in the senses that the marker counts", ATT_INTEGER},
    {"hits_used", "Hits used by the speaker", ATT_INTEGER},
    {"hits_mentioned", "Hits mentioned only", ATT_INTEGER},
    {"hits_negated", "Hits negated", ATT_INTEGER},
    {"hits_reported", "Hits in another's voice", ATT_INTEGER},
    {"weighted", "Sum of the weights of the hits", ATT_REAL},
    {"covered_tokens", "Distinct tokens inside any hit", ATT_INTEGER},
    {"covered_percent", "Per cent of tokens inside any hit", ATT_REAL},
    {"rate", "Hits per 1,000 tokens", ATT_REAL},
    {"rate_lo", "Lower bound of the rate", ATT_REAL},
    {"rate_hi", "Upper bound of the rate", ATT_REAL},
    {"dispersion", "Dispersion between clusters, at least 1", ATT_REAL},
    {"cluster", "Kind of cluster", ATT_TEXT},
    {"clusters", "Clusters", ATT_INTEGER},
    {"turns", "Turns", ATT_INTEGER},
    {"note", "Note", ATT_TEXT},
};

static const att_column speaker_columns[] = {
    {"tokens", "Tokens", ATT_INTEGER},
    {"turns", "Turns", ATT_INTEGER},
    {"balance", "Balance: log2 of appreciative over technical hits", ATT_REAL},
    {"balance_lo", "Lower bound of the balance", ATT_REAL},
    {"balance_hi", "Upper bound of the balance", ATT_REAL},
};

enum {
    SCORE_COLUMNS = sizeof score_columns / sizeof *score_columns,
    SPEAKER_COLUMNS = sizeof speaker_columns / sizeof *speaker_columns
};

static const att_column note_column = {"note", "Note", ATT_TEXT};

static void add_column(att_view *view, att_column column)
{
    view->columns[view->table.count++] = column;
}

static char *join(att_view *view, const char *first, const char *second)
{
    size_t a = strlen(first), b = strlen(second);
    char *text = att_arena_take(&view->arena, a + b + 1);
    if (text) {
        memcpy(text, first, a);
        memcpy(text + a, second, b);
        text[a + b] = '\0';
    }
    return text;
}

static bool is_among(const att_column *columns, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(columns[i].name, name) == 0)
            return true;
    return false;
}

/* Is this the name of one of attune's own columns in this view? */
static bool is_own(const att_view *view, const char *name)
{
    if (view->kind == ATT_VIEW_SCORES)
        return is_among(score_columns, SCORE_COLUMNS, name);
    if (is_among(speaker_columns, SPEAKER_COLUMNS, name) || is_among(&note_column, 1, name))
        return true;
    const att_scheme *scheme = att_cells_scheme(view->cells);
    for (uint32_t i = 0; strncmp(name, "rate_", 5) == 0 && i < scheme->count; i++)
        if (strcmp(name + 5, scheme->nodes[i].path) == 0)
            return true;
    return false;
}

static bool is_taken(const att_view *view, const char *name)
{
    for (size_t i = 0; i < att_cells_column_count(view->cells); i++)
        if (strcmp(att_cells_column(view->cells, i), name) == 0)
            return true;
    return is_own(view, name);
}

static att_status add_study_column(att_view *view, const char *name, att_error *error)
{
    const char *shown = name;
    if (is_own(view, name)) {
        do {
            shown = join(view, "study_", shown);
        } while (shown && is_taken(view, shown));
    } else {
        shown = join(view, "", name);
    }
    if (!shown)
        return att_fail_memory(error);
    add_column(view, (att_column){shown, shown, ATT_TEXT});
    return ATT_OK;
}

static att_status add_by_columns(att_view *view, att_error *error)
{
    att_status status = ATT_OK;
    for (size_t i = 0; status == ATT_OK && i < att_cells_by_count(view->cells); i++)
        status = add_study_column(view, att_cells_by(view->cells, i), error);
    return status;
}

static bool is_by_column(const att_cells *cells, size_t column)
{
    for (size_t i = 0; i < att_cells_by_count(cells); i++)
        if (att_cells_by_column(cells, i) == (ptrdiff_t)column)
            return true;
    return false;
}

static int compare_names(const void *a, const void *b, void *context)
{
    const size_t *x = a, *y = b;
    return strcmp(att_cells_column(context, *x), att_cells_column(context, *y));
}

/* The table's as it has them, then the transcripts' own by name. */
static att_status add_other_columns(att_view *view, att_error *error)
{
    size_t of_table = att_speakers_column_count(att_cells_speakers(view->cells)), table_others = 0;
    att_status status = ATT_OK;
    for (size_t i = 0; i < att_cells_column_count(view->cells); i++) {
        if (is_by_column(view->cells, i))
            continue;
        view->others[view->other_count++] = i;
        table_others += i < of_table;
    }
    if (view->other_count > table_others)
        qsort_r(view->others + table_others, view->other_count - table_others, sizeof *view->others, compare_names,
                (void *)(uintptr_t)view->cells);
    for (size_t i = 0; status == ATT_OK && i < view->other_count; i++)
        status = add_study_column(view, att_cells_column(view->cells, view->others[i]), error);
    return status;
}

static att_status add_rate_column(att_view *view, uint32_t node, const char *before, const char *name,
                                  const char *after, att_error *error)
{
    char *shown = join(view, before, name);
    if (shown && *after)
        shown = join(view, shown, after);
    char *label = join(view, "Hits per 1,000 tokens: ", att_cells_scheme(view->cells)->nodes[node].label);
    if (!shown || !label)
        return att_fail_memory(error);
    view->nodes[view->node_count++] = node;
    add_column(view, (att_column){shown, label, ATT_REAL});
    return ATT_OK;
}

static att_status add_all_rates(att_view *view, att_error *error)
{
    const att_scheme *scheme = att_cells_scheme(view->cells);
    att_status status = ATT_OK;
    for (uint32_t i = 0; status == ATT_OK && i < scheme->count; i++)
        status = add_rate_column(view, i, "rate_", scheme->nodes[i].path, "", error);
    return status;
}

static const char *last_part(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot ? dot + 1 : path;
}

/* The poles first, then the markers at the top; the name says "per mille", which is short for per 1,000 tokens. */
static att_status add_summary_rates(att_view *view, att_error *error)
{
    static const char per_mille[] = " \xE2\x80\xB0";
    const att_scheme *scheme = att_cells_scheme(view->cells);
    att_status status = ATT_OK;
    for (uint32_t i = 0; status == ATT_OK && i < scheme->count; i++)
        if (scheme->nodes[i].is_pole)
            status = add_rate_column(view, i, "", last_part(scheme->nodes[i].path), per_mille, error);
    size_t shown = 0;
    for (uint32_t i = 0; status == ATT_OK && i < scheme->count && shown < SUMMARY_MARKERS; i++) {
        if (scheme->nodes[i].is_pole || scheme->nodes[i].parent != ATT_NO_NODE)
            continue;
        status = add_rate_column(view, i, "", scheme->nodes[i].path, per_mille, error);
        shown++;
    }
    return status;
}

static att_status add_score_columns(att_view *view, att_error *error)
{
    att_status status = add_by_columns(view, error);
    for (size_t i = 0; status == ATT_OK && i < SCORE_COLUMNS; i++)
        add_column(view, score_columns[i]);
    return status;
}

static att_status add_speaker_columns(att_view *view, att_error *error)
{
    bool summary = view->kind == ATT_VIEW_SUMMARY;
    att_status status = add_by_columns(view, error);
    if (status == ATT_OK && !summary)
        status = add_other_columns(view, error);
    for (size_t i = 0; status == ATT_OK && i < SPEAKER_COLUMNS; i++)
        add_column(view, speaker_columns[i]);
    if (status == ATT_OK)
        status = summary ? add_summary_rates(view, error) : add_all_rates(view, error);
    if (status == ATT_OK && !summary)
        add_column(view, note_column);
    return status;
}

att_status att_view_new(att_view **out, const att_cells *cells, att_view_kind kind, double level, att_error *error)
{
    att_view *view = calloc(1, sizeof *view);
    if (!view)
        return att_fail_memory(error);
    size_t study_columns = att_cells_column_count(cells);
    size_t nodes = att_cells_scheme(cells)->count;
    view->kind = kind;
    view->cells = cells;
    view->level = level;
    view->columns = calloc(att_cells_by_count(cells) + study_columns + nodes + SCORE_COLUMNS + SPEAKER_COLUMNS,
                           sizeof *view->columns);
    view->others = calloc(study_columns + 1, sizeof *view->others);
    view->nodes = calloc(nodes + 1, sizeof *view->nodes);
    view->table.name = kind == ATT_VIEW_SCORES ? "scores" : "speakers";
    view->table.columns = view->columns;
    att_status status;
    if (!view->columns || !view->others || !view->nodes)
        status = att_fail_memory(error);
    else
        status = kind == ATT_VIEW_SCORES ? add_score_columns(view, error) : add_speaker_columns(view, error);
    if (status != ATT_OK) {
        att_view_free(view);
        return status;
    }
    *out = view;
    return ATT_OK;
}

void att_view_free(att_view *view)
{
    if (!view)
        return;
    free(view->columns);
    free(view->others);
    free(view->nodes);
    att_arena_clear(&view->arena);
    free(view);
}

const att_table *att_view_table(const att_view *view)
{
    return &view->table;
}

/* ---- cells ---- */

static att_cell text_cell(att_span text)
{
    return text.size ? (att_cell){.state = ATT_PRESENT, .as.text = text} : (att_cell){.state = ATT_MISSING};
}

static att_cell integer_cell(uint64_t number)
{
    return (att_cell){.state = ATT_PRESENT, .as.integer = number};
}

static att_cell real_cell(bool there, double number)
{
    return there ? (att_cell){.state = ATT_PRESENT, .as.real = number} : (att_cell){.state = ATT_MISSING};
}

static att_cell note_cell(const char *note)
{
    return text_cell(att_span_of(note));
}

/* ---- estimates ---- */

static att_rate_sums rate_sums(const att_tally *tally, const att_node_tally *node)
{
    return (att_rate_sums){.units = tally->turns,
                           .sum_nn = tally->sum_nn,
                           .sum_yy = node ? node->sum_yy : 0,
                           .sum_yn = node ? node->sum_yn : 0};
}

static att_rate estimate_rate(const att_study_cell *cell, uint32_t node, double level, att_quantiles *quantiles)
{
    const att_node_tally *by_turn = att_tally_find(&cell->turns, node);
    const att_node_tally *by_transcript = att_tally_find(&cell->transcripts, node);
    att_rate_input input = {.tokens = cell->turns.tokens,
                            .hits = by_turn ? by_turn->hits : 0,
                            .turns = rate_sums(&cell->turns, by_turn),
                            .transcripts = rate_sums(&cell->transcripts, by_transcript)};
    return att_rate_estimate(&input, level, quantiles);
}

static uint64_t hits_used(const att_tally *tally, uint32_t node)
{
    const att_node_tally *found = node == ATT_NO_NODE ? NULL : att_tally_find(tally, node);
    return found ? found->senses[ATT_USED] : 0;
}

static att_balance_sums balance_sums(const att_tally *tally)
{
    return (att_balance_sums){
        .units = tally->turns, .sum_aa = tally->sum_aa, .sum_bb = tally->sum_bb, .sum_ab = tally->sum_ab};
}

static att_balance estimate_balance(const att_study_cell *cell, const att_scheme *scheme, double level)
{
    if (scheme->technical == ATT_NO_NODE || scheme->appreciative == ATT_NO_NODE)
        return (att_balance){.note = "no balance: the lexicons do not have both poles"};
    att_balance_input input = {.appreciative = hits_used(&cell->turns, scheme->appreciative),
                               .technical = hits_used(&cell->turns, scheme->technical),
                               .turns = balance_sums(&cell->turns),
                               .transcripts = balance_sums(&cell->transcripts)};
    return att_balance_estimate(&input, level);
}

/* ---- rows ---- */

enum { PART_CELLS = 256 };

static size_t put_keys(const att_view *view, const att_study_cell *cell, att_cell *row)
{
    size_t count = att_cells_by_count(view->cells);
    for (size_t i = 0; i < count; i++)
        row[i] = text_cell(cell->keys[i]);
    return count;
}

static void put_score(const att_view *view, const att_study_cell *cell, uint32_t number, att_quantiles *quantiles,
                      att_cell *row)
{
    const att_node_tally *node = att_tally_find(&cell->turns, number);
    const att_node_tally none = {0};
    if (!node)
        node = &none;
    att_rate rate = estimate_rate(cell, number, view->level, quantiles);
    uint64_t tokens = cell->turns.tokens;
    double covered = tokens ? 100 * ((double)node->covered / (double)tokens) : 0;
    size_t at = 0;
    row[at++] = text_cell(att_span_of(att_cells_scheme(view->cells)->nodes[number].path));
    row[at++] = integer_cell(tokens);
    row[at++] = integer_cell(node->hits);
    for (int sense = 0; sense < ATT_SENSES; sense++)
        row[at++] = integer_cell(node->senses[sense]);
    row[at++] = real_cell(true, (double)node->weight / (double)ATT_WEIGHT_ONE);
    row[at++] = integer_cell(node->covered);
    row[at++] = real_cell(tokens > 0, covered);
    row[at++] = real_cell(rate.has_rate, rate.rate);
    row[at++] = real_cell(rate.has_interval, rate.lo);
    row[at++] = real_cell(rate.has_interval, rate.hi);
    row[at++] = real_cell(rate.has_dispersion, rate.dispersion);
    row[at++] = text_cell(att_span_of(att_cluster_name(rate.cluster)));
    row[at++] = integer_cell(rate.clusters);
    row[at++] = integer_cell(cell->turns.turns);
    row[at++] = note_cell(rate.note);
}

static att_status write_scores(const att_view *view, const att_study_cell *cell, att_quantiles *quantiles,
                               att_cell *row, att_writer *writer, att_error *error)
{
    size_t keys = put_keys(view, cell, row);
    att_status status = ATT_OK;
    for (uint32_t node = 0; status == ATT_OK && node < att_cells_scheme(view->cells)->count; node++) {
        put_score(view, cell, node, quantiles, row + keys);
        status = att_writer_row(writer, row, error);
    }
    return status;
}

static att_status write_speaker(const att_view *view, const att_study_cell *cell, att_cell *row, att_writer *writer,
                                att_error *error)
{
    att_balance balance = estimate_balance(cell, att_cells_scheme(view->cells), view->level);
    size_t at = put_keys(view, cell, row);
    for (size_t i = 0; i < view->other_count; i++)
        row[at++] = text_cell(cell->values[view->others[i]]);
    row[at++] = integer_cell(cell->turns.tokens);
    row[at++] = integer_cell(cell->turns.turns);
    row[at++] = real_cell(balance.has_balance, balance.balance);
    row[at++] = real_cell(balance.has_interval, balance.lo);
    row[at++] = real_cell(balance.has_interval, balance.hi);
    for (size_t i = 0; i < view->node_count; i++) {
        const att_node_tally *node = att_tally_find(&cell->turns, view->nodes[i]);
        row[at++] = real_cell(cell->turns.tokens > 0, att_rate_of(node ? node->hits : 0, cell->turns.tokens));
    }
    if (view->kind == ATT_VIEW_SPEAKERS)
        row[at++] = note_cell(balance.note);
    return att_writer_row(writer, row, error);
}

/* The rows of the cells [from, to). */
static att_status write_cells(const att_view *view, size_t from, size_t to, att_writer *writer, att_error *error)
{
    att_cell *row = calloc(view->table.count + 1, sizeof *row);
    if (!row)
        return att_fail_memory(error);
    att_quantiles quantiles = {0};
    att_status status = ATT_OK;
    for (size_t i = from; status == ATT_OK && i < to; i++) {
        const att_study_cell *cell = att_cells_get(view->cells, i);
        status = view->kind == ATT_VIEW_SCORES ? write_scores(view, cell, &quantiles, row, writer, error)
                                               : write_speaker(view, cell, row, writer, error);
    }
    free(row);
    return status;
}

/* Opens a writer, gives it the rows of some cells and closes it. */
static att_status write_part(const att_view *view, att_writer writer, const att_writer_format *format, size_t from,
                             size_t to, FILE *stream, att_error *error)
{
    att_status status = att_writer_open(&writer, format, &view->table, stream, error);
    if (status != ATT_OK)
        return status;
    status = write_cells(view, from, to, &writer, error);
    att_status closed = att_writer_close(&writer, status == ATT_OK ? error : NULL);
    return status == ATT_OK ? closed : status;
}

/* A part of the table as text in memory. */
static att_status render_part(const att_view *view, const att_writer_format *format, size_t part, char **text,
                              size_t *size, att_error *error)
{
    size_t from = part * PART_CELLS, count = att_cells_count(view->cells);
    size_t to = count - from < PART_CELLS ? count : from + PART_CELLS;
    FILE *stream = open_memstream(text, size);
    if (!stream)
        return att_fail_memory(error);
    att_writer writer = {.rows_only = part > 0};
    att_status status = write_part(view, writer, format, from, to, stream, error);
    bool failed = ferror(stream) != 0;
    failed |= fclose(stream) != 0;
    return status == ATT_OK && failed ? att_fail_memory(error) : status;
}

/* Parts are made by all threads and written in order. */
static att_status write_parts(const att_view *view, const att_writer_format *format, FILE *stream, int threads,
                              att_error *error)
{
    size_t parts = (att_cells_count(view->cells) + PART_CELLS - 1) / PART_CELLS;
    att_status first = ATT_OK;
#pragma omp parallel for ordered schedule(static, 1) num_threads(threads)
    for (size_t part = 0; part < parts; part++) {
        char *text = NULL;
        size_t size = 0;
        att_error own = {0};
        att_status status = render_part(view, format, part, &text, &size, &own);
#pragma omp ordered
        {
            if (first == ATT_OK && status != ATT_OK) {
                first = status;
                if (error)
                    *error = own;
            }
            if (first == ATT_OK)
                fwrite(text, 1, size, stream);
        }
        free(text);
    }
    return first;
}

att_status att_view_write(const att_view *view, const att_writer_format *format, FILE *stream, int width, int threads,
                          att_error *error)
{
    if (format->independent && threads > 1 && att_cells_count(view->cells) > PART_CELLS)
        return write_parts(view, format, stream, threads, error);
    att_writer writer = {.width = width};
    return write_part(view, writer, format, 0, att_cells_count(view->cells), stream, error);
}
