#include "read/labels.h"

#include "base/utf8.h"
#include "read/scan.h"

#include <string.h>
#include <unicode/uchar.h>

/* Letters of an abbreviation that a sentence does not end with: "Prof. Dr. Meyer", not "Never. Then". */
#define ABBREVIATION 4

typedef struct {
    bool capital; /* begins with a capital, a letter without case or a digit */
    bool joined;  /* a capital behind an apostrophe or hyphen: d'Arc, al-Sayed */
    bool lower;
    bool digit;
    bool stop;  /* holds a mark that ends a sentence or cannot stand in a label */
    bool comma; /* ends with one */
    bool plain; /* has a letter or digit at all */
    unsigned letters;
    unsigned dots; /* at its end */
} word_shape;

/* What a character does to the shape of its word. */
static void ascii_look(word_shape *word, unsigned char c, uint32_t before)
{
    bool upper = c >= 'A' && c <= 'Z';
    bool digit = c >= '0' && c <= '9';

    if (upper || digit || (c >= 'a' && c <= 'z')) {
        if (word->letters == 0)
            word->capital = upper || digit;
        word->joined |= upper && (before == '\'' || before == '-' || before == 0x2019);
        word->lower |= !upper && !digit;
        word->digit |= digit;
        word->letters++;
    }
    word->stop |= c == '?' || c == '!' || c == ';' || c == ':' || c < ' ' || c == 0x7F;
    word->comma = c == ',';
    word->dots = c == '.' ? word->dots + 1 : 0;
}

static void other_look(word_shape *word, uint32_t c, uint32_t before)
{
    UChar32 point = (UChar32)c;

    word->comma = false;
    word->dots = 0;
    if (u_isalnum(point)) {
        bool upper = u_isUUppercase(point) || u_istitle(point);
        bool lower = !upper && u_toupper(point) != point;
        if (word->letters == 0)
            word->capital = !lower;
        word->joined |= upper && (before == '\'' || before == '-' || before == 0x2019);
        word->lower |= lower;
        word->digit |= u_isdigit(point);
        word->letters++;
    }
    /* Full stops and the like of scripts that have no other use for them. */
    word->stop |= u_hasBinaryProperty(point, UCHAR_S_TERM) || c == 0x2026;
}

/* The word at text[*at]; moves *at behind it and the white space that follows. */
static word_shape word_look(att_span text, size_t *at)
{
    word_shape word = {0};
    uint32_t before = 0;

    while (*at < text.size && !att_white_size(text.text, text.size, *at)) {
        uint32_t c = att_utf8_next(text.text, text.size, at);
        if (c < 0x80)
            ascii_look(&word, (unsigned char)c, before);
        else
            other_look(&word, c, before);
        before = c;
    }
    *at = att_white_skip(text.text, text.size, *at);
    word.plain = word.letters > 0;
    return word;
}

static bool is_one_of(att_span word, const char *list)
{
    /* The list is words with a space before and behind each. */
    for (const char *item = list + 1; *item; item = strchr(item, ' ') + 1) {
        if (strcspn(item, " ") == word.size && memcmp(item, word.text, word.size) == 0)
            return true;
    }
    return false;
}

static bool is_particle(att_span word)
{
    return is_one_of(
        word, " von van vom zu zum zur de der den del della di da do dos das du la le les el al bin ibn ben bint "
              "ter ten te af av of the and for und y e i och og et für "
              "med. rer. nat. phil. jur. ");
}

/* What may stand behind a comma in a name. */
static bool is_suffix(att_span word)
{
    return is_one_of(word, " Jr Jr. Sr Sr. II III IV V MD M.D. PhD Ph.D. RN Esq Esq. ");
}

static bool is_opening_bracket(char c)
{
    return c == '(' || c == '[' || c == '{';
}

static bool is_closing_bracket(char c)
{
    return c == ')' || c == ']' || c == '}';
}

static bool may_begin(att_span text, const word_shape *first, bool free_start)
{
    if (is_opening_bracket(text.text[0]))
        return true;
    size_t at = 0;
    uint32_t c = att_utf8_next(text.text, text.size, &at);
    return u_isalnum((UChar32)c) && (first->capital || free_start);
}

/* Does a sentence end with `word`, between `before` and `after`? An initial behind a full stop continues a name
 * ("Oliver. P. Marsh"), a full stop alone behind one letter belongs to it ("John F . Marsh"). */
static bool ends_sentence(const word_shape *before, const word_shape *word, const word_shape *after)
{
    if (word->dots == 0 || (after->letters == 1 && after->dots == 1))
        return false;
    if (word->letters == 0)
        return word->dots > 1 || before->letters != 1;
    return word->dots > 1 || word->letters > ABBREVIATION;
}

att_label_shape att_label_look(att_span text, bool free_start)
{
    att_label_shape shape = {.fits = text.size > 0, .name = true};
    word_shape before = {0}; /* the word, and the one before that */
    word_shape earlier = {0};
    unsigned letters = 0;
    unsigned words = 0;
    bool aside = false; /* in brackets: "Bea Hill (night nurse)" */

    for (size_t at = 0; at < text.size; words++) {
        const char *begin = text.text + at;
        size_t from = at;
        word_shape word = word_look(text, &at);
        att_span bytes = {begin, att_white_trim(begin, 0, at - from)};
        att_span bare = {begin, bytes.size - word.comma};
        if (from == 0)
            shape.fits = may_begin(text, &word, free_start);
        shape.fits &= !word.stop && !ends_sentence(&earlier, &before, &word);
        aside |= is_opening_bracket(*begin);
        shape.name &= aside || !word.plain || word.capital || word.joined || is_particle(bare);
        shape.name &= !before.comma || is_suffix(bare);
        shape.digit |= word.digit;
        shape.lower |= word.lower;
        letters += word.letters;
        aside &= !is_closing_bracket(begin[bytes.size - 1]);
        earlier = before;
        before = word;
    }
    shape.words = (uint8_t)(words < UINT8_MAX ? words : UINT8_MAX);
    shape.letters = (uint8_t)(letters < UINT8_MAX ? letters : UINT8_MAX);
    return shape;
}
