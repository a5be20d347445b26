/* The word that somebody may have meant. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "base/nearest.h"

static size_t distance(const char *a, const char *b)
{
    return att_edit_distance(att_span_of(a), att_span_of(b), 5);
}

static void test_edit_distance__counts_letters_put_in_left_out_replaced_or_swapped(void **state)
{
    (void)state;
    assert_int_equal(distance("entries", "entries"), 0);
    assert_int_equal(distance("entires", "entries"), 1);
    assert_int_equal(distance("entrie", "entries"), 1);
    assert_int_equal(distance("entriess", "entries"), 1);
    assert_int_equal(distance("lable", "label"), 1);
    assert_int_equal(distance("kitten", "sitting"), 3);
    assert_int_equal(distance("", "abc"), 3);
    assert_int_equal(distance("abc", ""), 3);
    assert_int_equal(distance("", ""), 0);
}

static void test_edit_distance__past_the_limit_is_limit_plus_one(void **state)
{
    (void)state;
    assert_int_equal(att_edit_distance(att_span_of("abcdef"), att_span_of("uvwxyz"), 2), 3);
    assert_int_equal(att_edit_distance(att_span_of("abc"), att_span_of("abd"), 0), 1);
}

static void test_edit_distance__very_long_words_are_equal_or_far(void **state)
{
    char a[101];
    char b[101];

    (void)state;
    memset(a, 'x', 100);
    memset(b, 'x', 100);
    a[100] = b[100] = '\0';
    assert_int_equal(distance(a, b), 0);
    b[50] = 'y';
    assert_int_equal(distance(a, b), 6);
    assert_int_equal(distance(a, "x"), 6);
}

static void test_nearest__is_the_first_of_the_closest(void **state)
{
    static const char *const words[] = {"label", "pole", "note", "entries"};

    (void)state;
    assert_string_equal(att_nearest(att_span_of("lable"), words, 4, 2), "label");
    assert_string_equal(att_nearest(att_span_of("notes"), words, 4, 2), "note");
    assert_string_equal(att_nearest(att_span_of("nole"), words, 4, 2), "pole");
    assert_null(att_nearest(att_span_of("something"), words, 4, 2));
    assert_null(att_nearest(att_span_of("x"), words, 0, 2));
}

static void test_nearest__needs_something_in_common(void **state)
{
    static const char *const words[] = {"by"};

    (void)state;
    assert_null(att_nearest(att_span_of("xz"), words, 1, 2));
    assert_null(att_nearest(att_span_of(""), words, 1, 2));
    assert_string_equal(att_nearest(att_span_of("bY"), words, 1, 2), "by");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_edit_distance__counts_letters_put_in_left_out_replaced_or_swapped),
        cmocka_unit_test(test_edit_distance__past_the_limit_is_limit_plus_one),
        cmocka_unit_test(test_edit_distance__very_long_words_are_equal_or_far),
        cmocka_unit_test(test_nearest__is_the_first_of_the_closest),
        cmocka_unit_test(test_nearest__needs_something_in_common),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
