/* Integers wider than the machine's. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/wide.h"

#include <math.h>

static const att_u128 one = 1;
#define MOST (~(att_u128)0)

static void expect_equal(att_u256 a, att_u128 high, att_u128 low)
{
    assert_true(a.high == high);
    assert_true(a.low == low);
}

static void test_multiply__is_exact(void **state)
{
    (void)state;
    expect_equal(att_u256_multiply(0, MOST), 0, 0);
    expect_equal(att_u256_multiply(1, MOST), 0, MOST);
    expect_equal(att_u256_multiply(6, 7), 0, 42);
    expect_equal(att_u256_multiply(one << 64, one << 64), 1, 0);
    expect_equal(att_u256_multiply(one << 127, 2), 1, 0);
    /* (2^128 - 1)^2 = 2^256 - 2^129 + 1 */
    expect_equal(att_u256_multiply(MOST, MOST), MOST - 1, 1);
    /* (2^64 + 1)(2^64 - 1) = 2^128 - 1 */
    expect_equal(att_u256_multiply((one << 64) + 1, (one << 64) - 1), 0, MOST);
    /* (2^96 + 3)^2 = 2^192 + 6 2^96 + 9 */
    expect_equal(att_u256_multiply((one << 96) + 3, (one << 96) + 3), one << 64, (6 * (one << 96)) + 9);
}

static void test_add_and_subtract__carry(void **state)
{
    (void)state;
    att_u256 low = {0, MOST}, unit = {0, 1}, high = {1, 0};
    expect_equal(att_u256_add(low, unit), 1, 0);
    expect_equal(att_u256_subtract(high, unit), 0, MOST);
    expect_equal(att_u256_subtract(att_u256_add(high, low), low), 1, 0);
}

static void test_compare__looks_at_the_high_half_first(void **state)
{
    (void)state;
    att_u256 low = {0, MOST}, high = {1, 0}, higher = {1, 1};
    assert_true(att_u256_compare(low, high) < 0);
    assert_true(att_u256_compare(higher, high) > 0);
    assert_int_equal(att_u256_compare(high, high), 0);
}

static void test_double__is_near(void **state)
{
    (void)state;
    assert_true(att_u128_double(one << 100) == ldexp(1, 100));
    assert_true(att_u256_double((att_u256){one << 100, 0}) == ldexp(1, 228));
    assert_true(att_u256_double((att_u256){0, 12345}) == 12345);
    assert_true(att_u256_double((att_u256){MOST, MOST}) == ldexp(1, 256));
}

typedef struct {
    uint64_t x, y;
    att_u128 xx, yy, xy;
} sums;

static void add(sums *s, uint64_t x, uint64_t y)
{
    s->x += x;
    s->y += y;
    s->xx += (att_u128)x * x;
    s->yy += (att_u128)y * y;
    s->xy += (att_u128)x * y;
}

static double spread(const sums *s)
{
    return att_spread(s->x, s->y, s->xx, s->yy, s->xy);
}

static void test_spread__is_the_sum_of_squared_differences(void **state)
{
    (void)state;
    sums s = {0};
    add(&s, 10, 1);
    add(&s, 20, 0);
    add(&s, 5, 2);
    /* x = 35, y = 3: (35 - 30)^2 + (0 - 60)^2 + (70 - 15)^2 */
    assert_true(spread(&s) == 25 + 3600 + 3025);
}

static void test_spread__of_equal_shares_is_zero_however_large(void **state)
{
    (void)state;
    sums s = {0};
    for (int i = 0; i < 1000; i++)
        add(&s, UINT64_C(3000000000000007), UINT64_C(1000000000003) * 3);
    assert_true(spread(&s) == 0);
}

/* The terms are some 10^64 and agree in all but the last figures: a sum in double would be noise. */
static void test_spread__keeps_a_difference_of_one_in_huge_counts(void **state)
{
    (void)state;
    const uint64_t x = UINT64_C(1000000000000000), y = UINT64_C(1000000000000);
    sums s = {0};
    add(&s, x, y + 1);
    add(&s, x, y - 1);
    /* X = 2x, Y = 2y: each difference is 2x */
    assert_true(fabs(spread(&s) / (8 * (double)x * (double)x) - 1) < 1e-15);
}

static void test_spread__of_sums_that_cannot_be_is_zero(void **state)
{
    (void)state;
    assert_true(att_spread(10, 10, 1, 1, MOST >> 4) == 0);
    assert_true(att_spread(0, 0, 0, 0, 0) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_multiply__is_exact),
        cmocka_unit_test(test_add_and_subtract__carry),
        cmocka_unit_test(test_compare__looks_at_the_high_half_first),
        cmocka_unit_test(test_double__is_near),
        cmocka_unit_test(test_spread__is_the_sum_of_squared_differences),
        cmocka_unit_test(test_spread__of_equal_shares_is_zero_however_large),
        cmocka_unit_test(test_spread__keeps_a_difference_of_one_in_huge_counts),
        cmocka_unit_test(test_spread__of_sums_that_cannot_be_is_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
