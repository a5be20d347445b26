/* A piece of text that somebody else owns. Offsets are bytes inside the library, code points in outputs. */
#ifndef ATTUNE_SPAN_H
#define ATTUNE_SPAN_H

#include <stddef.h>
#include <string.h>

typedef struct {
    const char *text; /* UTF-8, not NUL-terminated, not owned; may be NULL when size is 0 */
    size_t size;      /* bytes */
} att_span;

static inline att_span att_span_of(const char *text)
{
    return (att_span){text, text ? strlen(text) : 0};
}

static inline int att_span_equal(att_span a, att_span b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.text, b.text, a.size) == 0);
}

/* Order by bytes, which for UTF-8 is order by code points; the shorter first. */
static inline int att_span_compare(att_span a, att_span b)
{
    size_t size = a.size < b.size ? a.size : b.size;
    int order = size ? memcmp(a.text, b.text, size) : 0;
    return order ? order : (a.size > b.size) - (a.size < b.size);
}

#endif
