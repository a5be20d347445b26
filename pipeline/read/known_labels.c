#include "read/speaker_cells.h"

#include <stdlib.h>

void att_known_labels_clear(att_known_labels *known)
{
    att_buffer_clear(&known->text);
    free(known->labels);
    *known = (att_known_labels){0};
}

static att_span span_of(const att_known_labels *known, size_t index)
{
    return (att_span){known->text.data + known->labels[index].from, known->labels[index].size};
}

static int by_text(const void *a, const void *b, void *context)
{
    const att_known_labels *known = context;
    const att_known_label *x = a;
    const att_known_label *y = b;

    return att_span_compare((att_span){known->text.data + x->from, x->size},
                            (att_span){known->text.data + y->from, y->size});
}

static bool recurs(const att_known_labels *known, size_t index)
{
    att_span label = span_of(known, index);

    return (index > 0 && att_span_equal(label, span_of(known, index - 1))) ||
           (index + 1 < known->count && att_span_equal(label, span_of(known, index + 1)));
}

att_status att_known_labels_settle(att_known_labels *known, att_error *error)
{
    bool *trusted;
    size_t kept = 0;

    if (known->count == 0)
        return ATT_OK;
    trusted = calloc(known->tables + 1, sizeof *trusted);
    if (!trusted)
        return att_fail_memory(error);
    qsort_r(known->labels, known->count, sizeof *known->labels, by_text, known);
    for (size_t i = 0; i < known->count; i++)
        if (recurs(known, i))
            trusted[known->labels[i].table] = true;
    /* A label that recurs at all has its tables trusted, so this keeps both kinds. */
    for (size_t i = 0; i < known->count; i++)
        if (trusted[known->labels[i].table])
            known->labels[kept++] = known->labels[i];
    known->count = kept;
    free(trusted);
    return ATT_OK;
}

bool att_known_labels_hold(const att_known_labels *known, att_span label)
{
    size_t low = 0;

    for (size_t high = known->count; low < high;) {
        size_t middle = low + (high - low) / 2;
        int order = att_span_compare(span_of(known, middle), label);
        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}
