/* Rules: each operator by example, what they make of parents, and what a careless one is told. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "match_bench.h"

#include <attune/lexicon.h>
#include <stdlib.h>
#include <string.h>

/* The speaker of every turn is a nurse. */
static att_span tell(void *context, size_t turn, const char *column)
{
    (void)context, (void)turn;
    return att_span_of(strcmp(column, "role") == 0 ? "nurse" : "");
}

static match_bench bench_new(const char *markers)
{
    att_buffer yaml = {0};

    att_buffer_format(&yaml, "name: t\nlanguage: en\nmarkers:\n%s", markers);
    match_bench b = match_bench_new(yaml.data, NULL, "cues/en");
    att_buffer_clear(&yaml);
    att_matcher_set_facts(b.matcher, (att_turn_facts){NULL, tell});
    return b;
}

/* The hits of the node with this path in all turns, as "first+count first+count". */
static void hits_are(match_bench *b, const char *const *turns, size_t count, const char *path, const char *expected)
{
    att_buffer found = {0};

    match_bench_match(b, turns, count);
    att_buffer_text(&found, "");
    for (size_t i = 0; i < b->hits.count; i++) {
        const att_hit *hit = &b->hits.items[i];
        assert_true(hit->node < b->map.scheme.count && hit->count);
        if (i)
            assert_true(hit[-1].first <= hit->first);
        if (strcmp(b->map.scheme.nodes[hit->node].path, path) == 0)
            att_buffer_format(&found, "%s%u+%u", found.size ? " " : "", hit->first, hit->count);
    }
    if (strcmp(found.data, expected) != 0)
        fail_msg("%s\nexpected: %s\nfound:    %s", turns[0], expected, found.data);
    att_buffer_clear(&found);
}

#define MARKERS "  a: [alpha]\n  b: [beta, \"beta ray\"]\n  c: [gamma]\n"

static void assert_rule(const char *rule, const char *text, const char *expected)
{
    att_buffer markers = {0};

    att_buffer_format(&markers, MARKERS "  r:\n    rule: %s\n", rule);
    match_bench b = bench_new(markers.data);
    hits_are(&b, &text, 1, "r", expected);
    att_buffer_clear(&markers);
    match_bench_clear(&b);
}

static void test_rules__near_takes_the_nearest_on_either_side(void **state)
{
    (void)state;
    assert_rule("a near/2 b", "alpha x x beta", "0+4");
    assert_rule("a near/2 b", "alpha x x x beta", "");
    assert_rule("a near/2 b", "beta x alpha x x beta", "0+3");
    assert_rule("a near/0 b", "alpha beta ray", "0+3");
    assert_rule("a near/5 b", "alpha x alpha x beta", "0+5");
    assert_rule("a near/5 a", "alpha alpha", "0+2");
    assert_rule("a near/5 a", "alpha", "");
}

static void test_rules__before_and_after_have_a_side(void **state)
{
    (void)state;
    assert_rule("a before/3 b", "alpha x beta", "0+3");
    assert_rule("a before/3 b", "beta x alpha", "");
    assert_rule("a after/3 b", "beta x alpha", "0+3");
    assert_rule("a after/3 b", "alpha x beta", "");
    assert_rule("a before/3 b before/3 c", "alpha beta gamma", "0+3");
}

static void test_rules__and_or_not_look_at_the_whole_turn(void **state)
{
    (void)state;
    assert_rule("a and b", "alpha. x x x x x x x x x x x beta", "0+13");
    assert_rule("a and b", "alpha", "");
    assert_rule("a or c", "alpha x gamma", "0+1 2+1");
    assert_rule("a | c", "alpha x gamma", "0+1 2+1");
    assert_rule("a and not b", "alpha alpha", "0+1 1+1");
    assert_rule("a and not b", "alpha beta", "");
    assert_rule("a not near/1 b", "alpha beta x x alpha", "4+1");
    assert_rule("a and (b | c)", "alpha x gamma", "0+3");
    assert_rule("a and b | c", "gamma", "0+1");
}

static void test_rules__terms_in_quotation_marks_are_entries(void **state)
{
    (void)state;
    assert_rule("'\"delta *\" near/1 a'", "delta x alpha delta", "0+3");
    assert_rule("'a near/1 \"epsil*\"'", "Epsilon alpha", "0+2");
    assert_rule("\"'alpha' and 'zeta'\"", "alpha zeta", "0+2");
    assert_rule("\"'(delta|delta one) [two]' near/0 a\"", "delta one alpha, x delta two alpha, x one alpha", "0+3 4+3");
}

static void test_rules__cue_words_are_operands(void **state)
{
    (void)state;
    assert_rule("a near/2 first_person", "we saw alpha", "0+3");
    assert_rule("a near/2 first_person", "they saw alpha", "");
    assert_rule("first_person near/2 metalanguage", "my word", "0+2");
    assert_rule("negators.before before/1 a", "no alpha", ""); /* the hit is negated: it does not count */
}

static void test_rules__conditions_ask_for_the_speaker(void **state)
{
    (void)state;
    assert_rule("a and role = nurse", "alpha", "0+1");
    assert_rule("role = nurse and a", "alpha", "0+1");
    assert_rule("a and role != nurse", "alpha", "");
    assert_rule("a and not role = nurse", "alpha", "");
    assert_rule("'a and role = \"peer worker\"'", "alpha", "");
    assert_rule("a and site = North", "alpha", "");
    assert_rule("a and site != North", "alpha", "0+1");
}

static void test_rules__sentences_are_those_of_icu(void **state)
{
    match_bench b = bench_new(MARKERS "  r:\n    rule: a and b\n    within: sentence\n");
    const char *text = "Alpha came, beta went. Alpha left. Beta stayed with Dr. alpha.";

    (void)state;
    hits_are(&b, &text, 1, "r", "0+3 6+5");
    match_bench_clear(&b);
}

static void test_rules__turns_do_not_mix(void **state)
{
    match_bench b = bench_new(MARKERS "  r:\n    rule: a near/9 b\n");
    const char *turns[] = {"alpha", "beta", "x beta alpha"};

    (void)state;
    hits_are(&b, turns, 3, "r", "5+2");
    match_bench_clear(&b);
}

static void test_rules__ask_for_each_other_by_any_part_of_a_path(void **state)
{
    match_bench b = bench_new("  top:\n    last:\n      rule: first near/5 c\n    first:\n      rule: base.a near/1 b\n"
                              "  base:\n    a: [alpha]\n    b: [beta]\n    c: [gamma]\n");
    const char *text = "alpha beta x x gamma";

    (void)state;
    hits_are(&b, &text, 1, "top.first", "0+2");
    hits_are(&b, &text, 1, "top.last", "0+5");
    /* A parent counts a token once: the longer of its children's. */
    hits_are(&b, &text, 1, "top", "0+5");
    match_bench_clear(&b);
}

static void test_rules__the_longest_counts_in_a_parent_among_entries_too(void **state)
{
    match_bench b = bench_new(
        "  top:\n    r:\n      rule: a near/1 b\n    e: [\"alpha beta gamma\", delta, beta]\n  a: [alpha]\n  b: "
        "[beta]\n");
    const char *longer = "alpha beta gamma", *shorter = "alpha beta delta";

    (void)state;
    hits_are(&b, &longer, 1, "top", "0+3");
    hits_are(&b, &longer, 1, "top.r", "0+2");
    hits_are(&b, &shorter, 1, "top", "0+2 2+1");
    match_bench_clear(&b);
}

static void test_rules__what_the_marker_system_asks_for_can_be_said(void **state)
{
    match_bench b =
        bench_new("  change:\n    rule: \"(attent | quest) near/12 first_person | contrast and (earlier and now "
                  "| 'peer worker*') | "
                  "practice and 'we'\"\n"
                  "  open:\n    rule: self and first_person and role = nurse\n"
                  "  lived:\n    rule: self and first_person and role != nurse\n"
                  "  talked:\n    rule: tech near/10 metalanguage\n"
                  "  burden:\n    rule: \"risk near/5 'nurse*'\"\n"
                  "  attent: [attentive]\n  quest: [questioning]\n  contrast: [different]\n  earlier: [used "
                  "to]\n  now: [nowadays]\n"
                  "  practice: [sit down]\n  self: [fallen apart]\n  tech:\n    senses: [used, mentioned]\n    "
                  "entries: [compliant]\n"
                  "  risk: [overburdened]\n");
    const char *a = "I have become attentive", *c = "It is different, we used to shout and nowadays not",
               *p = "With the peer worker it is different", *n = "They are attentive",
               *o = "I have fallen apart myself", *t = "the word compliant", *r = "the night nurses are overburdened";

    (void)state;
    hits_are(&b, &a, 1, "change", "0+4");
    hits_are(&b, &c, 1, "change", "2+7");
    hits_are(&b, &p, 1, "change", "2+5");
    hits_are(&b, &n, 1, "change", "");
    hits_are(&b, &o, 1, "open", "2+3");
    hits_are(&b, &o, 1, "lived", "");
    hits_are(&b, &t, 1, "talked", "1+2");
    hits_are(&b, &r, 1, "burden", "2+3");
    match_bench_clear(&b);
}

static void test_rules__a_long_turn_full_of_hits_takes_no_time(void **state)
{
    match_bench b =
        bench_new(MARKERS "  r:\n    rule: a near/3 b\n  s:\n    rule: a and not c\n  t:\n    rule: a and b\n");
    att_buffer text = {0};

    (void)state;
    for (int i = 0; i < 50000; i++)
        att_buffer_text(&text, "alpha beta ");
    const char *turn = text.data;
    att_tokens_empty(&b.tokens);
    assert_int_equal(att_tokenise_add(b.tokeniser, att_span_of(turn), &b.tokens, NULL), ATT_OK);
    assert_int_equal(att_vocabulary_assign(b.vocabulary, &b.tokens, att_matcher_learn, b.matcher, NULL), ATT_OK);
    assert_int_equal(att_match(b.matcher, &b.tokens, &b.hits, NULL), ATT_OK);
    assert_int_equal(b.hits.count, 100000 + 50000 + 50000 + 50000);
    att_buffer_clear(&text);
    match_bench_clear(&b);
}

static void assert_refused(const char *markers, const char *expected)
{
    att_lexicon *lexicon = NULL;
    att_buffer yaml = {0};
    att_error error = {0};

    att_buffer_format(&yaml, "name: t\nlanguage: en\nmarkers:\n  a: [alpha]\n  b:\n    a: [beta]\n    c: [x]\n%s",
                      markers);
    assert_int_equal(att_lexicon_parse(&lexicon, "t.yml", att_span_of(yaml.data), NULL, &error), ATT_BAD_INPUT);
    if (!strstr(error.message, expected))
        fail_msg("%s\n%s", markers, error.message);
    att_buffer_clear(&yaml);
}

static void test_rules__what_is_wrong_is_said(void **state)
{
    (void)state;
    assert_refused("  r:\n    rule: a near/5\n",
                   "t.yml:9:11: bad rule: a marker, a term in quotation marks or a condition is "
                   "missing, at its end");
    assert_refused("  r:\n    rule: a b.c\n",
                   "an operator is missing (and, or, not, near/N, before/N, after/N), at 'b.c'");
    assert_refused("  r:\n    rule: a and d\n", "there is no marker and no list of cues of this name");
    assert_refused("  r:\n    rule: a and alpa\n  alpha: [x]\n", "did you mean 'alpha'?");
    assert_refused("  d:\n    c: [x]\n  r:\n    rule: a and c\n",
                   "several markers are called so (b.c, d.c); write more of the path");
    assert_refused("  r:\n    rule: (a and b.c\n", "a closing parenthesis is missing");
    assert_refused("  r:\n    rule: not a\n", "'not' needs something before it");
    assert_refused("  r:\n    rule: a not before/3 b.c\n", "'not' goes with near/N");
    assert_refused("  r:\n    rule: role = x\n", "a condition alone has no hits");
    assert_refused("  r:\n    rule: a near/3 role = x\n", "a condition stands nowhere in the text");
    assert_refused("  r:\n    rule: a | role = x\n", "a condition stands nowhere in the text");
    assert_refused("  r:\n    rule: a and role =\n", "a condition needs a value");
    assert_refused("  r:\n    rule: a near/99999 b.c\n", "an operator is missing");
    assert_refused("  r:\n    rule: r and a\n", "the rule of 'r' asks for hits that depend on its own");
    assert_refused("  r:\n    rule: s and a\n  s:\n    rule: r and a\n", "asks for hits that depend on its own");
    assert_refused("  p:\n    r:\n      rule: p and a\n    q: [x]\n", "asks for hits that depend on its own");
    assert_refused("  r:\n    within: turn\n    entries: [x]\n", "there is no 'rule' here");
    assert_refused("  r:\n    rule: a\n    within: page\n", "'within' must be turn or sentence");
    assert_refused("  r:\n    rule: [a]\n", "'rule' must be a text");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rules__near_takes_the_nearest_on_either_side),
        cmocka_unit_test(test_rules__before_and_after_have_a_side),
        cmocka_unit_test(test_rules__and_or_not_look_at_the_whole_turn),
        cmocka_unit_test(test_rules__terms_in_quotation_marks_are_entries),
        cmocka_unit_test(test_rules__cue_words_are_operands),
        cmocka_unit_test(test_rules__conditions_ask_for_the_speaker),
        cmocka_unit_test(test_rules__sentences_are_those_of_icu),
        cmocka_unit_test(test_rules__turns_do_not_mix),
        cmocka_unit_test(test_rules__ask_for_each_other_by_any_part_of_a_path),
        cmocka_unit_test(test_rules__the_longest_counts_in_a_parent_among_entries_too),
        cmocka_unit_test(test_rules__what_the_marker_system_asks_for_can_be_said),
        cmocka_unit_test(test_rules__a_long_turn_full_of_hits_takes_no_time),
        cmocka_unit_test(test_rules__what_is_wrong_is_said),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
