/* What stands between tokens. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "tokenise/tokenise.h"

#include <string.h>

/* Gaps as text, one field a gap: S space, . sentence, , clause, < opening quote, > closing quote, ( ) brackets, N line.
 */
static void assert_gaps(const char *text, const char *expected)
{
    static const char letters[] = "S.,<>()N";
    att_word_rules *rules = NULL;
    att_tokeniser *tokeniser = NULL;
    att_tokens tokens = {0};
    att_buffer found = {0};

    assert_int_equal(att_word_rules_new(&rules, "en", NULL), ATT_OK);
    assert_int_equal(att_tokeniser_new(&tokeniser, rules, NULL), ATT_OK);
    assert_int_equal(att_tokenise(tokeniser, att_span_of(text), &tokens, NULL), ATT_OK);
    att_gaps_classify(&tokens, &tokens.turns[0], 0, tokens.count);
    att_buffer_text(&found, "");
    for (size_t i = 0; i <= tokens.count; i++) {
        if (i)
            att_buffer_char(&found, '|');
        for (unsigned bit = 0; bit < 8; bit++)
            if (tokens.gap[i] & 1u << bit)
                att_buffer_char(&found, letters[bit]);
    }
    assert_string_equal(found.data, expected);
    att_buffer_clear(&found);
    att_tokens_clear(&tokens);
    att_tokeniser_free(tokeniser);
    att_word_rules_free(rules);
}

static void test_gaps__one_space_or_nothing(void **state)
{
    (void)state;
    assert_gaps("one two", "|S|");
    assert_gaps("peer-support", "||");
    assert_gaps("", "");
    assert_gaps("  ", "S");
}

static void test_gaps__sentence_and_clause_ends(void **state)
{
    (void)state;
    assert_gaps("Yes. No, well; so: what? Stop!", "|S.|S,|S,|S,|S.|.");
    assert_gaps("so\xE2\x80\xA6 well", "|S.|");
    assert_gaps("\xE0\xA4\xB9\xE0\xA4\xBE\xE0\xA4\x81\xE0\xA5\xA4 \xE0\xA4\xA8", "|S.|"); /* Devanagari danda */
}

static void test_gaps__a_dash_between_spaces_ends_a_clause_a_hyphen_does_not(void **state)
{
    (void)state;
    assert_gaps("well - so", "|S,|");
    assert_gaps("well -- so", "|S,|");
    assert_gaps("in- and out", "|S|S|");
    assert_gaps("one\xE2\x80\x94two", "|,|");    /* em dash */
    assert_gaps("one \xE2\x80\x93 two", "|S,|"); /* en dash */
    assert_gaps("1990\xE2\x80\x93"
                "1995",
                "||");
}

static void test_gaps__quotes_open_and_close_by_what_they_touch(void **state)
{
    (void)state;
    assert_gaps("he said \"no way\" twice", "|S|S<|S|S>|");
    assert_gaps("\"no\"", "<|>");
    assert_gaps("er sagte \xE2\x80\x9Enein\xE2\x80\x9C.", "|S|S<|.>");
    assert_gaps("han sa \xE2\x80\x9Dnej\xE2\x80\x9D", "|S|S<|>");
    assert_gaps("the \xC2\xBBmad\xC2\xAB one", "|S<|S>|");
    assert_gaps("a \"(b)\" c", "|S<(|S>)|");
    assert_gaps("a \" b", "|S<>|");
}

static void test_gaps__brackets_and_lines(void **state)
{
    (void)state;
    assert_gaps("one (two) three", "|S(|S)|");
    assert_gaps("one\ntwo\r\nthree", "|SN|SN|");
    assert_gaps("one\xE2\x80\xA8two", "|SN|"); /* line separator */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gaps__one_space_or_nothing),
        cmocka_unit_test(test_gaps__sentence_and_clause_ends),
        cmocka_unit_test(test_gaps__a_dash_between_spaces_ends_a_clause_a_hyphen_does_not),
        cmocka_unit_test(test_gaps__quotes_open_and_close_by_what_they_touch),
        cmocka_unit_test(test_gaps__brackets_and_lines),
    };
    return cmocka_run_group_tests_name("gaps", tests, NULL, NULL);
}
