/* Unsigned integers wider than the machine's: exact sums of squares and the products made of them. */
#ifndef ATT_BASE_WIDE_H
#define ATT_BASE_WIDE_H

#include "base/buffer.h"

typedef struct {
    att_u128 high;
    att_u128 low;
} att_u256;

att_u256 att_u256_multiply(att_u128 a, att_u128 b); /* exact */
/* Modulo 2^256. */
att_u256 att_u256_add(att_u256 a, att_u256 b);
att_u256 att_u256_subtract(att_u256 a, att_u256 b);
int att_u256_compare(att_u256 a, att_u256 b);

/* To the nearest double or the one beside it. */
double att_u128_double(att_u128 number);
double att_u256_double(att_u256 number);

/* x^2 yy + y^2 xx - 2 x y xy, exact, then rounded once. For totals x and y of units with sums of squares xx, yy and
 * products xy this is sum (x y_t - y x_t)^2: the naive floating-point sum loses all its digits when the units are
 * alike. x and y below 2^62; sums that no data can have give 0. */
double att_spread(uint64_t x, uint64_t y, att_u128 xx, att_u128 yy, att_u128 xy);

#endif
