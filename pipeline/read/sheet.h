/* Spreadsheets (.xlsx, .xlsm): the first visible sheet as comma-separated text.
 *
 * A row is the line of its number, so that messages about lines are right; cells are quoted, numbers are written as a
 * spreadsheet shows them unformatted (15 digits), dates and times as ISO 8601 says. */
#ifndef ATT_READ_SHEET_H
#define ATT_READ_SHEET_H

#include "base/buffer.h"

#include <attune/error.h>

/* Larger tables are refused. */
#define ATT_SHEET_BYTES ((size_t)256 << 20)

/* Does the file begin like a zip archive with a workbook in it, or at least like one that may hold one? */
bool att_sheet_is(att_span content);

/* Replaces `csv` by the first visible sheet. ATT_BAD_INPUT, with sheet and cell where it is one's fault: it is damaged
 * or locked, it is no workbook, or a cell holds an error of a formula. */
att_status att_sheet_read(att_buffer *csv, att_span content, const char *file, att_error *error);

#endif
