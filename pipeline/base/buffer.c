#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void att_buffer_clear(att_buffer *buffer)
{
    free(buffer->data);
    *buffer = (att_buffer){0};
}

bool att_buffer_reserve(att_buffer *buffer, size_t extra)
{
    if (buffer->failed)
        return false;
    if (extra < buffer->capacity - buffer->size)
        return true;
    if (extra > SIZE_MAX / 4 || buffer->size > SIZE_MAX / 4) {
        buffer->failed = true;
        return false;
    }
    size_t capacity = buffer->capacity ? buffer->capacity : 64;
    while (capacity <= buffer->size + extra)
        capacity *= 2;
    char *data = realloc(buffer->data, capacity);
    if (!data) {
        buffer->failed = true;
        return false;
    }
    buffer->data = data;
    buffer->capacity = capacity;
    return true;
}

void att_buffer_append(att_buffer *buffer, const void *data, size_t size)
{
    if (!att_buffer_reserve(buffer, size))
        return;
    if (size)
        memcpy(buffer->data + buffer->size, data, size);
    buffer->size += size;
    buffer->data[buffer->size] = '\0';
}

void att_buffer_span(att_buffer *buffer, att_span span)
{
    att_buffer_append(buffer, span.text, span.size);
}

void att_buffer_text(att_buffer *buffer, const char *text)
{
    att_buffer_append(buffer, text, strlen(text));
}

void att_buffer_unsigned(att_buffer *buffer, uint64_t number)
{
    char digits[20];
    size_t at = sizeof digits;

    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    att_buffer_append(buffer, digits + at, sizeof digits - at);
}

void att_buffer_format(att_buffer *buffer, const char *format, ...)
{
    va_list arguments, again;

    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0)
        buffer->failed = true;
    else if (att_buffer_reserve(buffer, (size_t)length)) {
        vsnprintf(buffer->data + buffer->size, (size_t)length + 1, format, again);
        buffer->size += (size_t)length;
    }
    va_end(again);
}

void att_buffer_varint(att_buffer *buffer, uint64_t number)
{
    att_buffer_varint128(buffer, number);
}

void att_buffer_varint128(att_buffer *buffer, att_u128 number)
{
    unsigned char bytes[19];
    size_t count = 0;

    do {
        unsigned char byte = (unsigned char)(number & 0x7F);
        number >>= 7;
        bytes[count++] = (unsigned char)(number ? byte | 0x80 : byte);
    } while (number);
    att_buffer_append(buffer, bytes, count);
}

bool att_varint128_read(const unsigned char **at, const unsigned char *end, att_u128 *number)
{
    att_u128 value = 0;

    for (unsigned shift = 0; shift < 128 && *at < end; shift += 7) {
        unsigned char byte = *(*at)++;
        /* The 19th byte holds the top two bits only. */
        if (shift == 126 && byte > 3)
            return false;
        value |= (att_u128)(byte & 0x7F) << shift;
        if (!(byte & 0x80)) {
            *number = value;
            return true;
        }
    }
    return false;
}

bool att_varint_read(const unsigned char **at, const unsigned char *end, uint64_t *number)
{
    att_u128 value;

    if (!att_varint128_read(at, end, &value) || value > UINT64_MAX)
        return false;
    *number = (uint64_t)value;
    return true;
}

bool att_grow_more(void *items, size_t *capacity, size_t needed, size_t size)
{
    size_t room = *capacity ? *capacity : 16;
    while (room < needed) {
        if (room > SIZE_MAX / 2)
            return false;
        room *= 2;
    }
    if (room > SIZE_MAX / size)
        return false;
    void *old;
    memcpy(&old, items, sizeof old);
    void *grown = realloc(old, room * size);
    if (!grown)
        return false;
    memcpy(items, &grown, sizeof grown);
    *capacity = room;
    return true;
}
