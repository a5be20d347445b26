/* Transcriptions in TEI, and ParlaMint. What elements do is in tests/cases/tei. */
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

#define SAMPLES "../shared/samples/tei/"

static const att_format *const tei = &att_format_tei;

static void test_tei__cases(void **state)
{
    (void)state;
    xml_cases_check(tei, 12);
}

static void test_tei__utterance_without_words_is_no_turn(void **state)
{
    (void)state;
    xml_expect(tei, "<TEI><text><body><u who=\"#A\"/><u who=\"#B\"> <note>nods</note></u></body></text></TEI>", NULL,
               "");
}

static void test_tei__text_without_a_language_has_the_only_one_that_is_used(void **state)
{
    (void)state;
    xml_expect(
        tei, "<TEI><teiHeader><langUsage><language ident=\"nl\"/></langUsage></teiHeader><text><u>Ja.</u></text></TEI>",
        NULL, "||-|-|0|Ja.\n@language|nl\n");
    xml_expect(tei,
               "<TEI><teiHeader><langUsage><language ident=\"nl\"/><language ident=\"fy\"/></langUsage></teiHeader>"
               "<text><u>Ja.</u></text></TEI>",
               NULL, "||-|-|0|Ja.\n");
}

static void test_tei__skipped_elements_do_not_unsettle_what_follows(void **state)
{
    (void)state;
    xml_expect(
        tei,
        "<TEI><text><u who=\"#A\"><seg>One <note>a <u who=\"#B\">b</u> <w>c</w></note>two "
        "<choice><w>three</w><w>3</w><note>x</note></choice> four.</seg> Five</u><u who=\"#B\">Six.</u></text></TEI>",
        NULL, "A||-|-|0|One two three four. Five\nB||-|-|0|Six.\n");
}

static void test_tei__is_known_by_its_root(void **state)
{
    (void)state;
    assert_int_equal(tei->sniff(att_span_of("<TEI xmlns=\"http://www.tei-c.org/ns/1.0\">"), false, "a.xml"), 90);
    assert_int_equal(tei->sniff(att_span_of("<teiCorpus>"), false, "a.xml"), 90);
    assert_int_equal(tei->sniff(att_span_of("<TEI.2>"), false, "a"), 90);
    assert_int_equal(tei->sniff(att_span_of("<html>"), true, "a.tei"), 0);
}

static void test_tei__every_prefix_ends_in_turns_or_an_error(void **state)
{
    (void)state;
    xml_cases_cut(tei);
}

/* Ten utterances; one of them goes from Catalan to Spanish and back, twice, and each part is a turn of its language. */
static void test_tei__sample(void **state)
{
    char *turns = test_turns_of_file(tei, SAMPLES "ParlaMint-ES-CT_2015-11-09.xml", NULL);
    size_t count = 0, spanish = 0;

    (void)state;
    if (!turns)
        skip();
    for (const char *line = turns; line && *line && *line != '@'; line = strchr(line, '\n') + 1) {
        count++;
        spanish += strncmp(strchr(line, '|'), "|es|", 4) == 0;
    }
    assert_int_equal(count, 10 + 4);
    assert_int_equal(spanish, 3);
    assert_non_null(strstr(turns, "@language|ca\n"));
    assert_non_null(strstr(turns, "@GabrielAnna|role|member\n"));
    free(turns);
}

static void test_tei__sample_of_a_corpus_root(void **state)
{
    char *turns = test_turns_of_file(tei, SAMPLES "ParlaMint-ES-CT.xml", NULL);

    (void)state;
    if (!turns)
        skip();
    assert_string_equal(turns,
                        "error: ParlaMint-ES-CT.xml: is the root of a corpus and holds no utterances (<u>) of its "
                        "own; give the files it includes, such as ParlaMint-ES-CT_2015-10-26.xml");
    free(turns);
}

static void test_tei__prefixes_of_the_sample_end_in_turns_or_an_error(void **state)
{
    size_t size = 0;
    char *content = scratch_read(SAMPLES "ParlaMint-ES-CT_2015-11-09.xml", &size);

    (void)state;
    if (!content)
        skip();
    test_prefixes(tei, (att_span){content, size}, "cut", 0, 50);
    free(content);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tei__cases),
        cmocka_unit_test(test_tei__utterance_without_words_is_no_turn),
        cmocka_unit_test(test_tei__text_without_a_language_has_the_only_one_that_is_used),
        cmocka_unit_test(test_tei__skipped_elements_do_not_unsettle_what_follows),
        cmocka_unit_test(test_tei__is_known_by_its_root),
        cmocka_unit_test(test_tei__every_prefix_ends_in_turns_or_an_error),
        cmocka_unit_test(test_tei__prefixes_of_the_sample_end_in_turns_or_an_error),
        cmocka_unit_test(test_tei__sample),
        cmocka_unit_test(test_tei__sample_of_a_corpus_root),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
