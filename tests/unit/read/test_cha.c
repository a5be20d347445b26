#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "cue_cases.h"
#include "read/cha_words.h"
#include "turns.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const att_format *const cha = &att_format_cha;

static void test_cha__cases(void **state)
{
    (void)state;
    cue_cases_check(cha, 13);
}

typedef struct {
    const char *tier;
    const char *spoken;
} rule;

static void expect_spoken(const rule *rules, size_t count)
{
    att_cha_words words = {0};

    for (size_t i = 0; i < count; i++) {
        assert_true(att_cha_words_read(&words, att_span_of(rules[i].tier)));
        if (!att_span_equal((att_span){words.text.data, words.text.size}, att_span_of(rules[i].spoken)))
            fail_msg("`%s` gives `%.*s`, expected `%s`", rules[i].tier, (int)words.text.size, words.text.data,
                     rules[i].spoken);
    }
    att_cha_words_clear(&words);
}

#define EXPECT_SPOKEN(...)                                                                                             \
    do {                                                                                                               \
        static const rule rules[] = {__VA_ARGS__};                                                                     \
        expect_spoken(rules, sizeof rules / sizeof *rules);                                                            \
    } while (0)

static void test_cha_words__square_brackets_are_no_speech(void **state)
{
    (void)state;
    EXPECT_SPOKEN({"one [/] one [//] two [///] three [/-] four [/?] five", "one one two three four five"},
                  {"a [= thing] b [=! laughing] c [!] d [!!] e [?] f", "a b c d e f"},
                  {"gonna [: going to] piece [:: peace] ran [* m:+ed]", "gonna piece ran "},
                  {"no[/]no [% aside] [%act: waves] [>] [<1] [^ x] [# 2.1] [+ bch]", "no no "},
                  {"dog [x 3] barks", "dog barks"}, {"never [closed word", "never closed word"}, {"] odd [", "odd "});
}

static void test_cha_words__angle_brackets_group(void **state)
{
    (void)state;
    EXPECT_SPOKEN({"<I want> [/] I want it", "I want I want it"}, {"<laughs a lot> [>]", "laughs a lot "},
                  {"a<b>c", "a b c"});
}

static void test_cha_words__round_brackets_complete_words_or_pause(void **state)
{
    (void)state;
    EXPECT_SPOKEN({"(be)cause goin(g) (a)n(d) (th)em", "because going and them"},
                  {"one (.) two (..) three (...) four (1.5) five (1:02.3) six", "one two three four five six"},
                  {"one (laughs softly) two ((coughs))", "one two "}, {"open (ended", "open ended"},
                  {"(the) end", "the end"}, {"word(.)word", "word word"}, {"() empty", "empty"});
}

static void test_cha_words__ampersand_marks_what_is_no_word(void **state)
{
    (void)state;
    EXPECT_SPOKEN(
        {"&-uh well &-you_know yes", "uh well you know yes"}, {"the &+fr friend &~gaga &fr went", "the friend went"},
        {"&=laughs &=clears:throat so &{l=sings la &}l=sings", "so la "}, {"<so &=laughs> [>] yes&=nods", "so yes"},
        {"R&B at A&E", "R&B at A&E"}, {"&", ""}, {"one &*BEN:mhm two &*broken three", "one two three"});
}

static void test_cha_words__plus_links_and_ends_utterances(void **state)
{
    (void)state;
    EXPECT_SPOKEN({"so I +...", "so I..."}, {"and then +/.", "and then."}, {"what is +//?", "what is?"},
                  {"well +..?", "well..?"}, {"no +!?", "no!?"}, {"+< yes", "yes"}, {"++ and on", "and on"},
                  {"+^ quick", "quick"}, {"+, as I said", "as I said"}, {"+≈ right", "right"},
                  {"said she +\"/.", "said she."}, {"black+bird house", "black bird house"}, {"+", ""});
}

static void test_cha_words__quoted_utterance_stands_in_quotes(void **state)
{
    (void)state;
    EXPECT_SPOKEN({"+\" give me the cup .", "\"give me the cup.\""}, {"+\" xxx .", ""},
                  {"she said “ never ” .", "she said “ never ”."}, {"“ &=laughs no ”", "“ no ”"});
}

static void test_cha_words__marks_of_words_go(void **state)
{
    (void)state;
    EXPECT_SPOKEN({"quack@o b@l hola@s:spa x@s:eng+spa.", "quack b hola x."}, {"run$v $QUE go", "run go"},
                  {"ba:na::na no:", "banana no"}, {"at 10:30 :", "at 10:30:"}, {"rhi^noceros ^go", "rhinoceros go"},
                  {"how_about C_I_A", "how about C I A"}, {"# so ## then #2", "so then "}, {"go@", "go"},
                  {"she's ten-year-old, isn’t she?", "she's ten-year-old, isn’t she?"});
}

static void test_cha_words__what_was_not_said_or_understood_goes(void **state)
{
    (void)state;
    EXPECT_SPOKEN({"xxx", ""}, {"yyy .", ""}, {"www , xx !", ""}, {"say xxx, please", "say, please"},
                  {"xxx's yyyz wwww xxxx xx-ray", "xxx's yyyz wwww xxxx xx-ray"},
                  {"exxx we you box", "exxx we you box"}, {"<xxx> [>] xxx@s:deu xxx: ok", "ok"},
                  {"0is 0 0(a) 0*x ok", "ok"}, {"10 0.5 007 a0b", "10 0.5 007 a0b"});
}

static void test_cha_words__signs_of_conversation_analysis_go(void **state)
{
    (void)state;
    EXPECT_SPOKEN({"⌈ yes ⌉ ⌊2no⌋2", "yes no"}, {"↑really ∆fast∆ °soft° ˈstress →", "really fast soft stress "},
                  {"Mia ‡ come „ eh ?", "Mia, come, eh?"}, {"‡ come", "come"}, {"‹ be › cause", "be cause"},
                  {"〔 hand 〕 naïve café 日本 のか “x”", "hand naïve café 日本 のか “x”"},
                  {"\x02\x01under\x02\x02lined", "underlined"}, {"\xE2\x8C", "\xE2\x8C"}, {"\xC2", "\xC2"});
}

static void test_cha_words__text_begins_where_the_first_word_stands(void **state)
{
    att_cha_words words = {0};

    (void)state;
    assert_true(att_cha_words_read(&words, att_span_of("xxx (.) <and then> [/]")));
    assert_int_equal(words.first, 9);
    assert_true(att_cha_words_read(&words, att_span_of("xxx .")));
    assert_int_equal(words.first, 5);
    assert_true(att_cha_words_read(&words, att_span_of("")));
    assert_int_equal(words.text.size, 0);
    att_cha_words_clear(&words);
}

static void expect_bullet(const char *tier, int64_t start, int64_t end)
{
    att_cha_words words = {0};

    assert_true(att_cha_words_read(&words, att_span_of(tier)));
    assert_int_equal(words.start_ms, start);
    assert_int_equal(words.end_ms, end);
    assert_memory_equal(words.text.data, "so it", 5);
    att_cha_words_clear(&words);
}

static void test_cha_words__bullets_give_times(void **state)
{
    (void)state;
    expect_bullet("so it . \x15"
                  "12_345\x15",
                  12, 345);
    expect_bullet("so it . \x15"
                  "12_345-\x15",
                  12, 345);
    expect_bullet("\x15"
                  "1_2\x15 so \x15"
                  "2_3\x15 it \x15"
                  "3_4\x15",
                  1, 4);
    expect_bullet("so it \x15%mov:\"my film\"_7_8\x15", 7, 8);
    expect_bullet("so it \x15%pic:\"a.jpg\"\x15", ATT_NO_TIME, ATT_NO_TIME);
    expect_bullet("so it \x15"
                  "12345\x15",
                  ATT_NO_TIME, ATT_NO_TIME);
    expect_bullet("so it \x15_\x15", ATT_NO_TIME, ATT_NO_TIME);
    expect_bullet("so it \x15"
                  "99999999999999999999_99999999999999999999\x15",
                  ATT_NO_TIME, ATT_NO_TIME);
}

static void test_cha_words__open_bullet_takes_no_words(void **state)
{
    (void)state;
    expect_bullet("\x15"
                  "12_345 so it",
                  12, 345);
    expect_bullet("so it \x15"
                  "12_",
                  ATT_NO_TIME, ATT_NO_TIME);
    expect_bullet("so it \x15", ATT_NO_TIME, ATT_NO_TIME);
}

static void expect_file(const char *text, const char *turns)
{
    cue_expect(cha, att_span_of(text), NULL, turns);
}

static void test_cha__label_ends_at_a_colon_or_a_blank(void **state)
{
    (void)state;
    expect_file("*ANN: hi\n*BEN : ho\n*CAT\thu\n*:\tnobody\n*DOG:\n",
                "ANN||-|-|6|hi\nBEN||-|-|16|ho\nCAT||-|-|24|hu\n||-|-|30|nobody\nDOG||-|-|42|\n");
}

static void test_cha__facts_of_old_and_broken_headers(void **state)
{
    (void)state;
    expect_file("@Participants:\t,CHI,  ,MOT Mother\n@ID:\teng|x\n@ID:\t\n@Age of CHI:\t2;6\n@L1 of MOT:\teng\n"
                "@ of CHI:\tx\n@Languages:\tnonsense, eng\n@Participants\n@\n*CHI:\ta\n",
                "CHI||-|-|144|a\n@MOT|role|Mother\n@CHI|age|2;6\n@MOT|l1|eng\n");
}

static void expect_language(const char *header, const char *tag)
{
    char file[256], turns[256];

    snprintf(file, sizeof file, "@Languages:\t%s\n*ANN:\ta\n", header);
    snprintf(turns, sizeof turns, "ANN||-|-|%zu|a\n%s%s%s", strlen(file) - 2, *tag ? "@language|" : "", tag,
             *tag ? "\n" : "");
    expect_file(file, turns);
}

static void test_cha__language_becomes_bcp_47(void **state)
{
    (void)state;
    expect_language("eng", "en");
    expect_language("deu, eng", "de");
    expect_language("yue", "yue");
    expect_language("zho-Hant", "zh-Hant");
    expect_language("swe", "sv");
    expect_language("en", "en");
    expect_language("und", "");
    expect_language("English", "");
    expect_language("e", "");
    expect_language("", "");
}

static void test_cha__asides_are_turns_of_those_who_spoke(void **state)
{
    (void)state;
    expect_file("*ANN:\tso &*BEN:mhm@i\n*ANN:\t&*CAT:0 it &*X\n",
                "ANN||-|-|6|so\nBEN||-|-|15|mhm\nANN||-|-|35|it\nCAT||-|-|33|\n");
}

static void test_cha__file_without_a_line_of_chat_is_an_error(void **state)
{
    (void)state;
    expect_file("Hello.\nNobody here.\n", "error: test: holds no line of a CHAT transcript (`*CHI:` and a tab, or "
                                          "`@Begin`); is it in another format? Leave --format out, or name the right "
                                          "one");
    expect_file("", "error: test: holds no line of a CHAT transcript (`*CHI:` and a tab, or `@Begin`); is it in "
                    "another format? Leave --format out, or name the right one");
    expect_file("@Begin\n@End\n", "");
}

/* An utterance that is longer than any memory is read in parts that are one turn. */
static void test_cha__endless_utterance_is_one_turn(void **state)
{
    att_buffer text = {0};
    size_t turns = 0, words = 0;

    (void)state;
    att_buffer_text(&text, "*ANN:\t");
    for (int i = 0; i < 800000; i++)
        att_buffer_text(&text, i % 20 ? "word " : "word\n\t");
    att_buffer_text(&text, "\n%com:\t");
    for (int i = 0; i < 800000; i++)
        att_buffer_text(&text, "note ");
    att_buffer_text(&text, "\n*BEN:\tyes\n");
    assert_false(text.failed);
    char *got = test_turns(cha, (att_span){text.data, text.size}, "test", NULL, 0);
    for (char *line = got; *line; line = strchr(line, '\n') + 1)
        turns += strchr(line, '\n')[-1] != '+';
    for (const char *at = got; *at; at++)
        words += *at == 'w';
    assert_int_equal(turns, 2);
    assert_int_equal(words, 800000);
    assert_null(strstr(got, "note"));
    assert_non_null(strstr(got, "BEN||-|-|8040020|yes"));
    free(got);
    att_buffer_clear(&text);
}

static void test_cha__line_without_blanks_is_cut_between_characters(void **state)
{
    att_buffer text = {0};

    (void)state;
    att_buffer_text(&text, "*ANN:\t");
    for (int i = 0; i < 1000000; i++)
        att_buffer_text(&text, "ä");
    char *got = test_turns(cha, (att_span){text.data, text.size}, "test", NULL, 0);
    assert_null(strstr(got, "\xC3|"));
    assert_null(strstr(got, "\xC3+"));
    free(got);
    att_buffer_clear(&text);
}

/* Each of these would take minutes if a bracket were sought again and again. */
static void test_cha__hostile_tiers_take_no_longer(void **state)
{
    static const char *const bricks[] = {"[",    "(", "<",   "&", "&=", "&*a:", "+",
                                         "\x15", "0", "xx ", "@", "_",  "⌈",    "*:\n"};

    (void)state;
    for (size_t i = 0; i < sizeof bricks / sizeof *bricks; i++) {
        att_buffer text = {0};
        att_buffer_text(&text, "*ANN:\t");
        while (text.size < 1000000)
            att_buffer_text(&text, bricks[i]);
        free(test_turns(cha, (att_span){text.data, text.size}, "test", NULL, 0));
        att_buffer_clear(&text);
    }
}

static void test_cha__facts_have_a_limit(void **state)
{
    att_buffer text = {0};
    size_t facts = 0;

    (void)state;
    for (int i = 0; i < 20000; i++)
        att_buffer_format(&text, "@Age of S%d:\t1;\n", i);
    char *got = test_turns(cha, (att_span){text.data, text.size}, "test", NULL, 0);
    for (char *line = got; *line; line = strchr(line, '\n') + 1)
        facts++;
    assert_int_equal(facts, 4096);
    free(got);
    att_buffer_clear(&text);
}

static void test_cha__is_recognised_by_its_content(void **state)
{
    (void)state;
    assert_int_equal(cue_sniff(cha, "@UTF8\n@Begin\n"), 98);
    assert_int_equal(cue_sniff(cha, "\xEF\xBB\xBF@UTF8\n"), 98);
    assert_int_equal(cue_sniff(cha, "@Begin\n"), 98);
    assert_int_equal(cue_sniff(cha, "@Font:\tx\n@Languages:\teng\n*CHI:\thi .\n"), 80);
    assert_int_equal(cue_sniff(cha, "*CHI:\thi .\n"), 70);
    assert_int_equal(cue_sniff(cha, "* a list: of things\n"), 0);
    assert_int_equal(cue_sniff(cha, "**Ann:**\thello\n"), 0);
    assert_int_equal(cue_sniff(cha, "@ann hello\n* Ben: hi\n"), 0);
    assert_int_equal(cue_sniff(cha, "Ann: hello\n"), 0);
    assert_int_equal(cue_sniff(cha, "*"), 0);
    assert_int_equal(cue_sniff(cha, ""), 0);
}

static void test_cha__every_prefix_ends_in_turns_or_an_error(void **state)
{
    static const char text[] = "\xEF\xBB\xBF@UTF8\n@Begin\n@Languages:\teng, spa\n@Participants:\tCHI Mia Child\n"
                               "@ID:\teng|x|CHI|1;06.|female|||Child|||\n*CHI:\t<I (wa)nt> [/] &-uh &*MOT:mhm ⌈2 it ⌉2"
                               " [- spa] (1.5) +/. \x15"
                               "10_20\x15\n\tmore@o xxx\n%mor:\tn|x\r\n*MOT:\t+\" 0 yes_no .\r@End";

    (void)state;
    test_prefixes(cha, (att_span){text, sizeof text - 1}, "test", 4096, 0);
}

static void test_cha__sample_has_its_utterances(void **state)
{
    char *got = test_turns_of_file(cha, "../shared/samples/cha/eve.cha", NULL);
    size_t chi = 0, mot = 0, col = 0, ric = 0, turns = 0;

    (void)state;
    if (!got)
        skip();
    for (char *line = got; *line; line = strchr(line, '\n') + 1) {
        turns += *line != '@';
        chi += strncmp(line, "CHI|", 4) == 0;
        mot += strncmp(line, "MOT|", 4) == 0;
        col += strncmp(line, "COL|", 4) == 0;
        ric += strncmp(line, "RIC|", 4) == 0;
    }
    assert_int_equal(turns, 1588);
    assert_int_equal(chi, 741);
    assert_int_equal(mot, 804);
    assert_int_equal(col, 30);
    assert_int_equal(ric, 13);
    assert_non_null(strstr(got, "@language|en\n"));
    free(got);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cha__cases),
        cmocka_unit_test(test_cha_words__square_brackets_are_no_speech),
        cmocka_unit_test(test_cha_words__angle_brackets_group),
        cmocka_unit_test(test_cha_words__round_brackets_complete_words_or_pause),
        cmocka_unit_test(test_cha_words__ampersand_marks_what_is_no_word),
        cmocka_unit_test(test_cha_words__plus_links_and_ends_utterances),
        cmocka_unit_test(test_cha_words__quoted_utterance_stands_in_quotes),
        cmocka_unit_test(test_cha_words__marks_of_words_go),
        cmocka_unit_test(test_cha_words__what_was_not_said_or_understood_goes),
        cmocka_unit_test(test_cha_words__signs_of_conversation_analysis_go),
        cmocka_unit_test(test_cha_words__text_begins_where_the_first_word_stands),
        cmocka_unit_test(test_cha_words__bullets_give_times),
        cmocka_unit_test(test_cha_words__open_bullet_takes_no_words),
        cmocka_unit_test(test_cha__label_ends_at_a_colon_or_a_blank),
        cmocka_unit_test(test_cha__facts_of_old_and_broken_headers),
        cmocka_unit_test(test_cha__language_becomes_bcp_47),
        cmocka_unit_test(test_cha__asides_are_turns_of_those_who_spoke),
        cmocka_unit_test(test_cha__file_without_a_line_of_chat_is_an_error),
        cmocka_unit_test(test_cha__endless_utterance_is_one_turn),
        cmocka_unit_test(test_cha__line_without_blanks_is_cut_between_characters),
        cmocka_unit_test(test_cha__hostile_tiers_take_no_longer),
        cmocka_unit_test(test_cha__facts_have_a_limit),
        cmocka_unit_test(test_cha__is_recognised_by_its_content),
        cmocka_unit_test(test_cha__every_prefix_ends_in_turns_or_an_error),
        cmocka_unit_test(test_cha__sample_has_its_utterances),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
