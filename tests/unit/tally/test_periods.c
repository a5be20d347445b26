/* Dates and the periods that they lie in. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tally/periods.h"
#include "tally/speakers.h"

#include <string.h>

static void assert_days(const char *text, int64_t first, int64_t last)
{
    int64_t a = -1, b = -1;

    if (!att_date_read(att_span_of(text), &a, &b))
        fail_msg("%s is a date", text);
    if (a != first || b != last)
        fail_msg("%s: %lld to %lld", text, (long long)a, (long long)b);
}

static void assert_no_date(const char *text)
{
    int64_t first, last;

    if (att_date_read(att_span_of(text), &first, &last))
        fail_msg("%s is no date", text);
}

static void test_date__days_months_and_years_are_read(void **state)
{
    (void)state;
    assert_days("1970-01-01", 0, 0);
    assert_days("2024-03-05", 19787, 19787);
    assert_days("2024/3/5", 19787, 19787);
    assert_days("20240305", 19787, 19787);
    assert_days("5.3.2024", 19787, 19787);
    assert_days("05.03.2024", 19787, 19787);
    assert_days("2024-03-05T10:15:00Z", 19787, 19787);
    assert_days("2024-03-05 10:15", 19787, 19787);
    assert_days("2024-02", 19754, 19782);
    assert_days("2023", 19358, 19722);
    assert_days("1969-12-31", -1, -1);
}

static void test_date__what_can_be_read_in_two_ways_is_none(void **state)
{
    static const char *const texts[] = {
        "",           "3/5/2024",   "05-03-2024", "2024-13-01", "2024-02-30",  "2023-02-29",
        "2024-00-05", "2024-03-00", "2024-3-",    "202403",     "2024-03-05x", "March 2024",
        "24-03-05",   "5.3.24",     "2024-03/05", "2024 ",      "20240230",    "32.1.2024"};

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_no_date(texts[i]);
}

static void assert_found(const char *name, const char *date)
{
    att_span found = att_date_find(att_span_of(name));

    if (found.size != strlen(date) || memcmp(found.text, date, found.size) != 0)
        fail_msg("%s: '%.*s'", name, (int)found.size, found.text);
}

static void test_date__is_found_in_a_name(void **state)
{
    (void)state;
    assert_found("ward-2/2024-03-05_anna", "2024-03-05");
    assert_found("anna_20240305", "20240305");
    assert_found("2024-03 anna", "2024-03");
    assert_found("1955.102-t02", "");
    assert_found("12345678-90", "");
    assert_found("call-1234567", "");
    assert_found("a2024-03-051", "");
    assert_found("", "");
}

static void assert_period(const att_periods *periods, const char *date, const char *name)
{
    const char *found = att_periods_find(periods, att_span_of(date));

    if (!name)
        assert_null(found);
    else
        assert_string_equal(found ? found : "", name);
}

static void test_periods__begin_on_their_day(void **state)
{
    char *texts[] = {"before", "after=2024-03-05", "long after=2025"};
    att_periods periods;

    (void)state;
    assert_int_equal(att_periods_read(&periods, &(att_strings){texts, 3}, NULL), ATT_OK);
    assert_period(&periods, "2024-03-04", "before");
    assert_period(&periods, "2024-03-05", "after");
    assert_period(&periods, "2024-12-31", "after");
    assert_period(&periods, "2025-01-01", "long after");
    assert_period(&periods, "2024-02", "before");
    assert_period(&periods, "2024-03", NULL);
    assert_period(&periods, "2024", NULL);
    assert_period(&periods, "2026", "long after");
    assert_period(&periods, "soon", NULL);
    att_periods_clear(&periods);
}

static void assert_refused(const char *first, const char *second, const char *what)
{
    char *texts[] = {(char *)(uintptr_t)first, (char *)(uintptr_t)second};
    att_periods periods;
    att_error error = {0};

    assert_int_equal(att_periods_read(&periods, &(att_strings){texts, second ? 2 : 1}, &error), ATT_USAGE);
    if (!strstr(error.message, what))
        fail_msg("%s", error.message);
    att_periods_clear(&periods);
}

static void test_periods__of_another_form_are_refused(void **state)
{
    (void)state;
    assert_refused("before", NULL, "it is the only one");
    assert_refused("before=2024", "after=2025", "'before=2024': the first one has no day of its own");
    assert_refused("before", "after", "'after': there is no date like 2024-03-01");
    assert_refused("before", "after=soon", "there is no date");
    assert_refused("before", "=2024-03-01", "there is no date");
}

/* ---- in the speaker table ---- */

static att_speakers *table(const char *text)
{
    att_speakers *speakers = NULL;
    att_error error = {0};

    if (att_speakers_parse(&speakers, "speakers.csv", att_span_of(text), false, &error))
        fail_msg("%s", error.message);
    return speakers;
}

static char *days[] = {"before", "after=2024-03-01"};
static const att_strings before_after = {days, 2};

static void test_speakers__dates_become_periods(void **state)
{
    att_speakers *speakers = table("label,speaker,date\nA,Ann,2024-02-29\nB,Bea,2024-03-01\nC,Cid,later\n");

    (void)state;
    assert_int_equal(att_speakers_set_periods(speakers, "date", &before_after, NULL), ATT_OK);
    assert_int_equal(att_speakers_column_count(speakers), 2);
    assert_string_equal(att_speakers_column(speakers, 1), "period");
    assert_int_equal(att_speakers_period_column(speakers), 1);
    assert_string_equal(att_speakers_value(speakers, 0, 0), "2024-02-29");
    assert_string_equal(att_speakers_value(speakers, 0, 1), "before");
    assert_string_equal(att_speakers_value(speakers, 1, 1), "after");
    assert_string_equal(att_speakers_value(speakers, 2, 1), "");
    att_speakers_free(speakers);
}

static void test_speakers__a_column_may_hold_the_periods_themselves(void **state)
{
    att_speakers *speakers = table("label,speaker,wave\nA,Ann,1\nB,Bea,2\n");

    (void)state;
    assert_int_equal(att_speakers_set_periods(speakers, "wave", &(att_strings){NULL, 0}, NULL), ATT_OK);
    assert_string_equal(att_speakers_value(speakers, 1, 1), "2");
    att_speakers_free(speakers);
}

static void test_speakers__periods_may_be_of_transcripts(void **state)
{
    att_speakers *speakers = table("label,speaker\nA,Ann\n");

    (void)state;
    assert_int_equal(att_speakers_set_periods(speakers, "transcript", &before_after, NULL), ATT_OK);
    assert_string_equal(att_speakers_value_in(speakers, att_span_of("2024-01-01"), 0, 0), "before");
    assert_string_equal(att_speakers_value_in(speakers, att_span_of("2024-04-01"), -1, 0), "after");
    assert_string_equal(att_speakers_value_in(speakers, att_span_of("talk"), 0, 0), "");
    att_speakers_free(speakers);
}

static void test_speakers__a_period_column_is_not_overwritten(void **state)
{
    att_speakers *full = table("label,speaker,date,period\nA,Ann,2024-02-29,x\n");
    att_speakers *empty = table("label,speaker,date,period\nA,Ann,2024-02-29,\n");
    att_error error = {0};

    (void)state;
    assert_int_equal(att_speakers_set_periods(full, "date", &before_after, &error), ATT_USAGE);
    assert_non_null(strstr(error.message, "a column 'period' with values already"));
    assert_int_equal(att_speakers_set_periods(empty, "date", &before_after, NULL), ATT_OK);
    assert_int_equal(att_speakers_column_count(empty), 2);
    assert_string_equal(att_speakers_value(empty, 0, 1), "before");
    assert_int_equal(att_speakers_set_periods(full, "wave", &before_after, &error), ATT_USAGE);
    assert_non_null(strstr(error.message, "there are transcript (its own date, or the one in its name), date, period"));
    att_speakers_free(full);
    att_speakers_free(empty);
}

static void test_date__that_is_stated_comes_before_the_one_in_the_name(void **state)
{
    att_span name = att_span_of("2020-01-01_anna");

    (void)state;
    assert_true(att_span_equal(att_date_of(att_span_of("2024-03-05"), name), att_span_of("2024-03-05")));
    assert_true(att_span_equal(att_date_of(att_span_of("in spring"), name), att_span_of("2020-01-01")));
    assert_true(att_span_equal(att_date_of((att_span){NULL, 0}, name), att_span_of("2020-01-01")));
    assert_int_equal(att_date_of(att_span_of("in spring"), att_span_of("anna")).size, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_date__days_months_and_years_are_read),
        cmocka_unit_test(test_date__what_can_be_read_in_two_ways_is_none),
        cmocka_unit_test(test_date__is_found_in_a_name),
        cmocka_unit_test(test_date__that_is_stated_comes_before_the_one_in_the_name),
        cmocka_unit_test(test_periods__begin_on_their_day),
        cmocka_unit_test(test_periods__of_another_form_are_refused),
        cmocka_unit_test(test_speakers__dates_become_periods),
        cmocka_unit_test(test_speakers__a_column_may_hold_the_periods_themselves),
        cmocka_unit_test(test_speakers__periods_may_be_of_transcripts),
        cmocka_unit_test(test_speakers__a_period_column_is_not_overwritten),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
