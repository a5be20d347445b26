#include "write/writer.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool put_special(char *out, double number)
{
    if (isfinite(number))
        return false;
    snprintf(out, ATT_REAL_ROOM, "%s", isnan(number) ? "NaN" : number > 0 ? "Inf" : "-Inf");
    return true;
}

/* "1.25" from the digits 125 and the exponent 0; up to 1e15 and down to 1e-5. */
static char *put_plain(char *out, const char *digits, int count, int exponent)
{
    if (exponent < 0) {
        *out++ = '0';
        *out++ = '.';
        for (int i = -1; i > exponent; i--)
            *out++ = '0';
    }
    for (int i = 0; i < count || i <= exponent; i++) {
        *out++ = i < count ? digits[i] : '0';
        if (exponent >= 0 && i == exponent && i + 1 < count)
            *out++ = '.';
    }
    return out;
}

static char *put_scientific(char *out, const char *digits, int count, int exponent)
{
    *out++ = digits[0];
    if (count > 1) {
        *out++ = '.';
        memcpy(out, digits + 1, (size_t)count - 1);
        out += count - 1;
    }
    *out++ = 'e';
    if (exponent < 0)
        *out++ = '-';
    int rest = abs(exponent);
    if (rest >= 100)
        *out++ = (char)('0' + rest / 100);
    *out++ = (char)('0' + rest / 10 % 10);
    *out++ = (char)('0' + rest % 10);
    return out;
}

enum { DIGITS = 9 };

/* The digits and the decimal exponent as the C library rounds them, which is slow and always right. */
static int digits_by_library(char digits[DIGITS], double number)
{
    char text[ATT_REAL_ROOM];
    int count = 0;

    /* The mark between the digits is the locale's and is passed over. */
    snprintf(text, sizeof text, "%.8e", number);
    const char *at = text;
    for (; *at && *at != 'e'; at++)
        if (*at >= '0' && *at <= '9' && count < DIGITS)
            digits[count++] = *at;
    return *at ? (int)strtol(at + 1, NULL, 10) : 0;
}

/* The same for the numbers that tables are full of. The scaled number is off by less than 2^-30 where a long double has
 * 64 bits; so near to the middle between two roundings nothing is said. */
static bool digits_by_scaling(char digits[DIGITS], double number, int *exponent)
{
    static const long double powers[] = {1e1L, 1e2L, 1e3L,  1e4L,  1e5L,  1e6L, 1e7L,
                                         1e8L, 1e9L, 1e10L, 1e11L, 1e12L, 1e13L};
    static const double floors[] = {1e7, 1e6, 1e5, 1e4, 1e3, 1e2, 1e1, 1e0, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5};
    size_t at = 0, count = sizeof floors / sizeof floors[0];

    if (LDBL_MANT_DIG < 64 || !(number < 1e8))
        return false;
    while (at < count && number < floors[at])
        at++;
    if (at == count)
        return false;
    long double scaled = (long double)number * powers[at];
    uint64_t whole = (uint64_t)scaled;
    long double rest = scaled - (long double)whole;
    if (fabsl(rest - 0.5L) < 1e-6L)
        return false;
    whole += rest > 0.5L;
    if (whole < 100000000u || whole > 999999999u) /* rounding has carried */
        return false;
    for (int i = DIGITS; i-- > 0; whole /= 10)
        digits[i] = (char)('0' + whole % 10);
    *exponent = 7 - (int)at;
    return true;
}

void att_format_real(char out[ATT_REAL_ROOM], double number)
{
    char digits[DIGITS] = {0};
    int exponent = 0, count = DIGITS;

    if (put_special(out, number))
        return;
    if (number == 0) {
        memcpy(out, "0", 2);
        return;
    }
    if (!digits_by_scaling(digits, fabs(number), &exponent))
        exponent = digits_by_library(digits, fabs(number));
    while (count > 1 && digits[count - 1] == '0')
        count--;
    if (number < 0)
        *out++ = '-';
    bool plain = exponent >= -5 && exponent < 15;
    out = plain ? put_plain(out, digits, count, exponent) : put_scientific(out, digits, count, exponent);
    *out = '\0';
}

void att_format_fixed(char out[ATT_REAL_ROOM], double number, int decimals)
{
    char text[ATT_REAL_ROOM + 8];
    if (put_special(out, number))
        return;
    if (fabs(number) >= 1e15) {
        att_format_real(out, number);
        return;
    }
    snprintf(text, sizeof text, "%.*f", decimals, number);
    /* What is neither sign nor digit is the locale's decimal mark, in one byte or more; "-0.0" says nothing that "0.0"
     * does not. */
    const char *at = text;
    if (*at == '-' && strspn(at, "-0.,") == strlen(at))
        at++;
    for (bool marked = false; *at; at++) {
        if (*at == '-' || (*at >= '0' && *at <= '9')) {
            *out++ = *at;
        } else if (!marked) {
            *out++ = '.';
            marked = true;
        }
    }
    *out = '\0';
}
