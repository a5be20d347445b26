/* The main job: transcripts in, scores out.
 *
 * A run uses its own threads (OpenMP) and returns when it is done. Results do not depend on their number. */
#ifndef ATTUNE_SCORE_H
#define ATTUNE_SCORE_H

#include <attune/error.h>
#include <attune/study.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* Told now and then, from one thread at a time, how far a run is. */
typedef struct {
    uint64_t bytes_done;
    uint64_t bytes_total; /* 0: not known (standard input) */
    uint64_t files_done;
    uint64_t files_total;
    double seconds;
} att_progress;
typedef void att_progress_function(void *context, const att_progress *progress);

typedef struct {
    int threads; /* 0: one a core */
    att_progress_function *progress;
    void *progress_context;
    const char *output;   /* a results folder; NULL: none is written */
    const char *command;  /* the command line for manifest.json; NULL: left out */
    uint64_t range_bytes; /* big text files are split into ranges of this size; 0: the default, 1 MiB */
} att_run_options;

#define ATT_NOT_COUNTED UINT64_MAX

typedef struct {
    uint64_t transcripts; /* that were scored */
    uint64_t skipped;     /* inputs left out */
    uint64_t bytes;
    uint64_t turns;
    uint64_t tokens;
    uint64_t hits;     /* of markers, all senses; ATT_NOT_COUNTED after a merge (tallies overlap in parents) */
    uint64_t speakers; /* identities */
    /* Left out of the scores, though counted above: turns and tokens of speakers that are excluded. */
    uint64_t excluded_turns, excluded_tokens;
    /* Turns in languages that no lexicon is for: not counted above. */
    uint64_t uncovered_turns;
    uint64_t unlabelled_turns; /* without a label; scored apart */
    uint64_t unmatched_labels; /* that the speaker table does not have */
    uint64_t undated;          /* rows of the speaker table, or transcripts, that lie in no period */
    uint64_t passed_over;      /* files found in folders that are no transcripts, or another form of one */
    /* How the text was read; 0 after a merge. */
    uint64_t ill_formed; /* byte sequences that are none of the encoding, read as U+FFFD */
    uint64_t controls;   /* control characters, read as separators */
    uint64_t cut_turns;  /* longer than 1 MiB, across whose pieces no phrase is seen */
    uint64_t notes;      /* transcription notes, which are no speech */
} att_counts;

/* The outcome: scores at hand for printing. */
typedef struct att_scores att_scores;
void att_scores_free(att_scores *scores);
att_counts att_scores_counts(const att_scores *scores);

/* Scores a study. Skipped inputs, unmatched labels and the like are in diagnostics. Returns ATT_OK or ATT_SKIPPED with
 * *out set, else an error with *out untouched and, where a results folder was asked for, the previous results whole. */
att_status att_score(att_scores **out, const att_study *study, const att_run_options *options,
                     att_diagnostics *diagnostics, att_error *error);

/* Adds up tally files and estimates anew, without the transcripts. The study gives the speaker table, labels, by and
 * exclude; its other fields are not used. */
att_status att_merge(att_scores **out, char *const *tallies, size_t count, const att_study *study,
                     const att_run_options *options, att_diagnostics *diagnostics, att_error *error);

typedef enum { ATT_TABLE_SPEAKERS, ATT_TABLE_SCORES } att_which_table;

/* Writes one table to stream. format: "csv" or "table"; width: of the terminal, 0 for no limit. */
att_status att_scores_print(const att_scores *scores, att_which_table which, const char *format, int width,
                            FILE *stream, att_error *error);

#endif
