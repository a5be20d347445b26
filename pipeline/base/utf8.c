#include "base/utf8.h"

#include <string.h>
#include <unicode/uchar.h>

/* The allowed range of the second byte depends on the first (Unicode table 3-7, well-formed UTF-8 sequences). */
static size_t well_formed_length(const unsigned char *s, size_t left)
{
    unsigned char lead = s[0];

    if (lead < 0x80)
        return 1;
    if (lead < 0xC2 || lead > 0xF4 || left < 2)
        return 0;
    if (lead < 0xE0)
        return (s[1] & 0xC0) == 0x80 ? 2 : 0;
    unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (s[1] < low || s[1] > high || left < 3 || (s[2] & 0xC0) != 0x80)
        return 0;
    if (lead < 0xF0)
        return 3;
    return left >= 4 && (s[3] & 0xC0) == 0x80 ? 4 : 0;
}

/* Bytes of the maximal subpart of an ill-formed sequence: at least one. */
static size_t ill_formed_length(const unsigned char *s, size_t left)
{
    unsigned char lead = s[0];

    if (lead < 0xC2 || lead > 0xF4 || left < 2)
        return 1;
    unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (lead < 0xE0 || s[1] < low || s[1] > high)
        return 1;
    if (lead < 0xF0 || left < 3 || (s[2] & 0xC0) != 0x80)
        return 2;
    return 3;
}

uint32_t att_utf8_next(const char *text, size_t size, size_t *at)
{
    const unsigned char *s = (const unsigned char *)text + *at;
    size_t length = well_formed_length(s, size - *at);

    if (!length) {
        *at += ill_formed_length(s, size - *at);
        return ATT_REPLACEMENT;
    }
    *at += length;
    switch (length) {
    case 1:
        return s[0];
    case 2:
        return (uint32_t)(s[0] & 0x1F) << 6 | (s[1] & 0x3Fu);
    case 3:
        return (uint32_t)(s[0] & 0x0F) << 12 | (uint32_t)(s[1] & 0x3F) << 6 | (s[2] & 0x3Fu);
    default:
        return (uint32_t)(s[0] & 0x07) << 18 | (uint32_t)(s[1] & 0x3F) << 12 | (uint32_t)(s[2] & 0x3F) << 6 |
               (s[3] & 0x3Fu);
    }
}

size_t att_utf8_put(char *out, uint32_t c)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

size_t att_utf8_valid_prefix(const char *text, size_t size)
{
    size_t at = 0;

    while (at < size) {
        uint64_t eight;
        while (size - at >= sizeof eight) {
            memcpy(&eight, text + at, sizeof eight);
            if (eight & 0x8080808080808080u)
                break;
            at += sizeof eight;
        }
        if (at == size)
            break;
        size_t length = well_formed_length((const unsigned char *)text + at, size - at);
        if (!length)
            break;
        at += length;
    }
    return at;
}

size_t att_utf8_count(const char *text, size_t size)
{
    size_t count = 0;

    for (size_t at = 0; at < size; count++)
        att_utf8_next(text, size, &at);
    return count;
}

size_t att_utf8_width(const char *text, size_t size)
{
    size_t width = 0;

    for (size_t at = 0; at < size;) {
        uint32_t c = att_utf8_next(text, size, &at);
        if (c >= 0x20 && c < 0x7F) {
            width++;
            continue;
        }
        int8_t category = u_charType((UChar32)c);
        if (category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK || category == U_FORMAT_CHAR ||
            category == U_CONTROL_CHAR)
            continue;
        int32_t east_asian = u_getIntPropertyValue((UChar32)c, UCHAR_EAST_ASIAN_WIDTH);
        width += east_asian == U_EA_WIDE || east_asian == U_EA_FULLWIDTH ? 2 : 1;
    }
    return width;
}
