#include "match/elements.h"

#include "base/glob.h"
#include "match/phrases.h"
#include "match/stems.h"
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

/* The elements of one spelling. */
typedef struct {
    const att_spelling *how;
    att_texts texts; /* literals, and globs by the letters at one end */
    pattern_sets patterns[ATT_TOKEN_KINDS];
    bool exact; /* there is an element whose case counts */
} spelling_set;

struct att_element_set {
    const att_element *elements;
    const uint8_t *roles;
    uint32_t count;
    spelling_set **spellings;
    size_t spelling_count, spelling_capacity;
    att_ids any;           /* the glob "*" in either kind */
    hs_scratch_t *scratch; /* to be cloned by scanners */
};

struct att_element_scanner {
    const att_element_set *set;
    hs_scratch_t *scratch;
    att_folder *folder;
    att_buffer folded; /* with a separator on each side */
    att_buffer word;   /* that affixes come off */
    att_ids stripped;  /* what a part of it matches */
    att_stem *stems;   /* the parts */
    size_t stem_room;
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
    spelling_set *spelling = set->spellings[element->spelling];

    if (element->kind == ATT_REGEX || att_is_turn_regex(element->kind))
        return true;
    if (!is_glob(element)) {
        spelling->exact |= exact;
        return att_texts_add(&spelling->texts, ATT_WHOLE, exact, text, id);
    }
    glob_way way = way_of(text);
    if (way == GLOB_ANY)
        return att_ids_add(&set->any, id);
    spelling->exact |= exact;
    size_t beginning = att_glob_beginning(text), ending = att_glob_ending(text);
    if (way == GLOB_BEGINNING)
        return att_texts_add(&spelling->texts, ATT_BEGINNING, exact, (att_span){text.text, beginning}, id);
    if (way == GLOB_ENDING)
        return att_texts_add(&spelling->texts, ATT_ENDING, exact, (att_span){text.text + text.size - ending, ending},
                             id);
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

att_status att_element_set_spelling(att_element_set *set, const att_spelling *spelling, uint32_t *number,
                                    att_error *error)
{
    bool alone = spelling->prefixes.count || spelling->suffixes.count;

    for (size_t i = 0; i < set->spelling_count && !alone; i++) {
        const att_spelling *other = set->spellings[i]->how;
        if (other->ignore == spelling->ignore && !other->prefixes.count && !other->suffixes.count) {
            *number = (uint32_t)i;
            return ATT_OK;
        }
    }
    if (!att_grow(&set->spellings, &set->spelling_capacity, set->spelling_count + 1, sizeof *set->spellings))
        return att_fail_memory(error);
    spelling_set *fresh = calloc(1, sizeof *fresh);
    if (!fresh)
        return att_fail_memory(error);
    fresh->how = spelling;
    *number = (uint32_t)set->spelling_count;
    set->spellings[set->spelling_count++] = fresh;
    return ATT_OK;
}

att_status att_element_set_use(att_element_set *set, uint32_t spelling, const att_databases *databases,
                               const uint32_t *map, att_error *error)
{
    pattern_sets *patterns = set->spellings[spelling]->patterns;

    for (unsigned kind = 0; kind < ATT_TOKEN_KINDS; kind++)
        if (databases->of[kind].count && !use_database(set, &patterns[kind], &databases->of[kind], map))
            return att_fail_memory(error);
    return ATT_OK;
}

att_status att_element_set_finish(att_element_set *set, const att_element *elements, const uint8_t *roles,
                                  uint32_t count, att_error *error)
{
    set->elements = elements;
    set->roles = roles;
    set->count = count;
    return add_texts(set) ? ATT_OK : att_fail_memory(error);
}

static void spelling_free(spelling_set *spelling)
{
    for (unsigned kind = 0; kind < ATT_TOKEN_KINDS; kind++) {
        for (size_t i = 0; i < spelling->patterns[kind].count; i++)
            free(spelling->patterns[kind].items[i].elements);
        free(spelling->patterns[kind].items);
    }
    att_texts_clear(&spelling->texts);
    free(spelling);
}

void att_element_set_free(att_element_set *set)
{
    if (!set)
        return;
    for (size_t i = 0; i < set->spelling_count; i++)
        spelling_free(set->spellings[i]);
    free(set->spellings);
    hs_free_scratch(set->scratch);
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
    att_buffer_clear(&scanner->word);
    free(scanner->stripped.items);
    free(scanner->stems);
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

/* What a folded text matches: literals and globs of one case, and regexes, which have none. */
static bool scan_folded(att_element_scanner *scanner, const spelling_set *spelling, att_span text, bool exact,
                        att_ids *ids)
{
    att_buffer *folded = &scanner->folded;
    const char separator = ATT_GLOB_SEPARATOR;

    /* A separator on each side, the inner text where it can be looked at alone. */
    folded->size = 0;
    att_buffer_append(folded, &separator, 1);
    att_buffer_span(folded, text);
    att_buffer_append(folded, &separator, 1);
    if (folded->failed)
        return false;
    att_span inner = {folded->data + 1, text.size}, whole = {folded->data, text.size + 2};
    text_context texts = {scanner->set, inner, ids};
    return att_texts_find(&spelling->texts, inner, exact, on_text, &texts) &&
           scan_patterns(scanner, &spelling->patterns[exact ? ATT_GLOBS_EXACT : ATT_GLOBS], whole, ids) &&
           (exact || scan_patterns(scanner, &spelling->patterns[ATT_REGEXES], inner, ids));
}

static bool scan_case(att_element_scanner *scanner, const spelling_set *spelling, att_span token, bool exact,
                      att_ids *ids)
{
    att_fold_without(scanner->folder, &scanner->word, token, exact, spelling->how->ignore);
    return !scanner->word.failed &&
           scan_folded(scanner, spelling, (att_span){scanner->word.data, scanner->word.size}, exact, ids);
}

static bool has_role(const att_element_set *set, const att_ids *ids, size_t from, unsigned role)
{
    for (size_t i = from; i < ids->count; i++)
        if (set->roles[ids->items[i]] & role)
            return true;
    return false;
}

/* Adds what the token matches in one case without the first affixes that leave an element of this role. *found: there
 * are such. */
static bool strip_case(att_element_scanner *scanner, const spelling_set *spelling, att_span token, bool exact,
                       unsigned role, att_ids *ids, bool *found)
{
    size_t count = 0;

    att_fold_without(scanner->folder, &scanner->word, token, exact, spelling->how->ignore);
    att_span word = {scanner->word.data, scanner->word.size};
    if (scanner->word.failed ||
        !att_stems_list(&scanner->stems, &scanner->stem_room, &count, spelling->how, word, exact, role != ATT_FOLLOWS))
        return false;
    for (size_t i = 0; i < count; i++) {
        att_stem stem = scanner->stems[i];
        scanner->stripped.count = 0;
        if (!scan_folded(scanner, spelling, (att_span){word.text + stem.from, stem.to - stem.from}, exact,
                         &scanner->stripped))
            return false;
        if (!has_role(scanner->set, &scanner->stripped, 0, role))
            continue;
        for (size_t k = 0; k < scanner->stripped.count; k++)
            if (!att_ids_add(ids, scanner->stripped.items[k]))
                return false;
        *found = true;
        return true;
    }
    return true;
}

static bool strip(att_element_scanner *scanner, const spelling_set *spelling, att_span token, unsigned role,
                  att_ids *ids, bool *found)
{
    return strip_case(scanner, spelling, token, false, role, ids, found) &&
           (!spelling->exact || strip_case(scanner, spelling, token, true, role, ids, found));
}

/* Affixes come off a token that as a whole (the elements of later from `from` on) is no first word of an entry, or of
 * an exception where no entry is left either; and off one that is no later word. */
static bool strip_affixes(att_element_scanner *scanner, const spelling_set *spelling, att_span token, size_t from,
                          att_matched *out, att_ids *later)
{
    static const unsigned begins[] = {ATT_BEGINS_ENTRY, ATT_BEGINS_EXCEPTION};
    bool found = false;

    for (size_t i = 0; i < 2 && !found; i++) {
        if (has_role(scanner->set, &out->later, from, begins[i]))
            break;
        if (!strip(scanner, spelling, token, begins[i], &out->firsts, &found))
            return false;
    }
    return !spelling->how->suffixes.count || has_role(scanner->set, &out->later, from, ATT_FOLLOWS) ||
           strip(scanner, spelling, token, ATT_FOLLOWS, later, &found);
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

static bool add_all(att_ids *to, const att_ids *from)
{
    for (size_t i = 0; i < from->count; i++)
        if (!att_ids_add(to, from->items[i]))
            return false;
    return true;
}

/* What a token matches as a whole, in all spellings, and what else without its affixes. */
static bool scan_spellings(att_element_scanner *scanner, att_span token, att_matched *out, att_ids *later)
{
    const att_element_set *set = scanner->set;

    for (size_t i = 0; i < set->spelling_count; i++) {
        const spelling_set *spelling = set->spellings[i];
        size_t from = out->later.count;
        if (!scan_case(scanner, spelling, token, false, &out->later) ||
            (spelling->exact && !scan_case(scanner, spelling, token, true, &out->later)))
            return false;
        if ((spelling->how->prefixes.count || spelling->how->suffixes.count) &&
            !strip_affixes(scanner, spelling, token, from, out, later))
            return false;
    }
    return true;
}

att_status att_element_scan(att_element_scanner *scanner, att_span token, att_matched *out, att_error *error)
{
    att_ids later = {0};

    out->later.count = out->firsts.count = 0;
    bool good = scan_spellings(scanner, token, out, &later) && add_all(&out->later, &scanner->set->any);
    out->apart = out->firsts.count || later.count;
    if (out->apart)
        good = good && add_all(&out->firsts, &out->later) && add_all(&out->later, &later);
    free(later.items);
    if (!good)
        return att_fail_memory(error);
    sort_ids(&out->later);
    sort_ids(&out->firsts);
    return ATT_OK;
}

void att_matched_clear(att_matched *matched)
{
    free(matched->later.items);
    free(matched->firsts.items);
    *matched = (att_matched){0};
}
