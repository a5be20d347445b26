/* Hits do not depend on where the compiled patterns come from, nor on how many lexicons bring them. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "match/engine.h"
#include "own_cache.h"
#include "tokenise/tokenise.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT                                                                                                           \
    "Hoped for her hopes; NAPA maps, MAPS, CLAMPs and maps. The diagnosis (diagnoses, undiagnosed) came late, "        \
    "\xC3\x84rztin, "                                                                                                  \
    "Z\xC3\xA4hne zahm ohne Hoffnung, not re-hospitalised but rehospitalized, hospitalises, the drama's end."

#define FIRST                                                                                                          \
    "name: t\nlanguage: en\nmarkers:\n"                                                                                \
    "  a: ['?ope?', '*a*e*', '*diagnos*', hop*, the ?*ma*]\n"                                                          \
    "  b:\n    - {term: '?AP?', case: exact}\n    - {term: '*A*P*', case: exact}\n"                                    \
    "  c:\n    - {regex: '(re)?hospitali[sz]e[sd]?'}\n    - {regex: '[a-z]{3}'}\n    - {regex: '.*hn.*'}\n"

/* Patterns of the first, in another order, and others. */
#define SECOND                                                                                                         \
    "name: t\nlanguage: en\nmarkers:\n"                                                                                \
    "  c:\n    - {regex: '.*hn.*'}\n    - {regex: 'd.*s'}\n"                                                           \
    "  d: ['?*z?', '*diagnos*', '*a*e*', '?ope?', '?ope? for']\n"

typedef struct {
    att_lexicon *lexicons[2];
    att_scheme_map map;
    att_engine *engine;
    att_matcher *matcher;
    att_word_rules *rules;
    att_tokeniser *tokeniser;
    att_vocabulary *vocabulary;
    att_tokens tokens;
    att_hits hits;
} bench;

/* Hits as "entry:first+count ", in the engine's order; to be freed. */
static char *hits_of(bench *b, const char *text)
{
    att_buffer out = {0};

    assert_int_equal(att_tokenise(b->tokeniser, att_span_of(text), &b->tokens, NULL), ATT_OK);
    assert_int_equal(att_vocabulary_assign(b->vocabulary, &b->tokens, att_matcher_learn, b->matcher, NULL), ATT_OK);
    assert_int_equal(att_match(b->matcher, &b->tokens, &b->hits, NULL), ATT_OK);
    att_buffer_text(&out, "");
    for (size_t i = 0; i < b->hits.count; i++)
        att_buffer_format(&out, "%s %s:%u+%u\n", b->map.scheme.nodes[b->hits.items[i].node].path,
                          att_engine_entry(b->engine, b->hits.items[i].entry)->term, b->hits.items[i].first,
                          b->hits.items[i].count);
    assert_false(out.failed);
    return out.data;
}

/* The hits of a text in one or two lexicons, loaded anew; *cache: how it was with that of the first. To be freed. */
static char *search(const char *first, const char *second, att_cache_state *cache, char file[200])
{
    bench b = {0};
    size_t count = second ? 2 : 1;
    att_error error = {0};

    if (att_lexicon_parse(&b.lexicons[0], "first.yml", att_span_of(first), NULL, &error) ||
        (second && att_lexicon_parse(&b.lexicons[1], "second.yml", att_span_of(second), NULL, &error)))
        fail_msg("%s", error.message);
    const att_lexicon *const lexicons[] = {b.lexicons[0], b.lexicons[1]};
    assert_int_equal(att_scheme_build(&b.map, lexicons, count, NULL), ATT_OK);
    const att_marker_nodes *const nodes[] = {b.map.of[0], second ? b.map.of[1] : NULL};
    assert_int_equal(att_engine_new(&b.engine, lexicons, nodes, count, (att_cue_lexicons){NULL, 0}, NULL), ATT_OK);
    assert_int_equal(att_matcher_new(&b.matcher, b.engine, NULL), ATT_OK);
    assert_int_equal(att_word_rules_new(&b.rules, "en", NULL), ATT_OK);
    assert_int_equal(att_tokeniser_new(&b.tokeniser, b.rules, NULL), ATT_OK);
    assert_int_equal(att_vocabulary_new(&b.vocabulary, 0, NULL), ATT_OK);
    char *hits = hits_of(&b, TEXT);
    att_lexicon_cache how = att_lexicon_cached(b.lexicons[0]);
    *cache = how.state;
    if (file && how.file)
        (void)snprintf(file, 200, "attune/%s", strrchr(how.file, '/') + 1);
    att_tokens_clear(&b.tokens);
    att_hits_clear(&b.hits);
    att_vocabulary_free(b.vocabulary);
    att_tokeniser_free(b.tokeniser);
    att_word_rules_free(b.rules);
    att_matcher_free(b.matcher);
    att_engine_free(b.engine);
    att_scheme_clear(&b.map);
    att_lexicon_free(b.lexicons[0]);
    att_lexicon_free(b.lexicons[1]);
    return hits;
}

static void expect_hits(const char *first, const char *second, att_cache_state expected, const char *hits)
{
    att_cache_state cache;
    char *found = search(first, second, &cache, NULL);

    assert_int_equal(cache, expected);
    assert_string_equal(found, hits);
    free(found);
}

static void test_cached__the_same_hits_from_everywhere(void **state)
{
    att_cache_state cache;
    char file[200] = "";

    (void)state;
    setenv("ATTUNE_CACHE", "off", 1);
    char *hits = search(FIRST, NULL, &cache, NULL);
    assert_int_equal(cache, ATT_CACHE_FAILED);
    assert_non_null(strstr(hits, "a ?ope?:"));
    assert_non_null(strstr(hits, "a the ?*ma*:"));
    assert_non_null(strstr(hits, "b ?AP?:"));
    assert_non_null(strstr(hits, "b *A*P*:"));
    assert_non_null(strstr(hits, "c .*hn.*:"));
    unsetenv("ATTUNE_CACHE");
    expect_hits(FIRST, NULL, ATT_CACHE_MADE, hits);
    expect_hits(FIRST, NULL, ATT_CACHE_FOUND, hits);
    free(search(FIRST, NULL, &cache, file));
    scratch_write(file, "damaged");
    expect_hits(FIRST, NULL, ATT_CACHE_MADE, hits);
    expect_hits(FIRST, NULL, ATT_CACHE_FOUND, hits);
    free(hits);
}

static void test_cached__lexicons_together_take_what_each_has_kept_alone(void **state)
{
    att_cache_state cache;

    (void)state;
    setenv("ATTUNE_CACHE", "off", 1);
    char *hits = search(FIRST, SECOND, &cache, NULL), *turned = search(SECOND, FIRST, &cache, NULL);
    unsetenv("ATTUNE_CACHE");
    free(search(FIRST, NULL, &cache, NULL));
    free(search(SECOND, NULL, &cache, NULL));
    expect_hits(FIRST, SECOND, ATT_CACHE_FOUND, hits);
    expect_hits(SECOND, FIRST, ATT_CACHE_FOUND, turned);
    free(hits);
    free(turned);
}

/* A pattern that stands in two lexicons is one element, found once. */
static void test_cached__patterns_of_two_lexicons_do_not_add_up(void **state)
{
    att_cache_state cache;

    (void)state;
    char *alone = search(FIRST, NULL, &cache, NULL), *twice = search(FIRST, FIRST, &cache, NULL);
    assert_string_equal(alone, twice);
    free(alone);
    free(twice);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_cached__the_same_hits_from_everywhere, setup, teardown),
        cmocka_unit_test_setup_teardown(test_cached__lexicons_together_take_what_each_has_kept_alone, setup, teardown),
        cmocka_unit_test_setup_teardown(test_cached__patterns_of_two_lexicons_do_not_add_up, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
