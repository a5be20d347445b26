#include "match/elements.h"

#include "base/glob.h"
#include "match/texts.h"

#include <hs.h>
#include <stdlib.h>
#include <string.h>

#include "lexicon/expression.h"

/* U+001F INFORMATION SEPARATOR ONE: is never part of a token. */
#define SEPARATOR "\x1f"

/* A database and the element behind each of its patterns. */
typedef struct {
    hs_database_t *database; /* NULL: no patterns */
    att_ids elements;
} pattern_set;

struct att_element_set {
    const att_element *elements;
    uint32_t count;
    att_texts texts;         /* literals, and globs by the letters at one end */
    pattern_set globs;       /* over the folded token */
    pattern_set globs_exact; /* over the token in NFC */
    pattern_set regexes;     /* over the folded token, without separators */
    att_ids any;             /* the glob "*" in either kind */
    bool exact;              /* there is an element whose case counts */
    hs_scratch_t *scratch;   /* to be cloned by scanners */
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
    if (!beginning && !ending)
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

/* Everything but letters and digits as \xHH, so that nothing in it means anything to the compiler. */
static void put_escaped(att_buffer *out, char c)
{
    unsigned char byte = (unsigned char)c;

    if (byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z'))
        att_buffer_char(out, c);
    else
        att_buffer_format(out, "\\x%02x", byte);
}

/* `*` at either end needs no pattern of its own: leaving the separator out says the same and stays a literal. */
static void put_glob(att_buffer *out, att_span glob)
{
    bool open_start = glob.text[0] == '*', open_end = glob.text[glob.size - 1] == '*';

    if (!open_start)
        att_buffer_text(out, "\\x1f");
    for (size_t i = open_start; i < glob.size - open_end; i++) {
        if (glob.text[i] == '*')
            att_buffer_text(out, "[^\\x1f]*");
        else if (glob.text[i] == '?')
            att_buffer_text(out, "[^\\x1f]");
        else
            put_escaped(out, glob.text[i]);
    }
    if (!open_end)
        att_buffer_text(out, "\\x1f");
}

static att_status fail_compile(const att_element_set *set, const pattern_set *patterns, hs_compile_error_t *reason,
                               att_error *error)
{
    att_span text = att_span_of("");

    if (reason && reason->expression >= 0 && (size_t)reason->expression < patterns->elements.count)
        text = set->elements[patterns->elements.items[reason->expression]].text;
    att_status status = att_fail(
        error, ATT_BAD_INPUT, NULL, 0, 0, "the entry '%.*s' cannot be compiled: %s; simplify it or take it out",
        (int)(text.size < 200 ? text.size : 200), text.text, reason ? reason->message : "no reason given");
    hs_free_compile_error(reason);
    return status;
}

/* Compiles the elements of one kind into one database. */
static att_status compile_kind(att_element_set *set, att_element_kind kind, pattern_set *patterns, att_error *error)
{
    att_buffer text = {0};
    att_status status = ATT_OK;
    hs_compile_error_t *reason = NULL;
    const char **expressions = NULL;
    unsigned *flags = NULL, *ids = NULL;
    bool good = true;

    for (uint32_t id = 0; id < set->count && good; id++) {
        att_span pattern = set->elements[id].text;
        if (set->elements[id].kind != kind || (kind != ATT_REGEX && way_of(pattern) != GLOB_PATTERN))
            continue;
        good = att_ids_add(&patterns->elements, id);
        if (kind == ATT_REGEX)
            att_expression_put(&text, pattern);
        else
            put_glob(&text, pattern);
        att_buffer_char(&text, '\0');
    }
    size_t count = patterns->elements.count;
    if (!count)
        return good ? ATT_OK : att_fail_memory(error);
    expressions = calloc(count, sizeof *expressions);
    flags = calloc(count, sizeof *flags);
    ids = calloc(count, sizeof *ids);
    if (!good || text.failed || !expressions || !flags || !ids) {
        status = att_fail_memory(error);
        goto done;
    }
    const char *at = text.data ? text.data : "";
    for (size_t i = 0; i < count; i++) {
        expressions[i] = at;
        at += strlen(at) + 1;
        flags[i] = kind == ATT_REGEX ? ATT_EXPRESSION_FLAGS : HS_FLAG_UTF8 | HS_FLAG_SINGLEMATCH;
        ids[i] = (unsigned)i;
    }
    if (hs_compile_multi(expressions, flags, ids, (unsigned)count, HS_MODE_BLOCK, NULL, &patterns->database, &reason) !=
        HS_SUCCESS)
        status = fail_compile(set, patterns, reason, error);
    else if (hs_alloc_scratch(patterns->database, &set->scratch) != HS_SUCCESS)
        status = att_fail_memory(error);
done:
    free(expressions);
    free(flags);
    free(ids);
    att_buffer_clear(&text);
    return status;
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

att_status att_element_set_new(att_element_set **out, const att_element *elements, uint32_t count, att_error *error)
{
    att_element_set *set = calloc(1, sizeof *set);

    if (!set)
        return att_fail_memory(error);
    set->elements = elements;
    set->count = count;
    att_status status = add_texts(set) ? ATT_OK : att_fail_memory(error);
    if (!status)
        status = compile_kind(set, ATT_GLOB, &set->globs, error);
    if (!status)
        status = compile_kind(set, ATT_GLOB_EXACT, &set->globs_exact, error);
    if (!status)
        status = compile_kind(set, ATT_REGEX, &set->regexes, error);
    if (status) {
        att_element_set_free(set);
        return status;
    }
    *out = set;
    return ATT_OK;
}

static void clear_patterns(pattern_set *patterns)
{
    hs_free_database(patterns->database);
    free(patterns->elements.items);
}

void att_element_set_free(att_element_set *set)
{
    if (!set)
        return;
    clear_patterns(&set->globs);
    clear_patterns(&set->globs_exact);
    clear_patterns(&set->regexes);
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
    scan->no_memory |= !att_ids_add(scan->ids, scan->patterns->elements.items[id]);
    return scan->no_memory;
}

static bool scan_patterns(const att_element_scanner *scanner, const pattern_set *patterns, att_span text, att_ids *ids)
{
    scan_context scan = {patterns, ids, false};

    if (!patterns->database)
        return true;
    hs_error_t result =
        hs_scan(patterns->database, text.text, (unsigned)text.size, 0, scanner->scratch, on_match, &scan);
    return result == HS_SUCCESS && !scan.no_memory;
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
    folded->data[0] = folded->data[size + 1] = SEPARATOR[0];
    att_span inner = {folded->data + 1, size}, whole = {folded->data, size + 2};
    text_context texts = {set, inner, ids};
    return att_texts_find(&set->texts, inner, exact, on_text, &texts) &&
           scan_patterns(scanner, exact ? &set->globs_exact : &set->globs, whole, ids) &&
           (exact || scan_patterns(scanner, &set->regexes, inner, ids));
}

static int compare_ids(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
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
    if (ids->count > 1)
        qsort(ids->items, ids->count, sizeof *ids->items, compare_ids);
    return ATT_OK;
}
