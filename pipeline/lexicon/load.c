/* Loading: a file, a built-in lexicon or a piece of memory becomes an att_lexicon. */
#include "base/file.h"
#include "base/hash.h"
#include "base/nearest.h"
#include "lexicon/cues.h"
#include "lexicon/databases.h"
#include "lexicon/dictionary_nodes.h"
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

#define HOLDS                                                                                                          \
    "a lexicon holds name, language, version, licence, citation, description, ignore, affixes, markers, cues, tests "  \
    "and exclusive"

static const char *const top_keys[] = {"name",   "language", "version", "licence", "citation", "description",
                                       "ignore", "affixes",  "markers", "cues",    "tests",    "exclusive"};
/* How a file is to be loaded. */
typedef struct {
    att_lexicon_options options;
    bool check;
} lexicon_wish;

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
    const void *tests = NULL, *claims = NULL;
    const void *rules = NULL, *parts = NULL, *terms = NULL, *rule_entries = NULL, *conditions = NULL;
    const void *groups = NULL;

    if (!keep(draft->arena, &tests, draft->tests, draft->test_count, sizeof *draft->tests) ||
        !keep(draft->arena, &claims, draft->claims, draft->claim_count, sizeof *draft->claims))
        return att_fail_memory(draft->error);
    lexicon->tests = tests;
    lexicon->test_count = (uint32_t)draft->test_count;
    lexicon->test_claims = claims;
    if (!keep(draft->arena, &rules, draft->rule_list, draft->rule_count, sizeof *draft->rule_list) ||
        !keep(draft->arena, &parts, draft->parts, draft->part_count, sizeof *draft->parts) ||
        !keep(draft->arena, &terms, draft->rule_terms, draft->rule_term_count, sizeof *draft->rule_terms) ||
        !keep(draft->arena, &conditions, draft->rule_conditions, draft->rule_condition_count,
              sizeof *draft->rule_conditions) ||
        !keep(draft->arena, &rule_entries, draft->rule_entries, draft->rule_entry_count, sizeof *draft->rule_entries))
        return att_fail_memory(draft->error);
    lexicon->rules = rules;
    lexicon->rule_count = (uint32_t)draft->rule_count;
    lexicon->rule_parts = parts;
    lexicon->rule_terms = terms;
    lexicon->rule_term_count = (uint32_t)draft->rule_term_count;
    lexicon->rule_entries = rule_entries;
    lexicon->rule_conditions = conditions;
    lexicon->rule_condition_count = (uint32_t)draft->rule_condition_count;
    if (!keep(draft->arena, &markers, draft->markers, draft->marker_count, sizeof *draft->markers) ||
        !keep(draft->arena, &entries, draft->entries, draft->entry_count, sizeof *draft->entries) ||
        !keep(draft->arena, &elements, draft->elements, draft->element_count, sizeof *draft->elements) ||
        !keep(draft->arena, &sequence, draft->sequence, draft->sequence_count, sizeof *draft->sequence) ||
        !keep(draft->arena, &forms, draft->forms.items, draft->forms.count, sizeof *draft->forms.items) ||
        !keep(draft->arena, &exceptions, draft->exceptions.items, draft->exceptions.count,
              sizeof *draft->exceptions.items) ||
        !keep(draft->arena, &groups, draft->groups, draft->group_count, sizeof *draft->groups))
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
    lexicon->groups = groups;
    lexicon->group_count = (uint32_t)draft->group_count;
    return ATT_OK;
}

/* The markers below a node and all that their entries need. root: the lexicon, whose spelling and exclusive groups
 * they have; NULL: none. */
static att_status read_markers(att_draft *draft, const att_yaml_node *markers, const att_yaml_node *root,
                               const char *language)
{
    att_status status = att_draft_open(draft, language);

    if (status == ATT_OK && root)
        status = att_draft_spelling(draft, att_yaml_get(root, "ignore"), att_yaml_get(root, "affixes"));
    if (att_draft_goes_on(draft, status)) {
        att_status content = att_draft_markers(draft, markers);
        status = status == ATT_OK ? content : status;
    }
    if (att_draft_goes_on(draft, status) && !att_marker_names_new(&draft->names, draft->markers, draft->marker_count))
        return att_fail_memory(draft->error);
    if (att_draft_goes_on(draft, status)) {
        att_status rules = att_draft_rules(draft);
        status = status == ATT_OK ? rules : status;
    }
    if (status == ATT_OK)
        status = att_draft_compile(draft);
    if (att_draft_goes_on(draft, status)) {
        att_status groups = att_draft_exclusive(draft, root ? att_yaml_get(root, "exclusive") : NULL);
        status = status == ATT_OK ? groups : status;
    }
    if (att_draft_goes_on(draft, status))
        status = att_draft_findings(draft);
    return status;
}

/* A cue is a word or a phrase, so that it has a place and a length. */
static att_status check_cue_words(att_draft *draft, const att_yaml_node *lists)
{
    for (size_t i = 0; i < draft->entry_count; i++) {
        const att_entry *entry = &draft->entries[i];
        att_sequence form = draft->forms.items[entry->form];
        if (!att_is_turn_regex(draft->elements[draft->sequence[form.first]].kind))
            continue;
        att_yaml_node place = *lists;
        place.line = entry->line;
        place.column = entry->column;
        return att_draft_refuse(draft, &place, "a cue cannot be a regex over turns; write words, or a regex over one");
    }
    return ATT_OK;
}

/* Are they all lists of cues? */
static att_status check_cues(att_draft *draft, const att_yaml_node *lists)
{
    for (size_t i = 0; i < draft->marker_count; i++) {
        const att_marker *marker = &draft->markers[i];
        if (!marker->entry_count || att_cue_kinds_of(marker->path))
            continue;
        att_yaml_node place = *lists;
        place.line = marker->line;
        place.column = marker->column;
        return att_draft_refuse(draft, &place, "there is no list of cues '%s'; there are %s", marker->path,
                                att_cue_lists);
    }
    return check_cue_words(draft, lists);
}

/* A lexicon's own lists of cues become a lexicon of their own. */
static att_status read_cue_lists(att_draft *draft, const att_yaml_node *lists, att_lexicon *lexicon)
{
    holder *held = calloc(1, sizeof *held);

    if (!held)
        return att_fail_memory(draft->error);
    att_draft cues = {.file = draft->file,
                      .check = draft->check,
                      .diagnostics = draft->diagnostics,
                      .error = draft->error,
                      .arena = &held->arena,
                      .databases = &held->databases};
    held->lexicon = (att_lexicon){.file = lexicon->file,
                                  .name = "cues",
                                  .language = lexicon->language,
                                  .version = "",
                                  .licence = "",
                                  .citation = "",
                                  .description = "",
                                  .databases = &held->databases,
                                  .memory = held};
    att_status status = read_markers(&cues, lists, NULL, lexicon->language);
    if (status == ATT_OK)
        status = check_cues(&cues, lists);
    if (status == ATT_OK)
        status = finish(&cues, &held->lexicon);
    draft->errors += cues.errors;
    att_draft_close(&cues);
    if (status == ATT_OK)
        lexicon->cues = &held->lexicon;
    else
        att_lexicon_free(&held->lexicon);
    return status;
}

static att_status read_cues(att_draft *draft, const att_yaml_node *node, att_lexicon *lexicon)
{
    if (!node || att_yaml_is_blank(node))
        return ATT_OK;
    const att_yaml_node *lists = node->kind == ATT_YAML_MAP ? node->first : NULL;
    bool adds = lists && att_span_equal(lists->key->text, att_span_of("add"));
    lexicon->cues_replace = lists && att_span_equal(lists->key->text, att_span_of("replace"));
    if (!lists || lists->next || (!adds && !lexicon->cues_replace))
        return att_draft_refuse(
            draft, node,
            "'cues' must hold either 'add:', for cue words beside the built-in ones, or 'replace:', "
            "for all that there are to be; write the lists below it");
    if (lexicon->cues_replace && att_yaml_is_blank(lists))
        return ATT_OK; /* no cue words at all */
    return read_cue_lists(draft, lists, lexicon);
}

static att_status read_root(att_draft *draft, const att_yaml_node *root, att_lexicon *lexicon)
{
    att_status status = check_top(draft, root);

    if (status == ATT_OK)
        status = read_metadata(draft, root, lexicon);
    if (status == ATT_OK)
        status = read_markers(draft, att_yaml_get(root, "markers"), root, lexicon->language);
    if (att_draft_goes_on(draft, status))
        status = read_cues(draft, att_yaml_get(root, "cues"), lexicon);
    if (att_draft_goes_on(draft, status) && att_yaml_get(root, "tests")) {
        att_status tests = att_draft_tests(draft, att_yaml_get(root, "tests"));
        status = status == ATT_OK ? tests : status;
    }
    if (status == ATT_OK && draft->check)
        status = att_draft_doubts(draft);
    return status;
}

/* *errors: findings told as errors (check only). given: a tree that is read in the place of the bytes; NULL: none. */
static att_status read_lexicon(att_lexicon **out, const char *file, att_span yaml, const att_yaml_node *given,
                               bool check, size_t *errors, att_diagnostics *diagnostics, att_error *error)
{
    const att_yaml_node *root = given;
    att_arena nodes = {0};
    holder *held = calloc(1, sizeof *held);

    if (!held)
        return att_fail_memory(error);
    att_draft draft = {.check = check,
                       .lenient = given != NULL,
                       .diagnostics = diagnostics,
                       .error = error,
                       .arena = &held->arena,
                       .databases = &held->databases};
    held->lexicon.memory = held;
    held->lexicon.databases = &held->databases;
    held->lexicon.hash = att_hash64(yaml.text, yaml.size);
    draft.file = held->lexicon.file = att_draft_copy(&draft, att_span_of(file));
    att_status status = draft.file ? ATT_OK : att_fail_memory(error);
    if (status == ATT_OK && !given)
        status = att_yaml_parse(&root, &nodes, draft.file, yaml, error);
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
    att_lexicon_free(lexicon->cues);
    att_databases_clear(&held->databases);
    att_arena_clear(&held->arena);
    free(held);
}

att_status att_lexicon_parse(att_lexicon **out, const char *file, att_span yaml, att_diagnostics *diagnostics,
                             att_error *error)
{
    size_t errors = 0;

    return read_lexicon(out, file, yaml, NULL, false, &errors, diagnostics, error);
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
    att_status status = file.failed
                            ? att_fail_memory(error)
                            : read_lexicon(out, file.data, builtin->yaml, NULL, check, errors, diagnostics, error);
    att_buffer_clear(&file);
    return status;
}

/* "of/mary.dic" -> "mary" */
static const char *name_of(att_arena *arena, const char *path)
{
    const char *base = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    const char *point = strrchr(base, '.');

    return att_arena_copy(arena, (att_span){base, point && point > base ? (size_t)(point - base) : strlen(base)});
}

static att_status fail_language(const char *path, const att_dictionary_format *format, att_error *error)
{
    return att_fail(error, ATT_USAGE, path, 0, 0,
                    "a dictionary (%s) does not say its language; name it with --lang, such as --lang en",
                    format->title);
}

/* Of another program: bytes that are the same in another language or encoding make another lexicon. */
static uint64_t hash_dictionary(const char *language, const char *encoding)
{
    uint64_t hash = att_hash64(language, strlen(language)) * UINT64_C(0x9E3779B97F4A7C15);

    return encoding ? hash ^ att_hash64(encoding, strlen(encoding)) : hash;
}

static att_status load_dictionary(att_lexicon **out, const char *path, att_span bytes, const lexicon_wish *wish,
                                  size_t *errors, att_diagnostics *diagnostics, att_error *error)
{
    const att_dictionary_format *format = NULL;
    const att_yaml_node *root = NULL;
    att_dictionary dictionary = {0};
    att_losses losses = {0};
    att_arena nodes = {0};
    const char *language = wish->options.language;
    att_status status =
        att_dictionary_read(&dictionary, &format, path, bytes, wish->options.encoding, diagnostics, error);

    if (status == ATT_OK && !language)
        status = fail_language(path, format, error);
    if (status == ATT_OK)
        status = att_dictionary_fit(&dictionary, &att_dictionary_attune, &losses, error);
    const char *name = status == ATT_OK ? name_of(&nodes, path) : NULL;
    if (status == ATT_OK)
        status =
            name ? att_dictionary_nodes(&root, &nodes, &dictionary, name, language, error) : att_fail_memory(error);
    if (status == ATT_OK) {
        att_losses_tell(&dictionary.losses, path, NULL, diagnostics);
        att_losses_tell(&losses, path, "a lexicon", diagnostics);
        status = read_lexicon(out, path, bytes, root, wish->check, errors, diagnostics, error);
    }
    if (status == ATT_OK && language)
        (*out)->hash ^= hash_dictionary(language, wish->options.encoding);
    att_arena_clear(&nodes);
    att_dictionary_clear(&dictionary);
    return status;
}

/* Is it a lexicon, and not a dictionary of another program? YAML that is not plainly ours is quanteda's only where
 * somebody says what language it is in: else the author of a lexicon is told what is missing in it. */
static bool is_own(const char *name, att_span bytes, const att_lexicon_options *options)
{
    const att_dictionary_format *format = att_dictionary_recognise(name, bytes);

    return !format || format == &att_dictionary_attune || (format == &att_dictionary_quanteda && !options->language);
}

static att_status load(att_lexicon **out, const char *name, const lexicon_wish *wish, size_t *errors,
                       att_diagnostics *diagnostics, att_error *error)
{
    bool is_path = ends_in(name, ".yml") || ends_in(name, ".yaml");
    const att_builtin *builtin = is_path ? NULL : att_builtin_find(name);
    att_buffer bytes = {0};

    if (builtin)
        return load_builtin(out, builtin, wish->check, errors, diagnostics, error);
    if (access(name, F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR))
        return fail_unknown(name, error);
    att_status status = att_file_read(&bytes, name, ATT_YAML_BYTES, error);
    att_span text = {bytes.size ? bytes.data : "", bytes.size};
    if (status == ATT_OK && is_own(name, text, &wish->options))
        status = read_lexicon(out, name, text, NULL, wish->check, errors, diagnostics, error);
    else if (status == ATT_OK)
        status = load_dictionary(out, name, text, wish, errors, diagnostics, error);
    att_buffer_clear(&bytes);
    return status;
}

att_status att_lexicon_load_as(att_lexicon **out, const char *name, const att_lexicon_options *options,
                               att_diagnostics *diagnostics, att_error *error)
{
    lexicon_wish wish = {.options = options ? *options : (att_lexicon_options){0}};
    att_error own = {.status = ATT_OK};
    size_t errors = 0;

    return load(out, name, &wish, &errors, diagnostics, error ? error : &own);
}

att_status att_lexicon_load(att_lexicon **out, const char *name, att_diagnostics *diagnostics, att_error *error)
{
    return att_lexicon_load_as(out, name, NULL, diagnostics, error);
}

att_status att_lexicon_check_as(const char *name, const att_lexicon_options *options, att_diagnostics *diagnostics)
{
    lexicon_wish wish = {.options = options ? *options : (att_lexicon_options){0}, .check = true};
    att_lexicon *lexicon = NULL;
    att_error error = {.status = ATT_OK};
    size_t errors = 0;
    att_status status = load(&lexicon, name, &wish, &errors, diagnostics, &error);

    att_lexicon_free(lexicon);
    /* Errors with a place of their own are in the diagnostics already; the others are complete with theirs. */
    if (error.status != ATT_OK)
        att_diagnose(diagnostics, ATT_ERROR, NULL, 0, 0, "%s", error.message);
    return status == ATT_OK && errors > 0 ? ATT_BAD_INPUT : status;
}

att_status att_lexicon_check(const char *name, att_diagnostics *diagnostics)
{
    return att_lexicon_check_as(name, NULL, diagnostics);
}
