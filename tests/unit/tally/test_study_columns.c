/* The columns of a study: of the speaker table, asked for, and of the sources. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tally/study_columns.h"

#include <stdio.h>

static att_speakers *speakers;
static att_study_columns columns;
static att_said said;

static int setup(void **state)
{
    (void)state;
    att_span table = att_span_of("label,speaker,role,site\nA,Adele,nurse,\nB,Bert,,\n");
    if (att_speakers_parse(&speakers, "speakers.csv", table, false, NULL))
        return 1;
    att_study_columns_init(&columns, speakers);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    att_said_clear(&said);
    att_study_columns_clear(&columns);
    att_speakers_free(speakers);
    return 0;
}

static void say(const char *label, const char *column, const char *value)
{
    assert_true(att_said_add(&said, att_span_of(label), att_span_of(column), att_span_of(value)));
    att_said_sort(&said);
}

/* The values of a label, "|" between them. */
static void expect(const char *label, const char *expected)
{
    att_buffer line = {0};
    att_span name = att_span_of(label);
    ptrdiff_t row = att_speakers_row(speakers, att_span_of("t"), name);
    assert_int_equal(att_study_columns_bind(&columns, att_span_of("t"), row, &said, name, NULL), ATT_OK);
    for (size_t i = 0; i < att_study_columns_count(&columns); i++)
        att_buffer_format(&line, "%s%.*s", i ? "|" : "", (int)columns.values[i].size, columns.values[i].text);
    assert_string_equal(line.data, expected);
    att_buffer_clear(&line);
}

static void test_bind__the_table_goes_before_the_source(void **state)
{
    (void)state;
    say("A", "role", "visitor");
    say("A", "site", "north");
    say("B", "role", "visitor");
    say("C", "role", "guest");
    expect("A", "nurse|north");
    expect("B", "visitor|");
    expect("C", "guest|");
    expect("D", "|");
}

static void test_bind__columns_of_sources_come_behind_those_of_the_table(void **state)
{
    (void)state;
    say("A", "age", "41");
    say("B", "sex", "m");
    say("B", "ROLE", "porter"); /* the table's, in other letters */
    expect("A", "nurse||41");
    expect("B", "porter|||m");
    expect("A", "nurse||41|");
    assert_string_equal(att_study_columns_name(&columns, 3), "sex");
}

static void test_bind__columns_of_sources_are_apart_by_case(void **state)
{
    (void)state;
    say("A", "Age", "41");
    say("B", "age", "37");
    expect("A", "nurse||41");
    expect("B", "|||37");
}

static void test_ask__a_column_is_missing_until_a_source_has_it(void **state)
{
    (void)state;
    size_t ward = 0, role = 9, again = 0;
    att_buffer names = {0};
    assert_int_equal(att_study_columns_ask(&columns, "ward", &ward, NULL), ATT_OK);
    assert_int_equal(att_study_columns_ask(&columns, "role", &role, NULL), ATT_OK);
    assert_int_equal(att_study_columns_ask(&columns, "ward", &again, NULL), ATT_OK);
    assert_int_equal(ward, 2);
    assert_int_equal(role, 0);
    assert_int_equal(again, ward);
    assert_true(att_study_columns_missing(&columns, ward));
    assert_false(att_study_columns_missing(&columns, role));
    att_study_columns_list(&columns, &names, ", ");
    assert_string_equal(names.data, "role, site");
    expect("A", "nurse||");
    say("A", "Ward", "7");
    expect("A", "nurse||7");
    assert_false(att_study_columns_missing(&columns, ward));
    att_buffer_clear(&names);
}

static void test_bind__no_source_fills_the_memory_with_columns(void **state)
{
    (void)state;
    char name[16];
    for (unsigned i = 0; i < ATT_STUDY_COLUMNS + 7; i++) {
        snprintf(name, sizeof name, "c%u", i);
        assert_true(att_said_add(&said, att_span_of("A"), att_span_of(name), att_span_of("x")));
    }
    att_said_sort(&said);
    assert_int_equal(att_study_columns_bind(&columns, att_span_of("t"), 0, &said, att_span_of("A"), NULL), ATT_OK);
    assert_int_equal(att_study_columns_count(&columns), 2 + ATT_STUDY_COLUMNS);
    assert_int_equal(columns.lost, 7);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_bind__the_table_goes_before_the_source),
        TEST(test_bind__columns_of_sources_come_behind_those_of_the_table),
        TEST(test_bind__columns_of_sources_are_apart_by_case),
        TEST(test_ask__a_column_is_missing_until_a_source_has_it),
        TEST(test_bind__no_source_fills_the_memory_with_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
