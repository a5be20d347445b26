#include "read/notes.h"

#include "base/utf8.h"
#include "read/scan.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#define WORD_BYTES 48
#define NOTE_WORDS 12

typedef struct {
    char word[NOTE_WORDS][WORD_BYTES]; /* lower case, NUL-terminated */
    size_t count;
    bool marks; /* there is a mark of the kind that pauses are written with */
} content;

static bool is_any_bracket(uint32_t c)
{
    return c < 0x80 && strchr("[](){}<>", (int)c) && c;
}

/* Characters that hold a word together: letters, marks, digits, joiners, and between letters apostrophe and hyphen. */
static bool is_word_part(uint32_t c, bool inside)
{
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               (inside && (c == '\'' || c == '-'));
    int8_t type = u_charType((UChar32)c);
    return u_isalnum((UChar32)c) || type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK ||
           (inside && (c == 0x2019 || c == 0x200C || c == 0x200D));
}

/* Marks that transcribers write pauses and gaps with. */
static bool is_pause_mark(uint32_t c)
{
    return (c < 0x80 && c > ' ' && strchr(".-?!,*/=~^+:", (int)c)) || c == 0x2026 || c == 0x2013 || c == 0x2014;
}

/* Reads the word at text[*at] into `word`; false: it is too long to be one of ours. */
static bool word_read(char word[WORD_BYTES], const char *text, size_t size, size_t *at)
{
    size_t length = 0;

    while (*at < size) {
        size_t behind = *at;
        uint32_t c = att_utf8_next(text, size, &behind);
        if (!is_word_part(c, length > 0))
            break;
        if (length + 5 > WORD_BYTES)
            return false;
        length += att_utf8_put(word + length, (uint32_t)u_tolower((UChar32)c));
        *at = behind;
    }
    while (length > 0 && (word[length - 1] == '-' || word[length - 1] == '\''))
        length--;
    word[length] = '\0';
    return true;
}

/* Takes the text between the brackets apart; false: it holds what no note holds. */
static bool content_read(content *in, const char *text, size_t size)
{
    for (size_t at = 0; at < size;) {
        size_t behind = at;
        uint32_t c = att_utf8_next(text, size, &behind);
        if (c == ATT_REPLACEMENT || is_any_bracket(c))
            return false;
        if (!is_word_part(c, false)) {
            in->marks |= is_pause_mark(c);
            if (!is_pause_mark(c) && !u_isspace((UChar32)c) && !u_ispunct((UChar32)c))
                return false;
            at = behind;
            continue;
        }
        if (in->count == NOTE_WORDS || !word_read(in->word[in->count], text, size, &at))
            return false;
        in->count++;
    }
    return true;
}

static int compare_word(const void *key, const void *item)
{
    return strcmp(key, *(const char *const *)item);
}

static bool holds(const char *const *words, size_t count, const char *word)
{
    unsigned char first = (unsigned char)word[0];

    /* A word of another script is not looked for at all. */
    if (first < (unsigned char)words[0][0] || first > (unsigned char)words[count - 1][0])
        return false;
    return bsearch(word, words, count, sizeof *words, compare_word) != NULL;
}

static bool is_listed(const char *word, bool fillers)
{
    if (word[1] == '\0' && !fillers)
        return false; /* "(b)": no need to look */
    for (size_t i = 0; i < att_note_list_count; i++) {
        const att_note_list *list = &att_note_lists[i];
        if (fillers ? holds(list->fillers, list->filler_count, word) : holds(list->notes, list->note_count, word))
            return true;
    }
    return false;
}

/* An entry of two words. */
static bool is_listed_pair(const char *first, const char *second)
{
    char pair[2 * WORD_BYTES];

    stpcpy(stpcpy(stpcpy(pair, first), " "), second);
    return is_listed(pair, false);
}

static bool is_unit(const char *word)
{
    static const char *const units[] = {"s",        "sec",      "secs",     "second", "seconds", "sek",     "sekunde",
                                        "sekunden", "min",      "mins",     "minute", "minutes", "minuten", "sekund",
                                        "minuter",  "sekunder", "seg",      "minuto", "minutos", "segundo", "segundos",
                                        "seconde",  "minut",    "secondes", "ca",     "sekunda", "secondi", "secondo",
                                        "minuti",   "seconden", "minuut",   "approx"};

    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (strcmp(word, units[i]) == 0)
            return true;
    }
    return false;
}

/* Up to three digits, alone or with a unit behind them: "3", "10", "2sec". */
static bool is_number(const char *word)
{
    size_t digits = strspn(word, "0123456789");

    return digits > 0 && digits <= 3 && (word[digits] == '\0' || is_unit(word + digits));
}

/* "(3.5)", "(2 sec.)", "(2s)": a pause that was measured. "(3)" alone may be what was said, as an item of a list is. */
static bool is_measure(const content *in)
{
    size_t numbers = 0, units = 0;

    for (size_t i = 0; i < in->count; i++) {
        if (is_number(in->word[i])) {
            numbers++;
            units += in->word[i][strspn(in->word[i], "0123456789")] != '\0';
        } else if (is_unit(in->word[i])) {
            units++;
        } else {
            return false;
        }
    }
    return numbers == 2 || (numbers == 1 && units > 0);
}

static bool has_note_words(const content *in)
{
    bool noted = false;

    for (size_t i = 0; i < in->count; i++) {
        const char *word = in->word[i];
        if (is_number(word) || is_unit(word))
            continue;
        if (is_listed(word, false)) {
            noted = true;
        } else if (i + 1 < in->count && is_listed_pair(word, in->word[i + 1])) {
            noted = true;
            i++;
        } else if ((!noted && i + 1 == in->count) || !is_listed(word, true)) {
            return false;
        }
    }
    return noted;
}

/* Does the bracket touch a word before it? A number there is part of what is said: "section 10(2)". */
static bool touches(const char *text, size_t at)
{
    unsigned char c = at ? (unsigned char)text[at - 1] : ' ';

    return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ')' ||
           c == ']';
}

size_t att_note_size(const char *whole, size_t whole_size, size_t at)
{
    const char *text = whole + at;
    size_t size = whole_size - at < ATT_NOTE_MOST ? whole_size - at : ATT_NOTE_MOST;
    size_t depth = 0;
    content in;

    /* "((coughs))": as many closing brackets as opening ones, all of a kind. */
    while (depth < size && text[depth] == text[0])
        depth++;
    if (depth == 0 || depth > 3)
        return 0;
    const char *end = memchr(text + depth, att_bracket_closing(text[0]), size - depth);
    if (!end)
        return 0;
    size_t inner = (size_t)(end - text) - depth;
    for (size_t i = 1; i < depth; i++) {
        if (depth + inner + i >= size || text[depth + inner + i] != att_bracket_closing(text[0]))
            return 0;
    }
    in.count = 0;
    in.marks = false;
    if (!content_read(&in, text + depth, inner))
        return 0;
    bool note = in.count == 0 ? in.marks : is_measure(&in) ? !touches(whole, at) : has_note_words(&in);
    return note ? depth + inner + depth : 0;
}
