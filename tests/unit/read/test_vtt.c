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

static const att_format *const vtt = &att_format_vtt;

#define TIMES "00:01.000 --> 00:02.000\n"

/* Turns of a whole file. */
static void expect_file(const char *text, const char *turns)
{
    cue_expect(vtt, att_span_of(text), NULL, turns);
}

/* Label and text of the only turn of a cue; NULL: there is none. */
static void expect_cue(const char *text, const char *label, const char *speech)
{
    char file[1024], turns[1024] = "";

    snprintf(file, sizeof file, "WEBVTT\n\n" TIMES "%s\n", text);
    char *got = test_turns(vtt, att_span_of(file), "test", NULL, 0);
    if (label) {
        const char *offset = strstr(got, "|1000|2000|");
        assert_non_null(offset);
        snprintf(turns, sizeof turns, "%s||1000|2000|%d|%s\n", label, atoi(offset + 11), speech);
    }
    assert_string_equal(got, turns);
    free(got);
}

/* Does a line of times begin a cue? */
static void expect_times(const char *times, const char *shown)
{
    char file[256], turns[256] = "";

    snprintf(file, sizeof file, "WEBVTT\n\n%s\nText.\n", times);
    if (shown)
        snprintf(turns, sizeof turns, "||%s|%zu|Text.\n", shown, strlen(file) - 6);
    expect_file(file, turns);
}

static void test_vtt__cases(void **state)
{
    (void)state;
    cue_cases_check(vtt, 11);
}

static void test_vtt__signature_is_the_word_alone_or_before_a_blank(void **state)
{
    (void)state;
    assert_int_equal(cue_sniff(vtt, "WEBVTT"), 100);
    assert_int_equal(cue_sniff(vtt, "WEBVTT\n"), 100);
    assert_int_equal(cue_sniff(vtt, "WEBVTT\r"), 100);
    assert_int_equal(cue_sniff(vtt, "WEBVTT a title"), 100);
    assert_int_equal(cue_sniff(vtt, "WEBVTT\ttitle"), 100);
    assert_int_equal(cue_sniff(vtt, "\xEF\xBB\xBFWEBVTT"), 100);
    assert_int_equal(cue_sniff(vtt, "WEBVTTs"), 0);
    assert_int_equal(cue_sniff(vtt, "webvtt"), 0);
    assert_int_equal(cue_sniff(vtt, "\nWEBVTT"), 0);
    assert_int_equal(cue_sniff(vtt, "WEBVT"), 0);
    assert_int_equal(cue_sniff(vtt, ""), 0);
}

static void test_vtt__file_without_signature_is_an_error(void **state)
{
    static const char *const files[] = {"", "WEBVTTs\n\n" TIMES "A\n", "Hello.\n", "WEBVT", "WEB"};

    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char *got = test_turns(vtt, att_span_of(files[i]), "a.vtt", NULL, 0);
        assert_non_null(strstr(got, "error: a.vtt:1: is no WebVTT file"));
        assert_non_null(strstr(got, "--format"));
        free(got);
    }
}

static void test_vtt__header_ends_at_a_blank_line_or_at_times(void **state)
{
    (void)state;
    expect_file("WEBVTT\n\n" TIMES "A.\n", "||1000|2000|32|A.\n");
    expect_file("WEBVTT\n" TIMES "A.\n", "||1000|2000|31|A.\n");
    expect_file("WEBVTT title\nmore\n" TIMES "A.\n", "||1000|2000|42|A.\n");
    expect_file("WEBVTT " TIMES "A.\n\n" TIMES "B.\n", "||1000|2000|59|B.\n");
    expect_file("WEBVTT\n\n\n\n" TIMES "A.\n", "||1000|2000|34|A.\n");
    /* A line with a blank in it is none that is blank. */
    expect_file("WEBVTT\n \nid\n" TIMES "A.\n", "||1000|2000|36|A.\n");
    expect_file("WEBVTT\n\n \n" TIMES "A.\n", "||1000|2000|34|A.\n");
}

static void test_vtt__file_without_cues_has_no_turns(void **state)
{
    (void)state;
    expect_file("WEBVTT", "");
    expect_file("WEBVTT\n", "");
    expect_file("WEBVTT\n\nNOTE nothing\n", "");
    expect_file("WEBVTT\n\n" TIMES, "");
    expect_file("WEBVTT\n\n" TIMES "\n \n", "");
}

static void test_vtt__times(void **state)
{
    (void)state;
    expect_times("00:00:01.000 --> 00:00:02.500", "1000|2500");
    expect_times("00:01.000-->00:02.500", "1000|2500");
    expect_times(" \t\f00:01.000 \t--> \f00:02.500 align:left", "1000|2500");
    expect_times("100:00:00.000 --> 100:00:00.001", "360000000|360000001");
    expect_times("1:00:00.000 --> 60:00:00.000", "3600000|216000000");
    expect_times("00:59:59.999 --> 59:59.999", "3599999|3599999");
    expect_times("00:01.000 --> 00:02.500align:left", "1000|2500");
    expect_times("00:01.000 --> 00:02.500 -->", "1000|2500");
}

static void test_vtt__what_is_wrong_with_times_leaves_the_cue_out(void **state)
{
    static const char *const wrong[] = {
        "00:01,000 --> 00:02,000",
        "00:01 --> 00:02",
        "00:01.00 --> 00:02.000",
        "00:01.0000 --> 00:02.000",
        "00:1.000 --> 00:02.000",
        "0:01.000 --> 00:02.000",
        "00:60.000 --> 00:02.000",
        "00:60:00.000 --> 01:00.00",
        "00:01.000 -> 00:02.000",
        "00:01.000 -- > 00:02.000",
        "00:01.000 x--> 00:02.000",
        "00:01.000 --> x00:02.000",
        "00:01.000 -->",
        "--> 00:02.000",
        "-00:01.000 --> 00:02.000",
        "\v00:01.000 --> 00:02.000",
        "00:001.000 --> 00:02.000",
        "00:00:001.000 --> 00:02.000",
        "00:00:01.000.000 --> 00:02.000",
        "000:01.000 --> 00:02.000",
    };

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        expect_times(wrong[i], NULL);
}

static void test_vtt__endless_hours_are_a_large_number(void **state)
{
    (void)state;
    expect_times("99999999999999999999999999999999:00:00.000 --> 99999999999999999999:00:00.001",
                 "3599999999996400000|3599999999996400001");
}

static void test_vtt__an_arrow_ends_a_cue(void **state)
{
    (void)state;
    expect_file("WEBVTT\n\n" TIMES "A.\n" TIMES "B.\n", "||1000|2000|32|A. B.\n");
    expect_file("WEBVTT\n\n" TIMES "A.\nx --> y\nB.\n", "||1000|2000|32|A.\n");
    /* Times may be on the second line of a block, not on the third. */
    expect_file("WEBVTT\n\none\ntwo\n" TIMES "A.\n", "||1000|2000|40|A.\n");
    expect_file("WEBVTT\n\nx -->\n" TIMES "A.\n", "||1000|2000|38|A.\n");
    expect_file("WEBVTT\n\nid\n00:01.000 -->\nno cue\n\n", "");
}

static void test_vtt__line_ends(void **state)
{
    (void)state;
    expect_file("WEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\nA\r\nb.\r\n\r\n", "||1000|2000|35|A\\nb.\n");
    expect_file("WEBVTT\r\r00:01.000 --> 00:02.000\rA\rb.\r\rno cue\r", "||1000|2000|32|A\\nb.\n");
    expect_file("WEBVTT\n\r\n00:01.000 --> 00:02.000\rA\nb.\n\r", "||1000|2000|33|A\\nb.\n");
}

static void test_vtt__tags_are_no_text(void **state)
{
    (void)state;
    expect_cue("<i>A</i> <b.loud>b</b> <u>c</u> <c.x.y>d</c>", "", "A b c d");
    expect_cue("A<01:02.000>b<1>c", "", "Abc");
    expect_cue("<font color=red>A</font> <x y>b", "", "A b");
    expect_cue("A <", "", "A");
    expect_cue("A <i", "", "A");
    expect_cue("A </i", "", "A");
    expect_cue("A <<i>b", "", "A b");
    expect_cue("A <i\nb>c", "", "A c");
    expect_cue("3 < 4 > 5", "", "3  5");
    expect_cue("A > b", "", "A > b");
}

static void test_vtt__voices(void **state)
{
    (void)state;
    expect_cue("<v Ann>Hello.</v>", "Ann", "Hello.");
    expect_cue("<v Ann>Hello.", "Ann", "Hello.");
    expect_cue("<v.first.loud Ann>Hello.", "Ann", "Hello.");
    expect_cue("<v\tAnn>Hello.", "Ann", "Hello.");
    expect_cue("<v\nAnn\n  Hill >Hello.", "Ann Hill", "Hello.");
    expect_cue("<v.first\nAnn>Hello.", "Ann", "Hello.");
    expect_cue("<v Ann O&apos;Neil &lt;x&gt;>Hello.", "Ann O'Neil <x>", "Hello.");
    expect_cue("<v Ann & Bea>Hello.", "Ann & Bea", "Hello.");
    expect_cue("<v Ann: the first>Hello.", "Ann: the first", "Hello.");
    expect_cue("<v>Hello.", "", "Hello.");
    expect_cue("<v >Hello.", "", "Hello.");
    expect_cue("<v.Ann>Hello.", "", "Hello.");
    expect_cue("<V Ann>Hello.", "", "Hello.");
    expect_cue("<v:Ann>Hello.", "", "Hello.");
    expect_cue("<v Ann>  </v>", NULL, NULL);
    expect_cue("<v Ann", NULL, NULL);
}

static void test_vtt__end_tag_ends_only_the_innermost_tag(void **state)
{
    (void)state;
    expect_file("WEBVTT\n\n" TIMES "<v Ann>A <i>b</v> c</i></v> d <v Bea>e</v> f</v> g\n",
                "Ann||1000|2000|39|A b c d\nBea||1000|2000|69|e f g\n");
    expect_file("WEBVTT\n\n" TIMES "<v Ann>A <v Bea>b</v> c</v>\n",
                "Ann||1000|2000|39|A\nBea||1000|2000|48|b\nAnn||1000|2000|54|c\n");
    expect_file("WEBVTT\n\n" TIMES "<v Ann><ruby>A<rt><v Bea>b</rt>c</v></rt>d</ruby>e\n",
                "Ann||1000|2000|45|A\nBea||1000|2000|57|bc\nAnn||1000|2000|73|de\n");
}

static void test_vtt__cue_without_speaker_joins_previous_turn(void **state)
{
    (void)state;
    expect_file("WEBVTT\n\n" TIMES "<v Ann>A.</v>\n\n" TIMES "b.\n\n" TIMES "<v Ann>c.\n",
                "Ann||1000|2000|39|A. b. c.\n");
    expect_file("WEBVTT\n\n" TIMES "A.\n\n" TIMES "<v Ann>b.\n", "||1000|2000|32|A.\nAnn||1000|2000|67|b.\n");
}

static void test_vtt__another_speaker_between_parts_turns(void **state)
{
    (void)state;
    expect_file("WEBVTT\n\n" TIMES "<v Ann>A.\n\n" TIMES "<v Bea>b.\n\n" TIMES "<v Ann>c.\n",
                "Ann||1000|2000|39|A.\nBea||1000|2000|74|b.\nAnn||1000|2000|109|c.\n");
    /* Even one of whom there is but a note. */
    expect_file("WEBVTT\n\n" TIMES "<v Ann>A.\n\n" TIMES "<v Bea>[laughs]\n\n" TIMES "<v Ann>c.\n",
                "Ann||1000|2000|39|A.\nAnn||1000|2000|115|c.\n");
}

static void test_vtt__turn_has_the_times_of_its_first_and_latest_cue(void **state)
{
    (void)state;
    expect_file("WEBVTT\n\n00:05.000 --> 00:09.000\n<v A>a\n\n00:06.000 --> 00:07.000\n<v A>b\n",
                "A||5000|9000|37|a b\n");
}

static void test_vtt__label_counts_where_cues_have_no_voices(void **state)
{
    (void)state;
    expect_file("WEBVTT\n\n" TIMES "Ann: Hello.\n\n" TIMES "Bea: Hello.\n",
                "Ann||1000|2000|37|Hello.\nBea||1000|2000|74|Hello.\n");
    expect_file("WEBVTT\n\n" TIMES "<v Ann>Bea: Hello.\n", "Ann||1000|2000|39|Bea: Hello.\n");
    expect_file("WEBVTT\n\n" TIMES "<b>Ann:</b> <i>Hello.</i>\n", "Ann||1000|2000|47|Hello.\n");
    expect_file("WEBVTT\n\n" TIMES "it rained.\n\n" TIMES "I know one thing: hope.\n",
                "||1000|2000|32|it rained. I know one thing: hope.\n");
}

static bool is_sister(const void *context, att_span label)
{
    (void)context;
    return att_span_equal(label, att_span_of("Sister"));
}

static void test_vtt__labels_of_the_table_and_of_an_expression_count(void **state)
{
    static const char *const file = "WEBVTT\n\n" TIMES "it rained\nSister: no.\n\n" TIMES ">> ann/ yes.\n";
    static const att_read_options table = {.known_label = is_sister};
    static const att_read_options regex = {.speaker_regex = ">> (\\w+)/"};

    (void)state;
    cue_expect(vtt, att_span_of(file), &table,
               "||1000|2000|32|it rained\nSister||1000|2000|50|no.\n||1000|2000|82|ann/ yes.\n");
    cue_expect(vtt, att_span_of(file), &regex, "||1000|2000|32|it rained\\nSister: no.\nann||1000|2000|87|yes.\n");
}

static void test_vtt__language(void **state)
{
    (void)state;
    expect_file("WEBVTT\nKind: captions\nLANGUAGE: pt-BR\n\n" TIMES "A.\n", "||1000|2000|63|A.\n@language|pt-BR\n");
    expect_file("WEBVTT\nLanguage: the one we speak\n\n" TIMES "A.\n", "||1000|2000|59|A.\n");
    expect_file("WEBVTT\n\n" TIMES "A.\n\nNOTE language:fr\n", "||1000|2000|32|A.\n");
    expect_file("WEBVTT\n\n" TIMES "<lang fr>Oui.</lang> <lang fr>Non.</lang>\n", "|fr|1000|2000|41|Oui. Non.\n");
    expect_file("WEBVTT\n\n" TIMES "<lang fr>Oui.</lang> no.\n", "||1000|2000|41|Oui. no.\n");
}

typedef struct {
    att_span bytes;
    bool given;
} whole_text;

static ptrdiff_t give_whole(att_source *source, void *to, size_t size)
{
    whole_text *text = source->state;

    if (text->given)
        return 0;
    assert_true(size >= text->bytes.size);
    memcpy(to, text->bytes.text, text->bytes.size);
    text->given = true;
    return (ptrdiff_t)text->bytes.size;
}

static void test_vtt__turns_know_their_lines_and_the_file_is_counted(void **state)
{
    static const char *const file = "WEBVTT\r\n\r\nid\r\n00:01.000 --> 00:02.000\r\n<v\r\nAnn>one\r\ntwo <v\rBea>"
                                    "\r\n[coughs]\r\nfour\n\n00:01.000 --> 00:02.000\n<v Ann>\xFF\0"
                                    "five";
    static const uint64_t lines[] = {6, 10, 13};
    static const att_read_options none;

    (void)state;
    whole_text text = {{file, strlen(file) + 5}, false};
    att_source source = {give_whole, &text};
    const att_turn_batch *batch;
    void *plan, *reader;
    assert_int_equal(vtt->plan(&plan, text.bytes, true, "test", &none, NULL), ATT_OK);
    assert_int_equal(vtt->open(&reader, plan, &source, 0, UINT64_MAX, NULL), ATT_OK);
    assert_int_equal(vtt->next(reader, &batch, NULL), ATT_OK);
    assert_int_equal(batch->count, 3);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(batch->turns[i].line, lines[i]);
    assert_int_equal(vtt->next(reader, &batch, NULL), ATT_OK);
    assert_int_equal(batch->count, 0);
    att_read_counts counts = vtt->counts(reader);
    assert_int_equal(counts.bytes, text.bytes.size);
    assert_int_equal(counts.lines, 12);
    assert_int_equal(counts.ill_formed, 1);
    assert_int_equal(counts.controls, 1);
    assert_int_equal(counts.notes, 1);
    vtt->close(reader);
    vtt->forget(plan);
}

/* A reader must not need a whole cue, line or tag in memory, nor time that grows faster than they do. */
static void expect_long(const char *before, const char *unit, size_t units, const char *label, size_t turns)
{
    size_t size = strlen(before) + units * strlen(unit);
    char *file = malloc(size + 1), *to = stpcpy(file, before);
    size_t lines = 0;

    assert_non_null(file);
    for (size_t i = 0; i < units; i++)
        to = stpcpy(to, unit);
    char *got = test_turns(vtt, (att_span){file, size}, "test", NULL, 0);
    assert_int_equal(strncmp(got, "error", 5) == 0, 0);
    for (const char *line = got; *line; line = strchr(line, '\n') + 1, lines++)
        assert_int_equal(strncmp(line, label, strlen(label)), 0);
    assert_int_equal(lines, turns);
    free(got);
    free(file);
}

static void test_vtt__no_length_is_too_much(void **state)
{
    (void)state;
    expect_long("WEBVTT\n\n" TIMES "<v Ann>", "word ", 600000, "Ann|", 3);  /* a line */
    expect_long("WEBVTT\n\n" TIMES "<v Ann>", "word\n", 600000, "Ann|", 3); /* a cue */
    expect_long("WEBVTT\n\n" TIMES "A", "<i>", 1000000, "|", 1);
    expect_long("WEBVTT\n\n" TIMES "A<v ", "Ann ", 1000000, "|", 3); /* what follows a cut is text */
    expect_long("WEBVTT\n\n" TIMES "A", "&", 1000000, "|", 1);
    expect_long("WEBVTT\n\n" TIMES, "- a\n", 500000, "|", 500000);
    expect_long("WEBVTT\n\n" TIMES, "<v Ann>a<v Bea>b", 50000, "", 100000);
    expect_long("WEBVTT\n\nNOTE ", "word ", 600000, "", 0);
    expect_long("WEBVTT ", "word ", 600000, "", 0);
}

static void test_vtt__every_prefix_ends_in_turns_or_an_error(void **state)
{
    static const char *const file =
        "\xEF\xBB\xBFWEBVTT\r\nLanguage: en\r\n\r\nid --> x\r\n00:00:01.000 --> 00:02.000 line:0\r\n<v.a.b Ann\r\nHill>"
        "[laughs] A&amp;b &#x20; <i>c</i> \xE2\x80\x93 &notin;</v>\r\n- Ann: <lang de>ja</lang> \xF0\x9F\x98\x80\r\n"
        "\r\nNOTE x\r\n\r\n00:03.000 --> 00:04.000\r\n&gt;&gt; BEA: <00:03.500>no <ruby>a<rt>b</ruby>\r\n";

    (void)state;
    test_prefixes(vtt, att_span_of(file), "a.vtt", SIZE_MAX, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vtt__cases),
        cmocka_unit_test(test_vtt__signature_is_the_word_alone_or_before_a_blank),
        cmocka_unit_test(test_vtt__file_without_signature_is_an_error),
        cmocka_unit_test(test_vtt__header_ends_at_a_blank_line_or_at_times),
        cmocka_unit_test(test_vtt__file_without_cues_has_no_turns),
        cmocka_unit_test(test_vtt__times),
        cmocka_unit_test(test_vtt__what_is_wrong_with_times_leaves_the_cue_out),
        cmocka_unit_test(test_vtt__endless_hours_are_a_large_number),
        cmocka_unit_test(test_vtt__an_arrow_ends_a_cue),
        cmocka_unit_test(test_vtt__line_ends),
        cmocka_unit_test(test_vtt__tags_are_no_text),
        cmocka_unit_test(test_vtt__voices),
        cmocka_unit_test(test_vtt__end_tag_ends_only_the_innermost_tag),
        cmocka_unit_test(test_vtt__cue_without_speaker_joins_previous_turn),
        cmocka_unit_test(test_vtt__another_speaker_between_parts_turns),
        cmocka_unit_test(test_vtt__turn_has_the_times_of_its_first_and_latest_cue),
        cmocka_unit_test(test_vtt__label_counts_where_cues_have_no_voices),
        cmocka_unit_test(test_vtt__labels_of_the_table_and_of_an_expression_count),
        cmocka_unit_test(test_vtt__language),
        cmocka_unit_test(test_vtt__turns_know_their_lines_and_the_file_is_counted),
        cmocka_unit_test(test_vtt__no_length_is_too_much),
        cmocka_unit_test(test_vtt__every_prefix_ends_in_turns_or_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
