/* The tally of one transcript, whole or in parts. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tallies.h"
#include "tally/transcript.h"

#include <stdio.h>
#include <string.h>

static void test_labels__are_found_again_and_sorted_at_the_end(void **state)
{
    (void)state;
    att_transcript_tally transcript = test_transcript("t", 10);
    char label[16];
    for (int i = 99; i >= 0; i--) {
        snprintf(label, sizeof label, "L%02d", i);
        test_turn(&transcript, label, (uint64_t)i + 1, 0, 0);
        test_turn(&transcript, label, 1, 0, 0);
    }
    assert_int_equal(transcript.label_count, 100);
    assert_int_equal(att_transcript_tally_sort(&transcript, NULL), ATT_OK);
    for (size_t i = 0; i < 100; i++) {
        snprintf(label, sizeof label, "L%02zu", i);
        assert_true(att_span_equal(transcript.labels[i].label, att_span_of(label)));
        assert_int_equal(transcript.labels[i].tally.tokens, i + 2);
    }
    /* And found again after it. */
    test_turn(&transcript, "L07", 100, 0, 0);
    assert_int_equal(transcript.label_count, 100);
    assert_int_equal(transcript.labels[7].tally.tokens, 109);
    att_transcript_tally_clear(&transcript);
}

static void test_sort__drops_labels_that_said_nothing(void **state)
{
    (void)state;
    att_transcript_tally transcript = test_transcript("t", 10);
    test_turn(&transcript, "silent", 0, 0, 0);
    test_turn(&transcript, "", 3, 0, 0);
    assert_int_equal(att_transcript_tally_sort(&transcript, NULL), ATT_OK);
    assert_int_equal(transcript.label_count, 1);
    assert_int_equal(transcript.labels[0].label.size, 0);
    att_transcript_tally_clear(&transcript);
}

static void say(att_transcript_tally *transcript, const char *label, const char *column, const char *value)
{
    assert_true(att_said_add(&transcript->said, att_span_of(label), att_span_of(column), att_span_of(value)));
}

static att_span said_of(const att_transcript_tally *transcript, const char *label, size_t index)
{
    size_t count;
    const att_said_fact *facts = att_said_of(&transcript->said, att_span_of(label), &count);
    return index < count ? facts[index].value : (att_span){0};
}

static void test_said__is_kept_of_those_who_speak(void **state)
{
    (void)state;
    att_transcript_tally transcript = test_transcript("t", 10);
    test_turn(&transcript, "A", 3, 0, 0);
    say(&transcript, "B", "role", "guest");
    say(&transcript, "A", "sex", "f");
    say(&transcript, "A", "role", "chair");
    say(&transcript, "A", "role", "member"); /* the smaller one stands */
    say(&transcript, "A", "Label", "x");     /* not to be told from the table's own */
    say(&transcript, "A", "age", "");
    say(&transcript, "", "age", "3");
    assert_int_equal(att_transcript_tally_sort(&transcript, NULL), ATT_OK);
    assert_int_equal(transcript.said.count, 2);
    assert_true(att_span_equal(said_of(&transcript, "A", 0), att_span_of("chair")));
    assert_true(att_span_equal(said_of(&transcript, "A", 1), att_span_of("f")));
    assert_int_equal(said_of(&transcript, "B", 0).size, 0);
    att_transcript_tally_clear(&transcript);
}

static att_transcript_tally part(uint64_t from, uint64_t to)
{
    att_transcript_tally transcript;
    assert_int_equal(att_transcript_tally_init(&transcript, att_span_of("t"), att_span_of("en"), NULL), ATT_OK);
    transcript.size = 100;
    transcript.hash = 7;
    assert_int_equal(att_transcript_tally_range(&transcript, from, to, NULL), ATT_OK);
    return transcript;
}

static void test_parts__add_up_to_the_whole_in_any_order(void **state)
{
    (void)state;
    att_transcript_tally whole = part(0, 100), a = part(0, 30), b = part(30, 80), c = part(80, 100);
    test_turn(&a, "A", 10, 1, 0);
    test_turn(&b, "B", 20, 0, 3);
    test_turn(&b, "A", 5, 2, 1);
    test_turn(&c, "A", 7, 0, 0);
    test_turn(&whole, "A", 10, 1, 0);
    test_turn(&whole, "B", 20, 0, 3);
    test_turn(&whole, "A", 5, 2, 1);
    test_turn(&whole, "A", 7, 0, 0);
    assert_false(att_transcript_tally_whole(&c));
    assert_int_equal(att_transcript_tally_add(&c, &a, NULL), ATT_OK);
    assert_int_equal(c.range_count, 2);
    assert_false(att_transcript_tally_whole(&c));
    assert_int_equal(att_transcript_tally_add(&c, &b, NULL), ATT_OK);
    assert_int_equal(c.range_count, 1);
    assert_true(att_transcript_tally_whole(&c));
    assert_int_equal(att_transcript_tally_sort(&c, NULL), ATT_OK);
    assert_int_equal(att_transcript_tally_sort(&whole, NULL), ATT_OK);
    assert_int_equal(c.label_count, whole.label_count);
    for (size_t i = 0; i < c.label_count; i++) {
        assert_true(att_span_equal(c.labels[i].label, whole.labels[i].label));
        assert_true(att_tally_equal(&c.labels[i].tally, &whole.labels[i].tally));
    }
    att_transcript_tally_clear(&whole);
    att_transcript_tally_clear(&a);
    att_transcript_tally_clear(&b);
    att_transcript_tally_clear(&c);
}

static void test_parts__the_date_that_one_states_is_of_all(void **state)
{
    (void)state;
    att_transcript_tally a = test_transcript("2020-01-01", 10), b = test_transcript("2020-01-01", 10);
    assert_true(att_span_equal(att_transcript_tally_when(&a), att_span_of("2020-01-01")));
    assert_int_equal(att_transcript_tally_date(&b, att_span_of("2024-03-05"), NULL), ATT_OK);
    assert_int_equal(att_transcript_tally_date(&b, att_span_of("2025-03-05"), NULL), ATT_OK);
    a.range_count = 0;
    assert_int_equal(att_transcript_tally_add(&a, &b, NULL), ATT_OK);
    assert_true(att_span_equal(att_transcript_tally_when(&a), att_span_of("2024-03-05")));
    att_transcript_tally_clear(&a);
    att_transcript_tally_clear(&b);
}

static void test_ranges__that_overlap_are_refused(void **state)
{
    (void)state;
    static const uint64_t overlaps[][2] = {{10, 20}, {0, 11}, {19, 30}, {5, 25}, {12, 13}, {10, 11}};
    for (size_t i = 0; i < sizeof overlaps / sizeof *overlaps; i++) {
        att_transcript_tally transcript = part(10, 20);
        att_error error = {0};
        assert_int_equal(att_transcript_tally_range(&transcript, overlaps[i][0], overlaps[i][1], &error),
                         ATT_BAD_INPUT);
        assert_non_null(strstr(error.message, "twice"));
        att_transcript_tally_clear(&transcript);
    }
}

static void test_ranges__join_with_their_neighbours(void **state)
{
    (void)state;
    att_transcript_tally transcript = part(10, 20);
    assert_int_equal(att_transcript_tally_range(&transcript, 0, 5, NULL), ATT_OK);
    assert_int_equal(att_transcript_tally_range(&transcript, 20, 30, NULL), ATT_OK);
    assert_int_equal(att_transcript_tally_range(&transcript, 40, 50, NULL), ATT_OK);
    assert_int_equal(att_transcript_tally_range(&transcript, 35, 40, NULL), ATT_OK);
    assert_int_equal(att_transcript_tally_range(&transcript, 33, 33, NULL), ATT_OK);
    assert_int_equal(transcript.range_count, 3);
    assert_int_equal(att_transcript_tally_range(&transcript, 5, 10, NULL), ATT_OK);
    assert_int_equal(att_transcript_tally_range(&transcript, 30, 35, NULL), ATT_OK);
    assert_int_equal(transcript.range_count, 1);
    assert_int_equal(transcript.ranges[0].from, 0);
    assert_int_equal(transcript.ranges[0].to, 50);
    att_transcript_tally_clear(&transcript);
}

static void test_parts__of_different_inputs_are_refused(void **state)
{
    (void)state;
    att_transcript_tally a = part(0, 30), b = part(30, 100), c = part(30, 100);
    att_error error = {0};
    b.hash = 8;
    assert_int_equal(att_transcript_tally_add(&a, &b, &error), ATT_BAD_INPUT);
    assert_non_null(strstr(error.message, "different inputs"));
    ((char *)c.language.text)[0] = 'd';
    assert_int_equal(att_transcript_tally_add(&a, &c, &error), ATT_BAD_INPUT);
    assert_non_null(strstr(error.message, "language"));
    att_transcript_tally_clear(&a);
    att_transcript_tally_clear(&b);
    att_transcript_tally_clear(&c);
}

static void test_whole__an_empty_input_is(void **state)
{
    (void)state;
    att_transcript_tally transcript = test_transcript("t", 0);
    assert_true(att_transcript_tally_whole(&transcript));
    att_transcript_tally_clear(&transcript);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_labels__are_found_again_and_sorted_at_the_end),
        cmocka_unit_test(test_sort__drops_labels_that_said_nothing),
        cmocka_unit_test(test_said__is_kept_of_those_who_speak),
        cmocka_unit_test(test_parts__add_up_to_the_whole_in_any_order),
        cmocka_unit_test(test_parts__the_date_that_one_states_is_of_all),
        cmocka_unit_test(test_ranges__that_overlap_are_refused),
        cmocka_unit_test(test_ranges__join_with_their_neighbours),
        cmocka_unit_test(test_parts__of_different_inputs_are_refused),
        cmocka_unit_test(test_whole__an_empty_input_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
