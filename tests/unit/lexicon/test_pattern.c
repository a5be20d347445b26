/* Globs and elements against each other, as the findings need it. */
#include "base/glob.h"
#include "given.h"

#include "lexicon/pattern.h"

static bool fits(const char *glob, const char *token)
{
    return att_glob_matches(att_span_of(glob), att_span_of(token));
}

static void test_glob__asterisk_is_any_number_of_code_points(void **state)
{
    (void)state;
    assert_true(fits("*", ""));
    assert_true(fits("*", "hope"));
    assert_true(fits("hope*", "hope"));
    assert_true(fits("hope*", "hopeful"));
    assert_false(fits("hope*", "hop"));
    assert_true(fits("*ful", "hopeful"));
    assert_false(fits("*ful", "hopefully"));
    assert_true(fits("*a*b*c", "xxaxbxbxc"));
    assert_false(fits("*a*b*c", "xxaxcxb"));
    assert_true(fits("a**", "a"));
}

static void test_glob__question_mark_is_one_code_point(void **state)
{
    (void)state;
    assert_true(fits("wom?n", "women"));
    assert_true(fits("w?rter", "wörter"));
    assert_true(fits("?", "語"));
    assert_false(fits("?", ""));
    assert_false(fits("?", "ab"));
    assert_true(fits("*?", "é"));
    assert_false(fits("?"
                      "?",
                      "é"));
    assert_true(fits("*?é", "aéé"));
}

static void test_glob__without_globs_is_equality(void **state)
{
    (void)state;
    assert_true(fits("hope", "hope"));
    assert_false(fits("hope", "hopes"));
    assert_false(fits("hope", ""));
    assert_true(fits("", ""));
}

static bool meet(att_element_kind a_kind, const char *a, att_element_kind b_kind, const char *b)
{
    att_element left = {a_kind, att_span_of(a), 0};
    att_element right = {b_kind, att_span_of(b), 0};

    return att_elements_meet(&left, &right);
}

static void test_elements__meet_where_one_token_fits_both(void **state)
{
    (void)state;
    assert_true(meet(ATT_LITERAL, "a", ATT_LITERAL, "a"));
    assert_false(meet(ATT_LITERAL, "a", ATT_LITERAL, "b"));
    assert_true(meet(ATT_GLOB, "a*", ATT_LITERAL, "ab"));
    assert_true(meet(ATT_LITERAL, "ab", ATT_GLOB, "a*"));
    assert_false(meet(ATT_GLOB, "a*", ATT_LITERAL, "ba"));
    assert_true(meet(ATT_GLOB, "a*", ATT_GLOB, "*b"));
    assert_true(meet(ATT_REGEX, "a", ATT_LITERAL, "b"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_glob__asterisk_is_any_number_of_code_points),
        cmocka_unit_test(test_glob__question_mark_is_one_code_point),
        cmocka_unit_test(test_glob__without_globs_is_equality),
        cmocka_unit_test(test_elements__meet_where_one_token_fits_both),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
