#include "base/source.h"

#include <string.h>

static ptrdiff_t read_span(att_source *source, void *to, size_t size)
{
    att_span *left = source->state;

    size = size < left->size ? size : left->size;
    if (size) {
        memcpy(to, left->text, size);
        left->text += size;
        left->size -= size;
    }
    return (ptrdiff_t)size;
}

att_source att_source_of_span(att_span *left)
{
    return (att_source){read_span, left};
}
