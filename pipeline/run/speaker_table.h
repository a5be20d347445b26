/* The speaker table, in whatever a spreadsheet program saves it. */
#ifndef ATT_RUN_SPEAKER_TABLE_H
#define ATT_RUN_SPEAKER_TABLE_H

#include "tally/speakers.h"

#include <attune/study.h>

/* Loads the study's table: CSV or TSV in any encoding that its first bytes tell (UTF-8, UTF-16, or guessed), or the
 * first visible sheet of an .xlsx file. Errors as att_speakers_load. */
att_status att_speaker_table_load(att_speakers **out, const att_study *study, att_error *error);

#endif
