#include "base/white.h"

#include <string.h>

size_t att_white_size_wide(const char *text, size_t size, size_t at)
{
    const char *s = text + at;
    size_t left = size - at;

    if (left >= 2 && memcmp(s, "\xC2\xA0", 2) == 0)
        return 2;
    if (left >= 3 &&
        (memcmp(s, "\xE2\x80\xAF", 3) == 0 || memcmp(s, "\xE3\x80\x80", 3) == 0 || memcmp(s, "\xEF\xBB\xBF", 3) == 0))
        return 3;
    return 0;
}

size_t att_white_skip(const char *text, size_t size, size_t at)
{
    size_t length;

    while (at < size && (length = att_white_size(text, size, at)) > 0)
        at += length;
    return at;
}

size_t att_white_trim(const char *text, size_t from, size_t size)
{
    while (size > from && ((unsigned char)text[size - 1] <= ' ' || (unsigned char)text[size - 1] >= 0x80)) {
        size_t length = 1;
        while (length <= 3 && length <= size - from && att_white_size(text, size, size - length) != length)
            length++;
        if (length > 3 || length > size - from)
            break;
        size -= length;
    }
    return size;
}
