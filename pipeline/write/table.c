/* Aligned columns for a terminal. Rows are kept until the end, because the widths depend on all of them. A table that
 * is wider than the terminal is cut into blocks of columns, each with the leading text columns in front, as R prints
 * data frames. */
#include "write/writer.h"

#include "base/arena.h"
#include "base/buffer.h"

#include <attune/text.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define GAP      2              /* spaces between columns */
#define MISSING  "\xE2\x80\x93" /* an en dash */
#define ELLIPSIS "\xE2\x80\xA6" /* one column wide */

typedef struct {
    size_t width;
    int decimals; /* of reals */
} column_shape;

typedef struct {
    att_arena arena; /* the cells' text */
    att_cell *cells; /* row after row */
    size_t count;
    size_t capacity;
    att_span *names; /* of the columns, made harmless */
    column_shape *shapes;
    att_buffer line;
} table_state;

/* ---- gathering ---- */

static att_status table_close(att_writer *writer, att_error *error);

static att_status copy_clean(table_state *state, att_span *out, att_span text, att_error *error)
{
    if (text.size > SIZE_MAX / 8)
        return att_fail_memory(error);
    char *copy = att_arena_take(&state->arena, ATT_TEXT_CLEAN_SIZE(text.size) + 1);
    if (!copy)
        return att_fail_memory(error);
    *out = (att_span){copy, att_text_clean(copy, text)};
    return ATT_OK;
}

static att_status table_open(att_writer *writer, att_error *error)
{
    table_state *state = calloc(1, sizeof *state);
    if (!state)
        return att_fail_memory(error);
    writer->state = state;
    size_t count = writer->table->count;
    state->names = calloc(count + 1, sizeof *state->names);
    state->shapes = calloc(count + 1, sizeof *state->shapes);
    if (!state->names || !state->shapes) {
        writer->failed = true;
        table_close(writer, NULL);
        return att_fail_memory(error);
    }
    att_status status = ATT_OK;
    for (size_t i = 0; status == ATT_OK && i < count; i++)
        status = copy_clean(state, &state->names[i], att_span_of(writer->table->columns[i].name), error);
    if (status != ATT_OK) {
        writer->failed = true;
        table_close(writer, NULL);
    }
    return status;
}

static att_status table_row(att_writer *writer, const att_cell *cells, att_error *error)
{
    table_state *state = writer->state;
    size_t count = writer->table->count;
    if (!att_grow(&state->cells, &state->capacity, state->count + count, sizeof *state->cells))
        return att_fail_memory(error);
    for (size_t i = 0; i < count; i++) {
        att_cell *copy = &state->cells[state->count + i];
        *copy = cells[i];
        if (copy->state == ATT_PRESENT && writer->table->columns[i].type == ATT_TEXT) {
            att_status status = copy_clean(state, &copy->as.text, cells[i].as.text, error);
            if (status != ATT_OK)
                return status;
        }
    }
    state->count += count;
    return ATT_OK;
}

/* ---- measuring ---- */

static size_t row_count(const att_writer *writer)
{
    const table_state *state = writer->state;
    return writer->table->count ? state->count / writer->table->count : 0;
}

static const att_cell *cell_at(const att_writer *writer, size_t row, size_t column)
{
    const table_state *state = writer->state;
    return &state->cells[row * writer->table->count + column];
}

/* As many decimals for all of a column as leave its largest number with about three significant digits. */
static int find_decimals(const att_writer *writer, size_t column)
{
    double largest = 0;
    for (size_t row = 0; row < row_count(writer); row++) {
        const att_cell *cell = cell_at(writer, row, column);
        if (cell->state == ATT_PRESENT && isfinite(cell->as.real))
            largest = fmax(largest, fabs(cell->as.real));
    }
    if (largest == 0)
        return 1;
    return largest >= 1000 ? 0 : largest >= 10 ? 1 : largest >= 1 ? 2 : 3;
}

/* The cell's text; numbers are put into room. */
static att_span cell_text(const att_writer *writer, size_t column, const att_cell *cell, char room[ATT_REAL_ROOM])
{
    const table_state *state = writer->state;
    if (cell->state == ATT_MISSING)
        return att_span_of(MISSING);
    switch (writer->table->columns[column].type) {
    case ATT_INTEGER:
        snprintf(room, ATT_REAL_ROOM, "%llu", (unsigned long long)cell->as.integer);
        break;
    case ATT_REAL:
        att_format_fixed(room, cell->as.real, state->shapes[column].decimals);
        break;
    default:
        return cell->as.text;
    }
    return att_span_of(room);
}

static void measure(const att_writer *writer)
{
    const table_state *state = writer->state;
    for (size_t column = 0; column < writer->table->count; column++) {
        column_shape *shape = &state->shapes[column];
        if (writer->table->columns[column].type == ATT_REAL)
            shape->decimals = find_decimals(writer, column);
        shape->width = att_text_width(state->names[column]);
        for (size_t row = 0; row < row_count(writer); row++) {
            char room[ATT_REAL_ROOM];
            size_t width = att_text_width(cell_text(writer, column, cell_at(writer, row, column), room));
            if (width > shape->width)
                shape->width = width;
        }
    }
}

/* The leading text columns say what a row is about. */
static size_t key_count(const att_writer *writer)
{
    size_t count = 0;
    while (count < writer->table->count && writer->table->columns[count].type == ATT_TEXT)
        count++;
    return count;
}

static size_t total_width(const table_state *state, size_t from, size_t to)
{
    size_t total = 0;
    for (size_t i = from; i < to; i++)
        total += state->shapes[i].width + GAP;
    return total;
}

/* Long texts must not crowd the numbers out: the keys get at most half the width together, the widest giving way first,
 * and no other text more than what is left beside them. */
static void shrink_texts(const att_writer *writer, size_t keys)
{
    const table_state *state = writer->state;
    const size_t least = 8;
    size_t width = (size_t)writer->width;
    while (total_width(state, 0, keys) > width / 2) {
        size_t widest = 0;
        for (size_t i = 1; i < keys; i++)
            if (state->shapes[i].width > state->shapes[widest].width)
                widest = i;
        if (state->shapes[widest].width <= least)
            break;
        state->shapes[widest].width--;
    }
    size_t taken = total_width(state, 0, keys);
    size_t room = width > taken + least ? width - taken : least;
    for (size_t i = keys; i < writer->table->count; i++)
        if (writer->table->columns[i].type == ATT_TEXT && state->shapes[i].width > room)
            state->shapes[i].width = room;
}

/* ---- printing ---- */

static void put_spaces(att_buffer *line, size_t count)
{
    while (count-- > 0)
        att_buffer_char(line, ' ');
}

static void put_aligned(att_buffer *line, att_span text, size_t width, bool right)
{
    size_t taken = att_text_width(text);
    if (taken > width) {
        text = att_text_head(text, width - 1);
        att_buffer_span(line, text);
        att_buffer_text(line, ELLIPSIS);
        put_spaces(line, width - 1 - att_text_width(text));
        return;
    }
    if (right)
        put_spaces(line, width - taken);
    att_buffer_span(line, text);
    if (!right)
        put_spaces(line, width - taken);
}

static void end_line(att_writer *writer, att_buffer *line)
{
    while (line->size && line->data[line->size - 1] == ' ')
        line->size--;
    att_buffer_char(line, '\n');
    if (!line->failed)
        fwrite(line->data, 1, line->size, writer->stream);
    line->size = 0;
}

/* row SIZE_MAX: the names. */
static void put_columns(const att_writer *writer, att_buffer *line, size_t row, size_t from, size_t to)
{
    const table_state *state = writer->state;
    for (size_t column = from; column < to; column++) {
        char room[ATT_REAL_ROOM];
        att_span text =
            row == SIZE_MAX ? state->names[column] : cell_text(writer, column, cell_at(writer, row, column), room);
        if (line->size)
            put_spaces(line, GAP);
        put_aligned(line, text, state->shapes[column].width, writer->table->columns[column].type != ATT_TEXT);
    }
}

static void print_block(att_writer *writer, size_t keys, size_t from, size_t to)
{
    table_state *state = writer->state;
    for (size_t line = 0; line <= row_count(writer); line++) {
        size_t row = line == 0 ? SIZE_MAX : line - 1;
        put_columns(writer, &state->line, row, 0, keys);
        put_columns(writer, &state->line, row, from, to);
        end_line(writer, &state->line);
    }
}

static void print(att_writer *writer)
{
    table_state *state = writer->state;
    size_t count = writer->table->count, keys = key_count(writer);
    measure(writer);
    if (writer->width > 0)
        shrink_texts(writer, keys);
    size_t from = keys;
    do {
        /* At least one column a block, even where the terminal is too narrow for it. */
        size_t to = from < count ? from + 1 : from;
        size_t width = total_width(state, 0, keys) + total_width(state, from, to);
        while (to < count && (writer->width <= 0 || width + state->shapes[to].width <= (size_t)writer->width))
            width += state->shapes[to++].width + GAP;
        if (from > keys)
            fputc('\n', writer->stream);
        print_block(writer, keys, from, to);
        from = to;
    } while (from < count);
}

static att_status table_close(att_writer *writer, att_error *error)
{
    table_state *state = writer->state;
    if (!state)
        return ATT_OK;
    if (!writer->failed)
        print(writer);
    att_status status = state->line.failed ? att_fail_memory(error) : ATT_OK;
    att_arena_clear(&state->arena);
    free(state->cells);
    free(state->names);
    free(state->shapes);
    att_buffer_clear(&state->line);
    free(state);
    writer->state = NULL;
    return status;
}

const att_writer_format att_writer_table = {
    .name = "table",
    .description = "aligned columns for a terminal",
    .extensions = "",
    .open = table_open,
    .row = table_row,
    .close = table_close,
};
