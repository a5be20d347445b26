/* CSV as in RFC 4180, but with LF line ends, in UTF-8 without a BOM: what R, Python and spreadsheets read unasked. */
#include "write/writer.h"

#include "base/buffer.h"
#include "base/csv.h"
#include "base/utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    att_buffer line;
    att_buffer text;
} csv_state;

/* Ill-formed bytes and NUL become U+FFFD: a file that is not UTF-8 is one that half of all readers refuse. */
static void put_text(csv_state *state, att_span text)
{
    if (text.size && !memchr(text.text, '\0', text.size) && att_utf8_valid_prefix(text.text, text.size) == text.size) {
        att_csv_field(&state->line, text, ',', 0);
        return;
    }
    state->text.size = 0;
    for (size_t at = 0; at < text.size;) {
        char bytes[4];
        uint32_t c = att_utf8_next(text.text, text.size, &at);
        att_buffer_append(&state->text, bytes, att_utf8_put(bytes, c ? c : ATT_REPLACEMENT));
    }
    if (state->text.failed)
        state->line.failed = true;
    else
        att_csv_field(&state->line, (att_span){state->text.data, state->text.size}, ',', 0);
}

static void put_cell(csv_state *state, const att_column *column, const att_cell *cell)
{
    char number[ATT_REAL_ROOM];
    if (cell->state == ATT_MISSING)
        return;
    switch (column->type) {
    case ATT_TEXT:
        put_text(state, cell->as.text);
        break;
    case ATT_INTEGER:
        att_buffer_unsigned(&state->line, cell->as.integer);
        break;
    case ATT_REAL:
        if (cell->as.real == 0) { /* what most cells of a wide table are */
            att_buffer_char(&state->line, '0');
        } else if (isfinite(cell->as.real)) { /* nothing else is a number to all readers */
            att_format_real(number, cell->as.real);
            att_buffer_text(&state->line, number);
        }
        break;
    }
}

static att_status end_line(att_writer *writer, csv_state *state, att_error *error)
{
    att_buffer_char(&state->line, '\n');
    if (state->line.failed)
        return att_fail_memory(error);
    fwrite(state->line.data, 1, state->line.size, writer->stream);
    state->line.size = 0;
    return ATT_OK;
}

static att_status csv_close(att_writer *writer, att_error *error)
{
    csv_state *state = writer->state;
    (void)error;
    if (state) {
        att_buffer_clear(&state->line);
        att_buffer_clear(&state->text);
        free(state);
    }
    writer->state = NULL;
    return ATT_OK;
}

static att_status csv_open(att_writer *writer, att_error *error)
{
    csv_state *state = calloc(1, sizeof *state);
    if (!state)
        return att_fail_memory(error);
    writer->state = state;
    if (writer->rows_only)
        return ATT_OK;
    for (size_t i = 0; i < writer->table->count; i++) {
        if (i)
            att_buffer_char(&state->line, ',');
        put_text(state, att_span_of(writer->table->columns[i].name));
    }
    att_status status = end_line(writer, state, error);
    if (status != ATT_OK)
        csv_close(writer, NULL);
    return status;
}

static att_status csv_row(att_writer *writer, const att_cell *cells, att_error *error)
{
    csv_state *state = writer->state;
    for (size_t i = 0; i < writer->table->count; i++) {
        if (i)
            att_buffer_char(&state->line, ',');
        put_cell(state, &writer->table->columns[i], &cells[i]);
    }
    return end_line(writer, state, error);
}

const att_writer_format att_writer_csv = {
    .name = "csv",
    .description = "comma-separated values, UTF-8",
    .extensions = "csv",
    .independent = true,
    .open = csv_open,
    .row = csv_row,
    .close = csv_close,
};
