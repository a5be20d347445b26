#include "tokenise/tokenise.h"

#include "base/utf8.h"

#include <stdbool.h>
#include <string.h>
#include <unicode/uchar.h>

/* Kinds of characters in a gap, beside the classes that they set by themselves. */
enum { QUOTE = 1 << 8, DASH = 1 << 9, EM_DASH = 1 << 10 };

static unsigned kind_beyond_ascii(uint32_t c)
{
    UChar32 u = (UChar32)c;

    if (c == 0x85 || c == 0x2028 || c == 0x2029)
        return ATT_GAP_SPACE | ATT_GAP_LINE;
    if (u_isUWhiteSpace(u))
        return ATT_GAP_SPACE;
    if (u_hasBinaryProperty(u, UCHAR_QUOTATION_MARK) || c == 0x2019)
        return QUOTE;
    if (c == 0x2026 || u_hasBinaryProperty(u, UCHAR_S_TERM))
        return ATT_GAP_SENTENCE;
    if (u_hasBinaryProperty(u, UCHAR_TERMINAL_PUNCTUATION))
        return ATT_GAP_CLAUSE;
    if (c == 0x2014 || c == 0x2015)
        return EM_DASH;
    if (u_hasBinaryProperty(u, UCHAR_DASH))
        return DASH;
    switch (u_charType(u)) {
    case U_START_PUNCTUATION:
        return ATT_GAP_BRACKET_OPEN;
    case U_END_PUNCTUATION:
        return ATT_GAP_BRACKET_CLOSE;
    default:
        return 0;
    }
}

static unsigned kind_of(uint32_t c)
{
    switch (c) {
    case '\n':
    case '\r':
    case '\v':
    case '\f':
        return ATT_GAP_SPACE | ATT_GAP_LINE;
    case ' ':
    case '\t':
        return ATT_GAP_SPACE;
    case '.':
    case '!':
    case '?':
        return ATT_GAP_SENTENCE;
    case ',':
    case ';':
    case ':':
        return ATT_GAP_CLAUSE;
    case '"':
    case '\'':
        return QUOTE;
    case '(':
    case '[':
    case '{':
        return ATT_GAP_BRACKET_OPEN;
    case ')':
    case ']':
    case '}':
        return ATT_GAP_BRACKET_CLOSE;
    case '-':
        return DASH;
    default:
        return c < 0x80 ? 0 : kind_beyond_ascii(c);
    }
}

/* Marks that are still waiting for what follows them. The ends of the text count as white space. */
typedef struct {
    unsigned classes;
    bool after_space;      /* white space between the last token and here */
    bool quote_after_text; /* a quotation mark with no space before it, none after it yet */
    bool quote_after_space;
    bool dash; /* a dash straight after white space */
} gap_state;

static void meet_space(gap_state *gap)
{
    if (gap->quote_after_text)
        gap->classes |= ATT_GAP_QUOTE_CLOSE;
    if (gap->quote_after_space)
        gap->classes |= ATT_GAP_QUOTE_OPEN | ATT_GAP_QUOTE_CLOSE;
    if (gap->dash)
        gap->classes |= ATT_GAP_CLAUSE;
    gap->quote_after_text = gap->quote_after_space = gap->dash = false;
    gap->after_space = true;
}

static void meet_token(gap_state *gap)
{
    if (gap->quote_after_space)
        gap->classes |= ATT_GAP_QUOTE_OPEN;
    if (gap->quote_after_text)
        gap->classes |= ATT_GAP_QUOTE_OPEN | ATT_GAP_QUOTE_CLOSE;
}

static uint8_t classify(att_span text, size_t from, size_t to, bool starts, bool ends)
{
    gap_state gap = {.after_space = starts};
    bool dash_may_follow = starts;

    for (size_t at = from; at < to;) {
        unsigned kind = kind_of(att_utf8_next(text.text, text.size, &at));
        if (kind & ATT_GAP_SPACE)
            meet_space(&gap);
        if (kind & QUOTE) {
            gap.quote_after_space |= gap.after_space;
            gap.quote_after_text |= !gap.after_space;
        }
        /* A run of hyphens ("--") is a dash like one. */
        gap.dash = (kind & DASH) && (dash_may_follow || gap.dash);
        if (kind & EM_DASH)
            gap.classes |= ATT_GAP_CLAUSE;
        gap.classes |= kind & 0xFF;
        dash_may_follow = kind & ATT_GAP_SPACE;
    }
    if (ends)
        meet_space(&gap);
    else
        meet_token(&gap);
    return (uint8_t)gap.classes;
}

void att_gaps_classify(const att_tokens *tokens, const att_token_turn *turn, size_t from, size_t to)
{
    const uint32_t *start = tokens->start + turn->first, *end = tokens->end + turn->first;
    uint8_t *gap = tokens->gap + turn->first;

    for (size_t i = from; i <= to && i <= turn->count; i++) {
        size_t before = i ? end[i - 1] : 0;
        if (gap[i] == ATT_GAP_UNKNOWN)
            gap[i] = before == start[i] ? 0 : classify(turn->text, before, start[i], i == 0, i == turn->count);
    }
}
