/* What an author hears from `lexicon check`: all errors at once, and doubts about single entries. */
#include "given.h"

static void test_check__collects_the_errors_of_all_entries(void **state)
{
    (void)state;
    assert_checked(
        "name: T\nlanguage: en\ncolour: red\nmarkers:\n"
        "  a:\n    - hope\n    - '...'\n    - {term: x, wieght: 2}\n"
        "  b.c: [y]\n"
        "  d:\n    pole: left\n    lable: D\n    entries: [z, z, {regex: '('}]\n",
        ATT_BAD_INPUT,
        "error 3:1: unknown key 'colour'; a lexicon holds name, language, version, licence, citation, "
        "description, ignore, affixes, markers, cues, tests and exclusive; put a marker below 'markers:', indented\n"
        "error 7:7: '...' can never match: it holds no word; write a word, or delete it\n"
        "error 8:17: unknown key 'wieght'; an entry may hold term, regex, over, weight, source, note, except, "
        "case; did you mean 'weight'?\n"
        "error 9:3: bad marker name 'b.c'; use letters, digits, _ and - only (a dot separates the names in "
        "a path)\n"
        "error 11:11: bad pole 'left'; write technical or appreciative\n"
        "error 12:5: unknown key 'lable'; a marker may hold label, pole, definition, note, source, entries, "
        "senses, rule, within, tests, markers, and the names of markers below it; did you mean 'label'?\n"
        "error 13:29: bad regex: Missing close parenthesis for group started at index 0; mend it (see "
        "docs/lexicon-format.md)\n"
        "error 13:18: 'z' repeats the entry of line 13 in the marker 'd' and does not count; delete one of "
        "the two\n");
}

static void test_check__errors_that_stop_the_reading_are_told_too(void **state)
{
    temporary file;
    att_diagnostics *diagnostics = att_diagnostics_new();
    char expected[800];

    (void)state;
    assert_checked("name: T\nmarkers:\n  m: [x]\n", ATT_BAD_INPUT,
                   "error 1:1: 'language' is missing; add a line such as 'language: en'\n");
    /* Errors of YAML itself come complete with file and place in the text. */
    temporary_write(&file, "x.yml", "a: *b\n", 6);
    assert_int_equal(att_lexicon_check(file.path, diagnostics), ATT_BAD_INPUT);
    (void)snprintf(expected, sizeof expected, "error: %s:1:4: an entry that begins with * must be quoted: \"*b\"\n",
                   file.path);
    char *text = told(diagnostics);
    assert_string_equal(text, expected);
    free(text);
    temporary_remove(&file);
    att_diagnostics_free(diagnostics);
}

static void test_check__a_lexicon_that_is_not_there(void **state)
{
    att_diagnostics *diagnostics = att_diagnostics_new();

    (void)state;
    assert_int_equal(att_lexicon_check("no-such.yml", diagnostics), ATT_BAD_INPUT);
    assert_int_equal(att_diagnostics_count_of(diagnostics, ATT_ERROR), 1);
    att_diagnostics_free(diagnostics);
    assert_int_equal(att_lexicon_check("no-such.yml", NULL), ATT_BAD_INPUT);
}

static void test_check__doubts_an_entry_in_two_markers_of_a_pole(void **state)
{
    (void)state;
    assert_checked(HEAD "  a:\n    pole: technical\n    b: [case]\n    c: [Case]\n  d: [case]\n", ATT_OK,
                   "warning 7:9: 'Case' stands in two markers of one pole, also as 'case' on line 6, in 'a.b'; keep it "
                   "where it fits best\n");
}

static void test_check__doubts_entries_that_a_trailing_glob_catches(void **state)
{
    (void)state;
    assert_checked(HEAD "  a:\n    - diagnosis\n    - diagnos*\n    - diagnostic*\n    - diagnos\n    - diagn\n",
                   ATT_OK,
                   "warning 5:7: 'diagnosis' is caught already by 'diagnos*' on line 6, in 'a'; delete it\n"
                   "warning 7:7: 'diagnostic*' is caught already by 'diagnos*' on line 6, in 'a'; delete it\n"
                   "warning 8:7: 'diagnos' is caught already by 'diagnos*' on line 6, in 'a'; delete it\n");
    assert_checked(HEAD "  a:\n    - peer work*\n    - peer worker\n", ATT_OK,
                   "warning 6:7: 'peer worker' is caught already by 'peer work*' on line 5, in 'a'; delete it\n");
    assert_checked(HEAD "  a:\n    - ä*\n    - ähnlich\n", ATT_OK,
                   "warning 6:7: 'ähnlich' is caught already by 'ä*' on line 5, in 'a'; delete it\n");
}

static void test_check__doubts_entries_that_lose_everything_to_the_other_side(void **state)
{
    (void)state;
    assert_checked(HEAD "  a:\n    pole: appreciative\n    entries: [hop*, peer work*]\n"
                        "  b:\n    pole: technical\n    entries: [hope, hop, peer worker, a hope, work*]\n",
                   ATT_OK,
                   "warning 9:15: 'hope' never counts: all that it matches goes to 'hop*' on line 6, in 'a'; put it "
                   "before that one, or delete it\n"
                   "warning 9:21: 'hop' never counts: all that it matches goes to 'hop*' on line 6, in 'a'; put it "
                   "before that one, or delete it\n"
                   "warning 9:26: 'peer worker' never counts: all that it matches goes to 'peer work*' on line 6, in "
                   "'a'; put it before that one, or delete it\n");
    assert_checked(HEAD "  a: [hop*]\n  b: [hope]\n  c: [hope]\nexclusive: [[b, a]]\n", ATT_OK,
                   "warning 5:7: 'hope' never counts: all that it matches goes to 'hop*' on line 4, in 'a'; put it "
                   "before that one, or delete it\n");
    /* The word before the glob gets its own; of one side nothing is taken. */
    assert_checked(HEAD "  a:\n    pole: appreciative\n    entries: [hope]\n"
                        "  b:\n    pole: technical\n    entries: [hop*]\n  c:\n    pole: technical\n"
                        "    entries: [hoping]\n",
                   ATT_OK, "");
}

static void test_check__a_weight_of_its_own_needs_the_place_before_the_glob(void **state)
{
    (void)state;
    assert_checked(HEAD "  m: [{term: diagnosis, weight: 3}, diagnos*]\n", ATT_OK, "");
    assert_checked(
        HEAD "  m: [diagnos*, {term: diagnosis, weight: 3}]\n", ATT_OK,
        "warning 4:24: 'diagnosis' is caught already by 'diagnos*' on line 4, in 'm'; put it before that one, "
        "so that its own weight counts\n");
}

static void test_check__does_not_doubt_what_only_looks_caught(void **state)
{
    (void)state;
    assert_checked(HEAD "  a:\n    - diagnos*\n  b:\n    - diagnosis\n", ATT_OK, "");
    assert_checked(HEAD "  a:\n    - peer work*\n    - worker\n    - a worker\n    - peer worker bee\n", ATT_OK, "");
    assert_checked(HEAD "  a:\n    - {term: 'MAP*', case: exact}\n    - maps\n", ATT_OK, "");
    /* A glob with exceptions is left alone: what it excepts may well be an entry. */
    assert_checked(HEAD "  a:\n    - {term: 'diagnos*', except: diagnosis of joy}\n    - diagnosis\n", ATT_OK, "");
}

static void test_check__doubts_exceptions_that_do_not_hold_the_entry(void **state)
{
    static const char doubt[] = " has an exception that does not hold its words and can never apply; write the "
                                "exception with the words of the entry in it\n";
    char expected[400];

    (void)state;
    assert_checked(HEAD
                   "  a:\n    - {term: 'diagnos*', except: [differential diagnosis, diagnosis of joy, 'diag*']}\n"
                   "    - {term: hope, except: [hope so, i hope]}\n    - {term: peer work, except: our peer work*}\n"
                   "    - {regex: 'a+', except: b c}\n    - {term: MAP, case: exact, except: MAP room}\n",
                   ATT_OK, "");
    (void)snprintf(expected, sizeof expected, "warning 5:14: 'hope'%s", doubt);
    assert_checked(HEAD "  a:\n    - {term: hope, except: hopeful}\n", ATT_OK, expected);
    (void)snprintf(expected, sizeof expected, "warning 5:14: 'peer work'%s", doubt);
    assert_checked(HEAD "  a:\n    - {term: peer work, except: work}\n", ATT_OK, expected);
    (void)snprintf(expected, sizeof expected, "warning 5:14: 'a*b?c'%s", doubt);
    assert_checked(HEAD "  a:\n    - {term: 'a*b?c', except: [axxbéc x, abxd]}\n", ATT_OK, expected);
}

static void test_check__doubts_entries_not_in_nfc(void **state)
{
    (void)state;
    assert_checked(HEAD "  a:\n    - cafe\xCC\x81\n    - na\xC3\xAFve\n", ATT_OK,
                   "warning 5:7: 'cafe\xCC\x81' is not in Unicode form NFC; it matches all the same, but save it in "
                   "NFC so that a search in the file finds it\n");
}

static void test_check__doubts_are_not_told_in_a_run(void **state)
{
    (void)state;
    assert_warned(HEAD "  a: [diagnos*, diagnosis]\n", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_check__collects_the_errors_of_all_entries),
        cmocka_unit_test(test_check__errors_that_stop_the_reading_are_told_too),
        cmocka_unit_test(test_check__a_lexicon_that_is_not_there),
        cmocka_unit_test(test_check__doubts_an_entry_in_two_markers_of_a_pole),
        cmocka_unit_test(test_check__doubts_entries_that_a_trailing_glob_catches),
        cmocka_unit_test(test_check__doubts_entries_that_lose_everything_to_the_other_side),
        cmocka_unit_test(test_check__a_weight_of_its_own_needs_the_place_before_the_glob),
        cmocka_unit_test(test_check__does_not_doubt_what_only_looks_caught),
        cmocka_unit_test(test_check__doubts_exceptions_that_do_not_hold_the_entry),
        cmocka_unit_test(test_check__doubts_entries_not_in_nfc),
        cmocka_unit_test(test_check__doubts_are_not_told_in_a_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
