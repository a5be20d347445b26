/* Spreadsheets as the several programs write them, part by part. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "packages.h"
#include "read/sheet.h"
#include "read/sheet_cells.h"

#include <stdlib.h>
#include <string.h>

#define MAIN "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">"
#define RELATION(id, kind, target)                                                                                     \
    "<Relationship Id=\"" id "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/" kind     \
    "\" Target=\"" target "\"/>"

/* The parts of a workbook; NULL: it has no such part. */
typedef struct {
    const char *workbook, *relations, *strings, *styles, *sheet;
} parts;

static const parts plain = {
    .workbook = MAIN "<sheets><sheet name=\"People\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
    .relations = "<Relationships>" RELATION("rId1", "worksheet", "worksheets/sheet1.xml") RELATION(
        "rId2", "sharedStrings", "sharedStrings.xml") RELATION("rId3", "styles", "styles.xml") "</Relationships>",
};

static att_span make(parts p)
{
    const test_member all[] = {
        {"_rels/.rels",
         att_span_of("<Relationships>" RELATION("rId1", "officeDocument", "xl/workbook.xml") "</Relationships>")},
        {"xl/workbook.xml", att_span_of(p.workbook ? p.workbook : plain.workbook)},
        {"xl/_rels/workbook.xml.rels", att_span_of(p.relations ? p.relations : plain.relations)},
        {"xl/worksheets/sheet1.xml", att_span_of(p.sheet ? p.sheet : "<worksheet/>")},
        {"xl/sharedStrings.xml", att_span_of(p.strings ? p.strings : "<sst/>")},
        {"xl/styles.xml", att_span_of(p.styles ? p.styles : "<styleSheet/>")},
    };

    return test_zip(all, sizeof all / sizeof all[0], false);
}

static void gives(parts p, const char *expected)
{
    att_span file = make(p);
    att_buffer csv = {0};
    att_error error = {0};

    if (att_sheet_read(&csv, file, "people.xlsx", &error))
        fail_msg("%s", error.message);
    att_buffer_char(&csv, '\0');
    assert_string_equal(csv.data, expected);
    att_buffer_clear(&csv);
    free((char *)(uintptr_t)file.text);
}

static void fails(parts p, const char *expected)
{
    att_span file = make(p);
    att_buffer csv = {0};
    att_error error = {0};

    assert_int_equal(att_sheet_read(&csv, file, "people.xlsx", &error), ATT_BAD_INPUT);
    assert_string_equal(error.message, expected);
    att_buffer_clear(&csv);
    free((char *)(uintptr_t)file.text);
}

#define SHEET(rows) "<worksheet><sheetData>" rows "</sheetData></worksheet>"

static void test_sheet__rows_are_lines_of_their_numbers(void **state)
{
    parts p = {.sheet = SHEET("<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>label</t></is></c>"
                              "<c r=\"B2\" t=\"inlineStr\"><is><r><t>spea</t></r><r><t>ker</t></r></is></c></row>"
                              "<row r=\"5\"><c r=\"B5\" t=\"str\"><f>A1</f><v>Ann</v></c></row>")};

    (void)state;
    gives(p, "\n\"label\",\"speaker\"\n\n\n,\"Ann\"\n");
    p.sheet = SHEET("<row><c t=\"inlineStr\"><is><t>a</t></is></c><c t=\"inlineStr\"><is><t>b</t></is></c></row>"
                    "<row><c t=\"inlineStr\"><is><t>c</t></is></c></row>");
    gives(p, "\"a\",\"b\"\n\"c\",\n");
}

static void test_sheet__shared_strings_are_whole_without_readings(void **state)
{
    parts p = {.strings = "<sst><si><t>label</t></si><si><r><t xml:space=\"preserve\">An </t></r><r><t>\"na\"</t></r>"
                          "<rPh sb=\"0\" eb=\"1\"><t>ignored</t></rPh></si><si><t>a_x000D_\nb_x0041_</t></si></sst>",
               .sheet = SHEET("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>"
                              "<c r=\"C1\" t=\"s\"><v>2</v></c><c r=\"D1\" t=\"s\"><v>77</v></c></row>")};

    (void)state;
    gives(p, "\"label\",\"An \"\"na\"\"\",\"a  bA\",\"\"\n");
}

static void test_sheet__the_first_visible_sheet_counts_wherever_it_lies(void **state)
{
    parts p = {.workbook = MAIN "<sheets><sheet name=\"Old\" state=\"hidden\" r:id=\"rId9\"/>"
                                "<sheet name=\"New\" r:id=\"rId7\"/></sheets></workbook>",
               .relations = "<Relationships>" RELATION("rId9", "worksheet", "worksheets/gone.xml")
                   RELATION("rId7", "worksheet", "/xl/worksheets/sheet1.xml") "</Relationships>",
               .sheet = SHEET("<row r=\"1\"><c r=\"A1\"><v>7</v></c></row>")};

    (void)state;
    gives(p, "\"7\"\n");
    /* A chart on a sheet of its own has no cells. */
    p.workbook = MAIN "<sheets><sheet name=\"Chart\" r:id=\"rId1\"/><sheet name=\"New\" r:id=\"rId7\"/>"
                      "<sheet name=\"Old\" r:id=\"rId9\"/></sheets></workbook>";
    p.relations = "<Relationships>" RELATION("rId9", "worksheet", "worksheets/gone.xml")
        RELATION("rId1", "chartsheet", "chartsheets/sheet1.xml")
            RELATION("rId7", "worksheet", "worksheets/sheet1.xml") "</Relationships>";
    gives(p, "\"7\"\n");
    p.workbook = MAIN "<sheets><sheet name=\"Chart\" r:id=\"rId1\"/></sheets></workbook>";
    fails(p, "people.xlsx: the sheet 'Chart' is not in it; save the table as CSV and use that");
    p.workbook = MAIN "<sheets><sheet name=\"New\" r:id=\"rId9\"/></sheets></workbook>";
    fails(p, "people.xlsx: the sheet 'New' is not in it; save the table as CSV and use that");
    p.workbook = MAIN "<sheets/></workbook>";
    fails(p, "people.xlsx: no sheet of a spreadsheet is in it; save the table as .xlsx or CSV and use that");
}

static void test_sheet__numbers_are_written_as_they_are_shown(void **state)
{
    parts p = {.styles = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy hh:mm\"/></numFmts>"
                         "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
                         "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"20\"/>"
                         "</cellXfs></styleSheet>",
               .sheet = SHEET("<row r=\"1\"><c r=\"A1\"><v>3.0</v></c><c r=\"B1\"><v>0.10000000000000001</v></c>"
                              "<c r=\"C1\" s=\"1\"><v>45356</v></c><c r=\"D1\" s=\"2\"><v>45356.520833333336</v></c>"
                              "<c r=\"E1\" s=\"3\"><v>0.5868055555555556</v></c><c r=\"F1\" t=\"b\"><v>1</v></c>"
                              "<c r=\"G1\" t=\"n\"><v>1E-2</v></c><c r=\"H1\"><v>-2.5</v></c></row>")};

    (void)state;
    gives(p, "\"3\",\"0.1\",\"2024-03-05\",\"2024-03-05T12:30:00\",\"14:05:00\",\"TRUE\",\"0.01\",\"-2.5\"\n");
    p.workbook = MAIN "<workbookPr date1904=\"1\"/><sheets><sheet name=\"People\" r:id=\"rId1\"/></sheets></workbook>";
    p.sheet = SHEET("<row r=\"1\"><c r=\"A1\" s=\"1\"><v>43894</v></c></row>");
    gives(p, "\"2024-03-05\"\n");
}

static void assert_shown(const char *number, att_cell_format format, const char *expected)
{
    att_buffer out = {0};

    att_cell_number(&out, att_span_of(number), format, false);
    att_buffer_char(&out, '\0');
    assert_string_equal(out.data, expected);
    att_buffer_clear(&out);
}

static void test_sheet__days_of_1900_are_those_that_spreadsheets_show(void **state)
{
    (void)state;
    assert_shown("1", ATT_CELL_DATE, "1900-01-01");
    assert_shown("59", ATT_CELL_DATE, "1900-02-28");
    assert_shown("61", ATT_CELL_DATE, "1900-03-01");
    assert_shown("36526", ATT_CELL_DATE, "2000-01-01");
    assert_shown("2958465", ATT_CELL_DATE, "9999-12-31");
    assert_shown("2958466", ATT_CELL_DATE, "2958466");
    assert_shown("-1", ATT_CELL_DATE, "-1");
    assert_shown("45356.9999999", ATT_CELL_DATE_TIME, "2024-03-06T00:00:00");
    assert_shown("1.5", ATT_CELL_TIME, "1.5");
    assert_shown("1e400", ATT_CELL_NUMBER, "1e400");
    assert_shown("12a", ATT_CELL_NUMBER, "12a");
}

static void test_sheet__codes_of_formats_are_understood(void **state)
{
    static const struct {
        const char *code;
        att_cell_format format;
    } codes[] = {
        {"General", ATT_CELL_NUMBER},
        {"0.00", ATT_CELL_NUMBER},
        {"yyyy-mm-dd", ATT_CELL_DATE},
        {"[$-407]d. mmmm yyyy;@", ATT_CELL_DATE},
        {"hh:mm", ATT_CELL_TIME},
        {"[h]:mm:ss", ATT_CELL_TIME},
        {"d/m/yy h:mm", ATT_CELL_DATE_TIME},
        {"0 \"days\"", ATT_CELL_NUMBER},
        {"[Red]0;[Blue]-0", ATT_CELL_NUMBER},
        {"[Magenta]0.0", ATT_CELL_NUMBER},
        {"[mm]:ss", ATT_CELL_TIME},
        {"[h", ATT_CELL_NUMBER},
        {"0\\d", ATT_CELL_NUMBER},
        {"#,##0;yyyy", ATT_CELL_NUMBER},
        {"\"", ATT_CELL_NUMBER},
        {"\\", ATT_CELL_NUMBER},
        {"[", ATT_CELL_NUMBER},
    };

    (void)state;
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        if (att_cell_format_code(att_span_of(codes[i].code)) != codes[i].format)
            fail_msg("%s", codes[i].code);
}

static void test_sheet__what_is_wrong_is_said_with_its_cell(void **state)
{
    parts p = {.sheet = SHEET("<row r=\"3\"><c r=\"AB3\" t=\"e\"><v>#N/A</v></c></row>")};

    (void)state;
    fails(p, "people.xlsx:3: sheet 'People', cell AB3: the formula has an error; mend it, or save the table as CSV and "
             "use that");
    p.sheet = SHEET("<row r=\"3\"><c r=\"B3\"><v>1</v></c><c r=\"A3\"><v>1</v></c></row>");
    fails(p, "people.xlsx:3: sheet 'People', cell A3: cells are not in order; open the file in a spreadsheet program, "
             "save it again and use that");
    p.sheet = SHEET("<row r=\"3\"><c r=\"B3\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\"><v>1</v></c></row>");
    fails(p, "people.xlsx:2: sheet 'People', cell A2: rows are not in order; open the file in a spreadsheet program, "
             "save it again and use that");
    p.sheet = SHEET("<row r=\"9999999\"/>");
    fails(p, "people.xlsx: sheet 'People', cell 0: the file is damaged here; save the table as CSV and use that");
}

static void test_sheet__a_wide_and_long_table_cannot_fill_the_memory(void **state)
{
    att_buffer sheet = {0};
    parts p = {0};

    (void)state;
    att_buffer_text(&sheet, "<worksheet><sheetData><row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>");
    for (int row = 2; row < 40000; row++)
        att_buffer_format(&sheet, "<row r=\"%d\"><c r=\"A%d\"><v>1</v></c></row>", row, row);
    att_buffer_text(&sheet, "</sheetData></worksheet>");
    p.sheet = sheet.data;
    att_span file = make(p);
    att_buffer csv = {0};
    att_error error = {0};
    assert_int_equal(att_sheet_read(&csv, file, "people.xlsx", &error), ATT_BAD_INPUT);
    assert_non_null(strstr(error.message, "the table is too large; save the table as CSV"));
    assert_true(csv.size <= ATT_SHEET_BYTES + 100000);
    att_buffer_clear(&csv);
    att_buffer_clear(&sheet);
    free((char *)(uintptr_t)file.text);
}

static void test_sheet__every_prefix_is_a_table_or_an_error(void **state)
{
    parts p = {.sheet = SHEET("<row r=\"1\"><c r=\"A1\"><v>7</v></c></row>")};
    att_span file = make(p);

    (void)state;
    for (size_t size = 0; size < file.size; size++) {
        /* A block of its own size, so that reading over it is seen. */
        char *prefix = malloc(size + 1);
        att_buffer csv = {0};
        att_error error = {0};
        assert_non_null(prefix);
        memcpy(prefix, file.text, size);
        att_status status = att_sheet_read(&csv, (att_span){prefix, size}, "people.xlsx", &error);
        assert_true(status == ATT_OK || (status == ATT_BAD_INPUT && strncmp(error.message, "people.xlsx", 11) == 0));
        att_buffer_clear(&csv);
        free(prefix);
    }
    free((char *)(uintptr_t)file.text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sheet__rows_are_lines_of_their_numbers),
        cmocka_unit_test(test_sheet__shared_strings_are_whole_without_readings),
        cmocka_unit_test(test_sheet__the_first_visible_sheet_counts_wherever_it_lies),
        cmocka_unit_test(test_sheet__numbers_are_written_as_they_are_shown),
        cmocka_unit_test(test_sheet__days_of_1900_are_those_that_spreadsheets_show),
        cmocka_unit_test(test_sheet__codes_of_formats_are_understood),
        cmocka_unit_test(test_sheet__what_is_wrong_is_said_with_its_cell),
        cmocka_unit_test(test_sheet__a_wide_and_long_table_cannot_fill_the_memory),
        cmocka_unit_test(test_sheet__every_prefix_is_a_table_or_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
