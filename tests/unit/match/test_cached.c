/* Hits do not depend on where the compiled patterns come from, nor on how many lexicons bring them. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "match_bench.h"
#include "own_cache.h"

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

/* Hits as "entry:first+count ", in the engine's order; to be freed. */
static char *hits_of(match_bench *b, const char *text)
{
    att_buffer out = {0};

    match_bench_match(b, &text, 1);
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
    match_bench b = match_bench_new(first, second, NULL);
    char *hits = hits_of(&b, TEXT);
    att_lexicon_cache how = att_lexicon_cached(b.lexicon);
    *cache = how.state;
    if (file && how.file)
        (void)snprintf(file, 200, "attune/%s", strrchr(how.file, '/') + 1);
    match_bench_clear(&b);
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
