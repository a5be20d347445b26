/* <attune/text.h>: text made harmless and measured for a terminal, and CSV fields. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <attune/text.h>
#include <stdlib.h>

static void assert_span(att_span span, const char *expected)
{
    assert_int_equal(span.size, strlen(expected));
    assert_memory_equal(span.text, expected, span.size);
}

static void assert_clean(const char *text, size_t size, const char *expected)
{
    char *out = malloc(ATT_TEXT_CLEAN_SIZE(size) + 1);
    assert_non_null(out);
    size_t written = att_text_clean(out, (att_span){text, size});
    assert_in_range(written, 0, ATT_TEXT_CLEAN_SIZE(size));
    assert_span((att_span){out, written}, expected);
    free(out);
}

static void test_text__clean_leaves_ordinary_text_of_any_script_alone(void **state)
{
    (void)state;
    const char *text = "Zoë said: “hope” – 希望, תקווה, 👩‍⚕️.";
    assert_clean(text, strlen(text), text);
    assert_clean("", 0, "");
}

static void test_text__clean_takes_the_power_from_controls(void **state)
{
    (void)state;
    assert_clean("a\033[31mb", 7, "a\uFFFD[31mb");
    assert_clean("a\tb\nc\rd", 7, "a\uFFFDb\uFFFDc\uFFFDd");
    assert_clean("a\0b", 3, "a\uFFFDb");
    assert_clean("a\177b", 3, "a\uFFFDb");
    assert_clean("a\302\233b", 4, "a\uFFFDb"); /* U+009B, the one-character form of ESC [ */
    assert_clean("a\u202Eb\u2066c\u2069", 12, "a\uFFFDb\uFFFDc\uFFFD");
}

static void test_text__clean_replaces_what_is_not_utf8(void **state)
{
    (void)state;
    assert_clean("a\377\376b", 4, "a\uFFFD\uFFFDb");
    assert_clean("a\303", 2, "a\uFFFD");
}

static void test_text__width_counts_columns_not_bytes(void **state)
{
    (void)state;
    assert_int_equal(att_text_width(att_span_of("abc")), 3);
    assert_int_equal(att_text_width(att_span_of("Zoë")), 3);
    assert_int_equal(att_text_width(att_span_of("Zoe\u0308")), 3);
    assert_int_equal(att_text_width(att_span_of("希望")), 4);
    assert_int_equal(att_text_width((att_span){NULL, 0}), 0);
}

static void test_text__head_and_tail_fit_and_are_as_long_as_they_can_be(void **state)
{
    (void)state;
    att_span text = att_span_of("ab希望cd");
    assert_span(att_text_head(text, 8), "ab希望cd");
    assert_span(att_text_head(text, 5), "ab希");
    assert_span(att_text_head(text, 4), "ab希");
    assert_span(att_text_head(text, 0), "");
    assert_span(att_text_tail(text, 8), "ab希望cd");
    assert_span(att_text_tail(text, 5), "望cd");
    assert_span(att_text_tail(text, 2), "cd");
    assert_span(att_text_tail(text, 0), "");
    assert_span(att_text_tail((att_span){"", 0}, 3), "");
}

static void test_text__head_and_tail_never_part_a_mark_from_its_character(void **state)
{
    (void)state;
    att_span text = att_span_of("ae\u0308b");
    assert_span(att_text_head(text, 2), "ae\u0308");
    assert_span(att_text_tail(text, 1), "b");
    assert_span(att_text_tail(text, 2), "e\u0308b");
}

static void assert_csv(const char *field, const char *expected)
{
    char *written = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&written, &size);
    assert_non_null(stream);
    assert_int_equal(att_text_csv(stream, att_span_of(field)), 0);
    assert_int_equal(fclose(stream), 0);
    assert_string_equal(written, expected);
    free(written);
}

static void test_text__csv_quotes_what_must_be_quoted(void **state)
{
    (void)state;
    assert_csv("hope", "hope");
    assert_csv("", "");
    assert_csv("first, then", "\"first, then\"");
    assert_csv("she said \"hope\"", "\"she said \"\"hope\"\"\"");
    assert_csv("two\nlines", "\"two\nlines\"");
}

static void test_text__csv_defuses_formulas(void **state)
{
    (void)state;
    assert_csv("=1+1", "'=1+1");
    assert_csv("@x", "'@x");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text__clean_leaves_ordinary_text_of_any_script_alone),
        cmocka_unit_test(test_text__clean_takes_the_power_from_controls),
        cmocka_unit_test(test_text__clean_replaces_what_is_not_utf8),
        cmocka_unit_test(test_text__width_counts_columns_not_bytes),
        cmocka_unit_test(test_text__head_and_tail_fit_and_are_as_long_as_they_can_be),
        cmocka_unit_test(test_text__head_and_tail_never_part_a_mark_from_its_character),
        cmocka_unit_test(test_text__csv_quotes_what_must_be_quoted),
        cmocka_unit_test(test_text__csv_defuses_formulas),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
