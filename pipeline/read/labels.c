#include "read/labels.h"

#include "read/notes.h"
#include "read/scan.h"
#include "read/stamps.h"

#define FULL_COLON "\xEF\xBC\x9A" /* U+FF1A */

/* Where in the line we are. */
typedef struct {
    const char *line;
    size_t size;
    size_t at;
} cursor;

static bool at_end_of_line(const cursor *in)
{
    return in->at >= in->size || att_is_line_end(in->line[in->at]);
}

static void skip_blanks(cursor *in)
{
    in->at = att_blank_skip(in->line, in->size, in->at);
}

static bool looking_at(const cursor *in, const char *text)
{
    size_t length = strlen(text);

    return in->size - in->at >= length && memcmp(in->line + in->at, text, length) == 0;
}

/* Bytes of the colon at the cursor; 0: there is none. */
static size_t colon_size(const cursor *in)
{
    if (in->at >= in->size)
        return 0;
    if (in->line[in->at] == ':')
        return 1;
    return in->line[in->at] == FULL_COLON[0] && looking_at(in, FULL_COLON) ? 3 : 0;
}

static void take_stamp(att_label *label, cursor *in, const att_stamp *stamp)
{
    if (label->start_ms == ATT_NO_TIME) {
        label->start_ms = stamp->start_ms;
        label->end_ms = stamp->end_ms;
    }
    in->at += stamp->size;
}

/* Bytes of a mark that only says which way text runs (U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069), or of a byte
 * order mark; 0: there is none. */
static size_t direction_size(const char *text, size_t size)
{
    const unsigned char *c = (const unsigned char *)text;

    if (size < 3)
        return 0;
    if (c[0] == 0xEF)
        return c[1] == 0xBB && c[2] == 0xBF ? 3 : 0;
    if (c[0] != 0xE2)
        return 0;
    bool mark = (c[1] == 0x80 && (c[2] == 0x8E || c[2] == 0x8F || (c[2] >= 0xAA && c[2] <= 0xAE))) ||
                (c[1] == 0x81 && c[2] >= 0xA6 && c[2] <= 0xA9);
    return mark ? 3 : 0;
}

static void skip_blanks_and_marks(cursor *in)
{
    size_t mark;

    skip_blanks(in);
    while ((mark = direction_size(in->line + in->at, in->size - in->at))) {
        in->at += mark;
        skip_blanks(in);
    }
}

static bool starts_with_digit(const cursor *in)
{
    return in->at < in->size && in->line[in->at] >= '0' && in->line[in->at] <= '9';
}

/* White space, direction marks and stamps before the label. */
static void lead_read(att_label *label, cursor *in, bool below)
{
    att_stamp stamp;
    bool marked;

    skip_blanks_and_marks(in);
    if (at_end_of_line(in) || (in->line[in->at] >= 'A' && in->line[in->at] <= 'Z'))
        return;
    const char *text = in->line + in->at;
    if (below && att_stamp_line(&stamp, text, in->size - in->at, &marked)) {
        take_stamp(label, in, &stamp);
        in->at = att_white_skip(in->line, in->size, in->at);
        skip_blanks_and_marks(in);
        if (starts_with_digit(in)) /* the next stamp, most likely: nobody is named */
            in->at = in->size;
    } else if (att_stamp_marked(&stamp, text, in->size - in->at) ||
               att_stamp_bare(&stamp, text, in->size - in->at, false)) {
        take_stamp(label, in, &stamp);
        skip_blanks(in);
    }
}

/* "Ann (laughs)": the note is no part of the name. */
static size_t note_cut(const char *text, size_t size)
{
    for (size_t at = 1; at < size; at++) {
        at = att_scan_plain.find_bracket(text, size, at);
        if (at < size && text[at] != '#' && att_note_size(text, size, at) == size - at)
            return att_white_trim(text, 0, at);
    }
    return size;
}

static bool label_set(att_label *label, const cursor *in, size_t from, size_t to)
{
    from = att_blank_skip(in->line, to, from);
    const char *text = in->line + from;
    size_t size = att_white_trim(text, 0, to - from);

    while (size >= 3 && direction_size(text + size - 3, 3))
        size = att_white_trim(text, 0, size - 3);
    if (size && (text[size - 1] == ']' || text[size - 1] == ')' || text[size - 1] == '}'))
        size = note_cut(text, size);
    label->text = (att_span){text, size};
    return size > 0;
}

/* Behind the first colon: a second one, as typists do, and what it says about the form. */
static bool colon_end(att_label *label, cursor *in)
{
    size_t colon = colon_size(in), mark;

    in->at += colon;
    if (looking_at(in, "//"))
        return false; /* a web address */
    if (in->at < in->size && in->line[in->at] == ':')
        in->at++;
    while ((mark = direction_size(in->line + in->at, in->size - in->at)))
        in->at += mark;
    /* The full-width colon has its space inside. */
    label->tight = colon == 1 && !at_end_of_line(in) && !att_white_size(in->line, in->size, in->at);
    label->form = ATT_FORM_COLON;
    label->size = in->at;
    return true;
}

/* A stamp ends the name at the cursor: "Ann [00:01:02]: text", "Ann [00:01:02] text", "Ann 0:53". */
static bool stamped_end(att_label *label, cursor *in, size_t from, const att_stamp *stamp, bool marked)
{
    if (!label_set(label, in, from, in->at))
        return false;
    take_stamp(label, in, stamp);
    label->size = in->at;
    label->form = ATT_FORM_STAMP;
    skip_blanks(in);
    if (colon_size(in))
        return colon_end(label, in);
    return marked || at_end_of_line(in);
}

/* The first colon is one inside a clock time: "Ann 0:53". from: where the name begins. */
static bool clock_end(att_label *label, cursor *in, size_t from)
{
    cursor clock = *in;
    att_stamp stamp;

    while (clock.at > from && in->at - clock.at < 3 && in->line[clock.at - 1] >= '0' && in->line[clock.at - 1] <= '9')
        clock.at--;
    if (clock.at == from || !att_white_size(in->line, in->size, clock.at - 1))
        return false;
    return att_stamp_bare(&stamp, in->line + clock.at, in->size - clock.at, false) &&
           stamped_end(label, &clock, from, &stamp, false);
}

static bool is_clock_colon(const cursor *in, size_t from)
{
    return in->at > from && in->at + 1 < in->size && in->line[in->at] == ':' && in->line[in->at - 1] >= '0' &&
           in->line[in->at - 1] <= '9' && in->line[in->at + 1] >= '0' && in->line[in->at + 1] <= '9';
}

/* By far the most characters of labels: nothing to look at. */
static bool is_ordinary(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ' ' || c == '.';
}

/* Bytes of a dash between white space at `at`; 0: there is none. */
static size_t dash_size(const cursor *in, size_t at)
{
    size_t before = att_white_size(in->line, in->size, at), dash = at + before, behind;

    if (!before || dash >= in->size)
        return 0;
    if (in->line[dash] == '-')
        behind = dash + 1;
    else if (in->size - dash >= 3 &&
             (memcmp(in->line + dash, "\xE2\x80\x93", 3) == 0 || memcmp(in->line + dash, "\xE2\x80\x94", 3) == 0))
        behind = dash + 3;
    else
        return 0;
    return att_white_size(in->line, in->size, behind) ? behind - at : 0;
}

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

/* NAME - text: in capitals, and not before a colon that such a name goes on to. */
static bool dash_find(att_label *label, const cursor *start)
{
    cursor in = *start;
    unsigned letters = 0;
    size_t dash = 0;

    for (; in.at < in.size && in.at - start->at <= ATT_LABEL_MOST && !(dash = dash_size(&in, in.at)); in.at++) {
        char c = in.line[in.at];
        if (is_small(c) || att_is_line_end(c) || strchr(":[](){}*#", c))
            return false;
        letters += (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || ((unsigned char)c & 0xC0) == 0xC0;
    }
    if (!dash || letters < 2 || !label_set(label, &in, start->at, in.at))
        return false;
    label->size = in.at + dash;
    for (size_t at = label->size; at < in.size && at - start->at <= ATT_LABEL_MOST; at++) {
        if (is_small(in.line[at]) || att_is_line_end(in.line[at]))
            break;
        if (in.line[at] == ':')
            return false;
    }
    label->form = ATT_FORM_DASH;
    return true;
}

/* Name, TAB, text; not a TAB before the colon or the stamp that ends the name. */
static bool tab_end(att_label *label, const cursor *start, size_t from)
{
    cursor in = *start;
    att_stamp stamp;

    skip_blanks(&in);
    const char *text = in.line + in.at;
    if (at_end_of_line(&in) || colon_size(&in) || dash_size(&in, start->at) ||
        att_stamp_marked(&stamp, text, in.size - in.at) || att_stamp_bare(&stamp, text, in.size - in.at, false) ||
        !label_set(label, start, from, start->at))
        return false;
    label->form = ATT_FORM_TAB;
    label->size = in.at;
    return true;
}

/* Behind a stamp: a name alone on its line, perhaps behind a dash. */
static bool led_find(att_label *label, const cursor *start)
{
    cursor in = *start;

    if (in.size - in.at > 2 && in.line[in.at] == '-' && in.line[in.at + 1] == ' ') {
        in.at += 2;
        skip_blanks(&in);
    }
    size_t from = in.at;
    for (unsigned points = 0; !at_end_of_line(&in); in.at++) {
        points += ((unsigned char)in.line[in.at] & 0xC0) != 0x80;
        if (points > ATT_LABEL_MOST)
            return false;
    }
    if (!label_set(label, &in, from, in.at) || strchr(".,;:!?", label->text.text[label->text.size - 1]))
        return false;
    label->form = ATT_FORM_LED;
    label->size = in.at;
    return true;
}

static bool colon_find(att_label *label, cursor *in)
{
    size_t from = in->at;
    att_stamp stamp;

    for (unsigned points = 0; points <= ATT_LABEL_MOST && in->at < in->size; in->at++) {
        char c = in->line[in->at];
        if (is_ordinary(c)) {
            points++;
            continue;
        }
        if (att_is_line_end(c))
            return false;
        if (c == '\t' && tab_end(label, in, from))
            return true;
        if (colon_size(in)) {
            if (is_clock_colon(in, from))
                return clock_end(label, in, from);
            return label_set(label, in, from, in->at) && colon_end(label, in);
        }
        if ((c == '[' || c == '(' || c == '#') && att_stamp_marked(&stamp, in->line + in->at, in->size - in->at))
            return stamped_end(label, in, from, &stamp, true);
        points += ((unsigned char)c & 0xC0) != 0x80;
    }
    return false;
}

/* Moves to the first of `stops` on the line, within the length of a label. */
static bool stop_find(cursor *in, const char *stops)
{
    for (unsigned points = 0; points <= ATT_LABEL_MOST && !at_end_of_line(in); in->at++) {
        char c = in->line[in->at];
        if (c && strchr(stops, c))
            return true;
        points += ((unsigned char)c & 0xC0) != 0x80;
    }
    return false;
}

/* **Name:** text, **Name**: text, **Name** text. The cursor stands behind the first asterisks. */
static bool bold_find(att_label *label, cursor *in)
{
    size_t from = in->at;

    if (!stop_find(in, ":*") || !label_set(label, in, from, in->at))
        return false;
    bool inside = in->line[in->at] == ':';
    in->at += inside;
    if (!looking_at(in, "**"))
        return false;
    in->at += 2;
    if (!inside) {
        cursor behind = *in;
        skip_blanks(&behind);
        if (colon_size(&behind))
            return colon_end(label, &behind);
    }
    label->form = inside ? ATT_FORM_COLON : ATT_FORM_BOLD;
    label->size = in->at;
    return inside || at_end_of_line(in) || att_white_size(in->line, in->size, in->at);
}

/* [Name] and {Name}, with or without a colon behind. */
static bool bracket_find(att_label *label, cursor *in)
{
    char closing = in->line[in->at] == '[' ? ']' : '}';

    if (att_note_size(in->line, in->size, in->at))
        return false;
    in->at++;
    skip_blanks(in);
    size_t from = in->at;
    if (!stop_find(in, "[]{}") || in->line[in->at] != closing || !label_set(label, in, from, in->at))
        return false;
    in->at++;
    in->at += colon_size(in);
    label->form = closing == ']' ? ATT_FORM_BRACKET : ATT_FORM_BRACE;
    label->size = in->at;
    return true;
}

bool att_label_find(att_label *label, const char *line, size_t size, bool below)
{
    cursor in = {line, size, 0};

    label->start_ms = ATT_NO_TIME;
    label->end_ms = ATT_NO_TIME;
    label->tight = false;
    lead_read(label, &in, below);
    if (at_end_of_line(&in))
        return false;
    if (line[in.at] == '[' || line[in.at] == '{')
        return bracket_find(label, &in);
    if (looking_at(&in, "**")) {
        in.at += 2;
        return bold_find(label, &in);
    }
    cursor name = in;
    return dash_find(label, &in) || colon_find(label, &name) ||
           (label->start_ms != ATT_NO_TIME && led_find(label, &in));
}
