#include "run/job.h"

#include "base/utf8.h"
#include "run/choose_language.h"
#include "run/rows.h"
#include "run/source.h"
#include "tally/periods.h"
#include "tally/turns.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Tokens that go through the stages together: enough that turns of a few words cost no more than long ones, few enough
 * to stay in the nearest cache. */
enum { GROUP_TOKENS = 1024 };

/* What a thread needs to read one language. */
typedef struct {
    att_run_language *language;
    att_tokeniser *tokeniser;
    att_vocabulary *vocabulary;
    att_matcher *matcher;
} lane;

/* Whose turns are being matched, for rules that ask. */
typedef struct {
    const att_speakers *speakers;
    att_span transcript;
    att_span when; /* the date in its name */
    const att_turn *turns;
} turn_speakers;

struct att_worker {
    const att_job *job;
    turn_speakers asked;
    uint64_t *bytes_done;
    lane *lanes;
    size_t lane_count;
    att_detector *detector; /* made on first use */
    att_turn_tally *turn;
    att_tokens tokens;
    att_hits hits;
    att_buffer name;
    char *probe;
    att_file_source opened; /* with the probe of `opened_for` in front */
    const att_job_transcript *opened_for;
    /* Of a format without ranges, which is opened when the transcript is; with its first batch. */
    void *reader;
    const att_turn_batch *first;
    att_buffer sample;
};

att_status att_worker_new(att_worker **out, const att_job *job, uint64_t *bytes_done, att_error *error)
{
    att_worker *worker = calloc(1, sizeof *worker);
    att_status status = ATT_OK;

    if (!worker)
        return att_fail_memory(error);
    worker->job = job;
    worker->bytes_done = bytes_done;
    worker->opened.file = -1;
    worker->lane_count = job->lexicons->language_count;
    worker->lanes = calloc(worker->lane_count + 1, sizeof *worker->lanes);
    worker->probe = malloc(ATT_PROBE);
    if (!worker->lanes || !worker->probe)
        status = att_fail_memory(error);
    if (!status)
        status = att_turn_tally_new(&worker->turn, &job->lexicons->map.scheme, error);
    if (status) {
        att_worker_free(worker);
        return status;
    }
    *out = worker;
    return ATT_OK;
}

/* Gives back what was opened and not read. */
static void close_opened(att_worker *worker)
{
    if (worker->reader)
        worker->opened_for->format->close(worker->reader);
    worker->reader = NULL;
    worker->first = NULL;
    worker->opened_for = NULL;
}

/* What the expressions over turns could not do is the same whichever threads met it. */
static void add_given_up(const lane *l)
{
    for (size_t i = 0; l->language && i < att_engine_turn_regex_count(l->language->engine); i++) {
        uint64_t turns = att_matcher_given_up(l->matcher, i);
#pragma omp atomic
        l->language->given_up[i] += turns;
    }
}

void att_worker_free(att_worker *worker)
{
    if (!worker)
        return;
    for (size_t i = 0; worker->lanes && i < worker->lane_count; i++) {
        add_given_up(&worker->lanes[i]);
        att_tokeniser_free(worker->lanes[i].tokeniser);
        att_vocabulary_free(worker->lanes[i].vocabulary);
        att_matcher_free(worker->lanes[i].matcher);
    }
    free(worker->lanes);
    att_detector_free(worker->detector);
    att_turn_tally_free(worker->turn);
    att_tokens_clear(&worker->tokens);
    att_hits_clear(&worker->hits);
    att_buffer_clear(&worker->name);
    att_buffer_clear(&worker->sample);
    close_opened(worker);
    att_file_source_close(&worker->opened);
    free(worker->probe);
    free(worker);
}

/* What the speaker table says of a turn's speaker. */
static att_span tell_about_turn(void *context, size_t turn, const char *column)
{
    const turn_speakers *asked = context;
    ptrdiff_t row = att_speakers_row(asked->speakers, asked->transcript, asked->turns[turn].label);

    for (size_t i = 0; i < att_speakers_column_count(asked->speakers); i++)
        if (strcmp(att_speakers_column(asked->speakers, i), column) == 0)
            return att_span_of(att_speakers_value_in(asked->speakers, asked->when, row, i));
    return (att_span){"", 0};
}

static att_status find_lane(att_worker *worker, att_run_language *language, lane **out, att_error *error)
{
    lane *l = &worker->lanes[language - worker->job->lexicons->languages];
    att_status status = ATT_OK;

    if (!l->language) {
#pragma omp critical(att_prepare_language)
        status = att_run_language_prepare(language, error);
        if (!status)
            status = att_tokeniser_new(&l->tokeniser, language->rules, error);
        if (!status)
            status = att_vocabulary_new(&l->vocabulary, 0, error);
        if (!status)
            status = att_matcher_new(&l->matcher, language->engine, error);
        if (status)
            return status;
        att_matcher_set_facts(l->matcher, (att_turn_facts){&worker->asked, tell_about_turn});
        l->language = language;
    }
    *out = l;
    return ATT_OK;
}

/* ---- opening a transcript ---- */

static bool is_known_label(const void *context, att_span label)
{
    const att_known_labels *known = context;

    return att_speakers_knows(known->speakers, known->transcript, label);
}

/* A format without ranges is read from here on by this thread: its turns, not its bytes, tell the language, if it does
 * not declare it. */
static att_status open_reader(att_worker *worker, const att_job_transcript *transcript, att_span *declared,
                              att_span *sample, att_error *error)
{
    const att_format *format = transcript->format;
    att_status status =
        att_file_source_cover(&worker->opened, 0, UINT64_MAX, worker->job->options->output != NULL, error);

    if (!status)
        status = format->open(&worker->reader, transcript->plan, &worker->opened.source, 0, UINT64_MAX, error);
    if (!status)
        status = format->next(worker->reader, &worker->first, error);
    worker->sample.size = 0;
    if (!status)
        status = att_detector_sample(&worker->sample, worker->first, error);
    *sample = (att_span){worker->sample.data, worker->sample.size};
    if (!status && format->info)
        *declared = format->info(worker->reader)->language;
    return status;
}

static att_status plan_transcript(att_worker *worker, att_job_transcript *transcript, att_error *error)
{
    const att_job *job = worker->job;
    const char *path = transcript->input->path;
    att_recognised known;
    att_span declared = {0};

    close_opened(worker);
    att_file_source_close(&worker->opened);
    att_status status =
        att_file_source_open(&worker->opened, transcript->input, &job->study->limits, 0, worker->bytes_done, error);
    if (status)
        return status;
    worker->opened_for = transcript;
    transcript->known = (att_known_labels){job->speakers, att_span_of(transcript->input->id)};
    transcript->read_options = job->reading->options;
    transcript->read_options.known_label = is_known_label;
    transcript->read_options.known_context = &transcript->known;
    status = att_file_source_recognise(&worker->opened, job->study->format, job->study->encoding, worker->probe, &known,
                                       error);
    if (status)
        return status;
    transcript->format = known.format;
    transcript->charset = worker->opened.charset;
    transcript->ranges = known.ranges;
    att_charset_warn(&transcript->charset, path, transcript->diagnostics);
    att_span probe = known.probe;
    status = known.format->plan(&transcript->plan, probe, known.complete, path, &transcript->read_options, error);
    if (!status && !known.format->ranges)
        status = open_reader(worker, transcript, &declared, &probe, error);
    if (!status)
        status = att_language_choose(job, &worker->detector, transcript, declared, probe, error);
    if (!status)
        status = att_transcript_tally_init(&transcript->tally, att_span_of(transcript->input->id),
                                           att_span_of(transcript->language->tag), error);
    return status;
}

/* Leaves the transcript out of the results, for a reason that is the input's. */
static att_status skip(att_job_transcript *transcript, const att_error *why, att_error *error)
{
    if (transcript->state == ATT_UNREADABLE)
        return ATT_OK;
    transcript->state = ATT_UNREADABLE;
    transcript->reason = strdup(why->message);
    if (!transcript->reason)
        return att_fail_memory(error);
    att_diagnose(transcript->diagnostics, ATT_ERROR, NULL, 0, 0, "%s (skipped)", why->message);
    return ATT_OK;
}

static att_status settle(att_job_transcript *transcript, att_status status, att_error *error)
{
    att_error why = *error;

    return status == ATT_BAD_INPUT ? skip(transcript, &why, error) : status;
}

static att_status open_transcript(att_worker *worker, att_job_transcript *transcript, att_error *error)
{
    transcript->diagnostics = att_diagnostics_new();
    if (!transcript->diagnostics)
        return att_fail_memory(error);
    att_status status = plan_transcript(worker, transcript, error);
    status = settle(transcript, att_file_source_outcome(&worker->opened, status, error), error);
    if (!status && transcript->state == ATT_PLANNED)
        transcript->state = ATT_READABLE;
    return status;
}

/* ---- reading a unit ---- */

/* What one unit yields. */
typedef struct {
    att_transcript_tally tally;
    att_read_counts counts;
    att_rows rows;
    uint64_t hits;
    uint64_t turn;        /* number of the turn being read */
    uint64_t code_points; /* of its pieces so far, and a space behind each */
    bool inside;          /* the next piece continues the turn */
    bool gathered;        /* pieces of it are in the worker's turn, which is to be closed */
    bool missed;          /* pieces of it were passed over */
    uint64_t uncovered_turns;
    char uncovered[ATT_LANGUAGE_TAG];
} yield;

static void clear_yield(yield *y)
{
    att_transcript_tally_clear(&y->tally);
    free(y->rows.items);
    att_arena_clear(&y->rows.arena);
}

/* The turns that are tokenised and matched together. */
typedef struct {
    const att_turn *turns;
    size_t count;
} turn_group;

static att_status keep_rows(att_worker *worker, const att_job_transcript *transcript, const lane *l,
                            const att_turn *turn, const att_token_turn *tokens, const att_hit *hits, size_t count,
                            yield *y, att_error *error)
{
    worker->name.size = 0;
    att_speakers_identity(worker->job->speakers, att_span_of(transcript->input->id), turn->label, &worker->name);
    if (worker->name.failed)
        return att_fail_memory(error);
    att_row_place place = {turn, transcript->input->id, worker->name.data, y->turn, y->code_points};
    att_status status =
        att_rows_add(&y->rows, worker->job, l->language->engine, &place, &worker->tokens, tokens, hits, count, error);
    return status;
}

/* The piece belongs to the turn that is being read, or begins the next one. */
static void count_piece(yield *y, const att_turn *turn)
{
    if (!y->inside) {
        y->turn++;
        y->code_points = 0;
        y->gathered = y->missed = false;
    }
    y->inside = turn->continues;
}

static att_status close_turn(att_worker *worker, yield *y, const att_turn *turn, att_error *error)
{
    att_tally *tally = att_transcript_tally_label(&y->tally, turn->label);

    return tally ? att_turn_tally_close(worker->turn, tally, error) : att_fail_memory(error);
}

/* Adds what was found in one turn of a group to the yield. */
static att_status keep_turn(att_worker *worker, const att_job_transcript *transcript, const lane *l,
                            const att_turn *turn, const att_token_turn *tokens, const att_hit *hits, size_t count,
                            yield *y, att_error *error)
{
    att_status status = ATT_OK;

    count_piece(y, turn);
    att_turn_tally_piece(worker->turn, tokens->count, hits, count, att_engine_weights(l->language->engine));
    y->gathered = true;
    if (worker->job->kwic) {
        status = keep_rows(worker, transcript, l, turn, tokens, hits, count, y, error);
        y->code_points += att_utf8_count(turn->text.text, turn->text.size) + 1;
    }
    return status || turn->continues ? status : close_turn(worker, y, turn, error);
}

/* Tokenises turns of one language from the first on, until there are enough for the other stages to be busy with. */
static att_status tokenise_group(att_worker *worker, const lane *l, turn_group *group, att_error *error)
{
    att_status status = ATT_OK;
    size_t taken = 0;

    att_tokens_empty(&worker->tokens);
    while (!status && taken < group->count && worker->tokens.count < GROUP_TOKENS &&
           att_span_equal(group->turns[taken].language, group->turns[0].language))
        status = att_tokenise_add(l->tokeniser, group->turns[taken++].text, &worker->tokens, error);
    group->count = taken;
    return status;
}

static att_status read_group(att_worker *worker, const att_job_transcript *transcript, lane *l, turn_group *group,
                             yield *y, att_error *error)
{
    const att_hits *hits = &worker->hits;
    size_t hit = 0;
    att_status status = tokenise_group(worker, l, group, error);

    if (!status)
        status = att_vocabulary_assign(l->vocabulary, &worker->tokens, att_matcher_learn, l->matcher, error);
    const att_span id = att_span_of(transcript->input->id);
    worker->asked = (turn_speakers){worker->job->speakers, id, att_date_of((att_span){NULL, 0}, id), group->turns};
    if (!status)
        status = att_match(l->matcher, &worker->tokens, &worker->hits, error);
    if (status)
        return status;
    y->hits += hits->matches;
    for (size_t i = 0; i < group->count && !status; i++) {
        const att_token_turn *tokens = &worker->tokens.turns[i];
        size_t from = hit;
        while (hit < hits->count && hits->items[hit].first < tokens->first + tokens->count)
            hit++;
        status = keep_turn(worker, transcript, l, &group->turns[i], tokens, hits->items + from, hit - from, y, error);
    }
    if (att_vocabulary_is_full(l->vocabulary)) {
        att_vocabulary_reset(l->vocabulary);
        att_matcher_reset(l->matcher);
    }
    return status;
}

/* The turns from the first on that are in its language. */
static size_t count_same_language(const att_turn *turns, size_t count)
{
    size_t same = 1;

    while (same < count && att_span_equal(turns[same].language, turns[0].language))
        same++;
    return same;
}

/* The turns from the first on, or pieces of some, that are in its language, which no lexicon is for. */
static att_status pass_over(att_worker *worker, yield *y, turn_group *group, const char *tag, att_error *error)
{
    att_status status = ATT_OK;

    group->count = count_same_language(group->turns, group->count);
    for (size_t i = 0; i < group->count && !status; i++) {
        const att_turn *turn = &group->turns[i];
        count_piece(y, turn);
        y->uncovered_turns += !y->missed;
        y->missed = true;
        y->code_points += att_utf8_count(turn->text.text, turn->text.size) + 1;
        if (!turn->continues && y->gathered)
            status = close_turn(worker, y, turn, error);
    }
    if (!y->uncovered[0])
        memcpy(y->uncovered, tag, ATT_LANGUAGE_TAG);
    return status;
}

/* The lane of a turn's own language, or that of its transcript; *out NULL: there is no lexicon for it. */
static att_status find_turn_lane(att_worker *worker, const att_job_transcript *transcript, const att_turn *turn,
                                 char tag[ATT_LANGUAGE_TAG], lane **out, att_error *error)
{
    att_run_language *language = transcript->language;

    if (turn->language.size && !att_language_of_all(worker->job))
        language = att_language_declared(worker->job, turn->language, tag);
    *out = NULL;
    return language ? find_lane(worker, language, out, error) : ATT_OK;
}

static att_status read_batch(att_worker *worker, const att_job_transcript *transcript, const att_turn_batch *batch,
                             yield *y, att_error *error)
{
    att_status status = ATT_OK;

    for (size_t i = 0; i < batch->count && !status;) {
        char tag[ATT_LANGUAGE_TAG];
        lane *l;
        turn_group group = {batch->turns + i, batch->count - i};
        status = find_turn_lane(worker, transcript, group.turns, tag, &l, error);
        if (!status && l)
            status = read_group(worker, transcript, l, &group, y, error);
        else if (!status)
            status = pass_over(worker, y, &group, tag, error);
        i += group.count;
    }
    return status;
}

static att_span stated_date(const att_format *format, const void *reader)
{
    return format->info ? format->info(reader)->date : (att_span){NULL, 0};
}

/* What the transcript says about its speakers is known when all of it is read. */
static att_status take_said(const att_format *format, const void *reader, att_said *said, att_error *error)
{
    const att_transcript_info *info = format->info ? format->info(reader) : NULL;

    for (size_t i = 0; info && i < info->fact_count; i++)
        if (!att_said_add(said, info->facts[i].label, info->facts[i].column, info->facts[i].value))
            return att_fail_memory(error);
    return ATT_OK;
}

/* first: the batch that was read already; NULL: none. */
static att_status read_turns(att_worker *worker, const att_job_transcript *transcript, void *reader,
                             const att_turn_batch *first, yield *y, att_error *error)
{
    const att_format *format = transcript->format;
    const att_turn_batch *batch = first;
    att_status status = ATT_OK;

    /* The unit before may have failed in the middle of a turn: its words are nobody's here. */
    att_turn_tally_forget(worker->turn);
    while (!status) {
        if (!first)
            status = format->next(reader, &batch, error);
        first = NULL;
        if (status || batch->count == 0)
            break;
        status = read_batch(worker, transcript, batch, y, error);
    }
    y->counts = format->counts(reader);
    if (!status)
        status = take_said(format, reader, &y->tally.said, error);
    return status ? status : att_transcript_tally_date(&y->tally, stated_date(format, reader), error);
}

/* What the unit is to read in any case: its own block, or all. It is hashed where the results will say the hash. */
static att_status cover_unit(const att_job *job, att_file_source *source, const att_unit *unit, att_error *error)
{
    const att_job_transcript *transcript = unit->transcript;
    bool hashed = job->options->output != NULL;

    if (transcript->ranges && transcript->block_hashes)
        return att_file_source_cover(source, unit->from, unit->to, hashed, error);
    if (transcript->units == 1 || !transcript->ranges)
        return att_file_source_cover(source, 0, UINT64_MAX, hashed, error);
    return ATT_OK;
}

/* Another source of what has been opened before, by whichever thread. */
static att_status open_again(att_worker *worker, const att_job_transcript *transcript, att_file_source *source,
                             uint64_t from, att_error *error)
{
    att_status status =
        att_file_source_open(source, transcript->input, &worker->job->study->limits, from, worker->bytes_done, error);

    return status ? status : att_file_source_decode(source, &transcript->charset, error);
}

/* Reads the turns of a unit, from the source that opening left or one of its own. *end: the byte it was read to. */
static att_status read_unit(att_worker *worker, const att_unit *unit, yield *y, uint64_t *end, uint64_t *hash,
                            att_error *error)
{
    const att_job_transcript *transcript = unit->transcript;
    void *reader = NULL;
    const att_turn_batch *first = NULL;
    att_file_source own = {.file = -1};
    att_file_source *source = &own;
    uint64_t to = transcript->ranges ? unit->to : UINT64_MAX;
    att_status status = ATT_OK;

    if (worker->opened_for == transcript && unit->from == 0)
        source = &worker->opened;
    else
        status = open_again(worker, transcript, &own, unit->from ? unit->from - 1 : 0, error);
    if (source == &worker->opened && worker->reader) {
        reader = worker->reader;
        first = worker->first;
        worker->reader = NULL;
    }
    if (!status && !reader)
        status = cover_unit(worker->job, source, unit, error);
    if (!status)
        status = att_transcript_tally_init(&y->tally, transcript->tally.id, transcript->tally.language, error);
    if (!status && !reader)
        status = transcript->format->open(&reader, transcript->plan, &source->source, unit->from, to, error);
    if (!status)
        status = read_turns(worker, transcript, reader, first, y, error);
    y->counts.ill_formed += att_file_source_ill_formed(source);
    if (!status)
        status = att_file_source_drain(source, error);
    status = att_file_source_outcome(source, status, error);
    if (!status && source->hasher)
        *hash = att_hasher_value(source->hasher);
    *end = source->at;
    if (reader)
        transcript->format->close(reader);
    att_file_source_close(&own);
    return status;
}

static att_status hash_input(att_job_transcript *transcript, const att_limits *limits, att_error *error)
{
    att_file_source source;
    att_status status = att_file_source_open(&source, transcript->input, limits, 0, NULL, error);

    if (status)
        return status;
    status = att_file_source_cover(&source, 0, UINT64_MAX, true, error);
    if (!status)
        status = att_file_source_drain(&source, error);
    if (!status) {
        omp_set_lock(&transcript->lock);
        transcript->size = source.at;
        transcript->hash = att_hasher_value(source.hasher);
        omp_unset_lock(&transcript->lock);
    }
    att_file_source_close(&source);
    return status;
}

/* Keeps what a unit learnt of the bytes. */
static void keep_hash(const att_unit *unit, uint64_t end, uint64_t hash)
{
    att_job_transcript *transcript = unit->transcript;

    if (transcript->ranges && transcript->block_hashes) {
        transcript->block_hashes[unit->from / ATT_HASH_BLOCK] = hash;
        if (unit->to == UINT64_MAX)
            transcript->size = end;
    } else if (transcript->units == 1 || !transcript->ranges) {
        transcript->size = end;
        transcript->hash = hash;
    }
}

static att_status add_yield(att_job_transcript *transcript, yield *y, att_error *error)
{
    transcript->hits += y->hits;
    transcript->uncovered_turns += y->uncovered_turns;
    if (!transcript->uncovered[0])
        memcpy(transcript->uncovered, y->uncovered, sizeof transcript->uncovered);
    transcript->counts.ill_formed += y->counts.ill_formed;
    transcript->counts.controls += y->counts.controls;
    transcript->counts.cut_turns += y->counts.cut_turns;
    transcript->counts.notes += y->counts.notes;
    transcript->counts.bytes += y->counts.bytes;
    if (transcript->units == 1) {
        att_transcript_tally_clear(&transcript->tally);
        transcript->tally = y->tally;
        transcript->rows = y->rows;
        y->tally = (att_transcript_tally){0};
        y->rows = (att_rows){0};
        return ATT_OK;
    }
    return att_transcript_tally_add(&transcript->tally, &y->tally, error);
}

static att_status do_range(att_worker *worker, const att_unit *unit, att_error *error)
{
    att_job_transcript *transcript = unit->transcript;
    yield y = {0};
    uint64_t end = 0, hash = 0;

    if (!transcript->ranges && unit->from)
        return ATT_OK;
    att_status status = read_unit(worker, unit, &y, &end, &hash, error);
    omp_set_lock(&transcript->lock);
    if (!status)
        status = add_yield(transcript, &y, error);
    if (!status)
        keep_hash(unit, end, hash);
    status = settle(transcript, status, error);
    omp_unset_lock(&transcript->lock);
    clear_yield(&y);
    return status;
}

att_status att_worker_do(att_worker *worker, const att_unit *unit, att_error *error)
{
    att_job_transcript *transcript = unit->transcript;
    att_status status = ATT_OK;

    omp_set_lock(&transcript->lock);
    if (transcript->state == ATT_PLANNED)
        status = open_transcript(worker, transcript, error);
    bool readable = transcript->state == ATT_READABLE;
    omp_unset_lock(&transcript->lock);
    if (!status && readable && unit->hash_only) {
        status = hash_input(transcript, &worker->job->study->limits, error);
        omp_set_lock(&transcript->lock);
        status = settle(transcript, status, error);
        omp_unset_lock(&transcript->lock);
    } else if (!status && readable) {
        status = do_range(worker, unit, error);
    }
    if (worker->opened_for && !unit->hash_only) {
        close_opened(worker);
        att_file_source_close(&worker->opened);
    }
    return status;
}
