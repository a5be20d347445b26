/* The transcripts of a study: what its inputs lead to, without what is none. */
#ifndef ATT_RUN_FIND_INPUTS_H
#define ATT_RUN_FIND_INPUTS_H

#include "read/inputs.h"
#include "run/reading.h"

/* As att_inputs_find, and then leaves out the study's own files (own_files.h) and, of what was found in folders and
 * archives and not named,
 *
 *   - files of a doubtful name (.csv .tsv .json .jsonl .xml .md) whose content is not that of a transcript: with a note
 *     where it is plainly something else, with a warning where it might be one;
 *   - files that cannot be read, where another one of the same id can (interview.pdf beside interview.docx): with a
 * note.
 *
 * Two transcripts that then have one id are an error. output: the results folder; NULL: none. */
att_status att_find_inputs(att_inputs *out, const att_study *study, const att_reading *reading, const char *output,
                           size_t *skipped, att_diagnostics *diagnostics, att_error *error);

#endif
