/* What a lexicon says about spelling as a whole: `ignore:` and `affixes:`. */
#include "given.h"

#include "tokenise/fold.h"

#define TOP     "name: Test\nlanguage: en\n"
#define MARKERS "markers:\n  m: [hope]\n"
#define AFFIXES TOP "affixes:\n"

static void test_spelling__is_plain_where_nothing_is_said(void **state)
{
    att_lexicon *lexicon = given(TOP MARKERS);

    (void)state;
    assert_true(att_spelling_is_plain(&lexicon->spelling));
    assert_string_equal(att_lexicon_spelling(lexicon), "");
    att_lexicon_free(lexicon);
}

static void test_spelling__ignore_is_one_kind_of_marks_or_a_list(void **state)
{
    att_lexicon *lexicon = given(TOP "ignore: [niqqud, accents]\n" MARKERS);

    (void)state;
    assert_int_equal(lexicon->spelling.ignore, ATT_MARKS_NIQQUD | ATT_MARKS_ACCENTS);
    assert_string_equal(att_lexicon_spelling(lexicon), "ignores accents, niqqud");
    att_lexicon_free(lexicon);
    lexicon = given(TOP "ignore: nukta\n" MARKERS);
    assert_int_equal(lexicon->spelling.ignore, ATT_MARKS_NUKTA);
    att_lexicon_free(lexicon);
    lexicon = given(TOP "ignore: [harakat]\n" MARKERS);
    assert_int_equal(lexicon->spelling.ignore, ATT_MARKS_HARAKAT);
    att_lexicon_free(lexicon);
}

static void test_spelling__entries_lose_the_marks_too(void **state)
{
    att_lexicon *lexicon =
        given("name: T\nmarkers:\n  m: [café au lait, 'cafe', ÉLAN*]\nignore: [accents]\nlanguage: fr\n");

    (void)state;
    assert_elements(lexicon, 0, "cafe au lait");
    assert_elements(lexicon, 1, "cafe");
    assert_elements(lexicon, 2, "elan*");
    att_lexicon_free(lexicon);
    assert_warned(
        TOP "ignore: accents\nmarkers:\n  m: [café, cafe]\n",
        "warning 5:13: 'cafe' repeats the entry of line 5 in the marker 'm' and does not count; delete one of "
        "the two\n");
}

static void test_spelling__other_things_are_not_ignored(void **state)
{
    (void)state;
    assert_refused(TOP "ignore: [case]\n" MARKERS,
                   "x.yml:3:10: 'case' is nothing to ignore; write accents, niqqud, nukta or harakat");
    assert_refused(TOP "ignore: []\n" MARKERS, "x.yml:3:9: 'ignore' must be a list; write it like [accents]");
    assert_refused(TOP "ignore: {accents: yes}\n" MARKERS,
                   "x.yml:3:9: 'ignore' must be a list; write it like [accents]");
}

static void test_spelling__affixes_have_their_numbers(void **state)
{
    att_lexicon *lexicon = given(AFFIXES "  prefixes: {letters: [Un, re], most: 3, leave: 4}\n"
                                         "  suffixes: {endings: s}\n" MARKERS);
    const att_spelling *spelling = &lexicon->spelling;

    (void)state;
    assert_int_equal(spelling->prefixes.count, 2);
    assert_int_equal(spelling->prefixes.most, 3);
    assert_int_equal(spelling->prefixes.leave, 4);
    assert_true(att_span_equal(spelling->prefixes.items[0].folded, att_span_of("un")));
    assert_true(att_span_equal(spelling->prefixes.items[0].exact, att_span_of("Un")));
    assert_int_equal(spelling->suffixes.count, 1);
    assert_int_equal(spelling->suffixes.most, 1);
    assert_int_equal(spelling->suffixes.leave, 2);
    assert_string_equal(
        att_lexicon_spelling(lexicon),
        "up to 3 of Un, re may come off the beginning of an entry and leave 4 letters; one of s may come "
        "off the end of a word and leave 2 letters");
    att_lexicon_free(lexicon);
    lexicon = given(AFFIXES "  prefixes: {letters: [a]}\n" MARKERS);
    assert_int_equal(lexicon->spelling.prefixes.most, 1);
    assert_int_equal(lexicon->spelling.prefixes.leave, 3);
    att_lexicon_free(lexicon);
}

static void test_spelling__wrong_affixes_are_refused(void **state)
{
    (void)state;
    assert_refused(AFFIXES "  - a\n" MARKERS,
                   "x.yml:4:3: 'affixes' must hold prefixes, suffixes or both; write them below it, indented");
    assert_refused(AFFIXES "  infixes: {letters: [a]}\n" MARKERS,
                   "x.yml:4:3: unknown key 'infixes'; 'affixes' holds prefixes and suffixes");
    assert_refused(AFFIXES "  prefixes: [a]\n" MARKERS,
                   "x.yml:4:13: 'prefixes' must hold letters, most and leave; write them below it, indented");
    assert_refused(AFFIXES "  prefixes: {most: 2}\n" MARKERS,
                   "x.yml:4:13: 'letters' is missing; add a list like letters: [one, another]");
    assert_refused(AFFIXES "  suffixes: {endings: [a], most: 2}\n" MARKERS,
                   "x.yml:4:28: unknown key 'most'; 'suffixes' holds endings and leave");
    assert_refused(AFFIXES "  prefixes: {letters: [a], most: 5}\n" MARKERS,
                   "x.yml:4:34: bad 'most'; write a number from 1 to 4");
    assert_refused(AFFIXES "  prefixes: {letters: [a], leave: 0}\n" MARKERS,
                   "x.yml:4:35: bad 'leave'; write a number from 1 to 20");
    assert_refused(AFFIXES "  prefixes: {letters: []}\n" MARKERS,
                   "x.yml:4:23: 'letters' must be a list of affixes; write it like [one, another]");
    assert_refused(AFFIXES "  prefixes: {letters: ['']}\n" MARKERS,
                   "x.yml:4:24: an affix must be a text of at most 32 bytes; write its letters");
    assert_refused(AFFIXES "  prefixes: {letters: [[a]]}\n" MARKERS,
                   "x.yml:4:24: an affix must be a text of at most 32 bytes; write its letters");
    assert_refused(TOP "ignore: accents\naffixes:\n  prefixes: {letters: [\"\\u0301\"]}\n" MARKERS,
                   "x.yml:5:24: '\xCC\x81' holds no letter that counts, or too many; write another or delete it");
}

static void test_spelling__an_author_hears_of_everything(void **state)
{
    (void)state;
    assert_checked(TOP "ignore: [case]\naffixes: {prefixes: {}, suffixes: {endings: [s], leave: x}}\n" MARKERS,
                   ATT_BAD_INPUT,
                   "error 3:10: 'case' is nothing to ignore; write accents, niqqud, nukta or harakat\n"
                   "error 4:21: 'letters' is missing; add a list like letters: [one, another]\n"
                   "error 4:57: bad 'leave'; write a number from 1 to 20\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_spelling__is_plain_where_nothing_is_said),
        cmocka_unit_test(test_spelling__ignore_is_one_kind_of_marks_or_a_list),
        cmocka_unit_test(test_spelling__entries_lose_the_marks_too),
        cmocka_unit_test(test_spelling__other_things_are_not_ignored),
        cmocka_unit_test(test_spelling__affixes_have_their_numbers),
        cmocka_unit_test(test_spelling__wrong_affixes_are_refused),
        cmocka_unit_test(test_spelling__an_author_hears_of_everything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
