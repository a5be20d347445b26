#include "tokenise/rules.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucptrie.h>
#include <unicode/uloc.h>

enum { CODE_POINTS = 0x110000, MAGIC = 0xB1A0, VERSION = 6 };
enum { FLAG_START_NEEDS_CATEGORY = 2, FLAG_BYTES = 4 };

/* Both as in rbbidata.h of ICU 72; all offsets in bytes from the start of the data. */
typedef struct {
    uint32_t magic;
    uint8_t version[4];
    uint32_t length;
    uint32_t categories;
    uint32_t forward, forward_size;
    uint32_t reverse, reverse_size;
    uint32_t trie, trie_size;
    uint32_t source, source_size;
    uint32_t status, status_size;
    uint32_t reserved[6];
} rules_header;

typedef struct {
    uint32_t states;
    uint32_t row_size; /* bytes */
    uint32_t first_dictionary;
    uint32_t lookahead;
    uint32_t flags;
} table_header;

/* A row: accepting, look-ahead, index of the status, then the next state of each category. */
enum { ROW_ACCEPTING, ROW_LOOKAHEAD, ROW_STATUS, ROW_NEXT };

static uint32_t row_cell(const uint8_t *row, bool bytes, uint32_t cell)
{
    uint16_t wide;

    if (bytes)
        return row[cell];
    memcpy(&wide, row + 2 * cell, sizeof wide);
    return wide;
}

static bool inside(uint32_t offset, uint64_t size, uint32_t whole)
{
    return offset <= whole && size <= whole - offset;
}

/* The status of a segment is the last value of its group: a count and then as many values. */
static bool status_is_word(const uint8_t *data, const rules_header *header, uint32_t index, bool *is_word)
{
    uint32_t count, value, size = header->status_size / 4;

    if (index >= size)
        return false;
    memcpy(&count, data + header->status + 4 * (size_t)index, sizeof count);
    if (count == 0 || count >= size - index)
        return false;
    memcpy(&value, data + header->status + 4 * ((size_t)index + count), sizeof value);
    *is_word = value >= UBRK_WORD_NONE_LIMIT;
    return true;
}

static bool copy_states(att_word_rules *rules, const uint8_t *data, const rules_header *header)
{
    table_header table;

    if (header->forward_size < sizeof table || !inside(header->forward, header->forward_size, header->length))
        return false;
    memcpy(&table, data + header->forward, sizeof table);
    bool bytes = table.flags & FLAG_BYTES;
    uint64_t rows = (uint64_t)table.states * table.row_size;
    if (table.states > ATT_MAX_STATES || header->categories > ATT_ROW || (table.flags & FLAG_START_NEEDS_CATEGORY) ||
        table.row_size < (ROW_NEXT + header->categories) * (bytes ? 1 : 2) ||
        rows > header->forward_size - sizeof table)
        return false;
    for (uint32_t state = 0; state < table.states; state++) {
        const uint8_t *row = data + header->forward + sizeof table + (size_t)state * table.row_size;
        uint32_t accepting = row_cell(row, bytes, ROW_ACCEPTING);
        /* Word rules have no look-ahead; rules that had would need more than this table. */
        if (accepting > 1 || row_cell(row, bytes, ROW_LOOKAHEAD) > 1)
            return false;
        rules->accepts[state] = accepting == 1;
        if (accepting && !status_is_word(data, header, row_cell(row, bytes, ROW_STATUS), &rules->is_word[state]))
            return false;
        for (uint32_t category = 0; category < header->categories; category++) {
            uint32_t next = row_cell(row, bytes, ROW_NEXT + category);
            if (next >= table.states)
                return false;
            rules->next[state][category] = (uint8_t)next;
        }
    }
    rules->first_dictionary = (uint8_t)(table.first_dictionary < ATT_ROW ? table.first_dictionary : ATT_ROW);
    return true;
}

static bool copy_categories(att_word_rules *rules, const uint8_t *data, const rules_header *header)
{
    UErrorCode code = U_ZERO_ERROR;
    UChar32 from = 0;

    if (!inside(header->trie, header->trie_size, header->length) || header->trie_size > INT32_MAX)
        return false;
    UCPTrie *trie = ucptrie_openFromBinary(UCPTRIE_TYPE_ANY, UCPTRIE_VALUE_BITS_ANY, data + header->trie,
                                           (int32_t)header->trie_size, NULL, &code);
    if (U_FAILURE(code))
        return false;
    rules->category = malloc(CODE_POINTS);
    bool good = rules->category != NULL;
    while (good && from < CODE_POINTS) {
        uint32_t value;
        UChar32 last = ucptrie_getRange(trie, from, UCPMAP_RANGE_NORMAL, 0, NULL, NULL, &value);
        good = last >= from && value < header->categories;
        if (good)
            memset(rules->category + from, (int)value, (size_t)(last - from) + 1);
        from = last + 1;
    }
    ucptrie_close(trie);
    return good;
}

/* What the loops over ASCII may take for granted, worked out from the table itself. */
static void find_shortcuts(att_word_rules *rules)
{
    uint8_t letter = rules->category['a'];
    uint8_t state = rules->next[ATT_STATE_START][letter];
    bool holds = rules->next[state][letter] == state && rules->accepts[state] && rules->is_word[state];

    rules->letter_state = state;
    for (int category = 0; category < ATT_ROW; category++)
        rules->stays[category] = holds && category < rules->first_dictionary && rules->next[state][category] == state;
    for (int c = 0; c < 128 && holds; c++) {
        uint8_t category = rules->category[c];
        rules->ascii_letter[c] = category == letter;
        rules->ends_word[c] = rules->next[state][category] == ATT_STATE_STOP;
        uint8_t alone = rules->next[ATT_STATE_START][category];
        bool gap = rules->accepts[alone] && !rules->is_word[alone] && category < rules->first_dictionary;
        /* A gap byte must not become a word with any ASCII byte behind it (so "_" is none: "__" is a word). */
        for (int d = 0; d < 128 && gap; d++) {
            uint8_t both = rules->next[alone][rules->category[d]];
            gap = both == ATT_STATE_STOP || (rules->accepts[both] && !rules->is_word[both]);
        }
        rules->ascii_gap[c] = gap;
    }
    /* Two gap bytes that form one segment (CR LF, two spaces) must not form a word with a third byte either. */
    for (int c = 0; c < 128; c++)
        for (int d = 0; d < 128 && rules->ascii_gap[c]; d++) {
            uint8_t both = rules->next[rules->next[ATT_STATE_START][rules->category[c]]][rules->category[d]];
            for (int e = 0; e < 128 && both != ATT_STATE_STOP; e++) {
                uint8_t third = rules->next[both][rules->category[e]];
                if (third != ATT_STATE_STOP && !(rules->accepts[third] && !rules->is_word[third]))
                    rules->ascii_gap[c] = false;
            }
        }
}

/* The states that a run of word bytes can be in, and those behind a letter and behind a digit. */
typedef struct {
    bool in[ATT_MAX_STATES];
    bool behind_letter[ATT_MAX_STATES];
    bool behind_digit[ATT_MAX_STATES];
    bool category[ATT_ROW]; /* of word bytes */
} word_states;

static bool is_word_category(const att_word_rules *rules, uint32_t c)
{
    return rules->category[c] == rules->category['a'] || rules->category[c] == rules->category['0'];
}

/* Follows word bytes from the start; false when one of them could end a word or begin something that is none. */
static bool find_word_states(const att_word_rules *rules, word_states *found)
{
    bool more = true;

    *found = (word_states){0};
    found->category[rules->category['a']] = found->category[rules->category['0']] = true;
    for (int k = 0; k < ATT_ROW; k++)
        if (found->category[k])
            found->in[rules->next[ATT_STATE_START][k]] = true;
    while (more) {
        more = false;
        for (int state = 0; state < ATT_MAX_STATES; state++) {
            if (!found->in[state])
                continue;
            if (!rules->accepts[state] || !rules->is_word[state])
                return false;
            for (int k = 0; k < ATT_ROW; k++) {
                uint8_t next = rules->next[state][k];
                if (!found->category[k] || found->in[next])
                    continue;
                found->in[next] = more = true;
            }
        }
    }
    for (int state = 0; state < ATT_MAX_STATES; state++) {
        if (state != ATT_STATE_START && !found->in[state])
            continue;
        found->behind_letter[rules->next[state][rules->category['a']]] = true;
        found->behind_digit[rules->next[state][rules->category['0']]] = true;
    }
    return true;
}

/* Does the character end every word for certain? */
static bool ends_words(const att_word_rules *rules, const word_states *words, uint32_t c)
{
    for (int state = 0; state < ATT_MAX_STATES; state++)
        if (words->in[state] && rules->next[state][rules->category[c]] != ATT_STATE_STOP)
            return false;
    return true;
}

/* Behind a word, does the character lead nowhere unless a word byte comes next? */
static bool is_middle(const att_word_rules *rules, const word_states *words, uint32_t c)
{
    for (int state = 0; state < ATT_MAX_STATES; state++) {
        if (!words->in[state])
            continue;
        uint8_t behind = rules->next[state][rules->category[c]];
        if (rules->accepts[behind])
            return false;
        for (int d = 0; d < 128; d++)
            if (rules->ascii_gap[d] && rules->next[behind][rules->category[d]] != ATT_STATE_STOP)
                return false;
    }
    return true;
}

/* Whether a middle character joins two that have the category `kind` each (letters or digits: `behind` says which
 * states are behind one): 1 always, 0 never, -1 it depends, or one of the other kind would be joined too. */
static int joins(const att_word_rules *rules, const word_states *words, const bool *behind, uint8_t kind, uint32_t c)
{
    int answer = 0, first = 1;

    for (int state = 0; state < ATT_MAX_STATES; state++) {
        if (!behind[state])
            continue;
        uint8_t middle = rules->next[state][rules->category[c]];
        for (int k = 0; k < ATT_ROW; k++) {
            if (!words->category[k])
                continue;
            uint8_t next = middle == ATT_STATE_STOP ? ATT_STATE_STOP : rules->next[middle][k];
            int here = next == ATT_STATE_STOP ? 0 : k == kind && behind[next] ? 1 : -1;
            if (here < 0 || (k == kind && !first && here != answer))
                return -1;
            if (k == kind) {
                answer = here;
                first = 0;
            }
        }
    }
    return answer;
}

/* The classes of a character that is no word by itself; 0: it is for the table. */
static uint8_t gap_class(const att_word_rules *rules, const word_states *words, uint32_t c)
{
    if (ends_words(rules, words, c))
        return ATT_BYTE_PLAIN;
    if (!is_middle(rules, words, c))
        return 0;
    int letters = joins(rules, words, words->behind_letter, rules->category['a'], c);
    int digits = joins(rules, words, words->behind_digit, rules->category['0'], c);
    if (letters < 0 || digits < 0)
        return 0;
    return (uint8_t)(ATT_BYTE_MIDDLE | ATT_BYTE_PLAIN | (letters ? ATT_BYTE_JOINS_LETTERS : 0) |
                     (digits ? ATT_BYTE_JOINS_DIGITS : 0));
}

/* Does the character, alone between words, leave what stands beside it alone? */
static bool is_mark(const att_word_rules *rules, uint32_t c)
{
    static const uint8_t trails[] = ATT_TRAIL_MARKS;
    uint8_t alone = rules->next[ATT_STATE_START][rules->category[c]];

    if (!rules->accepts[alone] || rules->is_word[alone] || rules->category[c] >= rules->first_dictionary)
        return false;
    for (int d = 0; d < 128; d++) {
        uint8_t before = rules->next[ATT_STATE_START][rules->category[d]];
        if (rules->next[alone][rules->category[d]] != ATT_STATE_STOP)
            return false;
        if (rules->ascii_gap[d] && rules->next[before][rules->category[c]] != ATT_STATE_STOP)
            return false;
    }
    for (size_t i = 0; i < sizeof trails; i++)
        if (rules->next[alone][rules->category[0x2000 | (trails[i] & 0x3Fu)]] != ATT_STATE_STOP)
            return false;
    return true;
}

/* Whether the marks and quotes of three bytes are as the chunk tokenisers take them. */
static void find_marks(att_word_rules *rules, const word_states *words)
{
    static const uint8_t trails[] = ATT_TRAIL_MARKS;
    static const uint8_t quotes[] = {ATT_TRAIL_QUOTE_1, ATT_TRAIL_QUOTE_2};

    rules->marks = true;
    for (size_t i = 0; i < sizeof trails; i++) {
        uint32_t c = 0x2000 | (trails[i] & 0x3Fu);
        rules->marks = rules->marks && is_mark(rules, c) && gap_class(rules, words, c) == ATT_BYTE_PLAIN;
    }
    for (size_t i = 0; i < sizeof quotes; i++) {
        uint32_t c = 0x2000 | (quotes[i] & 0x3Fu);
        uint8_t class = gap_class(rules, words, c);
        rules->marks = rules->marks && is_mark(rules, c) && class && (i == 0 || class == rules->quote_class);
        rules->quote_class = class;
    }
}

static bool two_byte_letters_are_words(const att_word_rules *rules)
{
    for (uint32_t c = 0xC0; c < 0x180; c++)
        if ((c == 0xD7 || c == 0xF7) == (rules->category[c] == rules->category['a']))
            return false;
    for (uint32_t c = 0x400; c < 0x480; c++)
        if (rules->category[c] != rules->category['a'])
            return false;
    return true;
}

/* Sorts the ASCII bytes for the chunk tokenisers. Where the table is not as they need it, no byte has a class, and the
 * table reads everything. */
static void find_classes(att_word_rules *rules)
{
    word_states words;

    if (!find_word_states(rules, &words))
        return;
    rules->latin = two_byte_letters_are_words(rules);
    find_marks(rules, &words);
    for (int c = 0; c < 128; c++) {
        if (is_word_category(rules, (uint32_t)c))
            rules->classes[c] = ATT_BYTE_WORD | ATT_BYTE_PLAIN;
        else if (rules->ascii_gap[c])
            rules->classes[c] = gap_class(rules, &words, (uint32_t)c);
        for (int k = 0; k < ATT_BYTE_CLASSES; k++)
            if (rules->classes[c] & 1 << k)
                rules->nibbles[k][c & 15] = (uint8_t)(rules->nibbles[k][c & 15] | 1 << (c >> 4));
    }
}

static att_status read_tables(att_word_rules *rules, att_error *error)
{
    UErrorCode code = U_ZERO_ERROR;
    rules_header header;
    int32_t size = ubrk_getBinaryRules(rules->iterator, NULL, 0, &code);

    if (U_FAILURE(code) || size < (int32_t)sizeof header)
        return ATT_OK; /* not usable: ICU reads everything */
    uint8_t *data = malloc((size_t)size);
    if (!data)
        return att_fail_memory(error);
    ubrk_getBinaryRules(rules->iterator, data, size, &code);
    memcpy(&header, data, sizeof header);
    rules->usable = U_SUCCESS(code) && header.magic == MAGIC && header.version[0] == VERSION &&
                    header.length <= (uint32_t)size && inside(header.status, header.status_size, header.length) &&
                    copy_states(rules, data, &header) && copy_categories(rules, data, &header);
    if (rules->usable) {
        find_shortcuts(rules);
        find_classes(rules);
    }
    free(data);
    return ATT_OK;
}

att_status att_word_rules_new(att_word_rules **out, const char *language, att_error *error)
{
    UErrorCode code = U_ZERO_ERROR;
    char locale[ULOC_FULLNAME_CAPACITY];
    att_word_rules *rules = calloc(1, sizeof *rules);

    if (!rules)
        return att_fail_memory(error);
    uloc_forLanguageTag(language, locale, sizeof locale, NULL, &code);
    rules->iterator = ubrk_open(UBRK_WORD, locale, NULL, 0, &code);
    if (U_FAILURE(code)) {
        att_word_rules_free(rules);
        return att_fail(error, ATT_ENVIRONMENT, NULL, 0, 0,
                        "ICU has no word rules for the language '%s' (%s); check the language tag or reinstall ICU",
                        language, u_errorName(code));
    }
    att_status status = read_tables(rules, error);
    if (status) {
        att_word_rules_free(rules);
        return status;
    }
    *out = rules;
    return ATT_OK;
}

void att_word_rules_free(att_word_rules *rules)
{
    if (!rules)
        return;
    if (rules->iterator)
        ubrk_close(rules->iterator);
    free(rules->category);
    free(rules);
}
