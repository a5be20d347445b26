/* The engine against the reference matcher, on cases by hand and at random. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "match_bench.h"
#include "reference.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static match_bench bench_new(const char *yaml)
{
    return match_bench_new(yaml, NULL, NULL);
}

static void match_text(match_bench *b, const char *text)
{
    match_bench_match(b, &text, 1);
}

static int compare_hits(const void *a, const void *b)
{
    const att_hit *x = a, *y = b;

    if (x->node != y->node)
        return x->node < y->node ? -1 : 1;
    return (x->first > y->first) - (x->first < y->first);
}

/* The hits as "path:first+count path:first+count", by node, then token. */
static void write_hits(const match_bench *b, att_hits *hits, att_buffer *out)
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

static void assert_hits_in(const char *language, const char *head, const char *markers, const char *text,
                           const char *expected)
{
    att_buffer yaml = {0}, found = {0};
    att_buffer_format(&yaml, "name: t\nlanguage: %s\n%smarkers:\n%s", language, head, markers);
    match_bench b = bench_new(yaml.data);

    match_text(&b, text);
    write_hits(&b, &b.hits, &found);
    assert_string_equal(found.data, expected);
    att_buffer_clear(&yaml);
    att_buffer_clear(&found);
    match_bench_clear(&b);
}

static void assert_hits(const char *markers, const char *text, const char *expected)
{
    assert_hits_in("en", "", markers, text, expected);
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
    match_bench b =
        match_bench_new("name: t\nlanguage: en\nmarkers:\n  t: {pole: technical, entries: [relapse]}\n  x: [on]\n"
                        "  y: [worry]\nexclusive: [[x, y]]\n",
                        "name: t\nlanguage: en\nmarkers:\n  a: {pole: appreciative, entries: [not relapse]}\n"
                        "  v: [worry on]\n  w: [on and]\nexclusive: [[v, w]]\n",
                        NULL);
    match_text(&b, "not relapse worry on and");
    write_hits(&b, &b.hits, &found);
    assert_string_equal(found.data, "x:3+1 y:2+1 a:0+2 v:2+2 pole.appreciative:0+2");
    att_buffer_clear(&found);
    match_bench_clear(&b);
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
    assert_hits("  m: [don't]\n", "don\xE2\x80\x99t DON'T dont don‘t donʼt don＇t", "m:0+1 m:1+1 m:3+1 m:4+1 m:5+1");
    assert_hits("  m: [don’t, can‘t, wonʼt]\n", "don't can't won't", "m:0+1 m:1+1 m:2+1");
}

static void test_match__hyphens_of_any_shape_part_words(void **state)
{
    (void)state;
    assert_hits("  m: [peer-support]\n", "peer-support peer‐support peer‑support peer–support peer support peersupport",
                "m:0+2 m:2+2 m:4+2 m:6+2 m:8+2");
    assert_hits("  m: [peer‐support, self‑harm, well–being]\n", "peer support self-harm well-being",
                "m:0+2 m:2+2 m:4+2");
}

static void test_match__survives_an_emptied_vocabulary(void **state)
{
    (void)state;
    match_bench b = bench_new("name: t\nlanguage: en\nmarkers:\n  m: [hope, more hope]\n");
    match_text(&b, "hope more hope");
    assert_int_equal(b.hits.count, 2);
    att_vocabulary_reset(b.vocabulary);
    att_matcher_reset(b.matcher);
    match_text(&b, "no more hope");
    assert_int_equal(b.hits.count, 1);
    assert_int_equal(b.hits.items[0].first, 1);
    assert_int_equal(b.hits.items[0].count, 2);
    match_bench_clear(&b);
}

static void test_match__stars_alone_stay_linear(void **state)
{
    (void)state;
    match_bench b = bench_new("name: t\nlanguage: en\nmarkers:\n  m: ['* *']\n");
    size_t words = 50000;
    char *text = malloc(words * 2 + 1);
    assert_non_null(text);
    for (size_t i = 0; i < words; i++)
        memcpy(text + 2 * i, "a ", 3);
    match_text(&b, text);
    assert_int_equal(b.hits.count, words / 2);
    free(text);
    match_bench_clear(&b);
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
    match_bench b = bench_new(yaml.data);
    match_text(&b, text.data);
    /* Each w is a hit of its marker and of a pole, and every other pair one of the chain. */
    assert_int_equal(b.hits.count, WORDS / 2 * 2 + WORDS / 2);
    att_buffer_clear(&yaml);
    att_buffer_clear(&text);
    match_bench_clear(&b);
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
    match_bench b = bench_new(yaml.data);
    match_text(&b, text.data);
    assert_int_equal(b.hits.count, WORDS / 2 + (WORDS + WORDS / 2) / 2);
    att_buffer_clear(&yaml);
    att_buffer_clear(&text);
    match_bench_clear(&b);
}

static void test_match__alternatives_options_and_gaps(void **state)
{
    (void)state;
    assert_hits("  m: ['(peer|recovery college|) support*']\n",
                "peer support, recovery college supporters, college support", "m:0+2 m:2+3 m:6+1");
    assert_hits("  m: ['not [at all|very] good']\n", "not at all good; not very good; not good; not so good",
                "m:0+4 m:4+3 m:7+2");
    assert_hits("  m: ['lived ~2 experience']\n",
                "lived experience, lived (own) experience, lived and own experience, lived a b c experience",
                "m:0+2 m:2+3 m:5+4");
    assert_hits("  m: ['diagnos(is|es)']\n", "diagnosis diagnoses diagnosed", "m:0+1 m:1+1");
    assert_hits("  m: ['peer(s|-support|)']\n", "peers peer-support peer", "m:0+1 m:1+2 m:3+1");
}

static void test_match__of_the_ways_of_an_entry_the_longest_counts(void **state)
{
    (void)state;
    assert_hits("  m: ['peer [support [worker]]']\n", "peer support worker, peer support, peer", "m:0+3 m:3+2 m:5+1");
    assert_hits("  m: ['a ~3 b']\n", "a a b b", "m:0+4");
}

static void test_match__exceptions_speak_the_same_language(void **state)
{
    (void)state;
    assert_hits(
        "  m:\n    entries:\n      - {term: '(case|cases)', except: ['[just] in (case|cases)', 'case ~1 notes']}\n",
        "in case, just in cases, cases in point, case notes, case of notes, case of two notes", "m:5+1 m:13+1");
}

static void test_match__accents_count_unless_they_are_ignored(void **state)
{
    (void)state;
    assert_hits("  m: [resume, café]\n", "résumé resume cafe café", "m:1+1 m:3+1");
    assert_hits_in("en", "ignore: [accents]\n", "  m: [resume, café, naïv*]\n",
                   "résumé resume cafe café RE\u0301SUME\u0301 naïvely naively",
                   "m:0+1 m:1+1 m:2+1 m:3+1 m:4+1 m:5+1 m:6+1");
    assert_hits_in("en", "ignore: accents\n",
                   "  m:\n    entries:\n      - {term: Élan, case: exact}\n"
                   "      - regex: 'fianc[é]e?'\n      - '?é?*é*'\n",
                   "Elan elan Élan élan fiancée fiance xexxe", "m:0+1 m:2+1 m:4+1 m:5+1 m:6+1");
}

static void test_match__niqqud_nukta_and_harakat_may_be_ignored(void **state)
{
    (void)state;
    assert_hits("  m: [תקווה]\n", "תִּקְוָה תקווה", "m:1+1");
    assert_hits_in("he", "ignore: [niqqud]\n", "  m: [שלום, תִּקְוָה]\n", "שָׁלוֹם שלום תקוה", "m:0+1 m:1+1 m:2+1");
    assert_hits_in("hi", "", "  m: [ज़िंदगी]\n", "ज़िंदगी ज़िंदगी जिंदगी", "m:0+1 m:1+1");
    assert_hits_in("hi", "ignore: [nukta]\n", "  m: [ज़िंदगी]\n", "ज़िंदगी ज़िंदगी जिंदगी", "m:0+1 m:1+1 m:2+1");
    assert_hits_in("ar", "ignore: [harakat, accents]\n", "  m: [أمل]\n", "أَمَلٌ أمل امل", "m:0+1 m:1+1");
}

/* Two lexicons of one language, of which one ignores accents. */
static void test_match__what_is_ignored_is_the_lexicons_own_business(void **state)
{
    static const char *const yaml[] = {"name: t\nlanguage: en\nmarkers:\n  a: [cafe, '*', caf*]\n",
                                       "name: t\nlanguage: en\nignore: [accents]\nmarkers:\n  b: [cafe, '*', caf*e]\n"};
    match_bench b = match_bench_new(yaml[0], yaml[1], NULL);
    att_buffer found = {0};

    (void)state;
    match_text(&b, "café cafe");
    for (size_t i = 0; i < b.hits.count; i++)
        att_buffer_format(&found, "%u:%s ", b.hits.items[i].first,
                          att_engine_entry(b.engine, b.hits.items[i].entry)->term);
    assert_string_equal(found.data, "0:* 0:cafe 1:cafe 1:cafe ");
    att_buffer_clear(&found);
    match_bench_clear(&b);
}

#define HEBREW "affixes:\n  prefixes: {letters: [ו, ה, ב, כ, ל, מ, ש], most: 3, leave: 3}\n"

static void test_match__prefixes_come_off_the_first_word_of_an_entry(void **state)
{
    (void)state;
    assert_hits_in("he", HEBREW, "  m: [תקווה]\n", "תקווה התקווה ושהתקווה ובשהתקווה נתקווה", "m:0+1 m:1+1 m:2+1");
    /* Not off a later word; in the text of the issue both forms are listed. */
    assert_hits_in("he", HEBREW, "  m: [בית חולים]\n", "בית חולים, הבית חולים, בית החולים", "m:0+2 m:2+2");
    /* At least three letters stay. */
    assert_hits_in("he", HEBREW, "  m: [יד, ילד]\n", "היד הילד יד", "m:1+1 m:2+1");
}

static void test_match__a_word_that_is_an_entry_as_a_whole_keeps_its_letters(void **state)
{
    (void)state;
    /* The word for "meeting" begins with a letter that could be a prefix of "gathering place". */
    assert_hits_in("he", HEBREW, "  m: [מפגש]\n  n: [פגש]\n", "מפגש פגש המפגש והפגש", "m:0+1 m:2+1 n:1+1 n:3+1");
    /* As a later word it is something else. */
    assert_hits_in("he", HEBREW, "  m: [חולים]\n  n: [בית החולים]\n", "בית החולים, החולים", "m:1+1 m:2+1 n:0+2");
}

static void test_match__the_fewest_letters_come_off(void **state)
{
    (void)state;
    assert_hits_in("he", HEBREW, "  m: [שתקווה]\n  n: [תקווה]\n", "ושתקווה ותקווה", "m:0+1 n:1+1");
}

static void test_match__exceptions_know_affixes(void **state)
{
    (void)state;
    assert_hits_in("he", HEBREW,
                   "  m:\n    entries:\n      - {term: תקווה, except: [תקווה רבה, פתח תקווה, התקווה שלנו]}\n",
                   "והתקווה רבה, בפתח תקווה, התקווה שלנו, התקווה", "m:6+1");
}

static void test_match__one_ending_comes_off_any_word(void **state)
{
    static const char head[] = "affixes:\n  suffixes: {endings: [ને, ની, માં], leave: 2}\n";

    (void)state;
    assert_hits_in("gu", head, "  m: [દર્દી]\n", "દર્દી દર્દીને દર્દીની દર્દીનીને", "m:0+1 m:1+1 m:2+1");
    assert_hits_in("gu", head, "  m: [માનસિક હોસ્પિટલ]\n", "માનસિક હોસ્પિટલમાં માનસિકને હોસ્પિટલ", "m:0+2 m:2+2");
    assert_hits_in("en", "affixes: {suffixes: {endings: [s, es, ing], leave: 2}}\n",
                   "  m: ['hop? [and] box', {term: IT, case: exact}, {term: DO, case: exact}]\n",
                   "hopes boxes; hop box; hops and boxing; ITing IT dos DOs", "m:0+2 m:4+3 m:7+1 m:8+1 m:10+1");
}

static void test_match__a_star_does_not_count_as_a_word_that_fits(void **state)
{
    (void)state;
    assert_hits_in("en", "affixes: {prefixes: {letters: [un, re]}}\n", "  m: [happy * end, '* * finis']\n",
                   "unhappy to end, unrehappy to end", "m:0+3");
    assert_hits_in("en", "affixes: {prefixes: {letters: [un, re], most: 2}}\n", "  m: ['happ*']\n",
                   "unhappy rehappily unrehapp unreunhappy", "m:0+1 m:1+1 m:2+1");
}

/* `entries` of one marker, in YAML's flow style. */
static void assert_turn_hits(const char *entries, const char *text, const char *expected)
{
    att_buffer markers = {0};

    att_buffer_format(&markers, "  m:\n    entries: [%s]\n", entries);
    assert_hits(markers.data, text, expected);
    att_buffer_clear(&markers);
}

static void test_match__a_regex_over_the_turn_covers_the_tokens_it_touches(void **state)
{
    (void)state;
    assert_turn_hits("{regex: 'hope.{1,30}?better', over: turn}", "I Hope that, one day, it is better. Better hope.",
                     "m:1+7");
    assert_turn_hits("{regex: 'agnos', over: turn}", "a diagnosis, (diagnosed)", "m:1+1 m:2+1");
    assert_turn_hits("{regex: 'is, \\(di', over: turn}", "a diagnosis, (diagnosed)", "m:1+2");
    assert_turn_hits("{regex: '[,.] ', over: turn}", "a, b. c", "");
    assert_turn_hits("{regex: '^well|end$', over: turn}", "Well, well, the end", "m:0+1 m:3+1");
    assert_turn_hits("{regex: 'a.b', over: turn}", "a\nb", "m:0+2");
}

static void test_match__a_regex_over_the_turn_may_look_around_and_back(void **state)
{
    (void)state;
    assert_turn_hits("{regex: '(?<!not )\\bgood\\b', over: turn}", "good, not good, goods", "m:0+1");
    assert_turn_hits("{regex: '\\bpeer\\b(?!-support)', over: turn}", "peer-support peer worker", "m:2+1");
    assert_turn_hits("{regex: '\\b(\\w+) \\1\\b', over: turn}", "I I think that that is is", "m:0+2 m:3+2 m:5+2");
    assert_turn_hits("{regex: '(?:(a)|b)(?(1)c|d)', over: turn}", "ac bd ad bc", "m:0+1 m:1+1");
    assert_turn_hits("{regex: 'I\\K hope', over: turn}", "I hope", "m:1+1");
    assert_turn_hits("{regex: '(?=hope)', over: turn}, {regex: 'x*', over: turn}", "hope axa", "m:1+1");
}

static void test_match__a_regex_over_the_turn_knows_case_and_all_letters(void **state)
{
    (void)state;
    assert_turn_hits("{regex: 'ÄRZTIN', over: turn}", "die Ärztin, die ärztin", "m:1+1 m:3+1");
    assert_turn_hits("{regex: 'Act', over: turn, case: exact}", "act Act ACT", "m:1+1");
    assert_turn_hits("{regex: 'Act', over: turn, case: fold}", "act Act ACT", "m:0+1 m:1+1 m:2+1");
    /* Letters of Unicode 11, 9 and 13, which Hyperscan does not know, capitals of its letters among them. */
    assert_turn_hits("{regex: 'იმედი', over: turn}, {regex: '^\\w𞤢\\w|\\x{30000}', over: turn}",
                     "ᲘᲛᲔᲓᲘ იმედი", "m:0+1 m:1+1");
    assert_turn_hits("{regex: '^\\w+$', over: turn}", "𞤀𞤁𞤂", "m:0+1");
    assert_turn_hits("{regex: '\\p{Greek}+|^\\x{1C80}\\p{L}$|[[:upper:]]x', over: turn, case: fold}", "ΑΒΓ вы",
                     "m:0+1");
    assert_turn_hits("{regex: '\\b\\w{3}\\b', over: turn}", "übe die чай four נור", "m:0+1 m:1+1 m:2+1 m:4+1");
}

static void test_match__a_regex_over_the_turn_is_an_entry_like_others(void **state)
{
    (void)state;
    assert_turn_hits("peer support worker, {regex: 'support w', over: turn}, {regex: 'worker and', over: turn}",
                     "peer support worker and support worker", "m:0+3 m:4+2");
    assert_turn_hits("{regex: 'case', over: turn, except: [just in case, 'case (is|was) closed']}",
                     "case, just in case, the case was closed", "m:0+1");
    assert_hits(
        "  p:\n    pole: technical\n    a: [{regex: 'x y', over: turn}]\n    b: [{regex: 'x y', over: turn}, x]\n",
        "x y x", "p:0+2 p:2+1 p.a:0+2 p.b:0+2 p.b:2+1 pole.technical:0+2 pole.technical:2+1");
}

static void test_match__a_regex_over_the_turn_is_no_word_of_a_phrase(void **state)
{
    (void)state;
    assert_hits_in("en", "affixes: {prefixes: {letters: [un]}}\nignore: accents\n",
                   "  m: [{regex: 'happy', over: turn}, '* happy', sad]\n", "unhappy, so happy, unsad",
                   "m:0+1 m:1+2 m:3+1");
}

static uint64_t given_up(const char *expression, const char *text, size_t *hits)
{
    att_buffer yaml = {0};

    att_buffer_format(&yaml, "name: t\nlanguage: en\nmarkers:\n  m:\n    - {regex: '%s', over: turn}\n    - hope\n",
                      expression);
    match_bench b = bench_new(yaml.data);
    match_text(&b, text);
    match_text(&b, text);
    *hits = b.hits.count;
    uint64_t turns = att_matcher_given_up(b.matcher, 0);
    const char *file;
    assert_string_equal(att_engine_turn_regex(b.engine, 0, &file)->term, expression);
    assert_string_equal(file, "test.yml");
    match_bench_clear(&b);
    att_buffer_clear(&yaml);
    return turns;
}

static void test_match__a_regex_that_runs_wild_is_given_up_in_that_turn(void **state)
{
    att_buffer text = {0};
    size_t hits;

    (void)state;
    att_buffer_text(&text, "aab hope ");
    for (int i = 0; i < 2000; i++)
        att_buffer_text(&text, "aa");
    att_buffer_text(&text, " b");
    assert_int_equal(given_up("(a+)+b", text.data, &hits), 2);
    assert_int_equal(hits, 1);
    assert_int_equal(given_up("(a+)+b", "aab hope", &hits), 0);
    assert_int_equal(hits, 2);
    att_buffer_clear(&text);
}

/* Each place looks as far as it may for what is not there. */
static void test_match__a_regex_over_a_long_turn_stays_linear(void **state)
{
    size_t size = 1 << 20, hits = 0;
    char *text = malloc(size + 1);

    (void)state;
    assert_non_null(text);
    for (size_t i = 0; i < size; i += 8)
        memcpy(text + i, "xxxxxxx ", 8);
    for (size_t i = 0; i < size; i += 4096)
        memcpy(text + i, "h", 1);
    memcpy(text, "h z ", 4);
    memcpy(text + size - 5, " hope", 5);
    text[size] = '\0';
    assert_int_equal(given_up("h.*z", text, &hits), 0);
    assert_int_equal(hits, 2);
    free(text);
}

static void test_match__ill_formed_text_is_no_trouble(void **state)
{
    (void)state;
    assert_turn_hits("{regex: 'h.pe', over: turn}, {regex: 'no', over: turn}", "\xFFhope \xC3 h\xFFpe no\xE2\x82",
                     "m:0+1 m:3+1");
}

/* One pass for the text and one for its hits, whatever overlaps. */
static void test_match__a_turn_that_is_one_cluster_stays_linear(void **state)
{
    (void)state;
    match_bench b = bench_new("name: t\nlanguage: en\nmarkers:\n"
                              "  m: ['* *', {term: 'a (a|*|a*|*a) (a|*) a', except: ['* ~20 *', 'a ~9 z']}]\n"
                              "  n: ['a ~30 b', '(a|*)(a|) ~4 (a|*) a']\n  o: ['?', '* * *']\n");
    size_t words = 100000;
    char *text = malloc(words * 2 + 1);
    assert_non_null(text);
    for (size_t i = 0; i < words; i++)
        memcpy(text + 2 * i, "a ", 3);
    match_text(&b, text);
    assert_true(b.hits.count >= words / 2 + words / 8 + words / 3);
    free(text);
    match_bench_clear(&b);
}

/* ---- at random ---- */

static uint64_t next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed >> 33;
}

static const char *const words[] = {"a", "b", "ab", "ba", "aab", "abb", "bab", "B", "Ab", "ä", "äb", "a's"};

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

/* A term, and all ways to write it out by hand: what the lexicon's own reading of it is held against. */
enum { MOST_WAYS = 64 };
typedef struct {
    att_buffer term;
    att_buffer ways[MOST_WAYS];
    size_t count;
} random_term;

static void clear_term(random_term *t)
{
    att_buffer_clear(&t->term);
    for (size_t i = 0; i < MOST_WAYS; i++)
        att_buffer_clear(&t->ways[i]);
}

/* Goes on with each way in each of the given manners. */
static void multiply(random_term *t, const char *const *with, size_t count)
{
    size_t before = t->count;

    for (size_t k = count; k-- > 0;)
        for (size_t i = 0; i < before; i++) {
            att_buffer *way = &t->ways[k * before + i];
            if (k > 0) {
                way->size = 0;
                att_buffer_span(way, (att_span){t->ways[i].data, t->ways[i].size});
            }
            att_buffer_text(way, with[k]);
        }
    t->count = before * count;
}

static void add_plain(random_term *t, const char *text)
{
    att_buffer_text(&t->term, text);
    multiply(t, &text, 1);
}

static void add_word(random_term *t, uint64_t *seed)
{
    att_buffer word = {0};

    put_word(&word, seed, true);
    add_plain(t, word.data);
    att_buffer_clear(&word);
}

/* (one|another word|) or [one] */
static void add_group(random_term *t, uint64_t *seed)
{
    att_buffer words_of[3] = {{0}};
    const char *with[4];
    bool optional = next(seed) % 3 == 0;
    size_t count = optional ? 1 : 1 + next(seed) % 3;

    att_buffer_char(&t->term, optional ? '[' : '(');
    for (size_t i = 0; i < count; i++) {
        att_buffer_text(&words_of[i], "");
        if (optional || next(seed) % 4)
            put_word(&words_of[i], seed, true);
        if (words_of[i].size && next(seed) % 4 == 0) {
            att_buffer_char(&words_of[i], ' ');
            put_word(&words_of[i], seed, true);
        }
        att_buffer_format(&t->term, "%s%s", i ? "|" : "", words_of[i].data);
        with[i] = words_of[i].data;
    }
    att_buffer_char(&t->term, optional ? ']' : ')');
    if (optional)
        with[count++] = "";
    multiply(t, with, count);
    for (size_t i = 0; i < 3; i++)
        att_buffer_clear(&words_of[i]);
}

/* At most 4 * 4 * 4 ways. There is always a word at both ends of a gap, and one that cannot be left out. */
static void make_term(random_term *t, uint64_t *seed)
{
    uint64_t length = 1 + next(seed) % 3;
    size_t groups = 0;
    bool special = next(seed) % 3 == 0;

    t->term.size = 0;
    t->ways[0].size = 0;
    t->count = 1;
    att_buffer_text(&t->term, "");
    att_buffer_text(&t->ways[0], "");
    for (uint64_t i = 0; i < length; i++) {
        if (i)
            add_plain(t, " ");
        if (special && i && groups < 3 && next(seed) % 3 == 0) {
            static const char *const gaps[] = {"", "* ", "* * "};
            size_t most = 1 + next(seed) % 2;
            att_buffer_format(&t->term, "~%u ", (unsigned)most);
            multiply(t, gaps, most + 1);
            groups++;
        }
        if (special && groups < 3 && next(seed) % 2) {
            add_group(t, seed);
            groups++;
        }
        add_word(t, seed);
    }
}

static void put_quoted(att_buffer *out, const att_buffer *text)
{
    att_buffer_format(out, "\"%s\"", text->data);
}

static void put_exceptions(att_buffer *out, att_buffer *plain, const random_term *t)
{
    att_buffer_text(out, ", except: [");
    put_quoted(out, &t->term);
    att_buffer_text(out, "]");
    att_buffer_text(plain, ", except: [");
    for (size_t i = 0; i < t->count; i++) {
        att_buffer_text(plain, i ? ", " : "");
        put_quoted(plain, &t->ways[i]);
    }
    att_buffer_text(plain, "]");
}

/* One entry; in `plain`, one for each of its ways. Returns how many these are. */
static size_t put_entry(att_buffer *out, att_buffer *plain, uint64_t *seed)
{
    random_term term = {.count = 0}, exception = {.count = 0};
    size_t entries = 1;
    att_buffer rest = {0}, plain_rest = {0};

    make_term(&term, seed);
    att_buffer_text(&rest, "");
    att_buffer_text(&plain_rest, "");
    if (next(seed) % 4 == 0) {
        make_term(&exception, seed);
        put_exceptions(&rest, &plain_rest, &exception);
    }
    const char *end = next(seed) % 8 ? "}\n" : ", case: exact}\n";
    if (next(seed) % 12 == 0) {
        static const char *const regexes[] = {"a.b",  "(.)\\\\1",      "(?<=a)b", "b(?!a)", "^a",
                                              "b$",   "\\\\bab?\\\\b", "\\xC4",   "(?=b)",  "a*",
                                              "b{2}", "[^ -]+ b",      "'s ?",    "a-"};
        const char *regex = regexes[next(seed) % (sizeof regexes / sizeof regexes[0])];
        for (int twin = 0; twin < 2; twin++)
            att_buffer_format(twin ? plain : out, "        - {regex: \"%s\", over: turn%s%s", regex,
                              twin ? plain_rest.data : rest.data, end);
        goto done;
    }
    att_buffer_text(out, "        - {term: ");
    put_quoted(out, &term.term);
    att_buffer_format(out, "%s%s", rest.data, end);
    for (size_t i = 0; i < term.count; i++) {
        att_buffer_text(plain, "        - {term: ");
        put_quoted(plain, &term.ways[i]);
        att_buffer_format(plain, "%s%s", plain_rest.data, end);
    }
    entries = term.count;
done:
    clear_term(&term);
    clear_term(&exception);
    att_buffer_clear(&rest);
    att_buffer_clear(&plain_rest);
    return entries;
}

/* A lexicon, and its twin without alternatives, optional parts and gaps. */
enum { MOST_PLAIN = 5 * 5 * 64 };

/* origin: by entry of `plain`, the entry that it comes from. */
static void put_lexicon(att_buffer *out, att_buffer *plain, uint32_t *origin, uint64_t *seed)
{
    static const char *const heads[] = {"  p:\n    pole: technical\n    q:\n      entries:\n",
                                        "    r:\n      entries:\n",
                                        "  s:\n    pole: appreciative\n    t:\n      entries:\n",
                                        "  u:\n    v:\n      entries:\n", "    w:\n      entries:\n"};
    static const char *const groups[] = {"", "exclusive: [[v, w]]\n", "exclusive: [[p.r, u]]\n",
                                         "exclusive:\n  - [q, r, w]\n  - [s, u]\n  - [v, w]\n"};

    static const char *const spellings[] = {
        "",
        "",
        "",
        "ignore: [accents]\n",
        "affixes:\n  prefixes: {letters: [a, b, ä], most: 2, leave: 1}\n",
        "affixes: {suffixes: {endings: [b, ab, B], leave: 1}, prefixes: {letters: [a, ba], most: 2, leave: 2}}\n",
        "ignore: [accents]\naffixes: {suffixes: {endings: [a, ä], leave: 1}}\n",
    };
    const char *spelling = spellings[next(seed) % (sizeof spellings / sizeof spellings[0])];

    uint32_t entry = 0;
    size_t plain_count = 0;

    out->size = plain->size = 0;
    const char *group = groups[next(seed) % 4];
    att_buffer_format(out, "name: t\nlanguage: en\n%s%smarkers:\n", group, spelling);
    att_buffer_format(plain, "name: t\nlanguage: en\n%s%smarkers:\n", group, spelling);
    for (size_t m = 0; m < 5; m++) {
        att_buffer_text(out, heads[m]);
        att_buffer_text(plain, heads[m]);
        for (uint64_t i = 0, entries = 1 + next(seed) % 5; i < entries; i++, entry++)
            for (size_t ways = put_entry(out, plain, seed); ways; ways--)
                origin[plain_count++] = entry;
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
    att_buffer yaml = {0}, plain = {0}, text = {0}, found = {0}, expected = {0};
    uint64_t seed = 20261125;
    size_t hits = 0;
    uint32_t *origin = calloc(MOST_PLAIN, sizeof *origin);
    att_folder *folder = NULL;
    att_hits matches = {0};

    assert_non_null(origin);
    assert_int_equal(att_folder_new(&folder, NULL), ATT_OK);
    for (size_t n = 0; n < pairs; n += 20) {
        put_lexicon(&yaml, &plain, origin, &seed);
        match_bench b = bench_new(yaml.data), twin = bench_new(plain.data);
        /* Two of three without room to remember phrases: none at all, or a little. */
        if (n / 20 % 3)
            att_matcher_bound(b.matcher, n / 20 % 3 == 1 ? 0 : 6, n / 20 % 3 == 1 ? 0 : 9);
        for (int i = 0; i < 20; i++) {
            put_text(&text, &seed);
            match_text(&b, text.data);
            att_reference_match(twin.lexicon, twin.map.of[0], twin.map.scheme.count, folder, att_span_of(text.data),
                                &b.tokens, &matches);
            for (size_t k = 0; k < matches.count; k++)
                matches.items[k].entry = origin[matches.items[k].entry];
            write_hits(&b, &b.hits, &found);
            write_entries(&b.hits, &found);
            write_hits(&b, &matches, &expected);
            write_entries(&matches, &expected);
            hits += matches.count;
            if (strcmp(found.data, expected.data) != 0)
                fail_msg("%s\ntext: %s\nengine:    %s\nreference: %s", yaml.data, text.data, found.data, expected.data);
        }
        match_bench_clear(&b);
        match_bench_clear(&twin);
    }
    free(origin);
    att_folder_free(folder);
    att_hits_clear(&matches);
    assert_true(hits > pairs); /* the texts are not beside the point */
    att_buffer_clear(&yaml);
    att_buffer_clear(&plain);
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
        cmocka_unit_test(test_match__alternatives_options_and_gaps),
        cmocka_unit_test(test_match__of_the_ways_of_an_entry_the_longest_counts),
        cmocka_unit_test(test_match__exceptions_speak_the_same_language),
        cmocka_unit_test(test_match__hyphens_of_any_shape_part_words),
        cmocka_unit_test(test_match__accents_count_unless_they_are_ignored),
        cmocka_unit_test(test_match__niqqud_nukta_and_harakat_may_be_ignored),
        cmocka_unit_test(test_match__what_is_ignored_is_the_lexicons_own_business),
        cmocka_unit_test(test_match__prefixes_come_off_the_first_word_of_an_entry),
        cmocka_unit_test(test_match__a_word_that_is_an_entry_as_a_whole_keeps_its_letters),
        cmocka_unit_test(test_match__the_fewest_letters_come_off),
        cmocka_unit_test(test_match__exceptions_know_affixes),
        cmocka_unit_test(test_match__one_ending_comes_off_any_word),
        cmocka_unit_test(test_match__a_star_does_not_count_as_a_word_that_fits),
        cmocka_unit_test(test_match__a_regex_over_the_turn_covers_the_tokens_it_touches),
        cmocka_unit_test(test_match__a_regex_over_the_turn_may_look_around_and_back),
        cmocka_unit_test(test_match__a_regex_over_the_turn_knows_case_and_all_letters),
        cmocka_unit_test(test_match__a_regex_over_the_turn_is_an_entry_like_others),
        cmocka_unit_test(test_match__a_regex_over_the_turn_is_no_word_of_a_phrase),
        cmocka_unit_test(test_match__a_regex_that_runs_wild_is_given_up_in_that_turn),
        cmocka_unit_test(test_match__a_regex_over_a_long_turn_stays_linear),
        cmocka_unit_test(test_match__ill_formed_text_is_no_trouble),
        cmocka_unit_test(test_match__a_turn_that_is_one_cluster_stays_linear),
        cmocka_unit_test(test_match__equals_the_reference_on_random_lexicons_and_texts),
    };
    return cmocka_run_group_tests_name("match", tests, NULL, NULL);
}
