#include "read/qde_positions.h"

#include <stdlib.h>

/* A position that is looked for. */
typedef struct {
    uint64_t points;
    size_t passage;
    bool end;
} mark;

/* How line ends count. */
typedef struct {
    bool crlf; /* the text has CR LF: it is those that count as `size`; else all LF */
    unsigned size;
} line_rule;

static int by_points(const void *a, const void *b)
{
    const mark *x = a;
    const mark *y = b;

    return (x->points > y->points) - (x->points < y->points);
}

/* Code points of the character at text[*at] by the rule; moves *at behind it. */
static unsigned step(att_span text, size_t *at, line_rule rule)
{
    const char *here = text.text + *at;
    bool crlf = *here == '\r' && *at + 1 < text.size && here[1] == '\n';

    *at += crlf ? 2 : 1;
    while (*at < text.size && ((unsigned char)text.text[*at] & 0xC0) == 0x80)
        ++*at;
    if (crlf)
        return rule.crlf ? rule.size : 2;
    return *here == '\n' && !rule.crlf ? rule.size : 1;
}

/* marks: sorted. */
static void place(att_passage *passages, const mark *marks, size_t count, att_span text, line_rule rule)
{
    uint64_t points = 0;
    size_t at = 0, next = 0;

    while (next < count && at <= text.size) {
        size_t behind = at;
        uint64_t after = at < text.size ? points + step(text, &behind, rule) : UINT64_MAX;
        for (; next < count && marks[next].points < after; next++)
            *(marks[next].end ? &passages[marks[next].passage].end : &passages[marks[next].passage].start) = at;
        points = after;
        at = at < text.size ? behind : at + 1;
    }
    for (; next < count; next++)
        *(marks[next].end ? &passages[marks[next].passage].end : &passages[marks[next].passage].start) = text.size;
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

/* Does the place look like one that a person would choose? */
static size_t likelihood(att_span text, size_t at, bool end)
{
    bool before = at > 0, behind = at < text.size;
    bool cut = before && behind && is_word(text.text[at - 1]) && is_word(text.text[at]);
    bool line = end ? !behind || is_line_end(text.text[at]) : !before || is_line_end(text.text[at - 1]);

    return !cut + line;
}

static size_t likelihood_of_all(const att_passage *passages, size_t count, att_span text)
{
    size_t sum = 0;

    for (size_t i = 0; i < count; i++)
        sum += likelihood(text, passages[i].start, false) + likelihood(text, passages[i].end, true);
    return sum;
}

static mark *marks_make(const att_qde_selection *selections, size_t count)
{
    mark *marks = calloc(2 * count + 1, sizeof *marks);

    for (size_t i = 0; marks && i < count; i++) {
        marks[2 * i] = (mark){selections[i].start, i, false};
        marks[2 * i + 1] = (mark){selections[i].end, i, true};
    }
    if (marks && count)
        qsort(marks, 2 * count, sizeof *marks, by_points);
    return marks;
}

att_passage *att_qde_passages(const att_qde_selection *selections, size_t count, att_span text)
{
    bool crlf = text.size && memmem(text.text, text.size, "\r\n", 2);
    line_rule natural = {crlf, crlf ? 2 : 1}, other = {crlf, crlf ? 1 : 2};
    att_passage *passages = calloc(count + 1, sizeof *passages);
    mark *marks = marks_make(selections, count);

    if (!passages || !marks) {
        free(passages);
        free(marks);
        return NULL;
    }
    place(passages, marks, 2 * count, text, other);
    size_t by_other = likelihood_of_all(passages, count, text);
    place(passages, marks, 2 * count, text, natural);
    if (by_other > likelihood_of_all(passages, count, text))
        place(passages, marks, 2 * count, text, other);
    for (size_t i = 0; i < count; i++) {
        passages[i].owner = selections[i].owner;
        if (passages[i].end < passages[i].start)
            passages[i].end = passages[i].start;
    }
    free(marks);
    return passages;
}
