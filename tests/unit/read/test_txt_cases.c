/* Each folder of tests/cases/txt holds an input.txt and an expected.jsonl: a line for each turn with speaker, text,
 * offset and, where known, start_ms and end_ms. Bytes that are not UTF-8 stand in it as U+FFFD. */
#include "read_all.h"

#include "base/buffer.h"
#include "base/utf8.h"

#include <dirent.h>
#include <jansson.h>
#include <stdio.h>

#define CASES "tests/cases/txt"

static att_buffer file_of(const char *name, const char *file)
{
    att_buffer content = {0};
    char path[512];
    char block[4096];
    size_t got;

    snprintf(path, sizeof path, CASES "/%s/%s", name, file);
    FILE *stream = fopen(path, "rb");
    if (!stream)
        fail_msg("%s cannot be opened", path);
    while ((got = fread(block, 1, sizeof block, stream)) > 0)
        att_buffer_append(&content, block, got);
    fclose(stream);
    return content;
}

static void expect_time(const char *where, const json_t *expected, const char *key, int64_t ms)
{
    const json_t *value = json_object_get(expected, key);

    if (!value && ms != ATT_NO_TIME)
        fail_msg("%s: %s is %lld, expected none", where, key, (long long)ms);
    if (value && json_integer_value(value) != ms)
        fail_msg("%s: %s is %lld, expected %lld", where, key, (long long)ms, (long long)json_integer_value(value));
}

static void expect_text(const char *where, const json_t *expected, const char *key, att_span got)
{
    const char *wanted = json_string_value(json_object_get(expected, key));
    att_buffer well_formed = {0};

    for (size_t at = 0; at < got.size;) {
        char bytes[4];
        size_t size = att_utf8_put(bytes, att_utf8_next(got.text, got.size, &at));
        att_buffer_append(&well_formed, bytes, size);
    }
    if (!wanted)
        fail_msg("%s: expected.jsonl has no %s", where, key);
    else if (!att_span_equal(att_span_of(wanted), (att_span){well_formed.data, well_formed.size}))
        fail_msg("%s: %s is\n%s\nexpected\n%s", where, key, well_formed.data, wanted);
    att_buffer_clear(&well_formed);
}

static void expect_turn(const char *name, size_t number, const char *line, const read_turn *turn)
{
    char where[256];
    json_error_t mistake;
    json_t *expected = json_loads(line, 0, &mistake);

    snprintf(where, sizeof where, "case %s, turn %zu", name, number);
    if (!expected)
        fail_msg("%s: expected.jsonl: %s", where, mistake.text);
    expect_text(where, expected, "speaker", att_span_of(turn->label));
    expect_text(where, expected, "text", (att_span){turn->text, turn->text_size});
    expect_time(where, expected, "offset", (int64_t)turn->offset);
    expect_time(where, expected, "start_ms", turn->start_ms);
    expect_time(where, expected, "end_ms", turn->end_ms);
    json_decref(expected);
}

static void case_check(const char *name)
{
    att_buffer input = file_of(name, "input.txt");
    att_buffer expected = file_of(name, "expected.jsonl");
    read_all all = read_span((att_span){input.data, input.size}, NULL);
    size_t number = 0;

    for (char *line = strtok(expected.data, "\n"); line; line = strtok(NULL, "\n"), number++) {
        if (number >= all.count)
            fail_msg("case %s: turn %zu is missing", name, number + 1);
        expect_turn(name, number + 1, line, &all.turns[number]);
    }
    if (number != all.count)
        fail_msg("case %s: %zu turns, expected %zu", name, all.count, number);
    read_free(&all);
    att_buffer_clear(&input);
    att_buffer_clear(&expected);
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static void test_cases__every_folder_gives_its_expected_turns(void **state)
{
    (void)state;
    struct dirent **entries = NULL;
    int count = scandir(CASES, &entries, is_visible, alphasort);
    assert_true(count >= 12);
    for (int i = 0; i < count; i++) {
        case_check(entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases__every_folder_gives_its_expected_turns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
