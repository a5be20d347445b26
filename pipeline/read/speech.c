#include "read/speech.h"

#include "read/notes.h"
#include "read/stamps.h"

#include <string.h>

static void overwrite(char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (!att_is_line_end(text[i]))
            text[i] = ' ';
    }
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool has_digit(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (text[i] >= '0' && text[i] <= '9')
            return true;
    return false;
}

static bool all_white(const char *text, size_t from, size_t to)
{
    return att_white_skip(text, to, from) >= to;
}

/* As att_note_size. Only brackets without digits are kept: for measures, what stands before them matters too. */
static size_t note_size(att_note_memo *memo, const char *text, size_t size, size_t at)
{
    char closing = att_bracket_closing(text[at]);
    size_t left = size - at < ATT_NOTE_MEMO_TEXT ? size - at : ATT_NOTE_MEMO_TEXT;
    const char *end = left > 2 && is_letter(text[at + 1]) ? memchr(text + at + 2, closing, left - 2) : NULL;
    size_t length = end ? (size_t)(end - text) - at + 1 : 0;

    if (!length || has_digit(text + at, length))
        return att_note_size(text, size, at);
    size_t place = ((unsigned char)text[at + 1] * 7u + (unsigned char)text[at + length - 2] + length) % ATT_NOTE_MEMOS;
    if (memo->items[place].size != length || memcmp(memo->items[place].text, text + at, length) != 0) {
        memcpy(memo->items[place].text, text + at, length);
        memo->items[place].size = (uint8_t)length;
        memo->items[place].is_note = att_note_size(text, size, at) == length;
    }
    return memo->items[place].is_note ? length : 0;
}

void att_speech_clear(const att_scan *scan, att_note_memo *memo, att_unspoken *found, char *text, size_t size,
                      size_t bracket, bool opening)
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
    size_t next = bracket < size ? scan->find_bracket(text, size, bracket) : size;
    for (size_t at = next; at < size; at = scan->find_bracket(text, size, at)) {
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
        } else if (text[at] != '#' && (note = note_size(memo, text, size, at)) > 0) {
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

size_t att_speech_cut(const char *text)
{
    for (size_t at = ATT_TURN_PIECE; at > 0; at--)
        if (text[at] == ' ' || (text[at] >= '\t' && text[at] <= '\r'))
            return at;
    for (size_t back = 1; back <= 3; back++) {
        unsigned char c = (unsigned char)text[ATT_TURN_PIECE - back];
        if (c >= 0xC0)
            return (c >= 0xF0 ? 4u : c >= 0xE0 ? 3u : 2u) > back ? ATT_TURN_PIECE - back : ATT_TURN_PIECE;
        if (c < 0x80)
            break;
    }
    return ATT_TURN_PIECE;
}
