/* What stops no run but is worth saying: warnings when a lexicon is loaded, errors when it is checked. */
#include "given.h"

/* The same findings both ways. */
static void assert_found(const char *yaml, const char *place_and_text)
{
    char expected[1000];

    (void)snprintf(expected, sizeof expected, "warning %s\n", place_and_text);
    assert_warned(yaml, expected);
    (void)snprintf(expected, sizeof expected, "error %s\n", place_and_text);
    assert_checked(yaml, ATT_BAD_INPUT, expected);
}

static void test_findings__none_for_a_tidy_lexicon(void **state)
{
    static const char yaml[] = HEAD "  a:\n    pole: technical\n    entries: [symptom*, peer work]\n"
                                    "  b:\n    pole: appreciative\n    entries: [hope, peer worker]\n"
                                    "  c:\n    entries: [hope, symptom*]\n";

    (void)state;
    assert_warned(yaml, "");
    assert_checked(yaml, ATT_OK, "");
}

static void test_findings__a_repeated_entry_does_not_count(void **state)
{
    (void)state;
    assert_found(HEAD "  a:\n    - Peer-Support\n    - hope\n    - peer support\n",
                 "7:7: 'peer support' repeats the entry of line 5 in the marker 'a' and does not count; delete one of "
                 "the two");
    assert_found(HEAD "  a:\n    b: [self**, 'self*']\n",
                 "5:17: 'self*' repeats the entry of line 5 in the marker 'a.b' and does not count; delete one of the "
                 "two");
    att_lexicon *lexicon = given(HEAD "  a: [hope, trust, HOPE, Hope]\n");
    assert_false(lexicon->entries[0].ignored);
    assert_false(lexicon->entries[1].ignored);
    assert_true(lexicon->entries[2].ignored);
    assert_true(lexicon->entries[3].ignored);
    att_lexicon_free(lexicon);
}

static void test_findings__entries_that_differ_are_not_repeats(void **state)
{
    (void)state;
    assert_warned(HEAD "  a:\n    - map\n    - {term: MAP, case: exact}\n    - map*\n    - map room\n    - room map\n"
                       "    - regex: map\n  b:\n    - map\n",
                  "");
}

static void test_findings__an_entry_in_both_poles_counts_where_it_stands_first(void **state)
{
    static const char yaml[] = HEAD "  a:\n    pole: appreciative\n    x: [hope]\n"
                                    "  n: [hope]\n"
                                    "  b:\n    pole: technical\n    y: [relapse]\n    z: [HOPE]\n";
    (void)state;
    assert_found(yaml, "11:9: 'HOPE' stands in both poles: in 'a.x' on line 6, and here in 'b.z', where it does not "
                       "count; delete one of the two");
    att_lexicon *lexicon = given(yaml);
    assert_false(lexicon->entries[0].ignored);
    assert_false(lexicon->entries[1].ignored);
    assert_true(lexicon->entries[3].ignored);
    att_lexicon_free(lexicon);
}

static void test_findings__an_entry_on_two_sides_of_a_group_counts_where_it_stands_first(void **state)
{
    static const char yaml[] = HEAD "  a:\n    x: [hope]\n  b:\n    y: [hope, fear]\n  c: [fear, hope]\n"
                                    "exclusive: [[a, b]]\n";
    (void)state;
    assert_found(yaml, "7:9: 'hope' stands in two markers that exclude each other: in 'a.x' on line 5, and here in "
                       "'b.y', where it does not count; delete one of the two");
    att_lexicon *lexicon = given(yaml);
    assert_true(lexicon->entries[1].ignored);
    assert_false(lexicon->entries[3].ignored || lexicon->entries[4].ignored);
    att_lexicon_free(lexicon);
}

static void test_findings__first_is_first_in_the_file_whatever_the_tree(void **state)
{
    att_lexicon *lexicon = given(HEAD "  r:\n    a:\n      pole: technical\n      entries: [hope]\n"
                                      "    b:\n      c:\n        pole: appreciative\n        entries: [hope]\n");

    (void)state;
    assert_false(lexicon->entries[0].ignored);
    assert_true(lexicon->entries[1].ignored);
    att_lexicon_free(lexicon);
}

static void test_findings__what_an_entry_repeats_in_part_does_not_count_there(void **state)
{
    static const char repeat[] = HEAD "  a: [peer support, (peer|recovery) support]\n";
    static const char poles[] =
        HEAD "  a:\n    pole: appreciative\n    x: [hope]\n"
             "  b:\n    pole: technical\n    y: ['(help|hope|harm)', '[no] hope', '(hope|HOPE)']\n";

    (void)state;
    assert_found(repeat, "4:21: '(peer|recovery) support' repeats in part the entry of line 4 in the marker 'a' and "
                         "does not count there; delete one of the two");
    att_lexicon *lexicon = given(repeat);
    assert_elements(lexicon, 1, "recovery support");
    att_lexicon_free(lexicon);

    lexicon = given(poles);
    assert_elements(lexicon, 1, "help; harm");
    assert_elements(lexicon, 2, "no hope");
    assert_false(lexicon->entries[2].ignored);
    assert_true(lexicon->entries[3].ignored);
    att_lexicon_free(lexicon);
    assert_found(HEAD "  a: ['(a|b)']\n  b: ['(b|c)']\n  c: ['(a b|a)', '[x] b', a b]\n",
                 "6:27: 'a b' repeats the entry of line 6 in the marker 'c' and does not count; delete one of the two");
}

static void test_findings__all_ways_of_an_entry_are_looked_at(void **state)
{
    (void)state;
    assert_found(HEAD "  a: ['(peer|*)']\n", "4:7: '(peer|*)' matches every token; add letters or delete it");
    assert_checked(HEAD "  a: ['peer*', '(peers|peer work)', 'peer(ing|age)']\n", ATT_OK,
                   "warning 4:37: 'peer(ing|age)' is caught already by 'peer*' on line 4, in 'a'; delete it\n");
    assert_checked(HEAD "  a:\n    - {term: '(case|cases)', except: '(in|just in) case'}\n"
                        "    - {term: patient, except: ['[very] patient', 'impatient (one|two)']}\n",
                   ATT_OK,
                   "warning 6:14: 'patient' has an exception that does not hold its words and can never apply; write "
                   "the exception with the words of the entry in it\n");
}

static void test_findings__a_marker_holds_something_or_says_why_not(void **state)
{
    static const char why[] =
        ": the marker 'a' holds no entry, no marker and no note; add entries, or a note that says "
        "why";
    char expected[200];

    (void)state;
    (void)snprintf(expected, sizeof expected, "4:3%s", why);
    assert_found(HEAD "  a:\n  b: [x]\n", expected);
    assert_found(HEAD "  a: []\n  b: [x]\n", expected);
    assert_found(HEAD "  a: {}\n  b: [x]\n", expected);
    assert_found(HEAD "  a:\n    entries:\n  b: [x]\n", expected);
    assert_found(HEAD "  a:\n    label: A\n  b: [x]\n", expected);
    assert_warned(HEAD "  a:\n    note: to come\n  b: [x]\n", "");
    assert_warned(HEAD "  a:\n    b: [x]\n", "");
}

static void test_findings__a_glob_without_letters_matches_everything(void **state)
{
    (void)state;
    assert_found(HEAD "  a: ['*']\n", "4:7: '*' matches every token; add letters or delete it");
    assert_found(HEAD "  a: ['?*']\n", "4:7: '?*' matches every token; add letters or delete it");
    assert_found(HEAD "  a: ['?\?']\n", "4:7: '?\?' matches every token of this length; add letters or delete it");
    assert_warned(HEAD "  a: ['* support', 'a*', '*a']\n", "");
}

static void test_findings__need_no_list_to_go_to(void **state)
{
    att_lexicon *lexicon = given(HEAD "  a: [hope, hope]\n");

    (void)state;
    assert_true(lexicon->entries[1].ignored);
    att_lexicon_free(lexicon);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_findings__none_for_a_tidy_lexicon),
        cmocka_unit_test(test_findings__a_repeated_entry_does_not_count),
        cmocka_unit_test(test_findings__entries_that_differ_are_not_repeats),
        cmocka_unit_test(test_findings__an_entry_in_both_poles_counts_where_it_stands_first),
        cmocka_unit_test(test_findings__an_entry_on_two_sides_of_a_group_counts_where_it_stands_first),
        cmocka_unit_test(test_findings__first_is_first_in_the_file_whatever_the_tree),
        cmocka_unit_test(test_findings__what_an_entry_repeats_in_part_does_not_count_there),
        cmocka_unit_test(test_findings__all_ways_of_an_entry_are_looked_at),
        cmocka_unit_test(test_findings__a_marker_holds_something_or_says_why_not),
        cmocka_unit_test(test_findings__a_glob_without_letters_matches_everything),
        cmocka_unit_test(test_findings__need_no_list_to_go_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
