/* The rate and its interval, against the worked figures of docs/statistics.md (R 4.2.2: qt, qchisq, and the formulas).
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "estimate/rate.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

/* To the eight digits that the figures are given with. */
static void expect_near(double is, double expected)
{
    if (!(fabs(is - expected) <= 5e-8 * fabs(expected)))
        fail_msg("%.10g, not %.10g", is, expected);
}

static void add_unit(att_rate_sums *sums, uint64_t n, uint64_t y)
{
    sums->units++;
    sums->sum_nn += (att_u128)n * n;
    sums->sum_yy += (att_u128)y * y;
    sums->sum_yn += (att_u128)y * n;
}

static att_rate_input turns_of(const uint64_t *n, const uint64_t *y, size_t count)
{
    att_rate_input input = {0};
    for (size_t i = 0; i < count; i++) {
        input.tokens += n[i];
        input.hits += y[i];
        add_unit(&input.turns, n[i], y[i]);
    }
    return input;
}

static const uint64_t tokens_a[8] = {10, 25, 40, 5, 20, 60, 15, 30};

static void test_rate__worked_figure_a(void **state)
{
    (void)state;
    const uint64_t y[8] = {0, 2, 1, 1, 0, 4, 0, 1};
    att_rate_input input = turns_of(tokens_a, y, 8);
    att_rate rate = att_rate_estimate(&input, ATT_LEVEL, NULL);
    assert_true(rate.has_rate && rate.has_interval && rate.has_dispersion);
    expect_near(rate.rate, 1000 * 9 / 205.0);
    expect_near(rate.raw_dispersion, .68047175);
    assert_true(rate.dispersion == 1);
    expect_near(rate.lo, 18.239714);
    expect_near(rate.hi, 105.67184);
    expect_near(rate.df, 5.6220736 - 1);
    assert_int_equal(rate.cluster, ATT_BY_TURN);
    assert_int_equal(rate.clusters, 8);
    assert_null(rate.note);
    double lo, hi;
    att_garwood(9, .95, &lo, &hi);
    expect_near(1000 * lo / 205, 20.074991);
    expect_near(1000 * hi / 205, 83.340505);
}

static void test_rate__worked_figure_a_with_dispersion(void **state)
{
    (void)state;
    const uint64_t y[8] = {0, 0, 0, 0, 0, 8, 0, 1};
    att_rate_input input = turns_of(tokens_a, y, 8);
    att_rate rate = att_rate_estimate(&input, ATT_LEVEL, NULL);
    expect_near(rate.dispersion, 4.3970803);
    assert_true(rate.dispersion == rate.raw_dispersion);
    expect_near(rate.lo, 6.9594453);
    expect_near(rate.hi, 276.95083);
}

static void test_rate__no_hits_have_a_real_upper_bound(void **state)
{
    (void)state;
    const uint64_t n[3] = {400, 500, 300}, y[3] = {0, 0, 0};
    att_rate_input input = turns_of(n, y, 3);
    att_rate rate = att_rate_estimate(&input, ATT_LEVEL, NULL);
    assert_true(rate.has_rate && rate.has_interval);
    assert_false(rate.has_dispersion);
    assert_true(rate.rate == 0 && rate.lo == 0);
    expect_near(rate.hi, 3.0740662);
    assert_string_equal(rate.note, "no hits: exact Poisson interval");
}

static void test_rate__one_turn_gets_the_exact_interval(void **state)
{
    (void)state;
    const uint64_t n[1] = {205}, y[1] = {9};
    att_rate_input input = turns_of(n, y, 1);
    att_rate rate = att_rate_estimate(&input, ATT_LEVEL, NULL);
    expect_near(rate.lo, 20.074991);
    expect_near(rate.hi, 83.340505);
    assert_false(rate.has_dispersion);
    assert_int_equal(rate.clusters, 1);
    assert_string_equal(rate.note, "one turn: exact Poisson interval");
}

static void test_rate__without_tokens_is_missing_with_the_reason(void **state)
{
    (void)state;
    att_rate_input input = {0};
    att_rate rate = att_rate_estimate(&input, ATT_LEVEL, NULL);
    assert_false(rate.has_rate || rate.has_interval || rate.has_dispersion);
    assert_true(isnan(rate.rate) && isnan(rate.lo) && isnan(rate.hi));
    assert_string_equal(rate.note, "no tokens");
}

static void test_rate__ten_transcripts_are_the_clusters(void **state)
{
    (void)state;
    att_rate_input input = {0};
    for (uint64_t i = 0; i < 10; i++) {
        /* two turns each, all hits of a transcript in one of them */
        add_unit(&input.turns, 50, 2);
        add_unit(&input.turns, 50, 0);
        input.tokens += 100;
        input.hits += 2;
        if (i < 9)
            add_unit(&input.transcripts, 100, 2);
    }
    att_rate rate = att_rate_estimate(&input, ATT_LEVEL, NULL);
    assert_int_equal(rate.cluster, ATT_BY_TURN);
    assert_int_equal(rate.clusters, 20);
    add_unit(&input.transcripts, 100, 2);
    rate = att_rate_estimate(&input, ATT_LEVEL, NULL);
    assert_int_equal(rate.cluster, ATT_BY_TRANSCRIPT);
    assert_int_equal(rate.clusters, 10);
    assert_true(rate.raw_dispersion == 0);
    expect_near(rate.df, 9);
    assert_string_equal(att_cluster_name(rate.cluster), "transcript");
}

static void test_rate__equal_turns_do_not_disperse(void **state)
{
    (void)state;
    att_rate_input input = {0};
    for (int i = 0; i < 7; i++) {
        add_unit(&input.turns, 30, 3);
        input.tokens += 30;
        input.hits += 3;
    }
    att_rate rate = att_rate_estimate(&input, ATT_LEVEL, NULL);
    assert_true(rate.raw_dispersion == 0 && rate.dispersion == 1);
    expect_near(rate.df, 6);
}

static void test_rate__huge_counts_keep_their_digits(void **state)
{
    (void)state;
    /* 4e12 tokens in four turns; y_t - r n_t is +-3 around 1e9, so that sum (y - r n)^2 = 36 and phi = 4/3 * 36 / 4e9.
     */
    const uint64_t n[4] = {UINT64_C(1000000000000), UINT64_C(1000000000000), UINT64_C(1000000000000),
                           UINT64_C(1000000000000)};
    const uint64_t y[4] = {1000000003, 999999997, 1000000003, 999999997};
    att_rate_input input = turns_of(n, y, 4);
    assert_true(input.turns.sum_nn > UINT64_MAX);
    att_rate rate = att_rate_estimate(&input, ATT_LEVEL, NULL);
    expect_near(rate.raw_dispersion, 4.0 / 3 * 36 / 4e9);
    expect_near(rate.rate, 1);
    assert_true(rate.lo < 1 && rate.hi > 1 && rate.hi - rate.lo < 1e-3);
}

static void test_rate__order_of_turns_does_not_matter(void **state)
{
    (void)state;
    const uint64_t y[8] = {0, 2, 1, 1, 0, 4, 0, 1};
    uint64_t n2[8], y2[8];
    for (size_t i = 0; i < 8; i++) {
        n2[i] = tokens_a[7 - i];
        y2[i] = y[7 - i];
    }
    att_rate_input a = turns_of(tokens_a, y, 8), b = turns_of(n2, y2, 8);
    att_rate first = att_rate_estimate(&a, ATT_LEVEL, NULL), second = att_rate_estimate(&b, ATT_LEVEL, NULL);
    assert_true(first.lo == second.lo && first.hi == second.hi && first.dispersion == second.dispersion);
}

static void test_rate__counting_in_larger_tokens_scales_the_rate_and_nothing_else(void **state)
{
    (void)state;
    const uint64_t y[8] = {0, 0, 0, 0, 0, 8, 0, 1};
    uint64_t n10[8];
    for (size_t i = 0; i < 8; i++)
        n10[i] = 10 * tokens_a[i];
    att_rate_input a = turns_of(tokens_a, y, 8), b = turns_of(n10, y, 8);
    att_rate one = att_rate_estimate(&a, ATT_LEVEL, NULL), ten = att_rate_estimate(&b, ATT_LEVEL, NULL);
    expect_near(ten.rate * 10, one.rate);
    expect_near(ten.lo * 10, one.lo);
    expect_near(ten.hi * 10, one.hi);
    expect_near(ten.dispersion, one.dispersion);
}

static void test_rate__wider_level_wider_interval(void **state)
{
    (void)state;
    const uint64_t y[8] = {0, 2, 1, 1, 0, 4, 0, 1};
    att_rate_input input = turns_of(tokens_a, y, 8);
    double before = 0;
    static const double levels[] = {.5, .8, .9, .95, .99, .999};
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        att_rate rate = att_rate_estimate(&input, levels[i], NULL);
        assert_true(rate.lo < rate.rate && rate.rate < rate.hi);
        assert_true(rate.hi - rate.lo > before);
        before = rate.hi - rate.lo;
    }
}

static void test_rate__interval_past_all_numbers_is_missing_with_the_reason(void **state)
{
    (void)state;
    const uint64_t n[2] = {1, 1000000}, y[2] = {1, 0};
    att_rate_input input = turns_of(n, y, 2);
    att_rate rate = att_rate_estimate(&input, .9999, NULL);
    assert_true(rate.has_rate && rate.has_dispersion);
    assert_false(rate.has_interval);
    assert_true(isnan(rate.hi) && isnan(rate.lo));
    assert_non_null(strstr(rate.note, "not finite"));
    /* At the usual level the same cell has one. */
    rate = att_rate_estimate(&input, ATT_LEVEL, NULL);
    assert_true(rate.has_interval && isfinite(rate.hi));
}

static void test_rate__level_that_is_none_gives_no_interval(void **state)
{
    (void)state;
    const uint64_t y[8] = {0, 2, 1, 1, 0, 4, 0, 1};
    att_rate_input input = turns_of(tokens_a, y, 8);
    static const double levels[] = {0, 1, -1, 95, NAN};
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        att_rate rate = att_rate_estimate(&input, levels[i], NULL);
        assert_true(rate.has_rate);
        assert_false(rate.has_interval);
    }
}

/* P and Q of the bounds must be the tails. GSL's own inversion is wrong from 1e5 hits on and aborts at 1e6. */
static void test_garwood__bounds_have_the_tails_they_promise(void **state)
{
    (void)state;
    static const double levels[] = {.5, .8, .9, .95, .99, .999, .9999};
    for (double hits = 1; hits < 1e5; hits = floor(hits * 1.17 + 1)) {
        for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
            double lo, hi, tail = (1 - levels[i]) / 2;
            att_garwood(hits, levels[i], &lo, &hi);
            assert_true(fabs(gsl_cdf_chisq_P(2 * lo, 2 * hits) / tail - 1) < 1e-8);
            assert_true(fabs(gsl_cdf_chisq_Q(2 * hi, 2 * hits + 2) / tail - 1) < 1e-8);
        }
    }
}

static void test_garwood__huge_counts_are_nearly_normal(void **state)
{
    (void)state;
    for (double hits = 1e6; hits < 1e18; hits *= 10) {
        double lo, hi;
        att_garwood(hits, .95, &lo, &hi);
        assert_true(fabs((hits - lo) / sqrt(hits) / 1.959963984540054 - 1) < 1e-2);
        assert_true(fabs((hi - hits) / sqrt(hits) / 1.959963984540054 - 1) < 1e-2);
    }
}

/* mpmath 1.3.0: the roots of the regularised incomplete gamma function. */
static void test_garwood__figures_on_both_sides_of_the_expansion(void **state)
{
    (void)state;
    static const double cases[][4] = {{1000, .95, 938.9730184076952, 1063.952136016302},
                                      {5000, .95, 4862.359188694899, 5140.5489485350045},
                                      {5000, .999, 4770.595428747975, 5236.979344713078},
                                      {10000, .999, 9674.219632619846, 10333.348428605632}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double lo, hi;
        att_garwood(cases[i][0], cases[i][1], &lo, &hi);
        assert_true(fabs(lo / cases[i][2] - 1) < 1e-11);
        assert_true(fabs(hi / cases[i][3] - 1) < 1e-11);
    }
}

static void test_t_quantile__fractional_degrees(void **state)
{
    (void)state;
    expect_near(att_t_quantile(.95, 1), 12.706204736174698);
    expect_near(att_t_quantile(.95, 2), 4.3026527297494637);
    expect_near(att_t_quantile(.95, 1e9), 1.9599639845400545);
    for (double df = 1; df < 1e12; df *= 1.31)
        assert_true(fabs(gsl_cdf_tdist_Q(att_t_quantile(.95, df), df) / .025 - 1) < 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rate__worked_figure_a),
        cmocka_unit_test(test_rate__worked_figure_a_with_dispersion),
        cmocka_unit_test(test_rate__no_hits_have_a_real_upper_bound),
        cmocka_unit_test(test_rate__one_turn_gets_the_exact_interval),
        cmocka_unit_test(test_rate__without_tokens_is_missing_with_the_reason),
        cmocka_unit_test(test_rate__ten_transcripts_are_the_clusters),
        cmocka_unit_test(test_rate__equal_turns_do_not_disperse),
        cmocka_unit_test(test_rate__huge_counts_keep_their_digits),
        cmocka_unit_test(test_rate__order_of_turns_does_not_matter),
        cmocka_unit_test(test_rate__counting_in_larger_tokens_scales_the_rate_and_nothing_else),
        cmocka_unit_test(test_rate__wider_level_wider_interval),
        cmocka_unit_test(test_rate__interval_past_all_numbers_is_missing_with_the_reason),
        cmocka_unit_test(test_rate__level_that_is_none_gives_no_interval),
        cmocka_unit_test(test_garwood__bounds_have_the_tails_they_promise),
        cmocka_unit_test(test_garwood__huge_counts_are_nearly_normal),
        cmocka_unit_test(test_garwood__figures_on_both_sides_of_the_expansion),
        cmocka_unit_test(test_t_quantile__fractional_degrees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
