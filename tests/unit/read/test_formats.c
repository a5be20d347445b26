#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "read/format.h"

#include <attune/format.h>
#include <string.h>

static void expect_refused_bytes(const char *bytes, size_t size, const char *because)
{
    const att_format *format = NULL;
    att_error error;

    assert_int_equal(att_format_detect(&format, (att_span){bytes, size}, true, "a.txt", &error), ATT_BAD_INPUT);
    assert_null(format);
    assert_true(strncmp(error.message, "a.txt: ", 7) == 0);
    if (!strstr(error.message, because))
        fail_msg("`%s` does not say `%s`", error.message, because);
}

static void expect_refused(const char *text, const char *because)
{
    expect_refused_bytes(text, strlen(text), because);
}

static void expect_text_bytes(const char *bytes, size_t size)
{
    const att_format *format = NULL;
    att_error error;

    if (att_format_detect(&format, (att_span){bytes, size}, true, "a.txt", &error) != ATT_OK)
        fail_msg("%s", error.message);
    assert_ptr_equal(format, &att_format_txt);
}

static void expect_text(const char *text)
{
    expect_text_bytes(text, strlen(text));
}

static void test_formats__text_is_plain_text(void **state)
{
    (void)state;
    expect_text("Ann: Hello.\n");
    expect_text("x");
    expect_text("\xEF\xBB\xBF"
                "Ann: Hello.\n");
    expect_text("Interviewerin: Schöne Grüße aus Łódź und 京都.\n");
    expect_text("साक्षात्कारकर्ता: नमस्ते\n");
    expect_text("1\nAnn: Hello.\n");
    expect_text("ID3: Hello.\n");
}

static void test_formats__empty_holds_no_text(void **state)
{
    (void)state;
    expect_refused("", "holds no text");
    expect_refused(" \r\n\t\n", "holds no text");
}

static void test_formats__white_probe_of_a_longer_file_is_no_reason(void **state)
{
    (void)state;
    const att_format *format = NULL;
    assert_int_equal(att_format_detect(&format, att_span_of(" \n\n "), false, "a.txt", NULL), ATT_OK);
}

static void test_formats__documents_and_archives_are_named(void **state)
{
    (void)state;
    expect_refused("PK\x03\x04\x14 x", "zip archive");
    expect_refused("%PDF-1.7 x", "PDF");
    expect_refused("\x1F\x8B\x08 x", "gzip");
    expect_refused("\x28\xB5\x2F\xFD x", "zstd");
    expect_refused("ID3\x03 x", "sound");
    expect_refused("RIFF0000WAVEfmt ", "sound");
    expect_refused("0000ftypM4A ", "sound");
}

static void test_formats__are_known_by_their_content_whatever_the_name(void **state)
{
    (void)state;
    static const struct {
        const char *content, *format;
    } cases[] = {
        {"WEBVTT\n\n00:01.000 --> 00:02.000\nHello.\n", "vtt"},
        {"1\n00:00:01,000 --> 00:00:02,000\nHello.\n", "srt"},
        {"1\r\n00:00:01,000 --> 00:00:02,000\r\nHello.\r\n", "srt"},
        {"@UTF8\n@Begin\n*CHI:\thello .\n@End\n", "cha"},
        {"{\"speaker\": \"Ann\", \"text\": \"Hello.\"}\n{\"speaker\": \"Bo\", \"text\": \"Yes.\"}\n", "jsonl"},
        {"speaker,text\nAnn,Hello.\n", "csv"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const att_format *format = NULL;
        assert_int_equal(att_format_detect(&format, att_span_of(cases[i].content), true, "a.txt", NULL), ATT_OK);
        assert_string_equal(format->name, cases[i].format);
    }
}

static void test_formats__control_characters_make_it_binary(void **state)
{
    (void)state;
    char text[1000];
    memset(text, 'x', sizeof text);
    for (size_t i = 0; i < 10; i++)
        text[17 * i] = '\0';
    expect_text_bytes(text, sizeof text);
    text[900] = '\x02';
    expect_refused_bytes(text, sizeof text, "binary");
}

static void test_formats__old_encoding_of_latin_letters_is_read(void **state)
{
    (void)state;
    expect_text("Interviewerin: Sch\xF6ne Gr\xFC\xDF"
                "e an alle, die das h\xF6ren k\xF6nnen.\n");
    expect_text("Marie: Ma m\xE8re \xE9tait \xE2g\xE9"
                "e, fatigu\xE9"
                "e et tr\xE8s malade.\n");
}

static void test_formats__old_encoding_of_other_scripts_is_refused(void **state)
{
    (void)state;
    /* Cyrillic in Windows-1251. */
    expect_refused("\xC0\xED\xED\xE0: \xC4\xEE\xE1\xF0\xFB\xE9 \xE4\xE5\xED\xFC.\n", "is not UTF-8");
}

static void test_formats__are_listed(void **state)
{
    (void)state;
    assert_in_range(att_reader_count(), 17, 100);
    assert_string_equal(att_reader_get(0).name, "txt");
    assert_string_equal(att_reader_get(0).extensions, "txt text");
    assert_ptr_equal(att_format_find("txt"), &att_format_txt);
    assert_null(att_format_find("TXT"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_formats__text_is_plain_text),
        cmocka_unit_test(test_formats__empty_holds_no_text),
        cmocka_unit_test(test_formats__white_probe_of_a_longer_file_is_no_reason),
        cmocka_unit_test(test_formats__documents_and_archives_are_named),
        cmocka_unit_test(test_formats__are_known_by_their_content_whatever_the_name),
        cmocka_unit_test(test_formats__control_characters_make_it_binary),
        cmocka_unit_test(test_formats__old_encoding_of_latin_letters_is_read),
        cmocka_unit_test(test_formats__old_encoding_of_other_scripts_is_refused),
        cmocka_unit_test(test_formats__are_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
