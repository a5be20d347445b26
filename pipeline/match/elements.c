#include "match/elements.h"

#include "base/glob.h"
#include "match/texts.h"

#include <hs.h>
#include <stdlib.h>
#include <string.h>

#include "lexicon/expression.h"

/* A database and the element behind each of its patterns. */
typedef struct {
    const hs_database_t *database;
    uint32_t *elements;
} pattern_set;

/* Those of all lexicons. */
typedef struct {
    pattern_set *items;
    size_t count, capacity;
} pattern_sets;

struct att_element_set {
    const att_element *elements;
    uint32_t count;
    att_texts texts; /* literals, and globs by the letters at one end */
    pattern_sets patterns[ATT_DATABASE_KINDS];
    att_ids any;           /* the glob "*" in either kind */
    bool exact;            /* there is an element whose case counts */
    hs_scratch_t *scratch; /* to be cloned by scanners */
};

struct att_element_scanner {
    const att_element_set *set;
    hs_scratch_t *scratch;
    att_folder *folder;
    att_buffer folded; /* with a separator on each side */
};

bool att_ids_add(att_ids *ids, uint32_t id)
{
    if (!att_grow(&ids->items, &ids->capacity, ids->count + 1, sizeof *ids->items))
        return false;
    ids->items[ids->count++] = id;
    return true;
}

/* How a glob is found: `*` matches everything; one that begins or ends with letters is looked up by them (and compared
 * as a whole where a star is not all that is left); the others need a pattern. */
typedef enum { GLOB_ANY, GLOB_BEGINNING, GLOB_ENDING, GLOB_PATTERN } glob_way;

static glob_way way_of(att_span glob)
{
    size_t beginning = att_glob_beginning(glob), ending = att_glob_ending(glob);

    if (glob.size == 1 && glob.text[0] == '*')
        return GLOB_ANY;
    if (att_glob_needs_pattern(glob))
        return GLOB_PATTERN;
    return beginning >= ending ? GLOB_BEGINNING : GLOB_ENDING;
}

/* Does having found its letters say all? */
static bool is_star_beside(att_span glob, size_t letters)
{
    return glob.size == letters + 1 && (glob.text[0] == '*' || glob.text[letters] == '*');
}

static bool is_glob(const att_element *element)
{
    return element->kind == ATT_GLOB || element->kind == ATT_GLOB_EXACT;
}

/* Adds what needs no pattern. */
static bool add_text(att_element_set *set, uint32_t id)
{
    const att_element *element = &set->elements[id];
    att_span text = element->text;
    bool exact = element->kind == ATT_LITERAL_EXACT || element->kind == ATT_GLOB_EXACT;

    if (element->kind == ATT_REGEX)
        return true;
    if (!is_glob(element)) {
        set->exact |= exact;
        return att_texts_add(&set->texts, ATT_WHOLE, exact, text, id);
    }
    glob_way way = way_of(text);
    if (way == GLOB_ANY)
        return att_ids_add(&set->any, id);
    set->exact |= exact;
    size_t beginning = att_glob_beginning(text), ending = att_glob_ending(text);
    if (way == GLOB_BEGINNING)
        return att_texts_add(&set->texts, ATT_BEGINNING, exact, (att_span){text.text, beginning}, id);
    if (way == GLOB_ENDING)
        return att_texts_add(&set->texts, ATT_ENDING, exact, (att_span){text.text + text.size - ending, ending}, id);
    return true;
}

static bool add_texts(att_element_set *set)
{
    for (uint32_t id = 0; id < set->count; id++)
        if (!add_text(set, id))
            return false;
    return true;
}

att_status att_element_set_new(att_element_set **out, att_error *error)
{
    att_element_set *set = calloc(1, sizeof *set);

    if (!set)
        return att_fail_memory(error);
    *out = set;
    return ATT_OK;
}

static bool use_database(att_element_set *set, pattern_sets *sets, const att_database *database, const uint32_t *map)
{
    if (!att_grow(&sets->items, &sets->capacity, sets->count + 1, sizeof *sets->items) ||
        hs_alloc_scratch(database->database, &set->scratch) != HS_SUCCESS)
        return false;
    uint32_t *elements = calloc(database->count, sizeof *elements);
    if (!elements)
        return false;
    for (unsigned i = 0; i < database->count; i++)
        elements[i] = map[database->elements[i]];
    sets->items[sets->count++] = (pattern_set){database->database, elements};
    return true;
}

att_status att_element_set_use(att_element_set *set, const att_databases *databases, const uint32_t *map,
                               att_error *error)
{
    for (unsigned kind = 0; kind < ATT_DATABASE_KINDS; kind++)
        if (databases->of[kind].count && !use_database(set, &set->patterns[kind], &databases->of[kind], map))
            return att_fail_memory(error);
    return ATT_OK;
}

att_status att_element_set_finish(att_element_set *set, const att_element *elements, uint32_t count, att_error *error)
{
    set->elements = elements;
    set->count = count;
    return add_texts(set) ? ATT_OK : att_fail_memory(error);
}

void att_element_set_free(att_element_set *set)
{
    if (!set)
        return;
    for (unsigned kind = 0; kind < ATT_DATABASE_KINDS; kind++) {
        for (size_t i = 0; i < set->patterns[kind].count; i++)
            free(set->patterns[kind].items[i].elements);
        free(set->patterns[kind].items);
    }
    hs_free_scratch(set->scratch);
    att_texts_clear(&set->texts);
    free(set->any.items);
    free(set);
}

att_status att_element_scanner_new(att_element_scanner **out, const att_element_set *set, att_error *error)
{
    att_element_scanner *scanner = calloc(1, sizeof *scanner);

    if (!scanner)
        return att_fail_memory(error);
    scanner->set = set;
    att_status status = att_folder_new(&scanner->folder, error);
    if (!status && set->scratch && hs_clone_scratch(set->scratch, &scanner->scratch) != HS_SUCCESS)
        status = att_fail_memory(error);
    if (status) {
        att_element_scanner_free(scanner);
        return status;
    }
    *out = scanner;
    return ATT_OK;
}

void att_element_scanner_free(att_element_scanner *scanner)
{
    if (!scanner)
        return;
    hs_free_scratch(scanner->scratch);
    att_folder_free(scanner->folder);
    att_buffer_clear(&scanner->folded);
    free(scanner);
}

typedef struct {
    const pattern_set *patterns;
    att_ids *ids;
    bool no_memory;
} scan_context;

static int on_match(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *context)
{
    scan_context *scan = context;

    (void)from;
    (void)to;
    (void)flags;
    scan->no_memory |= !att_ids_add(scan->ids, scan->patterns->elements[id]);
    return scan->no_memory;
}

static bool scan_patterns(const att_element_scanner *scanner, const pattern_sets *sets, att_span text, att_ids *ids)
{
    for (size_t i = 0; i < sets->count; i++) {
        scan_context scan = {&sets->items[i], ids, false};
        hs_error_t result =
            hs_scan(sets->items[i].database, text.text, (unsigned)text.size, 0, scanner->scratch, on_match, &scan);
        if (result != HS_SUCCESS || scan.no_memory)
            return false;
    }
    return true;
}

typedef struct {
    const att_element_set *set;
    att_span token;
    att_ids *ids;
} text_context;

static bool on_text(void *context, uint32_t id)
{
    const text_context *found = context;
    att_span text = found->set->elements[id].text;

    if (is_glob(&found->set->elements[id])) {
        size_t beginning = att_glob_beginning(text), ending = att_glob_ending(text);
        if (!is_star_beside(text, beginning > ending ? beginning : ending) && !att_glob_matches(text, found->token))
            return true;
    }
    return att_ids_add(found->ids, id);
}

/* Literals and globs of one case: folded, or as written. */
static bool scan_case(att_element_scanner *scanner, att_span token, bool exact, att_ids *ids)
{
    const att_element_set *set = scanner->set;
    att_buffer *folded = &scanner->folded;

    att_fold(scanner->folder, folded, token, exact);
    /* A separator on each side, the inner text where it can be looked at alone. */
    size_t size = folded->size;
    if (folded->failed || !att_buffer_reserve(folded, 2))
        return false;
    memmove(folded->data + 1, folded->data, size);
    folded->data[0] = folded->data[size + 1] = ATT_GLOB_SEPARATOR;
    att_span inner = {folded->data + 1, size}, whole = {folded->data, size + 2};
    text_context texts = {set, inner, ids};
    return att_texts_find(&set->texts, inner, exact, on_text, &texts) &&
           scan_patterns(scanner, &set->patterns[exact ? ATT_GLOBS_EXACT : ATT_GLOBS], whole, ids) &&
           (exact || scan_patterns(scanner, &set->patterns[ATT_REGEXES], inner, ids));
}

static int compare_ids(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

/* Two lexicons may have the same pattern. */
static void sort_ids(att_ids *ids)
{
    size_t used = 0;

    if (ids->count < 2)
        return;
    qsort(ids->items, ids->count, sizeof *ids->items, compare_ids);
    for (size_t i = 0; i < ids->count; i++)
        if (i == 0 || ids->items[i] != ids->items[i - 1])
            ids->items[used++] = ids->items[i];
    ids->count = used;
}

att_status att_element_scan(att_element_scanner *scanner, att_span token, att_ids *ids, att_error *error)
{
    const att_element_set *set = scanner->set;
    bool good = true;

    ids->count = 0;
    for (size_t i = 0; i < set->any.count; i++)
        good = good && att_ids_add(ids, set->any.items[i]);
    good = good && scan_case(scanner, token, false, ids);
    if (set->exact)
        good = good && scan_case(scanner, token, true, ids);
    if (!good)
        return att_fail_memory(error);
    sort_ids(ids);
    return ATT_OK;
}
