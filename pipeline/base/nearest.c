#include "base/nearest.h"

#include <string.h>

#define LONGEST 64u

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t att_edit_distance(att_span a, att_span b, size_t limit)
{
    size_t rows[3][LONGEST + 1];
    size_t *before = rows[0];
    size_t *last = rows[1];
    size_t *row = rows[2];

    if (a.size > LONGEST || b.size > LONGEST)
        return att_span_equal(a, b) ? 0 : limit + 1;
    memset(rows, 0, sizeof rows);
    for (size_t j = 0; j <= b.size; j++)
        last[j] = j;
    for (size_t i = 1; i <= a.size; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b.size; j++) {
            size_t replaced = last[j - 1] + (a.text[i - 1] != b.text[j - 1]);
            row[j] = smaller(replaced, smaller(last[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a.text[i - 1] == b.text[j - 2] && a.text[i - 2] == b.text[j - 1])
                row[j] = smaller(row[j], before[j - 2] + 1);
        }
        size_t *oldest = before;
        before = last;
        last = row;
        row = oldest;
    }
    return smaller(last[b.size], limit + 1);
}

const char *att_nearest(att_span word, const char *const *words, size_t count, size_t limit)
{
    const char *best = NULL;
    size_t least = limit + 1;
    for (size_t i = 0; i < count; i++) {
        att_span known = att_span_of(words[i]);
        size_t distance = att_edit_distance(word, known, limit);
        if (distance < least && distance < word.size && distance < known.size) {
            least = distance;
            best = words[i];
        }
    }
    return best;
}
