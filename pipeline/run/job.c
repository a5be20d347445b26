#include "run/job.h"

#include "base/hash.h"

#include <stdlib.h>
#include <time.h>

typedef struct {
    const att_job *job;
    att_job_transcript *transcripts;
    att_unit *units;
    size_t unit_count;
    size_t next_unit;
    size_t next_out; /* the first transcript that the sink has not seen */
    uint64_t bytes_done;
    uint64_t bytes_total;
    struct timespec began;
    double reported;   /* seconds since the beginning */
    att_status status; /* what stopped the job */
    att_error error;
} job_state;

static uint64_t range_bytes(const att_job *job)
{
    return job->options->range_bytes ? job->options->range_bytes : ATT_RANGE_BYTES;
}

/* Ranges of another size than the blocks of the hash: then one unit more reads all of the input for its hash. */
static bool needs_hash_unit(const att_job *job)
{
    return range_bytes(job) != ATT_HASH_BLOCK;
}

/* Large inputs are read in ranges where their format may be and they are neither compressed nor in need of decoding,
 * which is known only once they are opened: what cannot be is read as a whole in its first range. Context needs turn
 * numbers, so kwic reads each in one. */
static uint32_t count_units(const att_job *job, const att_input *input)
{
    uint64_t ranges = (input->size + range_bytes(job) - 1) / range_bytes(job);

    if (job->kwic || input->archive || ranges <= 1 || ranges > UINT32_MAX - 1)
        return 1;
    return (uint32_t)ranges + needs_hash_unit(job);
}

static void cut_input(const att_job *job, att_job_transcript *transcript, att_unit **unit)
{
    uint64_t step = range_bytes(job);
    bool hash = needs_hash_unit(job);

    if (transcript->units == 1) {
        *(*unit)++ = (att_unit){transcript, 0, UINT64_MAX, false};
        return;
    }
    if (hash)
        *(*unit)++ = (att_unit){transcript, 0, UINT64_MAX, true};
    uint32_t ranges = transcript->units - hash;
    for (uint32_t i = 0; i < ranges; i++)
        *(*unit)++ = (att_unit){transcript, i * step, i + 1 == ranges ? UINT64_MAX : (i + 1) * step, false};
}

static att_status plan(job_state *state, att_error *error)
{
    const att_inputs *inputs = state->job->inputs;

    state->transcripts = calloc(inputs->count ? inputs->count : 1, sizeof *state->transcripts);
    if (!state->transcripts)
        return att_fail_memory(error);
    for (size_t i = 0; i < inputs->count; i++) {
        att_job_transcript *transcript = &state->transcripts[i];
        transcript->input = &inputs->items[i];
        transcript->units = transcript->units_left = count_units(state->job, transcript->input);
        state->unit_count += transcript->units;
        state->bytes_total += transcript->input->size;
        omp_init_lock(&transcript->lock);
        if (transcript->units > 1 && !needs_hash_unit(state->job)) {
            transcript->block_hashes = calloc(transcript->units, sizeof *transcript->block_hashes);
            if (!transcript->block_hashes)
                return att_fail_memory(error);
        }
    }
    state->units = calloc(state->unit_count + 1, sizeof *state->units);
    if (!state->units)
        return att_fail_memory(error);
    att_unit *unit = state->units;
    for (size_t i = 0; i < inputs->count; i++)
        cut_input(state->job, &state->transcripts[i], &unit);
    return ATT_OK;
}

/* Gives back what a transcript holds; its input and counts stay. */
static void release(att_job_transcript *transcript)
{
    if (transcript->plan)
        transcript->format->forget(transcript->plan);
    transcript->plan = NULL;
    att_transcript_tally_clear(&transcript->tally);
    free(transcript->rows.items);
    att_arena_clear(&transcript->rows.arena);
    transcript->rows = (att_rows){0};
    att_diagnostics_free(transcript->diagnostics);
    transcript->diagnostics = NULL;
    free(transcript->block_hashes);
    transcript->block_hashes = NULL;
    free(transcript->reason);
    transcript->reason = NULL;
}

static void clear_state(job_state *state)
{
    for (size_t i = 0; state->transcripts && i < state->job->inputs->count; i++) {
        release(&state->transcripts[i]);
        omp_destroy_lock(&state->transcripts[i].lock);
    }
    free(state->transcripts);
    free(state->units);
}

static void stop(job_state *state, att_status status, const att_error *error)
{
#pragma omp critical(att_job_stop)
    if (!state->status) {
        state->error = *error;
        state->status = status;
    }
}

static bool is_stopped(job_state *state)
{
    att_status status;

#pragma omp critical(att_job_stop)
    status = state->status;
    return status != ATT_OK;
}

/* Sends the transcripts that are whole, up to the first that is not, to the sink. */
static void send_whole(job_state *state)
{
    att_error error = {0};

#pragma omp critical(att_job_send)
    while (state->next_out < state->job->inputs->count && !is_stopped(state)) {
        att_job_transcript *transcript = &state->transcripts[state->next_out];
        omp_set_lock(&transcript->lock);
        bool whole = transcript->units_left == 0;
        omp_unset_lock(&transcript->lock);
        if (!whole)
            break;
        if (transcript->block_hashes && transcript->ranges)
            transcript->hash = att_hash_blocks(transcript->block_hashes, transcript->units);
        if (transcript->uncovered_turns)
            att_diagnose(transcript->diagnostics, ATT_WARNING, transcript->input->path, 0, 0,
                         "%llu of its turns are, wholly or in part, in a language that no lexicon of this run is for "
                         "('%s'), and as far as they are, they are not counted; add a lexicon with -l, or say --lang "
                         "for all turns",
                         (unsigned long long)transcript->uncovered_turns, transcript->uncovered);
        att_diagnostics_move(state->job->diagnostics, transcript->diagnostics);
        att_status status = state->job->sink(state->job->sink_context, transcript, &error);
        release(transcript);
        state->next_out++;
        if (status)
            stop(state, status, &error);
    }
}

static double seconds_since(const struct timespec *began)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - began->tv_sec) + (double)(now.tv_nsec - began->tv_nsec) / 1e9;
}

static void report(job_state *state)
{
    const att_run_options *options = state->job->options;

    if (!options->progress)
        return;
#pragma omp critical(att_job_report)
    {
        double seconds = seconds_since(&state->began);
        if (seconds - state->reported > 0.1) {
            state->reported = seconds;
            uint64_t bytes;
            size_t out;
#pragma omp atomic read
            bytes = state->bytes_done;
#pragma omp atomic read
            out = state->next_out;
            att_progress progress = {bytes, state->bytes_total, out, state->job->inputs->count, seconds};
            options->progress(options->progress_context, &progress);
        }
    }
}

static void work(job_state *state)
{
    att_worker *worker = NULL;
    att_error error = {0};
    att_status status = att_worker_new(&worker, state->job, &state->bytes_done, &error);

    while (!status && !is_stopped(state)) {
        size_t mine;
#pragma omp atomic capture
        mine = state->next_unit++;
        if (mine >= state->unit_count)
            break;
        status = att_worker_do(worker, &state->units[mine], &error);
        if (!status) {
            att_job_transcript *transcript = state->units[mine].transcript;
            omp_set_lock(&transcript->lock);
            bool whole = --transcript->units_left == 0;
            omp_unset_lock(&transcript->lock);
            if (whole)
                send_whole(state);
            report(state);
        }
    }
    if (status)
        stop(state, status, &error);
    att_worker_free(worker);
}

/* As many as were asked for, or as there are cores, but no more than there are units. */
static int count_threads(const job_state *state)
{
    int threads = state->job->options->threads;

    if (threads <= 0)
        threads = omp_get_num_procs();
    if ((size_t)threads > state->unit_count)
        threads = state->unit_count ? (int)state->unit_count : 1;
    return threads;
}

att_status att_job_run(const att_job *job, att_error *error)
{
    job_state state = {.job = job};
    att_status status = plan(&state, error);

    clock_gettime(CLOCK_MONOTONIC, &state.began);
    if (!status) {
#pragma omp parallel num_threads(count_threads(&state))
        work(&state);
        status = state.status;
        att_run_lexicons_warn(job->lexicons, job->diagnostics);
        if (status && error)
            *error = state.error;
    }
    clear_state(&state);
    return status;
}
