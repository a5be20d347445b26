/* The survey, for those who have loaded the speaker table themselves. */
#ifndef ATT_RUN_SURVEY_H
#define ATT_RUN_SURVEY_H

#include "tally/speakers.h"

#include <attune/survey.h>

/* As att_survey; speakers: the study's table. */
att_status att_survey_speakers(const att_study *study, const att_speakers *speakers, const att_run_options *options,
                               att_survey_function *receive, void *context, att_diagnostics *diagnostics,
                               att_error *error);

#endif
