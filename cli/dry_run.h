/* attune score --dry-run. */
#ifndef ATT_CLI_DRY_RUN_H
#define ATT_CLI_DRY_RUN_H

#include "options.h"

#include <attune/score.h>

/* Shows what scoring the study would read, match and leave out: the transcripts as a table on stdout (on a terminal the
 * rows of the results too), then one line on stderr. */
att_status cli_dry_run(const att_study *study, const cli_options *options, const att_run_options *run_options,
                       att_error *error);

#endif
