/* The examples of docs/lexicon-format.md: each loads and is without findings, or gets the message that stands below it.
 */
#include "given.h"

#include "base/file.h"

typedef struct {
    att_span yaml;
    att_span message; /* of the ```text block behind it; size 0: there is none */
} example;

/* The next fenced block at *at with this language; false: there is none before `end`. */
static bool next_block(const char *text, size_t *at, size_t end, const char *fence, att_span *block)
{
    const char *start = strstr(text + *at, fence);

    if (!start || (size_t)(start - text) >= end)
        return false;
    start += strlen(fence);
    const char *stop = strstr(start, "\n```\n");
    assert_non_null(stop);
    *block = (att_span){start, (size_t)(stop - start) + 1};
    *at = (size_t)(stop - text) + 4;
    return true;
}

static bool next_example(const char *text, size_t *at, example *out)
{
    if (!next_block(text, at, SIZE_MAX, "\n```yaml\n", &out->yaml))
        return false;
    const char *next = strstr(text + *at, "\n```yaml\n");
    size_t behind = *at;
    out->message.size = 0;
    (void)next_block(text, &behind, next ? (size_t)(next - text) : SIZE_MAX, "\n```text\n", &out->message);
    return true;
}

static void check_refused(const example *e)
{
    att_lexicon *lexicon = NULL;
    att_error error;

    assert_int_equal(att_lexicon_parse(&lexicon, "my.yml", e->yaml, NULL, &error), ATT_BAD_INPUT);
    assert_int_equal(strlen(error.message) + 1, e->message.size);
    assert_memory_equal(error.message, e->message.text, e->message.size - 1);
}

static void check_tidy(const example *e)
{
    temporary file;
    att_diagnostics *diagnostics = att_diagnostics_new();

    temporary_write(&file, "my.yml", e->yaml.text, e->yaml.size);
    att_status status = att_lexicon_check(file.path, diagnostics);
    temporary_remove(&file);
    char *text = told(diagnostics);
    assert_string_equal(text, "");
    assert_int_equal(status, ATT_OK);
    free(text);
    att_diagnostics_free(diagnostics);
}

static void test_document__examples_are_true(void **state)
{
    att_buffer document = {0};
    att_error error;
    example e;
    size_t tidy = 0;
    size_t refused = 0;

    (void)state;
    if (att_file_read(&document, "docs/lexicon-format.md", 0, &error) != ATT_OK)
        fail_msg("%s (run from the project's folder)", error.message);
    for (size_t at = 0; next_example(document.data, &at, &e);) {
        if (e.message.size) {
            check_refused(&e);
            refused++;
        } else {
            check_tidy(&e);
            tidy++;
        }
    }
    assert_int_equal(tidy, 12);
    assert_int_equal(refused, 2);
    att_buffer_clear(&document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_document__examples_are_true),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
