#include "tally/said.h"

#include "base/buffer.h"

#include <stdlib.h>
#include <strings.h>

void att_said_clear(att_said *said)
{
    att_arena_clear(&said->arena);
    free(said->facts);
    *said = (att_said){0};
}

bool att_said_is_column(att_span a, att_span b)
{
    return a.size == b.size && strncasecmp(a.text, b.text, a.size) == 0;
}

static bool is_key(att_span column)
{
    static const char *const keys[] = {"transcript", "label", "speaker"};

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (att_said_is_column(column, att_span_of(keys[i])))
            return true;
    return false;
}

bool att_said_add(att_said *said, att_span label, att_span column, att_span value)
{
    if (!label.size || !column.size || !value.size || is_key(column))
        return true;
    if (!att_grow(&said->facts, &said->capacity, said->count + 1, sizeof *said->facts))
        return false;
    att_said_fact *fact = &said->facts[said->count];
    if (!att_arena_keep(&said->arena, &fact->label, label) || !att_arena_keep(&said->arena, &fact->column, column) ||
        !att_arena_keep(&said->arena, &fact->value, value))
        return false;
    said->count++;
    return true;
}

bool att_said_add_all(att_said *to, const att_said *from)
{
    for (size_t i = 0; i < from->count; i++)
        if (!att_said_add(to, from->facts[i].label, from->facts[i].column, from->facts[i].value))
            return false;
    return true;
}

static int compare(const void *a, const void *b)
{
    const att_said_fact *x = a, *y = b;
    int order = att_span_compare(x->label, y->label);

    if (!order)
        order = att_span_compare(x->column, y->column);
    return order ? order : att_span_compare(x->value, y->value);
}

void att_said_sort(att_said *said)
{
    size_t kept = 0;

    if (said->count)
        qsort(said->facts, said->count, sizeof *said->facts, compare);
    for (size_t i = 0; i < said->count; i++) {
        const att_said_fact *last = kept ? &said->facts[kept - 1] : NULL;
        if (!last || !att_span_equal(last->label, said->facts[i].label) ||
            !att_span_equal(last->column, said->facts[i].column))
            said->facts[kept++] = said->facts[i];
    }
    said->count = kept;
}

const att_said_fact *att_said_of(const att_said *said, att_span label, size_t *count)
{
    size_t low = 0, end;

    for (size_t high = said->count; low < high;) {
        size_t middle = low + (high - low) / 2;
        if (att_span_compare(said->facts[middle].label, label) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (end = low; end < said->count && att_span_equal(said->facts[end].label, label);)
        end++;
    *count = end - low;
    return end > low ? &said->facts[low] : NULL;
}
