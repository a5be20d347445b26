/* Turns as JSON, an object a line. Each folder of tests/cases/jsonl is a file as people have them, and its turns. */
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

static void expect_with(att_span lines, const att_read_options *options, const char *expected)
{
    char *turns = test_turns(&att_format_jsonl, lines, "a.jsonl", options, 0);
    char *slowly = test_turns(&att_format_jsonl, lines, "a.jsonl", options, 1);

    assert_string_equal(turns, expected);
    assert_string_equal(slowly, expected);
    free(turns);
    free(slowly);
}

static void expect(const char *lines, const char *expected)
{
    expect_with(att_span_of(lines), NULL, expected);
}

static void expect_column(const char *lines, const char *role, const char *name, const char *expected)
{
    att_column_role column = {role, name};
    att_read_options options = {.columns = &column, .column_count = 1};

    expect_with(att_span_of(lines), &options, expected);
}

static void expect_error(const char *lines, const char *message)
{
    char *turns = test_turns(&att_format_jsonl, att_span_of(lines), "a.jsonl", NULL, 0);

    if (!strstr(turns, message) || !strstr(turns, "error: "))
        fail_msg("`%s` does not say `%s`", turns, message);
    free(turns);
}

static void test_jsonl__a_line_is_a_turn(void **state)
{
    (void)state;
    expect("{\"speaker\":\"Ann\",\"text\":\"Hello.\"}\n{\"speaker\": \"Ann\", \"text\": \"Well?\"}\n",
           "Ann||-|-|25|Hello.\nAnn||-|-|62|Well?\n");
}

static void test_jsonl__blank_lines_and_byte_order_marks_are_passed_over(void **state)
{
    (void)state;
    expect("\xEF\xBB\xBF\n\n{\"text\":\"One.\"}\r\n \r\n{\"text\":\"Two.\"}", "||-|-|14|One.\n||-|-|34|Two.\n");
}

static void test_jsonl__offset_leads_to_the_text_as_it_is_written(void **state)
{
    (void)state;
    /* "text" is also a value, and a field of another object; the text is where both name and beginning fit. */
    expect("{\"kind\":\"text\",\"meta\":{\"text\":\"no\"},\"text\":\"On\\u00e9\"}\n", "||-|-|44|On\xC3\xA9\n");
    expect("{\"text\":\"\\u00e9\"}\n", "||-|-|9|\xC3\xA9\n");
}

static void test_jsonl__values_that_are_no_strings_are_read_as_written(void **state)
{
    (void)state;
    expect(
        "{\"speaker\":3,\"text\":\"One.\"}\n{\"speaker\":null,\"text\":\"Two.\"}\n{\"speaker\":\"Ann\",\"text\":null}\n"
        "{\"speaker\":[\"Ann\"],\"text\":7}\n",
        "3||-|-|21|One.\n||-|-|52|Two.\nAnn||-|-|59|\n||-|-|89|7\n");
}

static void test_jsonl__fields_inside_objects_have_names_with_dots(void **state)
{
    (void)state;
    const char *lines = "{\"speaker\":\"Ann\",\"text\":\"One.\",\"meta\":{\"side\":{\"name\":\"left\"},\"n\":1}}\n";
    expect_column(lines, "side", "meta.side.name", "Ann||-|-|25|One.\n@Ann|side|left\n");
    expect_column(lines, "n", "meta.n", "Ann||-|-|25|One.\n@Ann|n|1\n");
    expect_column("{\"a.b\":\"One.\",\"a\":{\"b\":\"Two.\"}}\n", "text", "a.b", "||-|-|8|One.\n");
}

static void test_jsonl__field_that_first_records_lack_is_found(void **state)
{
    (void)state;
    expect("{\"text\":\"One.\"}\n{\"text\":\"Two.\",\"speaker\":\"Ann\",\"start\":1.5}\n",
           "||-|-|9|One.\nAnn||1500|-|25|Two.\n");
}

static void test_jsonl__text_that_nobody_can_find_is_asked_for(void **state)
{
    (void)state;
    expect_error("{\"a\":1,\"b\":{\"c\":2}}\n",
                 "a.jsonl:1: has no column that is known to hold the text (it has: a, b.c)");
}

static void test_jsonl__bad_line_is_named(void **state)
{
    (void)state;
    expect_error("{\"text\":\"One.\"}\n\n{\"text\":\"Two.\n", "a.jsonl:3:");
    expect_error("{\"text\":\"One.\"}\n{\"text\":\"Two.\"} {\"text\":\"Three.\"}\n", "a.jsonl:2:");
    expect_error("{\"text\":\"One.\"}\n[\"Two.\"]\n", "a.jsonl:2: is no JSON object");
    expect_error("{\"text\":\"One.\",\"id\":99999999999999999999}\n", "a.jsonl:1:");
    expect_error("\n\n", "holds no records");
}

static void test_jsonl__deep_nesting_is_refused(void **state)
{
    (void)state;
    att_buffer lines = {0};
    att_buffer_text(&lines, "{\"text\":\"One.\"}\n{\"text\":");
    for (size_t i = 0; i < 10 * 1000 * 1000; i++)
        att_buffer_char(&lines, '[');
    expect_error(lines.data, "a.jsonl:2:");
    att_buffer_clear(&lines);
}

static void test_jsonl__line_longer_than_the_probe_is_read(void **state)
{
    (void)state;
    att_buffer lines = {0};
    att_buffer_text(&lines, "\n\n{\"pad\":\"");
    for (size_t i = 0; i < ATT_PROBE * 3; i++)
        att_buffer_char(&lines, 'x');
    att_buffer_text(&lines, "\",\"text\":\"One.\",\"speaker\":\"Ann\"}\n{\"text\":\"Two.\n");
    char *turns = test_turns(&att_format_jsonl, (att_span){lines.data, lines.size}, "a.jsonl", NULL, 999);
    assert_true(strncmp(turns, "error: a.jsonl:4:", 17) == 0);
    free(turns);
    lines.size -= strlen("{\"text\":\"Two.\n");
    turns = test_turns(&att_format_jsonl, (att_span){lines.data, lines.size}, "a.jsonl", NULL, 999);
    assert_string_equal(strrchr(turns, '|'), "|One.\n");
    free(turns);
    att_buffer_clear(&lines);
}

static void test_jsonl__line_without_end_is_refused(void **state)
{
    (void)state;
    att_buffer lines = {0};
    att_buffer_text(&lines, "{\"text\":\"One.\"}\n{\"text\":\"");
    assert_true(att_buffer_reserve(&lines, (size_t)34 << 20));
    memset(lines.data + lines.size, 'x', (size_t)34 << 20);
    lines.size += (size_t)34 << 20;
    char *turns = test_turns(&att_format_jsonl, (att_span){lines.data, lines.size}, "a.jsonl", NULL, 0);
    assert_string_equal(strstr(turns, "error"),
                        "error: a.jsonl:2: is a line of more than 16 MiB; a file of this format "
                        "holds one object a line");
    free(turns);
    att_buffer_clear(&lines);
}

static void test_jsonl__nul_inside_text_is_kept(void **state)
{
    (void)state;
    char *turns = test_turns(&att_format_jsonl, att_span_of("{\"text\":\"a\\u0000b\"}"), "a.jsonl", NULL, 0);
    assert_memory_equal(turns, "||-|-|9|a\0b\n", 12);
    free(turns);
}

static void test_jsonl__every_prefix_ends_well(void **state)
{
    (void)state;
    const char *lines =
        "\xEF\xBB\xBF{\"speaker\":\"Ann\",\"text\":\"One \\ud83d\\ude00 \\ud83d\",\"n\":-Infinity}\r\n\r\n"
        "{\"speaker\":{\"name\":\"B\xC3\xBC\"},\"text\":\"Two [laughs]\",\"n\":1.5e3}\n";
    test_prefixes(&att_format_jsonl, att_span_of(lines), "a.jsonl", 1000, 0);
}

/* ---- detection ---- */

static int sure(const char *text, const char *file)
{
    return att_format_jsonl.sniff(att_span_of(text), true, file);
}

static void test_jsonl__is_known_by_its_first_line(void **state)
{
    (void)state;
    assert_true(sure("{\"speaker\":\"Ann\",\"text\":\"One.\"}\n{\"speaker\":\"Ann\",\"text\":\"Two.\"}\n", "a") >= 50);
    assert_true(sure("{\"speaker\":\"Ann\",\"text\":\"One.\"}\n", "a.jsonl") >= 50);
    assert_true(
        sure("{\"transcript\":\"t\",\"turn\":1,\"speaker\":null,\"start_ms\":null,\"end_ms\":null,\"text\":\"\","
             "\"offset\":0,\"language\":null}\n",
             "a") >= 90);
}

static void test_jsonl__document_on_one_line_is_none(void **state)
{
    (void)state;
    assert_int_equal(sure("{\"text\":\"One.\",\"segments\":[{\"text\":\"One.\"}]}\n", "a.json"), 0);
    assert_int_equal(sure("{\n\"text\":\"One.\"}\n", "a.json"), 0);
    assert_int_equal(sure("[{\"text\":\"One.\"}]\n", "a.json"), 0);
    assert_int_equal(sure("Ann: {text}\n", "a.txt"), 0);
    assert_int_equal(sure("", "a.jsonl"), 0);
}

/* ---- cases ---- */

static void check_case(const char *folder)
{
    char path[512];
    char expected[8192] = "";
    snprintf(path, sizeof path, "%s/input.jsonl", folder);
    char *turns = test_turns_of_file(&att_format_jsonl, path, NULL);
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

static void test_jsonl__every_case_gives_its_turns(void **state)
{
    (void)state;
    struct dirent **entries = NULL;
    char folder[300];
    int count = scandir("tests/cases/jsonl", &entries, is_visible, alphasort);

    assert_true(count >= 7);
    for (int i = 0; i < count; i++) {
        snprintf(folder, sizeof folder, "tests/cases/jsonl/%s", entries[i]->d_name);
        check_case(folder);
        free(entries[i]);
    }
    free(entries);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_jsonl__a_line_is_a_turn),
        cmocka_unit_test(test_jsonl__blank_lines_and_byte_order_marks_are_passed_over),
        cmocka_unit_test(test_jsonl__offset_leads_to_the_text_as_it_is_written),
        cmocka_unit_test(test_jsonl__values_that_are_no_strings_are_read_as_written),
        cmocka_unit_test(test_jsonl__fields_inside_objects_have_names_with_dots),
        cmocka_unit_test(test_jsonl__field_that_first_records_lack_is_found),
        cmocka_unit_test(test_jsonl__text_that_nobody_can_find_is_asked_for),
        cmocka_unit_test(test_jsonl__bad_line_is_named),
        cmocka_unit_test(test_jsonl__deep_nesting_is_refused),
        cmocka_unit_test(test_jsonl__line_longer_than_the_probe_is_read),
        cmocka_unit_test(test_jsonl__line_without_end_is_refused),
        cmocka_unit_test(test_jsonl__nul_inside_text_is_kept),
        cmocka_unit_test(test_jsonl__every_prefix_ends_well),
        cmocka_unit_test(test_jsonl__is_known_by_its_first_line),
        cmocka_unit_test(test_jsonl__document_on_one_line_is_none),
        cmocka_unit_test(test_jsonl__every_case_gives_its_turns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
