/* What an entry may say beside its words. */
#include "given.h"

static const att_entry *only(const att_lexicon *lexicon)
{
    assert_int_equal(lexicon->entry_count, 1);
    return lexicon->entries;
}

static void test_entry__plain_texts_are_words_whatever_yaml_makes_of_them(void **state)
{
    (void)state;
    att_lexicon *lexicon = given(HEAD "  m:\n    - no\n    - yes\n    - on\n    - null\n    - 1.0\n    - ~ish\n"
                                      "    - true\n    - it's\n    - 2024\n");
    static const char *const terms[] = {"no", "yes", "on", "null", "1.0", "~ish", "true", "it's", "2024"};

    assert_int_equal(lexicon->entry_count, 9);
    for (uint32_t i = 0; i < 9; i++)
        assert_string_equal(lexicon->entries[i].term, terms[i]);
    assert_elements(lexicon, 0, "no");
    assert_elements(lexicon, 3, "null");
    assert_elements(lexicon, 4, "1.0");
    assert_elements(lexicon, 5, "ish");
    att_lexicon_free(lexicon);
}

static void test_entry__keeps_its_text_and_place(void **state)
{
    (void)state;
    att_lexicon *lexicon = given(HEAD "  m:\n    - Lived   Experience # a comment\n    - {weight: 2, term: 'Peer*'}\n");
    assert_string_equal(lexicon->entries[0].term, "Lived   Experience");
    assert_int_equal(lexicon->entries[0].line, 5);
    assert_int_equal(lexicon->entries[0].column, 7);
    assert_string_equal(lexicon->entries[1].term, "Peer*");
    assert_int_equal(lexicon->entries[1].line, 6);
    assert_int_equal(lexicon->entries[1].column, 25);
    att_lexicon_free(lexicon);
}

static void test_entry__has_weight_one_and_nothing_else_by_itself(void **state)
{
    (void)state;
    att_lexicon *lexicon = given(HEAD "  m: [hope]\n");
    const att_entry *entry = only(lexicon);

    assert_true(entry->weight == ATT_WEIGHT_ONE);
    assert_null(entry->source);
    assert_null(entry->note);
    assert_int_equal(entry->excepts, 0);
    assert_false(entry->ignored);
    att_lexicon_free(lexicon);
}

static void test_entry__keeps_weight_source_and_note(void **state)
{
    (void)state;
    att_lexicon *lexicon =
        given(HEAD "  m:\n    - term: hope\n      weight: 0.25\n      source: field notes\n      note: 'no'\n");
    const att_entry *entry = only(lexicon);

    assert_true(entry->weight == 250000);
    assert_string_equal(entry->source, "field notes");
    assert_string_equal(entry->note, "no");
    att_lexicon_free(lexicon);
}

static uint64_t weight_of(const char *written)
{
    char yaml[200];

    (void)snprintf(yaml, sizeof yaml, HEAD "  m: [{term: x, weight: %s}]\n", written);
    att_lexicon *lexicon = given(yaml);
    uint64_t weight = only(lexicon)->weight;
    att_lexicon_free(lexicon);
    return weight;
}

static void test_entry__weights_are_decimal_numbers_kept_to_millionths(void **state)
{
    (void)state;
    assert_int_equal(weight_of("2"), 2000000);
    assert_int_equal(weight_of("0.1"), 100000);
    assert_int_equal(weight_of("1.5"), 1500000);
    assert_int_equal(weight_of("007.250000"), 7250000);
    assert_int_equal(weight_of("123456.789012"), 123456789012);
    assert_int_equal(weight_of("0.000001"), 1);
    assert_int_equal(weight_of("1000000"), ATT_WEIGHT_LIMIT);
    assert_int_equal(weight_of("1000000.000000"), ATT_WEIGHT_LIMIT);
}

static void test_entry__other_weights_are_refused(void **state)
{
    static const char *const bad[] = {"0",
                                      "0.0",
                                      "-1",
                                      "'0,5'",
                                      "1e3",
                                      "many",
                                      "nan",
                                      "inf",
                                      ".5",
                                      "5.",
                                      "1.2.3",
                                      "''",
                                      "0x10",
                                      "1234567890123456",
                                      "+1",
                                      "0.0000001",
                                      "1.0000000",
                                      "1000000.000001",
                                      "99999999999999999999999"};
    static const char *const shown_as[] = {"0",
                                           "0.0",
                                           "-1",
                                           "0,5",
                                           "1e3",
                                           "many",
                                           "nan",
                                           "inf",
                                           ".5",
                                           "5.",
                                           "1.2.3",
                                           "",
                                           "0x10",
                                           "1234567890123456",
                                           "+1",
                                           "0.0000001",
                                           "1.0000000",
                                           "1000000.000001",
                                           "99999999999999999999999"};

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char yaml[200];
        char message[300];
        (void)snprintf(yaml, sizeof yaml, HEAD "  m: [{term: x, weight: %s}]\n", bad[i]);
        (void)snprintf(
            message, sizeof message,
            "x.yml:4:25: bad weight '%s'; write a number above 0 and up to 1000000, with at most 6 decimals, "
            "such as 2 or 0.5",
            shown_as[i]);
        assert_refused(yaml, message);
    }
}

static void test_entry__exact_case_is_kept(void **state)
{
    (void)state;
    att_lexicon *lexicon = given(HEAD "  m:\n    - {term: MAP, case: exact}\n    - {term: Care Plan*, case: exact}\n"
                                      "    - {term: MAP, case: fold}\n    - {term: Don\xE2\x80\x99t, case: exact}\n");
    assert_elements(lexicon, 0, "=MAP");
    assert_elements(lexicon, 1, "=Care =Plan*");
    assert_elements(lexicon, 2, "map");
    assert_elements(lexicon, 3, "=Don't");
    att_lexicon_free(lexicon);
    assert_refused(HEAD "  m: [{term: x, case: lower}]\n", "x.yml:4:23: bad case 'lower'; write exact or fold");
}

static void test_entry__exceptions_are_sequences_like_entries(void **state)
{
    (void)state;
    att_lexicon *lexicon = given(HEAD "  m:\n    - term: diagnos*\n      except: [Diagnosis of joy, diagnose-free]\n"
                                      "    - {term: patient, except: patient person}\n"
                                      "    - {term: MAP, case: exact, except: MAP room}\n");
    const att_entry *e = lexicon->entries;
    const att_sequence *x = lexicon->exceptions;
    char *text[4];

    assert_int_equal(e[0].excepts, 2);
    assert_int_equal(e[1].excepts, 1);
    assert_int_equal(e[2].excepts, 1);
    for (int i = 0; i < 4; i++)
        text[i] = shown(lexicon, x[i].first, x[i].length);
    assert_int_equal(e[0].except, 0);
    assert_string_equal(text[0], "diagnosis of joy");
    assert_string_equal(text[1], "diagnose free");
    assert_string_equal(text[e[1].except], "patient person");
    assert_string_equal(text[e[2].except], "=MAP =room");
    for (int i = 0; i < 4; i++)
        free(text[i]);
    att_lexicon_free(lexicon);
    assert_refused(HEAD "  m: [{term: x, except: [[y]]}]\n",
                   "x.yml:4:26: an exception must be a text; write a word or phrase");
    assert_refused(HEAD "  m: [{term: x, except: '...'}]\n",
                   "x.yml:4:25: '...' can never match: it holds no word; write a word, or delete it");
    assert_refused(HEAD "  m:\n  - term: x\n    except:\n", "x.yml:6:12: empty entry; quote it or delete the line");
    assert_refused(HEAD "  m: [{term: x, except: {a: b}}]\n",
                   "x.yml:4:25: 'except' must be a text or a list of texts; write it after the colon");
}

static void test_entry__regex_is_one_element_as_written(void **state)
{
    (void)state;
    att_lexicon *lexicon = given(HEAD "  m:\n    - {regex: 'depress(ed|ion)\\S*', weight: 2}\n"
                                      "    - regex: 'can\xE2\x80\x99t|a*'\n");
    assert_elements(lexicon, 0, "~depress(ed|ion)\\S*");
    assert_elements(lexicon, 1, "~can't|a*");
    assert_string_equal(lexicon->entries[0].term, "depress(ed|ion)\\S*");
    assert_int_equal(form_of(lexicon, 0).length, 1);
    assert_true(lexicon->entries[0].weight == 2 * ATT_WEIGHT_ONE);
    att_lexicon_free(lexicon);
}

/* Hyperscan words its reasons as it likes; place, beginning and remedy are ours. */
static void assert_bad_regex(const char *expression)
{
    static const char start[] = "x.yml:6:15: bad regex: ";
    static const char end[] = "; mend it (see docs/lexicon-format.md)";
    char yaml[400];
    att_lexicon *lexicon = NULL;
    att_error error;

    (void)snprintf(yaml, sizeof yaml, HEAD "  m:\n    - hope\n    - {regex: '%s'}\n", expression);
    assert_int_equal(att_lexicon_parse(&lexicon, "x.yml", att_span_of(yaml), NULL, &error), ATT_BAD_INPUT);
    size_t size = strlen(error.message);
    assert_memory_equal(error.message, start, sizeof start - 1);
    assert_true(size > sizeof start + sizeof end);
    assert_string_equal(error.message + size - (sizeof end - 1), end);
    assert_null(lexicon);
}

static void test_entry__regexes_that_the_matcher_cannot_use_are_refused(void **state)
{
    (void)state;
    assert_bad_regex("(unclosed");
    assert_bad_regex("a)(b");
    assert_bad_regex("(?=look)ahead");
    assert_bad_regex("(a)\\1");
    assert_bad_regex("[z-a]");
    assert_bad_regex("*a");
    assert_bad_regex("(?x) a # b");
    assert_bad_regex("\\bword\\b");
    assert_bad_regex("(\\w{30}){30}");
}

static void test_entry__regex_limits(void **state)
{
    att_buffer yaml = {0};

    (void)state;
    assert_refused(HEAD "  m: [{regex: ''}]\n", "x.yml:4:15: an empty regex; write an expression or delete the entry");
    assert_refused(HEAD "  m: [{regex: 'a+', case: exact}]\n",
                   "x.yml:4:27: a regex meets words in small letters only, so 'case: exact' does not go with it; "
                   "delete one of the two");
    att_buffer_text(&yaml, HEAD "  m:\n    - regex: ");
    for (int i = 0; i < 1001; i++)
        att_buffer_char(&yaml, 'x');
    assert_refused(yaml.data, "x.yml:5:14: a regex of more than 1,000 bytes; shorten it or split the entry");
    att_buffer_clear(&yaml);
}

#define MAY_HOLD "an entry may hold term, regex, over, weight, source, note, except, case"

static void test_entry__unknown_keys_are_refused(void **state)
{
    (void)state;
    assert_refused(HEAD "  m:\n    - {term: x, wieght: 2}\n",
                   "x.yml:5:17: unknown key 'wieght'; " MAY_HOLD "; did you mean 'weight'?");
    assert_refused(HEAD "  m:\n    - {term: x, colour: red}\n", "x.yml:5:17: unknown key 'colour'; " MAY_HOLD);
    assert_refused(HEAD "  m:\n    - question: answer\n",
                   "x.yml:5:7: unknown key 'question'; " MAY_HOLD "; quote the whole entry if the colon is part of it");
}

static void test_entry__needs_a_term_or_a_regex(void **state)
{
    (void)state;
    assert_refused(HEAD "  m:\n    - weight: 2\n", "x.yml:5:7: an entry without 'term' or 'regex'; add one");
    assert_refused(HEAD "  m:\n    - {}\n", "x.yml:5:7: an entry without 'term' or 'regex'; add one");
    assert_refused(HEAD "  m:\n    - {term: x, regex: y}\n",
                   "x.yml:5:17: an entry with both 'term' and 'regex'; make two entries of it");
    assert_refused(HEAD "  m:\n    - term: [x]\n", "x.yml:5:13: 'term' must be a text; write it after the colon");
    assert_refused(HEAD "  m:\n    - - x\n",
                   "x.yml:5:7: a list where an entry belongs; quote the entry if the brackets are part of it, or begin "
                   "it with one dash");
}

static void test_entry__empty_lines_of_a_list_are_refused(void **state)
{
    (void)state;
    assert_refused(HEAD "  m:\n    - hope\n    -\n    - trust\n",
                   "x.yml:6:6: empty entry; quote it or delete the line");
    assert_refused(HEAD "  m:\n    - #hope\n", "x.yml:5:6: empty entry; quote it or delete the line");
    assert_refused(HEAD "  m:\n    - term:\n", "x.yml:5:12: empty entry; quote it or delete the line");
}

static void test_entry__a_regex_may_be_over_the_turn(void **state)
{
    att_lexicon *lexicon = given(HEAD "  m:\n    - {regex: '(?<=Ä)\\b’(x)\\1', over: turn}\n"
                                      "    - {regex: '(?<=Ä)\\b’(x)\\1', over: turn, case: exact}\n");

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        const att_element *element = &lexicon->elements[lexicon->sequence[form_of(lexicon, i).first]];
        assert_int_equal(form_of(lexicon, i).length, 1);
        assert_int_equal(element->kind, i ? ATT_TURN_REGEX_EXACT : ATT_TURN_REGEX);
        assert_true(att_span_equal(element->text, att_span_of("(?<=Ä)\\b’(x)\\1"))); /* as it is written */
    }
    att_lexicon_free(lexicon);
    assert_warned(HEAD "  m:\n    - {regex: 'a.b', over: turn}\n    - {regex: a.b}\n    - {over: turn, regex: a.b}\n",
                  "warning 7:27: 'a.b' repeats the entry of line 5 in the marker 'm' and does not count; delete one of "
                  "the two\n");
}

static void test_entry__what_is_wrong_with_a_regex_over_the_turn_is_said(void **state)
{
    (void)state;
    assert_refused(
        HEAD "  m:\n    - {regex: 'a(b', over: turn}\n",
        "x.yml:5:15: bad regex: missing closing parenthesis at byte 3; mend it (see docs/lexicon-format.md)");
    assert_refused(HEAD "  m:\n    - {regex: '', over: turn}\n",
                   "x.yml:5:15: an empty regex; write an expression or delete the entry");
    assert_refused(HEAD "  m:\n    - {regex: a, over: sentence}\n",
                   "x.yml:5:24: bad over 'sentence'; write turn, or delete it: a regex is over one word then");
    assert_refused(HEAD "  m:\n    - {term: a, over: turn}\n",
                   "x.yml:5:17: 'over' belongs to a regex; delete it, or write regex in place of term");
    assert_refused(HEAD "  m:\n    - {regex: 'a\\Cb', over: turn}\n",
                   "x.yml:5:15: bad regex: using \\C is disabled by the application at byte 3; mend it (see "
                   "docs/lexicon-format.md)");
    assert_checked(HEAD "  m:\n    - {regex: 'a(b', over: turn}\n    - {regex: 'a[', over: turn}\n", ATT_BAD_INPUT,
                   "error 5:15: bad regex: missing closing parenthesis at byte 3; mend it (see "
                   "docs/lexicon-format.md)\n"
                   "error 6:15: bad regex: missing terminating ] for character class at byte 2; mend it (see "
                   "docs/lexicon-format.md)\n"
                   "error 4:3: the marker 'm' holds no entry, no marker and no note; add entries, or a note that says "
                   "why\n");
}

/* Hyperscan is only asked to help. */
static void test_entry__a_regex_over_the_turn_need_not_be_hyperscans(void **state)
{
    (void)state;
    assert_checked(
        HEAD
        "  m:\n    - {regex: '(?R)?(*ACCEPT)|\\X', over: turn}\n    - {regex: '(*UTF)a(?|(b)|(c))\\g1', over: turn}\n"
        "    - {regex: '(?(DEFINE)(?<x>a))(?&x)', over: turn}\n    - {regex: '(a{0,500}){0,500}', over: turn}\n",
        ATT_OK, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_entry__plain_texts_are_words_whatever_yaml_makes_of_them),
        cmocka_unit_test(test_entry__keeps_its_text_and_place),
        cmocka_unit_test(test_entry__has_weight_one_and_nothing_else_by_itself),
        cmocka_unit_test(test_entry__keeps_weight_source_and_note),
        cmocka_unit_test(test_entry__weights_are_decimal_numbers_kept_to_millionths),
        cmocka_unit_test(test_entry__other_weights_are_refused),
        cmocka_unit_test(test_entry__exact_case_is_kept),
        cmocka_unit_test(test_entry__exceptions_are_sequences_like_entries),
        cmocka_unit_test(test_entry__regex_is_one_element_as_written),
        cmocka_unit_test(test_entry__regexes_that_the_matcher_cannot_use_are_refused),
        cmocka_unit_test(test_entry__regex_limits),
        cmocka_unit_test(test_entry__unknown_keys_are_refused),
        cmocka_unit_test(test_entry__needs_a_term_or_a_regex),
        cmocka_unit_test(test_entry__empty_lines_of_a_list_are_refused),
        cmocka_unit_test(test_entry__a_regex_may_be_over_the_turn),
        cmocka_unit_test(test_entry__what_is_wrong_with_a_regex_over_the_turn_is_said),
        cmocka_unit_test(test_entry__a_regex_over_the_turn_need_not_be_hyperscans),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
