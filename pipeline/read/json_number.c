#include "read/json_number.h"

#include <locale.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Both are exact as doubles, so their product or quotient is rounded once (Clinger 1990, "How to read floating point
 * numbers accurately"). */
#define EXACT_MOST (UINT64_C(1) << 53)
enum { EXACT_TENS = 22 };

/* A plain decimal number of few digits, as times are. */
static bool convert_plain(const char *text, double *number)
{
    static const double tens[EXACT_TENS + 1] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                                1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    bool minus = *text == '-', point = false;
    uint64_t digits = 0;
    unsigned places = 0;

    for (text += minus; *text; text++) {
        if (*text == '.' && !point) {
            point = true;
            continue;
        }
        if (*text < '0' || *text > '9' || digits > EXACT_MOST / 10 - 1)
            return false;
        digits = digits * 10 + (uint64_t)(*text - '0');
        places += point;
    }
    if (places > EXACT_TENS)
        return false;
    *number = (double)digits / tens[places];
    *number = minus ? -*number : *number;
    return true;
}

bool att_json_convert(const char *text, double *number)
{
    if (convert_plain(text, number))
        return true;
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    *number = plain ? strtod_l(text, NULL, plain) : strtod(text, NULL);
    if (plain)
        freelocale(plain);
    return isfinite(*number);
}

void att_json_print(double number, int digits, char *text)
{
    snprintf(text, 32, "%.*g", digits, number);
    char *comma = strchr(text, ',');
    if (comma)
        *comma = '.';
}
