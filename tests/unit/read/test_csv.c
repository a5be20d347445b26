/* Tables of turns as delimited text. Each folder of tests/cases/csv is a file as people have them, and its turns. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "turns.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void expect_with(const att_format *format, const char *table, const att_read_options *options,
                        const char *expected)
{
    char *turns = test_turns(format, att_span_of(table), "a.csv", options, 0);
    char *slowly = test_turns(format, att_span_of(table), "a.csv", options, 1);

    assert_string_equal(turns, expected);
    assert_string_equal(slowly, expected);
    free(turns);
    free(slowly);
}

static void expect(const char *table, const char *expected)
{
    expect_with(&att_format_csv, table, NULL, expected);
}

static void expect_column(const char *table, const char *role, const char *name, const char *expected)
{
    att_column_role column = {role, name};
    att_read_options options = {.columns = &column, .column_count = 1};

    expect_with(&att_format_csv, table, &options, expected);
}

/* ---- records ---- */

static void test_csv__a_row_is_a_turn(void **state)
{
    (void)state;
    expect("speaker,text\nAnn,Hello.\nBen,Good morning.\nBen,And you?\n",
           "Ann||-|-|17|Hello.\nBen||-|-|28|Good morning.\nBen||-|-|46|And you?\n");
}

static void test_csv__last_row_needs_no_line_end(void **state)
{
    (void)state;
    expect("speaker,text\nAnn,Hello.", "Ann||-|-|17|Hello.\n");
}

static void test_csv__header_alone_holds_no_turns(void **state)
{
    (void)state;
    expect("speaker,text\n", "");
}

static void test_csv__quoted_field_holds_delimiters_line_ends_and_doubled_quotes(void **state)
{
    (void)state;
    expect("speaker,text\nAnn,\"Yes, \"\"maybe\"\"\nor not.\"\n", "Ann||-|-|18|Yes, \"maybe\"\\nor not.\n");
}

static void test_csv__what_stands_behind_a_closing_quote_is_kept(void **state)
{
    (void)state;
    expect("speaker,text\nAnn,\"Yes, no\" he said.\nBen,\"No, yes\" \n",
           "Ann||-|-|18|Yes, no he said.\nBen||-|-|41|No, yes\n");
}

static void test_csv__line_ends_may_be_mixed_and_blank_lines_are_none(void **state)
{
    (void)state;
    expect("speaker,text\r\n\r\nAnn,One.\rBen,Two.\n\nAnn,Three.\r\n",
           "Ann||-|-|20|One.\nBen||-|-|29|Two.\nAnn||-|-|39|Three.\n");
}

static void test_csv__byte_order_marks_are_skipped(void **state)
{
    (void)state;
    expect("\xEF\xBB\xBF\xEF\xBB\xBFspeaker,text\nAnn,Hello.\n", "Ann||-|-|23|Hello.\n");
}

static void test_csv__delimiter_is_told_by_the_header_and_the_rows(void **state)
{
    (void)state;
    expect("speaker;text\nAnn;One, two, three.\n", "Ann||-|-|17|One, two, three.\n");
    expect("speaker|text\nAnn|One, two; three.\n", "Ann||-|-|17|One, two; three.\n");
    expect("speaker\ttext\nAnn\tOne, two; three.\n", "Ann||-|-|17|One, two; three.\n");
    expect("sep=;\r\nspeaker;text\r\nAnn;One.\r\n", "Ann||-|-|25|One.\n");
}

static void test_csv__quotes_that_quote_nothing_are_text(void **state)
{
    (void)state;
    expect_with(&att_format_tsv, "speaker\ttext\nAnn\t\"Yes, I thought\nBen\tand?\nAnn\tso\" she said\n", NULL,
                "Ann||-|-|17|\"Yes, I thought\nBen||-|-|37|and?\nAnn||-|-|46|so\" she said\n");
}

static void test_csv__one_column_is_a_table_too(void **state)
{
    (void)state;
    expect("text\nOne, two.\nWell; no.\n", "||-|-|5|One, two.\n||-|-|15|Well; no.\n");
    expect("text\nOne two.\n", "||-|-|5|One two.\n");
}

static void test_csv__ragged_row_is_named_with_its_line(void **state)
{
    (void)state;
    expect(
        "speaker,text\nAnn,\"Yes\nor no.\"\n\nBen,Well, no.\n",
        "error: a.csv:5: has 3 fields where the header (line 1) names 2 columns; put fields that hold a ',' or a line "
        "end in double quotes");
    expect(
        "text,speaker\nHello.,Ann\nGood\n",
        "error: a.csv:3: has 1 fields where the header (line 1) names 2 columns; put fields that hold a ',' or a line "
        "end in double quotes");
}

static void test_csv__empty_fields_beyond_the_header_are_no_harm(void **state)
{
    (void)state;
    expect("speaker,text,,\nAnn,Hello.,,\nBen,Hi.,\"\",\nAnn,Bye.\n",
           "Ann||-|-|19|Hello.\nBen||-|-|32|Hi.\nAnn||-|-|44|Bye.\n");
}

static void test_csv__unclosed_quote_is_named_with_its_line(void **state)
{
    (void)state;
    expect("speaker,text\nAnn,\"Hi, hello.\"\nBen,\"Well,\nso.\"\nAnn,\"Oh, yes.\"\nBen,\"Well.\n\n",
           "error: a.csv:6: has a quote that is never closed; close it, or double the quotes inside quoted fields");
}

static void test_csv__header_that_comes_again_is_no_turn(void **state)
{
    (void)state;
    expect("speaker,text\nAnn,One.\nspeaker,text\nBen,Two.\n", "Ann||-|-|17|One.\nBen||-|-|39|Two.\n");
}

static void test_csv__missing_values_are_not_words(void **state)
{
    (void)state;
    expect("speaker,start,text\nNA,NaN,Hello.\n,,Hi.\nAnn,NA,NA\nAnn,,\"NA\"\nAnn,,None\nNone,,So.\n",
           "||-|-|26|Hello.\n||-|-|35|Hi.\nAnn||-|-|46|\nAnn||-|-|55|NA\nAnn||-|-|64|None\n||-|-|75|So.\n");
}

/* ---- columns ---- */

static void test_csv__usual_names_are_found(void **state)
{
    (void)state;
    expect("Participant,Start Time,End_Time,Utterance,Lang\nAnn,1.5,2.25,Hallo.,de_AT\n",
           "Ann|de-AT|1500|2250|60|Hallo.\n");
    expect("name,transcript\nAnn,Hello.\n", "Ann||-|-|20|Hello.\n");
    expect("\"role\",content\nuser,Hello.\n", "user||-|-|20|Hello.\n");
}

static void test_csv__annomi_is_read(void **state)
{
    (void)state;
    expect(
        "mi_quality,transcript_id,video_title,topic,utterance_id,interlocutor,timestamp,utterance_text,annotator_id\n"
        "high,0,A talk,smoking,0,therapist,00:00:13,\"Thanks, come in.\",3\n"
        "high,0,A talk,smoking,1,client,00:01:24,Sure.,3\n",
        "therapist||13000|-|151|Thanks, come in.\nclient||84000|-|211|Sure.\n"
        "@therapist|role|therapist\n@client|role|client\n");
}

static void test_csv__text_that_nobody_can_find_is_asked_for(void **state)
{
    (void)state;
    expect("a,b\n1,2\n", "error: a.csv:1: has no column that is known to hold the text (it has: a, b); say which it is "
                         "with --column text=NAME");
    expect_column("who,words\nAnn,Hello.\n", "text", "Words", "Ann||-|-|14|Hello.\n");
    expect_column(
        "who,words\nAnn,Hello.\n", "text", "said",
        "error: a.csv:1: has no column 'said' (it has: who, words); name one of these with --column text=NAME");
}

static void test_csv__column_of_another_role_is_a_fact_about_the_speaker(void **state)
{
    (void)state;
    expect_column("speaker,text,ward\nAnn,One.,3\nBen,Two.,NA\nAnn,Three.,4\n", "site", "ward",
                  "Ann||-|-|22|One.\nBen||-|-|33|Two.\nAnn||-|-|45|Three.\n@Ann|site|3\n");
}

static void test_csv__role_beside_the_speaker_is_a_fact(void **state)
{
    (void)state;
    expect("speaker,role,text\nAnn,nurse,One.\n", "Ann||-|-|28|One.\n@Ann|role|nurse\n");
}

static void test_csv__usual_columns_about_speakers_are_facts(void **state)
{
    (void)state;
    expect("Speaker,Speaker Role,Gender,age,text\nAnn,nurse,f,41,One.\n",
           "Ann||-|-|52|One.\n@Ann|role|nurse\n@Ann|sex|f\n@Ann|age|41\n");
    /* Without a speaker there is nobody to be of an age. */
    expect("age,text\n41,One.\n", "||-|-|12|One.\n");
}

static void test_csv__rows_of_one_turn_are_its_pieces(void **state)
{
    (void)state;
    expect(
        "turn,speaker,start,end,text\n1,Ann,0.5,1.0,One.\n1,Ann,1.5,2.0,Two.\n2,Ann,3.0,4.0,Three.\n2,Ben,5.0,,Four.\n",
        "Ann||500|-|42|One.+\nAnn||500|2000|61|Two.\nAnn||3000|4000|80|Three.\nBen||5000|-|98|Four.\n");
}

static void test_csv__several_transcripts_keep_their_speakers_apart(void **state)
{
    (void)state;
    expect("interview,speaker,text\nn1,Ann,One.\nn1,,Two.\nn2,Ann,Three.\n",
           "n1/Ann||-|-|30|One.\n||-|-|39|Two.\nn2/Ann||-|-|51|Three.\n");
    expect("interview,speaker,text\nn1,Ann,One.\nn1,Ben,Two.\n", "Ann||-|-|30|One.\nBen||-|-|42|Two.\n");
    expect_column("interview,speaker,text\nn1,Ann,One.\nn2,Ann,Two.\n", "transcript", "",
                  "Ann||-|-|30|One.\nAnn||-|-|42|Two.\n");
}

static void test_csv__transcript_that_begins_behind_the_probe_is_kept_apart(void **state)
{
    (void)state;
    att_buffer table = {0};
    att_buffer_text(&table, "interview,speaker,text\n");
    while (table.size < ATT_PROBE + 1000)
        att_buffer_text(&table, "n1,Ann,One and one more.\n");
    att_buffer_text(&table, "n2,Ann,Two.\n");
    char *turns = test_turns(&att_format_csv, (att_span){table.data, table.size}, "a.csv", NULL, 0);
    assert_true(strncmp(turns, "Ann|", 4) == 0);
    assert_non_null(strstr(turns, "\nn2/Ann|"));
    assert_null(strstr(turns, "n1/Ann|"));
    free(turns);
    att_buffer_clear(&table);
}

static void test_csv__speaker_of_a_page_is_the_wrong_column(void **state)
{
    (void)state;
    att_buffer table = {0};
    att_buffer_text(&table, "speaker,text\n");
    for (size_t i = 0; i < 1025; i++)
        att_buffer_char(&table, 'x');
    att_buffer_text(&table, ",Hello.\n");
    expect(table.data,
           "error: a.csv:2: has a speaker of more than 1,024 bytes, so its column holds something else; say "
           "which one it is with --column speaker=NAME");
    att_buffer_clear(&table);
}

/* ---- times ---- */

static void test_csv__times_are_seconds_milliseconds_or_clock_times(void **state)
{
    (void)state;
    expect("start_ms,text\n1500,Hello.\n", "||1500|-|19|Hello.\n");
    expect("begin (s),text\n12,Hello.\n", "||12000|-|18|Hello.\n");
    expect("start,text\n1:02,Hello.\n", "||62000|-|16|Hello.\n");
    expect("start,text\n[00:01:02],Hello.\n", "||62000|-|22|Hello.\n");
    expect("start,text\n00:01:02.500,Hello.\n", "||62500|-|24|Hello.\n");
    expect("start;text\n1,25;Hello.\n", "||1250|-|16|Hello.\n");
    expect("start,text\n1.3s,Hello.\n", "||1300|-|16|Hello.\n");
    expect("start,text\nsoon,Hello.\n-1,Hi.\n", "||-|-|16|Hello.\n||-|-|26|Hi.\n");
}

static void test_csv__whole_numbers_are_milliseconds_where_nobody_speaks_so_slowly(void **state)
{
    (void)state;
    expect("start,text\n0,Good morning.\n3,How are you?\n", "||0|-|13|Good morning.\n||3000|-|29|How are you?\n");
    expect("start,text\n0,Good morning.\n3000,How are you?\n", "||0|-|13|Good morning.\n||3000|-|32|How are you?\n");
}

static void test_csv__dates_are_no_times_of_a_recording(void **state)
{
    (void)state;
    expect("timestamp,text\n1577836800,Hello.\n1577836860,Hi.\n", "||-|-|26|Hello.\n||-|-|44|Hi.\n");
    expect("timestamp,text\n2020-01-01 10:00:00,Hello.\n", "||-|-|35|Hello.\n");
}

/* ---- speech ---- */

static void test_csv__stamps_and_notes_are_not_speech(void **state)
{
    (void)state;
    expect("speaker,text\nAnn,\"[00:01:02]  [laughs] I said (quietly) yes.\"\n",
           "Ann||62000|-|39|I said (quietly) yes.\n");
    expect("speaker,text\nAnn,[laughs]\n", "Ann||-|-|17|\n");
}

static void test_csv__what_attune_wrote_is_taken_as_it_stands(void **state)
{
    (void)state;
    expect("transcript,turn,speaker,start_ms,end_ms,text,offset,language\n"
           "t,1,Ann,10,,\" 00:01:02 [laughs] NA \",77,en\nt,2,NA,,,'=1+1,99,\nt,3,,,20,,120,\n",
           "Ann|en|10|-|77| 00:01:02 [laughs] NA \nNA||-|-|99|=1+1\n||-|20|120|\n");
}

static void test_csv__pieces_of_a_long_turn_that_attune_wrote_are_one_turn(void **state)
{
    (void)state;
    expect("transcript,turn,speaker,start_ms,end_ms,text,offset,language\nt,1,Ann,,,One,5,\nt,1,Ann,,7,two.,8,\n"
           "t,2,Ann,,,Three.,8,\nu,2,Ann,,,Four.,8,\n",
           "t/Ann||-|-|5|One+\nt/Ann||-|7|8|two.\nt/Ann||-|-|8|Three.\nu/Ann||-|-|8|Four.\n");
}

/* ---- size ---- */

static void test_csv__long_text_is_cut_into_pieces(void **state)
{
    (void)state;
    att_buffer table = {0};
    att_buffer_text(&table, "speaker,text\nAnn,\"");
    for (size_t i = 0; i < ATT_TURN_PIECE + 100; i++)
        att_buffer_char(&table, i % 10 ? 'x' : ' ');
    att_buffer_text(&table, "\"\nBen,Hi.\n");
    char *turns = test_turns(&att_format_csv, (att_span){table.data, table.size}, "a.csv", NULL, 0);
    char *end = strchr(turns, '\n');
    assert_non_null(end);
    assert_int_equal(end[-1], '+');
    assert_true((size_t)(end - turns) <= ATT_TURN_PIECE + 20);
    assert_true((size_t)(end - turns) > ATT_TURN_PIECE - 20);
    assert_true(strncmp(end + 1, "Ann|", 4) == 0);
    assert_string_equal(strrchr(turns, '|'), "|Hi.\n");
    free(turns);
    att_buffer_clear(&table);
}

static void test_csv__record_without_end_is_refused(void **state)
{
    (void)state;
    att_buffer table = {0};
    att_buffer_text(&table, "speaker,text\nAnn,Hi.\nAnn,\"");
    assert_true(att_buffer_reserve(&table, (size_t)34 << 20));
    memset(table.data + table.size, 'x', (size_t)34 << 20);
    table.size += (size_t)34 << 20;
    char *turns = test_turns(&att_format_csv, (att_span){table.data, table.size}, "a.csv", NULL, 0);
    assert_string_equal(strstr(turns, "error"),
                        "error: a.csv:3: begins a record of more than 16 MiB; is a quote missing or one too many?");
    free(turns);
    att_buffer_clear(&table);
}

static void test_csv__every_prefix_ends_well(void **state)
{
    (void)state;
    const char *table = "\xEF\xBB\xBFspeaker;start;text;role\r\nAnn;\"1,5\";\"Yes \"\"so\"\"\r\nand; so\";nurse\r\n\r\n"
                        "Ben;00:02;Gr\xC3\xBC\xC3\x9F"
                        "e [laughs];NA\r";
    test_prefixes(&att_format_csv, att_span_of(table), "a.csv", 1000, 0);
    test_prefixes(&att_format_tsv, att_span_of(table), "a.tsv", 1000, 0);
}

static void test_csv__batches_add_up(void **state)
{
    (void)state;
    att_buffer table = {0};
    size_t lines = 0;
    att_buffer_text(&table, "speaker,text\n");
    for (size_t i = 0; i < 30000; i++)
        att_buffer_format(&table, "S%zu,\"Turn, %zu\"\n", i % 7, i);
    char *turns = test_turns(&att_format_csv, (att_span){table.data, table.size}, "a.csv", NULL, 7777);
    for (char *at = turns; (at = strchr(at, '\n')) != NULL; at++, lines++) {
        char wanted[32];
        snprintf(wanted, sizeof wanted, "|Turn, %zu\n", lines);
        assert_true((size_t)(at - turns) + 1 >= strlen(wanted));
        assert_memory_equal(at + 1 - strlen(wanted), wanted, strlen(wanted));
    }
    assert_int_equal(lines, 30000);
    free(turns);
    att_buffer_clear(&table);
}

/* ---- detection ---- */

static const char *detected(const char *text, const char *file)
{
    const att_format *format = NULL;

    if (att_format_detect(&format, att_span_of(text), true, file, NULL))
        return "none";
    return format->name;
}

static void test_csv__is_known_by_its_header(void **state)
{
    (void)state;
    assert_string_equal(detected("speaker,text\nAnn,Hello.\n", "a.txt"), "csv");
    assert_string_equal(detected("speaker;text\nAnn;Hello.\n", "a"), "csv");
    assert_string_equal(detected("speaker\ttext\nAnn\tHello.\n", "a.txt"), "tsv");
    assert_string_equal(detected("a,b\n1,2\n", "a.csv"), "csv");
    assert_string_equal(detected("a\tb\n1\t2\n", "a.tsv"), "tsv");
    assert_string_equal(detected("Ann: Speaker, text and all.\nBen: Well, yes.\n", "a.txt"), "txt");
    assert_string_equal(detected("text\nwith one word a line\n", "a.txt"), "txt");
}

/* ---- cases ---- */

static void check_case(const att_format *format, const char *folder)
{
    char path[512];
    char expected[8192] = "";
    snprintf(path, sizeof path, "%s/input.%s", folder, format->name);
    char *turns = test_turns_of_file(format, path, NULL);
    snprintf(path, sizeof path, "%s/expected.turns", folder);
    FILE *stream = fopen(path, "rb");

    if (!turns || !stream)
        fail_msg("%s lacks a file", folder);
    expected[fread(expected, 1, sizeof expected - 1, stream)] = '\0';
    fclose(stream);
    if (strcmp(turns, expected) != 0)
        fail_msg("case %s is\n%s\nexpected\n%s", folder, turns, expected);
    free(turns);
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static void check_cases(const att_format *format, int least)
{
    struct dirent **entries = NULL;
    char folder[300];
    snprintf(folder, sizeof folder, "tests/cases/%s", format->name);
    int count = scandir(folder, &entries, is_visible, alphasort);

    assert_true(count >= least);
    for (int i = 0; i < count; i++) {
        snprintf(folder, sizeof folder, "tests/cases/%s/%s", format->name, entries[i]->d_name);
        check_case(format, folder);
        free(entries[i]);
    }
    free(entries);
}

static void test_csv__every_case_gives_its_turns(void **state)
{
    (void)state;
    check_cases(&att_format_csv, 7);
    check_cases(&att_format_tsv, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_csv__a_row_is_a_turn),
        cmocka_unit_test(test_csv__last_row_needs_no_line_end),
        cmocka_unit_test(test_csv__header_alone_holds_no_turns),
        cmocka_unit_test(test_csv__quoted_field_holds_delimiters_line_ends_and_doubled_quotes),
        cmocka_unit_test(test_csv__what_stands_behind_a_closing_quote_is_kept),
        cmocka_unit_test(test_csv__line_ends_may_be_mixed_and_blank_lines_are_none),
        cmocka_unit_test(test_csv__byte_order_marks_are_skipped),
        cmocka_unit_test(test_csv__delimiter_is_told_by_the_header_and_the_rows),
        cmocka_unit_test(test_csv__quotes_that_quote_nothing_are_text),
        cmocka_unit_test(test_csv__one_column_is_a_table_too),
        cmocka_unit_test(test_csv__ragged_row_is_named_with_its_line),
        cmocka_unit_test(test_csv__empty_fields_beyond_the_header_are_no_harm),
        cmocka_unit_test(test_csv__unclosed_quote_is_named_with_its_line),
        cmocka_unit_test(test_csv__header_that_comes_again_is_no_turn),
        cmocka_unit_test(test_csv__missing_values_are_not_words),
        cmocka_unit_test(test_csv__usual_names_are_found),
        cmocka_unit_test(test_csv__annomi_is_read),
        cmocka_unit_test(test_csv__text_that_nobody_can_find_is_asked_for),
        cmocka_unit_test(test_csv__column_of_another_role_is_a_fact_about_the_speaker),
        cmocka_unit_test(test_csv__role_beside_the_speaker_is_a_fact),
        cmocka_unit_test(test_csv__usual_columns_about_speakers_are_facts),
        cmocka_unit_test(test_csv__rows_of_one_turn_are_its_pieces),
        cmocka_unit_test(test_csv__several_transcripts_keep_their_speakers_apart),
        cmocka_unit_test(test_csv__transcript_that_begins_behind_the_probe_is_kept_apart),
        cmocka_unit_test(test_csv__speaker_of_a_page_is_the_wrong_column),
        cmocka_unit_test(test_csv__times_are_seconds_milliseconds_or_clock_times),
        cmocka_unit_test(test_csv__whole_numbers_are_milliseconds_where_nobody_speaks_so_slowly),
        cmocka_unit_test(test_csv__dates_are_no_times_of_a_recording),
        cmocka_unit_test(test_csv__stamps_and_notes_are_not_speech),
        cmocka_unit_test(test_csv__what_attune_wrote_is_taken_as_it_stands),
        cmocka_unit_test(test_csv__pieces_of_a_long_turn_that_attune_wrote_are_one_turn),
        cmocka_unit_test(test_csv__long_text_is_cut_into_pieces),
        cmocka_unit_test(test_csv__record_without_end_is_refused),
        cmocka_unit_test(test_csv__every_prefix_ends_well),
        cmocka_unit_test(test_csv__batches_add_up),
        cmocka_unit_test(test_csv__is_known_by_its_header),
        cmocka_unit_test(test_csv__every_case_gives_its_turns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
