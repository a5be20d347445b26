#include "run/survey.h"

#include "base/arena.h"
#include "run/find_inputs.h"
#include "run/language.h"
#include "run/opened.h"
#include "run/speaker_table.h"
#include "tally/names.h"
#include "tokenise/tokenise.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_TOKENISERS = 16 };

/* Tokens are counted by the word rules of the transcript's language. */
typedef struct {
    char tag[16];
    att_word_rules *rules;
    att_tokeniser *tokeniser;
} language_tools;

/* The memory of one thread. */
typedef struct {
    const att_study *study;
    const att_reading *reading;
    const att_speakers *speakers;
    att_detector *detector;
    language_tools tools[MOST_TOKENISERS];
    size_t tool_count;
    att_tokens tokens;
    char *probe;
} surveyor;

/* One transcript as it is surveyed. */
typedef struct {
    att_arena arena;
    att_names names; /* labels, numbered as they appear */
    att_surveyed_label *labels;
    size_t label_room;
    att_surveyed found;
    att_diagnostics *diagnostics;
} survey;

/* ---- language ---- */

/* From what scores guess it from: the bytes of a format that may be read in ranges, the turns of others. */
static att_status guess_language(surveyor *s, survey *found, const att_opened *o, const att_turn_batch *batch,
                                 att_error *error)
{
    att_buffer sample = {0};
    att_language_guess guess = {.count = 0};
    att_status status = o->format->ranges ? ATT_OK : att_detector_sample(&sample, batch, error);
    att_span text = o->format->ranges ? o->probe : (att_span){sample.data, sample.size};

    if (!status)
        status = att_detector_guess(&s->detector, text, &guess, error);
    if (!status && guess.count) {
        found->found.language = att_arena_copy(&found->arena, att_span_of(guess.tags[0]));
        found->found.told_by = "guess";
        status = found->found.language ? ATT_OK : att_fail_memory(error);
    }
    att_buffer_clear(&sample);
    return status;
}

static att_status tell_language(surveyor *s, survey *found, const att_opened *o, const att_turn_batch *batch,
                                att_error *error)
{
    const att_transcript_info *info = o->format->info ? o->format->info(o->reader) : NULL;
    att_span said = s->study->language ? att_span_of(s->study->language) : info ? info->language : (att_span){0};

    if (!said.size)
        return guess_language(s, found, o, batch, error);
    found->found.language = att_arena_copy(&found->arena, said);
    found->found.told_by = s->study->language ? "option" : "file";
    return found->found.language ? ATT_OK : att_fail_memory(error);
}

/* The tokeniser of a language; the language that nobody can tell is read by the rules for all. */
static att_status find_tokeniser(surveyor *s, const char *language, att_tokeniser **out, att_error *error)
{
    char tag[sizeof s->tools->tag] = "und";

    if (language && att_language_primary(language) < sizeof tag) {
        memcpy(tag, language, att_language_primary(language));
        tag[att_language_primary(language)] = '\0';
    }
    for (size_t i = 0; i < s->tool_count; i++)
        if (strcmp(s->tools[i].tag, tag) == 0) {
            *out = s->tools[i].tokeniser;
            return ATT_OK;
        }
    if (s->tool_count == MOST_TOKENISERS) {
        *out = s->tools[0].tokeniser;
        return ATT_OK;
    }
    language_tools *tools = &s->tools[s->tool_count];
    memcpy(tools->tag, tag, sizeof tag);
    att_status status = att_word_rules_new(&tools->rules, tag, error);
    if (!status)
        status = att_tokeniser_new(&tools->tokeniser, tools->rules, error);
    if (status) {
        att_word_rules_free(tools->rules);
        *tools = (language_tools){.tag = ""};
        return status;
    }
    s->tool_count++;
    *out = tools->tokeniser;
    return ATT_OK;
}

/* ---- labels ---- */

static att_status find_label(surveyor *s, survey *found, att_span label, att_surveyed_label **out, att_error *error)
{
    uint32_t number = att_names_add(&found->names, label);
    att_buffer identity = {0};

    if (number == ATT_NO_NAME)
        return att_fail_memory(error);
    if (number < found->found.label_count) {
        *out = &found->labels[number];
        return ATT_OK;
    }
    if (!att_grow(&found->labels, &found->label_room, (size_t)number + 1, sizeof *found->labels))
        return att_fail_memory(error);
    att_span transcript = att_span_of(found->found.transcript);
    att_speakers_identity(s->speakers, transcript, label, &identity);
    att_surveyed_label *fresh = &found->labels[number];
    *fresh = (att_surveyed_label){.label = att_arena_copy(&found->arena, label),
                                  .matched = att_speakers_row(s->speakers, transcript, label) >= 0};
    fresh->speaker = att_arena_copy(&found->arena, (att_span){identity.data, identity.size});
    bool good = !identity.failed && fresh->label && fresh->speaker;
    att_buffer_clear(&identity);
    found->found.label_count = (size_t)number + 1;
    *out = fresh;
    return good ? ATT_OK : att_fail_memory(error);
}

static att_status count_turn(surveyor *s, survey *found, att_tokeniser *tokeniser, const att_turn *turn,
                             att_error *error)
{
    att_surveyed_label *label = NULL;
    att_status status = find_label(s, found, turn->label, &label, error);

    if (!status)
        status = att_tokenise(tokeniser, turn->text, &s->tokens, error);
    if (status)
        return status;
    label->tokens += s->tokens.count;
    found->found.tokens += s->tokens.count;
    label->turns += !turn->continues;
    found->found.turns += !turn->continues;
    return ATT_OK;
}

/* What the transcript says about its speakers goes to their labels. */
static att_status add_facts(survey *found, const att_transcript_info *info, att_error *error)
{
    for (size_t l = 0; l < found->found.label_count; l++) {
        att_surveyed_label *label = &found->labels[l];
        att_label_fact *facts = att_arena_take(&found->arena, (info->fact_count + 1) * sizeof *facts);
        if (!facts)
            return att_fail_memory(error);
        for (size_t i = 0; i < info->fact_count; i++) {
            const att_speaker_fact *fact = &info->facts[i];
            if (!att_span_equal(fact->label, att_span_of(label->label)))
                continue;
            facts[label->fact_count].column = att_arena_copy(&found->arena, fact->column);
            facts[label->fact_count].value = att_arena_copy(&found->arena, fact->value);
            if (!facts[label->fact_count].column || !facts[label->fact_count].value)
                return att_fail_memory(error);
            label->fact_count++;
        }
        label->facts = facts;
    }
    return ATT_OK;
}

/* What it was taken for, and why. */
static att_status note_format(const surveyor *s, survey *found, const att_opened *o, att_error *error)
{
    static const char *const reasons[] = {
        [ATT_CHARSET_TOLD] = "option", [ATT_CHARSET_MARK] = "mark",   [ATT_CHARSET_NULS] = "bytes",
        [ATT_CHARSET_VALID] = "bytes", [ATT_CHARSET_GUESS] = "guess",
    };
    const att_charset *charset = &o->source.charset;

    found->found.format = o->format->name;
    found->found.format_by = s->study->format ? "option" : o->recognised ? "content" : "else";
    found->found.encoding = att_arena_copy(&found->arena, att_span_of(o->format->binary ? "" : charset->name));
    found->found.encoding_by = o->format->binary ? "bytes" : reasons[charset->reason];
    return found->found.encoding ? ATT_OK : att_fail_memory(error);
}

static att_status read_file(surveyor *s, survey *found, att_opened *o, att_error *error)
{
    const att_turn_batch *batch = NULL;
    att_tokeniser *tokeniser = NULL;
    bool first = true;
    att_status status;

    while (!(status = o->format->next(o->reader, &batch, error)) && batch->count) {
        if (first) {
            status = tell_language(s, found, o, batch, error);
            if (!status)
                status = find_tokeniser(s, found->found.language, &tokeniser, error);
        }
        first = false;
        for (size_t i = 0; i < batch->count && !status; i++)
            status = count_turn(s, found, tokeniser, &batch->turns[i], error);
        if (status)
            return status;
    }
    if (status)
        return status;
    att_read_counts counts = o->format->counts(o->reader);
    found->found.notes = counts.notes;
    found->found.ill_formed = counts.ill_formed + att_file_source_ill_formed(&o->source);
    found->found.bytes = o->source.at;
    status = note_format(s, found, o, error);
    if (status)
        return status;
    return o->format->info ? add_facts(found, o->format->info(o->reader), error) : ATT_OK;
}

static att_status survey_file(surveyor *s, survey *found, const att_input *input, att_error *error)
{
    att_opened o;
    att_error why = {0};

    found->found.transcript = input->id;
    found->found.path = input->path;
    att_status status = att_opened_open(&o, input, s->study, s->reading, s->speakers, s->probe, &why);
    if (!status) {
        att_charset_warn(&o.source.charset, input->path, found->diagnostics);
        status = att_file_source_outcome(&o.source, read_file(s, found, &o, &why), &why);
    }
    att_opened_close(&o);
    if (status == ATT_BAD_INPUT) {
        found->found.skipped = att_arena_copy(&found->arena, att_span_of(why.message));
        att_diagnose(found->diagnostics, ATT_ERROR, NULL, 0, 0, "%s (skipped)", why.message);
        return found->found.skipped ? ATT_OK : att_fail_memory(error);
    }
    found->found.labels = found->labels;
    if (status && error)
        *error = why;
    return status;
}

/* ---- all inputs ---- */

static void clear_survey(survey *found)
{
    att_arena_clear(&found->arena);
    att_names_clear(&found->names);
    free(found->labels);
    att_diagnostics_free(found->diagnostics);
    *found = (survey){0};
}

static void clear_surveyor(surveyor *s)
{
    for (size_t i = 0; i < s->tool_count; i++) {
        att_tokeniser_free(s->tools[i].tokeniser);
        att_word_rules_free(s->tools[i].rules);
    }
    att_detector_free(s->detector);
    att_tokens_clear(&s->tokens);
    free(s->probe);
}

/* What all threads share. */
typedef struct {
    const att_study *study;
    const att_reading *reading;
    const att_speakers *speakers;
    att_inputs inputs;
    att_survey_function *receive;
    void *context;
    att_diagnostics *diagnostics;
    size_t skipped;
    att_status status;
    att_error error;
} survey_run;

static void stop(survey_run *run, att_status status, const att_error *error)
{
#pragma omp critical(att_survey_stop)
    if (!run->status) {
        run->status = status;
        run->error = *error;
    }
}

static bool is_stopped(survey_run *run)
{
    att_status status;

#pragma omp critical(att_survey_stop)
    status = run->status;
    return status != ATT_OK;
}

/* In order, one thread at a time. */
static void hand_out(survey_run *run, survey *found)
{
    att_error error = {0};

    if (is_stopped(run))
        return;
    att_diagnostics_move(run->diagnostics, found->diagnostics);
    run->skipped += found->found.skipped != NULL;
    att_status status = run->receive(run->context, &found->found, &error);
    if (status)
        stop(run, status, &error);
}

static void survey_all(survey_run *run, int threads)
{
#pragma omp parallel num_threads(threads)
    {
        surveyor s = {
            .study = run->study, .reading = run->reading, .speakers = run->speakers, .probe = malloc(ATT_PROBE)};
#pragma omp for ordered schedule(dynamic, 1)
        for (size_t i = 0; i < run->inputs.count; i++) {
            survey found = {.diagnostics = att_diagnostics_new()};
            att_error error = {0};
            att_status status = ATT_OK;
            if (!s.probe || !found.diagnostics)
                status = att_fail_memory(&error);
            else if (!is_stopped(run))
                status = survey_file(&s, &found, &run->inputs.items[i], &error);
            if (status)
                stop(run, status, &error);
#pragma omp ordered
            hand_out(run, &found);
            clear_survey(&found);
        }
        clear_surveyor(&s);
    }
}

att_status att_survey_speakers(const att_study *study, const att_speakers *speakers, const att_run_options *options,
                               att_survey_function *receive, void *context, att_diagnostics *diagnostics,
                               att_error *error)
{
    survey_run run = {
        .study = study, .speakers = speakers, .receive = receive, .context = context, .diagnostics = diagnostics};
    att_reading reading = {0};
    att_status status = att_reading_of(&reading, study, error);

    run.reading = &reading;
    if (!status)
        status = att_find_inputs(&run.inputs, study, &reading, NULL, &run.skipped, diagnostics, error);
    if (!status) {
        survey_all(&run, options && options->threads > 0 ? options->threads : omp_get_num_procs());
        status = run.status;
        if (status && error)
            *error = run.error;
    }
    att_inputs_clear(&run.inputs);
    att_reading_clear(&reading);
    return status ? status : run.skipped ? ATT_SKIPPED : ATT_OK;
}

att_status att_survey(const att_study *study, const att_run_options *options, att_survey_function *receive,
                      void *context, att_diagnostics *diagnostics, att_error *error)
{
    att_speakers *speakers = NULL;
    att_status status = att_speaker_table_load(&speakers, study, error);

    if (!status)
        status = att_survey_speakers(study, speakers, options, receive, context, diagnostics, error);
    att_speakers_free(speakers);
    return status;
}
