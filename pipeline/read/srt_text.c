#include "read/srt_text.h"

#include "base/entities.h"
#include "read/scan.h"

#include <string.h>

static const bool specials[256] = {['&'] = true, ['<'] = true, ['{'] = true, ['\r'] = true};

static size_t special_find(const char *text, size_t size, size_t at)
{
    while (at < size && !specials[(unsigned char)text[at]])
        at++;
    return at;
}

static bool is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

enum { TAG_MOST = 6 };

/* Bytes of the name of a tag at text[0]; 0: it is none. */
static size_t name_size(const char *text, size_t size)
{
    static const char *const names[] = {"i",  "b",  "u",    "s",    "c",    "p",      "br", "em",
                                        "rt", "rp", "font", "ruby", "span", "strong", NULL};
    char name[TAG_MOST + 1] = "";
    size_t length = 0;

    while (length < size && length <= TAG_MOST && is_letter(text[length])) {
        if (length < TAG_MOST)
            name[length] = (char)(text[length] | 0x20);
        length++;
    }
    for (const char *const *each = names; *each; each++)
        if (strlen(*each) == length && memcmp(*each, name, length) == 0)
            return length;
    return 0;
}

/* Where the tag's line ends or another begins, or behind its `>`. *closed: it is the latter. */
static size_t tag_end(const char *text, size_t size, size_t at, bool *closed)
{
    while (at < size && text[at] != '>' && text[at] != '<' && !att_is_line_end(text[at]))
        at++;
    *closed = at < size && text[at] == '>';
    return at + *closed;
}

/* <00:00:01.250> */
static size_t stamp_size(const char *text, size_t size)
{
    size_t at = 1;

    while (at < size && ((text[at] >= '0' && text[at] <= '9') || text[at] == ':' || text[at] == '.'))
        at++;
    return at > 5 && at < size && text[at] == '>' ? at + 1 : 0;
}

/* Bytes of the tag at text[0], which is `<`; 0: this is text. *breaks: it stands for a line end. */
static size_t tag_size(const char *text, size_t size, bool *breaks)
{
    size_t from = size > 1 && text[1] == '/' ? 2 : 1;
    size_t name = name_size(text + from, size - from);
    size_t at = from + name;
    bool closed;

    *breaks = name == 2 && (text[from] | 0x20) == 'b';
    if (!name)
        return stamp_size(text, size);
    if (at == size || text[at] == '<' || att_is_line_end(text[at]))
        return at;
    if (text[at] != '>' && text[at] != '/' && text[at] != '.' && !att_white_size(text, size, at))
        return 0;
    size_t end = tag_end(text, size, at, &closed);
    /* Without an end: attributes are of the tag, words are not. */
    return closed || memchr(text + at, '=', end - at) ? end : at;
}

/* {\an8}; 0: this is text. */
static size_t override_size(const char *text, size_t size)
{
    if (size < 3 || text[1] != '\\')
        return 0;
    for (size_t at = 2; at < size && text[at] != '{' && !att_is_line_end(text[at]); at++)
        if (text[at] == '}')
            return at + 1;
    return 0;
}

static void special_read(att_cue_text *cue, att_cue_raw *raw)
{
    const char *text = raw->text + raw->at;
    size_t left = raw->size - raw->at, size = 0, got = 0;
    char decoded[ATT_ENTITY_MOST] = "\n";
    bool breaks = false;

    if (*text == '<') {
        got = tag_size(text, left, &breaks);
        size = breaks;
    } else if (*text == '{') {
        got = override_size(text, left);
    } else if (*text == '\r') {
        got = att_cue_line_end(raw->text, raw->size, raw->at);
        size = 1;
    } else {
        got = att_entity_read(decoded, &size, text, left, true);
    }
    if (!got)
        att_cue_text_take(cue, raw, raw->at + 1);
    else if (size)
        att_cue_text_put(cue, raw, raw->at + got, decoded, size);
    else
        att_cue_raw_pass(raw, raw->at + got);
}

void att_srt_text_read(att_cue_text *cue, att_cue_raw raw)
{
    att_cue_text_empty(cue);
    while (raw.at < raw.size && !cue->failed) {
        size_t to = special_find(raw.text, raw.size, raw.at);
        if (to > raw.at)
            att_cue_text_take(cue, &raw, to);
        else
            special_read(cue, &raw);
    }
}
