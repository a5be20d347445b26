/* JSON taken apart: the same values that another library (jansson) finds in the same text. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "read/json_mend.h"
#include "read/json_record.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 20000, DEEP = 6 };

/* ---- the other library ---- */

static json_t *load(att_span text, bool *beyond)
{
    json_error_t error;
    json_t *root = json_loadb(text.size ? text.text : "", text.size, JSON_ALLOW_NUL | JSON_DECODE_ANY, &error);

    *beyond = !root && strstr(error.text, "NUL byte in object key");
    return root;
}

/* What it reads of the text, or of the text mended; beyond: it does not know what to do with a name that is legal. */
static json_t *expected_root(att_span text, bool *beyond)
{
    json_t *root = load(text, beyond);
    att_buffer mended = {0};
    uint64_t ill_formed = 0;

    if (!root && !*beyond) {
        assert_true(att_json_mend(&mended, text, &ill_formed));
        root = load((att_span){mended.data, mended.size}, beyond);
    }
    att_buffer_clear(&mended);
    return root;
}

static bool is_same(const att_json_value *value, const json_t *other)
{
    if (!value)
        return false;
    switch (json_typeof(other)) {
    case JSON_OBJECT: {
        const char *name;
        json_t *member;
        json_object_foreach((json_t *)(uintptr_t)other, name, member)
        {
            if (!is_same(att_json_member(value, name), member))
                return false;
        }
        ATT_JSON_EACH_MEMBER(each, value)
        {
            char copy[512];
            if (each->name_size < sizeof copy) {
                memcpy(copy, each->name, each->name_size);
                copy[each->name_size] = '\0';
                if (!json_object_get(other, copy))
                    return false;
            }
        }
        return value->kind == ATT_JSON_OBJECT;
    }
    case JSON_ARRAY: {
        size_t i = 0;
        ATT_JSON_EACH(each, value)
        {
            if (i == json_array_size(other) || !is_same(each, json_array_get(other, i++)))
                return false;
        }
        return value->kind == ATT_JSON_ARRAY && i == json_array_size(other) && att_json_size(value) == i;
    }
    case JSON_STRING:
        return value->kind == ATT_JSON_STRING &&
               att_span_equal((att_span){value->text, value->size},
                              (att_span){json_string_value(other), json_string_length(other)});
    case JSON_INTEGER: {
        char number[ATT_JSON_NUMBER_ROOM], expected[32];
        att_json_number_text(value, number);
        snprintf(expected, sizeof expected, "%" JSON_INTEGER_FORMAT, json_integer_value(other));
        return value->kind == ATT_JSON_INTEGER && strcmp(number, expected) == 0;
    }
    case JSON_REAL:
        return value->kind == ATT_JSON_REAL && att_json_number(value) == json_real_value(other);
    case JSON_TRUE:
        return value->kind == ATT_JSON_TRUE;
    case JSON_FALSE:
        return value->kind == ATT_JSON_FALSE;
    default:
        return value->kind == ATT_JSON_NULL;
    }
}

/* The fields of a record, as text. */
static void compare_fields(att_span line, const json_t *other)
{
    att_json_record record = {.object = NULL};
    att_error error;
    const char *name;
    json_t *member;

    assert_int_equal(att_json_record_read(&record, line, "t", 1, &error), ATT_OK);
    json_object_foreach((json_t *)(uintptr_t)other, name, member)
    {
        att_span field;
        char text[512];
        size_t size = 0;
        assert_int_equal(att_json_record_field(&record, att_span_of(name), &field, &error), ATT_OK);
        if (json_is_string(member)) {
            assert_true(att_span_equal(field, (att_span){json_string_value(member), json_string_length(member)}));
            continue;
        }
        if (json_is_number(member) || json_is_boolean(member))
            size = json_dumpb(member, text, sizeof text, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
        if (!att_span_equal(field, (att_span){text, size}))
            fail_msg("field `%s` is `%.*s`, not `%.*s`", name, (int)field.size, field.text, (int)size, text);
    }
    att_json_record_clear(&record);
}

static void compare(att_span text)
{
    att_json_tree tree = {.count = 0}, shallow = {.shallow = true};
    const att_json_value *root, *shallow_root;
    bool beyond;
    json_t *other = expected_root(text, &beyond);
    att_json_fault fault = att_json_tree_read(&tree, text, &root);

    if (!beyond && (fault == ATT_JSON_FINE) != (other != NULL))
        fail_msg("`%.*s` is %s", (int)text.size, text.text, other ? "refused" : "taken");
    if (other && !is_same(root, other))
        fail_msg("`%.*s` is read as something else", (int)text.size, text.text);
    assert_int_equal(att_json_tree_read(&shallow, text, &shallow_root), fault);
    if (fault)
        assert_true(tree.line >= 1);
    if (other && json_is_object(other))
        compare_fields(text, other);
    json_decref(other);
    att_json_tree_clear(&tree);
    att_json_tree_clear(&shallow);
}

static void compare_text(const char *text)
{
    compare(att_span_of(text));
}

static att_json_fault fault_of(att_span text)
{
    att_json_tree tree = {.count = 0};
    const att_json_value *root;
    att_json_fault fault = att_json_tree_read(&tree, text, &root);

    assert_true(fault ? root == NULL : root != NULL);
    att_json_tree_clear(&tree);
    return fault;
}

/* ---- texts ---- */

static void test_tree__numbers_are_those_that_are_written(void **state)
{
    (void)state;
    static const char *const numbers[] = {"0",
                                          "-0",
                                          "-1",
                                          "9223372036854775807",
                                          "-9223372036854775808",
                                          "9223372036854775808",
                                          "-9223372036854775809",
                                          "99999999999999999999",
                                          "0.0",
                                          "-0.0",
                                          "1.50",
                                          "1e3",
                                          "1E+3",
                                          "1e-7",
                                          "1.5e22",
                                          "1e308",
                                          "1e309",
                                          "-1e309",
                                          "1e-400",
                                          "0.1",
                                          "0.30000000000000004",
                                          "123456789012345678.5",
                                          "9007199254740993.0",
                                          "0.00001",
                                          "1234567.1234567",
                                          "0.000000000000000000000000000000000000000000001",
                                          "1.0000000000000000000000000000000000000000001e5",
                                          "01",
                                          "1.",
                                          ".5",
                                          "+1",
                                          "-",
                                          "1e",
                                          "0x10",
                                          "NaN",
                                          "-Infinity",
                                          "Infinity"};
    char text[256];

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        snprintf(text, sizeof text, "{\"n\": %s, \"m\":[%s], \"o\":%s}", numbers[i], numbers[i], numbers[i]);
        compare_text(text);
    }
}

static void test_tree__a_number_as_long_as_a_book_is_read_or_too_large(void **state)
{
    (void)state;
    att_buffer text = {0};

    att_buffer_text(&text, "[0.");
    for (int i = 0; i < 100000; i++)
        att_buffer_char(&text, '3');
    att_buffer_text(&text, "]");
    compare((att_span){text.data, text.size});
    text.data[2] = '3';
    assert_int_equal(fault_of((att_span){text.data, text.size}), ATT_JSON_WRONG); /* 03 */
    text.data[1] = '3';
    assert_int_equal(fault_of((att_span){text.data, text.size}), ATT_JSON_HUGE);
    text.size -= 3;
    att_buffer_text(&text, ".5]");
    assert_int_equal(fault_of((att_span){text.data, text.size}), ATT_JSON_HUGE);
    att_buffer_clear(&text);
}

static void test_tree__strings_are_decoded(void **state)
{
    (void)state;
    compare_text("[\"\", \"a\", \"\\\"\\\\\\/\\b\\f\\n\\r\\t\", \"\\u00e9\\u4e2D\\ud83d\\uDE00\", \"a\\u0000b\"]");
    compare_text("[\"\\ud83d\", \"\\ude00\", \"\\ud83d\\ud83d\\ude00\", \"\\\\ud83d\", \"\\ud83dx\", \"\\ud8zz\"]");
    compare_text("[\"\\x\", 1]");
    compare_text("[\"\\u12\"]");
    compare_text("[\"tab\there\"]");
    compare_text("[\"\x7F\xC3\xA9\xF0\x9F\x98\x80\"]");
    compare_text("[\"\xC3\", \"\xED\xA0\x80\", \"\xC0\x80\", \"\xF5\x80\x80\x80\", \"\xEF\xBF\xBD\"]");
    compare_text("{\"na\\u006de\": 1, \"\\u0000\": 2}");
}

static void test_tree__last_of_two_members_counts(void **state)
{
    (void)state;
    compare_text("{\"a\": 1, \"a\": {\"b\": 2}, \"c\": [1], \"a\": \"x\", \"c\": null}");
}

static void test_tree__what_is_no_json_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"",      " ",       "{",          "[1,]",      "{\"a\"}",    "{\"a\":}",
                                        "[1 2]", "{1:2}",   "[1]]",       "[1] [2]",   "[tru]",      "nul",
                                        "'a'",   "[\"a]",   "{\"a\":1,}", "/**/[1]",   "[1] // one", "\xEF\xBB\xBF[1]",
                                        "[,1]",  "{,}",     "[\"a\"b]",   "[\"\\\"]",  "{\"a\" 1}",  "[1}",
                                        "\"a",   "{\"a\":", "[-]",        "[\"\\u\"]", "[\"a\nb\"]", "]"};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        compare_text(texts[i]);
    assert_int_equal(fault_of(att_span_of("[1")), ATT_JSON_CUT);
    assert_int_equal(fault_of(att_span_of("{\"a\": \"b")), ATT_JSON_CUT);
    assert_int_equal(fault_of(att_span_of("[1] 2")), ATT_JSON_FOLLOWED);
    assert_int_equal(fault_of(att_span_of("[1 2]")), ATT_JSON_WRONG);
}

static void test_tree__where_it_goes_wrong_is_said(void **state)
{
    (void)state;
    att_json_tree tree = {.count = 0};
    const att_json_value *root;

    assert_int_equal(att_json_tree_read(&tree, att_span_of("[1,\n \"\xC3\xA9\" ?]"), &root), ATT_JSON_WRONG);
    assert_int_equal(tree.line, 2);
    assert_int_equal(tree.column, 6);
    assert_string_equal(tree.message, "invalid char in json text");
    att_json_tree_clear(&tree);
}

static void test_tree__nesting_has_a_limit(void **state)
{
    (void)state;
    att_buffer text = {0};

    for (size_t i = 0; i < ATT_JSON_DEEPEST; i++)
        att_buffer_char(&text, '[');
    for (size_t i = 0; i < ATT_JSON_DEEPEST; i++)
        att_buffer_char(&text, ']');
    compare((att_span){text.data, text.size});
    assert_int_equal(fault_of((att_span){text.data, text.size}), ATT_JSON_FINE);
    text.data[ATT_JSON_DEEPEST] = '[';
    compare((att_span){text.data, text.size});
    assert_int_equal(fault_of((att_span){text.data, text.size}), ATT_JSON_DEEP);
    att_buffer_clear(&text);
}

static void test_tree__of_arrays_a_shallow_one_keeps_what_comes_first(void **state)
{
    (void)state;
    att_json_tree tree = {.shallow = true};
    const att_json_value *root;
    const char *text = "{\"a\": [{\"b\": 1}, {\"c\": [2]}, [[3]], 4], \"d\": {\"e\": [5, 6]}, \"f\": 7}";

    assert_int_equal(att_json_tree_read(&tree, att_span_of(text), &root), ATT_JSON_FINE);
    assert_int_equal(root->size, 3);
    assert_int_equal(att_json_size(att_json_member(root, "a")), 1);
    assert_int_equal(att_json_first(att_json_member(root, "a"))->kind, ATT_JSON_OBJECT);
    assert_int_equal(att_json_number(att_json_member(root, "f")), 7);
    assert_int_equal(root->values, tree.count);
    assert_int_equal(tree.count, 8);
    att_json_tree_clear(&tree);
}

/* ---- made by chance ---- */

typedef struct {
    uint64_t seed;
    att_buffer out;
} maker;

static unsigned below(maker *m, unsigned limit)
{
    m->seed = m->seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(m->seed >> 33) % limit;
}

static void make_string(maker *m)
{
    static const char *const parts[] = {
        "a",       "text",         ".",    " ",    "\xC3\xA9", "\\n", "\\u00e9", "\\\"", "\\ud83d\\ude00", "\\ud83d",
        "\\u0041", "\xE4\xB8\xAD", "\\\\", "\xFF", "\\/",      "b"};

    att_buffer_char(&m->out, '"');
    for (unsigned i = below(m, 5); i > 0; i--)
        att_buffer_text(&m->out, parts[below(m, 16)]);
    att_buffer_char(&m->out, '"');
}

static void make_space(maker *m)
{
    static const char *const spaces[] = {"", "", "", " ", "\n", "\t \r"};

    att_buffer_text(&m->out, spaces[below(m, 6)]);
}

static void make_value(maker *m, unsigned depth)
{
    static const char *const plain[] = {"null", "true", "false", "0",   "-12",  "3.50", "1e2",
                                        "NaN",  "7.25", "1E-9",  "123", "12.0", "-0",   "100000000000.125"};
    unsigned kind = below(m, depth < DEEP ? 6 : 4), count = below(m, 5);

    make_space(m);
    if (kind < 2)
        att_buffer_text(&m->out, plain[below(m, 14)]);
    else if (kind < 4)
        make_string(m);
    else
        att_buffer_char(&m->out, kind == 4 ? '[' : '{');
    for (unsigned i = 0; kind >= 4 && i < count; i++) {
        att_buffer_text(&m->out, i ? "," : "");
        make_space(m);
        if (kind == 5) {
            make_string(m);
            make_space(m);
            att_buffer_char(&m->out, ':');
        }
        make_value(m, depth + 1);
    }
    if (kind >= 4)
        att_buffer_char(&m->out, kind == 4 ? ']' : '}');
    make_space(m);
}

static void test_tree__texts_made_by_chance_are_read_alike(void **state)
{
    (void)state;
    maker m = {.seed = 4};

    for (int i = 0; i < ROUNDS; i++) {
        m.out.size = 0;
        make_value(&m, 0);
        assert_false(m.out.failed);
        /* Every other one is damaged: a byte becomes another, or the rest is missing. */
        if (i % 4 == 1)
            m.out.data[below(&m, (unsigned)m.out.size)] = "\"\\{}[]:,0u\xED x"[below(&m, 13)];
        if (i % 4 == 3)
            m.out.size = below(&m, (unsigned)m.out.size);
        compare((att_span){m.out.data, m.out.size});
    }
    att_buffer_clear(&m.out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tree__numbers_are_those_that_are_written),
        cmocka_unit_test(test_tree__a_number_as_long_as_a_book_is_read_or_too_large),
        cmocka_unit_test(test_tree__strings_are_decoded),
        cmocka_unit_test(test_tree__last_of_two_members_counts),
        cmocka_unit_test(test_tree__what_is_no_json_is_refused),
        cmocka_unit_test(test_tree__where_it_goes_wrong_is_said),
        cmocka_unit_test(test_tree__nesting_has_a_limit),
        cmocka_unit_test(test_tree__of_arrays_a_shallow_one_keeps_what_comes_first),
        cmocka_unit_test(test_tree__texts_made_by_chance_are_read_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
