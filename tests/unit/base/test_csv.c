/* Delimited text in and out. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/csv.h"

#include <stdlib.h>
#include <string.h>

/* All records in one line of text: fields in <>, records parted by |, and the result at the end. */
static void expect_records(const char *text, const char *expected)
{
    /* An exact copy on the heap, so that a sanitiser sees a read past the end. */
    size_t size = strlen(text);
    char *copy = malloc(size ? size : 1);
    memcpy(copy, text, size);
    att_csv csv;
    att_buffer seen = {0};
    att_csv_open(&csv, (att_span){copy, size});
    int result;
    while ((result = att_csv_next(&csv)) == 1) {
        for (size_t i = 0; i < csv.count; i++)
            att_buffer_format(&seen, "<%.*s>", (int)csv.fields[i].size, csv.fields[i].text);
        att_buffer_char(&seen, '|');
    }
    att_buffer_format(&seen, "%d", result);
    assert_string_equal(seen.data, expected);
    att_buffer_clear(&seen);
    att_csv_close(&csv);
    free(copy);
}

static void test_csv__plain_records(void **state)
{
    (void)state;
    expect_records("a,b\n1,2\n", "<a><b>|<1><2>|0");
    expect_records("a,b\n1,2", "<a><b>|<1><2>|0");
    expect_records("", "0");
    expect_records("\n\n", "0");
    expect_records("a", "<a>|0");
    expect_records("a,\n", "<a><>|0");
    expect_records(",", "<><>|0");
}

static void test_csv__line_ends_of_all_systems_and_blank_lines(void **state)
{
    (void)state;
    expect_records("a,b\r\n1,2\r\n", "<a><b>|<1><2>|0");
    expect_records("a,b\r1,2\r", "<a><b>|<1><2>|0");
    expect_records("\n\r\na,b\n\n\r1,2\n\n", "<a><b>|<1><2>|0");
}

static void test_csv__byte_order_mark_is_skipped(void **state)
{
    (void)state;
    expect_records("\xEF\xBB\xBF"
                   "a,b\n",
                   "<a><b>|0");
    expect_records("\xEF\xBB\xBF", "0");
}

static void test_csv__delimiter_is_what_the_first_line_holds_most_of(void **state)
{
    (void)state;
    expect_records("a;b\n1,5;2\n", "<a><b>|<1,5><2>|0");
    expect_records("a\tb\n1,5\t2;3\n", "<a><b>|<1,5><2;3>|0");
    expect_records("\"x;y;z\",b\n1;2,3\n", "<x;y;z><b>|<1;2><3>|0");
}

static void test_csv__quoted_fields_hold_anything(void **state)
{
    (void)state;
    expect_records("\"a,b\",\"c\"\"d\"\n\"e\nf\",\"\"\n", "<a,b><c\"d>|<e\nf><>|0");
    expect_records("\"a\r\nb\",c", "<a\r\nb><c>|0");
    expect_records("\"a\"b,c", "<ab><c>|0");
    expect_records("a\"b\"c,d", "<a\"b\"c><d>|0");
}

static void test_csv__an_open_quote_is_an_error(void **state)
{
    (void)state;
    expect_records("a,b\n\"c,d\n", "<a><b>|-2");
    expect_records("\"", "-2");
    expect_records("\"\"\"", "-2");
}

static void test_csv__line_is_where_the_record_begins(void **state)
{
    (void)state;
    const char *text = "a\n\n\"b\nc\"\r\nd\n";
    static const uint64_t lines[] = {1, 3, 5};
    att_csv csv;
    att_csv_open(&csv, att_span_of(text));
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(att_csv_next(&csv), 1);
        assert_int_equal(csv.line, lines[i]);
    }
    assert_int_equal(att_csv_next(&csv), 0);
    att_csv_close(&csv);
}

static void expect_field(const char *field, int raw, const char *expected)
{
    att_buffer out = {0};
    att_csv_field(&out, att_span_of(field), ',', raw);
    assert_string_equal(out.data ? out.data : "", expected);
    att_buffer_clear(&out);
}

static void test_csv_field__is_quoted_where_it_must_be(void **state)
{
    (void)state;
    expect_field("", 0, "");
    expect_field("plain text", 0, "plain text");
    expect_field("a,b", 0, "\"a,b\"");
    expect_field("say \"hope\"", 0, "\"say \"\"hope\"\"\"");
    expect_field("two\nlines", 0, "\"two\nlines\"");
    expect_field(" edge", 0, "\" edge\"");
    expect_field("semi;colon", 0, "semi;colon");
}

static void test_csv_field__formulas_are_disarmed(void **state)
{
    (void)state;
    expect_field("=1+1", 0, "'=1+1");
    expect_field("@SUM(A1)", 0, "'@SUM(A1)");
    expect_field("+cmd", 0, "'+cmd");
    expect_field("-2+3", 0, "'-2+3");
    expect_field("\t=1", 0, "\"'\t=1\"");
    expect_field("=\"a\"", 0, "\"'=\"\"a\"\"\"");
    expect_field("-", 0, "'-");
    expect_field("=1+1", 1, "=1+1");
}

static void test_csv_field__plain_numbers_are_no_formulas(void **state)
{
    (void)state;
    expect_field("-1", 0, "-1");
    expect_field("+12.50", 0, "+12.50");
    expect_field("-.5", 0, "-.5");
    expect_field("-1e5", 0, "'-1e5");
}

static void test_csv__what_is_written_reads_back(void **state)
{
    (void)state;
    static const char *const fields[] = {"a,b", "c\"d\"", "e\nf", "g\r\nh", " i ", "", "j;k\tl"};
    const size_t count = sizeof fields / sizeof *fields;
    att_buffer out = {0};
    for (size_t i = 0; i < count; i++) {
        if (i)
            att_buffer_char(&out, ',');
        att_csv_field(&out, att_span_of(fields[i]), ',', 0);
    }
    att_csv csv;
    att_csv_open(&csv, (att_span){out.data, out.size});
    assert_int_equal(att_csv_next(&csv), 1);
    assert_int_equal(csv.count, count);
    for (size_t i = 0; i < count; i++)
        assert_true(att_span_equal(csv.fields[i], att_span_of(fields[i])));
    att_csv_close(&csv);
    att_buffer_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_csv__plain_records),
        cmocka_unit_test(test_csv__line_ends_of_all_systems_and_blank_lines),
        cmocka_unit_test(test_csv__byte_order_mark_is_skipped),
        cmocka_unit_test(test_csv__delimiter_is_what_the_first_line_holds_most_of),
        cmocka_unit_test(test_csv__quoted_fields_hold_anything),
        cmocka_unit_test(test_csv__an_open_quote_is_an_error),
        cmocka_unit_test(test_csv__line_is_where_the_record_begins),
        cmocka_unit_test(test_csv_field__is_quoted_where_it_must_be),
        cmocka_unit_test(test_csv_field__formulas_are_disarmed),
        cmocka_unit_test(test_csv_field__plain_numbers_are_no_formulas),
        cmocka_unit_test(test_csv__what_is_written_reads_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
