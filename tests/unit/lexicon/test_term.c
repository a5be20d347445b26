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
    att_element_kind kind = lexicon->elements[lexicon->sequence[lexicon->entries[0].first]].kind;

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
    char *text = shown(lexicon, lexicon->entries[0].first, lexicon->entries[0].length);
    size_t bytes = 0;

    /* However the dictionary cuts, nothing is lost. */
    for (const char *c = text; *c; c++)
        bytes += *c != ' ';
    assert_int_equal(bytes, strlen("精神健康"));
    free(text);
    att_lexicon_free(lexicon);
}

static void test_term__equal_elements_are_one(void **state)
{
    (void)state;
    att_lexicon *lexicon = given(HEAD "  a: [peer support, PEER worker]\n  b: [Peer, peer*, peer-support]\n");
    const uint32_t *sequence = lexicon->sequence;
    const att_entry *entries = lexicon->entries;

    assert_int_equal(lexicon->element_count, 4); /* peer support worker peer* */
    assert_int_equal(sequence[entries[0].first], sequence[entries[1].first]);
    assert_int_equal(sequence[entries[0].first], sequence[entries[2].first]);
    assert_int_not_equal(sequence[entries[0].first], sequence[entries[3].first]);
    assert_int_equal(sequence[entries[4].first + 1], sequence[entries[0].first + 1]);
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
        assert_int_equal(lexicon->sequence[lexicon->entries[i].first],
                         lexicon->sequence[lexicon->entries[i + 5000].first]);
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
    assert_refused(yaml.data, "x.yml:5:7: an entry of more than 64 words of 1,000 bytes; shorten it");
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
    assert_int_equal(lexicon->entries[0].length, 64);
    assert_int_equal(lexicon->elements[lexicon->sequence[lexicon->entries[1].first]].text.size, 1000);
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
        cmocka_unit_test(test_term__equal_elements_are_one),
        cmocka_unit_test(test_term__many_elements_are_found_again),
        cmocka_unit_test(test_term__of_punctuation_alone_is_refused),
        cmocka_unit_test(test_term__limits_have_messages),
        cmocka_unit_test(test_term__at_the_limits_is_fine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
