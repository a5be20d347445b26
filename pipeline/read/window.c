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
                           .cr = {room, false}};
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
    return by;
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
