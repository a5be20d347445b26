/* A job: one pass over the transcripts of a study by all threads. att_score and att_kwic are such passes, with
 * different sinks.
 *
 * The inputs, in the order of their ids, are cut into units: a transcript, or a byte range of a large one. Threads take
 * units in order; what a unit yields is added to its transcript, and whole transcripts go to the sink in order, one
 * at a time. So nothing that comes out depends on the number of threads or the size of ranges. */
#ifndef ATT_RUN_JOB_H
#define ATT_RUN_JOB_H

#include "base/arena.h"
#include "base/charset.h"
#include "read/format.h"
#include "read/inputs.h"
#include "run/lexicons.h"
#include "run/reading.h"
#include "tally/speakers.h"
#include "tally/transcript.h"

#include <attune/kwic.h>
#include <attune/score.h>
#include <omp.h>

#define ATT_RANGE_BYTES ((uint64_t)1 << 20)

/* Hits in their contexts, kept until their transcript's turn comes. */
typedef struct {
    att_kwic_row *items;
    size_t count;
    size_t capacity;
    att_arena arena;
} att_rows;

typedef enum { ATT_PLANNED, ATT_READABLE, ATT_UNREADABLE } att_transcript_state;

/* The speaker table's labels for one transcript, as its reader asks for them. */
typedef struct {
    const att_speakers *speakers;
    att_span transcript;
} att_known_labels;

/* Longer language tags are cut; their beginning says the language. */
#define ATT_LANGUAGE_TAG 36

/* One input on its way. */
typedef struct {
    const att_input *input;
    uint32_t units; /* all, and those that are not done */
    uint32_t units_left;
    omp_lock_t lock; /* held while it is opened and while a unit is added */
    att_transcript_state state;
    const att_format *format;
    att_charset charset;    /* that it is decoded from */
    bool ranges;            /* its units are byte ranges; else the first reads all */
    att_known_labels known; /* plan refers to this and to read_options */
    att_read_options read_options;
    void *plan; /* of the format */
    att_run_language *language;
    att_transcript_tally tally;
    att_read_counts counts;
    uint64_t size;            /* bytes read as its content; equals the input's size unless that changed on the way */
    uint64_t hash;            /* of the bytes, as att_hasher */
    uint64_t *block_hashes;   /* where each unit hashes its own block; NULL: a unit hashes all */
    uint64_t hits;            /* of markers, all senses */
    uint64_t uncovered_turns; /* in languages that no lexicon of the run is for; they are not counted */
    char uncovered[ATT_LANGUAGE_TAG]; /* the first of these languages; of a skipped transcript: its own */
    att_rows rows;                    /* kwic only */
    att_diagnostics *diagnostics;
    char *reason; /* why it was skipped; NULL: it was not */
} att_job_transcript;

/* Receives each transcript, in order. It may be a skipped one (reason is set). */
typedef att_status att_job_sink(void *context, att_job_transcript *transcript, att_error *error);

typedef struct {
    const att_study *study;
    const att_run_options *options;
    const att_kwic_options *kwic; /* NULL: tallies only */
    const bool *wanted;           /* kwic: by node, whether its hits are rows */
    const att_speakers *speakers;
    const att_reading *reading;
    att_run_lexicons *lexicons;
    const att_inputs *inputs;
    att_job_sink *sink;
    void *sink_context;
    att_diagnostics *diagnostics;
} att_job;

/* ATT_OK, also when transcripts were skipped: the sink saw them, and their diagnostics are errors. */
att_status att_job_run(const att_job *job, att_error *error);

/* ---- between job.c and worker.c ---- */

typedef struct {
    att_job_transcript *transcript;
    uint64_t from, to; /* bytes; to UINT64_MAX: up to the end */
    bool hash_only;    /* reads the whole of a large input for its hash */
} att_unit;

/* The memory of one thread. */
typedef struct att_worker att_worker;
att_status att_worker_new(att_worker **out, const att_job *job, uint64_t *bytes_done, att_error *error);
void att_worker_free(att_worker *worker);

/* Does one unit and adds what it yields to its transcript. Whatever is wrong with the input makes the transcript
 * unreadable; a status other than ATT_OK stops the job. */
att_status att_worker_do(att_worker *worker, const att_unit *unit, att_error *error);

#endif
