#include "read/speech.h"

#include "read/notes.h"
#include "read/stamps.h"

static void overwrite(char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (!att_is_line_end(text[i]))
            text[i] = ' ';
    }
}

static bool all_white(const char *text, size_t from, size_t to)
{
    return att_white_skip(text, to, from) >= to;
}

void att_speech_clear(const att_scan *scan, att_unspoken *found, char *text, size_t size, bool opening)
{
    size_t first = att_white_skip(text, size, 0);
    size_t behind = 0; /* the end of the last stamp */
    int64_t last = ATT_NO_TIME;
    att_stamp stamp;

    *found = (att_unspoken){false, ATT_NO_TIME, ATT_NO_TIME, ATT_NO_TIME, 0};
    if (opening && att_stamp_bare(&stamp, text + first, size - first, true)) {
        found->leads = true;
        found->start_ms = stamp.start_ms;
        overwrite(text + first, stamp.size);
    }
    for (size_t at = scan->find_bracket(text, size, first); at < size; at = scan->find_bracket(text, size, at)) {
        size_t note = 0;
        if (att_stamp_marked(&stamp, text + at, size - at)) {
            if (!found->leads && all_white(text, 0, at)) {
                found->leads = true;
                found->start_ms = stamp.start_ms;
                found->end_ms = stamp.end_ms;
            } else {
                last = stamp.end_ms != ATT_NO_TIME ? stamp.end_ms : stamp.start_ms;
                behind = at + stamp.size;
            }
            overwrite(text + at, stamp.size);
            at += stamp.size;
        } else if (text[at] != '#' && (note = att_note_size(text, size, at)) > 0) {
            overwrite(text + at, note);
            at += note;
            found->notes++;
        } else {
            at++;
        }
    }
    if (behind && all_white(text, behind, size))
        found->last_ms = last;
}
