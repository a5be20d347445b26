#include "read/vtt_times.h"

#include "read/cue_clock.h"

typedef struct {
    const char *text;
    size_t size;
    size_t at;
} cursor;

static void skip_white(cursor *in)
{
    while (in->at < in->size && (in->text[in->at] == ' ' || in->text[in->at] == '\t' || in->text[in->at] == '\f'))
        in->at++;
}

static bool take(cursor *in, char c)
{
    if (in->at == in->size || in->text[in->at] != c)
        return false;
    in->at++;
    return true;
}

/* Returns how many digits there are. More than 10^12 hours are as good as any number. */
static size_t take_digits(cursor *in, int64_t *number)
{
    size_t from = in->at;

    for (*number = 0; in->at < in->size && in->text[in->at] >= '0' && in->text[in->at] <= '9'; in->at++)
        if (*number < 100000000000)
            *number = *number * 10 + (in->text[in->at] - '0');
    return in->at - from;
}

/* "Collect a WebVTT timestamp". */
static bool take_time(cursor *in, int64_t *ms)
{
    int64_t first, second, third, fraction;
    size_t digits = take_digits(in, &first);

    if (digits == 0)
        return false;
    bool hours = digits != 2 || first > 59;
    if (!take(in, ':') || take_digits(in, &second) != 2)
        return false;
    if (hours || (in->at < in->size && in->text[in->at] == ':')) {
        if (!take(in, ':') || take_digits(in, &third) != 2)
            return false;
    } else {
        third = second;
        second = first;
        first = 0;
    }
    if (!take(in, '.') || take_digits(in, &fraction) != 3 || second > 59 || third > 59)
        return false;
    *ms = ((first * 60 + second) * 60 + third) * 1000 + fraction;
    return true;
}

bool att_vtt_times_read(int64_t *start_ms, int64_t *end_ms, const char *line, size_t size)
{
    cursor in = {line, size, 0};
    int64_t start, end;

    if (att_cue_clocks(start_ms, end_ms, line, size, '.'))
        return true;
    skip_white(&in);
    if (!take_time(&in, &start))
        return false;
    skip_white(&in);
    if (!take(&in, '-') || !take(&in, '-') || !take(&in, '>'))
        return false;
    skip_white(&in);
    if (!take_time(&in, &end))
        return false;
    *start_ms = start;
    *end_ms = end;
    return true;
}
