/* The format around the text of rich text files (test_rtf_text.c has that). */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "turns.h"

#include <stdlib.h>

static const att_format *const rtf = &att_format_rtf;

static void expect(const char *content, const att_read_options *options, const char *turns)
{
    char *got = test_turns(rtf, att_span_of(content), "a.rtf", options, 0);

    assert_string_equal(got, turns);
    free(got);
}

static void test_rtf__paragraphs_with_labels_are_turns(void **state)
{
    (void)state;
    expect("{\\rtf1\\ansi An\\b na:\\b0  One.\\par Ben: Two.\\line Still Ben.\\par\\par Anna: Three.\\par}", NULL,
           "Anna||-|-|6|One.\nBen||-|-|17|Two.\\n\\nStill Ben.\nAnna||-|-|41|Three.\n");
}

static void test_rtf__rows_of_speaker_and_text_are_turns(void **state)
{
    (void)state;
    expect(
        "{\\rtf1\\ansi Title\\par\\trowd Anna\\cell One.\\cell\\row\\trowd Ben\\cell Two.\\cell\\row\\trowd Anna\\cell "
        "Three.\\cell\\row\\pard End.\\par}",
        NULL, "||-|-|0|Title\nAnna||-|-|13|One.\nBen||-|-|24|Two.\nAnna||-|-|36|Three.\\n\\nEnd.\n");
}

static void test_rtf__one_line_with_a_tab_is_no_table(void **state)
{
    (void)state;
    expect("{\\rtf1\\ansi Anna:\\tab One.\\par Ben: Two.\\par}", NULL, "Anna||-|-|6|One.\nBen||-|-|17|Two.\n");
}

static void test_rtf__style_of_labels_is_not_known(void **state)
{
    att_read_options options = {.speaker_style = "Speaker"};

    (void)state;
    expect("{\\rtf1 Anna: One.\\par}", &options,
           "error: a.rtf: is a rich text file, whose styles are not read; save it as .docx or .odt, or leave out "
           "--speaker-style");
}

static void test_rtf__is_recognised_by_its_beginning(void **state)
{
    (void)state;
    assert_true(rtf->sniff(att_span_of("{\\rtf1\\ansi x}"), true, "a.doc") >= 90);
    assert_int_equal(rtf->sniff(att_span_of("Anna: {\\rtf1}"), true, "a.rtf"), 0);
}

static void test_rtf__every_prefix_ends_in_turns_or_an_error(void **state)
{
    (void)state;
    att_span content = att_span_of("{\\rtf1\\ansi\\trowd Anna\\cell One\\'e9.\\cell\\row\\pard {\\*\\x y}End.\\par}");
    test_prefixes(rtf, content, "a.rtf", content.size, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rtf__paragraphs_with_labels_are_turns),
        cmocka_unit_test(test_rtf__rows_of_speaker_and_text_are_turns),
        cmocka_unit_test(test_rtf__one_line_with_a_tab_is_no_table),
        cmocka_unit_test(test_rtf__style_of_labels_is_not_known),
        cmocka_unit_test(test_rtf__is_recognised_by_its_beginning),
        cmocka_unit_test(test_rtf__every_prefix_ends_in_turns_or_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
