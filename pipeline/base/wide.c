#include "base/wide.h"

#include <math.h>

att_u256 att_u256_multiply(att_u128 a, att_u128 b)
{
    uint64_t a1 = (uint64_t)(a >> 64), a0 = (uint64_t)a, b1 = (uint64_t)(b >> 64), b0 = (uint64_t)b;
    att_u128 low = (att_u128)a0 * b0, high = (att_u128)a1 * b1;
    att_u128 cross = (att_u128)a1 * b0, other = (att_u128)a0 * b1;
    /* The three words that meet in the middle sum to less than 2^66. */
    att_u128 middle = (low >> 64) + (uint64_t)cross + (uint64_t)other;
    return (att_u256){.high = high + (cross >> 64) + (other >> 64) + (middle >> 64),
                      .low = (middle << 64) | (uint64_t)low};
}

att_u256 att_u256_add(att_u256 a, att_u256 b)
{
    att_u128 low = a.low + b.low;
    return (att_u256){.high = a.high + b.high + (low < a.low), .low = low};
}

att_u256 att_u256_subtract(att_u256 a, att_u256 b)
{
    return (att_u256){.high = a.high - b.high - (a.low < b.low), .low = a.low - b.low};
}

int att_u256_compare(att_u256 a, att_u256 b)
{
    if (a.high != b.high)
        return a.high < b.high ? -1 : 1;
    return (a.low > b.low) - (a.low < b.low);
}

double att_u128_double(att_u128 number)
{
    return (double)number;
}

double att_u256_double(att_u256 number)
{
    return ldexp((double)number.high, 128) + (double)number.low;
}

double att_spread(uint64_t x, uint64_t y, att_u128 xx, att_u128 yy, att_u128 xy)
{
    att_u256 squares = att_u256_add(att_u256_multiply((att_u128)x * x, yy), att_u256_multiply((att_u128)y * y, xx));
    att_u256 products = att_u256_multiply((att_u128)x * y * 2, xy);
    if (att_u256_compare(squares, products) <= 0)
        return 0;
    return att_u256_double(att_u256_subtract(squares, products));
}
