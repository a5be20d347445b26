/* Key word in context: every hit with what stands around it. */
#ifndef ATTUNE_KWIC_H
#define ATTUNE_KWIC_H

#include <attune/score.h>
#include <attune/span.h>

typedef struct {
    const char *transcript;
    uint64_t turn; /* 1-based, of the transcript */
    uint64_t line; /* 1-based, on which the turn begins in the source */
    const char *speaker;
    const char *label;  /* of the turn, as it stands in the source; "": none */
    const char *marker; /* path */
    const char *entry;  /* as written in the lexicon */
    const char *sense;
    uint64_t start, end;         /* code points of the turn's text, 0-based, end exclusive */
    int64_t start_ms, end_ms;    /* of the turn; INT64_MIN: none */
    att_span left, match, right; /* well-formed UTF-8 on one line */
} att_kwic_row;

typedef att_status att_kwic_function(void *context, const att_kwic_row *row, att_error *error);

typedef struct {
    att_strings markers; /* paths; a parent stands for all below it; none: every marker that has entries */
    size_t context;      /* tokens on each side; 0: none */
} att_kwic_options;

/* Calls `row` for every hit, in the order of transcripts, turns and positions, from one thread at a time. A status
 * other than ATT_OK from it stops the run and is returned. */
att_status att_kwic(const att_study *study, const att_run_options *options, const att_kwic_options *kwic,
                    att_kwic_function *row, void *context, att_counts *counts, att_diagnostics *diagnostics,
                    att_error *error);

#endif
