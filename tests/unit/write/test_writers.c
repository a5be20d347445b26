/* Numbers and tables as text. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "write/writer.h"

#include <attune/format.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>

/* ---- numbers ---- */

static void expect_real(double number, const char *expected)
{
    char text[ATT_REAL_ROOM];
    att_format_real(text, number);
    assert_string_equal(text, expected);
}

static void test_real__has_up_to_nine_significant_digits(void **state)
{
    (void)state;
    expect_real(0, "0");
    expect_real(-0.0, "0");
    expect_real(1, "1");
    expect_real(0.1, "0.1");
    expect_real(-2.5, "-2.5");
    expect_real(1.0 / 3, "0.333333333");
    expect_real(2e3 / 3, "666.666667");
    expect_real(18.2397139999, "18.239714");
    expect_real(123456789.5, "123456790"); /* ties to even is 123456790 */
    expect_real(999999999.9, "1000000000");
}

static void test_real__has_no_exponent_between_its_bounds(void **state)
{
    (void)state;
    expect_real(1e-5, "0.00001");
    expect_real(1.23456789e-5, "0.0000123456789");
    expect_real(1e14, "100000000000000");
    expect_real(123456789012345, "123456789000000");
    expect_real(9.9e-6, "9.9e-06");
    expect_real(1e15, "1e15");
    expect_real(-1.5e300, "-1.5e300");
    expect_real(5e-324, "4.94065646e-324");
    expect_real(999999999999999.9, "1e15");
}

static void test_real__names_what_is_no_number(void **state)
{
    (void)state;
    expect_real(NAN, "NaN");
    expect_real(INFINITY, "Inf");
    expect_real(-INFINITY, "-Inf");
}

static void test_real__reads_back_to_nine_digits(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (int i = 0; i < 20000; i++) {
        seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        double number = ldexp((double)(seed >> 11), (int)(seed % 200) - 150);
        char text[ATT_REAL_ROOM];
        att_format_real(text, number);
        assert_true(strlen(text) < ATT_REAL_ROOM);
        assert_true(fabs(strtod(text, NULL) - number) <= 5.0001e-9 * number);
    }
}

static void expect_fixed(double number, int decimals, const char *expected)
{
    char text[ATT_REAL_ROOM];
    att_format_fixed(text, number, decimals);
    assert_string_equal(text, expected);
}

static void test_fixed__has_so_many_decimals(void **state)
{
    (void)state;
    expect_fixed(1.25, 1, "1.2");
    expect_fixed(-3.14159, 2, "-3.14");
    expect_fixed(1234.5, 0, "1234");
    expect_fixed(-0.001, 2, "0.00");
    expect_fixed(-0.1, 1, "-0.1");
    expect_fixed(0, 3, "0.000");
    expect_fixed(1e20, 2, "1e20");
    expect_fixed(NAN, 2, "NaN");
    expect_fixed(-999999999999999, 9, "-999999999999999.000000000");
}

static void test_numbers__do_not_follow_the_locale(void **state)
{
    (void)state;
    static const char *const names[] = {"de_DE.UTF-8", "de_DE", "fr_FR.UTF-8", "fa_IR.UTF-8"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!setlocale(LC_ALL, names[i]))
            continue; /* not installed here */
        expect_real(2.5, "2.5");
        expect_fixed(2.5, 2, "2.50");
        expect_fixed(-0.001, 2, "0.00");
    }
    setlocale(LC_ALL, "C");
}

/* ---- tables ---- */

static const att_column columns[] = {{"speaker", "Speaker", ATT_TEXT},
                                     {"period", "Period", ATT_TEXT},
                                     {"tokens", "Tokens", ATT_INTEGER},
                                     {"rate", "Rate", ATT_REAL},
                                     {"note", "Note", ATT_TEXT}};
static const att_table table = {"scores", columns, 5};

static att_cell text(const char *of)
{
    return (att_cell){.state = ATT_PRESENT, .as.text = att_span_of(of)};
}

static att_cell integer(uint64_t number)
{
    return (att_cell){.state = ATT_PRESENT, .as.integer = number};
}

static att_cell real(double number)
{
    return (att_cell){.state = ATT_PRESENT, .as.real = number};
}

static const att_cell missing = {.state = ATT_MISSING};

/* What a writer makes of the rows; to be freed. */
static char *write_rows(const att_writer_format *format, int width, const att_table *of, const att_cell *cells,
                        size_t rows)
{
    char *out = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&out, &size);
    att_writer writer = {.width = width};
    assert_int_equal(att_writer_open(&writer, format, of, stream, NULL), ATT_OK);
    for (size_t i = 0; i < rows; i++)
        assert_int_equal(att_writer_row(&writer, cells + i * of->count, NULL), ATT_OK);
    assert_int_equal(att_writer_close(&writer, NULL), ATT_OK);
    fclose(stream);
    return out;
}

static void expect_rows(const att_writer_format *format, int width, const att_cell *cells, size_t rows,
                        const char *expected)
{
    char *out = write_rows(format, width, &table, cells, rows);
    assert_string_equal(out, expected);
    free(out);
}

static void test_csv__header_rows_and_missing_values(void **state)
{
    (void)state;
    const att_cell cells[] = {text("Adele"), text("before"), integer(UINT64_MAX), real(1.0 / 3), missing,
                              text("Tom"),   missing,        integer(0),          missing,       text("no tokens")};
    expect_rows(&att_writer_csv, 0, cells, 2,
                "speaker,period,tokens,rate,note\n"
                "Adele,before,18446744073709551615,0.333333333,\n"
                "Tom,,0,,no tokens\n");
    expect_rows(&att_writer_csv, 0, NULL, 0, "speaker,period,tokens,rate,note\n");
}

static void test_csv__text_is_quoted_and_disarmed_and_utf8(void **state)
{
    (void)state;
    const att_cell cells[] = {text("a,\"b\"\nc"), text("=HYPERLINK(\"x\")"), integer(1), real(-2), text("\xFFz")};
    expect_rows(&att_writer_csv, 0, cells, 1,
                "speaker,period,tokens,rate,note\n"
                "\"a,\"\"b\"\"\nc\",\"'=HYPERLINK(\"\"x\"\")\",1,-2,\xEF\xBF\xBDz\n");
}

static void test_csv__numbers_that_are_none_are_empty(void **state)
{
    (void)state;
    const att_cell cells[] = {text("A"), text("b"), integer(1), real(INFINITY), missing,
                              text("A"), text("b"), integer(1), real(NAN),      missing};
    expect_rows(&att_writer_csv, 0, cells, 2, "speaker,period,tokens,rate,note\nA,b,1,,\nA,b,1,,\n");
}

static void test_table__columns_are_aligned(void **state)
{
    (void)state;
    const att_cell cells[] = {text("Adele Marsh"), text("before"), integer(1200), real(18.2397), missing,
                              text("Tom"),         missing,        integer(7),    real(3),       text("one turn")};
    expect_rows(&att_writer_table, 0, cells, 2,
                "speaker      period  tokens  rate  note\n"
                "Adele Marsh  before    1200  18.2  \xE2\x80\x93\n"
                "Tom          \xE2\x80\x93            7   3.0  one turn\n");
    expect_rows(&att_writer_table, 0, NULL, 0, "speaker  period  tokens  rate  note\n");
}

static void test_table__width_counts_columns_not_bytes(void **state)
{
    (void)state;
    const att_cell cells[] = {text("\xE6\x9D\x8E\xE5\xA8\x9C"),
                              text("vor"),
                              integer(1),
                              real(1),
                              missing, /* two wide */
                              text("Zo\xC3\xAB"),
                              text("vor"),
                              integer(2),
                              real(2),
                              missing};
    expect_rows(&att_writer_table, 0, cells, 2,
                "speaker  period  tokens  rate  note\n"
                "\xE6\x9D\x8E\xE5\xA8\x9C     vor          1  1.00  \xE2\x80\x93\n"
                "Zo\xC3\xAB      vor          2  2.00  \xE2\x80\x93\n");
}

static void test_table__escape_sequences_do_not_reach_the_terminal(void **state)
{
    (void)state;
    const att_cell cells[] = {text("A\x1B[31m\n\t"),
                              text("\xC2\x9B"
                                   "31m"),
                              integer(1), real(1), text("\x07\x7F\xFF")};
    char *out = write_rows(&att_writer_table, 0, &table, cells, 1);
    for (const char *at = out; *at; at++)
        assert_true(*at == '\n' || (unsigned char)*at >= 0x20);
    assert_null(strstr(out, "\x7F"));
    assert_null(strstr(out, "\xC2\x9B"));
    free(out);
}

static void test_table__wider_than_the_terminal_is_cut_into_blocks_with_the_keys(void **state)
{
    (void)state;
    const att_cell cells[] = {text("Adele"), text("before"), integer(1200), real(18.2), text("x")};
    expect_rows(&att_writer_table, 26, cells, 1,
                "speaker  period  tokens\n"
                "Adele    before    1200\n"
                "\n"
                "speaker  period  rate\n"
                "Adele    before  18.2\n"
                "\n"
                "speaker  period  note\n"
                "Adele    before  x\n");
}

static void test_table__no_line_is_wider_than_the_terminal(void **state)
{
    (void)state;
    const char *long_text =
        "a very long name that goes on and on, for longer than any terminal is wide, and then some more";
    const att_cell cells[] = {text(long_text), text(long_text), integer(1200), real(18.2), text(long_text)};
    for (int width = 40; width < 200; width += 13) {
        char *out = write_rows(&att_writer_table, width, &table, cells, 1);
        for (char *line = strtok(out, "\n"); line; line = strtok(NULL, "\n")) {
            size_t columns_taken = 0;
            for (const char *at = line; *at; at++)
                columns_taken += ((unsigned char)*at & 0xC0) != 0x80;
            assert_true(columns_taken <= (size_t)width);
        }
        free(out);
    }
}

static void test_table__a_terminal_of_any_width_is_survived(void **state)
{
    (void)state;
    const att_cell cells[] = {text("Adele"), text("before"), integer(1200), real(18.2), text("x")};
    for (int width = -1; width < 12; width++) {
        char *out = write_rows(&att_writer_table, width, &table, cells, 1);
        assert_non_null(strstr(out, "1200"));
        free(out);
    }
}

static void test_table__decimals_are_those_of_the_largest_number(void **state)
{
    (void)state;
    static const att_column one[] = {{"rate", "Rate", ATT_REAL}};
    static const att_table single = {"t", one, 1};
    static const struct {
        double number;
        const char *expected;
    } cases[] = {{0, "\n 0.0\n"}, {0.0456, "0.046"}, {1.5, "1.50"},
                 {18.24, "18.2"}, {276.95, "276.9"}, {1234.5, "1234"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const att_cell cell = real(cases[i].number);
        char *out = write_rows(&att_writer_table, 0, &single, &cell, 1);
        assert_non_null(strstr(out, cases[i].expected));
        free(out);
    }
}

static void test_writers__are_listed_and_found(void **state)
{
    (void)state;
    assert_int_equal(att_writer_count(), 2);
    for (size_t i = 0; i < att_writer_count(); i++) {
        att_format_view view = att_writer_get(i);
        assert_non_null(att_writer_find(view.name));
        assert_true(strlen(view.description) > 0);
    }
    assert_string_equal(att_writer_get(0).name, "csv");
    assert_ptr_equal(att_writer_find("table"), &att_writer_table);
    assert_null(att_writer_find("xlsx"));
}

static void test_writers__leave_write_errors_on_the_stream(void **state)
{
    (void)state;
    FILE *stream = fopen("/dev/full", "w");
    if (!stream)
        skip();
    att_writer writer = {0};
    const att_cell cells[] = {text("A"), text("b"), integer(1), real(1), missing};
    assert_int_equal(att_writer_open(&writer, &att_writer_csv, &table, stream, NULL), ATT_OK);
    assert_int_equal(att_writer_row(&writer, cells, NULL), ATT_OK);
    assert_int_equal(att_writer_close(&writer, NULL), ATT_OK);
    assert_int_not_equal(fflush(stream), 0);
    assert_true(ferror(stream));
    fclose(stream);
}

static void test_real__digits_are_those_that_printf_rounds(void **state)
{
    (void)state;
    uint64_t seed = 7;
    char found[ATT_REAL_ROOM], expected[64];
    for (int n = 0; n < 300000; n++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        /* Rates as tables have them, and numbers of every size, many with few digits so that they end in a tie. */
        double number = n % 3 == 0   ? 1000.0 * (double)(seed >> 56) / (double)((seed >> 40 & 0xFFFF) + 1)
                        : n % 3 == 1 ? ldexp((double)(seed >> 11), (int)(seed % 120) - 110)
                                     : (double)(seed >> 44) / 1024.0;
        att_format_real(found, number);
        snprintf(expected, sizeof expected, "%.9g", number);
        /* Both say the same number; %g writes exponents where we write digits. */
        assert_true(strtod(found, NULL) == strtod(expected, NULL));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_real__digits_are_those_that_printf_rounds),
        cmocka_unit_test(test_real__has_up_to_nine_significant_digits),
        cmocka_unit_test(test_real__has_no_exponent_between_its_bounds),
        cmocka_unit_test(test_real__names_what_is_no_number),
        cmocka_unit_test(test_real__reads_back_to_nine_digits),
        cmocka_unit_test(test_fixed__has_so_many_decimals),
        cmocka_unit_test(test_numbers__do_not_follow_the_locale),
        cmocka_unit_test(test_csv__header_rows_and_missing_values),
        cmocka_unit_test(test_csv__text_is_quoted_and_disarmed_and_utf8),
        cmocka_unit_test(test_csv__numbers_that_are_none_are_empty),
        cmocka_unit_test(test_table__columns_are_aligned),
        cmocka_unit_test(test_table__width_counts_columns_not_bytes),
        cmocka_unit_test(test_table__escape_sequences_do_not_reach_the_terminal),
        cmocka_unit_test(test_table__wider_than_the_terminal_is_cut_into_blocks_with_the_keys),
        cmocka_unit_test(test_table__no_line_is_wider_than_the_terminal),
        cmocka_unit_test(test_table__a_terminal_of_any_width_is_survived),
        cmocka_unit_test(test_table__decimals_are_those_of_the_largest_number),
        cmocka_unit_test(test_writers__are_listed_and_found),
        cmocka_unit_test(test_writers__leave_write_errors_on_the_stream),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
