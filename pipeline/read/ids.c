#include "read/ids.h"

#include "base/buffer.h"

#include <stdint.h>
#include <stdlib.h>

struct att_id {
    att_span id;
    size_t index;
};

void att_id_list_clear(att_id_list *ids)
{
    free(ids->items);
    *ids = (att_id_list){0};
}

bool att_id_list_add(att_id_list *ids, att_span id, size_t index)
{
    if (!att_grow(&ids->items, &ids->capacity, ids->count + 1, sizeof *ids->items))
        return false;
    ids->items[ids->count++] = (struct att_id){id, index};
    ids->sorted = false;
    return true;
}

static int compare(const void *left, const void *right)
{
    const struct att_id *a = left, *b = right;
    int order = att_span_compare(a->id, b->id);

    return order ? order : (a->index > b->index) - (a->index < b->index);
}

size_t att_id_list_find(att_id_list *ids, att_span id)
{
    size_t low = 0, high = ids->count;

    if (!ids->sorted && ids->count)
        qsort(ids->items, ids->count, sizeof *ids->items, compare);
    ids->sorted = true;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (att_span_compare(ids->items[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < ids->count && att_span_equal(ids->items[low].id, id) ? ids->items[low].index : ATT_NO_ID;
}
