/* The balance and its interval, against worked figure C of docs/statistics.md (R 4.2.2). */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "estimate/balance.h"

#include <math.h>

static void expect_near(double is, double expected)
{
    if (!(fabs(is - expected) <= 5e-8 * fabs(expected)))
        fail_msg("%.10g, not %.10g", is, expected);
}

static void add_unit(att_balance_sums *sums, uint64_t a, uint64_t b)
{
    sums->units++;
    sums->sum_aa += (att_u128)a * a;
    sums->sum_bb += (att_u128)b * b;
    sums->sum_ab += (att_u128)a * b;
}

static att_balance_input turns_of(const uint64_t *a, const uint64_t *b, size_t count)
{
    att_balance_input input = {0};
    for (size_t i = 0; i < count; i++) {
        input.appreciative += a[i];
        input.technical += b[i];
        add_unit(&input.turns, a[i], b[i]);
    }
    return input;
}

static const uint64_t a_c[6] = {2, 0, 1, 3, 0, 1}, b_c[6] = {0, 1, 0, 1, 4, 0};

static void test_balance__worked_figure_c(void **state)
{
    (void)state;
    att_balance_input input = turns_of(a_c, b_c, 6);
    att_balance balance = att_balance_estimate(&input, ATT_LEVEL);
    assert_true(balance.has_balance && balance.has_interval);
    expect_near(balance.balance, .20645088);
    expect_near(balance.dispersion, 2.5714286);
    expect_near(balance.lo, -3.5249477);
    expect_near(balance.hi, 3.9378495);
    assert_null(balance.note);
}

static void test_balance__changing_the_poles_changes_the_sign(void **state)
{
    (void)state;
    att_balance_input input = turns_of(a_c, b_c, 6), mirrored = turns_of(b_c, a_c, 6);
    att_balance one = att_balance_estimate(&input, ATT_LEVEL), other = att_balance_estimate(&mirrored, ATT_LEVEL);
    expect_near(one.balance, -other.balance);
    expect_near(one.lo, -other.hi);
    expect_near(one.hi, -other.lo);
    expect_near(one.dispersion, other.dispersion);
}

static void test_balance__without_hits_is_missing_not_even(void **state)
{
    (void)state;
    const uint64_t none[2] = {0, 0};
    att_balance_input input = turns_of(none, none, 2);
    att_balance balance = att_balance_estimate(&input, ATT_LEVEL);
    assert_false(balance.has_balance || balance.has_interval);
    assert_true(isnan(balance.balance));
    assert_string_equal(balance.note, "no hits of either pole");
}

static void test_balance__one_empty_pole_has_no_dispersion(void **state)
{
    (void)state;
    const uint64_t none[6] = {0};
    att_balance_input input = turns_of(a_c, none, 6);
    att_balance balance = att_balance_estimate(&input, ATT_LEVEL);
    assert_true(balance.has_balance && balance.has_interval);
    assert_true(balance.dispersion == 1);
    expect_near(balance.balance, log2(7.5 / .5));
    /* h = a: 7^2 / 15 - 1 */
    expect_near(balance.df, 49.0 / 15 - 1);
    expect_near(balance.hi - balance.lo, 2 * att_t_quantile(.95, 49.0 / 15 - 1) * sqrt(1 / 7.5 + 1 / .5) / log(2));
    assert_string_equal(balance.note, "no technical hits");
}

static void test_balance__one_turn_says_so(void **state)
{
    (void)state;
    const uint64_t a[1] = {5}, b[1] = {5};
    att_balance_input input = turns_of(a, b, 1);
    att_balance balance = att_balance_estimate(&input, ATT_LEVEL);
    assert_true(balance.balance == 0);
    assert_true(balance.dispersion == 1 && balance.df == 1);
    assert_true(balance.lo < -3 && balance.hi > 3);
    assert_string_equal(balance.note, "one turn");
}

static void test_balance__ten_transcripts_are_the_clusters(void **state)
{
    (void)state;
    att_balance_input input = {0};
    for (int i = 0; i < 10; i++) {
        add_unit(&input.turns, 2, 0);
        add_unit(&input.turns, 0, 2);
        add_unit(&input.transcripts, 2, 2);
        input.appreciative += 2;
        input.technical += 2;
    }
    att_balance balance = att_balance_estimate(&input, ATT_LEVEL);
    assert_int_equal(balance.cluster, ATT_BY_TRANSCRIPT);
    assert_int_equal(balance.clusters, 10);
    assert_true(balance.dispersion == 1); /* every transcript is even */
    input.transcripts.units = 9;
    balance = att_balance_estimate(&input, ATT_LEVEL);
    assert_int_equal(balance.cluster, ATT_BY_TURN);
    assert_true(balance.dispersion > 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_balance__worked_figure_c),
        cmocka_unit_test(test_balance__changing_the_poles_changes_the_sign),
        cmocka_unit_test(test_balance__without_hits_is_missing_not_even),
        cmocka_unit_test(test_balance__one_empty_pole_has_no_dispersion),
        cmocka_unit_test(test_balance__one_turn_says_so),
        cmocka_unit_test(test_balance__ten_transcripts_are_the_clusters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
