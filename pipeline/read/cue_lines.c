#include "read/cue_lines.h"

#include "read/layout.h"

#include <string.h>

enum { CHUNK = 256 * 1024 };

att_status att_cue_lines_open(att_cue_lines *lines, att_source *source, const char *file,
                              const char sought[ATT_CUE_SOUGHT], att_error *error)
{
    *lines = (att_cue_lines){.file = file, .keep = SIZE_MAX, .line = 1, .sought = sought};
    return att_window_open(&lines->window, source, 0, ATT_CUE_MOST + CHUNK, 0, error);
}

void att_cue_lines_close(att_cue_lines *lines)
{
    att_window_close(&lines->window);
}

/* The first `-->`, or NULL. */
static const char *arrow_find(const char *text, size_t size)
{
    const char *hit = text, *end = text + size;

    while ((hit = memchr(hit, '>', (size_t)(end - hit)))) {
        if (hit - text >= 2 && hit[-1] == '-' && hit[-2] == '-')
            return hit - 2;
        hit++;
    }
    return NULL;
}

/* Each byte is searched once, however short the lines are. */
static bool has_arrow(att_cue_lines *lines, size_t from, size_t to)
{
    const att_window *window = &lines->window;

    if (lines->arrow < from || lines->arrow >= lines->arrow_known) {
        if (lines->arrow_known >= to)
            return false;
        size_t at = lines->arrow_known > from + 2 ? lines->arrow_known - 2 : from;
        const char *hit = arrow_find(window->data + at, window->end - at);
        lines->arrow = hit ? (size_t)(hit - window->data) : window->end;
        lines->arrow_known = hit ? lines->arrow + 3 : window->end;
    }
    return lines->arrow + 3 <= to;
}

bool att_cue_lines_hold(att_cue_lines *lines, size_t from, size_t to)
{
    const att_window *window = &lines->window;

    for (int i = 0; i < ATT_CUE_SOUGHT; i++) {
        att_ahead *ahead = &lines->ahead[i];
        if (!ahead->found || ahead->at < from) {
            size_t at = ahead->at > from ? ahead->at : from;
            const char *hit = at < window->end ? memchr(window->data + at, lines->sought[i], window->end - at) : NULL;
            ahead->found = hit != NULL;
            ahead->at = hit ? (size_t)(hit - window->data) : window->end;
        }
        if (ahead->found && ahead->at < to)
            return true;
    }
    return false;
}

static att_status read_on(att_cue_lines *lines, att_error *error)
{
    size_t by = att_window_move(&lines->window, lines->keep < lines->at ? lines->keep : lines->at);

    lines->at -= by;
    if (lines->keep != SIZE_MAX)
        lines->keep -= by;
    lines->arrow_known = lines->arrow_known > by ? lines->arrow_known - by : 0;
    lines->arrow = lines->arrow > by ? lines->arrow - by : 0;
    for (int i = 0; i < ATT_CUE_SOUGHT; i++) {
        lines->ahead[i].found &= lines->ahead[i].at >= by;
        lines->ahead[i].at = lines->ahead[i].at > by ? lines->ahead[i].at - by : 0;
    }
    return att_window_fill(&lines->window, CHUNK, lines->file, error);
}

/* Where a line that is too long is cut: between characters. */
static size_t cut_find(const char *data, size_t from, size_t to)
{
    for (size_t back = 1; back <= 4 && to - from > back; back++)
        if (((unsigned char)data[to - back] & 0xC0) != 0x80)
            return to - back;
    return to;
}

static void line_take(att_cue_lines *lines, att_cue_line *line, size_t next, size_t ending)
{
    *line = (att_cue_line){.from = lines->at,
                           .to = next - ending,
                           .next = next,
                           .begins = !lines->inside,
                           .whole = ending > 0 || (lines->window.ended && next == lines->window.end)};
    line->arrow = has_arrow(lines, line->from, line->to);
    lines->inside = !line->whole;
    lines->line += ending > 0;
    lines->at = next;
}

att_status att_cue_lines_next(att_cue_lines *lines, att_cue_line *line, att_cue_event *event, att_error *error)
{
    att_window *window = &lines->window;
    att_status status = ATT_OK;
    bool cut;

    for (;;) {
        size_t kept = lines->keep < lines->at ? lines->keep : lines->at;
        *event = ATT_CUE_LINE;
        if (window->ended && lines->at == window->end) {
            *event = ATT_CUE_END;
            return ATT_OK;
        }
        size_t end = lines->at < window->end ? att_window_line_end(window, lines->at, &cut) : 0;
        if (end) {
            size_t ending = cut                                                                                     ? 0
                            : end - lines->at > 1 && window->data[end - 1] == '\n' && window->data[end - 2] == '\r' ? 2
                                                                                                                    : 1;
            line_take(lines, line, end, ending);
            return ATT_OK;
        }
        if (window->end == window->capacity && kept == 0) {
            if (lines->keep < lines->at) {
                *event = ATT_CUE_FULL;
                return ATT_OK;
            }
            line_take(lines, line, cut_find(window->data, lines->at, window->end), 0);
            return ATT_OK;
        }
        if ((status = read_on(lines, error)))
            return status;
    }
}

att_source att_cue_probe_source(att_span *probe, bool complete)
{
    size_t to = probe->size;

    while (to > 0 && !att_is_line_end(probe->text[to - 1]))
        to--;
    if (!complete && probe->size - to < ATT_LINE_SIGHT)
        probe->size = to;
    return att_source_of_span(probe);
}

size_t att_cue_marks(const char *text, size_t size)
{
    size_t at = 0;

    while (size - at >= 3 && memcmp(text + at, "\xEF\xBB\xBF", 3) == 0)
        at += 3;
    return at;
}
