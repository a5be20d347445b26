#include "match/turns.h"

#include "base/buffer.h"
#include "base/utf8.h"
#include "lexicon/turn_regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <hs.h>
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

/* Steps from one place in the text. More is a repetition within a repetition that runs wild. */
enum { MATCH_LIMIT = 100000, DEPTH_LIMIT = 10000, HEAP_LIMIT = 4096 /* KiB */ };
enum { STACK_FIRST = 32 << 10, STACK_MOST = 1 << 20 };
enum { WINDOW = 64 << 10, MARGIN = 1 << 10 };

typedef struct turn_expression {
    pcre2_code *code;
    uint32_t accept; /* in the phrases: the first of its entries, the others behind it */
    const att_entry *entry;
    const char *file;
} expression;

/* A database and the expression behind each of its patterns. */
typedef struct turn_database {
    const hs_database_t *database;
    uint32_t *expressions;
} database;

struct att_turn_scanner {
    const att_turn_regexes *regexes;
    const att_phrases *phrases;
    hs_scratch_t *scratch;
    pcre2_match_data *match;
    pcre2_match_context *limits;
    pcre2_jit_stack *stack;
    bool *asked; /* by expression: it may match this turn */
    uint64_t *given_up;
};

/* ---- the expressions of an engine ---- */

static att_status add_expression(att_turn_regexes *regexes, const att_element *element, uint32_t number,
                                 uint32_t elements, att_error *error)
{
    char reason[256];

    if (!regexes->by_element)
        regexes->by_element = calloc(elements, sizeof *regexes->by_element);
    if (!regexes->by_element ||
        !att_grow(&regexes->items, &regexes->capacity, regexes->count + 1, sizeof *regexes->items))
        return att_fail_memory(error);
    pcre2_code *code =
        att_turn_regex_compile(element->text.text, element->text.size, element->kind == ATT_TURN_REGEX_EXACT, reason);
    if (!code) /* it could be compiled when the lexicon was loaded */
        return att_fail_memory(error);
    /* Without JIT (a locked-down machine) the interpreter does the same work, slower. */
    (void)pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
    regexes->items[regexes->count++] = (expression){.code = code, .accept = ATT_NO_ACCEPT};
    regexes->by_element[number] = (uint32_t)regexes->count;
    return ATT_OK;
}

att_status att_turn_regexes_add(att_turn_regexes *regexes, att_phrases *phrases, const att_element *element,
                                uint32_t number, uint32_t elements, uint32_t entry, const att_entry *source,
                                const char *file, att_error *error)
{
    if (!regexes->by_element || !regexes->by_element[number]) {
        att_status status = add_expression(regexes, element, number, elements, error);
        if (status)
            return status;
    }
    expression *item = &regexes->items[regexes->by_element[number] - 1];
    if (item->accept == ATT_NO_ACCEPT) {
        item->entry = source;
        item->file = file;
    }
    return att_phrases_accept(phrases, entry, &item->accept, error);
}

att_status att_turn_regexes_use(att_turn_regexes *regexes, const att_databases *databases, const uint32_t *map,
                                att_error *error)
{
    const att_database *from = &databases->of[ATT_TURNS];

    if (!from->count || !regexes->by_element)
        return ATT_OK;
    if (!att_grow(&regexes->databases, &regexes->database_capacity, regexes->database_count + 1,
                  sizeof *regexes->databases) ||
        hs_alloc_scratch(from->database, &regexes->scratch) != HS_SUCCESS)
        return att_fail_memory(error);
    uint32_t *expressions = calloc(from->count, sizeof *expressions);
    if (!expressions)
        return att_fail_memory(error);
    /* 0: all of its entries are ignored. */
    for (unsigned i = 0; i < from->count; i++)
        expressions[i] = regexes->by_element[map[from->elements[i]]];
    regexes->databases[regexes->database_count++] = (database){from->database, expressions};
    return ATT_OK;
}

void att_turn_regexes_clear(att_turn_regexes *regexes)
{
    for (size_t i = 0; i < regexes->count; i++)
        pcre2_code_free(regexes->items[i].code);
    for (size_t i = 0; i < regexes->database_count; i++)
        free(regexes->databases[i].expressions);
    free(regexes->items);
    free(regexes->databases);
    free(regexes->by_element);
    hs_free_scratch(regexes->scratch);
    *regexes = (att_turn_regexes){0};
}

const att_entry *att_turn_regexes_entry(const att_turn_regexes *regexes, size_t index, const char **file)
{
    *file = regexes->items[index].file;
    return regexes->items[index].entry;
}

/* ---- the memory of one thread ---- */

att_status att_turn_scanner_new(att_turn_scanner **out, const att_turn_regexes *regexes, const att_phrases *phrases,
                                att_error *error)
{
    att_turn_scanner *scanner = calloc(1, sizeof *scanner);

    if (!scanner)
        return att_fail_memory(error);
    scanner->regexes = regexes;
    scanner->phrases = phrases;
    scanner->match = pcre2_match_data_create(1, NULL);
    scanner->limits = pcre2_match_context_create(NULL);
    scanner->stack = pcre2_jit_stack_create(STACK_FIRST, STACK_MOST, NULL);
    scanner->asked = calloc(regexes->count + 1, sizeof *scanner->asked);
    scanner->given_up = calloc(regexes->count + 1, sizeof *scanner->given_up);
    bool good = scanner->match && scanner->limits && scanner->asked && scanner->given_up &&
                (!regexes->scratch || hs_clone_scratch(regexes->scratch, &scanner->scratch) == HS_SUCCESS);
    if (!good) {
        att_turn_scanner_free(scanner);
        return att_fail_memory(error);
    }
    pcre2_set_match_limit(scanner->limits, MATCH_LIMIT);
    pcre2_set_depth_limit(scanner->limits, DEPTH_LIMIT);
    pcre2_set_heap_limit(scanner->limits, HEAP_LIMIT);
    if (scanner->stack) /* none where there is no JIT */
        pcre2_jit_stack_assign(scanner->limits, NULL, scanner->stack);
    *out = scanner;
    return ATT_OK;
}

void att_turn_scanner_free(att_turn_scanner *scanner)
{
    if (!scanner)
        return;
    hs_free_scratch(scanner->scratch);
    pcre2_match_data_free(scanner->match);
    pcre2_match_context_free(scanner->limits);
    pcre2_jit_stack_free(scanner->stack);
    free(scanner->asked);
    free(scanner->given_up);
    free(scanner);
}

uint64_t att_turn_scanner_given_up(const att_turn_scanner *scanner, size_t index)
{
    return scanner->given_up[index];
}

/* ---- which expressions may match ---- */

typedef struct {
    const database *database;
    bool *asked;
} prefilter;

static int on_match(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *context)
{
    const prefilter *filter = context;
    uint32_t found = filter->database->expressions[id];

    (void)from;
    (void)to;
    (void)flags;
    if (found)
        filter->asked[found - 1] = true;
    return 0;
}

/* Hyperscan is for well-formed text of which it knows the letters. */
static bool ask(att_turn_scanner *scanner, att_span text)
{
    const att_turn_regexes *regexes = scanner->regexes;

    if (att_utf8_valid_prefix(text.text, text.size) != text.size || !att_turn_regex_is_common(text)) {
        memset(scanner->asked, true, regexes->count * sizeof *scanner->asked);
        return true;
    }
    memset(scanner->asked, false, regexes->count * sizeof *scanner->asked);
    for (size_t i = 0; i < regexes->database_count; i++) {
        prefilter filter = {&regexes->databases[i], scanner->asked};
        if (hs_scan(filter.database->database, text.text, (unsigned)text.size, 0, scanner->scratch, on_match,
                    &filter) != HS_SUCCESS)
            return false;
    }
    return true;
}

/* ---- where they match ---- */

/* The first token of a turn that ends behind a byte; the separator where there is none. Its number counts through all
 * turns. */
static size_t find_token(const att_tokens *tokens, const att_token_turn *turn, size_t byte)
{
    size_t low = turn->first, high = turn->first + turn->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (tokens->end[middle] > byte)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static bool add_span(const att_turn_scanner *scanner, const expression *item, const att_tokens *tokens,
                     const att_token_turn *turn, size_t from, size_t to, att_match_spans *spans)
{
    size_t first = find_token(tokens, turn, from), end = first;

    while (end < turn->first + turn->count && tokens->start[end] < to)
        end++;
    if (end == first)
        return true;
    for (uint32_t i = item->accept; i != ATT_NO_ACCEPT; i = scanner->phrases->accepts[i].next) {
        if (!att_grow(&spans->items, &spans->capacity, spans->count + 1, sizeof *spans->items))
            return false;
        spans->items[spans->count++] = (att_match_span){(uint32_t)first, (uint32_t)(end - first), ATT_UNKNOWN_ID, i};
    }
    return true;
}

/* Where the window that begins at a byte ends: behind white space, or between two code points. */
static size_t end_of_window(att_span text, size_t from)
{
    if (text.size - from <= WINDOW)
        return text.size;
    size_t end = from + WINDOW;
    for (size_t at = end; at > end - MARGIN; at--)
        if (text.text[at - 1] == ' ' || text.text[at - 1] == '\n')
            return at;
    while (((unsigned char)text.text[end] & 0xC0) == 0x80 && end > from + WINDOW - 4)
        end--;
    return end;
}

/* Puts the next match in [*at, end) into *from and *to and moves *at behind it. Returns 1, 0 where there is none, -1
 * where that took too many steps, -2 without memory. */
static int next_match(att_turn_scanner *scanner, const expression *item, att_span text, size_t end, size_t *at,
                      size_t *from, size_t *to)
{
    uint32_t options = PCRE2_NOTEMPTY | (end < text.size ? PCRE2_NOTEOL : 0);

    while (*at < end) {
        int result = pcre2_match(item->code, (PCRE2_SPTR)text.text, end, *at, options, scanner->match, scanner->limits);
        if (result == PCRE2_ERROR_NOMATCH)
            return 0;
        if (result < 0)
            return result == PCRE2_ERROR_NOMEMORY ? -2 : -1;
        const PCRE2_SIZE *found = pcre2_get_ovector_pointer(scanner->match);
        *from = found[0];
        *to = found[1];
        bool forward = *to > *at;
        *at = forward ? *to : *at + 1;
        /* \K may set the start anywhere. */
        if (*from < *to)
            return 1;
    }
    return 0;
}

static att_status match_turn(att_turn_scanner *scanner, size_t index, const att_tokens *tokens,
                             const att_token_turn *turn, att_match_spans *spans, att_error *error)
{
    const expression *item = &scanner->regexes->items[index];
    size_t before = spans->count, at = 0, from, to;

    while (at < turn->text.size) {
        size_t end = end_of_window(turn->text, at);
        int found = next_match(scanner, item, turn->text, end, &at, &from, &to);
        if (found == -2 || (found == 1 && !add_span(scanner, item, tokens, turn, from, to, spans)))
            return att_fail_memory(error);
        if (found == -1) {
            spans->count = before;
            scanner->given_up[index]++;
            return ATT_OK;
        }
        if (!found)
            at = end;
    }
    return ATT_OK;
}

static int compare_spans(const void *a, const void *b)
{
    const att_match_span *x = a, *y = b;

    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    if (x->count != y->count)
        return x->count < y->count ? -1 : 1;
    return (x->accept > y->accept) - (x->accept < y->accept);
}

att_status att_turn_scan(att_turn_scanner *scanner, const att_tokens *tokens, att_match_spans *spans, att_error *error)
{
    size_t before = spans->count;
    att_status status = ATT_OK;

    for (size_t t = 0; t < tokens->turn_count && !status; t++) {
        const att_token_turn *turn = &tokens->turns[t];
        if (!turn->count)
            continue;
        if (!ask(scanner, turn->text))
            return att_fail_memory(error);
        for (size_t i = 0; i < scanner->regexes->count && !status; i++)
            if (scanner->asked[i])
                status = match_turn(scanner, i, tokens, turn, spans, error);
    }
    if (!status && spans->count > before)
        qsort(spans->items, spans->count, sizeof *spans->items, compare_spans);
    return status;
}
