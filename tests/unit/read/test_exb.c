/* EXMARaLDA transcriptions. What tiers and the timeline do is in tests/cases/exb. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "xml_cases.h"

static const att_format *const exb = &att_format_exb;

static const char three_tiers[] =
    "<basic-transcription><head><speakertable><speaker id=\"S\"><abbreviation>ADA</abbreviation></speaker>"
    "</speakertable></head><basic-body><common-timeline><tli id=\"T0\" time=\"1\"/><tli id=\"T1\" time=\"2\"/>"
    "</common-timeline>"
    "<tier id=\"TIE0\" speaker=\"S\" category=\"v\" type=\"t\" display-name=\"ADA [v]\">"
    "<event start=\"T0\" end=\"T1\">Hallo. </event></tier>"
    "<tier id=\"TIE1\" speaker=\"S\" category=\"en\" type=\"a\" display-name=\"ADA [en]\">"
    "<event start=\"T0\" end=\"T1\">Hello.</event></tier></basic-body></basic-transcription>";

static void test_exb__cases(void **state)
{
    (void)state;
    xml_cases_check(exb, 6);
}

static void test_exb__tiers_are_asked_for_by_name_category_or_id(void **state)
{
    static const char *const names[] = {"*[en]", "en", "TIE1"};
    static const char *const none[] = {"ADA"};

    (void)state;
    xml_expect(exb, three_tiers, NULL, "ADA||1000|2000|0|Hallo.\n");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        xml_expect(exb, three_tiers, &(att_read_options){.tiers = &names[i], .tier_count = 1},
                   "ADA||1000|2000|0|Hello.\n");
    xml_expect_error(exb, three_tiers, &(att_read_options){.tiers = none, .tier_count = 1},
                     "test: has no tier that --tier asks for; choose of its tiers with --tier: ADA [v], ADA [en]");
}

static void test_exb__file_without_spoken_tiers_is_an_error(void **state)
{
    (void)state;
    xml_expect_error(exb,
                     "<basic-transcription><basic-body><tier id=\"T\" type=\"d\"><event>x</event></tier></basic-body>"
                     "</basic-transcription>",
                     NULL, "test: has no tier of type t, which would hold speech; choose of its tiers with --tier: T");
    xml_expect(exb, "<basic-transcription/>", NULL, "");
}

static void test_exb__is_known_by_its_root(void **state)
{
    (void)state;
    assert_int_equal(exb->sniff(att_span_of("<basic-transcription Id=\"x\">"), false, "a.xml"), 95);
    assert_int_equal(exb->sniff(att_span_of("<segmented-transcription>"), true, "a.exb"), 0);
}

static void test_exb__every_prefix_ends_in_turns_or_an_error(void **state)
{
    (void)state;
    xml_cases_cut(exb);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exb__cases),
        cmocka_unit_test(test_exb__tiers_are_asked_for_by_name_category_or_id),
        cmocka_unit_test(test_exb__file_without_spoken_tiers_is_an_error),
        cmocka_unit_test(test_exb__is_known_by_its_root),
        cmocka_unit_test(test_exb__every_prefix_ends_in_turns_or_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
