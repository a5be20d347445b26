/* Files of the study that lie among its transcripts. */
#ifndef ATT_RUN_OWN_FILES_H
#define ATT_RUN_OWN_FILES_H

#include "read/inputs.h"

#include <attune/study.h>

/* Takes out of the inputs what is the study's own: its study.yml, its speaker table, its lexicons, and what lies in the
 * results folder (NULL: none). output may not exist yet. */
att_status att_own_files_drop(att_inputs *inputs, const att_study *study, const char *output, att_error *error);

#endif
