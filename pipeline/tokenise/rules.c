#include "tokenise/classes.h"

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
        att_find_classes(rules);
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
