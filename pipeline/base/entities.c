#include "base/entities.h"

#include "base/utf8.h"

#include <string.h>

/* No name without a semicolon is longer ("middot"), none at all ("CounterClockwiseContourIntegral"). */
enum { BARE_MOST = 6, NAME_MOST = 31 };

/* What the numbers of the C1 control characters are taken for: they were meant in Windows-1252. */
static const uint16_t windows_1252[32] = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178,
};

/* 16 or more: no digit. */
static unsigned digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return (unsigned)(c - '0');
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10 : 16;
}

/* &#233; &#xE9; */
static size_t number_read(char *out, size_t *out_size, const char *text, size_t size, bool closed)
{
    bool hexadecimal = size > 2 && (text[2] | 0x20) == 'x';
    unsigned base = hexadecimal ? 16 : 10;
    size_t from = hexadecimal ? 3 : 2, at = from;
    uint32_t number = 0;

    for (unsigned digit; at < size && (digit = digit_of(text[at])) < base; at++)
        if (number <= 0x10FFFF)
            number = number * base + digit;
    bool ends = at < size && text[at] == ';';
    if (at == from || (closed && !ends))
        return 0;
    if (number >= 0x80 && number < 0xA0)
        number = windows_1252[number - 0x80];
    else if (number == 0 || number > 0x10FFFF || (number >= 0xD800 && number <= 0xDFFF))
        number = ATT_REPLACEMENT;
    *out_size = att_utf8_put(out, number);
    return at + ends;
}

static const att_entity *name_find(const char *name, size_t size)
{
    size_t low = 0, high = att_entity_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strncmp(name, att_entities[middle].name, size);
        if (order == 0 && att_entities[middle].name[size] == '\0')
            return &att_entities[middle];
        if (order > 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static bool is_alphanumeric(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

size_t att_entity_read(char out[ATT_ENTITY_MOST], size_t *out_size, const char *text, size_t size, bool closed)
{
    const att_entity *entity = NULL;
    size_t length = 0;

    if (size > 1 && text[1] == '#')
        return number_read(out, out_size, text, size, closed);
    while (length <= NAME_MOST && 1 + length < size && is_alphanumeric(text[1 + length]))
        length++;
    bool ends = length > 0 && 1 + length < size && text[1 + length] == ';';
    if (ends)
        entity = name_find(text + 1, length);
    if (!entity) {
        ends = false;
        length = closed ? 0 : length < BARE_MOST ? length : BARE_MOST;
        while (length > 0 && !((entity = name_find(text + 1, length)) && entity->bare))
            length--;
    }
    if (length == 0)
        return 0;
    *out_size = att_utf8_put(out, entity->first);
    if (entity->second)
        *out_size += att_utf8_put(out + *out_size, entity->second);
    return 1 + length + ends;
}
