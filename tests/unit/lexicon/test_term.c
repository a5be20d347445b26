/* An entry's words become elements just as a transcript's words become tokens. */
#include "given.h"

/* A lexicon with one marker and this one entry, quoted as YAML's double quotes want it. */
static att_lexicon *with_entry(const char *language, const char *term)
{
    att_buffer yaml = {0};

    att_buffer_format(&yaml, "name: Test\nlanguage: %s\nmarkers:\n  m:\n    - \"%s\"\n", language, term);
    att_lexicon *lexicon = given(yaml.data);
    att_buffer_clear(&yaml);
    assert_int_equal(lexicon->entry_count, 1);
    return lexicon;
}

static void check(const char *language, const char *term, const char *expected)
{
    att_lexicon *lexicon = with_entry(language, term);

    assert_elements(lexicon, 0, expected);
    att_lexicon_free(lexicon);
}

static att_element_kind first_kind(const char *term)
{
    att_lexicon *lexicon = with_entry("en", term);
    att_element_kind kind = lexicon->elements[lexicon->sequence[form_of(lexicon, 0).first]].kind;

    att_lexicon_free(lexicon);
    return kind;
}

static void test_term__words_are_split_where_a_transcript_is(void **state)
{
    (void)state;
    check("en", "hope", "hope");
    check("en", "peer support", "peer support");
    check("en", "peer-support", "peer support");
    check("en", "  lived \\t experience ", "lived experience");
    check("en", "lived\\u00A0experience", "lived experience");
    check("en", "don't", "don't");
    check("en", "e.g.", "e.g");
    check("en", "3,000 people", "3,000 people");
    check("en", "(well)-being!", "well being");
    check("de", "Erfahrungsexpert*innen", "erfahrungsexpert*innen");
}

static void test_term__case_and_typography_are_folded(void **state)
{
    (void)state;
    check("en", "HOPE", "hope");
    check("en", "Don\\u2019t", "don't");
    check("de", "Straße", "strasse");
    check("de", "GENESUNGSBEGLEITER", "genesungsbegleiter");
    check("en", "cafe\\u0301", "caf\xC3\xA9");
    check("en", "hope\\u00ADful", "hopeful");
    check("tr", "İyi", "i\xCC\x87yi");
}

static void test_term__globs_stay_in_their_token(void **state)
{
    (void)state;
    check("en", "diagnos*", "diagnos*");
    check("en", "*support*", "*support*");
    check("en", "wom?n", "wom?n");
    check("en", "*-support", "* support");
    check("en", "peer-*", "peer *");
    check("en", "don'*", "don'*");
    check("en", "Don\\u2019*", "don'*");
    check("en", "a * b", "a * b");
    check("en", "lived experienc*", "lived experienc*");
    check("de", "GRÖẞ*", "gröss*");
    check("ru", "диагноз*", "диагноз*");
    check("he", "אבחנ*", "אבחנ*");
    check("hi", "निदान*", "निदान*");
}

static void test_term__glob_kinds_and_literal_kinds_are_told_apart(void **state)
{
    (void)state;
    assert_int_equal(first_kind("hope"), ATT_LITERAL);
    assert_int_equal(first_kind("hope*"), ATT_GLOB);
    assert_int_equal(first_kind("hop?"), ATT_GLOB);
}

static void test_term__a_run_of_globs_is_written_one_way(void **state)
{
    (void)state;
    check("en", "self**", "self*");
    check("en", "self***x", "self*x");
    check("en", "self*?", "self?*");
    check("en", "self?*?*", "self??*");
}

static void test_term__a_glob_in_a_script_without_spaces_keeps_its_piece_whole(void **state)
{
    (void)state;
    check("th", "ไทย*", "ไทย*");
    check("ja", "支援*", "支援*");
    check("ja", "サポート*", "サポート*");
    check("ja", "支援者*", "支援者*");
    check("ja", "サポート-*", "サポート *");
    check("ja", "日本語abc*", "日本語 abc*");
    check("ko", "지원*", "지원*");
    check("ko", "*지원", "*지원");
    check("ko", "지원-*", "지원 *");
}

static void test_term__chinese_without_globs_is_cut_by_the_dictionary(void **state)
{
    (void)state;
    att_lexicon *lexicon = with_entry("zh", "精神健康");
    char *text = shown(lexicon, form_of(lexicon, 0).first, form_of(lexicon, 0).length);
    size_t bytes = 0;

    /* However the dictionary cuts, nothing is lost. */
    for (const char *c = text; *c; c++)
        bytes += *c != ' ';
    assert_int_equal(bytes, strlen("精神健康"));
    free(text);
    att_lexicon_free(lexicon);
}

static void test_term__alternatives_are_written_out(void **state)
{
    (void)state;
    check("en", "(peer|recovery college|) support*", "peer support*; recovery college support*; support*");
    check("en", "a (b|c) (d|e)", "a b d; a c d; a b e; a c e");
    check("en", "(a (b|c d)|e)", "a b; a c d; e");
    check("en", "(peer|recovery)-support", "peer support; recovery support");
    check("en", "diagnos(is|es)", "diagnosis; diagnoses");
    check("en", "(re|)hospitali(s|z)*", "rehospitalis*; hospitalis*; rehospitaliz*; hospitaliz*");
    check("en", "(DON'T|Don\u2019t) know", "don't know");
    check("en", "(well)-being", "well being");
    check("de", "(Psychose|Wahn)erfahrung(en|)",
          "psychoseerfahrungen; wahnerfahrungen; psychoseerfahrung; wahnerfahrung");
}

static void test_term__an_optional_part_may_be_left_out(void **state)
{
    (void)state;
    check("en", "[really] good", "really good; good");
    check("en", "not [at all|very] good", "not at all good; not very good; not good");
    check("en", "peer[s]", "peers; peer");
    check("en", "[a [b]] c", "a b c; a c; c");
}

static void test_term__a_gap_is_up_to_so_many_tokens(void **state)
{
    (void)state;
    check("en", "lived ~2 experience", "lived experience; lived * experience; lived * * experience");
    check("en", "(not ~1|never) good", "not good; not * good; never good");
    check("en", "not * good", "not * good");
    check("en", "a ~1 ~1 b", "a b; a * b; a * * b");
    check("en", "a (~1) b", "a b; a * b");
    check("en", "a ~ b ~ish", "a b ish");
}

static void test_term__equal_ways_are_one(void **state)
{
    (void)state;
    check("en", "(a|A|a) [b|B]", "a b; a");
    check("en", "(peer support|peer-support)", "peer support");
}

static void test_term__a_backslash_takes_a_sign_as_it_stands(void **state)
{
    (void)state;
    check("en", "well \\\\(being\\\\)", "well being");
    check("en", "a\\\\|b", "a b");
    check("de", "Erfahrungsexpert\\\\*innen", "erfahrungsexpert innen");
    check("en", "(a\\\\||b\\\\?) c", "a c; b c");
    check("en", "x\\\\\\\\y", "x y");
    check("en", "\\\\hope", "hope");
}

static void assert_term_refused(const char *term, const char *message)
{
    att_buffer yaml = {0}, expected = {0};

    att_buffer_format(&yaml, HEAD "  m:\n    - '%s'\n", term);
    att_buffer_format(&expected, "x.yml:5:7: '%s' %s", term, message);
    assert_refused(yaml.data, expected.data);
    att_buffer_clear(&yaml);
    att_buffer_clear(&expected);
}

static void test_term__what_can_match_nothing_is_refused(void **state)
{
    static const char nothing[] =
        "can be written out with no word at all and would match nothing; put a word outside of "
        "the brackets, or delete it";

    (void)state;
    assert_term_refused("(a|)", nothing);
    assert_term_refused("[a] [b]", nothing);
    assert_term_refused("(a|!)", nothing);
    assert_term_refused("()", nothing);
    assert_term_refused("\\*", nothing);
}

static void test_term__brackets_must_close(void **state)
{
    static const char round[] = "has a ( without its ); close it, or write \\( for the sign";
    static const char square[] = "has a [ without its ]; close it, or write \\[ for the sign";
    static const char stray[] = "closes a bracket that is not open; open it, or write a backslash before the sign";

    (void)state;
    assert_term_refused("(a|b", round);
    assert_term_refused("(a]", round);
    assert_term_refused("a (b (c) d", round);
    assert_term_refused("[a", square);
    assert_term_refused("a (b [c)", square);
    assert_term_refused("a) b", stray);
    assert_term_refused("a ]", stray);
    assert_term_refused("a | b", "has a | outside of brackets; put the alternatives into round brackets, or write \\| "
                                 "for the sign");
    assert_term_refused("a \\", "ends in a backslash; write the sign behind it that it protects, or \\\\ for itself");
}

static void test_term__a_gap_stands_between_two_words(void **state)
{
    static const char none[] =
        "has a ~ that is no gap; write a gap of up to two words as ~2 between two words (at most "
        "62), or \\~ for the sign";
    static const char edge[] = "has a gap that can come first or last; put it between two words that are always there";

    (void)state;
    assert_term_refused("a ~0 b", none);
    assert_term_refused("a ~63 b", none);
    assert_term_refused("a ~99999999999999999999 b", none);
    assert_term_refused("a~2 b", none);
    assert_term_refused("a ~2b", none);
    assert_term_refused("~2 b", edge);
    assert_term_refused("a ~2", edge);
    assert_term_refused("a ~2 !", edge);
    assert_term_refused("[a] ~2 b", edge);
}

static void test_term__ways_have_limits(void **state)
{
    att_buffer term = {0};

    (void)state;
    assert_term_refused("(a|b|c|d|e)(a|b|c|d|e)(a|b|c|d|e)(a|b|c|d|e)(a|b|c|d|e)(a|b|c|d|e)(a|b)",
                        "can be written out in more than 20,000 ways; write several entries");
    assert_term_refused("x ~30 x ~30 x ~30 x", "can be written out in more than 20,000 ways; write several entries");
    assert_term_refused("((((((((((((((((((((((((((((((((((a))))))))))))))))))))))))))))))))))",
                        "has brackets that are nested more than 32 deep; write several entries");
    att_buffer_text(&term, HEAD "  m:\n    - '(a|b|c|d|e)(a|b|c|d|e)(a|b|c|d|e)(a|b|c|d|e)(a|b|c|d|e)(a|b|c|d|e)");
    for (int i = 0; i < 10; i++)
        att_buffer_text(&term, " x");
    att_buffer_text(&term, "'\n");
    att_lexicon *lexicon = NULL;
    att_error error = {.status = ATT_OK};
    assert_int_equal(att_lexicon_parse(&lexicon, "x.yml", att_span_of(term.data), NULL, &error), ATT_BAD_INPUT);
    assert_non_null(strstr(error.message,
                           "comes to more than 100,000 words or 8 MiB when all its ways are written out; "
                           "write several entries"));
    att_buffer_clear(&term);
}

static void test_term__five_thousand_alternatives_are_fine(void **state)
{
    att_buffer yaml = {0};

    (void)state;
    att_buffer_text(&yaml, HEAD "  m:\n    - '(");
    for (int i = 0; i < 5000; i++)
        att_buffer_format(&yaml, "%salternative%d", i ? "|" : "", i);
    att_buffer_text(&yaml, ") support*'\n");
    att_lexicon *lexicon = given(yaml.data);
    assert_int_equal(lexicon->entries[0].forms, 5000);
    assert_int_equal(lexicon->element_count, 5001);
    att_lexicon_free(lexicon);
    att_buffer_clear(&yaml);
}

/* 13 KiB that would come to 13 GiB. */
static void test_term__many_entries_of_many_ways_have_a_limit_together(void **state)
{
    att_buffer yaml = {0};

    (void)state;
    att_buffer_text(&yaml, HEAD "  m:\n");
    for (int i = 0; i < 200; i++)
        att_buffer_format(&yaml,
                          "    - '(a|b|c|d|e)(a|b|c|d|e)(a|b|c|d|e)(a|b|c|d|e)(a|b|c|d|e)(a|b|c|d|e) x x x %d'\n", i);
    att_lexicon *lexicon = NULL;
    att_error error = {.status = ATT_OK};
    assert_int_equal(att_lexicon_parse(&lexicon, "x.yml", att_span_of(yaml.data), NULL, &error), ATT_BAD_INPUT);
    assert_non_null(strstr(error.message, "the entries of the lexicon come to more than 4,000,000 words or 256 MiB"));
    att_buffer_clear(&yaml);
}

static void test_term__equal_elements_are_one(void **state)
{
    (void)state;
    att_lexicon *lexicon = given(HEAD "  a: [peer support, PEER worker]\n  b: [Peer, peer*, peer-support]\n");
    const uint32_t *sequence = lexicon->sequence;

    assert_int_equal(lexicon->element_count, 4); /* peer support worker peer* */
    assert_int_equal(sequence[form_of(lexicon, 0).first], sequence[form_of(lexicon, 1).first]);
    assert_int_equal(sequence[form_of(lexicon, 0).first], sequence[form_of(lexicon, 2).first]);
    assert_int_not_equal(sequence[form_of(lexicon, 0).first], sequence[form_of(lexicon, 3).first]);
    assert_int_equal(sequence[form_of(lexicon, 4).first + 1], sequence[form_of(lexicon, 0).first + 1]);
    att_lexicon_free(lexicon);
}

static void test_term__many_elements_are_found_again(void **state)
{
    (void)state;
    att_buffer yaml = {0};

    att_buffer_text(&yaml, HEAD);
    for (int marker = 0; marker < 2; marker++) {
        att_buffer_format(&yaml, "  m%d:\n", marker);
        for (int i = 0; i < 5000; i++)
            att_buffer_format(&yaml, "    - word%d\n", i);
    }
    att_lexicon *lexicon = given(yaml.data);
    assert_int_equal(lexicon->element_count, 5000);
    assert_int_equal(lexicon->entry_count, 10000);
    for (uint32_t i = 0; i < 5000; i++)
        assert_int_equal(lexicon->sequence[form_of(lexicon, i).first],
                         lexicon->sequence[form_of(lexicon, i + 5000).first]);
    att_lexicon_free(lexicon);
    att_buffer_clear(&yaml);
}

static void test_term__of_punctuation_alone_is_refused(void **state)
{
    (void)state;
    assert_refused(HEAD "  m:\n    - hope\n    - '!.'\n",
                   "x.yml:6:7: '!.' can never match: it holds no word; write a word, or delete it");
    assert_refused(HEAD "  m: ['']\n", "x.yml:4:7: '' can never match: it holds no word; write a word, or delete it");
    assert_refused(HEAD "  m: ['   ']\n",
                   "x.yml:4:7: '   ' can never match: it holds no word; write a word, or delete it");
}

static void test_term__limits_have_messages(void **state)
{
    (void)state;
    att_buffer yaml = {0};

    att_buffer_text(&yaml, HEAD "  m:\n    - ");
    for (int i = 0; i < 1001; i++)
        att_buffer_char(&yaml, 'x');
    assert_refused(yaml.data, "x.yml:5:7: a word of more than 1,000 bytes; shorten it");

    yaml.size = 0;
    att_buffer_text(&yaml, HEAD "  m:\n    - ");
    for (int i = 0; i < 65; i++)
        att_buffer_text(&yaml, "x ");
    assert_refused(yaml.data, "x.yml:5:7: more than 64 words in one entry; shorten it");

    yaml.size = 0;
    att_buffer_text(&yaml, HEAD "  m:\n    - ");
    for (int i = 0; i < 3000000; i++)
        att_buffer_char(&yaml, 'x');
    assert_refused(yaml.data, "x.yml:5:7: an entry of more than 1 MiB; write several entries");
    att_buffer_clear(&yaml);
}

static void test_term__at_the_limits_is_fine(void **state)
{
    (void)state;
    att_buffer yaml = {0};

    att_buffer_text(&yaml, HEAD "  m:\n    - ");
    for (int i = 0; i < 64; i++)
        att_buffer_text(&yaml, "x ");
    att_buffer_text(&yaml, "\n    - ");
    for (int i = 0; i < 1000; i++)
        att_buffer_char(&yaml, 'x');
    att_lexicon *lexicon = given(yaml.data);
    assert_int_equal(form_of(lexicon, 0).length, 64);
    assert_int_equal(lexicon->elements[lexicon->sequence[form_of(lexicon, 1).first]].text.size, 1000);
    att_lexicon_free(lexicon);
    att_buffer_clear(&yaml);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_term__words_are_split_where_a_transcript_is),
        cmocka_unit_test(test_term__case_and_typography_are_folded),
        cmocka_unit_test(test_term__globs_stay_in_their_token),
        cmocka_unit_test(test_term__glob_kinds_and_literal_kinds_are_told_apart),
        cmocka_unit_test(test_term__a_run_of_globs_is_written_one_way),
        cmocka_unit_test(test_term__a_glob_in_a_script_without_spaces_keeps_its_piece_whole),
        cmocka_unit_test(test_term__chinese_without_globs_is_cut_by_the_dictionary),
        cmocka_unit_test(test_term__alternatives_are_written_out),
        cmocka_unit_test(test_term__an_optional_part_may_be_left_out),
        cmocka_unit_test(test_term__a_gap_is_up_to_so_many_tokens),
        cmocka_unit_test(test_term__equal_ways_are_one),
        cmocka_unit_test(test_term__a_backslash_takes_a_sign_as_it_stands),
        cmocka_unit_test(test_term__what_can_match_nothing_is_refused),
        cmocka_unit_test(test_term__brackets_must_close),
        cmocka_unit_test(test_term__a_gap_stands_between_two_words),
        cmocka_unit_test(test_term__ways_have_limits),
        cmocka_unit_test(test_term__five_thousand_alternatives_are_fine),
        cmocka_unit_test(test_term__many_entries_of_many_ways_have_a_limit_together),
        cmocka_unit_test(test_term__equal_elements_are_one),
        cmocka_unit_test(test_term__many_elements_are_found_again),
        cmocka_unit_test(test_term__of_punctuation_alone_is_refused),
        cmocka_unit_test(test_term__limits_have_messages),
        cmocka_unit_test(test_term__at_the_limits_is_fine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
