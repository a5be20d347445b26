/* Raw token bytes to type ids. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tokenise/tokenise.h"
#include "tokenise/vocabulary.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    att_word_rules *rules;
    att_tokeniser *tokeniser;
    att_vocabulary *vocabulary;
    att_tokens tokens;
} reader;

static reader reader_new(size_t limit)
{
    reader r = {0};

    assert_int_equal(att_word_rules_new(&r.rules, "en", NULL), ATT_OK);
    assert_int_equal(att_tokeniser_new(&r.tokeniser, r.rules, NULL), ATT_OK);
    assert_int_equal(att_vocabulary_new(&r.vocabulary, limit, NULL), ATT_OK);
    return r;
}

static void reader_clear(reader *r)
{
    att_tokens_clear(&r->tokens);
    att_vocabulary_free(r->vocabulary);
    att_tokeniser_free(r->tokeniser);
    att_word_rules_free(r->rules);
}

/* The text in an allocation of exactly its size, so that AddressSanitizer sees a byte too many. */
static char *read_text(reader *r, const char *text, size_t size)
{
    char *copy = malloc(size ? size : 1);

    assert_non_null(copy);
    memcpy(copy, text, size);
    assert_int_equal(att_tokenise(r->tokeniser, (att_span){copy, size}, &r->tokens, NULL), ATT_OK);
    assert_int_equal(att_vocabulary_assign(r->vocabulary, &r->tokens, NULL, NULL, NULL), ATT_OK);
    return copy;
}

static void test_vocabulary__equal_tokens_have_one_type(void **state)
{
    (void)state;
    reader r = reader_new(0);
    free(read_text(&r, "the nurse and the Nurse", 23));
    assert_int_equal(r.tokens.count, 5);
    assert_int_equal(r.tokens.type[0], r.tokens.type[3]);
    assert_int_not_equal(r.tokens.type[1], r.tokens.type[4]); /* raw bytes: case counts */
    assert_int_equal(att_vocabulary_count(r.vocabulary), 4);
    att_span text = att_vocabulary_text(r.vocabulary, r.tokens.type[1]);
    assert_true(att_span_equal(text, att_span_of("nurse")));
    reader_clear(&r);
}

static void test_vocabulary__lengths_around_the_inline_key_are_told_apart(void **state)
{
    (void)state;
    reader r = reader_new(0);
    char text[8192];
    size_t size = 0;
    /* Each length from 1 to 40, twice, and a version that differs in the last byte only. */
    for (int round = 0; round < 2; round++)
        for (int length = 1; length <= 40; length++)
            for (int last = 0; last < 2; last++) {
                memset(text + size, 'x', (size_t)length);
                text[size + (size_t)length - 1] = last ? 'y' : 'x';
                size += (size_t)length;
                text[size++] = ' ';
            }
    free(read_text(&r, text, size));
    for (size_t i = 0; i < r.tokens.count; i++)
        for (size_t j = 0; j < i; j++) {
            att_span a = {text + r.tokens.start[i], r.tokens.end[i] - r.tokens.start[i]};
            att_span b = {text + r.tokens.start[j], r.tokens.end[j] - r.tokens.start[j]};
            assert_int_equal(r.tokens.type[i] == r.tokens.type[j], att_span_equal(a, b));
        }
    reader_clear(&r);
}

static void test_vocabulary__grows_and_keeps_what_it_knows(void **state)
{
    (void)state;
    reader r = reader_new(0);
    char word[64];
    for (int i = 0; i < 50000; i++) {
        int size = snprintf(word, sizeof word, "%s%d", i % 3 ? "w" : "averyveryverylongword", i);
        free(read_text(&r, word, (size_t)size));
        assert_int_equal(r.tokens.type[0], (uint32_t)i);
    }
    for (int i = 0; i < 50000; i += 7) {
        int size = snprintf(word, sizeof word, "%s%d", i % 3 ? "w" : "averyveryverylongword", i);
        free(read_text(&r, word, (size_t)size));
        assert_int_equal(r.tokens.type[0], (uint32_t)i);
        assert_true(att_span_equal(att_vocabulary_text(r.vocabulary, (uint32_t)i), (att_span){word, (size_t)size}));
    }
    reader_clear(&r);
}

static att_status learn_length(void *context, uint32_t type, att_span token, uint64_t *note, att_error *error)
{
    (void)type;
    (void)error;
    ++*(int *)context;
    *note = token.size;
    return ATT_OK;
}

static void test_vocabulary__a_type_is_learnt_once_and_its_note_kept(void **state)
{
    (void)state;
    reader r = reader_new(0);
    int learnt = 0;
    att_span text = att_span_of("the nurse and the averyveryverylongword and the averyveryverylongword");
    for (int round = 0; round < 2; round++) {
        assert_int_equal(att_tokenise(r.tokeniser, text, &r.tokens, NULL), ATT_OK);
        assert_int_equal(att_vocabulary_assign(r.vocabulary, &r.tokens, learn_length, &learnt, NULL), ATT_OK);
        assert_int_equal(learnt, 4);
        for (size_t i = 0; i < r.tokens.count; i++)
            assert_int_equal(r.tokens.note[i], r.tokens.end[i] - r.tokens.start[i]);
    }
    reader_clear(&r);
}

static void test_vocabulary__is_full_at_its_limit_and_starts_anew_after_reset(void **state)
{
    (void)state;
    reader r = reader_new(3);
    free(read_text(&r, "one two", 7));
    assert_false(att_vocabulary_is_full(r.vocabulary));
    free(read_text(&r, "three four", 10));
    assert_true(att_vocabulary_is_full(r.vocabulary));
    att_vocabulary_reset(r.vocabulary);
    assert_false(att_vocabulary_is_full(r.vocabulary));
    free(read_text(&r, "four", 4));
    assert_int_equal(r.tokens.type[0], 0);
    assert_int_equal(att_vocabulary_count(r.vocabulary), 1);
    reader_clear(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vocabulary__equal_tokens_have_one_type),
        cmocka_unit_test(test_vocabulary__lengths_around_the_inline_key_are_told_apart),
        cmocka_unit_test(test_vocabulary__grows_and_keeps_what_it_knows),
        cmocka_unit_test(test_vocabulary__a_type_is_learnt_once_and_its_note_kept),
        cmocka_unit_test(test_vocabulary__is_full_at_its_limit_and_starts_anew_after_reset),
    };
    return cmocka_run_group_tests_name("vocabulary", tests, NULL, NULL);
}
