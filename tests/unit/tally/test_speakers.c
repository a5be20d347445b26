/* Who is who. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "scratch.h"
#include "tally/speakers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int setup(void **state)
{
    (void)state;
    scratch_make();
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    scratch_remove();
    return 0;
}

static att_speakers *load(const char *text)
{
    att_speakers *speakers = NULL;
    att_error error = {0};
    if (att_speakers_load(&speakers, scratch_write("speakers.csv", text), false, &error) != ATT_OK)
        fail_msg("%s", error.message);
    return speakers;
}

static ptrdiff_t row_of(const att_speakers *speakers, const char *transcript, const char *label)
{
    return att_speakers_row(speakers, att_span_of(transcript), att_span_of(label));
}

static void expect_identity(const att_speakers *speakers, const char *transcript, const char *label,
                            const char *expected)
{
    att_buffer name = {0};
    att_speakers_identity(speakers, att_span_of(transcript), att_span_of(label), &name);
    assert_string_equal(name.data, expected);
    att_buffer_clear(&name);
}

/* ---- identities ---- */

static void test_identity__without_a_table_a_label_is_known_in_its_transcript_only(void **state)
{
    (void)state;
    att_speakers *speakers = NULL;
    assert_int_equal(att_speakers_load(&speakers, NULL, false, NULL), ATT_OK);
    assert_int_equal(att_speakers_row_count(speakers), 0);
    assert_int_equal(att_speakers_column_count(speakers), 0);
    assert_null(att_speakers_file(speakers));
    expect_identity(speakers, "ward/01", "Anna", "ward/01/Anna");
    expect_identity(speakers, "ward/01", "", "ward/01/(unlabelled)");
    assert_false(att_speakers_knows(speakers, att_span_of("ward/01"), att_span_of("Anna")));
    att_speakers_free(speakers);
}

static void test_identity__global_labels_are_one_person_everywhere(void **state)
{
    (void)state;
    att_speakers *speakers = NULL;
    assert_int_equal(att_speakers_load(&speakers, NULL, true, NULL), ATT_OK);
    assert_true(att_speakers_global(speakers));
    expect_identity(speakers, "t1", "Anna", "Anna");
    expect_identity(speakers, "t1", "", "(unlabelled)");
    att_speakers_free(speakers);
}

static void test_row__of_the_transcript_goes_before_the_one_for_all(void **state)
{
    (void)state;
    att_speakers *speakers = load("transcript,label,speaker\n,I,Ruth\nt2,I,Mia\n");
    assert_int_equal(row_of(speakers, "t1", "I"), 0);
    assert_int_equal(row_of(speakers, "t2", "I"), 1);
    expect_identity(speakers, "t1", "I", "Ruth");
    expect_identity(speakers, "t2", "I", "Mia");
    expect_identity(speakers, "t2", "B1", "t2/B1");
    assert_true(att_speakers_knows(speakers, att_span_of("t9"), att_span_of("I")));
    att_speakers_free(speakers);
}

static void test_row__of_another_transcript_does_not_fit(void **state)
{
    (void)state;
    att_speakers *speakers = load("transcript,label,speaker\nt1,I,Ruth\n");
    assert_int_equal(row_of(speakers, "t2", "I"), -1);
    assert_int_equal(row_of(speakers, "t1", ""), -1);
    att_speakers_free(speakers);
}

static void test_row__labels_match_without_case_colon_and_space_around(void **state)
{
    (void)state;
    att_speakers *speakers = load("label,speaker\nAnna Müller:,A\nB1,B\n");
    static const char *const forms[] = {
        "Anna Müller",     "Anna \t Müller",       "\n Anna\u3000MÜLLER ::", "ANNA MÜLLER",
        " anna müller : ", "Anna Mu\xCC\x88ller:", "\u00A0Anna Müller\uFF1A"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        assert_int_equal(row_of(speakers, "t", forms[i]), 0);
    assert_int_equal(row_of(speakers, "t", "b1"), 1);
    assert_int_equal(row_of(speakers, "t", "Anna"), -1);
    att_speakers_free(speakers);
}

static void test_row__of_one_label_may_be_there_again_if_they_agree(void **state)
{
    (void)state;
    att_speakers *speakers = load("transcript,label,speaker,role\nt,an,Anton,nurse\nt,AN:,Anton,nurse\n,an,Anne,\n"
                                  "t,an,Anton,nurse\n");
    assert_int_equal(att_speakers_row_count(speakers), 2);
    assert_int_equal(row_of(speakers, "t", "AN:"), 0);
    assert_int_equal(row_of(speakers, "t2", "An"), 1);
    att_speakers_free(speakers);
}

static void test_row__transcripts_may_be_decomposed(void **state)
{
    (void)state;
    att_speakers *speakers = load("transcript,label,speaker\nM\xC3\xBCller,A,Adele\nBa\xCC\x88r,B,Bert\n");
    assert_int_equal(row_of(speakers, "Mu\xCC\x88ller", "A"), 0);
    assert_int_equal(row_of(speakers, "B\xC3\xA4r", "b"), 1);
    /* Names of files are apart by case. */
    assert_int_equal(row_of(speakers, "m\xC3\xBCller", "A"), -1);
    att_speakers_free(speakers);
}

static void test_nearest__is_the_label_elsewhere_or_one_that_is_nearly_the_same(void **state)
{
    (void)state;
    att_speakers *speakers =
        load("transcript,label,speaker\none.txt,Ann,A\none,Bertil,B\n,Carla,C\none,I,Ruth\nx,Daniel,D\n");
    static const struct {
        const char *label;
        ptrdiff_t row;
    } cases[] = {{"ANN", 0}, {"Bertyl", 1}, {"carle:", 2}, {"I1", 3}, {"Danyel", -1}, {"Zo", -1}, {":", -1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (att_speakers_nearest(speakers, att_span_of("one"), att_span_of(cases[i].label)) != cases[i].row)
            fail_msg("%s", cases[i].label);
    att_speakers_free(speakers);
}

static void test_row__labels_of_any_bytes_are_looked_up(void **state)
{
    (void)state;
    att_speakers *speakers = load("label,speaker\nA,B\n");
    assert_int_equal(row_of(speakers, "t", "\xFF\xFE"), -1);
    char *long_label = malloc(10001);
    memset(long_label, 'a', 10000);
    long_label[10000] = '\0';
    assert_int_equal(row_of(speakers, "t", long_label), -1);
    free(long_label);
    att_speakers_free(speakers);
}

static void test_row__many_rows_are_all_found(void **state)
{
    (void)state;
    att_buffer text = {0};
    att_buffer_text(&text, "transcript,label,speaker\n");
    for (int i = 0; i < 5000; i++)
        att_buffer_format(&text, "t%d,L%d,P%d\n", i / 3, i, i % 100);
    att_speakers *speakers = load(text.data);
    assert_int_equal(att_speakers_row_count(speakers), 5000);
    for (int i = 0; i < 5000; i += 7) {
        char transcript[16], label[16];
        snprintf(transcript, sizeof transcript, "t%d", i / 3);
        snprintf(label, sizeof label, "l%d", i);
        assert_int_equal(row_of(speakers, transcript, label), i);
    }
    att_speakers_free(speakers);
    att_buffer_clear(&text);
}

/* ---- the table ---- */

static void test_table__other_columns_are_the_studys_in_their_order(void **state)
{
    (void)state;
    att_speakers *speakers = load("role;speaker;label;period\n nurse ; Adele Marsh ;A;before\n;Tom;B;\n");
    assert_int_equal(att_speakers_column_count(speakers), 2);
    assert_string_equal(att_speakers_column(speakers, 0), "role");
    assert_string_equal(att_speakers_column(speakers, 1), "period");
    assert_string_equal(att_speakers_name(speakers, 0), "Adele Marsh");
    assert_string_equal(att_speakers_label(speakers, 0), "A");
    assert_string_equal(att_speakers_value(speakers, 0, 0), "nurse");
    assert_string_equal(att_speakers_value(speakers, 1, 1), "");
    assert_string_equal(att_speakers_transcript(speakers, 0), "");
    assert_int_equal(att_speakers_line(speakers, 1), 3);
    att_speakers_free(speakers);
}

static void test_table__what_spreadsheets_leave_is_passed_over(void **state)
{
    (void)state;
    att_speakers *speakers = load("\xEF\xBB\xBFLabel,Speaker,role,,\r\nA,Adele,nurse,,\r\n,,,,\r\n\r\n");
    assert_int_equal(att_speakers_row_count(speakers), 1);
    assert_int_equal(att_speakers_column_count(speakers), 1);
    att_speakers_free(speakers);
}

static void test_table__counts_of_a_list_are_no_columns(void **state)
{
    (void)state;
    att_speakers *speakers = load("label,speaker,role,turns,tokens,matched\nA,Adele,nurse,2,25,no\n");
    assert_int_equal(att_speakers_column_count(speakers), 1);
    att_speakers_free(speakers);
    speakers = load("label,speaker,turns,role\nA,Adele,2,nurse\n");
    assert_int_equal(att_speakers_column_count(speakers), 2);
    att_speakers_free(speakers);
}

static void test_table__tabs_and_quotes(void **state)
{
    (void)state;
    att_speakers *speakers = load("label\tspeaker\n\"Marsh, A.\"\t\"Adele\nMarsh\"\n");
    assert_int_equal(row_of(speakers, "t", "Marsh, A."), 0);
    assert_string_equal(att_speakers_name(speakers, 0), "Adele\nMarsh");
    att_speakers_free(speakers);
}

static void test_table__rows_describe_themselves(void **state)
{
    (void)state;
    att_speakers *speakers = load("transcript,label,speaker\nharbour-01,Adele,Adele Marsh\n,I,Ruth\n");
    assert_string_equal(att_speakers_describe(speakers, 0), "harbour-01 / Adele (line 2)");
    assert_string_equal(att_speakers_describe(speakers, 1), "I (line 3)");
    att_speakers_free(speakers);
}

/* ---- errors ---- */

typedef struct {
    const char *text;
    const char *place; /* what the message begins with, behind the path */
    const char *says;
} bad_table;

static const bad_table bad_tables[] = {
    {"", ": ", "is empty"},
    {"\n\n", ": ", "is empty"},
    {"name,speaker\nA,B\n", ":1: ", "no column 'label'"},
    {"name,speaker\nA,B\n", ":1: ", "it names 'name', 'speaker'"},
    {"label,who\nA,B\n", ":1: ", "no column 'speaker'"},
    {"label,speaker\n", ": ", "no rows"},
    {"label,speaker\n,,\n", ": ", "no rows"},
    {"label,speaker\nA,B,C\n", ":2: ", "this row has 3 cells, the first line has 2"},
    {"label,speaker\nA\n", ":2: ", "this row has 1 cell,"},
    {"label,speaker,label\nA,B,C\n", ":1: ", "'label' is there twice"},
    {"label,speaker,Label\nA,B,C\n", ":1: ", "'Label' is there twice"},
    {"label,speaker,role,role\nA,B,C,D\n", ":1: ", "'role' is there twice"},
    {"label,speaker\n,B\n", ":2: ", "the label is empty"},
    {"label,speaker\nA, \n", ":2: ", "the speaker is empty"},
    {"label,speaker\nA,B\n\nC,D\nA,E\n", ":5: ", "lines 2 and 5 are both for label 'A' of every transcript"},
    {"transcript,label,speaker\nt,A,B\nt,A ,C\n", ":3: ", "lines 2 and 3 are both for label 'A' of transcript t"},
    {"label,speaker,role\nA,B,nurse\nA,B,\n", ":3: ", "say different things"},
    {"label,speaker\nan,Anton\nAN:,Anne\n", ":3: ", "lines 2 and 3 are for labels 'an' and 'AN:' of every transcript"},
    {"label,speaker,\nA,B,C\n", ":2: ", "column without a name"},
    {"label,speaker\nA,B\n\"C,D\n", ":3: ", "never closes"},
    {"label,speaker\nA,B\n\xE4,D\n", ":3: ", "not UTF-8"},
    {"PK\3\4rest of a workbook", ": ", "CSV UTF-8"},
    {"\xFF\xFEl", ": ", "UTF-16"},
};

static void test_table__errors_say_where_and_what(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad_tables / sizeof *bad_tables; i++) {
        const char *path = scratch_write("speakers.csv", bad_tables[i].text);
        att_speakers *speakers = NULL;
        att_error error = {0};
        assert_int_equal(att_speakers_load(&speakers, path, false, &error), ATT_BAD_INPUT);
        assert_null(speakers);
        assert_memory_equal(error.message, path, strlen(path));
        if (strncmp(error.message + strlen(path), bad_tables[i].place, strlen(bad_tables[i].place)) != 0 ||
            !strstr(error.message, bad_tables[i].says))
            fail_msg("case %zu: %s", i, error.message);
    }
}

static void test_table__nul_bytes_and_missing_files_are_errors(void **state)
{
    (void)state;
    att_speakers *speakers = NULL;
    att_error error = {0};
    const char *path = scratch_write_bytes("nul.csv", "label,speaker\nA,B\0\n", 19);
    assert_int_equal(att_speakers_load(&speakers, path, false, &error), ATT_BAD_INPUT);
    assert_non_null(strstr(error.message, ":2: there is a NUL"));
    assert_int_equal(att_speakers_load(&speakers, scratch_path("none.csv"), false, &error), ATT_BAD_INPUT);
    assert_non_null(strstr(error.message, "No such file"));
    assert_null(speakers);
}

/* ---- rows that nothing fits ---- */

static void test_unused__rows_are_named(void **state)
{
    (void)state;
    att_speakers *speakers = load("transcript,label,speaker\nt1,A,Adele\nt1,B,Bert\n,C,Carla\n");
    att_diagnostics *found = att_diagnostics_new();
    const bool all[3] = {true, true, true}, some[3] = {true, false, false};
    att_speakers_report_unused(speakers, all, found);
    assert_int_equal(att_diagnostics_count(found), 0);
    att_speakers_report_unused(speakers, some, found);
    assert_int_equal(att_diagnostics_count_of(found, ATT_NOTE), 1);
    const char *message = att_diagnostics_get(found, 0)->message;
    assert_non_null(strstr(message, "2 of 3 rows"));
    assert_non_null(strstr(message, "Bert: t1 / B (line 3), Carla: C (line 4)"));
    assert_null(strstr(message, "Adele"));
    att_diagnostics_free(found);
    att_speakers_free(speakers);
}

static void test_unused__only_the_first_few_are_named(void **state)
{
    (void)state;
    att_buffer text = {0};
    att_buffer_text(&text, "label,speaker\n");
    for (int i = 10; i < 40; i++)
        att_buffer_format(&text, "L%d,P%d\n", i, i);
    att_speakers *speakers = load(text.data);
    att_diagnostics *found = att_diagnostics_new();
    const bool none[30] = {false};
    att_speakers_report_unused(speakers, none, found);
    const char *message = att_diagnostics_get(found, 0)->message;
    assert_non_null(strstr(message, "30 of 30 rows"));
    assert_non_null(strstr(message, "P19: L19 (line 11), ...)"));
    assert_null(strstr(message, "P20"));
    att_diagnostics_free(found);
    att_speakers_free(speakers);
    att_buffer_clear(&text);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_identity__without_a_table_a_label_is_known_in_its_transcript_only),
        TEST(test_identity__global_labels_are_one_person_everywhere),
        TEST(test_row__of_the_transcript_goes_before_the_one_for_all),
        TEST(test_row__of_another_transcript_does_not_fit),
        TEST(test_row__labels_match_without_case_colon_and_space_around),
        TEST(test_row__of_one_label_may_be_there_again_if_they_agree),
        TEST(test_row__transcripts_may_be_decomposed),
        TEST(test_nearest__is_the_label_elsewhere_or_one_that_is_nearly_the_same),
        TEST(test_row__labels_of_any_bytes_are_looked_up),
        TEST(test_row__many_rows_are_all_found),
        TEST(test_table__other_columns_are_the_studys_in_their_order),
        TEST(test_table__what_spreadsheets_leave_is_passed_over),
        TEST(test_table__counts_of_a_list_are_no_columns),
        TEST(test_table__tabs_and_quotes),
        TEST(test_table__rows_describe_themselves),
        TEST(test_table__errors_say_where_and_what),
        TEST(test_table__nul_bytes_and_missing_files_are_errors),
        TEST(test_unused__rows_are_named),
        TEST(test_unused__only_the_first_few_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
