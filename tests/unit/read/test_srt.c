#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "cue_cases.h"
#include "turns.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const att_format *const srt = &att_format_srt;

#define TIMES "00:00:01,000 --> 00:00:02,000\n"

static void expect_file(const char *text, const char *turns)
{
    cue_expect(srt, att_span_of(text), NULL, turns);
}

/* The text of the only cue, said by nobody known. */
static void expect_cue(const char *text, const char *speech)
{
    char file[1024];

    snprintf(file, sizeof file, "1\n" TIMES "%s\n", text);
    char *got = test_turns(srt, att_span_of(file), "test", NULL, 0);
    assert_int_equal(strncmp(got, "||1000|2000|", 12), 0);
    const char *said = strchr(got + 12, '|') + 1;
    assert_int_equal(strlen(said), strlen(speech) + 1);
    assert_memory_equal(said, speech, strlen(speech));
    free(got);
}

static void test_srt__cases(void **state)
{
    (void)state;
    cue_cases_check(srt, 7);
}

static void test_srt__is_known_by_its_first_times(void **state)
{
    (void)state;
    assert_int_equal(cue_sniff(srt, "1\n" TIMES "A.\n"), 95);
    assert_int_equal(cue_sniff(srt, "\r\n\r\n1\r\n00:00:01,000 --> 00:00:02,000\r\nA.\r\n"), 95);
    assert_int_equal(cue_sniff(srt, TIMES "A.\n"), 95);
    assert_int_equal(cue_sniff(srt, "\xEF\xBB\xBF"
                                    "1\n00:00:01.000 --> 00:00:02.000\n"),
                     95);
    assert_int_equal(cue_sniff(srt, "WEBVTT\n\n" TIMES), 0);
    assert_int_equal(cue_sniff(srt, "Ann: Hello.\n" TIMES), 0);
    assert_int_equal(cue_sniff(srt, "[00:00:01.000 --> 00:00:02.000] Hello.\n"), 0);
    assert_int_equal(cue_sniff(srt, "1 --> 2\n"), 0);
    assert_int_equal(cue_sniff(srt, "1\n2\n" TIMES), 0);
    assert_int_equal(cue_sniff(srt, "1"), 0);
    assert_int_equal(cue_sniff(srt, ""), 0);
}

static void test_srt__file_without_times_is_an_error(void **state)
{
    static const char *const files[] = {"", "1\n", "Ann: Hello.\n", "1\n00:00:01,000\n"};

    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char *got = test_turns(srt, att_span_of(files[i]), "a.srt", NULL, 0);
        assert_non_null(strstr(got, "error: a.srt:1: is no SubRip file"));
        free(got);
    }
}

static void test_srt__number_of_the_next_cue_is_no_speech(void **state)
{
    (void)state;
    expect_file("1\n" TIMES "A.\n2\n" TIMES "B.\n", "||1000|2000|32|A. B.\n");
    expect_file("1\n\n" TIMES "\nA.\n\n2\n\n" TIMES "\nB.\n", "||1000|2000|34|A. B.\n");
    expect_file("1\n" TIMES "2\n" TIMES "B.\n", "||1000|2000|64|B.\n");
    expect_file("1\n" TIMES "A.\n\n2\n", "||1000|2000|32|A.\n");
    expect_file("1\n" TIMES "A.\n\n 2 \n\n\n" TIMES "B.\n", "||1000|2000|32|A. B.\n");
}

static void test_srt__number_that_is_said_is_speech(void **state)
{
    (void)state;
    expect_file("1\n" TIMES "1984\n\n2\n" TIMES "B.\n", "||1000|2000|32|1984 B.\n");
    expect_file("1\n" TIMES "1984\n", "||1000|2000|32|1984\n");
    expect_file(TIMES "A.\n1984\n" TIMES "B.\n" TIMES "C.\n", "||1000|2000|30|A.\\n1984 B. C.\n");
}

static void test_srt__line_of_times_that_is_wrong_is_no_speech(void **state)
{
    (void)state;
    expect_file("1\n" TIMES "A.\n\n2\n00:00:03,000 --> \nB.\n", "||1000|2000|32|A. B.\n");
    expect_file("1\n00:0x --> 00:00:02,000\nA.\n2\n" TIMES "B.\n", "||1000|2000|60|B.\n");
    expect_file("1\n99999999999999999999:00:00,000 --> 99999999999999999999:00:00,000\nA.\n",
                "||35999999996400000|35999999996400000|68|A.\n");
}

static void test_srt__tags(void **state)
{
    (void)state;
    expect_cue("<i>A</i> <B>b</B> <font color=\"red\">c</font>", "A b c");
    expect_cue("<i>A", "A");
    expect_cue("A</i", "A");
    expect_cue("A<i\nb", "A\\nb");
    expect_cue("A <font color=red\nb", "A \\nb");
    expect_cue("A<br>b<BR />c", "A\\nb\\nc");
    expect_cue("A <3 b, a < b, <ice> <i am", "A <3 b, a < b, <ice>  am");
    expect_cue("{\\an8}{\\i1}A {b} {\\", "A {b} {\\");
    expect_cue("A &amp; b &lt;c AT&T &amp", "A & b <c AT&T &amp");
    expect_cue("A<00:00:01.500> b <1>", "A b <1>");
}

static void test_srt__labels_and_marks(void **state)
{
    (void)state;
    expect_file("1\n" TIMES "{\\an8}<i>&gt;&gt; ANN: Hello.</i>\n\n2\n" TIMES "more\n\n3\n" TIMES ">> Who?\n",
                "ANN||1000|2000|55|Hello. more\n||1000|2000|140|Who?\n");
    expect_file("1\n" TIMES "ANN:\nHello.\nBEA: Yes.\n", "ANN||1000|2000|37|Hello.\nBEA||1000|2000|49|Yes.\n");
    expect_file("1\n" TIMES "- ANN: Hello.\n- BEA: Yes.\n", "ANN||1000|2000|39|Hello.\nBEA||1000|2000|53|Yes.\n");
    expect_file("1\n" TIMES "  >>  ANN: One. >> >>> BEA: Two.\n", "ANN||1000|2000|43|One.\nBEA||1000|2000|60|Two.\n");
    expect_file("1\n" TIMES "a >b a>>b - c\n-\n>>\n", "||1000|2000|32|a >b a>>b - c\\n-\n");
    expect_file("1\n" TIMES ">> ANN: One.\n\n2\n" TIMES ">> ANN: Two.\n", "ANN||1000|2000|40|One. Two.\n");
    expect_file("1\n" TIMES "[ANN] One.\n\n2\n" TIMES "[BEA] Two.\n\n3\n" TIMES "[ANN] three.\n",
                "ANN||1000|2000|38|One.\nBEA||1000|2000|82|Two.\nANN||1000|2000|126|three.\n");
}

static void test_srt__no_length_is_too_much(void **state)
{
    (void)state;
    size_t size = 3000000;
    char *file = malloc(size);
    assert_non_null(file);
    memset(file, 'a', size);
    memcpy(file, "1\n" TIMES "ANN: ", 37);
    char *got = test_turns(srt, (att_span){file, size}, "test", NULL, 0);
    assert_int_equal(strncmp(got, "ANN||1000|-|37|a", 16), 0);
    free(got);
    for (size_t i = 64; i + 1 < size; i += 2)
        file[i] = '\n';
    got = test_turns(srt, (att_span){file, size}, "test", NULL, 0);
    assert_int_equal(strncmp(got, "ANN||1000|-|37|a", 16), 0);
    free(got);
    free(file);
}

static void test_srt__every_prefix_ends_in_turns_or_an_error(void **state)
{
    static const char *const file = "\xEF\xBB\xBF"
                                    "1\r\n00:00:01,000 --> 00:00:02,000 X1:1\r\n{\\an8}<i>&gt;&gt; ANN: "
                                    "[laughs] \xC3\xA9</i\r\n- <font color=\"#fff\">BEA: no</font>\r\n\r\n2\r\n"
                                    "00:00:03,000 --> 00:00:04,000\r\n- &amp; \xE2\x80\x93 42 <br> x\r\n";

    (void)state;
    test_prefixes(srt, att_span_of(file), "a.srt", SIZE_MAX, 0);
}

/* Known by hand. */
static void test_srt__sample(void **state)
{
    (void)state;
    char *got = test_turns_of_file(srt, "../shared/samples/srt/subsrt-sample.srt", NULL);
    if (!got)
        skip();
    assert_non_null(strstr(got, "ALICE||599|4160|42|Hi, my name is Alice Miller and this is John Brown\n"
                                "JOHN||4160|6770|135|and we're the owners of Miller Bakery.\n"
                                "ALICE||6770|21480|217|Today we'll be teaching you"));
    assert_non_null(strstr(got, "Okay, so we have all the ingredients laid out here\n"));
    free(got);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_srt__cases),
        cmocka_unit_test(test_srt__is_known_by_its_first_times),
        cmocka_unit_test(test_srt__file_without_times_is_an_error),
        cmocka_unit_test(test_srt__number_of_the_next_cue_is_no_speech),
        cmocka_unit_test(test_srt__number_that_is_said_is_speech),
        cmocka_unit_test(test_srt__line_of_times_that_is_wrong_is_no_speech),
        cmocka_unit_test(test_srt__tags),
        cmocka_unit_test(test_srt__labels_and_marks),
        cmocka_unit_test(test_srt__no_length_is_too_much),
        cmocka_unit_test(test_srt__every_prefix_ends_in_turns_or_an_error),
        cmocka_unit_test(test_srt__sample),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
