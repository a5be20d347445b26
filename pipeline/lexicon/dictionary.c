#include "lexicon/dictionary.h"

#include "base/hash.h"
#include "base/white.h"

#include <stdlib.h>
#include <string.h>

void att_dictionary_clear(att_dictionary *dictionary)
{
    att_arena_clear(&dictionary->arena);
    free(dictionary->categories);
    free(dictionary->slots);
    free(dictionary->terms);
    free(dictionary->first_term);
    *dictionary = (att_dictionary){0};
}

const char *att_dictionary_copy(att_dictionary *dictionary, att_span text)
{
    return att_arena_copy(&dictionary->arena, text);
}

static att_span trim(att_span text)
{
    size_t from = text.size ? att_white_skip(text.text, text.size, 0) : 0;
    size_t to = text.size ? att_white_trim(text.text, from, text.size) : 0;

    return (att_span){text.size ? text.text + from : "", to - from};
}

/* A copy without control characters, which no format can hold, and without white space at its ends; text NULL: no
 * memory. */
static att_span clean_copy(att_dictionary *dictionary, att_span text)
{
    char *copy = att_arena_copy(&dictionary->arena, trim(text));
    size_t size = trim(text).size;

    for (size_t i = 0; copy && i < size; i++)
        if ((unsigned char)copy[i] < ' ' || copy[i] == 0x7F)
            copy[i] = ' ';
    if (!copy)
        return (att_span){NULL, 0};
    text = trim((att_span){copy, size});
    copy = copy + (text.text - copy);
    copy[text.size] = '\0';
    return (att_span){copy, text.size};
}

static bool is_clean(att_span text)
{
    for (size_t i = 0; i < text.size; i++)
        if ((unsigned char)text.text[i] < ' ' || text.text[i] == 0x7F)
            return false;
    return true;
}

static uint32_t *find_slot(const att_dictionary *dictionary, uint32_t parent, att_span name)
{
    uint64_t hash = (att_hash64(name.text, name.size) + parent) * UINT64_C(0x9E3779B97F4A7C15);
    size_t slot = (size_t)(hash >> 32) & (dictionary->slot_count - 1);

    for (; dictionary->slots[slot]; slot = (slot + 1) & (dictionary->slot_count - 1)) {
        const att_category *category = &dictionary->categories[dictionary->slots[slot] - 1];
        if (category->parent == parent && att_span_equal(att_span_of(category->name), name))
            break;
    }
    return &dictionary->slots[slot];
}

/* At most half full. */
static bool grow_slots(att_dictionary *dictionary)
{
    size_t count = 256;

    while (count < (dictionary->category_count + 1) * 3)
        count *= 2;
    uint32_t *slots = calloc(count, sizeof *slots);
    if (!slots)
        return false;
    free(dictionary->slots);
    dictionary->slots = slots;
    dictionary->slot_count = count;
    for (size_t i = 0; i < dictionary->category_count; i++)
        *find_slot(dictionary, dictionary->categories[i].parent, att_span_of(dictionary->categories[i].name)) =
            (uint32_t)i + 1;
    return true;
}

static att_status push_category(att_dictionary *dictionary, uint32_t parent, att_span name, uint64_t line,
                                att_error *error)
{
    att_category category = {.parent = parent, .line = line};

    if (dictionary->category_count == ATT_MOST_CATEGORIES)
        return att_fail(error, ATT_BAD_INPUT, dictionary->file, line, 0,
                        "more than %u categories; split the dictionary", ATT_MOST_CATEGORIES);
    category.depth = parent == ATT_NO_CATEGORY ? 0 : dictionary->categories[parent].depth + 1;
    if (category.depth > ATT_CATEGORY_DEPTH)
        return att_fail(error, ATT_BAD_INPUT, dictionary->file, line, 0,
                        "categories nested more than %u levels deep; make the tree flatter", ATT_CATEGORY_DEPTH);
    category.name = att_dictionary_copy(dictionary, name);
    if (!category.name || !att_grow(&dictionary->categories, &dictionary->category_capacity,
                                    dictionary->category_count + 1, sizeof *dictionary->categories))
        return att_fail_memory(error);
    dictionary->categories[dictionary->category_count++] = category;
    return ATT_OK;
}

att_status att_dictionary_category(att_dictionary *dictionary, uint32_t parent, att_span name, uint64_t line,
                                   uint32_t *out, att_error *error)
{
    name = trim(name);
    if (!is_clean(name) && !(name = clean_copy(dictionary, name)).text)
        return att_fail_memory(error);
    if (name.size == 0)
        name = att_span_of("unnamed");
    if (dictionary->category_count * 2 >= dictionary->slot_count && !grow_slots(dictionary))
        return att_fail_memory(error);
    uint32_t *slot = find_slot(dictionary, parent, name);
    if (!*slot) {
        att_status status = push_category(dictionary, parent, name, line, error);
        if (status)
            return status;
        *slot = (uint32_t)dictionary->category_count;
    }
    *out = *slot - 1;
    return ATT_OK;
}

att_status att_dictionary_path(att_dictionary *dictionary, att_span path, uint64_t line, uint32_t *out,
                               att_error *error)
{
    uint32_t category = ATT_NO_CATEGORY;
    att_status status = ATT_OK;

    for (size_t at = 0; !status && at <= path.size;) {
        const char *point = at < path.size ? memchr(path.text + at, '.', path.size - at) : NULL;
        size_t end = point ? (size_t)(point - path.text) : path.size;
        status =
            att_dictionary_category(dictionary, category, (att_span){path.text + at, end - at}, line, &category, error);
        at = end + 1;
    }
    if (!status)
        *out = category;
    return status;
}

att_status att_dictionary_add(att_dictionary *dictionary, uint32_t category, att_span text, uint64_t line,
                              att_dictionary_term **out, att_error *error)
{
    text = clean_copy(dictionary, text);
    if (dictionary->term_count >= ATT_MOST_TERMS)
        return att_fail(error, ATT_BAD_INPUT, dictionary->file, line, 0, "more than %u terms; split the dictionary",
                        ATT_MOST_TERMS);
    if (!text.text || !att_grow(&dictionary->terms, &dictionary->term_capacity, dictionary->term_count + 1,
                                sizeof *dictionary->terms))
        return att_fail_memory(error);
    att_dictionary_term *term = &dictionary->terms[dictionary->term_count++];
    *term = (att_dictionary_term){
        .text = text.text, .size = (uint32_t)text.size, .category = category, .weight = ATT_WEIGHT_ONE, .line = line};
    if (out)
        *out = term;
    return ATT_OK;
}

/* ---- Grouping */

static bool same_term(const att_dictionary_term *a, const att_dictionary_term *b)
{
    return a->category == b->category && a->size == b->size && a->regex == b->regex && a->exact == b->exact &&
           memcmp(a->text, b->text, a->size) == 0;
}

/* Keeps the first of equal terms, and none that is empty. */
static att_status drop_repeats(att_dictionary *dictionary, att_error *error)
{
    size_t slots = 1024, used = 0;

    while (slots < dictionary->term_count * 2)
        slots *= 2;
    uint32_t *table = calloc(slots, sizeof *table);
    if (!table)
        return att_fail_memory(error);
    for (size_t i = 0; i < dictionary->term_count; i++) {
        const att_dictionary_term *term = &dictionary->terms[i];
        if (!term->size)
            continue;
        uint64_t hash = (att_hash64(term->text, term->size) + term->category) * UINT64_C(0x9E3779B97F4A7C15);
        size_t slot = (size_t)(hash >> 32) & (slots - 1);
        while (table[slot] && !same_term(&dictionary->terms[table[slot] - 1], term))
            slot = (slot + 1) & (slots - 1);
        if (table[slot]) {
            att_losses_add(&dictionary->losses, "a term stands twice in a category", "it counts once",
                           (att_span){term->text, term->size}, term->line);
            continue;
        }
        dictionary->terms[used++] = *term;
        table[slot] = (uint32_t)used;
    }
    dictionary->term_count = used;
    free(table);
    return ATT_OK;
}

/* The places of the categories when each stands before those below it, and these before the next. */
static bool order_categories(const att_dictionary *dictionary, uint32_t *place)
{
    size_t count = dictionary->category_count;
    size_t *below = calloc(count + 1, sizeof *below); /* itself and all below it */
    size_t *next = calloc(count + 1, sizeof *next);   /* place for the next child */
    size_t top = 0;

    for (size_t i = count; below && next && i-- > 0;) {
        below[i]++;
        if (dictionary->categories[i].parent != ATT_NO_CATEGORY)
            below[dictionary->categories[i].parent] += below[i];
    }
    for (size_t i = 0; below && next && i < count; i++) {
        uint32_t parent = dictionary->categories[i].parent;
        size_t *at = parent == ATT_NO_CATEGORY ? &top : &next[parent];
        place[i] = (uint32_t)*at;
        *at += below[i];
        next[i] = place[i] + (size_t)1;
    }
    bool good = below && next;
    free(below);
    free(next);
    return good;
}

/* Puts the categories into their places, and says so to those who name them. */
static att_status sort_categories(att_dictionary *dictionary, att_error *error)
{
    size_t count = dictionary->category_count;
    uint32_t *place = calloc(count + 1, sizeof *place);
    att_category *sorted = calloc(count + 1, sizeof *sorted);

    if (!place || !sorted || !order_categories(dictionary, place)) {
        free(place);
        free(sorted);
        return att_fail_memory(error);
    }
    for (size_t i = 0; i < count; i++) {
        att_category *category = &sorted[place[i]];
        *category = dictionary->categories[i];
        if (category->parent != ATT_NO_CATEGORY)
            category->parent = place[category->parent];
    }
    for (size_t i = 0; i < dictionary->term_count; i++)
        dictionary->terms[i].category = place[dictionary->terms[i].category];
    free(place);
    free(dictionary->categories);
    dictionary->categories = sorted;
    dictionary->category_capacity = count + 1;
    /* They name the old places; the next category makes them anew. */
    free(dictionary->slots);
    dictionary->slots = NULL;
    dictionary->slot_count = 0;
    return ATT_OK;
}

static att_status sort_terms(att_dictionary *dictionary, att_error *error)
{
    size_t categories = dictionary->category_count;
    size_t *first = calloc(categories + 2, sizeof *first);
    att_dictionary_term *sorted = malloc((dictionary->term_count + 1) * sizeof *sorted);

    if (!first || !sorted) {
        free(first);
        free(sorted);
        return att_fail_memory(error);
    }
    /* first[c + 1] begins where category c does, and ends where c + 1 does. */
    for (size_t i = 0; i < dictionary->term_count; i++)
        first[dictionary->terms[i].category + 2]++;
    for (size_t c = 1; c < categories + 2; c++)
        first[c] += first[c - 1];
    for (size_t i = 0; i < dictionary->term_count; i++)
        sorted[first[dictionary->terms[i].category + 1]++] = dictionary->terms[i];
    free(dictionary->terms);
    free(dictionary->first_term);
    dictionary->terms = sorted;
    dictionary->term_capacity = dictionary->term_count + 1;
    dictionary->first_term = first;
    return ATT_OK;
}

att_status att_dictionary_group(att_dictionary *dictionary, att_error *error)
{
    att_status status = sort_categories(dictionary, error);

    if (!status)
        status = drop_repeats(dictionary, error);
    return status ? status : sort_terms(dictionary, error);
}

/* ---- Texts */

void att_dictionary_put_path(att_buffer *out, const att_dictionary *dictionary, uint32_t category)
{
    const att_category *c = &dictionary->categories[category];

    if (c->parent != ATT_NO_CATEGORY) {
        att_dictionary_put_path(out, dictionary, c->parent);
        att_buffer_char(out, '.');
    }
    const char *name = att_category_shown(c);
    for (name = strchr(name, '.') ? c->name : name; *name; name++)
        att_buffer_char(out, *name == '.' ? '_' : *name);
}

/* ---- Lines */

typedef struct {
    const att_dictionary_term *term;
    const att_dictionary_term *first; /* of this text */
} listed_term;

static att_span text_of(const att_dictionary_term *term)
{
    return (att_span){term->text, term->size};
}

static int by_text(const void *a, const void *b)
{
    const listed_term *left = a, *right = b;
    int order = att_span_compare(text_of(left->term), text_of(right->term));

    return order ? order : (left->term > right->term) - (left->term < right->term);
}

static int by_first(const void *a, const void *b)
{
    const listed_term *left = a, *right = b;

    if (left->first != right->first)
        return left->first < right->first ? -1 : 1;
    return (left->term > right->term) - (left->term < right->term);
}

const att_dictionary_term **att_dictionary_by_text(const att_dictionary *dictionary)
{
    size_t count = dictionary->term_count;
    listed_term *list = malloc((count + 1) * sizeof *list);
    const att_dictionary_term **out = malloc((count + 1) * sizeof *out);

    if (!list || !out) {
        free(list);
        free(out);
        return NULL;
    }
    for (size_t i = 0; i < count; i++)
        list[i].term = &dictionary->terms[i];
    qsort(list, count, sizeof *list, by_text);
    for (size_t i = 0; i < count; i++) {
        bool same = i && att_span_equal(text_of(list[i].term), text_of(list[i - 1].term));
        list[i].first = same ? list[i - 1].first : list[i].term;
    }
    qsort(list, count, sizeof *list, by_first);
    for (size_t i = 0; i < count; i++)
        out[i] = list[i].term;
    free(list);
    return out;
}

/* ---- Weights */

/* Up to a million, of either sign. */
static const int64_t weight_limit = (int64_t)ATT_WEIGHT_LIMIT;

bool att_weight_read(att_span text, int64_t *weight, bool *exact)
{
    bool negative = text.size && text.text[0] == '-';
    size_t at = negative || (text.size && text.text[0] == '+');
    int64_t number = 0;
    unsigned digits = 0, decimals = 0;
    bool point = false;

    *exact = true;
    for (; at < text.size; at++) {
        char c = text.text[at];
        if ((c == '.' || c == ',') && !point) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9')
            return false;
        digits++;
        if (point && decimals == 6) {
            *exact &= c == '0';
            continue;
        }
        number = number * 10 + (c - '0');
        decimals += point;
        if (number > weight_limit)
            return false;
    }
    for (; decimals < 6; decimals++)
        if ((number *= 10) > weight_limit)
            return false;
    *weight = negative ? -number : number;
    return digits > 0 && number <= weight_limit;
}

void att_weight_put(att_buffer *out, int64_t weight)
{
    uint64_t size = weight < 0 ? (uint64_t)-weight : (uint64_t)weight;
    uint64_t rest = size % ATT_WEIGHT_ONE;
    char decimals[8];

    if (weight < 0)
        att_buffer_char(out, '-');
    att_buffer_unsigned(out, size / ATT_WEIGHT_ONE);
    if (!rest)
        return;
    for (int i = 5; i >= 0; i--, rest /= 10)
        decimals[i] = (char)('0' + rest % 10);
    size_t used = 6;
    while (decimals[used - 1] == '0')
        used--;
    att_buffer_char(out, '.');
    att_buffer_append(out, decimals, used);
}
