/* What a lexicon file must say about itself, and where lexicons come from. */
#include "given.h"

#include "base/hash.h"

#include <sys/stat.h>

#define BODY "markers:\n  m: [hope]\n"

static void test_load__keeps_what_the_file_says_about_itself(void **state)
{
    (void)state;
    att_lexicon *lexicon = given("name: Peer support\nlanguage: en\nversion: 1.0\nlicence: CC-BY-4.0\n"
                                 "citation: Somebody (2021)\ndescription: |\n  Two\n  lines\n" BODY);
    assert_string_equal(att_lexicon_name(lexicon), "Peer support");
    assert_string_equal(att_lexicon_language(lexicon), "en");
    assert_string_equal(att_lexicon_version(lexicon), "1.0");
    assert_string_equal(att_lexicon_licence(lexicon), "CC-BY-4.0");
    assert_string_equal(att_lexicon_citation(lexicon), "Somebody (2021)");
    assert_string_equal(att_lexicon_description(lexicon), "Two\nlines\n");
    assert_string_equal(lexicon->file, "x.yml");
    att_lexicon_free(lexicon);
}

static void test_load__only_name_and_language_are_needed(void **state)
{
    (void)state;
    att_lexicon *lexicon = given("name: T\nlanguage: en\n" BODY);
    assert_string_equal(att_lexicon_version(lexicon), "");
    assert_string_equal(att_lexicon_licence(lexicon), "");
    assert_string_equal(att_lexicon_citation(lexicon), "");
    assert_string_equal(att_lexicon_description(lexicon), "");
    att_lexicon_free(lexicon);
    assert_refused("language: en\n" BODY, "x.yml:1:1: 'name' is missing; add a line such as 'name: My markers'");
    assert_refused("name: T\n" BODY, "x.yml:1:1: 'language' is missing; add a line such as 'language: en'");
    assert_refused("name:\nlanguage: en\n" BODY, "x.yml:1:1: 'name' is missing; add a line such as 'name: My markers'");
    assert_refused("name: T\nlanguage: ''\n" BODY,
                   "x.yml:2:1: 'language' is missing; add a line such as 'language: en'");
    assert_refused("name: [T]\nlanguage: en\n" BODY, "x.yml:1:7: 'name' must be a text; write it after the colon");
}

static void test_load__views_never_hold_null(void **state)
{
    (void)state;
    att_lexicon *lexicon = given("name: T\nlanguage: en\nmarkers:\n  a:\n    pole: appreciative\n    b:\n"
                                 "      label: L\n      entries: [{term: hope, weight: 2, source: s}, trust]\n");
    att_marker_view parent = att_lexicon_marker(lexicon, 0);
    att_marker_view child = att_lexicon_marker(lexicon, 1);
    att_entry_view first = att_lexicon_entry(lexicon, 0);
    att_entry_view second = att_lexicon_entry(lexicon, 1);

    assert_int_equal(att_lexicon_marker_count(lexicon), 2);
    assert_int_equal(att_lexicon_entry_count(lexicon), 2);
    assert_string_equal(parent.path, "a");
    assert_string_equal(parent.label, "");
    assert_string_equal(parent.definition, "");
    assert_string_equal(parent.note, "");
    assert_int_equal(parent.entry_count, 0);
    assert_string_equal(child.path, "a.b");
    assert_string_equal(child.label, "L");
    assert_string_equal(child.pole, "appreciative");
    assert_int_equal(child.depth, 1);
    assert_int_equal(child.first_entry, 0);
    assert_int_equal(child.entry_count, 2);
    assert_string_equal(first.term, "hope");
    assert_string_equal(first.source, "s");
    assert_string_equal(first.note, "");
    assert_true(first.weight == 2);
    assert_int_equal(first.line, 8);
    assert_string_equal(second.source, "");
    att_lexicon_free(lexicon);
}

static void test_load__hash_is_of_the_bytes(void **state)
{
    static const char yaml[] = "name: T\nlanguage: en\n" BODY;

    (void)state;
    att_lexicon *lexicon = given(yaml);
    assert_true(att_lexicon_hash(lexicon) == att_hash64(yaml, sizeof yaml - 1));
    att_lexicon_free(lexicon);
}

static void check_language(const char *written, const char *canonical)
{
    char yaml[200];

    (void)snprintf(yaml, sizeof yaml, "name: T\nlanguage: %s\n" BODY, written);
    att_lexicon *lexicon = given(yaml);
    assert_string_equal(att_lexicon_language(lexicon), canonical);
    att_lexicon_free(lexicon);
}

static void test_load__languages_are_written_canonically(void **state)
{
    (void)state;
    check_language("en", "en");
    check_language("DE", "de");
    check_language("en-gb", "en-GB");
    check_language("zh-hant-tw", "zh-Hant-TW");
    check_language("de-ch-1901", "de-CH-1901");
    check_language("iw", "he");
    check_language("no", "no");
}

static void test_load__other_languages_are_refused(void **state)
{
    static const char *const bad[] = {"english", "en_GB", "e", "en-", "Deutsch", "en GB", "x-mine", "12"};

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char yaml[200];
        char message[200];
        (void)snprintf(yaml, sizeof yaml, "name: T\nlanguage: %s\n" BODY, bad[i]);
        (void)snprintf(message, sizeof message,
                       "x.yml:2:11: bad language '%s'; write a code of BCP 47, such as en, de or pt-BR", bad[i]);
        assert_refused(yaml, message);
    }
}

#define HOLDS                                                                                                          \
    "a lexicon holds name, language, version, licence, citation, description, ignore, affixes, markers, cues, tests "  \
    "and exclusive"

static void test_load__unknown_keys_at_the_top_are_refused(void **state)
{
    (void)state;
    assert_refused("name: T\nlanguage: en\nlicense: MIT\n" BODY,
                   "x.yml:3:1: unknown key 'license'; " HOLDS "; did you mean 'licence'?");
    assert_refused("name: T\nlanguage: en\n" BODY "hope: [hope]\n",
                   "x.yml:5:1: unknown key 'hope'; " HOLDS "; put a marker below 'markers:', indented");
}

static void test_load__a_plain_nested_list_is_told_about_markers(void **state)
{
    (void)state;
    assert_refused("hope:\n  - hope*\ntrust: [trust]\n",
                   "x.yml:1:1: there is no 'markers:'; put the markers below a line 'markers:', indented with spaces");
    assert_refused("name: T\nlanguage: en\nhope: [hope]\n",
                   "x.yml:3:1: there is no 'markers:'; put the markers below a line 'markers:', indented with spaces");
    assert_refused("name: T\nlanguage: en\n",
                   "x.yml:1:1: there is no 'markers:'; put the markers below a line 'markers:', indented with spaces");
    assert_refused("name: T\nlanguage: en\nmarker:\n  m: [hope]\n",
                   "x.yml:3:1: unknown key 'marker'; " HOLDS "; did you mean 'markers'?");
}

static void test_load__something_else_is_no_lexicon(void **state)
{
    static const char begins[] = "x.yml:1:1: a lexicon begins with lines such as 'name: …', 'language: en' and "
                                 "'markers:'; add them and put the entries below the name of a marker";

    (void)state;
    assert_refused("- hope\n- trust\n", begins);
    assert_refused("hope\n", begins);
    assert_refused("", "x.yml:1:1: nothing stands in the file; see docs/lexicon-format.md for what a lexicon holds");
    assert_refused("# todo\n",
                   "x.yml:1:1: nothing stands in the file; see docs/lexicon-format.md for what a lexicon holds");
}

static void test_load__yaml_errors_come_with_their_place(void **state)
{
    (void)state;
    assert_refused(HEAD "  m:\n    - *foo\n", "x.yml:5:7: an entry that begins with * must be quoted: \"*foo\"");
    assert_refused(HEAD "\tm: [x]\n", "x.yml:4:1: a tab cannot indent in YAML; use spaces");
    assert_refused(HEAD "  m: [\xFF]\n", "x.yml:4:7: invalid UTF-8 (byte 0xFF); save the file in the encoding UTF-8");
}

static void test_load__bom_and_crlf_make_no_difference(void **state)
{
    (void)state;
    att_lexicon *lexicon =
        given("\xEF\xBB\xBFname: T\r\nlanguage: en\r\nmarkers:\r\n  m:\r\n    - hope\r\n    - trust\r\n");
    assert_string_equal(lexicon->name, "T");
    assert_int_equal(lexicon->entry_count, 2);
    assert_string_equal(lexicon->entries[1].term, "trust");
    assert_int_equal(lexicon->entries[1].line, 6);
    assert_elements(lexicon, 1, "trust");
    att_lexicon_free(lexicon);
}

static att_lexicon *load(const char *name)
{
    att_lexicon *lexicon = NULL;
    att_error error = {.status = ATT_OK};

    if (att_lexicon_load(&lexicon, name, NULL, &error) != ATT_OK)
        fail_msg("%s", error.message);
    return lexicon;
}

static void test_load__reads_files_by_path(void **state)
{
    static const char yaml[] = "name: T\nlanguage: en\n" BODY;
    static const char *const names[] = {"mine.yml", "mine.yaml", "mine"};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        temporary file;
        temporary_write(&file, names[i], yaml, sizeof yaml - 1);
        att_lexicon *lexicon = load(file.path);
        assert_string_equal(lexicon->file, file.path);
        assert_int_equal(lexicon->entry_count, 1);
        att_lexicon_free(lexicon);
        temporary_remove(&file);
    }
}

static void test_load__finds_every_built_in_lexicon_by_name(void **state)
{
    (void)state;
    for (size_t i = 0; i < att_builtin_count(); i++) {
        const att_builtin *builtin = att_builtin_get(i);
        att_diagnostics *diagnostics = att_diagnostics_new();
        char file[200];

        assert_ptr_equal(att_builtin_find(builtin->name), builtin);
        att_lexicon *lexicon = load(builtin->name);
        (void)snprintf(file, sizeof file, "built-in %s", builtin->name);
        assert_string_equal(lexicon->file, file);
        assert_true(lexicon->entry_count > 0);
        assert_int_equal(att_lexicon_check(builtin->name, diagnostics), ATT_OK);
        char *text = told(diagnostics);
        assert_string_equal(text, "");
        free(text);
        att_lexicon_free(lexicon);
        att_diagnostics_free(diagnostics);
    }
    assert_null(att_builtin_find("en/nothing-like-it"));
}

static void test_load__built_in_lexicons_are_sorted(void **state)
{
    (void)state;
    for (size_t i = 1; i < att_builtin_count(); i++)
        assert_true(strcmp(att_builtin_get(i - 1)->name, att_builtin_get(i)->name) < 0);
}

static void assert_not_found(const char *name, const char *message)
{
    att_lexicon *lexicon = NULL;
    att_error error;

    assert_int_equal(att_lexicon_load(&lexicon, name, NULL, &error), ATT_BAD_INPUT);
    assert_string_equal(error.message, message);
    assert_null(lexicon);
}

#define NEITHER(name) "lexicon '" name "': there is no such file and no built-in lexicon of this name"
#define LIST          "; 'attune lexicon list' shows the built-in ones"

static void test_load__what_is_not_there_is_said_with_what_is(void **state)
{
    (void)state;
    assert_not_found("no-such.yml", NEITHER("no-such.yml") LIST);
    assert_not_found("xx/no-such", NEITHER("xx/no-such") LIST);
    if (!att_builtin_find("en/peer-support") || !att_builtin_find("de/peer-support"))
        skip();
    att_lexicon *lexicon = NULL;
    att_error error;
    assert_int_equal(att_lexicon_load(&lexicon, "en/peer-suport", NULL, &error), ATT_BAD_INPUT);
    assert_non_null(strstr(error.message, "did you mean "));
    assert_non_null(strstr(error.message, "en/peer-support"));
    assert_int_equal(att_lexicon_load(&lexicon, "peer-support", NULL, &error), ATT_BAD_INPUT);
    assert_non_null(strstr(error.message, "de/peer-support"));
    assert_non_null(strstr(error.message, "en/peer-support"));
    assert_int_equal(att_lexicon_load(&lexicon, "en", NULL, &error), ATT_BAD_INPUT);
    assert_non_null(strstr(error.message, "en/peer-support"));
    assert_null(strstr(error.message, "de/peer-support"));
}

static void test_load__a_folder_is_no_lexicon(void **state)
{
    temporary file;
    att_lexicon *lexicon = NULL;
    att_error error;

    (void)state;
    temporary_write(&file, "x.yml", "", 0);
    assert_int_equal(att_lexicon_load(&lexicon, file.folder, NULL, &error), ATT_BAD_INPUT);
    assert_non_null(strstr(error.message, file.folder));
    temporary_remove(&file);
}

static void test_free__of_nothing_is_fine(void **state)
{
    (void)state;
    att_lexicon_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_load__keeps_what_the_file_says_about_itself),
        cmocka_unit_test(test_load__only_name_and_language_are_needed),
        cmocka_unit_test(test_load__views_never_hold_null),
        cmocka_unit_test(test_load__hash_is_of_the_bytes),
        cmocka_unit_test(test_load__languages_are_written_canonically),
        cmocka_unit_test(test_load__other_languages_are_refused),
        cmocka_unit_test(test_load__unknown_keys_at_the_top_are_refused),
        cmocka_unit_test(test_load__a_plain_nested_list_is_told_about_markers),
        cmocka_unit_test(test_load__something_else_is_no_lexicon),
        cmocka_unit_test(test_load__yaml_errors_come_with_their_place),
        cmocka_unit_test(test_load__bom_and_crlf_make_no_difference),
        cmocka_unit_test(test_load__reads_files_by_path),
        cmocka_unit_test(test_load__finds_every_built_in_lexicon_by_name),
        cmocka_unit_test(test_load__built_in_lexicons_are_sorted),
        cmocka_unit_test(test_load__what_is_not_there_is_said_with_what_is),
        cmocka_unit_test(test_load__a_folder_is_no_lexicon),
        cmocka_unit_test(test_free__of_nothing_is_fine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
