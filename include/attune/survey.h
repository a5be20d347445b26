/* What is in the inputs, without scoring them: formats, languages, labels. For `attune formats FILE`,
 * `attune score --list-speakers` and `attune init`. */
#ifndef ATTUNE_SURVEY_H
#define ATTUNE_SURVEY_H

#include <attune/score.h>
#include <attune/span.h>
#include <stdio.h>

/* What a transcript itself says about a label: a column of the speaker table, and the value. */
typedef struct {
    const char *column;
    const char *value;
} att_label_fact;

typedef struct {
    const char *label;   /* as it stands in the source; "": turns without one */
    const char *speaker; /* the identity that score would use */
    bool matched;        /* the speaker table has it */
    uint64_t turns, tokens;
    const att_label_fact *facts; /* of the transcript, in its order */
    size_t fact_count;
} att_surveyed_label;

typedef struct {
    const char *transcript; /* its id */
    const char *path;
    const char *skipped; /* why it cannot be read; NULL: it can, and what follows holds */
    const char *format;
    const char *format_by;   /* how it is known: "option", "content", or "else": no other format fits */
    const char *encoding;    /* "" for formats that know theirs */
    const char *encoding_by; /* how it is known: "option", "mark", "bytes", or "guess" */
    const char *language;    /* BCP 47; NULL: nobody can tell */
    const char *told_by;     /* how the language is known: "option", "file", "guess" */
    uint64_t bytes, turns, tokens, notes, ill_formed;
    const att_surveyed_label *labels; /* in the order in which they first speak */
    size_t label_count;
} att_surveyed;

/* Called for each transcript in the order of their ids, one at a time; what it gets is valid during the call. A status
 * other than ATT_OK stops the survey and is returned. */
typedef att_status att_survey_function(void *context, const att_surveyed *transcript, att_error *error);

/* Reads all inputs of the study (its format, language, speaker table and expressions count; its lexicons do not).
 * ATT_SKIPPED: some could not be read; each has been received with its reason and is a diagnostic. */
att_status att_survey(const att_study *study, const att_run_options *options, att_survey_function *receive,
                      void *context, att_diagnostics *diagnostics, att_error *error);

/* Writes a speaker table of all labels of the inputs to the stream, ready to be filled in: transcript, label, speaker
 * (the identity that score would use), then the columns of the study's speaker table with what it says, then what the
 * transcripts say about their speakers; with counts also turns, tokens, and whether the table has the label. As
 * att_survey. */
att_status att_speaker_list(const att_study *study, const att_run_options *options, bool counts, FILE *to,
                            att_diagnostics *diagnostics, att_error *error);

/* Writes speakers.csv and a commented study.yml for the transcripts of a folder into that folder. A file that is there
 * already is an error, and nothing is written. As att_survey. */
att_status att_study_init(const char *folder, const att_run_options *options, att_diagnostics *diagnostics,
                          att_error *error);

#endif
