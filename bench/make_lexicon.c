/* make_lexicon LANGUAGE N CORPUS PREFIX [SKIPPED]: a lexicon of N entries in 20 markers, as PREFIX.yml for attune and
 * as PREFIX.tsv (`marker<TAB>entry`) for everything else. The same corpus, N and SKIPPED give the same bytes.
 *
 * 55 % words, 30 % globs at the end (`word*`), 5 % globs at the beginning (`*word`), 10 % phrases of two words. Three
 * in five occur in the corpus and the others do not, as in published lexicons. Entries come from the more frequent
 * words of the corpus, but none is one of its SKIPPED (80) most frequent: the more, the rarer the hits. Words are what
 * ICU says, folded. A corpus with too few words for a large N gives a smaller share that occurs; standard error says
 * how many. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/ustring.h>

enum { MARKERS = 20, USUAL_SKIPPED = 80, LONGEST = 40, FEWEST = 3, POOL = 5000 };

typedef struct {
    const UChar *text; /* ends with a zero */
    uint32_t size;
    uint32_t count;
} type;

typedef struct {
    uint64_t pair; /* ids of two types + 1 each; 0: empty */
    uint32_t count;
} pair_slot;

/* How long words are differs between scripts. */
typedef struct {
    const char *language;
    uint32_t word, glob, cut, kept,
        part; /* shortest word; shortest word made a glob, by how much, to what; of a phrase */
} lengths;

static const lengths all_lengths[] = {
    {"zh", 2, 3, 1, 2, 2},
    {"he", 3, 6, 2, 4, 3},
    {"", 4, 7, 3, 5, 3},
};

typedef struct {
    const lengths *lengths;
    type *types;
    size_t count, room;
    uint32_t *table; /* id + 1 */
    size_t table_size;
    pair_slot *pairs;
    size_t pair_count, pairs_size;
    uint32_t *by_count, *forward, *backward; /* ids: most frequent first; in order of text, of reversed text */
    UChar **entries;
    size_t entry_count;
    uint64_t seed;
    size_t skipped; /* of the most frequent types */
} maker;

static void *must_have(void *memory)
{
    if (!memory) {
        fprintf(stderr, "make_lexicon: no memory left\n");
        exit(1);
    }
    return memory;
}

static uint64_t mix(uint64_t z)
{
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static size_t random_below(maker *m, size_t limit)
{
    m->seed += 0x9E3779B97F4A7C15u; /* splitmix64 */
    return (size_t)(mix(m->seed) % limit);
}

/* ---- The corpus's words and pairs of words -------------------------------------------------------------------- */

static uint32_t *find(const maker *m, const UChar *text, uint32_t size)
{
    uint64_t hash = size;

    for (uint32_t i = 0; i < size; i++)
        hash = (hash ^ text[i]) * 0x100000001B3u;
    for (size_t at = (size_t)mix(hash);; at++) {
        uint32_t *slot = &m->table[at & (m->table_size - 1)];
        if (!*slot)
            return slot;
        const type *t = &m->types[*slot - 1];
        if (t->size == size && memcmp(t->text, text, size * sizeof *text) == 0)
            return slot;
    }
}

static bool is_known(const maker *m, const UChar *text, uint32_t size)
{
    return *find(m, text, size) != 0;
}

static void grow_types(maker *m)
{
    if (m->count < m->room)
        return;
    m->room = m->room ? 2 * m->room : 1 << 16;
    m->types = must_have(realloc(m->types, m->room * sizeof *m->types));
    free(m->table);
    m->table_size = 4 * m->room;
    m->table = must_have(calloc(m->table_size, sizeof *m->table));
    for (size_t i = 0; i < m->count; i++)
        *find(m, m->types[i].text, m->types[i].size) = (uint32_t)i + 1;
}

static UChar *copy_text(const UChar *text, uint32_t size)
{
    UChar *copy = must_have(calloc(size + 1, sizeof *copy));

    return memcpy(copy, text, size * sizeof *copy);
}

static uint32_t count_type(maker *m, const UChar *text, uint32_t size)
{
    grow_types(m);
    uint32_t *slot = find(m, text, size);
    if (!*slot) {
        m->types[m->count++] = (type){copy_text(text, size), size, 0};
        *slot = (uint32_t)m->count;
    }
    m->types[*slot - 1].count++;
    return *slot - 1;
}

static pair_slot *find_pair(const maker *m, uint64_t pair)
{
    size_t at = (size_t)mix(pair) & (m->pairs_size - 1);

    while (m->pairs[at].pair && m->pairs[at].pair != pair)
        at = (at + 1) & (m->pairs_size - 1);
    return &m->pairs[at];
}

static void count_pair(maker *m, uint32_t a, uint32_t b)
{
    if (2 * m->pair_count >= m->pairs_size) {
        pair_slot *old = m->pairs;
        size_t old_size = m->pairs_size;
        m->pairs_size = old_size ? 2 * old_size : 1 << 16;
        m->pairs = must_have(calloc(m->pairs_size, sizeof *m->pairs));
        for (size_t i = 0; i < old_size; i++)
            if (old[i].pair)
                *find_pair(m, old[i].pair) = old[i];
        free(old);
    }
    uint64_t pair = (uint64_t)(a + 1) << 32 | (b + 1);
    pair_slot *slot = find_pair(m, pair);
    m->pair_count += !slot->pair;
    slot->pair = pair;
    slot->count++;
}

/* Pairs are words with a blank between them, or nothing: what every peer would call a phrase. */
static void count_line(maker *m, UBreakIterator *words, const UChar *line, int32_t size)
{
    UErrorCode code = U_ZERO_ERROR;
    int32_t start = 0, end, last_end = -2;
    uint32_t last = 0;

    ubrk_setText(words, line, size, &code);
    for (ubrk_first(words); (end = ubrk_next(words)) != UBRK_DONE; start = end) {
        if (ubrk_getRuleStatus(words) < UBRK_WORD_NONE_LIMIT)
            continue;
        uint32_t id = count_type(m, line + start, (uint32_t)(end - start));
        if (last_end == start || (last_end == start - 1 && line[last_end] == ' '))
            count_pair(m, last, id);
        last = id;
        last_end = end;
    }
}

static void count_corpus(maker *m, const char *language, const char *name)
{
    UErrorCode code = U_ZERO_ERROR;
    UBreakIterator *words = ubrk_open(UBRK_WORD, language, NULL, 0, &code);
    FILE *file = fopen(name, "rb");
    char *line = NULL;
    UChar *wide = NULL, *folded = NULL;
    size_t room = 0, wide_room = 0;
    ssize_t size;

    if (!file || U_FAILURE(code)) {
        fprintf(stderr, "make_lexicon: %s cannot be read, or ICU has no words for '%s'\n", name, language);
        exit(1);
    }
    while ((size = getline(&line, &room, file)) > 0) {
        const char *colon = strstr(line, ": ");
        const char *text = colon ? colon + 2 : line;
        if (wide_room < room) {
            wide_room = room;
            wide = must_have(realloc(wide, wide_room * sizeof *wide));
            folded = must_have(realloc(folded, 3 * wide_room * sizeof *folded));
        }
        int32_t units, folded_units;
        code = U_ZERO_ERROR;
        u_strFromUTF8(wide, (int32_t)wide_room, &units, text, (int32_t)(line + size - text), &code);
        folded_units = u_strFoldCase(folded, 3 * (int32_t)wide_room, wide, units, U_FOLD_CASE_DEFAULT, &code);
        if (U_SUCCESS(code))
            count_line(m, words, folded, folded_units);
    }
    free(line);
    free(wide);
    free(folded);
    fclose(file);
    ubrk_close(words);
}

/* ---- Orders ------------------------------------------------------------------------------------------------------ */

static int compare_text(const type *a, const type *b)
{
    return u_strcmp(a->text, b->text);
}

static int compare_reversed(const type *a, const type *b)
{
    for (uint32_t i = 1; i <= a->size && i <= b->size; i++)
        if (a->text[a->size - i] != b->text[b->size - i])
            return a->text[a->size - i] < b->text[b->size - i] ? -1 : 1;
    return (a->size > b->size) - (a->size < b->size);
}

static int order_count(const void *x, const void *y, void *types)
{
    const type *a = (type *)types + *(const uint32_t *)x, *b = (type *)types + *(const uint32_t *)y;

    if (a->count != b->count)
        return a->count > b->count ? -1 : 1;
    return compare_text(a, b);
}

static int order_text(const void *x, const void *y, void *types)
{
    return compare_text((type *)types + *(const uint32_t *)x, (type *)types + *(const uint32_t *)y);
}

static int order_reversed(const void *x, const void *y, void *types)
{
    return compare_reversed((type *)types + *(const uint32_t *)x, (type *)types + *(const uint32_t *)y);
}

static uint32_t *make_order(const maker *m, int (*compare)(const void *, const void *, void *))
{
    uint32_t *ids = must_have(calloc(m->count + 1, sizeof *ids));

    for (size_t i = 0; i < m->count; i++)
        ids[i] = (uint32_t)i;
    qsort_r(ids, m->count, sizeof *ids, compare, m->types);
    return ids;
}

/* Does a type of the corpus begin (end) with the text? */
static bool begins_or_ends_a_type(const maker *m, const UChar *text, uint32_t size, bool ends)
{
    const uint32_t *order = ends ? m->backward : m->forward;
    const type probe = {text, size, 0};
    size_t low = 0, high = m->count;

    while (low < high) {
        size_t middle = (low + high) / 2;
        const type *t = &m->types[order[middle]];
        if ((ends ? compare_reversed(t, &probe) : compare_text(t, &probe)) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == m->count || m->types[order[low]].size < size)
        return false;
    const type *t = &m->types[order[low]];
    return memcmp(ends ? t->text + t->size - size : t->text, text, size * sizeof *text) == 0;
}

/* ---- Entries ----------------------------------------------------------------------------------------------------- */

/* Letters and the marks on them only, so that no two peers can differ over what a word is; Hebrew abbreviations apart.
 */
static bool is_plain(const type *t)
{
    if (t->size > LONGEST)
        return false;
    for (uint32_t i = 0; i < t->size; i++) {
        UChar c = t->text[i];
        if (U16_IS_SURROGATE(c) || !(u_isalpha(c) || c == 0x5F4 || (U_GET_GC_MASK(c) & U_GC_M_MASK)))
            return false;
    }
    return true;
}

typedef struct {
    uint32_t *ids;
    size_t count;
} pool;

/* The most frequent plain words of at least so many letters: several times as many as are wanted, in random order. */
static pool make_pool(maker *m, uint32_t shortest, size_t wanted)
{
    pool p = {must_have(calloc(m->count + 1, sizeof *p.ids)), 0};
    size_t most = 4 * wanted > POOL ? 4 * wanted : POOL;

    for (size_t i = m->skipped; i < m->count && p.count < most; i++) {
        const type *t = &m->types[m->by_count[i]];
        if (t->count >= FEWEST && t->size >= shortest && is_plain(t))
            p.ids[p.count++] = m->by_count[i];
    }
    for (size_t i = p.count; i > 1; i--) {
        size_t j = random_below(m, i);
        uint32_t swapped = p.ids[i - 1];
        p.ids[i - 1] = p.ids[j];
        p.ids[j] = swapped;
    }
    return p;
}

/* seen: a table of the entries alone. Globs of the same stem come up more than once. */
static bool add_entry(maker *m, maker *seen, const UChar *text, uint32_t size)
{
    grow_types(seen);
    if (is_known(seen, text, size))
        return false;
    count_type(seen, text, size);
    m->entries[m->entry_count++] = copy_text(text, size);
    return true;
}

/* A word that the corpus lacks, of halves of words that it has. */
static uint32_t make_fake(maker *m, const pool *from, uint32_t shortest, UChar word[2 * LONGEST + 1])
{
    for (unsigned tries = 0;; tries++) {
        const type *a = &m->types[from->ids[random_below(m, from->count)]];
        const type *b = &m->types[from->ids[random_below(m, from->count)]];
        uint32_t head = tries < 1000 ? (a->size + 1) / 2 : a->size, tail = tries < 1000 ? b->size / 2 : b->size;
        memcpy(word, a->text, head * sizeof *word);
        memcpy(word + head, b->text + b->size - tail, tail * sizeof *word);
        word[head + tail] = 0;
        if (head + tail >= shortest && !(u_charType(word[head]) == U_NON_SPACING_MARK && tries < 100) &&
            !begins_or_ends_a_type(m, word, head + tail, false) && !begins_or_ends_a_type(m, word, head + tail, true))
            return head + tail;
    }
}

enum { WORD, TRAILING, LEADING };

static uint32_t shape(const maker *m, int kind, const UChar *word, uint32_t size, UChar *entry)
{
    uint32_t cut = m->lengths->cut, kept = m->lengths->kept;
    uint32_t left = kind == WORD ? size : size > kept + cut ? size - cut : size < kept ? size : kept;

    if (kind == LEADING)
        *entry++ = '*';
    memcpy(entry, kind == LEADING ? word + size - left : word, left * sizeof *entry);
    if (kind == TRAILING)
        entry[left] = '*';
    return left + (kind != WORD);
}

/* Returns how many occur. */
static size_t add_words(maker *m, maker *seen, int kind, size_t wanted)
{
    uint32_t shortest = kind == WORD ? m->lengths->word : m->lengths->glob;
    pool p = make_pool(m, shortest, wanted * 3 / 5);
    size_t real = 0, all = 0;
    UChar entry[2 * LONGEST + 2], word[2 * LONGEST + 1];

    for (size_t i = 0; i < p.count && real < wanted * 3 / 5; i++) {
        const type *t = &m->types[p.ids[i]];
        real += add_entry(m, seen, entry, shape(m, kind, t->text, t->size, entry));
    }
    for (all = real; all < wanted && p.count;) {
        uint32_t size = make_fake(m, &p, shortest, word);
        memcpy(kind == LEADING ? entry + 1 : entry, word, size * sizeof *entry);
        if (kind == LEADING)
            entry[0] = '*';
        if (kind == TRAILING)
            entry[size] = '*';
        all += add_entry(m, seen, entry, size + (kind != WORD));
    }
    free(p.ids);
    return real;
}

static bool is_phrase(const maker *m, const pair_slot *slot, const bool *stop)
{
    if (slot->count < FEWEST)
        return false;
    const type *a = &m->types[(slot->pair >> 32) - 1], *b = &m->types[(uint32_t)slot->pair - 1];
    return !stop[a - m->types] && is_plain(a) && is_plain(b) && a->size >= m->lengths->part &&
           b->size >= m->lengths->part;
}

static int order_pairs(const void *x, const void *y, void *types)
{
    const pair_slot *a = x, *b = y;

    if (a->count != b->count)
        return a->count > b->count ? -1 : 1;
    const type *all = types;
    int first = compare_text(&all[(a->pair >> 32) - 1], &all[(b->pair >> 32) - 1]);
    return first ? first : compare_text(&all[(uint32_t)a->pair - 1], &all[(uint32_t)b->pair - 1]);
}

static size_t add_phrases(maker *m, maker *seen, size_t wanted)
{
    bool *stop = must_have(calloc(m->count + 1, sizeof *stop));
    size_t count = 0, real = 0, all, most = 4 * wanted > POOL ? 4 * wanted : POOL;
    UChar entry[4 * LONGEST + 3];

    for (size_t i = 0; i < m->skipped && i < m->count; i++)
        stop[m->by_count[i]] = true;
    for (size_t i = 0; i < m->pairs_size; i++)
        if (m->pairs[i].pair && is_phrase(m, &m->pairs[i], stop))
            m->pairs[count++] = m->pairs[i];
    qsort_r(m->pairs, count, sizeof *m->pairs, order_pairs, m->types);
    count = count < most ? count : most;
    for (; count && real < wanted * 3 / 5; count--) {
        size_t i = random_below(m, count);
        const type *a = &m->types[(m->pairs[i].pair >> 32) - 1], *b = &m->types[(uint32_t)m->pairs[i].pair - 1];
        memcpy(entry, a->text, a->size * sizeof *entry);
        entry[a->size] = ' ';
        memcpy(entry + a->size + 1, b->text, b->size * sizeof *entry);
        real += add_entry(m, seen, entry, a->size + 1 + b->size);
        m->pairs[i] = m->pairs[count - 1];
    }
    pool p = make_pool(m, m->lengths->word, wanted);
    for (all = real; all < wanted && p.count;) {
        uint32_t size = make_fake(m, &p, m->lengths->word, entry);
        entry[size] = ' ';
        size += 1 + make_fake(m, &p, m->lengths->word, entry + size + 1);
        all += add_entry(m, seen, entry, size);
    }
    free(p.ids);
    free(stop);
    return real;
}

static FILE *open_output(const char *prefix, const char *ending)
{
    char name[4096];

    snprintf(name, sizeof name, "%s%s", prefix, ending);
    FILE *file = fopen(name, "wb");
    if (!file) {
        perror(name);
        exit(1);
    }
    return file;
}

static void write_entries(maker *m, const char *language, const char *prefix)
{
    FILE *yml = open_output(prefix, ".yml"), *tsv = open_output(prefix, ".tsv");
    char utf8[16 * LONGEST];

    for (size_t i = m->entry_count; i > 1; i--) {
        size_t j = random_below(m, i);
        UChar *swapped = m->entries[i - 1];
        m->entries[i - 1] = m->entries[j];
        m->entries[j] = swapped;
    }
    fprintf(yml, "name: bench-%s-%zu\nlanguage: %s\nmarkers:\n", language, m->entry_count, language);
    for (size_t marker = 0; marker < MARKERS; marker++) {
        fprintf(yml, "  m%02zu:\n", marker + 1);
        for (size_t i = marker; i < m->entry_count; i += MARKERS) {
            UErrorCode code = U_ZERO_ERROR;
            u_strToUTF8(utf8, sizeof utf8, NULL, m->entries[i], -1, &code);
            fprintf(yml, "    - \"%s\"\n", utf8);
            fprintf(tsv, "m%02zu\t%s\n", marker + 1, utf8);
        }
    }
    if (fclose(yml) || fclose(tsv)) {
        perror(prefix);
        exit(1);
    }
}

int main(int count, char **arguments)
{
    maker m = {.lengths = all_lengths}, seen = {0};

    if (count != 5 && count != 6) {
        fprintf(stderr, "usage: make_lexicon LANGUAGE N CORPUS PREFIX [SKIPPED]\n");
        return 2;
    }
    const char *language = arguments[1];
    size_t n = strtoul(arguments[2], NULL, 10);
    while (m.lengths->language[0] && strcmp(m.lengths->language, language) != 0)
        m.lengths++;
    count_corpus(&m, language, arguments[3]);
    m.by_count = make_order(&m, order_count);
    m.forward = make_order(&m, order_text);
    m.backward = make_order(&m, order_reversed);
    m.seed = n;
    m.skipped = count == 6 ? strtoul(arguments[5], NULL, 10) : USUAL_SKIPPED;
    m.entries = must_have(calloc(n + 1, sizeof *m.entries));

    size_t trailing = n * 30 / 100, leading = n * 5 / 100, phrases = n * 10 / 100;
    size_t words = n - trailing - leading - phrases;
    size_t real = add_words(&m, &seen, WORD, words);
    real += add_words(&m, &seen, TRAILING, trailing);
    real += add_words(&m, &seen, LEADING, leading);
    real += add_phrases(&m, &seen, phrases);
    write_entries(&m, language, arguments[4]);
    fprintf(stderr, "%s: %zu entries, %zu of them occur; %zu types in the corpus\n", arguments[4], m.entry_count, real,
            m.count);
    return 0;
}
