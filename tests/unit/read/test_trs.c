/* Transcriber files. Most of what they hold is in tests/cases/trs. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "xml_cases.h"

static const att_format *const trs = &att_format_trs;

#define TURNS(turns)                                                                                                   \
    "<Trans><Speakers><Speaker id=\"s1\" name=\"Ada\"/><Speaker id=\"s2\" "                                            \
    "name=\"Ben\"/></Speakers><Episode><Section>" turns "</Section></Episode></Trans>"

static void test_trs__cases(void **state)
{
    (void)state;
    xml_cases_check(trs, 4);
}

static void test_trs__text_before_the_first_who_is_the_first_speakers(void **state)
{
    (void)state;
    xml_expect(
        trs,
        TURNS("<Turn speaker=\" s2  s1 \">One.<Who nb=\"2\"/>Two.<Who nb=\"x\"/>Three.<Who nb=\"99\"/>Four.</Turn>"),
        NULL, "Ben||-|-|0|One.\nAda||-|-|0|Two.\n||-|-|0|Three. Four.\n");
}

static void test_trs__segments_of_one_turn_are_one_turn(void **state)
{
    (void)state;
    xml_expect(trs,
               TURNS("<Turn speaker=\"s1\" startTime=\"1\" endTime=\"4\"><Sync time=\"1\"/><Sync time=\"2\"/>One."
                     "<Sync time=\"3\"/>Two.</Turn><Turn speaker=\"s1\" startTime=\"4\" endTime=\"5\">Three.</Turn>"),
               NULL, "Ada||2000|4000|0|One. Two.\nAda||4000|5000|0|Three.\n");
}

static void test_trs__is_known_by_its_root(void **state)
{
    (void)state;
    assert_int_equal(
        trs->sniff(att_span_of("<?xml version=\"1.0\"?><!DOCTYPE Trans SYSTEM \"trans-14.dtd\"><Trans>"), false, "a"),
        90);
    assert_int_equal(trs->sniff(att_span_of("<Transcript>"), true, "a.trs"), 0);
}

static void test_trs__every_prefix_ends_in_turns_or_an_error(void **state)
{
    (void)state;
    xml_cases_cut(trs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_trs__cases),
        cmocka_unit_test(test_trs__text_before_the_first_who_is_the_first_speakers),
        cmocka_unit_test(test_trs__segments_of_one_turn_are_one_turn),
        cmocka_unit_test(test_trs__is_known_by_its_root),
        cmocka_unit_test(test_trs__every_prefix_ends_in_turns_or_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
