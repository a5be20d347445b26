#include "write/writer.h"

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

void att_format_real(char out[ATT_REAL_ROOM], double number)
{
    char text[ATT_REAL_ROOM], digits[9] = {0};
    if (put_special(out, number))
        return;
    /* Nine digits and an exponent; the mark between them is the locale's and is passed over. */
    snprintf(text, sizeof text, "%.8e", fabs(number));
    int count = 0;
    const char *at = text;
    for (; *at && *at != 'e'; at++)
        if (*at >= '0' && *at <= '9' && count < 9)
            digits[count++] = *at;
    int exponent = *at ? (int)strtol(at + 1, NULL, 10) : 0;
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
