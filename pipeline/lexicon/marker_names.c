#include "lexicon/marker_names.h"

#include "base/nearest.h"

#include <stdlib.h>
#include <string.h>

/* Compares from the end; the shorter of two that end alike comes first. */
static int compare_backwards(att_span a, att_span b)
{
    for (size_t i = 1; i <= a.size && i <= b.size; i++) {
        unsigned char x = (unsigned char)a.text[a.size - i], y = (unsigned char)b.text[b.size - i];
        if (x != y)
            return x < y ? -1 : 1;
    }
    return (a.size > b.size) - (a.size < b.size);
}

static int compare_paths(const void *a, const void *b, void *context)
{
    const att_marker *markers = context;

    return compare_backwards(att_span_of(markers[*(const uint32_t *)a].path),
                             att_span_of(markers[*(const uint32_t *)b].path));
}

bool att_marker_names_new(att_marker_names *out, const att_marker *markers, size_t count)
{
    *out = (att_marker_names){.markers = markers, .count = count};
    out->order = calloc(count + 1, sizeof *out->order);
    if (!out->order)
        return false;
    for (size_t i = 0; i < count; i++)
        out->order[i] = (uint32_t)i;
    if (count)
        qsort_r(out->order, count, sizeof *out->order, compare_paths, (void *)(uintptr_t)markers);
    return true;
}

void att_marker_names_clear(att_marker_names *names)
{
    free(names->order);
    *names = (att_marker_names){0};
}

static att_span path_at(const att_marker_names *names, size_t place)
{
    return att_span_of(names->markers[names->order[place]].path);
}

/* Where a path stands to all that end in a dot and the name. */
static int compare_to_tail(att_span path, att_span name)
{
    size_t before = path.size > name.size ? path.size - name.size : 0;
    int order = compare_backwards((att_span){path.text + before, path.size - before}, name);

    if (order)
        return order;
    return before ? (path.text[before - 1] > '.') - (path.text[before - 1] < '.') : -1;
}

/* The first place whose path does not come before what is looked for. */
static size_t first_place(const att_marker_names *names, att_span name, int (*compare)(att_span path, att_span name))
{
    size_t low = 0, high = names->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(path_at(names, middle), name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t att_marker_names_find(const att_marker_names *names, att_span name, uint32_t *found, size_t most)
{
    size_t place = first_place(names, name, compare_backwards), count = 0;

    if (place < names->count && att_span_equal(path_at(names, place), name)) {
        found[0] = names->order[place];
        return 1;
    }
    place = first_place(names, name, compare_to_tail);
    for (; place < names->count && compare_to_tail(path_at(names, place), name) == 0; place++, count++)
        if (count < most)
            found[count] = names->order[place];
    return count;
}

const char *att_marker_names_near(const att_marker_names *names, att_span name)
{
    const char **words = calloc(2 * names->count + 1, sizeof *words);
    const char *near = NULL;

    for (size_t i = 0; words && i < names->count; i++) {
        words[2 * i] = names->markers[i].path;
        words[2 * i + 1] = names->markers[i].name;
    }
    if (words)
        near = att_nearest(name, words, 2 * names->count, 2);
    free(words);
    return near;
}
