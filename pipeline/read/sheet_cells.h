/* What stands in the cells of a spreadsheet. Private to the read stage. */
#ifndef ATT_READ_SHEET_CELLS_H
#define ATT_READ_SHEET_CELLS_H

#include "base/buffer.h"

/* How a number is shown, as far as it makes another text of it. */
typedef enum { ATT_CELL_NUMBER, ATT_CELL_DATE, ATT_CELL_TIME, ATT_CELL_DATE_TIME } att_cell_format;

/* Of a built-in format's number. */
att_cell_format att_cell_format_builtin(unsigned id);
/* Of a code such as `dd/mm/yyyy hh:mm`. */
att_cell_format att_cell_format_code(att_span code);

/* Appends a number, as it stands in the file, in the way that it is shown. since_1904: days are counted from 1904, not
 * from 1900. */
void att_cell_number(att_buffer *out, att_span number, att_cell_format format, bool since_1904);

/* Appends text; `_x000D_` and the like are characters, and line ends become spaces. Quotation marks are doubled. */
void att_cell_text(att_buffer *out, att_span text);

/* "AB12" -> row 12, column 28; false: it is no cell's name. */
bool att_cell_place(att_span name, uint32_t *row, uint32_t *column);

#endif
