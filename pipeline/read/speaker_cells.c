#include "read/speaker_cells.h"

#include "base/utf8.h"
#include "read/labels.h"
#include "read/scan.h"
#include "read/stamps.h"

#include <stdlib.h>
#include <strings.h>

enum { COLUMNS = 5 }; /* a table with more is no transcript */

typedef enum {
    COLUMN_TEXT,
    COLUMN_EMPTY,   /* but for the first row, perhaps */
    COLUMN_NUMBERS, /* that count the rows: left out */
    COLUMN_TIMES,
} column_kind;

/* What was made out about a table. */
typedef struct {
    size_t width;
    column_kind kinds[COLUMNS];
    size_t label;  /* columns; */
    size_t speech; /* label == speech: it has no column of speakers */
} table_plan;

/* The first column of a row, taken apart. */
typedef struct {
    att_span name;
    att_span stamp; /* that stands below or above it */
    bool fits;
} cell_label;

void att_table_clear(att_table *table)
{
    att_buffer_clear(&table->text);
    free(table->cells);
    free(table->rows);
    *table = (att_table){0};
}

void att_table_row(att_table *table)
{
    if (!att_grow(&table->rows, &table->row_capacity, table->row_count + 1, sizeof *table->rows)) {
        table->failed = true;
        return;
    }
    table->rows[table->row_count++] = (att_row){.first = table->cell_count};
}

void att_table_cell(att_table *table)
{
    if (table->row_count == 0)
        att_table_row(table);
    if (table->failed || !att_grow(&table->cells, &table->cell_capacity, table->cell_count + 1, sizeof *table->cells)) {
        table->failed = true;
        return;
    }
    table->cells[table->cell_count++] = (att_cell){table->cell_from, table->text.size};
    table->cell_from = table->text.size;
    table->rows[table->row_count - 1].count++;
}

static att_span trimmed(const char *text, size_t from, size_t to)
{
    from = att_white_skip(text, to, from);
    return (att_span){text + from, att_white_trim(text, from, to) - from};
}

static att_span cell_text(const att_table *table, const att_row *row, size_t column)
{
    const att_cell *cell = &table->cells[row->first + column];

    return cell->to > cell->from ? trimmed(table->text.data, cell->from, cell->to) : (att_span){"", 0};
}

static bool is_stamp(att_span text)
{
    att_stamp stamp;

    return (att_stamp_marked(&stamp, text.text, text.size) || att_stamp_bare(&stamp, text.text, text.size, false)) &&
           stamp.size == text.size;
}

/* "12", "12."; 0: no number. */
static uint64_t number_of(att_span text)
{
    uint64_t number = 0;
    size_t at = 0;

    for (; at < text.size && at < 9 && text.text[at] >= '0' && text.text[at] <= '9'; at++)
        number = number * 10 + (uint64_t)(text.text[at] - '0');
    at += at > 0 && at < text.size && text.text[at] == '.';
    return at == text.size ? number : 0;
}

static bool bracket_peel(att_span *text)
{
    char closing = text->size > 2 ? att_bracket_closing(text->text[0]) : '\0';

    if (!closing || text->text[text->size - 1] != closing || memchr(text->text + 1, text->text[0], text->size - 2))
        return false;
    *text = trimmed(text->text, 1, text->size - 1);
    return true;
}

static void colon_peel(att_span *text)
{
    if (text->size && text->text[text->size - 1] == ':')
        *text = trimmed(text->text, 0, text->size - 1);
    else if (text->size > 3 && memcmp(text->text + text->size - 3, "\xEF\xBC\x9A", 3) == 0)
        *text = trimmed(text->text, 0, text->size - 3);
}

/* Has it the shape of a label, and can it be written as one again? */
static bool is_name(att_span text)
{
    char plain[4 * ATT_LABEL_MOST];

    if (!text.size || text.size > sizeof plain || att_utf8_count(text.text, text.size) > ATT_LABEL_MOST ||
        memchr(text.text, '\n', text.size) || is_stamp(text))
        return false;
    memcpy(plain, text.text, text.size);
    for (char *colon = plain; (colon = memchr(colon, ':', (size_t)(plain + text.size - colon)));) {
        bool inside = colon > plain && colon + 1 < plain + text.size && colon[-1] != ' ' && colon[1] != ' ';
        if (!inside || memchr(text.text, ']', text.size))
            return false;
        *colon = '-'; /* "Sprecher:in" */
    }
    return att_label_look((att_span){plain, text.size}, true).fits;
}

/* A cell of up to two lines, one of which is a name and the other a time. */
static cell_label label_of(att_span cell)
{
    const char *line_end = cell.size ? memchr(cell.text, '\n', cell.size) : NULL;
    cell_label label = {.name = cell};

    if (line_end) {
        size_t size = (size_t)(line_end - cell.text);
        att_span first = trimmed(cell.text, 0, size);
        att_span second = trimmed(cell.text, size, cell.size);
        bool stamp_first = is_stamp(first);
        label.stamp = stamp_first ? first : second;
        label.name = stamp_first ? second : first;
        if (!is_stamp(label.stamp))
            return label;
    }
    colon_peel(&label.name);
    if (bracket_peel(&label.name))
        colon_peel(&label.name);
    label.fits = is_name(label.name);
    return label;
}

/* The most frequent number of cells in a row. */
static size_t width_of(const att_table *table)
{
    size_t rows[COLUMNS + 1] = {0};
    size_t most = 0;

    for (size_t i = 0; i < table->row_count; i++)
        if (table->rows[i].count <= COLUMNS)
            rows[table->rows[i].count]++;
    for (size_t i = 2; i <= COLUMNS; i++)
        if (rows[i] > 0 && (!most || rows[i] > rows[most]))
            most = i;
    return rows[most] * 2 >= table->row_count ? most : 0;
}

/* Could the row be the table's heading? */
static bool may_head(const att_table *table, size_t row)
{
    return table->rows[row].header || (row == 0 && table->row_count > 2);
}

static column_kind kind_of(const att_table *table, size_t width, size_t column)
{
    size_t stamps = 0, numbers = 0, filled = 0;
    uint64_t last = 0;

    for (size_t i = 0; i < table->row_count; i++) {
        const att_row *row = &table->rows[i];
        att_span text;
        if (row->count != width || (text = cell_text(table, row, column)).size == 0)
            continue;
        uint64_t number = number_of(text);
        bool stamp = is_stamp(text);
        if (!number && !stamp && may_head(table, i))
            continue;
        filled++;
        stamps += stamp;
        numbers += number > last;
        last = number;
    }
    if (filled == 0)
        return COLUMN_EMPTY;
    return stamps == filled ? COLUMN_TIMES : numbers == filled && filled > 2 ? COLUMN_NUMBERS : COLUMN_TEXT;
}

/* Are most cells of the column short and shaped like labels? */
static bool is_label_column(const att_table *table, size_t width, size_t column)
{
    size_t fitting = 0, filled = 0;

    for (size_t i = 0; i < table->row_count; i++) {
        const att_row *row = &table->rows[i];
        att_span text;
        if (row->count != width || (text = cell_text(table, row, column)).size == 0)
            continue;
        filled++;
        fitting += label_of(text).fits;
    }
    return filled && fitting * 3 >= filled * 2;
}

static table_plan plan_make(const att_table *table)
{
    table_plan plan = {.width = width_of(table)};
    size_t text[COLUMNS];
    size_t count = 0;

    for (size_t i = 0; i < plan.width; i++) {
        plan.kinds[i] = kind_of(table, plan.width, i);
        if (plan.kinds[i] == COLUMN_TEXT)
            text[count++] = i;
    }
    if (count == 2 && is_label_column(table, plan.width, text[0])) {
        plan.label = text[0];
        plan.speech = text[1];
    } else if (count == plan.width) {
        plan.width = 0; /* nothing is known about it */
    }
    return plan;
}

static bool is_heading_word(att_span text)
{
    static const char *const words[] = {"speaker",  "speakers",   "name",        "person",     "participant",
                                        "sprecher", "sprecherin", "sprecher:in", "sprechende", "teilnehmer",
                                        "talare",   "locuteur",   "locutrice",   "hablante",   "participante",
                                        "spreker",  "parlante",   "falante"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == text.size && strncasecmp(words[i], text.text, text.size) == 0)
            return true;
    return false;
}

static bool is_heading(const att_table *table, const table_plan *plan, size_t index)
{
    const att_row *row = &table->rows[index];

    if (row->header)
        return true;
    if (index > 0)
        return false;
    for (size_t i = 0; i < plan->width; i++) {
        att_span text = cell_text(table, row, i);
        if (plan->kinds[i] == COLUMN_TIMES && text.size && !is_stamp(text))
            return true;
        if (plan->kinds[i] == COLUMN_NUMBERS && text.size && !number_of(text))
            return true;
    }
    return plan->label != plan->speech && is_heading_word(cell_text(table, row, plan->label));
}

static void stamp_write(att_buffer *out, att_span stamp)
{
    bool bare = stamp.size && stamp.text[0] >= '0' && stamp.text[0] <= '9';

    if (!stamp.size)
        return;
    att_buffer_text(out, bare ? "[" : "");
    att_buffer_span(out, stamp);
    att_buffer_text(out, bare ? "] " : " ");
}

static void label_write(att_buffer *out, att_span name, att_known_labels *known)
{
    bool colon = memchr(name.text, ':', name.size) || memmem(name.text, name.size, "\xEF\xBC\x9A", 3);

    if (!att_grow(&known->labels, &known->capacity, known->count + 1, sizeof *known->labels)) {
        known->text.failed = true;
        return;
    }
    known->labels[known->count++] = (att_known_label){known->text.size, name.size, known->tables};
    att_buffer_span(&known->text, name);
    att_buffer_text(out, colon ? "[" : "");
    att_buffer_span(out, name);
    att_buffer_text(out, colon ? "] " : ": ");
}

/* The cells as paragraphs. */
static void plain_write(const att_table *table, const att_row *row, att_buffer *out)
{
    for (size_t i = 0; i < row->count; i++) {
        att_span text = cell_text(table, row, i);
        att_buffer_span(out, text);
        att_buffer_text(out, text.size ? "\n\n" : "");
    }
}

static void row_write(const att_table *table, const table_plan *plan, const att_row *row, att_buffer *out,
                      att_known_labels *known)
{
    cell_label label = {0};
    bool labelled = plan->label != plan->speech;
    bool written = false;

    if (labelled)
        label = label_of(cell_text(table, row, plan->label));
    for (size_t i = 0; i < plan->width; i++)
        if (plan->kinds[i] == COLUMN_TIMES)
            stamp_write(out, cell_text(table, row, i));
    if (label.fits) {
        stamp_write(out, label.stamp);
        label_write(out, label.name, known);
        written = true;
    }
    for (size_t i = 0; i < plan->width; i++) {
        att_span text = cell_text(table, row, i);
        if (plan->kinds[i] > COLUMN_EMPTY || (label.fits && i == plan->label) || !text.size)
            continue;
        att_buffer_span(out, text);
        att_buffer_text(out, "\n\n");
        written = false;
    }
    if (written)
        att_buffer_text(out, "\n\n");
}

void att_table_write(att_table *table, att_buffer *out, att_known_labels *known)
{
    table_plan plan = {0};

    if (table->cell_from < table->text.size)
        att_table_cell(table); /* text that stands in no cell */
    if (!table->failed && !table->text.failed) {
        plan = plan_make(table);
        for (size_t i = 0; i < table->row_count; i++) {
            const att_row *row = &table->rows[i];
            if (plan.width == 0 || row->count != plan.width)
                plain_write(table, row, out);
            else if (!is_heading(table, &plan, i))
                row_write(table, &plan, row, out, known);
        }
        known->tables++;
    }
    table->text.size = table->cell_from = table->cell_count = table->row_count = 0;
}
