/* The engine against the reference matcher, on cases by hand and at random. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "reference.h"
#include "tokenise/tokenise.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Everything that one lexicon needs to match one text. */
typedef struct {
    att_lexicon *lexicon;
    att_lexicon *second;
    att_scheme_map map;
    att_engine *engine;
    att_matcher *matcher;
    att_word_rules *rules;
    att_tokeniser *tokeniser;
    att_vocabulary *vocabulary;
    att_folder *folder;
    att_tokens tokens;
    att_hits hits;
    att_hits expected;
} bench;

/* second: another lexicon, or NULL. */
static bench bench_of(const char *yaml, const char *second)
{
    bench b = {0};
    att_error error = {0};
    size_t count = second ? 2 : 1;

    if (att_lexicon_parse(&b.lexicon, "test.yml", att_span_of(yaml), NULL, &error) ||
        (second && att_lexicon_parse(&b.second, "second.yml", att_span_of(second), NULL, &error)))
        fail_msg("%s\n%s", error.message, yaml);
    const att_lexicon *lexicons[] = {b.lexicon, b.second};
    assert_int_equal(att_scheme_build(&b.map, lexicons, count, NULL), ATT_OK);
    const att_marker_nodes *nodes[] = {b.map.of[0], second ? b.map.of[1] : NULL};
    if (att_engine_new(&b.engine, lexicons, nodes, count, (att_cue_lexicons){NULL, 0}, &error))
        fail_msg("%s\n%s", error.message, yaml);
    assert_int_equal(att_matcher_new(&b.matcher, b.engine, NULL), ATT_OK);
    assert_int_equal(att_word_rules_new(&b.rules, b.lexicon->language, NULL), ATT_OK);
    assert_int_equal(att_tokeniser_new(&b.tokeniser, b.rules, NULL), ATT_OK);
    assert_int_equal(att_vocabulary_new(&b.vocabulary, 0, NULL), ATT_OK);
    assert_int_equal(att_folder_new(&b.folder, NULL), ATT_OK);
    return b;
}

static bench bench_new(const char *yaml)
{
    return bench_of(yaml, NULL);
}

static void bench_clear(bench *b)
{
    att_tokens_clear(&b->tokens);
    att_hits_clear(&b->hits);
    att_hits_clear(&b->expected);
    att_folder_free(b->folder);
    att_vocabulary_free(b->vocabulary);
    att_tokeniser_free(b->tokeniser);
    att_word_rules_free(b->rules);
    att_matcher_free(b->matcher);
    att_engine_free(b->engine);
    att_scheme_clear(&b->map);
    att_lexicon_free(b->lexicon);
    att_lexicon_free(b->second);
}

static void match_text(bench *b, const char *text)
{
    att_span span = att_span_of(text);

    assert_int_equal(att_tokenise(b->tokeniser, span, &b->tokens, NULL), ATT_OK);
    assert_int_equal(att_vocabulary_assign(b->vocabulary, &b->tokens, att_matcher_learn, b->matcher, NULL), ATT_OK);
    assert_int_equal(att_match(b->matcher, &b->tokens, &b->hits, NULL), ATT_OK);
}

static int compare_hits(const void *a, const void *b)
{
    const att_hit *x = a, *y = b;

    if (x->node != y->node)
        return x->node < y->node ? -1 : 1;
    return (x->first > y->first) - (x->first < y->first);
}

/* The hits as "path:first+count path:first+count", by node, then token. */
static void write_hits(const bench *b, att_hits *hits, att_buffer *out)
{
    out->size = 0;
    att_buffer_text(out, "");
    if (hits->count)
        qsort(hits->items, hits->count, sizeof *hits->items, compare_hits);
    for (size_t i = 0; i < hits->count; i++)
        att_buffer_format(out, "%s%s:%u+%u", i ? " " : "", b->map.scheme.nodes[hits->items[i].node].path,
                          hits->items[i].first, hits->items[i].count);
}

/* With the number of the entry behind each. */
static void write_entries(const att_hits *hits, att_buffer *out)
{
    for (size_t i = 0; i < hits->count; i++)
        att_buffer_format(out, " %u", hits->items[i].entry);
}

static void assert_hits(const char *markers, const char *text, const char *expected)
{
    att_buffer yaml = {0}, found = {0};
    att_buffer_format(&yaml, "name: t\nlanguage: en\nmarkers:\n%s", markers);
    bench b = bench_new(yaml.data);

    match_text(&b, text);
    write_hits(&b, &b.hits, &found);
    assert_string_equal(found.data, expected);
    att_buffer_clear(&yaml);
    att_buffer_clear(&found);
    bench_clear(&b);
}

static void test_match__words_match_whatever_their_case(void **state)
{
    (void)state;
    assert_hits("  m: [hope, STRASSE]\n",
                "Hope and HOPE, hopes; Stra\xC3\x9F"
                "e",
                "m:0+1 m:2+1 m:4+1");
}

static void test_match__globs_match_whole_tokens(void **state)
{
    (void)state;
    assert_hits("  m: [diagnos*]\n", "diagnosis diagnos undiagnosed misdiagnosis", "m:0+1 m:1+1");
    assert_hits("  m: ['*diagnos*']\n", "undiagnosed prognosis", "m:0+1");
    assert_hits("  m: ['*ation']\n", "medication medications ation", "m:0+1 m:2+1");
    assert_hits("  m: ['b?d']\n",
                "bad bed bd b\xC3\xBC"
                "d baed",
                "m:0+1 m:1+1 m:3+1");
    assert_hits("  m: ['c*t*n']\n", "certain cotton can contains", "m:0+1 m:1+1");
    assert_hits("  m: ['?*x']\n", "x ax abx", "m:1+1 m:2+1");
}

static void test_match__phrases_match_adjacent_tokens_whatever_stands_between(void **state)
{
    (void)state;
    assert_hits("  m: [peer support]\n", "Peer-support, peer (support) peer. Support peer the support",
                "m:0+2 m:2+2 m:4+2");
    assert_hits("  m: [peer support work*]\n", "peer support workers and peer support", "m:0+3");
    assert_hits("  m: ['not * good']\n", "not very good, not good, not at all good", "m:0+3");
}

static void test_match__the_longest_wins_then_the_leftmost(void **state)
{
    (void)state;
    assert_hits("  m: [peer, peer support, support worker*, worker]\n", "peer support worker", "m:0+2 m:2+1");
    assert_hits("  m: [peer support, support worker role]\n", "peer support worker role", "m:1+3");
    assert_hits("  m: [a b, b c, c d]\n", "a b c d", "m:0+2 m:2+2");
}

static void test_match__markers_do_not_know_of_each_other(void **state)
{
    (void)state;
    assert_hits("  m: [peer support]\n  n: [support]\n", "peer support", "m:0+2 n:1+1");
}

static void test_match__a_token_counts_once_in_a_parent_and_a_pole(void **state)
{
    (void)state;
    assert_hits("  p:\n    pole: technical\n    a: [case]\n    b: [case notes]\n", "the case notes of a case",
                "p:1+2 p:5+1 p.a:1+1 p.a:5+1 p.b:1+2 pole.technical:1+2 pole.technical:5+1");
}

#define POLES "  t:\n    pole: technical\n    entries: [%s]\n  a:\n    pole: appreciative\n    entries: [%s]\n"

/* One marker of each pole. */
static void assert_poles(const char *technical, const char *appreciative, const char *text, const char *expected)
{
    att_buffer markers = {0};

    att_buffer_format(&markers, POLES, technical, appreciative);
    assert_hits(markers.data, text, expected);
    att_buffer_clear(&markers);
}

static void test_match__between_the_poles_the_longer_match_consumes_the_shorter(void **state)
{
    (void)state;
    assert_poles("psychosis", "person with *", "a person with psychosis, not a psychosis",
                 "t:6+1 a:1+3 pole.technical:6+1 pole.appreciative:1+3");
    assert_poles("mental health services user", "health services", "mental health services user",
                 "t:0+4 pole.technical:0+4");
    assert_poles("a b", "b c", "a b c", "t:0+2 pole.technical:0+2"); /* equally long: the leftmost */
    assert_poles("b c", "a b", "a b c", "a:0+2 pole.appreciative:0+2");
}

static void test_match__equal_spans_of_both_poles_go_to_the_first_in_the_file(void **state)
{
    (void)state;
    assert_poles("psychosis", "'psych*'", "psychosis psyche", "t:0+1 a:1+1 pole.technical:0+1 pole.appreciative:1+1");
    assert_poles("'psych*'", "psychosis", "psychosis psyche", "t:0+1 t:1+1 pole.technical:0+1 pole.technical:1+1");
}

static void test_match__what_was_consumed_consumes_nothing(void **state)
{
    (void)state;
    /* a b c takes c from c d, which then takes nothing from d e. */
    assert_poles("c d", "a b c, d e", "a b c d e", "a:0+3 a:3+2 pole.appreciative:0+3 pole.appreciative:3+2");
    /* An exception is no match. */
    assert_hits("  t:\n    pole: technical\n    entries: [case]\n  a:\n    pole: appreciative\n    entries:\n"
                "      - {term: case by case, except: [on a case by case]}\n",
                "on a case by case", "t:2+1 t:4+1 pole.technical:2+1 pole.technical:4+1");
}

static void test_match__consumption_drops_a_match_for_its_marker_parents_and_pole_alike(void **state)
{
    (void)state;
    assert_hits("  p:\n    pole: technical\n    q: [disorder]\n  n: [disorder]\n  s:\n    pole: appreciative\n"
                "    entries: [more than a disorder]\n",
                "more than a disorder", "n:3+1 s:0+4 pole.appreciative:0+4");
    /* What a marker loses to the other pole, a shorter match of its own may get. */
    assert_poles("b c, a", "b c d", "a b c d", "t:0+1 a:1+3 pole.technical:0+1 pole.appreciative:1+3");
}

static void test_match__one_pole_contests_nothing(void **state)
{
    (void)state;
    assert_hits("  p:\n    pole: technical\n    entries: [peer]\n  q:\n    pole: technical\n"
                "    entries: [peer support]\n",
                "peer support", "p:0+1 q:0+2 pole.technical:0+2");
}

/* The markers of an exclusive group. */
static void assert_exclusive(const char *groups, const char *markers, const char *text, const char *expected)
{
    att_buffer both = {0};

    att_buffer_format(&both, "%sexclusive: %s\n", markers, groups);
    assert_hits(both.data, text, expected);
    att_buffer_clear(&both);
}

static void test_match__exclusive_markers_contest_tokens(void **state)
{
    (void)state;
    const char *markers = "  pos: [good, well being]\n  neg: [not good]\n  other: [not, good]\n";
    assert_hits(markers, "not good", "pos:1+1 neg:0+2 other:0+1 other:1+1");
    assert_exclusive("[[pos, neg]]", markers, "not good", "neg:0+2 other:0+1 other:1+1");
    assert_exclusive("[[pos, other]]", markers, "not good", "pos:1+1 neg:0+2 other:0+1");
    assert_exclusive("[[pos, neg], [neg, other]]", markers, "not good good", "pos:2+1 neg:0+2 other:2+1");
}

static void test_match__an_exclusive_marker_speaks_for_all_below_it(void **state)
{
    (void)state;
    const char *markers = "  a:\n    x: [low]\n    y: [low mood]\n  b:\n    z: [very low]\n";
    /* Within a side nothing is contested. */
    assert_exclusive("[[a, b]]", markers, "very low mood", "b:0+2 b.z:0+2");
    assert_exclusive("[[a, b]]", markers, "low mood", "a:0+2 a.x:0+1 a.y:0+2");
    assert_exclusive("[[x, z]]", markers, "very low mood", "a:1+2 a.y:1+2 b:0+2 b.z:0+2");
}

static void test_match__poles_and_groups_are_contested_at_once(void **state)
{
    (void)state;
    /* u loses b c to the technical pole, so it takes nothing from v. */
    assert_exclusive("[[u, v]]",
                     "  t:\n    pole: technical\n    entries: [a b c]\n  u:\n    pole: appreciative\n"
                     "    entries: [c d]\n  v: [d]\n",
                     "a b c d", "t:0+3 v:3+1 pole.technical:0+3");
}

static void test_match__poles_contest_across_lexicons_but_groups_do_not(void **state)
{
    (void)state;
    att_buffer found = {0};
    bench b = bench_of("name: t\nlanguage: en\nmarkers:\n  t: {pole: technical, entries: [relapse]}\n  x: [on]\n"
                       "  y: [worry]\nexclusive: [[x, y]]\n",
                       "name: t\nlanguage: en\nmarkers:\n  a: {pole: appreciative, entries: [not relapse]}\n"
                       "  v: [worry on]\n  w: [on and]\nexclusive: [[v, w]]\n");
    match_text(&b, "not relapse worry on and");
    write_hits(&b, &b.hits, &found);
    assert_string_equal(found.data, "x:3+1 y:2+1 a:0+2 v:2+2 pole.appreciative:0+2");
    att_buffer_clear(&found);
    bench_clear(&b);
}

static void test_match__an_exception_that_covers_a_match_cancels_it(void **state)
{
    (void)state;
    const char *markers = "  m:\n    entries:\n      - {term: case, except: [in case, just in case, 'case by *']}\n";
    assert_hits(markers, "a case in case, case by case", "m:1+1");
    assert_hits("  m:\n    entries:\n      - {term: 'tic*', except: 'ticket*'}\n", "tics tickets", "m:0+1");
}

static void test_match__exact_case_is_exact(void **state)
{
    (void)state;
    assert_hits("  m:\n    entries:\n      - {term: ACT, case: exact}\n      - {term: 'Wahn*', case: exact}\n",
                "an act of ACT Wahnsinn wahn", "m:3+1 m:4+1");
}

static void test_match__a_regex_matches_a_whole_folded_token(void **state)
{
    (void)state;
    assert_hits("  m:\n    entries:\n      - regex: '(re)?hospitali[sz]e[sd]?'\n",
                "Hospitalised rehospitalizes hospitality dehospitalised", "m:0+1 m:1+1");
}

static void test_match__apostrophes_of_any_shape_are_one(void **state)
{
    (void)state;
    assert_hits("  m: [don't]\n", "don\xE2\x80\x99t DON'T dont", "m:0+1 m:1+1");
}

static void test_match__survives_an_emptied_vocabulary(void **state)
{
    (void)state;
    bench b = bench_new("name: t\nlanguage: en\nmarkers:\n  m: [hope, more hope]\n");
    match_text(&b, "hope more hope");
    assert_int_equal(b.hits.count, 2);
    att_vocabulary_reset(b.vocabulary);
    att_matcher_reset(b.matcher);
    match_text(&b, "no more hope");
    assert_int_equal(b.hits.count, 1);
    assert_int_equal(b.hits.items[0].first, 1);
    assert_int_equal(b.hits.items[0].count, 2);
    bench_clear(&b);
}

static void test_match__stars_alone_stay_linear(void **state)
{
    (void)state;
    bench b = bench_new("name: t\nlanguage: en\nmarkers:\n  m: ['* *']\n");
    size_t words = 50000;
    char *text = malloc(words * 2 + 1);
    assert_non_null(text);
    for (size_t i = 0; i < words; i++)
        memcpy(text + 2 * i, "a ", 3);
    match_text(&b, text);
    assert_int_equal(b.hits.count, words / 2);
    free(text);
    bench_clear(&b);
}

/* One cluster of the whole turn, with thousands of nodes. */
static void test_match__a_turn_that_hangs_together_stays_linear(void **state)
{
    (void)state;
    enum { MARKERS = 2000, WORDS = 100000 };
    att_buffer yaml = {0}, text = {0};
    att_buffer_text(&yaml, "name: t\nlanguage: en\nmarkers:\n  chain: ['* *']\n");
    for (int i = 0; i < MARKERS; i++)
        att_buffer_format(&yaml, "  m%d:\n    pole: %s\n    entries: [w%d *]\n", i,
                          i % 2 ? "technical" : "appreciative", i);
    for (int i = 0; i < WORDS / 2; i++)
        att_buffer_format(&text, "w%d x ", i * 7 % MARKERS);
    bench b = bench_new(yaml.data);
    match_text(&b, text.data);
    /* Each w is a hit of its marker and of a pole, and every other pair one of the chain. */
    assert_int_equal(b.hits.count, WORDS / 2 * 2 + WORDS / 2);
    att_buffer_clear(&yaml);
    att_buffer_clear(&text);
    bench_clear(&b);
}

static void test_match__many_exceptions_at_one_token_stay_linear(void **state)
{
    (void)state;
    enum { ENTRIES = 500, WORDS = 2000 };
    att_buffer yaml = {0}, text = {0};
    att_buffer_text(&yaml, "name: t\nlanguage: en\nmarkers:\n  chain: ['* *']\n  m:\n    entries:\n");
    for (int i = 0; i < ENTRIES; i++) {
        att_buffer_text(&yaml, "      - {term: '");
        for (int k = 0; k <= i; k++)
            att_buffer_char(&yaml, 'a');
        att_buffer_format(&yaml, "*', except: '* end'}\n");
    }
    for (int i = 0; i < WORDS; i++) {
        for (int k = 0; k < ENTRIES; k++)
            att_buffer_char(&text, 'a');
        att_buffer_text(&text, i % 2 ? " end " : " ");
    }
    bench b = bench_new(yaml.data);
    match_text(&b, text.data);
    assert_int_equal(b.hits.count, WORDS / 2 + (WORDS + WORDS / 2) / 2);
    att_buffer_clear(&yaml);
    att_buffer_clear(&text);
    bench_clear(&b);
}

/* ---- at random ---- */

static uint64_t next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed >> 33;
}

static const char *const words[] = {"a",
                                    "b",
                                    "ab",
                                    "ba",
                                    "aab",
                                    "abb",
                                    "bab",
                                    "B",
                                    "Ab",
                                    "\xC3\xA4",
                                    "\xC3\xA4"
                                    "b",
                                    "a's"};

static void put_word(att_buffer *out, uint64_t *seed, bool glob)
{
    const char *word = words[next(seed) % (sizeof words / sizeof words[0])];

    if (!glob || next(seed) % 2) {
        att_buffer_text(out, word);
        return;
    }
    for (const char *c = word; *c; c++) {
        uint64_t pick = next(seed) % 6;
        bool ascii = !((unsigned char)*c & 0x80);
        if (pick == 0 && ascii)
            att_buffer_char(out, '*');
        else if (pick == 1 && ascii)
            att_buffer_char(out, '?');
        else
            att_buffer_char(out, *c);
    }
    if (next(seed) % 3 == 0)
        att_buffer_char(out, '*');
}

static void put_term(att_buffer *out, uint64_t *seed)
{
    uint64_t length = 1 + next(seed) % 3;

    att_buffer_char(out, '"');
    for (uint64_t i = 0; i < length; i++) {
        if (i)
            att_buffer_char(out, ' ');
        put_word(out, seed, true);
    }
    att_buffer_char(out, '"');
}

static void put_lexicon(att_buffer *out, uint64_t *seed)
{
    static const char *const heads[] = {"  p:\n    pole: technical\n    q:\n      entries:\n",
                                        "    r:\n      entries:\n",
                                        "  s:\n    pole: appreciative\n    t:\n      entries:\n",
                                        "  u:\n    v:\n      entries:\n", "    w:\n      entries:\n"};
    static const char *const groups[] = {"", "exclusive: [[v, w]]\n", "exclusive: [[p.r, u]]\n",
                                         "exclusive:\n  - [q, r, w]\n  - [s, u]\n  - [v, w]\n"};

    out->size = 0;
    att_buffer_text(out, "name: t\nlanguage: en\n");
    att_buffer_text(out, groups[next(seed) % 4]);
    att_buffer_text(out, "markers:\n");
    for (size_t m = 0; m < 5; m++) {
        att_buffer_text(out, heads[m]);
        for (uint64_t i = 0, entries = 1 + next(seed) % 5; i < entries; i++) {
            att_buffer_text(out, "        - {term: ");
            put_term(out, seed);
            if (next(seed) % 4 == 0) {
                att_buffer_text(out, ", except: [");
                put_term(out, seed);
                att_buffer_text(out, "]");
            }
            att_buffer_text(out, next(seed) % 8 ? "}\n" : ", case: exact}\n");
        }
    }
}

static void put_text(att_buffer *out, uint64_t *seed)
{
    out->size = 0;
    att_buffer_text(out, "");
    for (uint64_t i = 0, count = next(seed) % 14; i < count; i++) {
        if (i)
            att_buffer_char(out, next(seed) % 5 ? ' ' : '-');
        put_word(out, seed, false);
    }
}

static void test_match__equals_the_reference_on_random_lexicons_and_texts(void **state)
{
    (void)state;
    const char *wanted = getenv("ATTUNE_RANDOM_PAIRS");
    size_t pairs = wanted ? strtoul(wanted, NULL, 10) : 4000;
    att_buffer yaml = {0}, text = {0}, found = {0}, expected = {0};
    uint64_t seed = 20261125;
    size_t hits = 0;

    for (size_t n = 0; n < pairs; n += 20) {
        put_lexicon(&yaml, &seed);
        bench b = bench_new(yaml.data);
        /* Two of three without room to remember phrases: none at all, or a little. */
        if (n / 20 % 3)
            att_matcher_bound(b.matcher, n / 20 % 3 == 1 ? 0 : 6, n / 20 % 3 == 1 ? 0 : 9);
        for (int i = 0; i < 20; i++) {
            put_text(&text, &seed);
            match_text(&b, text.data);
            att_reference_match(b.lexicon, b.map.of[0], b.map.scheme.count, b.folder, att_span_of(text.data), &b.tokens,
                                &b.expected);
            write_hits(&b, &b.hits, &found);
            write_entries(&b.hits, &found);
            write_hits(&b, &b.expected, &expected);
            write_entries(&b.expected, &expected);
            hits += b.expected.count;
            if (strcmp(found.data, expected.data) != 0)
                fail_msg("%s\ntext: %s\nengine:    %s\nreference: %s", yaml.data, text.data, found.data, expected.data);
        }
        bench_clear(&b);
    }
    assert_true(hits > pairs); /* the texts are not beside the point */
    att_buffer_clear(&yaml);
    att_buffer_clear(&text);
    att_buffer_clear(&found);
    att_buffer_clear(&expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_match__words_match_whatever_their_case),
        cmocka_unit_test(test_match__globs_match_whole_tokens),
        cmocka_unit_test(test_match__phrases_match_adjacent_tokens_whatever_stands_between),
        cmocka_unit_test(test_match__the_longest_wins_then_the_leftmost),
        cmocka_unit_test(test_match__markers_do_not_know_of_each_other),
        cmocka_unit_test(test_match__a_token_counts_once_in_a_parent_and_a_pole),
        cmocka_unit_test(test_match__between_the_poles_the_longer_match_consumes_the_shorter),
        cmocka_unit_test(test_match__equal_spans_of_both_poles_go_to_the_first_in_the_file),
        cmocka_unit_test(test_match__what_was_consumed_consumes_nothing),
        cmocka_unit_test(test_match__consumption_drops_a_match_for_its_marker_parents_and_pole_alike),
        cmocka_unit_test(test_match__one_pole_contests_nothing),
        cmocka_unit_test(test_match__exclusive_markers_contest_tokens),
        cmocka_unit_test(test_match__an_exclusive_marker_speaks_for_all_below_it),
        cmocka_unit_test(test_match__poles_and_groups_are_contested_at_once),
        cmocka_unit_test(test_match__poles_contest_across_lexicons_but_groups_do_not),
        cmocka_unit_test(test_match__an_exception_that_covers_a_match_cancels_it),
        cmocka_unit_test(test_match__exact_case_is_exact),
        cmocka_unit_test(test_match__a_regex_matches_a_whole_folded_token),
        cmocka_unit_test(test_match__apostrophes_of_any_shape_are_one),
        cmocka_unit_test(test_match__survives_an_emptied_vocabulary),
        cmocka_unit_test(test_match__stars_alone_stay_linear),
        cmocka_unit_test(test_match__a_turn_that_hangs_together_stays_linear),
        cmocka_unit_test(test_match__many_exceptions_at_one_token_stay_linear),
        cmocka_unit_test(test_match__equals_the_reference_on_random_lexicons_and_texts),
    };
    return cmocka_run_group_tests_name("match", tests, NULL, NULL);
}
