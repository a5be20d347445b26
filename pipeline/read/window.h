/* A window over a source: the part of it that is in memory. Indexes are positions in `data`; they shift when the window
 * moves on. */
#ifndef ATT_READ_WINDOW_H
#define ATT_READ_WINDOW_H

#include "read/format.h"
#include "read/scan.h"

/* The next character of one kind, looked up ahead: nothing before `at` (from where the search began) is one. */
typedef struct {
    size_t at;
    bool found;
} att_ahead;

typedef struct {
    att_source *source;
    char *data;
    size_t capacity;
    size_t room; /* bytes at the front of `data` that are never text, for the caller's use */
    size_t end;
    uint64_t base; /* offset in the source of data[0], modulo 2^64; the first `room` bytes are not of the source */
    bool ended;    /* the source has no more */
    att_ahead lf;
    att_ahead cr;
    att_ahead bracket;
    /* Offsets in the source: the bytes of [clean_from, clean_to) are well-formed and hold no control characters. */
    uint64_t clean_from, clean_to;
} att_window;

/* The source's next byte is at `offset`. */
att_status att_window_open(att_window *window, att_source *source, uint64_t offset, size_t capacity, size_t room,
                           att_error *error);
void att_window_close(att_window *window);

/* Forgets what lies before `keep` and returns how far everything behind moved down. */
size_t att_window_move(att_window *window, size_t keep);

/* Makes the window at least so large. */
att_status att_window_grow(att_window *window, size_t capacity, att_error *error);

/* Reads up to `size` more bytes, fewer only where the source ends or the window is full. file: for the message. */
att_status att_window_fill(att_window *window, size_t size, const char *file, att_error *error);

static inline uint64_t att_window_offset(const att_window *window, size_t index)
{
    return window->base + index;
}

/* Looks at what the last filling brought as a whole, so that most turns need not be looked at: is it clean? */
void att_window_check(att_window *window, const att_scan *scan);
bool att_window_is_clean(const att_window *window, size_t from, size_t to);

/* The index of the first bracket (see att_scan) at or after `at`, or where the window ends. */
size_t att_window_bracket(att_window *window, const att_scan *scan, size_t at);

/* The index behind the first line end (\n, \r\n or \r) at or after `at`; 0: it is not in the window. At the end of the
 * source the end counts as one, when *cut is set to true. A \r that is the last byte may be half of a line end, so
 * it is not in the window as long as the source goes on. */
size_t att_window_line_end(att_window *window, size_t at, bool *cut);

#endif
