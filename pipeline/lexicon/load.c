/* Loading: a file, a built-in lexicon or a piece of memory becomes an att_lexicon. */
#include "base/file.h"
#include "base/hash.h"
#include "base/nearest.h"
#include "lexicon/databases.h"
#include "lexicon/draft.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uloc.h>
#include <unistd.h>

/* What a lexicon owns. */
typedef struct {
    att_lexicon lexicon;
    att_arena arena;
    att_databases databases;
} holder;

#define HOLDS "a lexicon holds name, language, version, licence, citation, description, ignore, affixes and markers"

static const char *const top_keys[] = {"name",        "language", "version", "licence", "citation",
                                       "description", "ignore",   "affixes", "markers"};
enum { TOP_KEYS = sizeof top_keys / sizeof top_keys[0] };

static bool is_top_key(const att_yaml_node *key)
{
    for (size_t i = 0; i < TOP_KEYS; i++)
        if (att_span_equal(key->text, att_span_of(top_keys[i])))
            return true;
    return false;
}

static att_status refuse_top_key(att_draft *draft, const att_yaml_node *key)
{
    att_excerpt shown = att_excerpt_of(key->text);
    const char *near = att_nearest(key->text, top_keys, TOP_KEYS, 2);

    if (near)
        return att_draft_refuse(draft, key, "unknown key '%s'; " HOLDS "; did you mean '%s'?", shown.text, near);
    return att_draft_refuse(draft, key, "unknown key '%s'; " HOLDS "; put a marker below 'markers:', indented",
                            shown.text);
}

/* A plain nested list, as other programs take it, lacks `markers:`; say so before complaining about its names. */
static att_status check_top(att_draft *draft, const att_yaml_node *root)
{
    static const char *const markers[] = {"markers"};
    const att_yaml_node *stranger = NULL;
    att_status status = ATT_OK;

    if (root->kind != ATT_YAML_MAP)
        return att_draft_refuse(draft, root,
                                "a lexicon begins with lines such as 'name: …', 'language: en' and 'markers:'; add "
                                "them and put the entries below the name of a marker");
    for (const att_yaml_node *value = root->first; value && !stranger; value = value->next)
        if (!is_top_key(value->key))
            stranger = value->key;
    if (!att_yaml_get(root, "markers")) {
        if (stranger && att_nearest(stranger->text, markers, 1, 2))
            return refuse_top_key(draft, stranger);
        return att_draft_refuse(
            draft, stranger ? stranger : root,
            "there is no 'markers:'; put the markers below a line 'markers:', indented with spaces");
    }
    for (const att_yaml_node *value = root->first; value && att_draft_goes_on(draft, status); value = value->next)
        if (!is_top_key(value->key))
            status = refuse_top_key(draft, value->key);
    return att_draft_goes_on(draft, status) ? ATT_OK : status;
}

/* The text of a top-level key; "" where it is missing or nothing is written. */
static att_status read_text(att_draft *draft, const att_yaml_node *root, const char *key, bool needed, const char **out)
{
    const att_yaml_node *node = att_yaml_get(root, key);

    *out = "";
    if (node && node->kind != ATT_YAML_SCALAR)
        return att_draft_refuse(draft, node, "'%s' must be a text; write it after the colon", key);
    if (needed && (!node || node->text.size == 0))
        return att_draft_refuse(draft, node ? node->key : root, "'%s' is missing; add a line such as '%s: %s'", key,
                                key, strcmp(key, "language") == 0 ? "en" : "My markers");
    if (!node)
        return ATT_OK;
    *out = att_draft_copy(draft, node->text);
    return *out ? ATT_OK : att_fail_memory(draft->error);
}

/* BCP 47 in canonical case, by ICU. ICU takes any word of up to eight letters for a language; none has more than three.
 */
static att_status canonise_language(att_draft *draft, const att_yaml_node *node, const char **language)
{
    char locale[ULOC_FULLNAME_CAPACITY];
    char tag[ULOC_FULLNAME_CAPACITY];
    int32_t parsed = 0;
    UErrorCode code = U_ZERO_ERROR;
    size_t size = strlen(*language);
    bool good = size < 100 && strcspn(*language, "-") >= 2 && strcspn(*language, "-") <= 3;

    if (good) {
        (void)uloc_forLanguageTag(*language, locale, sizeof locale, &parsed, &code);
        good = U_SUCCESS(code) && code != U_STRING_NOT_TERMINATED_WARNING && (size_t)parsed == size;
    }
    if (good) {
        (void)uloc_toLanguageTag(locale, tag, sizeof tag, true, &code);
        good = U_SUCCESS(code) && code != U_STRING_NOT_TERMINATED_WARNING;
    }
    if (code == U_MEMORY_ALLOCATION_ERROR)
        return att_fail_memory(draft->error);
    if (!good)
        return att_draft_refuse(draft, node, "bad language '%s'; write a code of BCP 47, such as en, de or pt-BR",
                                att_excerpt_of(att_span_of(*language)).text);
    *language = att_draft_copy(draft, att_span_of(tag));
    return *language ? ATT_OK : att_fail_memory(draft->error);
}

static att_status read_metadata(att_draft *draft, const att_yaml_node *root, att_lexicon *lexicon)
{
    att_status status = read_text(draft, root, "name", true, &lexicon->name);

    if (att_draft_goes_on(draft, status))
        status = read_text(draft, root, "version", false, &lexicon->version);
    if (att_draft_goes_on(draft, status))
        status = read_text(draft, root, "licence", false, &lexicon->licence);
    if (att_draft_goes_on(draft, status))
        status = read_text(draft, root, "citation", false, &lexicon->citation);
    if (att_draft_goes_on(draft, status))
        status = read_text(draft, root, "description", false, &lexicon->description);
    if (att_draft_goes_on(draft, status)) {
        /* Without a language nothing can be cut into words: that always stops. */
        status = read_text(draft, root, "language", true, &lexicon->language);
        if (status == ATT_OK)
            status = canonise_language(draft, att_yaml_get(root, "language"), &lexicon->language);
    }
    return status;
}

/* Moves an array of the draft into the arena. */
static bool keep(att_arena *arena, const void **out, const void *items, size_t count, size_t size)
{
    void *copy = att_arena_take(arena, count * size);

    if (!copy)
        return false;
    if (count > 0)
        memcpy(copy, items, count * size);
    *out = copy;
    return true;
}

static att_status finish(att_draft *draft, att_lexicon *lexicon)
{
    const void *markers = NULL;
    const void *entries = NULL;
    const void *elements = NULL;
    const void *sequence = NULL;
    const void *forms = NULL;
    const void *exceptions = NULL;

    if (!keep(draft->arena, &markers, draft->markers, draft->marker_count, sizeof *draft->markers) ||
        !keep(draft->arena, &entries, draft->entries, draft->entry_count, sizeof *draft->entries) ||
        !keep(draft->arena, &elements, draft->elements, draft->element_count, sizeof *draft->elements) ||
        !keep(draft->arena, &sequence, draft->sequence, draft->sequence_count, sizeof *draft->sequence) ||
        !keep(draft->arena, &forms, draft->forms.items, draft->forms.count, sizeof *draft->forms.items) ||
        !keep(draft->arena, &exceptions, draft->exceptions.items, draft->exceptions.count,
              sizeof *draft->exceptions.items))
        return att_fail_memory(draft->error);
    lexicon->spelling = draft->spelling;
    lexicon->spelling_text = draft->spelling_text;
    lexicon->markers = markers;
    lexicon->marker_count = (uint32_t)draft->marker_count;
    lexicon->entries = entries;
    lexicon->entry_count = (uint32_t)draft->entry_count;
    lexicon->elements = elements;
    lexicon->element_count = (uint32_t)draft->element_count;
    lexicon->sequence = sequence;
    lexicon->forms = forms;
    lexicon->exceptions = exceptions;
    return ATT_OK;
}

/* What is made of words, which only an open draft can cut. */
static att_status read_content(att_draft *draft, const att_yaml_node *root)
{
    att_status status = att_draft_spelling(draft, att_yaml_get(root, "ignore"), att_yaml_get(root, "affixes"));

    return att_draft_goes_on(draft, status) ? att_draft_markers(draft, att_yaml_get(root, "markers")) : status;
}

static att_status read_root(att_draft *draft, const att_yaml_node *root, att_lexicon *lexicon)
{
    att_status status = check_top(draft, root);

    if (status == ATT_OK)
        status = read_metadata(draft, root, lexicon);
    if (status == ATT_OK)
        status = att_draft_open(draft, lexicon->language);
    if (status == ATT_OK)
        status = read_content(draft, root);
    if (status == ATT_OK)
        status = att_draft_compile(draft);
    if (att_draft_goes_on(draft, status))
        status = att_draft_findings(draft);
    if (status == ATT_OK && draft->check)
        status = att_draft_doubts(draft);
    return status;
}

/* *errors: findings told as errors (check only). */
static att_status read_lexicon(att_lexicon **out, const char *file, att_span yaml, bool check, size_t *errors,
                               att_diagnostics *diagnostics, att_error *error)
{
    const att_yaml_node *root = NULL;
    att_arena nodes = {0};
    holder *held = calloc(1, sizeof *held);

    if (!held)
        return att_fail_memory(error);
    att_draft draft = {.check = check,
                       .diagnostics = diagnostics,
                       .error = error,
                       .arena = &held->arena,
                       .databases = &held->databases};
    held->lexicon.memory = held;
    held->lexicon.databases = &held->databases;
    held->lexicon.hash = att_hash64(yaml.text, yaml.size);
    draft.file = held->lexicon.file = att_draft_copy(&draft, att_span_of(file));
    att_status status = draft.file ? att_yaml_parse(&root, &nodes, draft.file, yaml, error) : att_fail_memory(error);
    if (status == ATT_OK && !root)
        status = att_fail(error, ATT_BAD_INPUT, draft.file, 1, 1,
                          "nothing stands in the file; see docs/lexicon-format.md for what a lexicon holds");
    else if (status == ATT_OK)
        status = read_root(&draft, root, &held->lexicon);
    if (status == ATT_OK)
        status = finish(&draft, &held->lexicon);
    *errors = draft.errors;
    att_draft_close(&draft);
    att_arena_clear(&nodes);
    if (status == ATT_OK)
        *out = &held->lexicon;
    else
        att_lexicon_free(&held->lexicon);
    return status;
}

void att_lexicon_free(att_lexicon *lexicon)
{
    if (!lexicon)
        return;
    holder *held = lexicon->memory;
    att_databases_clear(&held->databases);
    att_arena_clear(&held->arena);
    free(held);
}

att_status att_lexicon_parse(att_lexicon **out, const char *file, att_span yaml, att_diagnostics *diagnostics,
                             att_error *error)
{
    size_t errors = 0;

    return read_lexicon(out, file, yaml, false, &errors, diagnostics, error);
}

static bool ends_in(const char *name, const char *end)
{
    size_t size = strlen(name);
    size_t tail = strlen(end);

    return size >= tail && strcmp(name + size - tail, end) == 0;
}

/* The built-in names that somebody may have meant: the same last part or language, or nearly the same name. */
static void suggest(att_buffer *out, const char *name)
{
    const char *base = strrchr(name, '/') ? strrchr(name, '/') + 1 : name;
    size_t language = strcspn(name, "/");

    for (size_t i = 0; i < att_builtin_count() && out->size < 200; i++) {
        const char *known = att_builtin_get(i)->name;
        const char *last = strrchr(known, '/') ? strrchr(known, '/') + 1 : known;
        bool same_language = strncmp(known, name, language) == 0 && known[language] == '/';
        if (strcmp(base, last) != 0 && !same_language &&
            att_edit_distance(att_span_of(name), att_span_of(known), 3) > 3)
            continue;
        att_buffer_format(out, "%s%s", out->size ? ", " : "; did you mean ", known);
    }
    if (out->size)
        att_buffer_char(out, '?');
}

static att_status fail_unknown(const char *name, att_error *error)
{
    att_buffer near = {0};

    suggest(&near, name);
    att_status status = att_fail(error, ATT_BAD_INPUT, NULL, 0, 0,
                                 "lexicon '%s': there is no such file and no built-in lexicon of this name%s; 'attune "
                                 "lexicon list' shows the built-in ones",
                                 att_excerpt_of(att_span_of(name)).text, near.size && !near.failed ? near.data : "");
    att_buffer_clear(&near);
    return status;
}

static att_status load_builtin(att_lexicon **out, const att_builtin *builtin, bool check, size_t *errors,
                               att_diagnostics *diagnostics, att_error *error)
{
    att_buffer file = {0};

    att_buffer_format(&file, "built-in %s", builtin->name);
    att_status status = file.failed ? att_fail_memory(error)
                                    : read_lexicon(out, file.data, builtin->yaml, check, errors, diagnostics, error);
    att_buffer_clear(&file);
    return status;
}

static att_status load(att_lexicon **out, const char *name, bool check, size_t *errors, att_diagnostics *diagnostics,
                       att_error *error)
{
    bool is_path = ends_in(name, ".yml") || ends_in(name, ".yaml");
    const att_builtin *builtin = is_path ? NULL : att_builtin_find(name);
    att_buffer yaml = {0};

    if (builtin)
        return load_builtin(out, builtin, check, errors, diagnostics, error);
    if (access(name, F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR))
        return fail_unknown(name, error);
    att_status status = att_file_read(&yaml, name, ATT_YAML_BYTES, error);
    if (status == ATT_OK)
        status = read_lexicon(out, name, (att_span){yaml.data, yaml.size}, check, errors, diagnostics, error);
    att_buffer_clear(&yaml);
    return status;
}

att_status att_lexicon_load(att_lexicon **out, const char *name, att_diagnostics *diagnostics, att_error *error)
{
    size_t errors = 0;

    return load(out, name, false, &errors, diagnostics, error);
}

att_status att_lexicon_check(const char *name, att_diagnostics *diagnostics)
{
    att_lexicon *lexicon = NULL;
    att_error error = {.status = ATT_OK};
    size_t errors = 0;
    att_status status = load(&lexicon, name, true, &errors, diagnostics, &error);

    att_lexicon_free(lexicon);
    /* Errors with a place of their own are in the diagnostics already; the others are complete with theirs. */
    if (error.status != ATT_OK)
        att_diagnose(diagnostics, ATT_ERROR, NULL, 0, 0, "%s", error.message);
    return status == ATT_OK && errors > 0 ? ATT_BAD_INPUT : status;
}
