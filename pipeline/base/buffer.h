/* A growing run of bytes: text that is being put together. A failed append sets `failed` and later ones do
 * nothing, so that a writer checks once at the end. Not thread-safe. */
#ifndef ATT_BASE_BUFFER_H
#define ATT_BASE_BUFFER_H

#include <attune/span.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    char *data; /* NUL-terminated whenever size > 0 was reached through an append */
    size_t size;
    size_t capacity;
    bool failed;
} att_buffer;

/* A zeroed att_buffer is ready for use. */
void att_buffer_clear(att_buffer *buffer); /* frees */
bool att_buffer_reserve(att_buffer *buffer, size_t extra);
void att_buffer_append(att_buffer *buffer, const void *data, size_t size);
void att_buffer_span(att_buffer *buffer, att_span span);
void att_buffer_text(att_buffer *buffer, const char *text); /* NUL-terminated */
/* Inline, because tables and escaped text are made a character at a time. */
static inline void att_buffer_char(att_buffer *buffer, char c)
{
    if (buffer->failed || buffer->capacity - buffer->size < 2) {
        att_buffer_append(buffer, &c, 1);
        return;
    }
    buffer->data[buffer->size++] = c;
    buffer->data[buffer->size] = '\0';
}
void att_buffer_unsigned(att_buffer *buffer, uint64_t number);
void att_buffer_format(att_buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Variable-length integers, 7 bits a byte, low first (LEB128). */
void att_buffer_varint(att_buffer *buffer, uint64_t number);
__extension__ typedef unsigned __int128 att_u128;
void att_buffer_varint128(att_buffer *buffer, att_u128 number);
/* Read one back, moving *at; false when it does not end before `end` or is too long. */
bool att_varint_read(const unsigned char **at, const unsigned char *end, uint64_t *number);
bool att_varint128_read(const unsigned char **at, const unsigned char *end, att_u128 *number);

/* 64 bits, little-endian. */
static inline void att_put64(unsigned char *to, uint64_t number)
{
    for (int i = 0; i < 8; i++)
        to[i] = (unsigned char)(number >> (8 * i));
}
static inline uint64_t att_get64(const unsigned char *from)
{
    uint64_t number = 0;

    for (int i = 0; i < 8; i++)
        number |= (uint64_t)from[i] << (8 * i);
    return number;
}

/* Grows an array: *items of *capacity elements of `size` bytes so that `needed` fit; false: no memory. */
bool att_grow_more(void *items, size_t *capacity, size_t needed, size_t size);
static inline bool att_grow(void *items, size_t *capacity, size_t needed, size_t size)
{
    return needed <= *capacity || att_grow_more(items, capacity, needed, size);
}

#endif
