#include "read_all.h"

static void test_txt__name_colon_opens_a_turn(void **state)
{
    (void)state;
    expect_turns("Ann: Hello.\nBea: Good day.\n", "Ann|Hello.\nBea|Good day.\n");
}

static void test_txt__one_line_file_is_labelled(void **state)
{
    (void)state;
    expect_turns("A: text", "A|text\n");
}

static void test_txt__label_in_brackets_or_braces(void **state)
{
    (void)state;
    expect_turns("[I] You came.\n[P2] I did.\n", "I|You came.\nP2|I did.\n");
    expect_turns("[id1]: You came.\n[id2]: I did.\n", "id1|You came.\nid2|I did.\n");
    expect_turns("{I} You came.\n{P2}: I did.\n", "I|You came.\nP2|I did.\n");
}

static void test_txt__label_alone_on_its_line(void **state)
{
    (void)state;
    expect_turns("ANN:\nHello.\n\nBEA:\nGood\nday.\n", "ANN|Hello.\nBEA|Good\nday.\n");
    expect_turns("[Ann]\nHello.\n\n[Bea]\nGood day.\n", "Ann|Hello.\nBea|Good day.\n");
}

static void test_txt__bold_labels(void **state)
{
    (void)state;
    expect_turns("**Ann:** Hello.\n\n**Bea**: Good day.\n", "Ann|Hello.\nBea|Good day.\n");
}

static void test_txt__lines_without_label_continue_the_turn(void **state)
{
    (void)state;
    expect_turns("Ann: One.\nTwo.\n\nThree.\nBea: Four.\n", "Ann|One.\nTwo.\n\nThree.\nBea|Four.\n");
}

static void test_txt__repeated_label_opens_a_new_turn(void **state)
{
    (void)state;
    expect_turns("Ann: One.\nAnn: Two.\n", "Ann|One.\nAnn|Two.\n");
}

static void test_txt__label_without_text_is_an_empty_turn(void **state)
{
    (void)state;
    read_all all = read_text("Ann: One.\nBea:\nAnn:  \n\nBea: Two.\n");
    assert_int_equal(all.count, 4);
    assert_string_equal(all.turns[1].label, "Bea");
    assert_int_equal(all.turns[1].text_size, 0);
    assert_int_equal(all.turns[1].offset, 14);
    assert_string_equal(all.turns[2].text, "");
    read_free(&all);
}

static void test_txt__sentence_with_a_colon_is_no_label(void **state)
{
    (void)state;
    expect_turns("Ann: I tell you.\nThere is one thing: hope.\nBea: Yes.\nAnn: Good.\nBea: Good.\n",
                 "Ann|I tell you.\nThere is one thing: hope.\nBea|Yes.\nAnn|Good.\nBea|Good.\n");
}

static void test_txt__short_sentence_start_is_no_label_where_turns_have_several_lines(void **state)
{
    (void)state;
    expect_turns("Ann: I went there\nin the rain.\nThen he said: go home.\nBea: Yes.\nAnn: Good.\nBea: Good.\n",
                 "Ann|I went there\nin the rain.\nThen he said: go home.\nBea|Yes.\nAnn|Good.\nBea|Good.\n");
}

static void test_txt__name_that_speaks_once_is_a_label(void **state)
{
    (void)state;
    expect_turns("Ann: Who is\nthere?\nJohn G. Marsh, Jr.: Me.\nLudwig von der Au: And me.\nAnn: Come in.\n",
                 "Ann|Who is\nthere?\nJohn G. Marsh, Jr.|Me.\nLudwig von der Au|And me.\nAnn|Come in.\n");
}

static void test_txt__short_label_that_is_no_name_counts_where_every_line_is_a_turn(void **state)
{
    (void)state;
    char text[1024] = "";
    for (int i = 0; i < 20; i++)
        strcat(text, "Ann: One.\nBea: Two.\n");
    size_t size = strlen(text);
    strcpy(text + size, "Unknown speaker: Three.\nThere is one thing: hope.\n");
    read_all all = read_text(text);
    assert_int_equal(all.count, 41);
    assert_string_equal(all.turns[40].label, "Unknown speaker");
    assert_string_equal(all.turns[40].text, "Three.\nThere is one thing: hope.");
    read_free(&all);
}

static void test_txt__suffix_behind_a_comma_is_of_the_name(void **state)
{
    (void)state;
    expect_turns("Ann:\nOne.\nJames Hill, III,: Two.\nWell, Ann: three.\nBea Cole, PhD: Four.\n",
                 "Ann|One.\nJames Hill, III,|Two.\nWell, Ann: three.\nBea Cole, PhD|Four.\n");
}

static void test_txt__titles_and_initials_end_no_sentence(void **state)
{
    (void)state;
    expect_turns(
        "Dr. Ahmed: One.\nFrau Dr. Meyer: Two.\nOliver. P. Marsh: Three.\nJ.F. Hill: Four.\nJohn F . Lee: Five.\n",
        "Dr. Ahmed|One.\nFrau Dr. Meyer|Two.\nOliver. P. Marsh|Three.\nJ.F. Hill|Four.\nJohn F . Lee|Five.\n");
}

static void test_txt__sentence_end_inside_is_no_label(void **state)
{
    (void)state;
    expect_turns("Ann: One.\nBea: Two.\nIt rained. Ann: no.\nReally? Yes: no.\nAnn: x\nBea: y\n",
                 "Ann|One.\nBea|Two.\nIt rained. Ann: no.\nReally? Yes: no.\nAnn|x\nBea|y\n");
}

static void test_txt__addresses_and_clock_times_are_no_labels(void **state)
{
    (void)state;
    expect_turns("Ann: See\nHttp://example.org/a: there\n10:15 it was.\nBea: Yes.\nAnn: At\n10:15 then.\n",
                 "Ann|See\nHttp://example.org/a: there\n10:15 it was.\nBea|Yes.\nAnn|At\n10:15 then.\n");
}

static void test_txt__label_longer_than_sixty_code_points_is_none(void **state)
{
    (void)state;
    /* 60 and 61 letters of two bytes each. */
    char text[2048] = "";
    char label[256] = "";
    for (int i = 0; i < 60; i++)
        strcat(label, "Ä");
    snprintf(text, sizeof text, "%s: one\n%sÄ: two\n%s: three\n%sÄ: four\n", label, label, label, label);
    read_all all = read_text(text);
    assert_int_equal(all.count, 2);
    assert_string_equal(all.turns[0].label, label);
    read_free(&all);
}

static void test_txt__scripts_without_case_have_labels(void **state)
{
    (void)state;
    expect_turns("מראיינת: שלום\nדנה: בוקר טוב\nמראיינת: כן\n", "מראיינת|שלום\nדנה|בוקר טוב\nמראיינת|כן\n");
    expect_turns("साक्षात्कारकर्ता: नमस्ते\nमीरा: नमस्ते\n", "साक्षात्कारकर्ता|नमस्ते\nमीरा|नमस्ते\n");
    expect_turns("田中：はい\n佐藤：いいえ\n", "田中|はい\n佐藤|いいえ\n");
}

static void test_txt__small_letter_begins_a_label_only_in_brackets(void **state)
{
    (void)state;
    expect_turns("i: One.\nb: Two.\ni: Three.\n", "|i: One.\nb: Two.\ni: Three.\n");
    expect_turns("[i] One.\n[b] Two.\n[i] Three.\n[b] Four.\n", "i|One.\nb|Two.\ni|Three.\nb|Four.\n");
}

static bool knows_i(const void *context, att_span label)
{
    return att_span_equal(label, att_span_of((const char *)context));
}

static void test_txt__label_of_the_speaker_table_always_counts(void **state)
{
    (void)state;
    att_read_options options = {.known_label = knows_i, .known_context = "i"};
    read_all all = read_span(att_span_of("Some title\n\ni: One.\nb: Two.\n[i] Three.\n"), &options);
    char *got = shown(&all);
    assert_string_equal(got, "|Some title\ni|One.\nb: Two.\ni|Three.\n");
    free(got);
    read_free(&all);
}

static void test_txt__text_before_the_first_label_is_unlabelled_paragraphs(void **state)
{
    (void)state;
    expect_turns("Interview 1, spring\n\nA quiet room,\ntwo chairs.\n\nAnn: One.\n\nBea: Two.\nAnn: Three.\n",
                 "|Interview 1, spring\n|A quiet room,\ntwo chairs.\nAnn|One.\nBea|Two.\nAnn|Three.\n");
}

static void test_txt__transcript_without_labels_is_paragraphs(void **state)
{
    (void)state;
    read_all all = read_text("\n\nIt was raining.\nIt was cold.\n  \n\t\nThen there is one thing to say: hope.\n\n");
    char *got = shown(&all);
    assert_string_equal(got, "|It was raining.\nIt was cold.\n|Then there is one thing to say: hope.\n");
    assert_int_equal(all.turns[0].line, 3);
    assert_int_equal(all.turns[0].offset, 2);
    assert_int_equal(all.turns[1].line, 7);
    free(got);
    read_free(&all);
}

static void test_txt__title_with_a_colon_does_not_hide_bracket_labels(void **state)
{
    (void)state;
    expect_turns("Place: the ward\n\n[I] One.\n[P] Two.\n[I] Three.\n", "|Place: the ward\nI|One.\nP|Two.\nI|Three.\n");
}

static void test_txt__other_form_than_the_transcripts_own_is_text(void **state)
{
    (void)state;
    expect_turns("[I] One.\nNote: this stays.\nNote: and this.\n[P] Two.\n[I] Three.\n[P] Four.\n",
                 "I|One.\nNote: this stays.\nNote: and this.\nP|Two.\nI|Three.\nP|Four.\n");
    expect_turns("Ann: One.\n[door falls shut] Oh.\n[door falls shut] Oh.\nBea: Two.\nAnn: Three.\nBea: Four.\n",
                 "Ann|One.\n[door falls shut] Oh.\n[door falls shut] Oh.\nBea|Two.\nAnn|Three.\nBea|Four.\n");
}

static void test_txt__where_labels_are_capitals_others_are_not(void **state)
{
    (void)state;
    expect_turns("ANN:\nOn\nTuesday: rain.\nBEA:\nYes.\nANN:\nOh.\nBEA:\nYes.\nDR. COLE:\nGood day.\n",
                 "ANN|On\nTuesday: rain.\nBEA|Yes.\nANN|Oh.\nBEA|Yes.\nDR. COLE|Good day.\n");
}

static void test_txt__note_is_never_a_label_and_never_speech(void **state)
{
    (void)state;
    expect_turns("[I] One.\n[laughs] Well.\n[P] (pause) Two ((coughs)) and [wine] (..) three. {sighs}\n[laughs]\n",
                 "I|One.\n         Well.\nP|Two            and [wine]      three.\n");
}

static void test_txt__offset_is_of_the_first_text_byte(void **state)
{
    (void)state;
    read_all all = read_text("\xEF\xBB\xBF"
                             "Ann:  [laughs] Hi.\nBea: #00:00:01-0# Ho.\n");
    assert_int_equal(all.count, 2);
    assert_int_equal(all.turns[0].offset, 3 + 15);
    assert_string_equal(all.turns[0].text, "Hi.");
    assert_int_equal(all.turns[1].offset, 3 + 19 + 18);
    assert_int_equal(all.counts.notes, 1);
    read_free(&all);
}

static void test_txt__line_ends_of_all_kinds(void **state)
{
    (void)state;
    read_all all = read_text("Ann: One.\rBea: Two.\r\nAnn: Three.\nBea: Four\rfive.\r\n\rAnn: Six.");
    char *got = shown(&all);
    assert_string_equal(got, "Ann|One.\nBea|Two.\nAnn|Three.\nBea|Four\rfive.\nAnn|Six.\n");
    assert_int_equal(all.turns[4].line, 7);
    assert_int_equal(all.counts.lines, 6);
    free(got);
    read_free(&all);
}

static void test_txt__byte_order_mark_is_skipped_also_in_the_middle(void **state)
{
    (void)state;
    expect_turns("\xEF\xBB\xBF"
                 "Ann: One.\n\xEF\xBB\xBF"
                 "Bea: Two.\n",
                 "Ann|One.\nBea|Two.\n");
}

static void test_txt__ill_formed_bytes_and_controls_stay_and_are_counted(void **state)
{
    (void)state;
    read_all all = read_span((att_span){"Ann: gr\xFC\xDF"
                                        "e \xE2\x82 \0 x\x01\n",
                                        19},
                             NULL);
    assert_int_equal(all.count, 1);
    assert_int_equal(all.turns[0].text_size, 13);
    assert_memory_equal(all.turns[0].text,
                        "gr\xFC\xDF"
                        "e \xE2\x82 \0 x\x01",
                        13);
    assert_int_equal(all.counts.ill_formed, 3);
    assert_int_equal(all.counts.controls, 2);
    assert_int_equal(all.counts.bytes, 19);
    read_free(&all);
}

static void test_txt__replacement_character_itself_is_well_formed(void **state)
{
    (void)state;
    read_all all = read_text("Ann: a \xEF\xBF\xBD b\n");
    assert_int_equal(all.counts.ill_formed, 0);
    read_free(&all);
}

static void test_txt__nothing_but_white_space_has_no_turns(void **state)
{
    (void)state;
    expect_turns("", "");
    expect_turns("\n \n\t\r\n", "");
}

/* Stamps. */

static void expect_times(const char *text, size_t turn, int64_t start_ms, int64_t end_ms, const char *speech)
{
    read_all all = read_text(text);

    assert_true(turn < all.count);
    assert_int_equal(all.turns[turn].start_ms, start_ms);
    assert_int_equal(all.turns[turn].end_ms, end_ms);
    assert_string_equal(all.turns[turn].text, speech);
    read_free(&all);
}

static void test_txt__stamp_at_the_end_is_the_end(void **state)
{
    (void)state;
    expect_times("I: Hello. #00:00:04-3#\nB: Yes. #00:01:02#\n", 0, ATT_NO_TIME, 4300, "Hello.");
    expect_times("I: Hello. #00:00:04-3#\nB: Yes. #00:01:02#\n", 1, ATT_NO_TIME, 62000, "Yes.");
    expect_times("I: Hello. [00:04] (laughs)\n", 0, ATT_NO_TIME, 4000, "Hello.");
}

static void test_txt__stamp_around_the_label_is_the_start(void **state)
{
    (void)state;
    expect_times("#00:01:02-3# I: Hello.\n", 0, 62300, ATT_NO_TIME, "Hello.");
    expect_times("[00:01:02] I: Hello.\n", 0, 62000, ATT_NO_TIME, "Hello.");
    expect_times("0:53 Ann: Hello.\n", 0, 53000, ATT_NO_TIME, "Hello.");
    expect_times("Ann [00:01:02]: Hello.\n", 0, 62000, ATT_NO_TIME, "Hello.");
    expect_times("Ann (01:02): Hello.\n", 0, 62000, ATT_NO_TIME, "Hello.");
    expect_times("Ann 00:01:02: Hello.\n", 0, 62000, ATT_NO_TIME, "Hello.");
    expect_times("Ann: [00:01:02] Hello.\n", 0, 62000, ATT_NO_TIME, "Hello.");
    expect_times("Ann: 00:01:02 Hello.\n", 0, 62000, ATT_NO_TIME, "Hello.");
    expect_times("[Ann] 10:02:11 Hello.\n", 0, 36131000, ATT_NO_TIME, "Hello.");
    expect_times("[Ann]\n#00:00:01-5#\nHello. #00:00:02-5#\n", 0, 1500, 2500, "Hello.");
    expect_times("[00:00:01.250 --> 00:00:02.500] Ann: Hello.\n", 0, 1250, 2500, "Hello.");
}

static void test_txt__name_with_a_stamp_needs_no_colon(void **state)
{
    (void)state;
    expect_times("Ann  0:53\nHello.\n\nBea  1:02\nYes.\n\nAnn  1:10\nOh.\n", 1, 62000, ATT_NO_TIME, "Yes.");
    expect_times("Ann [0:53] Hello.\nBea [1:02] Yes.\n", 1, 62000, ATT_NO_TIME, "Yes.");
}

static void test_txt__stamps_inside_the_text_are_not_speech(void **state)
{
    (void)state;
    expect_times("Ann: One #00:00:01-0# two [00:02] three.\n", 0, ATT_NO_TIME, ATT_NO_TIME,
                 "One              two         three.");
    expect_times("Ann: At 10:15 (at 10:15) #hope# it was.\n", 0, ATT_NO_TIME, ATT_NO_TIME,
                 "At 10:15 (at 10:15) #hope# it was.");
}

static void test_txt__note_at_the_label_is_no_part_of_the_name(void **state)
{
    (void)state;
    expect_turns("Ann (laughs): Hello.\nAnn: Yes.\nBea (nurse): Yes.\n", "Ann|Hello.\nAnn|Yes.\nBea (nurse)|Yes.\n");
}

/* The speaker expression. */

static read_all read_with(const char *expression, const char *text)
{
    att_read_options options = {.speaker_regex = expression};

    return read_span(att_span_of(text), &options);
}

static void test_txt__speaker_regex_replaces_the_usual_forms(void **state)
{
    (void)state;
    read_all all = read_with("(\\w+) - ", "Ann: no\n\nann - One: two\nbea - Three\nx ann - four\n");
    char *got = shown(&all);
    assert_string_equal(got, "|Ann: no\nann|One: two\nbea|Three\nx ann - four\n");
    free(got);
    read_free(&all);
}

static void test_txt__speaker_regex_without_group_is_the_label_whole(void **state)
{
    (void)state;
    read_all all = read_with("S\\d+", "S01 One\r\nS02 Two\r\n");
    char *got = shown(&all);
    assert_string_equal(got, "S01|One\nS02|Two\n");
    free(got);
    read_free(&all);
}

static void test_txt__speaker_regex_that_matches_nothing_opens_nothing(void **state)
{
    (void)state;
    read_all all = read_with("x*", "One\n\nxx Two\n");
    char *got = shown(&all);
    assert_string_equal(got, "|One\nxx|Two\n");
    free(got);
    read_free(&all);
}

static void test_txt__wrong_speaker_regex_is_a_usage_error(void **state)
{
    (void)state;
    att_read_options options = {.speaker_regex = "(unclosed"};
    void *layout = NULL;
    att_error error;
    att_status status = att_format_txt.plan(&layout, att_span_of("A: x\n"), true, "test.txt", &options, &error);
    assert_int_equal(status, ATT_USAGE);
    assert_null(layout);
    assert_non_null(strstr(error.message, "(unclosed"));
}

static void test_txt__wild_speaker_regex_is_stopped(void **state)
{
    (void)state;
    att_read_options options = {.speaker_regex = "(?:a+)+(?:a+)+(?:a+)+b"};
    void *layout = NULL;
    att_error error;
    char text[900];
    memset(text, 'a', sizeof text);
    memcpy(text + sizeof text - 2, "cb", 2);
    att_status status = att_format_txt.plan(&layout, (att_span){text, sizeof text}, true, "test.txt", &options, &error);
    assert_int_equal(status, ATT_BAD_INPUT);
    assert_non_null(strstr(error.message, "test.txt:1: the speaker expression takes too many steps"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_txt__name_colon_opens_a_turn),
        cmocka_unit_test(test_txt__one_line_file_is_labelled),
        cmocka_unit_test(test_txt__label_in_brackets_or_braces),
        cmocka_unit_test(test_txt__label_alone_on_its_line),
        cmocka_unit_test(test_txt__bold_labels),
        cmocka_unit_test(test_txt__lines_without_label_continue_the_turn),
        cmocka_unit_test(test_txt__repeated_label_opens_a_new_turn),
        cmocka_unit_test(test_txt__label_without_text_is_an_empty_turn),
        cmocka_unit_test(test_txt__sentence_with_a_colon_is_no_label),
        cmocka_unit_test(test_txt__short_sentence_start_is_no_label_where_turns_have_several_lines),
        cmocka_unit_test(test_txt__name_that_speaks_once_is_a_label),
        cmocka_unit_test(test_txt__short_label_that_is_no_name_counts_where_every_line_is_a_turn),
        cmocka_unit_test(test_txt__suffix_behind_a_comma_is_of_the_name),
        cmocka_unit_test(test_txt__titles_and_initials_end_no_sentence),
        cmocka_unit_test(test_txt__sentence_end_inside_is_no_label),
        cmocka_unit_test(test_txt__addresses_and_clock_times_are_no_labels),
        cmocka_unit_test(test_txt__label_longer_than_sixty_code_points_is_none),
        cmocka_unit_test(test_txt__scripts_without_case_have_labels),
        cmocka_unit_test(test_txt__small_letter_begins_a_label_only_in_brackets),
        cmocka_unit_test(test_txt__label_of_the_speaker_table_always_counts),
        cmocka_unit_test(test_txt__text_before_the_first_label_is_unlabelled_paragraphs),
        cmocka_unit_test(test_txt__transcript_without_labels_is_paragraphs),
        cmocka_unit_test(test_txt__title_with_a_colon_does_not_hide_bracket_labels),
        cmocka_unit_test(test_txt__other_form_than_the_transcripts_own_is_text),
        cmocka_unit_test(test_txt__where_labels_are_capitals_others_are_not),
        cmocka_unit_test(test_txt__note_is_never_a_label_and_never_speech),
        cmocka_unit_test(test_txt__offset_is_of_the_first_text_byte),
        cmocka_unit_test(test_txt__line_ends_of_all_kinds),
        cmocka_unit_test(test_txt__byte_order_mark_is_skipped_also_in_the_middle),
        cmocka_unit_test(test_txt__ill_formed_bytes_and_controls_stay_and_are_counted),
        cmocka_unit_test(test_txt__replacement_character_itself_is_well_formed),
        cmocka_unit_test(test_txt__nothing_but_white_space_has_no_turns),
        cmocka_unit_test(test_txt__stamp_at_the_end_is_the_end),
        cmocka_unit_test(test_txt__stamp_around_the_label_is_the_start),
        cmocka_unit_test(test_txt__name_with_a_stamp_needs_no_colon),
        cmocka_unit_test(test_txt__stamps_inside_the_text_are_not_speech),
        cmocka_unit_test(test_txt__note_at_the_label_is_no_part_of_the_name),
        cmocka_unit_test(test_txt__speaker_regex_replaces_the_usual_forms),
        cmocka_unit_test(test_txt__speaker_regex_without_group_is_the_label_whole),
        cmocka_unit_test(test_txt__speaker_regex_that_matches_nothing_opens_nothing),
        cmocka_unit_test(test_txt__wrong_speaker_regex_is_a_usage_error),
        cmocka_unit_test(test_txt__wild_speaker_regex_is_stopped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
