#include "read/window.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

att_status att_window_open(att_window *window, att_source *source, uint64_t offset, size_t capacity, size_t room,
                           att_error *error)
{
    char *data = malloc(capacity);

    if (!data)
        return att_fail_memory(error);
    *window = (att_window){.source = source,
                           .data = data,
                           .capacity = capacity,
                           .room = room,
                           .end = room,
                           .base = offset - room,
                           .lf = {room, false},
                           .cr = {room, false},
                           .bracket = {room, false},
                           .clean_from = offset,
                           .clean_to = offset};
    return ATT_OK;
}

void att_window_close(att_window *window)
{
    free(window->data);
    window->data = NULL;
}

static void ahead_move(att_ahead *ahead, size_t room, size_t by)
{
    bool gone = ahead->at < room + by;

    ahead->at = gone ? room : ahead->at - by;
    ahead->found = ahead->found && !gone;
}

size_t att_window_move(att_window *window, size_t keep)
{
    size_t by = keep - window->room;

    if (by == 0)
        return 0;
    memmove(window->data + window->room, window->data + keep, window->end - keep);
    window->end -= by;
    window->base += by;
    ahead_move(&window->lf, window->room, by);
    ahead_move(&window->cr, window->room, by);
    ahead_move(&window->bracket, window->room, by);
    return by;
}

att_status att_window_grow(att_window *window, size_t capacity, att_error *error)
{
    char *data = capacity > window->capacity ? realloc(window->data, capacity) : window->data;

    if (!data)
        return att_fail_memory(error);
    window->data = data;
    window->capacity = capacity > window->capacity ? capacity : window->capacity;
    return ATT_OK;
}

att_status att_window_fill(att_window *window, size_t size, const char *file, att_error *error)
{
    size_t to = size < window->capacity - window->end ? window->end + size : window->capacity;

    while (window->end < to && !window->ended) {
        ptrdiff_t got = window->source->read(window->source, window->data + window->end, to - window->end);
        if (got < 0)
            return att_fail(error, ATT_ENVIRONMENT, file, 0, 0, "cannot be read: %s; check the disk and try again",
                            strerror(errno));
        window->ended = got == 0;
        window->end += (size_t)got;
    }
    return ATT_OK;
}

/* How many of the last bytes may be the beginning of a character whose rest is still to come. */
static size_t unfinished_bytes(const char *data, size_t from, size_t to)
{
    for (size_t back = 1; back <= 3 && to - from >= back; back++) {
        unsigned char byte = (unsigned char)data[to - back];
        if (byte >= 0xC0)
            return back;
        if (byte < 0x80)
            break;
    }
    return 0;
}

void att_window_check(att_window *window, const att_scan *scan)
{
    uint64_t first = window->base + window->room;
    uint64_t from = window->clean_to > first ? window->clean_to : first;
    size_t at = (size_t)(from - window->base), size = window->end - at;

    size -= unfinished_bytes(window->data, at, window->end);
    if (from != window->clean_to || !scan->is_clean(window->data + at, size))
        window->clean_from = from + size; /* whoever needs to know looks at it himself */
    window->clean_to = from + size;
}

bool att_window_is_clean(const att_window *window, size_t from, size_t to)
{
    return att_window_offset(window, from) >= window->clean_from && att_window_offset(window, to) <= window->clean_to;
}

size_t att_window_bracket(att_window *window, const att_scan *scan, size_t at)
{
    att_ahead *ahead = &window->bracket;

    if (ahead->found && ahead->at >= at)
        return ahead->at;
    size_t from = ahead->at > at ? ahead->at : at;
    ahead->at = from < window->end ? scan->find_bracket(window->data, window->end, from) : window->end;
    ahead->found = ahead->at < window->end;
    return ahead->at;
}

/* Each byte is searched once for each kind, however short the lines are. */
static size_t ahead_find(const att_window *window, att_ahead *ahead, size_t at, char c)
{
    if (ahead->found && ahead->at >= at)
        return ahead->at;
    size_t from = ahead->at > at ? ahead->at : at;
    const char *hit = from < window->end ? memchr(window->data + from, c, window->end - from) : NULL;
    ahead->found = hit != NULL;
    ahead->at = hit ? (size_t)(hit - window->data) : window->end;
    return ahead->at;
}

size_t att_window_line_end(att_window *window, size_t at, bool *cut)
{
    size_t lf = ahead_find(window, &window->lf, at, '\n');
    size_t cr = ahead_find(window, &window->cr, at, '\r');
    size_t first = lf < cr ? lf : cr;

    *cut = first == window->end;
    if (first == window->end)
        return window->ended ? window->end : 0;
    if (first == lf)
        return lf + 1;
    if (cr + 1 == window->end && !window->ended)
        return 0;
    return cr + 1 < window->end && window->data[cr + 1] == '\n' ? cr + 2 : cr + 1;
}
