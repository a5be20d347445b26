/* ELAN annotations. What tiers and slots do is in tests/cases/eaf. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "scratch.h"
#include "turns.h"
#include "xml_cases.h"

#include <stdlib.h>
#include <string.h>

#define SAMPLE "../shared/samples/eaf/sample_3.0.eaf"

#define FILE_OF(body)                                                                                                  \
    "<ANNOTATION_DOCUMENT><TIME_ORDER><TIME_SLOT TIME_SLOT_ID=\"t1\" TIME_VALUE=\"10\"/>"                              \
    "<TIME_SLOT TIME_SLOT_ID=\"t2\" TIME_VALUE=\"20\"/></TIME_ORDER>" body "</ANNOTATION_DOCUMENT>"
#define SAID(id, text)                                                                                                 \
    "<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID=\"" id "\" TIME_SLOT_REF1=\"t1\" TIME_SLOT_REF2=\"t2\">"          \
    "<ANNOTATION_VALUE>" text "</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>"
#define OF(id, reference, text)                                                                                        \
    "<ANNOTATION><REF_ANNOTATION ANNOTATION_ID=\"" id "\" ANNOTATION_REF=\"" reference "\">"                           \
    "<ANNOTATION_VALUE>" text "</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>"
#define TIER(id, more, body) "<TIER TIER_ID=\"" id "\" LINGUISTIC_TYPE_REF=\"x\" " more ">" body "</TIER>"

static const att_format *const eaf = &att_format_eaf;

static const char two_levels[] = FILE_OF(TIER("tx@Ada", "PARTICIPANT=\"Ada\"", SAID("a1", "Hello there.")) TIER(
    "ft@Ada", "PARTICIPANT=\"Ada\" PARENT_REF=\"tx@Ada\"", OF("b1", "a1", "Hallo.")));

static void test_eaf__cases(void **state)
{
    (void)state;
    xml_cases_check(eaf, 7);
}

static void test_eaf__tiers_that_are_asked_for_are_read_whatever_they_are(void **state)
{
    static const char *const below[] = {"ft@*"};
    static const char *const both[] = {"tx@Ada", "?t@Ada"};
    static const char *const none[] = {"nothing*", "TX@ADA"};

    (void)state;
    xml_expect(eaf, two_levels, &(att_read_options){.tiers = below, .tier_count = 1}, "Ada||10|20|0|Hallo.\n");
    xml_expect(eaf, two_levels, &(att_read_options){.tiers = both, .tier_count = 2},
               "Ada||10|20|0|Hello there. Hallo.\n");
    xml_expect_error(eaf, two_levels, &(att_read_options){.tiers = none, .tier_count = 2},
                     "test: has no tier that --tier asks for; choose of its tiers with --tier: tx@Ada, ft@Ada");
}

static void test_eaf__file_without_text_is_a_transcript_without_turns(void **state)
{
    (void)state;
    xml_expect(eaf, "<ANNOTATION_DOCUMENT/>", NULL, "");
    xml_expect(eaf, FILE_OF(TIER("A", "", SAID("a1", "  "))), NULL, "");
}

static void test_eaf__references_in_a_circle_have_no_time(void **state)
{
    static const char *const all[] = {"*"};

    (void)state;
    xml_expect(eaf,
               FILE_OF(TIER("A", "PARENT_REF=\"B\"", OF("a1", "b1", "One."))
                           TIER("B", "PARENT_REF=\"A\"", OF("b1", "a1", "Two."))),
               &(att_read_options){.tiers = all, .tier_count = 1}, "A||-|-|0|One.\nB||-|-|0|Two.\n");
    xml_expect_error(eaf,
                     FILE_OF(TIER("A", "PARENT_REF=\"B\"", OF("a1", "b1", "One."))
                                 TIER("B", "PARENT_REF=\"A\"", OF("b1", "a1", "Two."))),
                     NULL, "no tier that is known to hold speech");
}

static void test_eaf__tier_below_one_that_is_missing_is_at_the_top(void **state)
{
    (void)state;
    xml_expect(eaf, FILE_OF(TIER("A", "PARENT_REF=\"gone\"", SAID("a1", "Still here."))), NULL,
               "A||10|20|0|Still here.\n");
}

static void test_eaf__is_known_by_its_root(void **state)
{
    static const char bytes[] = "\xEF\xBB\xBF<?xml version=\"1.0\"?>\n<ANNOTATION_DOCUMENT>";

    (void)state;
    assert_int_equal(eaf->sniff(att_span_of(bytes), false, "a.txt"), 95);
    assert_int_equal(eaf->sniff(att_span_of("<TEI>"), true, "a.eaf"), 0);
    assert_int_equal(eaf->sniff(att_span_of("ANNOTATION_DOCUMENT"), true, "a.eaf"), 0);
}

static void test_eaf__every_prefix_ends_in_turns_or_an_error(void **state)
{
    (void)state;
    xml_cases_cut(eaf);
}

static size_t words_of(const char *turns)
{
    size_t words = 0;

    for (; *turns; turns++)
        words += *turns == ' ' || *turns == '\n';
    return words;
}

/* 399 utterances of five words; below them 1,995 words and 1,197 gestures, which are aligned too, and beside them 1,197
 * gestures: 4,788 alignable annotations. The 3,990 that are not aligned are no speech. */
static void test_eaf__sample(void **state)
{
    static const char *const aligned[] = {"text", "words-timesub", "gest*"};
    att_read_options options = {.tiers = aligned, .tier_count = 3};
    char *turns = test_turns_of_file(eaf, SAMPLE, NULL);

    (void)state;
    if (!turns)
        skip();
    assert_int_equal(strncmp(turns, "text||2000|1199000|0|The quick brown fox 001 The", 47), 0);
    assert_int_equal(words_of(turns), 399 * 5 + 1);
    free(turns);
    turns = test_turns_of_file(eaf, SAMPLE, &options);
    assert_int_equal(words_of(turns), 399 * 5 + 1995 + 1197 + 1197 + 1);
    free(turns);
}

static void test_eaf__prefixes_of_the_sample_end_in_turns_or_an_error(void **state)
{
    size_t size = 0;
    char *content = scratch_read(SAMPLE, &size);

    (void)state;
    if (!content)
        skip();
    test_prefixes(eaf, (att_span){content, size}, "cut", 0, 50);
    free(content);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_eaf__cases),
        cmocka_unit_test(test_eaf__tiers_that_are_asked_for_are_read_whatever_they_are),
        cmocka_unit_test(test_eaf__file_without_text_is_a_transcript_without_turns),
        cmocka_unit_test(test_eaf__references_in_a_circle_have_no_time),
        cmocka_unit_test(test_eaf__tier_below_one_that_is_missing_is_at_the_top),
        cmocka_unit_test(test_eaf__is_known_by_its_root),
        cmocka_unit_test(test_eaf__every_prefix_ends_in_turns_or_an_error),
        cmocka_unit_test(test_eaf__prefixes_of_the_sample_end_in_turns_or_an_error),
        cmocka_unit_test(test_eaf__sample),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
