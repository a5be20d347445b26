#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "cue_cases.h"
#include "read/textgrid_tiers.h"
#include "turns.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const att_format *const textgrid = &att_format_textgrid;

#define HEAD "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n"

static void test_textgrid__cases(void **state)
{
    (void)state;
    cue_cases_check(textgrid, 7);
}

static void expect_tiers_read(const char *text, const att_read_options *options, const char *turns)
{
    char *got = test_turns(textgrid, att_span_of(text), "a.TextGrid", options, 0);

    assert_string_equal(got, turns);
    free(got);
}

static void expect_error(const char *text, const char *message)
{
    char *got = test_turns(textgrid, att_span_of(text), "a.TextGrid", NULL, 0);

    if (!strstr(got, message))
        fail_msg("`%s` gives `%s`, expected `%s`", text, got, message);
    free(got);
}

/* Which of the interval tiers named are read, in their order, with a space between; a name that begins with `.` is
 * that of a TextTier. */
static void expect_speech(const char *names, const char *speech)
{
    att_textgrid_tier tiers[16] = {0};
    att_read_options options = {0};
    att_buffer got = {0};
    char copy[256], *rest = copy, *name;
    size_t count = 0;

    snprintf(copy, sizeof copy, "%s", names);
    while ((name = strsep(&rest, "|")))
        tiers[count++] = (att_textgrid_tier){.name = att_span_of(name), .points = *name == '.'};
    (void)att_textgrid_choose(tiers, count, &options, "test", NULL);
    att_buffer_text(&got, "");
    for (size_t i = 0; i < count; i++) {
        if (tiers[i].speech && got.size)
            att_buffer_char(&got, '|');
        if (tiers[i].speech)
            att_buffer_span(&got, tiers[i].name);
    }
    assert_string_equal(got.data, speech);
    att_buffer_clear(&got);
}

static void test_textgrid__annotations_of_others_are_not_read(void **state)
{
    (void)state;
    expect_speech("Ann|Ben", "Ann|Ben");
    expect_speech("Ann - words|Ann - phones|Ben - words|Ben - phones", "Ann - words|Ben - words");
    expect_speech("Ann|Ann_words|AnnPhones|Ben", "Ann|Ben");
    expect_speech("utterance|words|syllable|.bell", "utterance");
    expect_speech("words|phones", "words");
    expect_speech("Ann|words", "Ann");
    expect_speech("Ann words|Ben utterances", "Ann words|Ben utterances");
    expect_speech("PHONES|Notes|Mary Words|tonicVowel", "Mary Words");
    expect_speech("Förälder|İ|", "Förälder|İ|");
    expect_speech("Wordsworth|Codery", "Wordsworth|Codery");
}

static void test_textgrid__annotations_alone_are_an_error_that_names_them(void **state)
{
    (void)state;
    expect_error(
        HEAD "0 1 <exists> 2 \"IntervalTier\" \"phones\" 0 1 1 0 1 \"a\" \"TextTier\" \"bell\" 0 1 0",
        "error: a.TextGrid: has no tier of speech, only annotations; its tiers are \"phones\", \"bell\": choose "
        "with --tier NAME");
}

static void test_textgrid__tier_option_chooses(void **state)
{
    static const char *const bell[] = {"bell"}, *const both[] = {"ph*", "An?"}, *const none[] = {"Cat"};
    static const char text[] =
        HEAD "0 3 <exists> 3 \"IntervalTier\" \"Ann\" 0 3 1 0 1 \"hi\" \"IntervalTier\" \"phones\""
             " 0 3 1 0 0.5 \"h\" \"TextTier\" \"bell\" 0 3 2 1 \"ding\" 2 \"dong\"";

    (void)state;
    expect_tiers_read(text, &(att_read_options){.tiers = bell, .tier_count = 1}, "bell||1000|2000|170|ding dong\n");
    expect_tiers_read(text, &(att_read_options){.tiers = both, .tier_count = 2},
                      "Ann||0|1000|99|hi\nphones||0|500|140|h\n");
    expect_tiers_read(text, &(att_read_options){.tiers = none, .tier_count = 1},
                      "error: a.TextGrid: has no tier that --tier names; its tiers are \"Ann\", \"phones\", \"bell\": "
                      "choose with --tier NAME");
}

static void test_textgrid__numbers_of_all_forms(void **state)
{
    (void)state;
    expect_tiers_read(HEAD "-1 1e9 <exists> 1 \"IntervalTier\" \"A\" 0 9 5 -1.5 1e-3 \"a\" +2. 25E-1 \"b\" "
                           "3.00000000000000000000000000004 4.0005 \"c\" 5 1e300 \"d\" 6 6 \"e\"",
                      NULL, "A||-1500|6000|106|a b c d e\n");
}

static void test_textgrid__no_intervals_are_no_turns(void **state)
{
    (void)state;
    expect_tiers_read(HEAD "0 1 <exists> 0", NULL, "");
    expect_tiers_read(HEAD "0 1 <absent> 0", NULL, "");
    expect_tiers_read(HEAD "0 1 <exists> 1 \"IntervalTier\" \"A\" 0 1 0", NULL, "");
    expect_tiers_read(HEAD "0 1 <exists> 1 \"IntervalTier\" \"A\" 0 1 2 0 1 \"\" 1 2 \" \n\"", NULL, "");
}

static void test_textgrid__what_is_wrong_is_named_with_its_line(void **state)
{
    (void)state;
    expect_error("", "error: a.TextGrid:1: ends where the type of the file should follow");
    expect_error(HEAD, "error: a.TextGrid:4: ends where the start time should follow");
    expect_error(HEAD "0 1\n<exists> 1\n\"IntervalTier\"\n\"A\" 0 1 2\n0 1 \"a\"\n",
                 "error: a.TextGrid:9: ends where the start of an interval should follow; the file was cut off");
    expect_error(HEAD "0 1\r<exists> 1\r\"IntervalTier\"\r\"A\" 0 1 1\r0 1 \"a \"quoted\" word\"\r",
                 "error: a.TextGrid:8: has more than it says; is a `\"` in the last label not doubled?");
    expect_error(
        HEAD "0 1 <exists> 1 \"IntervalTier\" \"A\" 0 1 2 0 1\n\"a \"quoted\" word\" 1 2 \"b\"",
        "error: a.TextGrid:5: has something else where the start of an interval should be; is a `\"` in the label "
        "before not doubled?");
    expect_error(HEAD "0 1 <exists> 1\n\"IntervalTier\" \"A",
                 "a.TextGrid:5: a text begins here that no quotation mark");
    expect_error(HEAD "0 1 <exists> 1 \"IntervalTier\" \"A\" 0 1 1 0 \"a\"",
                 "error: a.TextGrid:4: has something else where the end of an interval should be");
    expect_error(HEAD "0 1 <exists> 1 \"FormTier\" \"A\"", "a.TextGrid:4: the tier is neither an IntervalTier nor");
    expect_error(HEAD "0 1 <exists> 1.5", "a.TextGrid:4: the number of tiers is 1.5, not a whole number");
    expect_error(HEAD "0 1 <exists> -1", "the number of tiers is -1, not a whole number");
    expect_error(HEAD "0 1 <exists> 100000", "says that it has more than 1000 tiers");
    expect_error(HEAD "0 1 <exists> 1 \"IntervalTier\" \"A\" 0 1 99999999999", "ends where the start of an interval");
}

static void test_textgrid__other_objects_of_praat_are_refused(void **state)
{
    (void)state;
    expect_error("File type = \"ooTextFile\"\nObject class = \"PitchTier\"\n\n0\n1\n0\n",
                 "error: a.TextGrid:2: is a file of Praat, but not one TextGrid as text; select the TextGrid");
    expect_error("File type = \"ooTextFile\"\nObject class = \"Collection\"\n\nsize = 1\n", "not one TextGrid as text");
    expect_error("Ann: she said \"hello\" and \"bye\"\n", "not one TextGrid as text");
}

static void test_textgrid__is_recognised_by_its_content(void **state)
{
    (void)state;
    assert_int_equal(cue_sniff(textgrid, HEAD), 98);
    assert_int_equal(cue_sniff(textgrid, "\xEF\xBB\xBF" HEAD), 98);
    assert_int_equal(cue_sniff(textgrid, "File type = \"ooTextFile short\"\n\"TextGrid\"\n"), 98);
    assert_int_equal(cue_sniff(textgrid, "File type: a letter\n"), 0);
    assert_int_equal(cue_sniff(textgrid, ""), 0);
}

static void test_textgrid__every_prefix_ends_in_turns_or_an_error(void **state)
{
    static const char text[] =
        "\xEF\xBB\xBF" HEAD "xmin = 0\nxmax = 2.5 \ntiers? <exists> \nsize = 2 \nitem []: \n"
        "item [1]:\r\n class = \"IntervalTier\" \n name = \"Ann \"\"A\"\"\" \n xmin = 0 \n"
        " xmax = 2.5e0 \n intervals: size = 2 \n intervals [1]:\n xmin = 0 \n xmax = 1 \n"
        " text = \"\"\"ja\"\", ä\" ! aside\n intervals [2]:\n xmin = 1 \n xmax = 2 \n text = \"\" \n"
        "item [2]:\n class = \"TextTier\" \n name = \"\" \n xmin = 0 \n xmax = 2.5 \n"
        " points: size = 1 \n points [1]:\n number = 1 \n mark = \"x\"\n";

    (void)state;
    test_prefixes(textgrid, (att_span){text, sizeof text - 1}, "test", 4096, 0);
}

static void expect_sample(const char *name, const char *turns)
{
    char path[256];

    snprintf(path, sizeof path, "../shared/samples/textgrid/%s", name);
    char *got = test_turns_of_file(textgrid, path, NULL);
    if (!got)
        skip();
    assert_string_equal(got, turns);
    free(got);
}

static void test_textgrid__samples(void **state)
{
    (void)state;
    expect_sample("mary.TextGrid", "word||315|1518|900|mary rolled the barrel\n");
    expect_sample("bobby_words.TextGrid", "phrase||65|1117|1389|BOBBY RIPPED THE LEDGER\n");
    expect_sample("bobby_words_with_newlines_longfile_elan.TextGrid", "phrase||65|1117|1383|BOBBY RIPPED THE LEDGER\n");
    expect_sample("textgrid_to_merge.TextGrid",
                  "bob||736|2463|158|01a 01b\nmary||2941|4137|482|02a 02b\nsarah||3774|4137|764|03a\n"
                  "mary||4137|4907|566|02c\nsarah||4907|5562|845|03b\nbob||5863|6519|283|01c\n"
                  "sarah||6802|7262|926|03c\nmary||7900|8963|645|02d\nbob||9219|9830|364|01d\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_textgrid__cases),
        cmocka_unit_test(test_textgrid__annotations_of_others_are_not_read),
        cmocka_unit_test(test_textgrid__annotations_alone_are_an_error_that_names_them),
        cmocka_unit_test(test_textgrid__tier_option_chooses),
        cmocka_unit_test(test_textgrid__numbers_of_all_forms),
        cmocka_unit_test(test_textgrid__no_intervals_are_no_turns),
        cmocka_unit_test(test_textgrid__what_is_wrong_is_named_with_its_line),
        cmocka_unit_test(test_textgrid__other_objects_of_praat_are_refused),
        cmocka_unit_test(test_textgrid__is_recognised_by_its_content),
        cmocka_unit_test(test_textgrid__every_prefix_ends_in_turns_or_an_error),
        cmocka_unit_test(test_textgrid__samples),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
