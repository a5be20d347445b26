/* YAML as people write it by hand, and the messages for what they get wrong. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "base/buffer.h"
#include "base/yaml.h"

#include <stdlib.h>

static const att_yaml_node *parse(att_arena *arena, const char *text)
{
    const att_yaml_node *root = NULL;
    att_error error = {.status = ATT_OK};

    if (att_yaml_parse(&root, arena, "f.yml", att_span_of(text), &error) != ATT_OK)
        fail_msg("%s", error.message);
    return root;
}

static void assert_span_refused(att_span text, const char *message)
{
    const att_yaml_node *root = NULL;
    att_arena arena = {0};
    att_error error = {.status = ATT_OK};

    assert_int_equal(att_yaml_parse(&root, &arena, "f.yml", text, &error), ATT_BAD_INPUT);
    assert_string_equal(error.message, message);
    assert_null(root);
    att_arena_clear(&arena);
}

static void assert_refused(const char *text, const char *message)
{
    assert_span_refused(att_span_of(text), message);
}

/* The tree on one line: [a, {k: v}] with every scalar as text. */
static void show(att_buffer *out, const att_yaml_node *node)
{
    if (node->kind == ATT_YAML_SCALAR) {
        att_buffer_span(out, node->text);
        return;
    }
    att_buffer_char(out, node->kind == ATT_YAML_LIST ? '[' : '{');
    for (const att_yaml_node *child = node->first; child; child = child->next) {
        if (child != node->first)
            att_buffer_char(out, ' ');
        if (child->key) {
            att_buffer_span(out, child->key->text);
            att_buffer_char(out, ':');
        }
        show(out, child);
    }
    att_buffer_char(out, node->kind == ATT_YAML_LIST ? ']' : '}');
}

static void assert_tree(const char *text, const char *expected)
{
    att_arena arena = {0};
    att_buffer shown = {0};
    const att_yaml_node *root = parse(&arena, text);

    assert_non_null(root);
    att_buffer_text(&shown, "");
    show(&shown, root);
    assert_string_equal(shown.data, expected);
    att_buffer_clear(&shown);
    att_arena_clear(&arena);
}

static void test_yaml__gives_lists_maps_and_scalars_in_file_order(void **state)
{
    (void)state;
    assert_tree("a: 1\nb:\n  - x\n  - y: z\n    w: v\nc: {d: e}\n", "{a:1 b:[x {y:z w:v}] c:{d:e}}");
    assert_tree("- a\n- - b\n  - c\n-   d\n", "[a [b c] d]");
    assert_tree("just a text\n", "just a text");
    assert_tree("a: []\nb: {}\n", "{a:[] b:{}}");
}

static void test_yaml__plain_scalars_stay_what_is_written(void **state)
{
    (void)state;
    assert_tree("[no, yes, on, off, null, ~, 1.0, 0x1F, 2024-01-01, .inf]",
                "[no yes on off null ~ 1.0 0x1F 2024-01-01 .inf]");
    assert_tree("- it's\n- a:b\n- a#b\n- don't - worry\n- ?x\n- -x\n", "[it's a:b a#b don't - worry ?x -x]");
    assert_tree("<<: a\n", "{<<:a}");
}

static void test_yaml__says_which_scalars_are_plain(void **state)
{
    att_arena arena = {0};
    const att_yaml_node *root = parse(&arena, "[a, 'a', \"a\", '', ]");

    (void)state;
    assert_true(root->first->plain);
    assert_false(root->first->next->plain);
    assert_false(root->first->next->next->plain);
    assert_false(att_yaml_is_blank(root->first));
    assert_false(att_yaml_is_blank(root->first->next->next->next));
    att_arena_clear(&arena);
    root = parse(&arena, "a:\nb: ''\n");
    assert_true(att_yaml_is_blank(att_yaml_get(root, "a")));
    assert_false(att_yaml_is_blank(att_yaml_get(root, "b")));
    att_arena_clear(&arena);
}

static void test_yaml__every_node_has_its_place(void **state)
{
    att_arena arena = {0};
    const att_yaml_node *root = parse(&arena, "# note\nkey:\n  - é: [x, \"y\"]\n");
    const att_yaml_node *map = root->first->first;

    (void)state;
    assert_int_equal(root->first->key->line, 2);
    assert_int_equal(root->first->key->column, 1);
    assert_int_equal(map->line, 3);
    assert_int_equal(map->column, 5);
    /* Columns are code points: é is one. */
    assert_int_equal(map->first->first->column, 9);
    assert_int_equal(map->first->first->next->column, 12);
    assert_int_equal(map->count, 1);
    assert_int_equal(map->first->count, 2);
    att_arena_clear(&arena);
}

static void test_yaml__finds_values_by_key(void **state)
{
    att_arena arena = {0};
    const att_yaml_node *root = parse(&arena, "a: 1\nab: 2\n");

    (void)state;
    assert_string_equal(att_yaml_get(root, "ab")->text.text, "2");
    assert_null(att_yaml_get(root, "b"));
    assert_null(att_yaml_get(root->first, "a"));
    att_arena_clear(&arena);
}

static void test_yaml__a_text_of_comments_holds_nothing(void **state)
{
    att_arena arena = {0};

    (void)state;
    assert_null(parse(&arena, ""));
    assert_null(parse(&arena, "# only\n\n# comments\n"));
    assert_null(parse(&arena, "---\n"));
    assert_null(parse(&arena, "\xEF\xBB\xBF"));
    att_arena_clear(&arena);
}

static void test_yaml__takes_bom_crlf_and_document_marks(void **state)
{
    (void)state;
    assert_tree("\xEF\xBB\xBF"
                "a: b\n",
                "{a:b}");
    assert_tree("a:\r\n  - b\r\n  - c\r\n", "{a:[b c]}");
    assert_tree("a:\r  - b\r", "{a:[b]}");
    assert_tree("%YAML 1.1\n---\na: b\n...\n", "{a:b}");
}

static void test_yaml__crlf_counts_as_one_line(void **state)
{
    (void)state;
    assert_refused("a: b\r\nc: d\r\na: e\r\n",
                   "f.yml:3:1: the key 'a' stands here already, on line 1; join the two or rename one");
}

static void test_yaml__an_alias_must_be_quoted(void **state)
{
    (void)state;
    assert_refused("a:\n  - *foo\n", "f.yml:2:5: an entry that begins with * must be quoted: \"*foo\"");
    assert_refused("- *foo*\n", "f.yml:1:3: an entry that begins with * must be quoted: \"*foo*\"");
    assert_refused("- x\n- *-support worker  # note\n",
                   "f.yml:2:3: an entry that begins with * must be quoted: \"*-support worker\"");
    assert_refused("- *\n", "f.yml:1:3: an entry that begins with * must be quoted: \"*\"");
    assert_refused("- *ähnlich\n", "f.yml:1:3: an entry that begins with * must be quoted: \"*ähnlich\"");
    assert_refused("[a, *b, c]\n", "f.yml:1:5: an entry that begins with * must be quoted: \"*b\"");
    assert_refused("*a : b\n", "f.yml:1:1: an entry that begins with * must be quoted: \"*a : b\"");
}

static void test_yaml__other_signs_must_be_quoted_too(void **state)
{
    (void)state;
    assert_refused("- &foo\n", "f.yml:1:3: an entry that begins with & must be quoted: \"&foo\"");
    assert_refused("- & co\n", "f.yml:1:3: an entry that begins with & must be quoted: \"& co\"");
    assert_refused("a: &x {b: c}\n", "f.yml:1:4: an entry that begins with & must be quoted: \"&x {b: c\"");
    assert_refused("a: &x [b]\n", "f.yml:1:4: an entry that begins with & must be quoted: \"&x [b\"");
    assert_refused("- !foo bar\n", "f.yml:1:3: an entry that begins with ! must be quoted: \"!foo bar\"");
    assert_refused("- @home\n", "f.yml:1:3: an entry that begins with @ must be quoted: \"@home\"");
    assert_refused("- `x\n", "f.yml:1:3: an entry that begins with ` must be quoted: \"`x\"");
    assert_refused("- %x\n", "f.yml:1:3: an entry that begins with % must be quoted: \"%x\"");
}

static void test_yaml__a_question_mark_must_be_quoted(void **state)
{
    (void)state;
    assert_refused("- ? x\n",
                   "f.yml:1:3: an entry that begins with a question mark and a space must be quoted: \"? x\"");
    assert_refused("- ?\n", "f.yml:1:3: an entry that begins with a question mark and a space must be quoted: \"?\"");
    assert_refused("a: 1\n? b\n: c\n",
                   "f.yml:2:1: an entry that begins with a question mark and a space must be quoted: \"? b\"");
    assert_refused("[? x]\n",
                   "f.yml:1:2: an entry that begins with a question mark and a space must be quoted: \"? x\"");
    assert_tree("a: why?\nb: who ? me\n'c?' : d\n", "{a:why? b:who ? me c?:d}");
}

static void test_yaml__tabs_do_not_indent(void **state)
{
    (void)state;
    assert_refused("a:\n\tb: c\n", "f.yml:2:1: a tab cannot indent in YAML; use spaces");
    assert_refused("a:\n  - b\n\t- c\n", "f.yml:3:1: a tab cannot indent or stand alone on a line in YAML; use spaces");
    assert_refused("-\tb\n", "f.yml:1:2: a tab cannot indent in YAML; use spaces");
}

static void test_yaml__quotation_marks_end_where_the_text_ends(void **state)
{
    (void)state;
    assert_refused("- a\n- \"b\n- c\n",
                   "f.yml:2:3: this quotation mark is never closed; close it, or put the whole text in the other kind "
                   "of quotation marks");
    assert_refused("- 'tis\n", "f.yml:1:3: this quotation mark is never closed; close it, or put the whole text in the "
                               "other kind of quotation marks");
    assert_refused("- \"a\" b\n",
                   "f.yml:1:7: this does not fit into the list above; begin each entry with a dash in the same column, "
                   "and put quotation marks around the whole text, not a part of it");
    assert_refused("- \"\\w+\"\n", "f.yml:1:4: a backslash in double quotes begins an escape; use single quotes, or "
                                   "write it twice");
}

static void test_yaml__indentation_and_colons_have_messages(void **state)
{
    (void)state;
    assert_refused("- a: b: c\n", "f.yml:1:7: a colon where no key can stand; check the indentation, or quote the text "
                                  "if the colon is part of it");
    assert_refused("a: - b\n", "f.yml:1:4: a list entry cannot begin here; put the dash on a line of its own below its "
                               "key, indented with spaces");
    assert_refused("a: 1\nb\n",
                   "f.yml:2:1: a key without a colon; write 'key: value', or put a dash before a list entry");
    assert_refused("a:\n  b: 1\n c: 2\n",
                   "f.yml:3:2: this does not fit what stands above it; indent it like its neighbours, with spaces, and "
                   "put quotation marks around the whole text, not a part of it");
    assert_refused("- [a, b\n",
                   "f.yml:1:3: a list that begins with [ is not closed or lacks a comma; mend it, or quote "
                   "the text if the bracket is part of it");
    assert_refused("- {a: b\n", "f.yml:1:3: a map that begins with { is not closed or lacks a comma; mend it, or quote "
                                "the text if the bracket is part of it");
    assert_refused("- >x\n", "f.yml:1:3: a text that begins with | or > is taken for a block of text; quote it if the "
                             "sign is part of it");
    assert_refused("- }\n", "f.yml:1:3: YAML takes this sign for its own; put the text in quotation marks");
}

static void test_yaml__keys_are_plain_texts_and_differ(void **state)
{
    (void)state;
    assert_refused("a: 1\nb: 2\nb: 3\na: 4\n",
                   "f.yml:3:1: the key 'b' stands here already, on line 2; join the two or rename one");
    assert_refused("a:\n  x: 1\n  'x': 2\n",
                   "f.yml:3:3: the key 'x' stands here already, on line 2; join the two or rename one");
    assert_refused("[a]: b\n", "f.yml:1:1: a key must be a word; quote it if the brackets are part of it");
    assert_refused("{'': x}\n",
                   "f.yml:1:2: a key is missing before the colon; quote the text if the colon is part of it");
    assert_tree("a: {x: 1}\nb: {x: 1}\n", "{a:{x:1} b:{x:1}}");
}

static void test_yaml__bad_bytes_have_a_place(void **state)
{
    (void)state;
    assert_refused("a: b\nc: é\xFF\n", "f.yml:2:5: invalid UTF-8 (byte 0xFF); save the file in the encoding UTF-8");
    assert_refused("a: b\r\nc: \xC3\n", "f.yml:2:4: invalid UTF-8 (byte 0xC3); save the file in the encoding UTF-8");
    assert_refused("a: b\n  \x07\n", "f.yml:2:3: the control character U+0007 cannot stand in YAML; delete it");
    assert_span_refused((att_span){"a: b\n\0", 6},
                        "f.yml:2:1: the control character U+0000 cannot stand in YAML; delete it");
    assert_refused("- \"a\\0b\"\n", "f.yml:1:3: a NUL character cannot stand in a text; delete the \\0");
    assert_span_refused((att_span){"\xFF\xFE"
                                   "a\0",
                                   4},
                        "f.yml:1:1: the file is in UTF-16; save it in the encoding UTF-8");
}

static void test_yaml__one_document_only(void **state)
{
    (void)state;
    assert_refused("a: 1\n---\nb: 2\n", "f.yml:2:1: a second document begins here; delete the line --- or split the "
                                        "file");
}

static void nest(att_buffer *text, size_t levels)
{
    text->size = 0;
    for (size_t i = 0; i < levels; i++)
        att_buffer_char(text, '[');
    for (size_t i = 0; i < levels; i++)
        att_buffer_char(text, ']');
}

static void test_yaml__depth_ends_at_64(void **state)
{
    att_arena arena = {0};
    att_buffer text = {0};

    (void)state;
    nest(&text, 64);
    assert_non_null(parse(&arena, text.data));
    nest(&text, 65);
    assert_refused(text.data, "f.yml:1:65: nested more than 64 levels deep; make the tree flatter");
    att_arena_clear(&arena);
    att_buffer_clear(&text);
}

static void test_yaml__a_huge_scalar_is_kept_whole(void **state)
{
    att_arena arena = {0};
    att_buffer text = {0};

    (void)state;
    att_buffer_text(&text, "a: ");
    for (int i = 0; i < 5000000; i++)
        att_buffer_char(&text, 'x');
    const att_yaml_node *root = parse(&arena, text.data);
    assert_int_equal(root->first->text.size, 5000000);
    att_arena_clear(&arena);
    att_buffer_clear(&text);
}

static void test_yaml__64_mib_is_the_most(void **state)
{
    size_t size = ATT_YAML_BYTES + 1;
    char *text = calloc(1, size);

    (void)state;
    assert_non_null(text);
    assert_span_refused((att_span){text, size}, "f.yml: larger than 64 MiB; split the file");
    free(text);
}

static void test_excerpt__is_one_clean_line(void **state)
{
    att_buffer text = {0};

    (void)state;
    assert_string_equal(att_excerpt_of(att_span_of("a\nb\x1B[31m\xE2\x80\xAE"
                                                   "c"))
                            .text,
                        "a b [31m c");
    assert_string_equal(att_excerpt_of(att_span_of("")).text, "");
    for (int i = 0; i < 100; i++)
        att_buffer_text(&text, "é");
    att_excerpt cut = att_excerpt_of((att_span){text.data, text.size});
    assert_string_equal(cut.text + strlen(cut.text) - 5, "é…");
    assert_true(strlen(cut.text) < sizeof cut.text);
    att_buffer_clear(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_yaml__gives_lists_maps_and_scalars_in_file_order),
        cmocka_unit_test(test_yaml__plain_scalars_stay_what_is_written),
        cmocka_unit_test(test_yaml__says_which_scalars_are_plain),
        cmocka_unit_test(test_yaml__every_node_has_its_place),
        cmocka_unit_test(test_yaml__finds_values_by_key),
        cmocka_unit_test(test_yaml__a_text_of_comments_holds_nothing),
        cmocka_unit_test(test_yaml__takes_bom_crlf_and_document_marks),
        cmocka_unit_test(test_yaml__crlf_counts_as_one_line),
        cmocka_unit_test(test_yaml__an_alias_must_be_quoted),
        cmocka_unit_test(test_yaml__other_signs_must_be_quoted_too),
        cmocka_unit_test(test_yaml__a_question_mark_must_be_quoted),
        cmocka_unit_test(test_yaml__tabs_do_not_indent),
        cmocka_unit_test(test_yaml__quotation_marks_end_where_the_text_ends),
        cmocka_unit_test(test_yaml__indentation_and_colons_have_messages),
        cmocka_unit_test(test_yaml__keys_are_plain_texts_and_differ),
        cmocka_unit_test(test_yaml__bad_bytes_have_a_place),
        cmocka_unit_test(test_yaml__one_document_only),
        cmocka_unit_test(test_yaml__depth_ends_at_64),
        cmocka_unit_test(test_yaml__a_huge_scalar_is_kept_whole),
        cmocka_unit_test(test_yaml__64_mib_is_the_most),
        cmocka_unit_test(test_excerpt__is_one_clean_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
