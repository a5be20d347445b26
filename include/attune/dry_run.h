/* What a run would read, match and leave out, without its scores: for `attune score --dry-run`. */
#ifndef ATTUNE_DRY_RUN_H
#define ATTUNE_DRY_RUN_H

#include <attune/score.h>
#include <attune/span.h>

typedef struct {
    const char *transcript; /* its id */
    const char *path;
    const char *skipped;  /* why it would be left out, and then the counts are 0; NULL: it would be read */
    const char *format;   /* "" where it cannot be told, as the following */
    const char *encoding; /* "" also for formats that know theirs */
    const char *language; /* BCP 47 */
    const char *lexicons; /* that its turns meet, ", " between them; "none": no lexicon is for its language */
    uint64_t turns, tokens;
    uint64_t labels;           /* but for turns without one */
    uint64_t matched;          /* labels that the speaker table has */
    uint64_t unmatched;        /* labels that the speaker table does not have; 0 where there is no table */
    uint64_t unlabelled_turns; /* turns without a label */
    uint64_t excluded_turns, excluded_tokens; /* of speakers that --exclude leaves out */
    uint64_t uncovered_turns;                 /* in languages that no lexicon is for; they are not among `turns` */
} att_dry_transcript;

/* A row that the results would have. */
typedef struct {
    const att_span *keys; /* one for each column that rows are grouped by */
    uint64_t speakers, turns, tokens;
} att_dry_cell;

/* Each is called in order, one call at a time; what it gets is valid during the call. A status other than ATT_OK stops
 * the run and is returned. */
typedef struct {
    void *context;
    att_status (*transcript)(void *context, const att_dry_transcript *transcript, att_error *error);
    /* Once, before the cells. */
    att_status (*columns)(void *context, const char *const *names, size_t count, att_error *error);
    att_status (*cell)(void *context, const att_dry_cell *cell, size_t keys, att_error *error);
} att_dry_receiver;

/* Goes through the inputs as att_score would and writes nothing; options->output is only looked at: where no results
 * can be written is an error, and a folder that holds something else a warning. The other diagnostics are those of
 * att_score. ATT_SKIPPED: some inputs would be left out, perhaps all, with which a run would end. *counts as after a
 * run. */
att_status att_dry_run(const att_study *study, const att_run_options *options, const att_dry_receiver *receiver,
                       att_counts *counts, att_diagnostics *diagnostics, att_error *error);

#endif
