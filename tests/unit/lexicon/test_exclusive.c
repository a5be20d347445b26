/* `exclusive:` groups, and markers by name. */
#include "given.h"

#include "lexicon/marker_names.h"

#define MARKERS HEAD "  a:\n    x: [one]\n    y: [two]\n  b:\n    x: [three]\n  c-x: [four]\n"

/* The groups as "a.x b, c d". */
static void assert_groups(const char *yaml, const char *expected)
{
    att_lexicon *lexicon = given(yaml);
    att_buffer text = {0};

    att_buffer_text(&text, "");
    for (uint32_t g = 0; g < lexicon->group_count; g++)
        for (uint32_t i = 0; i < lexicon->groups[g].count; i++)
            att_buffer_format(&text, "%s%s",
                              i   ? " "
                              : g ? ", "
                                  : "",
                              lexicon->markers[lexicon->groups[g].markers[i]].path);
    assert_string_equal(text.data, expected);
    att_buffer_clear(&text);
    att_lexicon_free(lexicon);
}

static void test_exclusive__groups_name_markers_by_path(void **state)
{
    (void)state;
    assert_groups(MARKERS, "");
    assert_groups(MARKERS "exclusive:\n", "");
    assert_groups(MARKERS "exclusive: [[a, b]]\n", "a b");
    assert_groups(MARKERS "exclusive:\n  - [a.x, a.y, b]\n  - [c-x, a]\n", "a.x a.y b, c-x a");
    assert_groups("exclusive: [[a.x, b.x]]\n" MARKERS, "a.x b.x"); /* wherever it stands */
}

static void test_exclusive__the_last_parts_of_a_path_are_enough(void **state)
{
    (void)state;
    assert_groups(MARKERS "exclusive: [[y, c-x]]\n", "a.y c-x");
    assert_groups(HEAD "  a:\n    x:\n      z: [one]\n  b:\n    x: [two]\n    z: [three]\nexclusive: [[x.z, b.x]]\n",
                  "a.x.z b.x");
    /* A whole path is never ambiguous. */
    assert_groups(HEAD "  x: [one]\n  b:\n    x: [two]\nexclusive: [[x, b]]\n", "x b");
}

static void test_exclusive__unknown_and_ambiguous_names_are_refused(void **state)
{
    (void)state;
    assert_refused(MARKERS "exclusive: [[a.z, b]]\n", "x.yml:10:14: there is no marker 'a.z'; did you mean 'a.x'?");
    assert_refused(MARKERS "exclusive: [[mood, b]]\n",
                   "x.yml:10:14: there is no marker 'mood'; write the path of one, such as 'a'");
    assert_refused(MARKERS "exclusive: [[b, x]]\n",
                   "x.yml:10:17: 'x' may be 'a.x' or 'b.x'; write the whole path of one");
    assert_refused(MARKERS "exclusive: [['', b]]\n",
                   "x.yml:10:14: there is no marker ''; write the path of one, such as 'a'");
}

static void test_exclusive__no_marker_stands_against_itself(void **state)
{
    (void)state;
    assert_refused(MARKERS "exclusive: [[a, b, a]]\n",
                   "x.yml:10:20: 'a' and 'a' cannot exclude each other: one is the other or stands below it; leave one "
                   "out");
    assert_refused(MARKERS "exclusive: [[a, a.x]]\n",
                   "x.yml:10:17: 'a' and 'a.x' cannot exclude each other: one is the other or stands below it; leave "
                   "one out");
    assert_refused(MARKERS "exclusive: [[a.y, b, a]]\n",
                   "x.yml:10:22: 'a.y' and 'a' cannot exclude each other: one is the other or stands below it; leave "
                   "one out");
}

static void test_exclusive__is_a_list_of_lists(void **state)
{
    (void)state;
    assert_refused(
        MARKERS "exclusive: a\n",
        "x.yml:10:12: 'exclusive' must be a list of groups of markers; write it like [hope, despair], behind "
        "a dash");
    assert_refused(MARKERS "exclusive: [a, b]\n",
                   "x.yml:10:13: a group below 'exclusive' must be a list of marker names; write it like [hope, "
                   "despair], behind a dash");
    assert_refused(MARKERS "exclusive: [[a, [b]]]\n",
                   "x.yml:10:17: a group below 'exclusive' must be a list of marker names; write it like [hope, "
                   "despair], behind a dash");
    assert_refused(
        MARKERS "exclusive: [[a]]\n",
        "x.yml:10:13: a group below 'exclusive' must name 2 to 10000 markers; write it like [hope, despair], "
        "behind a dash");
    assert_checked(MARKERS "exclusive:\n  - [a, d]\n  - [b]\n  - [a, b]\n", ATT_BAD_INPUT,
                   "error 11:9: there is no marker 'd'; write the path of one, such as 'a'\n"
                   "error 12:5: a group below 'exclusive' must name 2 to 10000 markers; write it like [hope, despair], "
                   "behind a dash\n");
}

static void test_exclusive__there_is_a_bound_on_groups(void **state)
{
    att_buffer yaml = {0};

    (void)state;
    att_buffer_text(&yaml, MARKERS "exclusive:\n");
    for (int i = 0; i < 64; i++)
        att_buffer_text(&yaml, "  - [a, b]\n");
    att_lexicon_free(given(yaml.data));
    att_buffer_text(&yaml, "  - [a, b]\n");
    assert_refused(yaml.data, "x.yml:75:5: more than 64 groups below 'exclusive'; leave some out");
    att_buffer_clear(&yaml);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exclusive__groups_name_markers_by_path),
        cmocka_unit_test(test_exclusive__the_last_parts_of_a_path_are_enough),
        cmocka_unit_test(test_exclusive__unknown_and_ambiguous_names_are_refused),
        cmocka_unit_test(test_exclusive__no_marker_stands_against_itself),
        cmocka_unit_test(test_exclusive__is_a_list_of_lists),
        cmocka_unit_test(test_exclusive__there_is_a_bound_on_groups),
    };
    return cmocka_run_group_tests_name("exclusive", tests, NULL, NULL);
}
