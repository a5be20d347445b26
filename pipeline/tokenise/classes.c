#include "tokenise/classes.h"

#include <string.h>

/* The characters that make up words, by category, and all states that a run of them can be in. Letters and digits may
 * follow each other in any order, extending characters a letter or each other. */
typedef struct {
    bool letter[ATT_ROW], hebrew[ATT_ROW], digit[ATT_ROW], extend[ATT_ROW];
    bool in[ATT_MAX_STATES];
    bool behind_letter[ATT_MAX_STATES]; /* or behind what extends it */
    bool behind_hebrew[ATT_MAX_STATES]; /* likewise; Hebrew letters are letters too */
    bool behind_digit[ATT_MAX_STATES];
} word_states;

static bool reach(bool *set, bool *in, uint8_t state)
{
    bool more = !set[state];

    set[state] = in[state] = true;
    return more;
}

/* One step from a state on, with each category that may come. */
static bool follow(const att_word_rules *rules, word_states *words, int state)
{
    bool more = false;

    for (int k = 0; k < ATT_ROW; k++) {
        uint8_t next = rules->next[state][k];
        if (words->hebrew[k])
            more |= reach(words->behind_hebrew, words->in, next);
        if (words->letter[k])
            more |= reach(words->behind_letter, words->in, next);
        if (words->digit[k])
            more |= reach(words->behind_digit, words->in, next);
        if (words->extend[k] && words->behind_letter[state])
            more |= reach(words->behind_letter, words->in, next);
        if (words->extend[k] && words->behind_hebrew[state])
            more |= reach(words->behind_hebrew, words->in, next);
    }
    return more;
}

/* Finds the states; false when one of these characters could end a word or begin something that is none. */
static bool find_states(const att_word_rules *rules, word_states *words)
{
    bool more = true;

    memset(words->in, 0, sizeof words->in);
    memset(words->behind_letter, 0, sizeof words->behind_letter);
    memset(words->behind_hebrew, 0, sizeof words->behind_hebrew);
    memset(words->behind_digit, 0, sizeof words->behind_digit);
    while (more) {
        more = follow(rules, words, ATT_STATE_START);
        for (int state = 0; state < ATT_MAX_STATES; state++)
            more |= words->in[state] && follow(rules, words, state);
    }
    for (int state = 0; state < ATT_MAX_STATES; state++)
        if (words->in[state] && (!rules->accepts[state] || !rules->is_word[state]))
            return false;
    return true;
}

/* Does the category end every word for certain? */
static bool ends_words(const att_word_rules *rules, const word_states *words, uint8_t category)
{
    for (int state = 0; state < ATT_MAX_STATES; state++)
        if (words->in[state] && rules->next[state][category] != ATT_STATE_STOP)
            return false;
    return true;
}

/* Behind a word, does the category lead nowhere unless a word byte comes next? */
static bool is_middle(const att_word_rules *rules, const word_states *words, uint8_t category)
{
    for (int state = 0; state < ATT_MAX_STATES; state++) {
        if (!words->in[state])
            continue;
        uint8_t behind = rules->next[state][category];
        if (rules->accepts[behind])
            return false;
        for (int d = 0; d < 128; d++)
            if (rules->ascii_gap[d] && rules->next[behind][rules->category[d]] != ATT_STATE_STOP)
                return false;
    }
    return true;
}

/* Whether a middle category joins two of a kind (letters or digits: `behind` says which states are behind one): 1
 * always, 0 never, -1 it depends, or one of the other kind would be joined too. */
static int joins(const att_word_rules *rules, const word_states *words, bool letters, uint8_t category)
{
    const bool *behind = letters ? words->behind_letter : words->behind_digit;
    int answer = -1;

    for (int state = 0; state < ATT_MAX_STATES; state++) {
        if (!behind[state] && !(letters && words->behind_hebrew[state]))
            continue;
        uint8_t middle = rules->next[state][category];
        for (int k = 0; k < ATT_ROW; k++) {
            bool letter = words->letter[k] || words->hebrew[k];
            if (!letter && !words->digit[k])
                continue;
            uint8_t next = middle == ATT_STATE_STOP ? ATT_STATE_STOP : rules->next[middle][k];
            bool goes_on = behind[next] || (letters && words->behind_hebrew[next]);
            int here = next == ATT_STATE_STOP ? 0 : letter == letters && goes_on ? 1 : -1;
            if (here < 0 || (letter == letters && answer >= 0 && here != answer))
                return -1;
            if (letter == letters)
                answer = here;
        }
    }
    return answer;
}

/* The classes of a category that is no word by itself; 0: it is for the table. */
static uint8_t gap_class(const att_word_rules *rules, const word_states *words, uint8_t category)
{
    if (ends_words(rules, words, category))
        return ATT_BYTE_PLAIN;
    if (!is_middle(rules, words, category))
        return 0;
    int letters = joins(rules, words, true, category);
    int digits = joins(rules, words, false, category);
    if (letters < 0 || digits < 0)
        return 0;
    return (uint8_t)(ATT_BYTE_MIDDLE | ATT_BYTE_PLAIN | (letters ? ATT_BYTE_JOINS_LETTERS : 0) |
                     (digits ? ATT_BYTE_JOINS_DIGITS : 0));
}

static uint8_t byte_class(const att_word_rules *rules, const word_states *words, int c)
{
    uint8_t category = rules->category[c];

    if (words->letter[category] || words->digit[category])
        return ATT_BYTE_WORD | ATT_BYTE_PLAIN;
    return rules->ascii_gap[c] ? gap_class(rules, words, category) : 0;
}

/* Do the ASCII bytes keep their classes behind these words too? */
static bool keeps_classes(const att_word_rules *rules, const word_states *words)
{
    for (int c = 0; c < 128; c++)
        if (byte_class(rules, words, c) != rules->classes[c])
            return false;
    return true;
}

/* Takes a category among those that extend letters, if nothing changes by it. */
static void try_extend(const att_word_rules *rules, word_states *words, uint8_t category)
{
    word_states more = *words;

    if (category >= rules->first_dictionary || words->letter[category] || words->digit[category])
        return;
    more.extend[category] = true;
    if (find_states(rules, &more) && keeps_classes(rules, &more))
        *words = more;
}

/* The same of Hebrew letters. Behind them, and only there, straight quotes are another thing. */
static void try_hebrew(const att_word_rules *rules, word_states *words)
{
    const uint8_t category = rules->category[0x5D0];
    word_states more = *words;

    if (words->letter[category]) { /* a letter as any other */
        return;
    }
    more.hebrew[category] = true;
    if (!find_states(rules, &more))
        return;
    word_states others = more;
    for (int state = 0; state < ATT_MAX_STATES; state++) {
        if (!more.behind_hebrew[state])
            continue;
        if (more.behind_letter[state] || more.behind_digit[state])
            return;
        others.in[state] = others.behind_hebrew[state] = false;
    }
    memset(others.hebrew, 0, sizeof others.hebrew);
    for (int c = 0; c < 128; c++) {
        bool quote = c == '\'' || c == '"';
        if (byte_class(rules, quote ? &others : &more, c) != rules->classes[c])
            return;
    }
    *words = more;
}

static uint8_t char_class(const att_word_rules *rules, const word_states *words, const bool *gaps, uint32_t c)
{
    uint8_t category = rules->category[c];

    if (words->letter[category])
        return ATT_CHAR_WORD;
    if (words->hebrew[category])
        return ATT_CHAR_WORD | ATT_CHAR_HEBREW;
    if (words->extend[category])
        return ATT_CHAR_EXTEND;
    return gaps[category] ? ATT_CHAR_GAP : 0;
}

static void find_char_classes(att_word_rules *rules, const word_states *words)
{
    bool gaps[ATT_ROW] = {false};

    /* What has the category of a plain gap byte behaves as that byte does. */
    for (int c = 0; c < 128; c++)
        gaps[rules->category[c]] |= rules->classes[c] == ATT_BYTE_PLAIN;
    for (uint32_t c = 0x80; c < 0x800; c++)
        rules->two[c >> 6 & 31][c & 63] = char_class(rules, words, gaps, c);
    for (uint32_t c = 0x800; c < 0x1000; c++)
        rules->three[c >> 6 & 31][c & 63] = char_class(rules, words, gaps, c);
    for (uint32_t c = 0x2000; c < 0x2040; c++)
        rules->marks[c & 63] = char_class(rules, words, gaps, c);
    uint8_t first = gap_class(rules, words, rules->category[0x2000 | (ATT_TRAIL_QUOTE_1 & 63)]);
    uint8_t second = gap_class(rules, words, rules->category[0x2000 | (ATT_TRAIL_QUOTE_2 & 63)]);
    rules->quote_class = first == second && (first & ATT_BYTE_MIDDLE) ? first : 0;
}

void att_find_classes(att_word_rules *rules)
{
    static const uint32_t extending[] = {0x301, 0x93E, 0xAD, 0x200C};
    word_states words = {.letter = {false}};

    words.letter[rules->category['a']] = words.digit[rules->category['0']] = true;
    /* Where the table is not as the chunk tokenisers need it, no byte has a class, and the table reads everything. */
    if (!find_states(rules, &words))
        return;
    for (int c = 0; c < 128; c++)
        rules->classes[c] = byte_class(rules, &words, c);
    for (size_t i = 0; i < sizeof extending / sizeof *extending; i++)
        try_extend(rules, &words, rules->category[extending[i]]);
    try_hebrew(rules, &words);
    find_char_classes(rules, &words);
    for (int c = 0; c < 128; c++)
        for (int k = 0; k < ATT_BYTE_CLASSES; k++)
            if (rules->classes[c] & 1 << k)
                rules->nibbles[k][c & 15] = (uint8_t)(rules->nibbles[k][c & 15] | 1 << (c >> 4));
}
