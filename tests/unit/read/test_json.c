/* The json reader. Each folder of tests/cases/json holds an input.json and what test_turns() makes of it. */
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

#define CASES   "tests/cases/json"
#define SAMPLES "../shared/samples/json"

static bool file_read(att_buffer *content, const char *path)
{
    char block[4096];
    size_t got;
    FILE *stream = fopen(path, "rb");

    if (!stream)
        return false;
    att_buffer_text(content, "");
    while ((got = fread(block, 1, sizeof block, stream)) > 0)
        att_buffer_append(content, block, got);
    fclose(stream);
    return true;
}

static att_span span_of(const att_buffer *buffer)
{
    return (att_span){buffer->data, buffer->size};
}

static void expect(const char *content, const char *turns)
{
    char *got = test_turns(&att_format_json, att_span_of(content), "t.json", NULL, 0);
    assert_string_equal(got, turns);
    free(got);
}

static void expect_with(const att_read_options *options, const char *content, const char *turns)
{
    char *got = test_turns(&att_format_json, att_span_of(content), "t.json", options, 0);
    assert_string_equal(got, turns);
    free(got);
}

static void expect_error(att_span content, const char *part)
{
    char *got = test_turns(&att_format_json, content, "t.json", NULL, 0);
    if (strncmp(got, "error: ", 7) != 0 || !strstr(got, part))
        fail_msg("expected an error with \"%s\", got\n%s", part, got);
    free(got);
}

static void case_check(const char *name)
{
    att_buffer input = {0}, expected = {0};
    char path[512];

    snprintf(path, sizeof path, CASES "/%s/expected.turns", name);
    if (!file_read(&expected, path))
        fail_msg("%s cannot be opened", path);
    snprintf(path, sizeof path, CASES "/%s/input.json", name);
    if (!file_read(&input, path))
        fail_msg("%s cannot be opened", path);
    char *turns = test_turns(&att_format_json, span_of(&input), "input.json", NULL, 7);
    if (strcmp(turns, expected.data) != 0)
        fail_msg("case %s: got\n%s\nexpected\n%s", name, turns, expected.data);
    free(turns);
    test_prefixes(&att_format_json, span_of(&input), "input.json", 65536, 0);
    att_buffer_clear(&input);
    att_buffer_clear(&expected);
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static void test_cases__every_folder_gives_its_expected_turns_and_every_prefix_ends_well(void **state)
{
    (void)state;
    struct dirent **entries = NULL;
    int count = scandir(CASES, &entries, is_visible, alphasort);
    assert_true(count >= 38);
    for (int i = 0; i < count; i++) {
        case_check(entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
}

static int sniff(const char *text, bool complete, const char *name)
{
    return att_format_json.sniff(att_span_of(text), complete, name);
}

static void test_sniff__an_object_or_a_list_of_objects_is_json(void **state)
{
    (void)state;
    assert_true(sniff("{\"text\": \"a\"}", true, "a") >= 50);
    assert_true(sniff("\xEF\xBB\xBF \n[ {\"text\" : \"a } \\\" ] {\"}]\n", true, "a.txt") >= 50);
    assert_true(sniff("{\"results\": {\"items\": [{\"a\": [", false, "a.json") >= 50);
    assert_true(sniff("[]", true, "a.json") >= 50);
}

static void test_sniff__labels_in_brackets_and_records_a_line_are_none(void **state)
{
    (void)state;
    assert_int_equal(sniff("[Ann] Hello.", true, "a.json"), 0);
    assert_int_equal(sniff("{Ann} Hello.", true, "a.json"), 0);
    assert_int_equal(sniff("{\"Ann\"} Hello.", true, "a.json"), 0);
    assert_int_equal(sniff("[1] Hello.", true, "a.json"), 0);
    assert_int_equal(sniff("", true, "a.json"), 0);
    assert_int_equal(sniff("{\"text\": \"a\"}\n{\"text\": \"b\"}\n", true, "a.txt"), 0);
    assert_true(sniff("{\"text\": \"a\"}\n{\"text\": \"b\"}\n", true, "a.json") < 50);
}

/* Rather than plain text: the error says where it stops being JSON. */
static void test_sniff__what_is_called_json_and_begins_like_it_is_taken_for_it(void **state)
{
    (void)state;
    assert_in_range(sniff("{\"results\": {\"items\": i}]} and so on", true, "a.json"), 21, 49);
    assert_int_equal(sniff("{\"results\": {\"items\": i}]} and so on", true, "a.txt"), 0);
}

static void test_sniff__one_record_in_a_file_of_records_is_hardly_a_document(void **state)
{
    (void)state;
    assert_true(sniff("{\"text\": \"a\"}\n", true, "a.jsonl") < 50);
    assert_true(sniff("{\"text\": \"a\"}\n", true, "a.json") >= 50);
}

static void test_columns__name_the_keys_and_others_are_facts(void **state)
{
    (void)state;
    const att_column_role columns[] = {
        {"speaker", "wer"}, {"text", "was"}, {"start", "ab"}, {"language", "sprache"}, {"role", "rolle"}};
    const att_read_options options = {.columns = columns, .column_count = 5};
    expect_with(
        &options,
        "{\"head\": {\"entries\": [{\"wer\": \"Ida\", \"was\": \"Hallo.\", \"ab\": 2.5, \"sprache\": \"de_AT\", "
        "\"rolle\": \"peer\"}, {\"wer\": \"Ida\", \"was\": \"Ja.\", \"sprache\": \"de_AT\", \"rolle\": "
        "\"peer\"}]}}",
        "Ida|de-AT|2500|-|0|Hallo.\nIda|de-AT|-|-|0|Ja.\n@Ida|role|peer\n");
}

static void test_columns__that_are_not_there_are_an_error(void **state)
{
    (void)state;
    const att_column_role columns[] = {{"text", "words"}};
    const att_read_options options = {.columns = columns, .column_count = 1};
    expect_with(
        &options, "[{\"speaker\": \"A\", \"text\": \"a\"}]",
        "error: t.json: holds no list of objects with the key that --column text=KEY names; check its spelling");
}

static void test_labels__numbers_are_written_as_numbers(void **state)
{
    (void)state;
    expect(
        "[{\"speaker\": 0, \"text\": \"a\"}, {\"speaker\": 1.0, \"text\": \"b\"}, {\"speaker\": 1.5, \"text\": \"c\"}]",
        "0||-|-|0|a\n1||-|-|0|b\n1.5||-|-|0|c\n");
}

static void test_times__in_all_their_forms(void **state)
{
    (void)state;
    expect("[{\"speaker\": \"A\", \"text\": \"a\", \"start\": 1.0006, \"end\": \"2.5s\"},"
           "{\"speaker\": \"B\", \"text\": \"b\", \"start_ms\": 1500, \"end_ms\": \"1750\"},"
           "{\"speaker\": \"C\", \"text\": \"c\", \"start\": {\"seconds\": \"3\", \"nanos\": 250000000}, \"end\": {}},"
           "{\"speaker\": \"D\", \"text\": \"d\", \"start\": \"100:00:00.1\", \"end\": \"1:2:3,0459\"},"
           "{\"speaker\": \"E\", \"text\": \"e\", \"start\": \"soon\", \"end\": \"99999999999999999999\"}]",
           "A||1001|2500|0|a\nB||1500|1750|0|b\nC||3250|0|0|c\nD||360000100|3723045|0|d\nE||-|-|0|e\n");
}

static void test_languages__tags_are_canonical_and_names_are_understood(void **state)
{
    static const char *const pairs[][2] = {{"en_us", "en-US"},
                                           {"Haitian Creole", "ht"},
                                           {"ZH-hant-tw", "zh-Hant-TW"},
                                           {"cmn", "zh"},
                                           {"deu", "de"},
                                           {"auto", ""},
                                           {"und", ""},
                                           {"klingonese", ""},
                                           {"en (99 %)", ""},
                                           {"multi", ""}};
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char content[128], turns[64] = "";
        snprintf(content, sizeof content, "{\"segments\": [], \"language\": \"%s\"}", pairs[i][0]);
        if (*pairs[i][1])
            snprintf(turns, sizeof turns, "@language|%s\n", pairs[i][1]);
        expect(content, turns);
    }
}

static void test_nul__stays_in_the_text(void **state)
{
    (void)state;
    const char *content = "[{\"speaker\": \"A\", \"text\": \"a\\u0000b\"}]";
    char *got = test_turns(&att_format_json, att_span_of(content), "t.json", NULL, 0);
    assert_memory_equal(got, "A||-|-|0|a\0b\n", 14);
    free(got);
}

static void test_mending__what_programs_write_that_is_nearly_json_is_read(void **state)
{
    (void)state;
    char *got =
        test_turns(&att_format_json,
                   att_span_of("{\"segments\": [{\"speaker\": \"A\", \"text\": \"a \\ud83d b\xFF\", \"start\": NaN, "
                               "\"score\": -Infinity}]}"),
                   "t.json", NULL, 0);
    assert_string_equal(got, "A||-|-|0|a \xEF\xBF\xBD b\xEF\xBF\xBD\n");
    free(got);
}

static void test_depth__ten_million_levels_are_an_error(void **state)
{
    (void)state;
    const size_t size = 10 * 1000 * 1000;
    char *deep = malloc(size);
    assert_non_null(deep);
    memset(deep, '[', size);
    expect_error((att_span){deep, size}, "nested more than 2048 levels");
    free(deep);
}

static void test_size__what_would_fill_the_memory_is_refused(void **state)
{
    (void)state;
    att_buffer many = {0};
    att_buffer_text(&many, "[0");
    for (int i = 0; i < 17 * 1000 * 1000; i++)
        att_buffer_append(&many, ",0", 2);
    att_buffer_text(&many, "]");
    assert_false(many.failed);
    expect_error(span_of(&many), "larger than one JSON document may be");
    att_buffer_clear(&many);
}

static char *sample_turns(const char *name)
{
    char path[512];
    snprintf(path, sizeof path, SAMPLES "/%s", name);
    return test_turns_of_file(&att_format_json, path, NULL);
}

/* What stands between white space in the texts of the turns. */
static size_t count_words(const char *turns)
{
    size_t words = 0;

    for (const char *line = turns; *line && *line != '@'; line = strchr(line, '\n') + 1) {
        const char *text = line;
        for (int field = 0; field < 5; field++)
            text = strchr(text, '|') + 1;
        for (size_t size = strcspn(text, "\n"), at = 0; at < size; at++)
            words += text[at] != ' ' && (at == 0 || text[at - 1] == ' ');
    }
    return words;
}

static void test_samples__hold_each_word_once(void **state)
{
    (void)state;
    char *google = sample_turns("google-diarised.json"), *aws = sample_turns("aws-todayinfocus.json");
    if (!google || !aws) {
        free(google);
        free(aws);
        skip();
    }
    assert_int_equal(count_words(google), 1766);
    assert_int_equal(count_words(aws), 725); /* 810 items, of which 85 are punctuation */
    assert_non_null(strstr(aws, "complicating an already massive and complex emergency"));
    free(google);
    free(aws);
}

static void test_samples__any_prefix_ends_in_turns_or_an_error(void **state)
{
    static const char *const names[] = {SAMPLES "/google-diarised.json", SAMPLES "/aws-todayinfocus.json"};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        att_buffer content = {0};
        if (!file_read(&content, names[i]))
            skip();
        test_prefixes(&att_format_json, span_of(&content), "sample.json", 100, 100);
        att_buffer_clear(&content);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases__every_folder_gives_its_expected_turns_and_every_prefix_ends_well),
        cmocka_unit_test(test_sniff__an_object_or_a_list_of_objects_is_json),
        cmocka_unit_test(test_sniff__labels_in_brackets_and_records_a_line_are_none),
        cmocka_unit_test(test_sniff__what_is_called_json_and_begins_like_it_is_taken_for_it),
        cmocka_unit_test(test_sniff__one_record_in_a_file_of_records_is_hardly_a_document),
        cmocka_unit_test(test_columns__name_the_keys_and_others_are_facts),
        cmocka_unit_test(test_columns__that_are_not_there_are_an_error),
        cmocka_unit_test(test_labels__numbers_are_written_as_numbers),
        cmocka_unit_test(test_times__in_all_their_forms),
        cmocka_unit_test(test_languages__tags_are_canonical_and_names_are_understood),
        cmocka_unit_test(test_nul__stays_in_the_text),
        cmocka_unit_test(test_mending__what_programs_write_that_is_nearly_json_is_read),
        cmocka_unit_test(test_depth__ten_million_levels_are_an_error),
        cmocka_unit_test(test_size__what_would_fill_the_memory_is_refused),
        cmocka_unit_test(test_samples__hold_each_word_once),
        cmocka_unit_test(test_samples__any_prefix_ends_in_turns_or_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
