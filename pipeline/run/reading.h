/* How a study wants its transcripts read, as readers take it. */
#ifndef ATT_RUN_READING_H
#define ATT_RUN_READING_H

#include "read/format.h"

#include <attune/study.h>

/* options lacks the known labels, which are those of each transcript. The study must outlive it. */
typedef struct {
    att_read_options options;
    att_column_role *columns;
    char *memory;
} att_reading;

/* ATT_USAGE: a format that there is not, or a column that is not ROLE=NAME. To be cleared in every case. */
att_status att_reading_of(att_reading *reading, const att_study *study, att_error *error);
void att_reading_clear(att_reading *reading);

#endif
