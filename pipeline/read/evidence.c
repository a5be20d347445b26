#include "read/evidence.h"

#include "base/buffer.h"
#include "read/layout.h"
#include "read/scan.h"
#include "read/stamps.h"

#include <stdlib.h>
#include <string.h>

/* A line of the probe that begins with something like a label, or one that does not (text.size 0). */
typedef struct {
    att_span text;
    uint8_t form;
    bool tight;
    bool recurs;
    bool short_enough; /* for the first line of a transcript to be one by itself */
    bool name;
    bool lower;
    uint8_t letters;
} candidate;

typedef struct {
    candidate *items; /* one for every line that is not blank */
    size_t count;
    size_t capacity;
} candidates;

bool att_line_next(att_line_walk *walk)
{
    const char *text = walk->probe.text;
    size_t size = walk->probe.size;

    if (walk->next >= size || (!walk->complete && size - walk->next < ATT_LINE_SIGHT))
        return false;
    walk->line = walk->next;
    const char *end = memchr(text + walk->line, '\n', size - walk->line);
    size_t at = end ? (size_t)(end - text) : size;
    if ((end = memchr(text + walk->line, '\r', at - walk->line)))
        at = (size_t)(end - text);
    if (at + 1 < size && text[at] == '\r' && text[at + 1] == '\n')
        at++;
    walk->next = at < size ? at + 1 : size;
    return true;
}

/* The number that a line begins with, and a blank behind it. */
static bool number_read(const char *line, size_t size, size_t *behind, uint64_t *number)
{
    size_t at = att_blank_skip(line, size, 0), from = at;

    *number = 0;
    for (; at < size && at - from < 7 && line[at] >= '0' && line[at] <= '9'; at++)
        *number = *number * 10 + (uint64_t)(line[at] - '0');
    if (at == from || at - from == 7)
        return false;
    at += at < size && (line[at] == '.' || line[at] == ')');
    *behind = att_blank_skip(line, size, at);
    return *behind > at || at == size || att_is_line_end(line[at]);
}

size_t att_line_number_size(const char *line, size_t size)
{
    uint64_t number;
    size_t behind;

    return number_read(line, size, &behind, &number) ? behind : 0;
}

/* Are there so many lines that begin with the number behind the last line's (9 in 10 of those with text)? */
static bool is_numbered(att_span probe, bool complete)
{
    att_line_walk walk = {probe, complete, 0, 0};
    uint64_t last = 0, number;
    size_t lines = 0, numbered = 0, behind;

    while (att_line_next(&walk)) {
        const char *line = probe.text + walk.line;
        size_t length = walk.next - walk.line;
        if (att_white_skip(line, length, 0) == length)
            continue;
        lines++;
        if (!number_read(line, length, &behind, &number))
            continue;
        numbered += lines == 1 || number == last + 1;
        last = number;
    }
    return lines >= 3 && numbered * 10 >= lines * 9;
}

/* How the transcript uses lines that hold nothing but a time. */
static void stamp_lines_look(att_evidence *evidence, att_span probe, bool complete)
{
    att_line_walk walk = {probe, complete, 0, 0};
    bool after_blank = true, any = false, marked;
    size_t bare = 0;
    att_stamp stamp;

    while (att_line_next(&walk)) {
        const char *line = probe.text + walk.line;
        size_t length = walk.next - walk.line;
        bool is_stamp = att_stamp_line(&stamp, line, length, &marked);
        if (is_stamp && !any)
            evidence->stamps_lead = after_blank && !evidence->numbered;
        any |= is_stamp;
        bare += is_stamp && !marked;
        after_blank = att_white_skip(line, length, 0) == length;
    }
    /* One alone may be what somebody says. */
    evidence->stamp_lines = bare > 1;
    evidence->stamps_lead &= !bare || bare > 1;
}

static candidate line_look(const char *line, size_t size, bool below)
{
    candidate it = {.form = ATT_FORMS};
    att_label label;

    if (att_label_find(&label, line, size < ATT_LINE_SIGHT ? size : ATT_LINE_SIGHT, below)) {
        it.text = label.text;
        it.form = (uint8_t)label.form;
        it.tight = label.tight;
    }
    return it;
}

static bool candidates_collect(candidates *all, att_span probe, bool complete, const att_evidence *evidence)
{
    att_line_walk walk = {probe, complete, 0, 0};
    att_stamp stamp;
    bool marked;

    while (att_line_next(&walk)) {
        const char *line = probe.text + walk.line;
        size_t length = walk.next - walk.line;
        size_t number = evidence->numbered ? att_line_number_size(line, length) : 0;
        if (att_white_skip(line, length, number) == length)
            continue;
        if (!att_grow(&all->items, &all->capacity, all->count + 1, sizeof *all->items))
            return false;
        candidate it = line_look(line + number, probe.size - walk.line - number, evidence->stamps_lead);
        if (it.form == ATT_FORMS && att_stamp_line(&stamp, line + number, length - number, &marked))
            continue;
        all->items[all->count++] = it;
        /* The label may stand on a line below. */
        while (it.text.size && (size_t)(it.text.text - probe.text) >= walk.next && att_line_next(&walk))
            ;
    }
    return true;
}

static int compare_candidates(const void *left, const void *right)
{
    const candidate *a = *(candidate *const *)left;
    const candidate *b = *(candidate *const *)right;

    return a->form != b->form ? (a->form > b->form) - (a->form < b->form) : att_span_compare(a->text, b->text);
}

/* Takes the candidates with one label, `count` of them: it is looked at once. */
static void same_look(candidate **same, size_t count)
{
    bool bracketed = same[0]->form == ATT_FORM_BRACKET || same[0]->form == ATT_FORM_BRACE;
    att_label_shape shape = att_label_look(same[0]->text, bracketed);

    for (size_t i = 0; i < count; i++) {
        candidate *it = same[i];
        it->recurs = count > 1;
        it->name = shape.name && shape.words <= ATT_LABEL_WORDS;
        it->short_enough = it->name || shape.words == 1 || (shape.words <= ATT_LABEL_PLAIN_WORDS && !bracketed);
        it->lower = shape.lower;
        it->letters = shape.letters;
        if (!shape.fits || (it->form == ATT_FORM_DASH && shape.lower))
            it->form = ATT_FORMS;
    }
}

/* What stands alone behind a stamp may as well be a short line of speech: it is a label where most of them (2 in 3)
 * come again. `led`: how many there are. */
static void led_check(candidates *all, size_t led)
{
    size_t recurring = 0;

    for (size_t i = 0; i < all->count; i++)
        recurring += all->items[i].form == ATT_FORM_LED && all->items[i].recurs;
    for (size_t i = 0; recurring * 3 < led * 2 && i < all->count; i++) {
        if (all->items[i].form == ATT_FORM_LED)
            all->items[i].form = ATT_FORMS;
    }
}

static size_t led_count(const candidates *all)
{
    size_t count = 0;

    for (size_t i = 0; i < all->count; i++)
        count += all->items[i].form == ATT_FORM_LED;
    return count;
}

/* sorted: pointers to all candidates, in order. */
static void shapes_look(candidate **sorted, size_t count)
{
    size_t next;

    for (size_t i = 0; i < count && sorted[i]->form != ATT_FORMS; i = next) {
        next = i + 1;
        while (next < count && compare_candidates(&sorted[i], &sorted[next]) == 0)
            next++;
        same_look(sorted + i, next - i);
    }
}

static bool counts_as_first(const candidate *first)
{
    return first->form != ATT_FORMS && first->short_enough && !first->tight;
}

/* The form that most lines with recurring labels have; the transcript's first line is a voice too, and decides a tie.
 */
static att_label_form form_choose(const candidates *all)
{
    size_t lines[ATT_FORMS] = {0};
    att_label_form form = ATT_FORMS;
    att_label_form first = ATT_FORMS;

    if (all->count > 0 && counts_as_first(&all->items[0])) {
        first = (att_label_form)all->items[0].form;
        lines[first]++;
    }
    for (size_t i = 0; i < all->count; i++) {
        if (all->items[i].recurs && all->items[i].form != ATT_FORMS)
            lines[all->items[i].form]++;
    }
    for (att_label_form f = 0; f < ATT_FORMS; f++) {
        if (lines[f] > 0 && (form == ATT_FORMS || lines[f] > lines[form] || (f == first && lines[f] == lines[form])))
            form = f;
    }
    return form;
}

/* Keeps each recurring label of the form once; returns how many there are, SIZE_MAX: no memory. */
static size_t labels_keep(att_evidence *evidence, candidate *const *sorted, size_t count)
{
    size_t bytes = 0;
    size_t kept = 0;

    for (size_t i = 0; i < count; i++)
        bytes += sorted[i]->recurs && sorted[i]->form == evidence->form ? sorted[i]->text.size : 0;
    if (bytes == 0)
        return 0;
    evidence->memory = malloc(bytes);
    evidence->labels = calloc(count, sizeof *evidence->labels);
    if (!evidence->memory || !evidence->labels)
        return SIZE_MAX;
    char *to = evidence->memory;
    for (size_t i = 0; i < count; i++) {
        if (!sorted[i]->recurs || sorted[i]->form != evidence->form ||
            (kept > 0 && att_span_equal(evidence->labels[kept - 1], sorted[i]->text)))
            continue;
        memcpy(to, sorted[i]->text.text, sorted[i]->text.size);
        evidence->labels[kept++] = (att_span){to, sorted[i]->text.size};
        to += sorted[i]->text.size;
    }
    evidence->label_count = kept;
    return kept;
}

/* From the first label on: is it rare (1 line in 20) that a line is not a turn of its own? */
static bool is_line_by_line(const att_evidence *evidence, const candidates *all)
{
    size_t lines = 0;
    size_t others = 0;

    for (size_t i = 0; i < all->count; i++) {
        const candidate *it = &all->items[i];
        bool label = it->form == evidence->form && (it->recurs || (it->name && !it->tight));
        if (lines == 0 && !label)
            continue;
        lines++;
        others += !label;
    }
    return others * 20 <= lines;
}

static bool all_capitals(const att_evidence *evidence, const candidates *all)
{
    bool long_enough = false;

    if (evidence->label_count < 2)
        return false;
    for (size_t i = 0; i < all->count; i++) {
        const candidate *it = &all->items[i];
        if (!it->recurs || it->form != evidence->form)
            continue;
        if (it->lower)
            return false;
        long_enough |= it->letters >= 3;
    }
    return long_enough;
}

att_status att_evidence_gather(att_evidence *evidence, att_span probe, bool complete, att_error *error)
{
    att_status status = ATT_OK;
    candidates all = {0};
    candidate **sorted = NULL;

    *evidence = (att_evidence){.form = ATT_FORMS, .numbered = is_numbered(probe, complete)};
    stamp_lines_look(evidence, probe, complete);
    if (!candidates_collect(&all, probe, complete, evidence) ||
        !(sorted = calloc(all.count + 1, sizeof(candidate *)))) {
        status = att_fail_memory(error);
        goto done;
    }
    for (size_t i = 0; i < all.count; i++)
        sorted[i] = &all.items[i];
    qsort(sorted, all.count, sizeof(candidate *), compare_candidates);
    size_t led = led_count(&all);
    shapes_look(sorted, all.count);
    led_check(&all, led);
    evidence->form = form_choose(&all);
    if (evidence->form == ATT_FORMS)
        goto done;
    size_t recurring = labels_keep(evidence, sorted, all.count);
    if (recurring == SIZE_MAX) {
        att_evidence_clear(evidence);
        status = att_fail_memory(error);
        goto done;
    }
    bool first = all.count > 0 && counts_as_first(&all.items[0]) && all.items[0].form == evidence->form;
    evidence->line_by_line = is_line_by_line(evidence, &all);
    bool few = recurring < 2 && !(recurring == 1 && evidence->line_by_line);
    bool led_by_stamps = evidence->form == ATT_FORM_LED && recurring;
    /* Capitals before a dash are a label where several people have one: "OK - well" is none. */
    if (att_form_is_faint(evidence->form) && few && !led_by_stamps)
        evidence->form = ATT_FORMS;
    evidence->trusted = first || !few || led_by_stamps;
    /* Other bold words at the beginning of a line are emphasis. */
    if (evidence->form == ATT_FORM_BOLD)
        evidence->trusted = evidence->line_by_line;
    evidence->capitals = all_capitals(evidence, &all);
done:
    free(sorted);
    free(all.items);
    return status;
}

void att_evidence_clear(att_evidence *evidence)
{
    free(evidence->labels);
    free(evidence->memory);
    *evidence = (att_evidence){.form = ATT_FORMS};
}

bool att_evidence_holds(const att_evidence *evidence, att_span label)
{
    size_t low = 0;
    size_t high = evidence->label_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = att_span_compare(label, evidence->labels[middle]);
        if (order == 0)
            return true;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}
