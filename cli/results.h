/* What score and merge have in common: where their scores go. */
#ifndef ATT_CLI_RESULTS_H
#define ATT_CLI_RESULTS_H

#include "options.h"

#include <attune/score.h>

extern const cli_option cli_result_options[]; /* -o --table --as */

/* Where results go: -o, or else what the study says; NULL: to stdout. */
const char *cli_output_folder(const cli_options *options, const att_study *study);

/* Prints diagnostics, then the table that is asked for (or that nothing else is asked for) to stdout, then, where
 * results went to a folder, the closing line to stderr. scores may be NULL: the run has failed. */
att_status cli_results_print(const att_scores *scores, const cli_options *options, const char *folder,
                             const att_diagnostics *diagnostics, att_error *error);

#endif
