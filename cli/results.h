/* What score and merge have in common: where their scores go. */
#ifndef ATT_CLI_RESULTS_H
#define ATT_CLI_RESULTS_H

#include "options.h"

#include <attune/score.h>

extern const cli_option cli_result_options[]; /* -o --table --as */

/* Prints diagnostics, then the table that is asked for (or that nothing else is asked for) to stdout, then, after
 * -o, the closing line to stderr. scores may be NULL: the run has failed. */
att_status cli_results_print(const att_scores *scores, const cli_options *options, const att_diagnostics *diagnostics,
                             att_error *error);

#endif
