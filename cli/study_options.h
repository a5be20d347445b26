/* The options that describe a study, shared by score, kwic and merge. */
#ifndef ATT_CLI_STUDY_OPTIONS_H
#define ATT_CLI_STUDY_OPTIONS_H

#include "options.h"

#include <attune/study.h>

extern const cli_option cli_study_options[];   /* -l --study */
extern const cli_option cli_reading_options[]; /* how to read: --lang --format --speaker-regex */
extern const cli_option cli_speaker_options[]; /* who is who: --speakers --labels */
extern const cli_option cli_group_options[];   /* --by */
extern const cli_option cli_run_options[];     /* --threads */
extern const cli_option cli_output_options[];  /* --quiet --verbose */

/* Fills *study from --study, then from the other options, then from the arguments as inputs: what is given on the
 * command line replaces what study.yml says. Options that the command does not have are not given. The study is to be
 * cleared in every case. */
att_status cli_study_from_options(att_study *study, const cli_options *options, att_error *error);

/* --threads; 0 where it is not given: as many as there are cores. */
att_status cli_threads_from_options(int *threads, const cli_options *options, att_error *error);

#endif
