#include "match_bench.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <attune/lexicon.h>
#include <string.h>

static void check(att_status status, const att_error *error, const char *text)
{
    if (status)
        fail_msg("%s\n%s", error->message, text);
}

match_bench match_bench_new(const char *yaml, const char *second, const char *cues)
{
    match_bench b = {0};
    att_error error = {0};
    size_t count = second ? 2 : 1;

    check(att_lexicon_parse(&b.lexicon, "test.yml", att_span_of(yaml), NULL, &error), &error, yaml);
    if (second)
        check(att_lexicon_parse(&b.second, "second.yml", att_span_of(second), NULL, &error), &error, second);
    if (cues && strchr(cues, '\n'))
        check(att_lexicon_parse(&b.cues, "cues.yml", att_span_of(cues), NULL, &error), &error, cues);
    else if (cues)
        check(att_lexicon_load(&b.cues, cues, NULL, &error), &error, cues);
    const att_lexicon *lexicons[] = {b.lexicon, b.second}, *lists[] = {b.cues};
    assert_int_equal(att_scheme_build(&b.map, lexicons, count, NULL), ATT_OK);
    const att_marker_nodes *nodes[] = {b.map.of[0], second ? b.map.of[1] : NULL};
    check(att_engine_new(&b.engine, lexicons, nodes, count, (att_cue_lexicons){lists, cues ? 1 : 0}, &error), &error,
          yaml);
    assert_int_equal(att_matcher_new(&b.matcher, b.engine, NULL), ATT_OK);
    assert_int_equal(att_word_rules_new(&b.rules, b.lexicon->language, NULL), ATT_OK);
    assert_int_equal(att_tokeniser_new(&b.tokeniser, b.rules, NULL), ATT_OK);
    assert_int_equal(att_vocabulary_new(&b.vocabulary, 0, NULL), ATT_OK);
    return b;
}

void match_bench_clear(match_bench *b)
{
    att_tokens_clear(&b->tokens);
    att_hits_clear(&b->hits);
    att_vocabulary_free(b->vocabulary);
    att_tokeniser_free(b->tokeniser);
    att_word_rules_free(b->rules);
    att_matcher_free(b->matcher);
    att_engine_free(b->engine);
    att_scheme_clear(&b->map);
    att_lexicon_free(b->cues);
    att_lexicon_free(b->second);
    att_lexicon_free(b->lexicon);
}

void match_bench_match(match_bench *b, const char *const *texts, size_t count)
{
    att_tokens_empty(&b->tokens);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(att_tokenise_add(b->tokeniser, att_span_of(texts[i]), &b->tokens, NULL), ATT_OK);
    assert_int_equal(att_vocabulary_assign(b->vocabulary, &b->tokens, att_matcher_learn, b->matcher, NULL), ATT_OK);
    assert_int_equal(att_match(b->matcher, &b->tokens, &b->hits, NULL), ATT_OK);
}
