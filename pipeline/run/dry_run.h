/* What a dry run tells, for score.c, which runs it. */
#ifndef ATT_RUN_DRY_RUN_H
#define ATT_RUN_DRY_RUN_H

#include "run/job.h"
#include "tally/cells.h"

#include <attune/dry_run.h>

/* One transcript, read or skipped. */
att_status att_dry_run_transcript(const att_dry_receiver *receiver, const att_job_transcript *transcript,
                                  att_cells *cells, att_error *error);

/* The rows of the results. */
att_status att_dry_run_cells(const att_dry_receiver *receiver, const att_cells *cells, att_error *error);

/* May a results folder of this name be written? NULL: none is asked for. */
att_status att_dry_run_output(const char *folder, att_error *error);

#endif
