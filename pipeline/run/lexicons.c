#include "run/lexicons.h"

#include "base/yaml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static att_status load_one(att_run_lexicons *lexicons, const char *name, const char *language,
                           att_diagnostics *diagnostics, att_error *error)
{
    att_lexicon *lexicon = NULL;
    att_lexicon_options options = {.language = language};
    att_status status = att_lexicon_load_as(&lexicon, name, &options, diagnostics, error);

    if (!status)
        lexicons->items[lexicons->count++] = lexicon;
    return status;
}

static att_status load_all(att_run_lexicons *lexicons, const att_study *study, att_diagnostics *diagnostics,
                           att_error *error)
{
    lexicons->built_in = study->lexicons.count == 0;
    size_t count = lexicons->built_in ? att_builtin_count() : study->lexicons.count;
    att_status status = ATT_OK;

    lexicons->items = calloc(count ? count : 1, sizeof *lexicons->items);
    if (!lexicons->items)
        return att_fail_memory(error);
    for (size_t i = 0; i < count && !status; i++) {
        const char *name = lexicons->built_in ? att_builtin_get(i)->name : study->lexicons.items[i];
        /* A built-in lexicon's name begins with its language. */
        if (lexicons->built_in && study->language &&
            strncasecmp(name, study->language, att_language_primary(study->language)) != 0)
            continue;
        status = load_one(lexicons, name, study->language, diagnostics, error);
    }
    return status;
}

static att_status fail_language(const att_run_lexicons *lexicons, const att_study *study, att_error *error)
{
    if (lexicons->count)
        return att_fail(
            error, ATT_USAGE, NULL, 0, 0,
            "the language is '%s', but the lexicon '%s' is for '%s'; name a lexicon of the language with -l, "
            "or leave --lang out",
            study->language, lexicons->items[0]->name, lexicons->items[0]->language);
    return att_fail(error, ATT_USAGE, NULL, 0, 0,
                    "there is no built-in lexicon for the language '%s'; name one with -l ('attune lexicon list' shows "
                    "those that there are)",
                    study->language);
}

/* The list ends with a language without a tag. */
static att_run_language *find_tag(const att_run_lexicons *lexicons, const char *tag)
{
    for (att_run_language *language = lexicons->languages; language && language->tag; language++)
        if (strcasecmp(language->tag, tag) == 0)
            return language;
    return NULL;
}

static att_status sort_by_language(att_run_lexicons *lexicons, const att_study *study, att_error *error)
{
    lexicons->languages = calloc(lexicons->count + 1, sizeof *lexicons->languages);
    if (!lexicons->languages)
        return att_fail_memory(error);
    for (size_t i = 0; i < lexicons->count; i++) {
        att_run_language *language = find_tag(lexicons, lexicons->items[i]->language);
        if (!language) {
            language = &lexicons->languages[lexicons->language_count];
            language->tag = lexicons->items[i]->language;
            language->senses = !study->senses_off;
            language->lexicons = calloc(lexicons->count, sizeof *language->lexicons);
            language->nodes = calloc(lexicons->count, sizeof *language->nodes);
            lexicons->language_count++;
            if (!language->lexicons || !language->nodes)
                return att_fail_memory(error);
        }
        language->lexicons[language->count] = lexicons->items[i];
        language->nodes[language->count++] = lexicons->map.of[i];
    }
    return ATT_OK;
}

att_status att_run_lexicons_load(att_run_lexicons *out, const att_study *study, att_diagnostics *diagnostics,
                                 att_error *error)
{
    att_run_lexicons lexicons = {0};
    att_status status = load_all(&lexicons, study, diagnostics, error);

    if (!status)
        status = att_scheme_build(&lexicons.map, (const att_lexicon *const *)lexicons.items, lexicons.count, error);
    if (!status)
        status = sort_by_language(&lexicons, study, error);
    if (!status && study->language && !att_run_lexicons_find(&lexicons, study->language))
        status = fail_language(&lexicons, study, error);
    if (status) {
        att_run_lexicons_clear(&lexicons);
        return status;
    }
    *out = lexicons;
    return ATT_OK;
}

void att_run_lexicons_clear(att_run_lexicons *lexicons)
{
    for (size_t i = 0; i < lexicons->language_count; i++) {
        att_run_language *language = &lexicons->languages[i];
        att_engine_free(language->engine);
        att_lexicon_free(language->builtin_cues);
        free(language->given_up);
        att_word_rules_free(language->rules);
        free(language->lexicons);
        free(language->nodes);
    }
    free(lexicons->languages);
    att_scheme_clear(&lexicons->map);
    for (size_t i = 0; i < lexicons->count; i++)
        att_lexicon_free(lexicons->items[i]);
    free(lexicons->items);
    *lexicons = (att_run_lexicons){0};
}

att_run_language *att_run_lexicons_find(const att_run_lexicons *lexicons, const char *tag)
{
    att_run_language *language = find_tag(lexicons, tag);

    for (size_t i = 0; i < lexicons->language_count && !language; i++)
        if (att_language_same(lexicons->languages[i].tag, tag))
            language = &lexicons->languages[i];
    return language;
}

/* "cues/en" for "en-GB", unless all lexicons bring their own. */
const att_builtin *att_run_language_cues(const att_run_language *language)
{
    bool wanted = false;
    char name[32];

    for (size_t i = 0; i < language->count; i++)
        wanted |= !language->lexicons[i]->cues_replace;
    (void)snprintf(name, sizeof name, "cues/%.*s", (int)att_language_primary(language->tag), language->tag);
    return wanted && language->senses ? att_builtin_find(name) : NULL;
}

bool att_run_language_lacks_cues(const att_run_language *language)
{
    for (size_t i = 0; i < language->count; i++)
        if (language->lexicons[i]->cues || language->lexicons[i]->cues_replace)
            return false;
    return language->senses && !att_run_language_cues(language);
}

/* The built-in cue words, and those of the lexicons. */
static att_status make_engine(att_run_language *language, att_error *error)
{
    const att_builtin *builtin = att_run_language_cues(language);
    const att_lexicon **cues = calloc(language->count + 1, sizeof *cues);
    att_status status = cues ? ATT_OK : att_fail_memory(error);
    size_t count = 0;

    if (!status && builtin)
        status = att_lexicon_load(&language->builtin_cues, builtin->name, NULL, error);
    if (!status && language->builtin_cues)
        cues[count++] = language->builtin_cues;
    for (size_t i = 0; i < language->count && !status && language->senses; i++)
        if (language->lexicons[i]->cues)
            cues[count++] = language->lexicons[i]->cues;
    if (!status)
        status = att_engine_new(&language->engine, language->lexicons, language->nodes, language->count,
                                (att_cue_lexicons){cues, count}, error);
    free(cues);
    return status;
}

att_status att_run_language_prepare(att_run_language *language, att_error *error)
{
    att_status status = ATT_OK;

    if (!language->rules)
        status = att_word_rules_new(&language->rules, language->tag, error);
    if (!status && !language->engine)
        status = make_engine(language, error);
    if (!status && !language->given_up) {
        language->given_up = calloc(att_engine_turn_regex_count(language->engine) + 1, sizeof *language->given_up);
        if (!language->given_up)
            status = att_fail_memory(error);
    }
    return status;
}

void att_run_lexicons_tags(const att_run_lexicons *lexicons, char *out, size_t size)
{
    size_t used = 0;

    out[0] = '\0';
    for (size_t i = 0; i < lexicons->language_count && used < size; i++) {
        int length = snprintf(out + used, size - used, "%s%s", i ? ", " : "", lexicons->languages[i].tag);
        used += length > 0 ? (size_t)length : 0;
    }
}

void att_run_lexicons_warn(const att_run_lexicons *lexicons, att_diagnostics *diagnostics)
{
    for (size_t l = 0; l < lexicons->language_count; l++) {
        const att_run_language *language = &lexicons->languages[l];
        for (size_t i = 0; language->given_up && i < att_engine_turn_regex_count(language->engine); i++) {
            const char *file;
            const att_entry *entry = att_engine_turn_regex(language->engine, i, &file);
            if (language->given_up[i])
                att_diagnose(diagnostics, ATT_WARNING, file, entry->line, entry->column,
                             "the regex '%s' takes too many steps in %llu turn%s, where it has no hits; simplify it "
                             "(nested repetitions such as (a+)+ are the usual cause)",
                             att_excerpt_of(att_span_of(entry->term)).text, (unsigned long long)language->given_up[i],
                             language->given_up[i] == 1 ? "" : "s");
        }
    }
}
