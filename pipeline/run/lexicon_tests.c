/* Trying the examples that a lexicon brings. */
#include "lexicon/lexicon.h"
#include "run/lexicons.h"
#include "tokenise/vocabulary.h"

#include <stdlib.h>

/* What matching one text needs. */
typedef struct {
    att_run_lexicons lexicons;
    att_run_language *language;
    att_tokeniser *tokeniser;
    att_vocabulary *vocabulary;
    att_matcher *matcher;
    att_tokens tokens;
    att_hits hits;
} trial;

static att_status open_trial(trial *t, const char *name, const char *language, att_error *error)
{
    char *names[] = {(char *)(uintptr_t)name};
    const att_study study = {.lexicons = {names, 1}, .language = (char *)(uintptr_t)language};
    att_status status = att_run_lexicons_load(&t->lexicons, &study, NULL, error);

    if (status)
        return status;
    t->language = &t->lexicons.languages[0];
    status = att_run_language_prepare(t->language, error);
    if (!status)
        status = att_tokeniser_new(&t->tokeniser, t->language->rules, error);
    if (!status)
        status = att_vocabulary_new(&t->vocabulary, 0, error);
    return status ? status : att_matcher_new(&t->matcher, t->language->engine, error);
}

static void close_trial(trial *t)
{
    att_tokens_clear(&t->tokens);
    att_hits_clear(&t->hits);
    att_matcher_free(t->matcher);
    att_vocabulary_free(t->vocabulary);
    att_tokeniser_free(t->tokeniser);
    att_run_lexicons_clear(&t->lexicons);
}

/* Hits of a marker's node: those in the senses that it counts, and all; the matches' texts for the message. */
static void count_hits(const trial *t, const att_lexicon *lexicon, uint32_t marker, att_span text, uint32_t *counted,
                       att_buffer *found)
{
    uint32_t node = t->language->nodes[0][marker].nodes[0];

    *counted = 0;
    for (size_t i = 0; i < t->hits.count; i++) {
        const att_hit *hit = &t->hits.items[i];
        if (hit->node != node)
            continue;
        *counted += lexicon->markers[marker].senses >> hit->sense & 1;
        uint32_t start = t->tokens.start[hit->first], end = t->tokens.end[hit->first + hit->count - 1];
        att_buffer_format(found, "%s'%.*s' (%s)", found->size ? ", " : "", (int)(end - start), text.text + start,
                          att_sense_names[hit->sense]);
    }
}

static att_status try_claim(const trial *t, const att_lexicon *lexicon, const att_lexicon_test *test,
                            const att_test_claim *claim, att_diagnostics *diagnostics, att_error *error)
{
    att_buffer found = {0};
    uint32_t counted;

    count_hits(t, lexicon, claim->marker, test->text, &counted, &found);
    if (found.failed)
        return att_fail_memory(error);
    bool good = claim->at_least ? counted >= claim->hits : counted == claim->hits;
    if (!good)
        att_diagnose(diagnostics, ATT_ERROR, lexicon->file, test->line, test->column,
                     "this test of '%s' expects %s%u hit%s, but %u count%s (%s); mend the entries or the test",
                     lexicon->markers[claim->marker].path, claim->at_least ? "at least " : "", claim->hits,
                     claim->hits == 1 ? "" : "s", counted, counted == 1 ? "s" : "",
                     found.size ? found.data : "nothing is found");
    att_buffer_clear(&found);
    return good ? ATT_OK : ATT_BAD_INPUT;
}

static att_status try_test(trial *t, const att_lexicon *lexicon, const att_lexicon_test *test,
                           att_diagnostics *diagnostics, att_error *error)
{
    size_t size = test->text.size < ATT_TURN_PIECE ? test->text.size : ATT_TURN_PIECE;
    att_status status = att_tokenise(t->tokeniser, (att_span){test->text.text, size}, &t->tokens, error);
    bool failed = false;

    if (!status)
        status = att_vocabulary_assign(t->vocabulary, &t->tokens, att_matcher_learn, t->matcher, error);
    if (!status)
        status = att_match(t->matcher, &t->tokens, &t->hits, error);
    for (uint32_t i = 0; i < test->claim_count && !status; i++) {
        status = try_claim(t, lexicon, test, &lexicon->test_claims[test->first_claim + i], diagnostics, error);
        failed |= status == ATT_BAD_INPUT;
        status = status == ATT_BAD_INPUT ? ATT_OK : status;
    }
    return status ? status : failed ? ATT_BAD_INPUT : ATT_OK;
}

att_status att_lexicon_try(const char *name, const att_lexicon_options *options, size_t *tried,
                           att_diagnostics *diagnostics, att_error *error)
{
    trial t = {.language = NULL};
    bool failed = false;
    att_status status = open_trial(&t, name, options->language, error);

    *tried = 0;
    for (uint32_t i = 0; !status && i < t.lexicons.items[0]->test_count; i++) {
        status = try_test(&t, t.lexicons.items[0], &t.lexicons.items[0]->tests[i], diagnostics, error);
        failed |= status == ATT_BAD_INPUT;
        status = status == ATT_BAD_INPUT ? ATT_OK : status;
        ++*tried;
    }
    close_trial(&t);
    return status ? status : failed ? ATT_BAD_INPUT : ATT_OK;
}
