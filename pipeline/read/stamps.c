#include "read/stamps.h"

#include "read/scan.h"

static bool is_digit(const char *text, size_t size, size_t at)
{
    return at < size && text[at] >= '0' && text[at] <= '9';
}

/* One to `most` digits; moves *at. Returns how many there were. */
static unsigned digits_read(const char *text, size_t size, size_t *at, unsigned most, int64_t *number)
{
    unsigned count = 0;

    *number = 0;
    while (count < most && is_digit(text, size, *at)) {
        *number = *number * 10 + (text[*at] - '0');
        ++*at;
        count++;
    }
    return count;
}

static bool is_fraction_mark(char c, bool marked)
{
    return c == '.' || c == ',' || (marked && c == '-');
}

static int64_t fraction_read(const char *text, size_t size, size_t *at, bool marked)
{
    size_t behind = *at + 1;
    int64_t number;

    if (*at >= size || !is_fraction_mark(text[*at], marked))
        return 0;
    unsigned count = digits_read(text, size, &behind, 3, &number);
    /* "-00:05" after a time is the end of a span, not its fraction. */
    if (count == 0 || is_digit(text, size, behind) || (behind < size && text[behind] == ':'))
        return 0;
    *at = behind;
    return count == 1 ? number * 100 : count == 2 ? number * 10 : number;
}

/* A clock time at text[*at]; moves *at behind it. Returns its parts, 0: there is none. */
static unsigned clock_read(const char *text, size_t size, size_t *at, bool marked, int64_t *ms)
{
    int64_t part[3] = {0};
    size_t here = *at;
    unsigned count = 1;

    if (!digits_read(text, size, &here, 3, &part[0]))
        return 0;
    while (count < 3 && here < size && text[here] == ':' && is_digit(text, size, here + 1)) {
        here++;
        if (digits_read(text, size, &here, 2, &part[count]) != 2 || part[count] > 59)
            return 0;
        count++;
    }
    if (count < 2 || is_digit(text, size, here))
        return 0;
    int64_t seconds = count == 3 ? (part[0] * 60 + part[1]) * 60 + part[2] : part[0] * 60 + part[1];
    *ms = seconds * 1000 + fraction_read(text, size, &here, marked);
    *at = here;
    return count;
}

static char closing_mark(char c)
{
    return c == '#' ? '#' : att_bracket_closing(c);
}

/* The dash between the two times of a span: -, --, -->, an en dash. Returns its end, or `at`. */
static size_t span_dash(const char *text, size_t size, size_t at)
{
    size_t here = att_blank_skip(text, size, at);
    size_t dash = here;

    while (here < size && text[here] == '-')
        here++;
    if (here > dash && here < size && text[here] == '>')
        here++;
    if (here == dash && size - here >= 3 && memcmp(text + here, "\xE2\x80\x93", 3) == 0)
        here += 3;
    return here == dash ? at : att_blank_skip(text, size, here);
}

bool att_stamp_marked(att_stamp *stamp, const char *text, size_t size)
{
    char closing = size ? closing_mark(text[0]) : 0;
    int64_t start;
    int64_t end = ATT_NO_TIME;
    size_t at = 1;

    if (!closing || size < 2)
        return false;
    at = att_blank_skip(text, size, at);
    if (!clock_read(text, size, &at, true, &start))
        return false;
    size_t second = span_dash(text, size, at);
    if (second > at && clock_read(text, size, &second, true, &end))
        at = second;
    at = att_blank_skip(text, size, at);
    if (at >= size || text[at] != closing)
        return false;
    *stamp = (att_stamp){at + 1, start, end};
    return true;
}

bool att_stamp_bare(att_stamp *stamp, const char *text, size_t size, bool hours)
{
    size_t at = 0;
    int64_t start;
    unsigned parts = clock_read(text, size, &at, false, &start);

    if (parts < (hours ? 3u : 2u))
        return false;
    if (at < size && text[at] != ':' && !att_white_size(text, size, at))
        return false;
    /* "0:53:" is a time with the colon of a label; "0:53:1" is nothing we know. */
    if (at < size && text[at] == ':' && is_digit(text, size, at + 1))
        return false;
    *stamp = (att_stamp){at, start, ATT_NO_TIME};
    return true;
}

/* A time of a span without marks, whose parts may have one digit. */
static bool loose_read(const char *text, size_t size, size_t *at, int64_t *ms)
{
    int64_t part[3] = {0};
    size_t here = *at;
    unsigned count = 0;

    do {
        if (!digits_read(text, size, &here, 3, &part[count]) || (count && part[count] > 59))
            return false;
        count++;
    } while (count < 3 && here < size && text[here] == ':' && here++);
    if (count < 2)
        return false;
    int64_t seconds = count == 3 ? (part[0] * 60 + part[1]) * 60 + part[2] : part[0] * 60 + part[1];
    *ms = seconds * 1000 + fraction_read(text, size, &here, false);
    *at = here;
    return true;
}

bool att_stamp_line(att_stamp *stamp, const char *line, size_t size, bool *marked)
{
    size_t at = att_blank_skip(line, size, 0), second;

    *marked = att_stamp_marked(stamp, line + at, size - at);
    if (*marked) {
        at += stamp->size;
    } else {
        stamp->end_ms = ATT_NO_TIME;
        if (!loose_read(line, size, &at, &stamp->start_ms))
            return false;
        second = span_dash(line, size, at);
        if (second > at && loose_read(line, size, &second, &stamp->end_ms))
            at = second;
        else
            stamp->end_ms = ATT_NO_TIME;
    }
    at = att_blank_skip(line, size, at);
    stamp->size = at;
    return at == size || att_is_line_end(line[at]);
}
