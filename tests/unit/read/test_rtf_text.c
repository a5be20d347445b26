/* What text there is in a rich text file. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "read/rtf_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The text of `{\rtf1 BODY}`. */
static char *text_of(const char *body, uint64_t *ill_formed)
{
    att_buffer rtf = {0}, out = {0};
    att_error error = {0};

    att_buffer_text(&rtf, "{\\rtf1");
    att_buffer_text(&rtf, body);
    att_buffer_text(&rtf, "}");
    att_buffer_text(&out, "");
    if (att_rtf_text(&out, (att_span){rtf.data, rtf.size}, ill_formed, "t.rtf", &error) != ATT_OK)
        fail_msg("%s", error.message);
    att_buffer_char(&out, '\0');
    assert_false(out.failed);
    att_buffer_clear(&rtf);
    return out.data;
}

static void expect(const char *body, const char *text)
{
    uint64_t ill_formed = 0;
    char *got = text_of(body, &ill_formed);

    assert_string_equal(got, text);
    assert_int_equal(ill_formed, 0);
    free(got);
}

static void expect_ill_formed(const char *body, const char *text, uint64_t count)
{
    uint64_t ill_formed = 0;
    char *got = text_of(body, &ill_formed);

    assert_string_equal(got, text);
    assert_int_equal(ill_formed, count);
    free(got);
}

static void expect_error(att_span rtf, const char *message)
{
    att_buffer out = {0};
    att_error error = {0};
    uint64_t ill_formed;

    assert_int_equal(att_rtf_text(&out, rtf, &ill_formed, "t.rtf", &error), ATT_BAD_INPUT);
    assert_string_equal(error.message, message);
    att_buffer_clear(&out);
}

static void test_rtf__paragraphs_lines_tabs_and_cells(void **state)
{
    (void)state;
    expect("\\pard Ann:\\tab one\\par\r\ntwo\\line three\\\nfour\\page five", "Ann:\tone\ntwo\nthree\nfour\nfive");
    expect("\\trowd\\cellx1\\cellx2 Ann:\\cell one\\cell\\row Ben:\\cell two\\cell\\row", "Ann:\tone\t\nBen:\ttwo\t\n");
    expect("outer\\nestcell inner\\nestcell{\\*\\nesttableprops\\trowd\\nestrow}{\\nonesttables\\par}\\cell",
           "outer\tinner\t\t");
}

static void test_rtf__a_label_in_several_runs_is_whole(void **state)
{
    (void)state;
    expect("{\\b\\f0 A}{\\b n}\\b0{n}{: }yes", "Ann: yes");
}

static void test_rtf__words_end_at_a_space_that_is_theirs(void **state)
{
    (void)state;
    expect("\\b bold\\b0  plain\\i-1x", "bold plainx");
    expect("a\\unknown12b", "ab");
    expect("lines of the\r\n source\nmean nothing", "lines of the sourcemean nothing");
}

static void test_rtf__signs_for_characters(void **state)
{
    (void)state;
    expect("\\\\ \\{ \\} a\\~b\\_c\\-d", "\\ { } a\xC2\xA0"
                                         "b\xE2\x80\x91"
                                         "cd");
    expect("\\lquote a\\rquote \\ldblquote b\\rdblquote \\endash \\emdash \\bullet", "‘a’“b”–—•");
}

static void test_rtf__bytes_are_of_the_documents_code_page(void **state)
{
    (void)state;
    expect("\\ansi\\ansicpg1252 Bj\\'f6rn \\'93ja\\'94", "Björn “ja”");
    expect("\\ansi\\ansicpg1251 \\'c0\\'ed\\'ed\\'e0", "Анна");
    expect("\\mac \\'8e", "é");
    expect("\\pc \\'82", "é");
    expect("no page \\'e9", "no page é");
    expect("\\ansicpg65001 \\'c3\\'a9", "é");
    expect("raw \xE9", "raw é");
    expect("\\ansicpg12345 unknown \\'e9", "unknown é");
}

static void test_rtf__bytes_are_of_the_fonts_character_set(void **state)
{
    (void)state;
    expect("\\ansicpg1252{\\fonttbl{\\f0\\fnil\\fcharset0 Arial;}{\\f1\\fswiss\\fcharset204{\\*\\panose 02}Arial "
           "Cyr;}{\\f2\\fcharset177 David;}}\\f0\\'e9 {\\f1\\'e9} \\f2\\'e9\\plain\\'e9",
           "é й יé");
}

static void test_rtf__characters_of_two_bytes_may_have_a_letter_for_their_second(void **state)
{
    (void)state;
    expect("\\ansicpg932 \\'83e\\'83X\\'83\\'67", "テスト");
}

static void test_rtf__unicode_and_what_stands_for_it(void **state)
{
    (void)state;
    expect("\\u8217?s \\u8217\\'92s \\u-10179?\\u-8704?", "’s ’s 😀");
    expect("\\uc0\\u233\\u233 x\\uc2\\u233 ??y", "ééxéy");
    expect("{\\uc0\\u233 a}\\u233 ab", "éaéb");
    expect("\\u233 {?}\\u233\\par", "é?é\n");
    expect("\\u128512?", "😀");
}

static void test_rtf__halves_of_pairs_alone_are_ill_formed(void **state)
{
    (void)state;
    expect_ill_formed("a\\u-10179?b\\u-8704?c",
                      "a\xEF\xBF\xBD"
                      "b\xEF\xBF\xBD"
                      "c",
                      2);
    expect_ill_formed("\\ansicpg932 \\'83", "\xEF\xBF\xBD", 1);
    expect_ill_formed("\\u9999999?", "\xEF\xBF\xBD", 1);
}

static void test_rtf__what_does_not_show_is_left_out(void **state)
{
    static const char *const words[] = {"colortbl", "stylesheet", "info",          "pict",       "header",  "headerl",
                                        "headerr",  "headerf",    "footer",        "footerl",    "footerr", "footerf",
                                        "footnote", "listtext",   "pntext",        "fonttbl",    "filetbl", "xe",
                                        "tc",       "nonshppict", "*\\annotation", "*\\anything"};
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char body[128];
        snprintf(body, sizeof body, "a{\\%s x{\\b y}\\par z\\u233?}b", words[i]);
        expect(body, "ab");
    }
}

static void test_rtf__a_field_shows_its_result(void **state)
{
    (void)state;
    expect("{\\field{\\*\\fldinst HYPERLINK \"x\"}{\\fldrslt{\\ul a link}}} {\\field{\\fldinst PAGE}{\\fldrslt 7}}",
           "a link 7");
}

static void test_rtf__of_two_forms_the_one_in_unicode_is_read(void **state)
{
    (void)state;
    expect("a{\\upr{b?}{\\*\\ud{b\\u233 ?}}}c", "abéc");
    expect("{\\header{\\upr{b?}{\\*\\ud{b\\u233 ?}}}}c", "c");
}

static void test_rtf__deleted_and_hidden_text_is_left_out(void **state)
{
    (void)state;
    expect("I am {\\deleted\\revauthdel1 not }{\\revised\\revauth1 quite }well", "I am quite well");
    expect("a\\deleted b\\par\\deleted0 c{\\v d}\\v e\\v0 f\\v g\\plain h", "acfh");
}

static void test_rtf__binary_data_is_passed_over(void **state)
{
    (void)state;
    expect("a{\\pict\\bin4 }}{{}b", "ab");
    expect("a\\bin-4 b", "ab");
}

static void test_rtf__text_behind_the_document_is_none(void **state)
{
    att_buffer out = {0};
    uint64_t ill_formed;
    (void)state;
    att_span rtf = att_span_of("{\\rtf1 a}\r\n}b{c");
    assert_int_equal(att_rtf_text(&out, rtf, &ill_formed, "t.rtf", NULL), ATT_OK);
    assert_int_equal(out.size, 1);
    att_buffer_clear(&out);
}

static void test_rtf__what_is_none_is_an_error(void **state)
{
    (void)state;
    expect_error(att_span_of("{\\urtf1 a}"),
                 "t.rtf: is no rich text file, it does not begin with {\\rtf; name its format with --format");
    expect_error(att_span_of("{\\rtf1 a{b}"),
                 "t.rtf: ends before its last group is closed, as if the file had been cut "
                 "off; save or copy it again");
    expect_error(att_span_of("{\\rtf1\\bin99 a}"), "t.rtf: ends before its last group is closed, as if the file had "
                                                   "been cut off; save or copy it again");
    assert_true(att_rtf_looks(att_span_of("{\\rtf1")));
    assert_false(att_rtf_looks(att_span_of("{\\rt")));
}

static void test_rtf__groups_deep_inside_each_other_are_an_error(void **state)
{
    char deep[6 + ATT_RTF_DEPTH];
    (void)state;
    memcpy(deep, "{\\rtf1", 6);
    memset(deep + 6, '{', ATT_RTF_DEPTH);
    expect_error((att_span){deep, sizeof deep}, "t.rtf: is nested more than 1024 groups deep, which no transcript is; "
                                                "save it again in a word processor");
}

static void test_rtf__any_prefix_ends_well(void **state)
{
    const char *rtf = "{\\rtf1\\ansi\\ansicpg932{\\fonttbl{\\f0\\fcharset204 A;}}\\f0\\'e9\\u-10179?\\u-8704?\\f1"
                      "\\'83\\'67{\\upr{a}{\\*\\ud{b}}}{\\deleted c}\\bin3 }}}\\~\\par}";
    (void)state;
    for (size_t size = 0; size <= strlen(rtf); size++) {
        att_buffer out = {0};
        uint64_t ill_formed;
        char *copy = malloc(size + !size);
        assert_non_null(copy);
        memcpy(copy, rtf, size);
        assert_int_equal(att_rtf_text(&out, (att_span){copy, size}, &ill_formed, "t.rtf", NULL),
                         size == strlen(rtf) ? ATT_OK : ATT_BAD_INPUT);
        att_buffer_clear(&out);
        free(copy);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rtf__paragraphs_lines_tabs_and_cells),
        cmocka_unit_test(test_rtf__a_label_in_several_runs_is_whole),
        cmocka_unit_test(test_rtf__words_end_at_a_space_that_is_theirs),
        cmocka_unit_test(test_rtf__signs_for_characters),
        cmocka_unit_test(test_rtf__bytes_are_of_the_documents_code_page),
        cmocka_unit_test(test_rtf__bytes_are_of_the_fonts_character_set),
        cmocka_unit_test(test_rtf__characters_of_two_bytes_may_have_a_letter_for_their_second),
        cmocka_unit_test(test_rtf__unicode_and_what_stands_for_it),
        cmocka_unit_test(test_rtf__halves_of_pairs_alone_are_ill_formed),
        cmocka_unit_test(test_rtf__what_does_not_show_is_left_out),
        cmocka_unit_test(test_rtf__a_field_shows_its_result),
        cmocka_unit_test(test_rtf__of_two_forms_the_one_in_unicode_is_read),
        cmocka_unit_test(test_rtf__deleted_and_hidden_text_is_left_out),
        cmocka_unit_test(test_rtf__binary_data_is_passed_over),
        cmocka_unit_test(test_rtf__text_behind_the_document_is_none),
        cmocka_unit_test(test_rtf__what_is_none_is_an_error),
        cmocka_unit_test(test_rtf__groups_deep_inside_each_other_are_an_error),
        cmocka_unit_test(test_rtf__any_prefix_ends_well),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
