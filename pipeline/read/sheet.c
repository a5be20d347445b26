#include "read/sheet.h"

#include "base/xml.h"
#include "base/yaml.h"
#include "read/docx_text.h"
#include "read/package.h"
#include "read/sheet_cells.h"

#include <stdlib.h>
#include <string.h>

#define KIND   "a spreadsheet"
#define REMEDY "save the table as CSV and use that"

/* A visible sheet: where its name and its relationship's id end in the workbook's `names`; the name begins where the
 * one before ends. */
typedef struct {
    size_t from, name_end, end;
} sheet_name;

/* A workbook, as far as its first visible sheet needs. */
typedef struct {
    const char *file;
    att_buffer folder; /* of the workbook's part, with its last '/' */
    att_buffer names;
    sheet_name *sheets; /* all that are visible; charts may be among them */
    size_t sheet_count, sheet_room;
    size_t chosen;    /* the first of them that has cells; sheet_count: none yet */
    att_buffer sheet; /* its name */
    att_buffer path, strings_path, styles_path;
    bool since_1904;
    /* Shared strings: strings[i] is text[ends[i - 1] .. ends[i]). */
    att_buffer text;
    size_t *ends;
    size_t string_count, string_room;
    bool in_item, in_text, in_phonetic;
    /* Styles: how cell formats show numbers. */
    struct {
        unsigned id;
        att_cell_format format;
    } * codes;
    size_t code_count, code_room;
    att_cell_format *formats;
    size_t format_count, format_room;
    bool in_formats;
    /* The sheet. */
    att_buffer *csv;
    uint32_t row, column; /* of the cell that is read, 1-based; column 0: none yet in the row */
    uint32_t line;        /* that is being written */
    uint32_t width;       /* cells of the first row */
    uint32_t written;     /* cells of the line */
    char type[12];        /* of the cell */
    size_t style;
    att_buffer value;
    bool in_value;
} workbook;

static att_span span_of(const att_buffer *buffer)
{
    return (att_span){buffer->size ? buffer->data : "", buffer->size};
}

static void clear(workbook *book)
{
    att_buffer_clear(&book->folder);
    att_buffer_clear(&book->names);
    free(book->sheets);
    att_buffer_clear(&book->sheet);
    att_buffer_clear(&book->path);
    att_buffer_clear(&book->strings_path);
    att_buffer_clear(&book->styles_path);
    att_buffer_clear(&book->text);
    att_buffer_clear(&book->value);
    free(book->ends);
    free(book->codes);
    free(book->formats);
}

static size_t number_of(att_span text, size_t otherwise)
{
    size_t number = 0;

    for (size_t i = 0; i < text.size; i++) {
        if (text.text[i] < '0' || text.text[i] > '9' || number > SIZE_MAX / 20)
            return otherwise;
        number = number * 10 + (size_t)(text.text[i] - '0');
    }
    return text.size ? number : otherwise;
}

static bool is_true(att_span value)
{
    return att_span_equal(value, att_span_of("1")) || att_span_equal(value, att_span_of("true"));
}

/* ---- the workbook and what belongs to it ---- */

static att_status workbook_start(void *context, const att_xml *xml, const att_xml_element *element, att_error *error)
{
    workbook *book = context;
    att_span state = att_xml_get(element, "state");

    (void)xml;
    if (att_xml_is(element->name, "workbookPr"))
        book->since_1904 = is_true(att_xml_get(element, "date1904"));
    if (!att_xml_is(element->name, "sheet") || (state.size && !att_span_equal(state, att_span_of("visible"))))
        return ATT_OK;
    if (!att_grow(&book->sheets, &book->sheet_room, book->sheet_count + 1, sizeof *book->sheets))
        return att_fail_memory(error);
    sheet_name *sheet = &book->sheets[book->sheet_count++];
    sheet->from = book->names.size;
    att_buffer_span(&book->names, att_xml_get(element, "name"));
    sheet->name_end = book->names.size;
    att_buffer_span(&book->names, att_xml_get(element, "id"));
    sheet->end = book->names.size;
    book->chosen = book->sheet_count;
    return book->names.failed ? att_fail_memory(error) : ATT_OK;
}

static att_span part_of_names(const workbook *book, size_t from, size_t to)
{
    return to > from ? (att_span){book->names.data + from, to - from} : (att_span){"", 0};
}

/* Is this the relationship of a sheet that comes before the one chosen so far? */
static bool choose_sheet(workbook *book, att_span id)
{
    for (size_t i = 0; i < book->chosen; i++)
        if (att_span_equal(part_of_names(book, book->sheets[i].name_end, book->sheets[i].end), id)) {
            book->chosen = i;
            return true;
        }
    return false;
}

static bool ends_in(att_span text, const char *end)
{
    size_t size = strlen(end);

    return text.size >= size && memcmp(text.text + text.size - size, end, size) == 0;
}

static att_status relation_start(void *context, const att_xml *xml, const att_xml_element *element, att_error *error)
{
    workbook *book = context;
    att_span target = att_xml_get(element, "Target"), type = att_xml_get(element, "Type");

    (void)xml;
    if (!target.size || !att_xml_is(element->name, "Relationship"))
        return ATT_OK;
    att_buffer *path = ends_in(type, "/worksheet")       ? &book->path
                       : ends_in(type, "/sharedStrings") ? &book->strings_path
                       : ends_in(type, "/styles")        ? &book->styles_path
                                                         : NULL;
    if (!path || (path == &book->path && !choose_sheet(book, att_xml_get(element, "Id"))))
        return ATT_OK;
    path->size = 0;
    if (*target.text != '/')
        att_buffer_span(path, span_of(&book->folder));
    att_buffer_span(path, *target.text == '/' ? (att_span){target.text + 1, target.size - 1} : target);
    return path->failed ? att_fail_memory(error) : ATT_OK;
}

static att_status strings_start(void *context, const att_xml *xml, const att_xml_element *element, att_error *error)
{
    workbook *book = context;

    (void)xml, (void)error;
    book->in_item |= att_xml_is(element->name, "si");
    book->in_phonetic |= att_xml_is(element->name, "rPh");
    book->in_text |= att_xml_is(element->name, "t");
    return ATT_OK;
}

static att_status strings_end(void *context, const att_xml *xml, const char *name, att_error *error)
{
    workbook *book = context;

    (void)xml;
    if (att_xml_is(name, "t"))
        book->in_text = false;
    if (att_xml_is(name, "rPh"))
        book->in_phonetic = false;
    if (!att_xml_is(name, "si"))
        return ATT_OK;
    book->in_item = false;
    if (book->text.failed || !att_grow(&book->ends, &book->string_room, book->string_count + 1, sizeof *book->ends))
        return att_fail_memory(error);
    book->ends[book->string_count++] = book->text.size;
    return ATT_OK;
}

static att_status strings_text(void *context, const att_xml *xml, att_span text, att_error *error)
{
    workbook *book = context;

    (void)xml, (void)error;
    if (book->in_item && book->in_text && !book->in_phonetic)
        att_buffer_span(&book->text, text);
    return ATT_OK;
}

static att_cell_format format_of_id(const workbook *book, unsigned id)
{
    for (size_t i = 0; i < book->code_count; i++)
        if (book->codes[i].id == id)
            return book->codes[i].format;
    return att_cell_format_builtin(id);
}

static att_status styles_start(void *context, const att_xml *xml, const att_xml_element *element, att_error *error)
{
    workbook *book = context;
    unsigned id = (unsigned)number_of(att_xml_get(element, "numFmtId"), 0);

    (void)xml;
    if (att_xml_is(element->name, "numFmt")) {
        if (!att_grow(&book->codes, &book->code_room, book->code_count + 1, sizeof *book->codes))
            return att_fail_memory(error);
        book->codes[book->code_count].id = id;
        book->codes[book->code_count++].format = att_cell_format_code(att_xml_get(element, "formatCode"));
    }
    book->in_formats |= att_xml_is(element->name, "cellXfs");
    if (!book->in_formats || !att_xml_is(element->name, "xf"))
        return ATT_OK;
    if (!att_grow(&book->formats, &book->format_room, book->format_count + 1, sizeof *book->formats))
        return att_fail_memory(error);
    book->formats[book->format_count++] = format_of_id(book, id);
    return ATT_OK;
}

static att_status styles_end(void *context, const att_xml *xml, const char *name, att_error *error)
{
    workbook *book = context;

    (void)xml, (void)error;
    if (att_xml_is(name, "cellXfs"))
        book->in_formats = false;
    return ATT_OK;
}

/* ---- the sheet ---- */

static att_status fail_cell(const workbook *book, const char *what, att_error *error)
{
    char letters[4] = "";
    size_t size = 0;

    for (uint32_t left = book->column; left && size < 3; left = (left - 1) / 26) {
        memmove(letters + 1, letters, size++);
        letters[0] = (char)('A' + (left - 1) % 26);
    }
    return att_fail(error, ATT_BAD_INPUT, book->file, book->row, 0, "sheet '%s', cell %s%u: %s",
                    att_excerpt_of(span_of(&book->sheet)).text, letters, book->row, what);
}

/* Ends the line that is being written and goes on to that of a row. */
static att_status go_to_row(workbook *book, uint32_t row, att_error *error)
{
    if (row < book->line)
        return fail_cell(
            book, "rows are not in order; open the file in a spreadsheet program, save it again and use that", error);
    for (; book->line < row; book->line++) {
        if (book->written && !book->width)
            book->width = book->written;
        for (; book->written && book->written < book->width; book->written++)
            att_buffer_char(book->csv, ',');
        book->written = 0;
        att_buffer_char(book->csv, '\n');
        if (book->csv->size > ATT_SHEET_BYTES)
            return fail_cell(book, "the table is too large; " REMEDY, error);
    }
    return book->csv->failed ? att_fail_memory(error) : ATT_OK;
}

static void put_value(workbook *book)
{
    att_span value = span_of(&book->value);
    att_buffer *csv = book->csv;

    if (strcmp(book->type, "s") == 0) {
        size_t index = number_of(att_xml_trim(value), SIZE_MAX);
        if (index < book->string_count) {
            size_t from = index ? book->ends[index - 1] : 0;
            att_cell_text(csv, (att_span){span_of(&book->text).text + from, book->ends[index] - from});
        }
    } else if (strcmp(book->type, "b") == 0) {
        att_buffer_text(csv, is_true(att_xml_trim(value)) ? "TRUE" : "FALSE");
    } else if (!book->type[0] || strcmp(book->type, "n") == 0) {
        att_cell_format format = book->style < book->format_count ? book->formats[book->style] : ATT_CELL_NUMBER;
        att_cell_number(csv, att_xml_trim(value), format, book->since_1904);
    } else {
        att_cell_text(csv, value);
    }
}

/* The cell that was read. An empty one leaves nothing: cells behind it are put into their columns. */
static att_status put_cell(workbook *book, att_error *error)
{
    att_status status = ATT_OK;

    if (book->value.failed)
        return att_fail_memory(error);
    if (!book->value.size)
        return ATT_OK;
    if (strcmp(book->type, "e") == 0)
        return fail_cell(book, "the formula has an error; mend it, or " REMEDY, error);
    status = go_to_row(book, book->row, error);
    if (status)
        return status;
    if (book->column <= book->written)
        return fail_cell(
            book, "cells are not in order; open the file in a spreadsheet program, save it again and use that", error);
    for (uint32_t cells = book->written ? book->written : 1; cells < book->column; cells++)
        att_buffer_char(book->csv, ',');
    book->written = book->column;
    att_buffer_char(book->csv, '"');
    put_value(book);
    att_buffer_char(book->csv, '"');
    return ATT_OK;
}

static att_status cell_start(workbook *book, const att_xml_element *element, att_error *error)
{
    att_span type = att_xml_get(element, "t"), name = att_xml_get(element, "r");
    uint32_t row = book->row, column = book->column + 1;

    if (name.size && (!att_cell_place(name, &row, &column) || row != book->row))
        return fail_cell(book, "the file is damaged here; " REMEDY, error);
    book->column = column;
    book->style = number_of(att_xml_get(element, "s"), 0);
    size_t size = type.size < sizeof book->type ? type.size : sizeof book->type - 1;
    memcpy(book->type, type.size ? type.text : "", size);
    book->type[size] = '\0';
    book->value.size = 0;
    return ATT_OK;
}

static att_status sheet_start(void *context, const att_xml *xml, const att_xml_element *element, att_error *error)
{
    workbook *book = context;

    (void)xml;
    if (att_xml_is(element->name, "row")) {
        size_t row = number_of(att_xml_get(element, "r"), (size_t)book->row + 1);
        book->row = row > 0 && row <= 1048576 ? (uint32_t)row : 0;
        book->column = 0;
        return book->row ? ATT_OK : fail_cell(book, "the file is damaged here; " REMEDY, error);
    }
    book->in_phonetic |= att_xml_is(element->name, "rPh");
    book->in_value |= att_xml_is(element->name, "v") || att_xml_is(element->name, "t");
    return att_xml_is(element->name, "c") && book->row ? cell_start(book, element, error) : ATT_OK;
}

static att_status sheet_end(void *context, const att_xml *xml, const char *name, att_error *error)
{
    workbook *book = context;

    (void)xml;
    if (att_xml_is(name, "v") || att_xml_is(name, "t"))
        book->in_value = false;
    if (att_xml_is(name, "rPh"))
        book->in_phonetic = false;
    return att_xml_is(name, "c") && book->row ? put_cell(book, error) : ATT_OK;
}

static att_status sheet_text(void *context, const att_xml *xml, att_span text, att_error *error)
{
    workbook *book = context;

    (void)xml, (void)error;
    if (book->in_value && !book->in_phonetic)
        att_buffer_span(&book->value, text);
    return ATT_OK;
}

/* ---- the parts ---- */

/* Reads a part where it is there; *found says so. */
static att_status read_part(workbook *book, att_span package, const char *path, const att_xml_handler *handler,
                            bool *found, att_error *error)
{
    att_package_member members[] = {{.name = path}};
    att_buffer name = {0};
    att_status status = att_package_read(package, members, 1, KIND, book->file, error);

    att_buffer_format(&name, "%s (%s)", book->file, path);
    if (!status && name.failed)
        status = att_fail_memory(error);
    *found = members[0].found;
    if (!status && members[0].found)
        status = att_xml_parse(span_of(&members[0].content), name.data, handler, book, error);
    att_buffer_clear(&members[0].content);
    att_buffer_clear(&name);
    return status;
}

/* "xl/workbook.xml" has its relationships in "xl/_rels/workbook.xml.rels". */
static att_status read_workbook(workbook *book, att_span package, att_error *error)
{
    static const att_xml_handler reads_workbook = {.start = workbook_start},
                                 reads_relations = {.start = relation_start};
    att_package_member members[] = {{.name = "_rels/.rels"}};
    att_buffer path = {0}, relations = {0};
    bool found = false;
    att_status status = att_package_read(package, members, 1, KIND, book->file, error);

    if (!status && members[0].found)
        status =
            att_docx_relation(&path, span_of(&members[0].content), "officeDocument", (att_span){0}, book->file, error);
    if (!path.size)
        att_buffer_text(&path, "xl/workbook.xml");
    if (!status && path.failed)
        status = att_fail_memory(error);
    if (!status)
        status = read_part(book, package, path.data, &reads_workbook, &found, error);
    if (!status && (!found || !book->sheet_count))
        status = att_fail(error, ATT_BAD_INPUT, book->file, 0, 0,
                          "no sheet of a spreadsheet is in it; save the table as .xlsx or CSV and use that");
    const char *slash = path.failed || !path.size ? NULL : strrchr(path.data, '/');
    size_t folder = slash ? (size_t)(slash - path.data) + 1 : 0;
    if (!status) {
        att_buffer_append(&book->folder, path.data, folder);
        att_buffer_format(&relations, "%.*s_rels/%s.rels", (int)folder, path.data, path.data + folder);
        status = relations.failed || book->folder.failed
                     ? att_fail_memory(error)
                     : read_part(book, package, relations.data, &reads_relations, &found, error);
    }
    if (!status && book->sheet_count) {
        const sheet_name *sheet = &book->sheets[book->chosen < book->sheet_count ? book->chosen : 0];
        att_buffer_span(&book->sheet, part_of_names(book, sheet->from, sheet->name_end));
        status = book->sheet.failed ? att_fail_memory(error) : ATT_OK;
    }
    att_buffer_clear(&members[0].content);
    att_buffer_clear(&path);
    att_buffer_clear(&relations);
    return status;
}

static att_status read_sheet(workbook *book, att_span package, att_error *error)
{
    static const att_xml_handler strings = {.start = strings_start, .end = strings_end, .text = strings_text};
    static const att_xml_handler styles = {.start = styles_start, .end = styles_end};
    static const att_xml_handler sheet = {.start = sheet_start, .end = sheet_end, .text = sheet_text};
    att_status status = read_workbook(book, package, error);
    bool found = false;

    if (!status && book->strings_path.size)
        status = read_part(book, package, book->strings_path.data, &strings, &found, error);
    if (!status && book->styles_path.size)
        status = read_part(book, package, book->styles_path.data, &styles, &found, error);
    book->in_text = book->in_phonetic = false;
    found = false;
    if (!status && book->path.size)
        status = read_part(book, package, book->path.data, &sheet, &found, error);
    if (!status && !found)
        status = att_fail(error, ATT_BAD_INPUT, book->file, 0, 0, "the sheet '%s' is not in it; " REMEDY,
                          att_excerpt_of(span_of(&book->sheet)).text);
    if (!status)
        status = go_to_row(book, book->line + 1, error);
    return status;
}

bool att_sheet_is(att_span content)
{
    return content.size >= 4 && memcmp(content.text, "PK\3\4", 4) == 0;
}

att_status att_sheet_read(att_buffer *csv, att_span content, const char *file, att_error *error)
{
    workbook book = {.file = file, .csv = csv, .line = 1};

    csv->size = 0;
    att_status status = read_sheet(&book, content, error);
    clear(&book);
    return status;
}
