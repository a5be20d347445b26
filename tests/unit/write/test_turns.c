/* Turns, written as transcripts: what is written is read back as the same. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "read/format.h"
#include "write/turns.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT(literal)                                                                                                  \
    {                                                                                                                  \
        literal, sizeof(literal) - 1                                                                                   \
    }

static att_turn make_turn(const char *label, const char *text, int64_t start_ms, int64_t end_ms)
{
    return (att_turn){.label = att_span_of(label), .text = att_span_of(text), .start_ms = start_ms, .end_ms = end_ms};
}

/* What a writer makes of turns of the transcript "t"; the caller frees. */
static char *written(const char *format, const att_turn *turns, size_t count, size_t *size)
{
    char *bytes = NULL;
    FILE *stream = open_memstream(&bytes, size);
    att_turn_writer *writer = NULL;
    att_error error;

    assert_non_null(stream);
    assert_int_equal(att_turn_writer_new(&writer, att_turn_writer_find(format), stream, &error), ATT_OK);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(att_turn_writer_turn(writer, att_span_of("t"), 0, &turns[i], &error), ATT_OK);
    assert_int_equal(att_turn_writer_end(writer, &error), ATT_OK);
    fclose(stream);
    return bytes;
}

static void expect_written(const char *format, const att_turn *turns, size_t count, const char *expected)
{
    size_t size;
    char *bytes = written(format, turns, count, &size);

    assert_string_equal(bytes, expected);
    free(bytes);
}

/* ---- reading back ---- */

static void expect_span(att_span got, att_span expected)
{
    assert_int_equal(got.size, expected.size);
    if (got.size)
        assert_memory_equal(got.text, expected.text, got.size);
}

/* Labels are compared as they stand in the source. */
static void expect_turn(const att_turn *got, const att_turn *expected)
{
    att_span label = {got->label.text + got->label_prefix, got->label.size - got->label_prefix};

    expect_span(label, expected->label);
    expect_span(got->text, expected->text);
    expect_span(got->language, expected->language);
    expect_span(got->transcript, expected->transcript.size ? expected->transcript : att_span_of("t"));
    assert_int_equal(got->offset, expected->offset);
    assert_true(got->start_ms == expected->start_ms);
    assert_true(got->end_ms == expected->end_ms);
    assert_int_equal(got->continues, expected->continues);
}

/* Reads what was written, compares it with the turns, writes it again and compares the bytes. */
static void expect_same(const char *name, const att_turn *turns, size_t count)
{
    static const att_read_options none;
    const att_format *format = att_format_find(name);
    size_t size, again_size, seen = 0;
    char *bytes = written(name, turns, count, &size), *again = NULL;
    att_span left = {bytes, size};
    att_source source = att_source_of_span(&left);
    FILE *stream = open_memstream(&again, &again_size);
    att_turn_writer *writer = NULL;
    const att_turn_batch *batch;
    void *plan, *reader;
    att_error error;

    assert_int_equal(att_turn_writer_new(&writer, att_turn_writer_find(name), stream, &error), ATT_OK);
    assert_int_equal(format->plan(&plan, (att_span){bytes, size}, true, "x", &none, &error), ATT_OK);
    assert_int_equal(format->open(&reader, plan, &source, 0, UINT64_MAX, &error), ATT_OK);
    while (format->next(reader, &batch, &error) == ATT_OK && batch->count)
        for (size_t i = 0; i < batch->count; i++, seen++) {
            assert_true(seen < count);
            expect_turn(&batch->turns[i], &turns[seen]);
            assert_int_equal(att_turn_writer_turn(writer, att_span_of("x"), 0, &batch->turns[i], &error), ATT_OK);
        }
    assert_int_equal(seen, count);
    assert_int_equal(att_turn_writer_end(writer, &error), ATT_OK);
    fclose(stream);
    assert_int_equal(again_size, size);
    assert_memory_equal(again, bytes, size);
    format->close(reader);
    format->forget(plan);
    free(bytes);
    free(again);
}

static void test_turns__come_back_as_they_were(void **state)
{
    (void)state;
    const att_turn turns[] = {
        {.label = TEXT("Ann"), .text = TEXT("Hello, \"you\"; there."), .offset = 5, .start_ms = 0, .end_ms = 1500},
        {.label = TEXT("Ann"), .text = TEXT("And\nagain\r\nand\rso."), .start_ms = ATT_NO_TIME, .end_ms = ATT_NO_TIME},
        {.text = TEXT("Nobody."), .language = TEXT("pt-BR"), .start_ms = ATT_NO_TIME, .end_ms = 2},
        {.label = TEXT("B: \xC3\xBC, 'x'"),
         .text = TEXT(" 00:01:02 [laughs]   NA "),
         .start_ms = 4,
         .end_ms = ATT_NO_TIME},
        {.label = TEXT("NA"),
         .text = TEXT(""),
         .offset = UINT64_C(1) << 40,
         .start_ms = ATT_NO_TIME,
         .end_ms = ATT_NO_TIME},
    };
    expect_same("jsonl", turns, 5);
    expect_same("csv", turns, 5);
}

static void test_turns__formulas_are_guarded_and_come_back(void **state)
{
    (void)state;
    const char *texts[] = {"=1+1",   "'=1+1", "''=1",  "'quoted'", "'",   "-well",
                           "'-well", "-1.5",  "'-1.5", "@x",       "\tx", "+"};
    att_turn turns[12];

    for (size_t i = 0; i < 12; i++)
        turns[i] = make_turn(texts[i], texts[i], ATT_NO_TIME, ATT_NO_TIME);
    expect_same("csv", turns, 12);
    expect_same("jsonl", turns, 12);
    expect_written("csv", turns, 2,
                   "transcript,turn,speaker,start_ms,end_ms,text,offset,language\n"
                   "t,1,'=1+1,,,'=1+1,0,\nt,2,''=1+1,,,''=1+1,0,\n");
}

static void test_turns__pieces_of_a_long_turn_come_back_as_pieces(void **state)
{
    (void)state;
    att_turn turns[] = {make_turn("Ann", "One", 5, ATT_NO_TIME), make_turn("Ann", "two", 5, ATT_NO_TIME),
                        make_turn("Ann", "three.", 5, 9), make_turn("Ann", "Four.", 10, 11)};
    turns[0].continues = turns[1].continues = true;
    turns[1].offset = 100;
    expect_same("jsonl", turns, 4);
    expect_same("csv", turns, 4);
}

/* What a reader makes of a turn that changes its language. */
static void make_bilingual(att_turn turns[4])
{
    turns[0] = make_turn("Ann", "Gr\xC3\xBC\xC3\x9F Gott.", 5, ATT_NO_TIME);
    turns[1] = make_turn("Ann", "And good day.", 5, ATT_NO_TIME);
    turns[2] = make_turn("Ann", "", 5, ATT_NO_TIME);
    turns[3] = make_turn("Ann", "Servus.", 5, 9);
    turns[0].language = turns[3].language = att_span_of("de");
    turns[1].language = att_span_of("en-GB");
    turns[0].continues = turns[1].continues = turns[2].continues = true;
}

static void test_turns__a_turn_of_several_languages_is_one_record_and_comes_back(void **state)
{
    (void)state;
    att_turn turns[5] = {{.offset = 0}};

    make_bilingual(turns);
    turns[4] = make_turn("Ben", "Yes.", 9, 10);
    expect_written("csv", turns, 5,
                   "transcript,turn,speaker,start_ms,end_ms,text,offset,language\n"
                   "t,1,Ann,5,9,Gr\xC3\xBC\xC3\x9F Gott. And good day.  Servus.,0,de en-GB@11 und@25 de@26\n"
                   "t,2,Ben,9,10,Yes.,0,\n");
    expect_same("jsonl", turns, 5);
    expect_same("csv", turns, 5);
    turns[0].language.size = 0;
    expect_same("jsonl", turns, 5);
}

static void test_turns__pieces_of_one_language_stay_apart_beside_those_of_another(void **state)
{
    (void)state;
    att_turn turns[] = {make_turn("Ann", "One", 5, ATT_NO_TIME), make_turn("Ann", "two", 5, ATT_NO_TIME),
                        make_turn("Ann", "drei.", 5, 9)};
    turns[0].continues = turns[1].continues = true;
    turns[2].language = att_span_of("de");
    expect_written("csv", turns, 3,
                   "transcript,turn,speaker,start_ms,end_ms,text,offset,language\n"
                   "t,1,Ann,5,,One,0,\nt,1,Ann,5,9,two drei.,0,und de@4\n");
    expect_same("jsonl", turns, 3);
}

static void test_turns__a_record_in_several_languages_is_not_longer_than_a_piece(void **state)
{
    (void)state;
    char *long_text = malloc(ATT_TURN_PIECE);
    assert_non_null(long_text);
    memset(long_text, 'x', ATT_TURN_PIECE);
    att_turn turns[] = {make_turn("Ann", "One", 5, ATT_NO_TIME), make_turn("Ann", "", 5, ATT_NO_TIME),
                        make_turn("Ann", "drei.", 5, 9)};
    turns[0].continues = turns[1].continues = true;
    turns[1].text = (att_span){long_text, ATT_TURN_PIECE};
    turns[1].language = att_span_of("de");
    expect_same("jsonl", turns, 3);
    free(long_text);
}

static void test_turns__what_is_no_tag_is_not_written_as_a_list_of_languages(void **state)
{
    (void)state;
    att_turn turn = make_turn("Ann", "One", 5, 6);
    turn.language = att_span_of("x@9 y");
    expect_written("csv", &turn, 1,
                   "transcript,turn,speaker,start_ms,end_ms,text,offset,language\nt,1,Ann,5,6,One,0,\n");
}

static void test_turns__languages_that_do_not_fit_the_text_are_an_error_with_the_line(void **state)
{
    (void)state;
    static const char *const bad[] = {"de@4",         "de en",    "de en@",   "de en@x",
                                      "de en@0",      "de en@3",  "de  en@4", "de en@4 ",
                                      "de en@4 fr@4", "de en@99", "de @4",    "de en@18446744073709551620"};
    static const att_read_options none;

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char file[300];
        int size =
            snprintf(file, sizeof file,
                     "transcript,turn,speaker,start_ms,end_ms,text,offset,language\nt,1,Ann,,,One two,0,%s\n", bad[i]);
        att_span bytes = {file, (size_t)size};
        att_source source = att_source_of_span(&bytes);
        const att_turn_batch *batch;
        void *plan, *reader;
        att_error error = {0};
        assert_int_equal(att_format_csv.plan(&plan, (att_span){file, (size_t)size}, true, "x", &none, &error), ATT_OK);
        assert_int_equal(att_format_csv.open(&reader, plan, &source, 0, UINT64_MAX, &error), ATT_OK);
        att_status status = att_format_csv.next(reader, &batch, &error);
        if (!strchr(bad[i], '@'))
            assert_int_equal(status, ATT_OK); /* some word, no list */
        else
            assert_true(status == ATT_BAD_INPUT && strstr(error.message, "x:2: has languages"));
        att_format_csv.close(reader);
        att_format_csv.forget(plan);
    }
}

static void test_turns__several_transcripts_come_back_with_their_labels(void **state)
{
    (void)state;
    att_turn turns[] = {make_turn("Ann", "One.", 0, 1), make_turn("Ben", "Two.", 1, 2),
                        make_turn("Ann", "Three.", 0, 1), make_turn("", "Four.", 1, 2)};
    turns[2].transcript = turns[3].transcript = att_span_of("u/v");
    expect_same("jsonl", turns, 4);
    expect_same("csv", turns, 4);
    expect_written("csv", turns, 4,
                   "transcript,turn,speaker,start_ms,end_ms,text,offset,language\n"
                   "t,1,Ann,0,1,One.,0,\nt,2,Ben,1,2,Two.,0,\nu/v,1,Ann,0,1,Three.,0,\nu/v,2,,1,2,Four.,0,\n");
}

static void test_turns__label_is_written_without_what_the_reader_put_before_it(void **state)
{
    (void)state;
    att_turn turn = make_turn("u/Ann", "One.", 0, 1);
    turn.transcript = att_span_of("u");
    turn.label_prefix = 2;
    expect_written("jsonl", &turn, 1,
                   "{\"transcript\":\"u\",\"turn\":1,\"speaker\":\"Ann\",\"start_ms\":0,\"end_ms\":1,\"text\":\"One.\","
                   "\"offset\":0,\"language\":null}\n");
}

static void test_turns__bytes_that_are_not_utf8_are_replaced(void **state)
{
    (void)state;
    const att_turn turn = {.text = TEXT("caf\xE9 \0"), .start_ms = ATT_NO_TIME, .end_ms = ATT_NO_TIME};
    expect_written("jsonl", &turn, 1,
                   "{\"transcript\":\"t\",\"turn\":1,\"speaker\":null,\"start_ms\":null,\"end_ms\":null,"
                   "\"text\":\"caf\xEF\xBF\xBD \\u0000\",\"offset\":0,\"language\":null}\n");
    expect_written("csv", &turn, 1,
                   "transcript,turn,speaker,start_ms,end_ms,text,offset,language\n"
                   "t,1,,,,caf\xEF\xBF\xBD \xEF\xBF\xBD,0,\n");
}

static void test_turns__many_come_back(void **state)
{
    (void)state;
    enum { MANY = 20000 };
    static char texts[MANY][24];
    static att_turn turns[MANY];

    for (size_t i = 0; i < MANY; i++) {
        snprintf(texts[i], sizeof texts[i], "Turn, %zu", i);
        turns[i] = make_turn(i % 3 ? "Ann" : "Ben", texts[i], (int64_t)i, ATT_NO_TIME);
    }
    expect_same("jsonl", turns, MANY);
    expect_same("csv", turns, MANY);
}

static void test_turns__none_is_an_empty_file(void **state)
{
    (void)state;
    expect_written("jsonl", NULL, 0, "");
    expect_written("csv", NULL, 0, "transcript,turn,speaker,start_ms,end_ms,text,offset,language\n");
    expect_written("txt", NULL, 0, "");
    expect_written("vtt", NULL, 0, "WEBVTT\n");
}

/* ---- for people and players ---- */

static void test_turns_txt__is_a_paragraph_a_turn(void **state)
{
    (void)state;
    att_turn turns[] = {make_turn("Ann", "One\nand  a half.", 0, 1), make_turn("", "Nobody.", 1, 2),
                        make_turn("Ben", "", 1, 2), make_turn("Cy", "Long", 3, 4), make_turn("Cy", "turn.", 3, 4)};
    turns[3].continues = true;
    expect_written("txt", turns, 5, "Ann: One and  a half.\n\nNobody.\n\nBen:\n\nCy: Long turn.\n");
}

static void test_turns_vtt__is_a_cue_a_turn(void **state)
{
    (void)state;
    const att_turn turns[] = {make_turn("A & <B>", "1 < 2 --> 3\n\nend", 1000, 3723004)};
    expect_written("vtt", turns, 1,
                   "WEBVTT\n\n00:00:01.000 --> 01:02:03.004\n<v A &amp; &lt;B&gt;>1 &lt; 2 --&gt; 3  end\n");
}

static void test_turns_vtt__times_that_are_not_known_are_those_beside(void **state)
{
    (void)state;
    const att_turn turns[] = {make_turn("A", "One.", ATT_NO_TIME, ATT_NO_TIME),
                              make_turn("B", "Two.", 2000, ATT_NO_TIME), make_turn("", "Three.", 5000, 6000),
                              make_turn("B", "Four.", ATT_NO_TIME, ATT_NO_TIME)};
    expect_written("vtt", turns, 4,
                   "WEBVTT\n\n00:00:00.000 --> 00:00:02.000\n<v A>One.\n\n00:00:02.000 --> 00:00:05.000\n<v B>Two.\n\n"
                   "00:00:05.000 --> 00:00:06.000\n&gt;&gt; Three.\n\n00:00:06.000 --> 00:00:06.001\n<v B>Four.\n");
}

static void test_turns_vtt__a_turn_without_a_label_does_not_go_on_with_the_last_one(void **state)
{
    (void)state;
    const att_turn turns[] = {make_turn("", "One.", 0, 1000), make_turn("A", "Two.", 1000, 2000),
                              make_turn("", "Three.", 2000, 3000), make_turn("", "Four.", 3000, 4000)};
    expect_written("vtt", turns, 4,
                   "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nOne.\n\n00:00:01.000 --> 00:00:02.000\n<v A>Two.\n\n"
                   "00:00:02.000 --> 00:00:03.000\n&gt;&gt; Three.\n\n"
                   "00:00:03.000 --> 00:00:04.000\n&gt;&gt; Four.\n");
}

static void test_turns_txt__holds_one_transcript(void **state)
{
    (void)state;
    att_turn turn = make_turn("Ann", "One.", 0, 1);
    att_turn_writer *writer = NULL;
    att_error error;
    FILE *stream = tmpfile();

    assert_int_equal(att_turn_writer_new(&writer, &att_turns_txt, stream, &error), ATT_OK);
    assert_int_equal(att_turn_writer_turn(writer, att_span_of("t"), 1, &turn, &error), ATT_OK);
    assert_int_equal(att_turn_writer_turn(writer, att_span_of("u"), 1, &turn, &error), ATT_USAGE);
    assert_string_equal(error.message,
                        "txt holds one transcript, but 'u' is a second one; write each to a file of its own");
    assert_int_equal(att_turn_writer_end(writer, &error), ATT_OK);
    fclose(stream);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_turns__come_back_as_they_were),
        cmocka_unit_test(test_turns__formulas_are_guarded_and_come_back),
        cmocka_unit_test(test_turns__pieces_of_a_long_turn_come_back_as_pieces),
        cmocka_unit_test(test_turns__a_turn_of_several_languages_is_one_record_and_comes_back),
        cmocka_unit_test(test_turns__pieces_of_one_language_stay_apart_beside_those_of_another),
        cmocka_unit_test(test_turns__a_record_in_several_languages_is_not_longer_than_a_piece),
        cmocka_unit_test(test_turns__what_is_no_tag_is_not_written_as_a_list_of_languages),
        cmocka_unit_test(test_turns__languages_that_do_not_fit_the_text_are_an_error_with_the_line),
        cmocka_unit_test(test_turns__several_transcripts_come_back_with_their_labels),
        cmocka_unit_test(test_turns__label_is_written_without_what_the_reader_put_before_it),
        cmocka_unit_test(test_turns__bytes_that_are_not_utf8_are_replaced),
        cmocka_unit_test(test_turns__many_come_back),
        cmocka_unit_test(test_turns__none_is_an_empty_file),
        cmocka_unit_test(test_turns_txt__is_a_paragraph_a_turn),
        cmocka_unit_test(test_turns_vtt__is_a_cue_a_turn),
        cmocka_unit_test(test_turns_vtt__times_that_are_not_known_are_those_beside),
        cmocka_unit_test(test_turns_vtt__a_turn_without_a_label_does_not_go_on_with_the_last_one),
        cmocka_unit_test(test_turns_txt__holds_one_transcript),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
