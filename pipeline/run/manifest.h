/* manifest.json: what a results folder is made of. Written record by record, in the order of the inputs. */
#ifndef ATT_RUN_MANIFEST_H
#define ATT_RUN_MANIFEST_H

#include "run/job.h"
#include "run/left_out.h"
#include "tally/tally_file.h"

typedef struct att_manifest att_manifest;

/* stream belongs to the caller. command may be NULL. */
att_status att_manifest_open(att_manifest **out, FILE *stream, const char *command, att_error *error);
/* A transcript of a run: scored, or skipped with its reason. */
att_status att_manifest_transcript(att_manifest *manifest, const att_job_transcript *transcript, att_left_out left_out,
                                   att_error *error);
/* One that comes from a tally file. */
att_status att_manifest_tally(att_manifest *manifest, const att_transcript_tally *tally, att_left_out left_out,
                              att_error *error);
/* Ends the file with lexicons, counts, warnings and versions, and frees the manifest. */
att_status att_manifest_close(att_manifest *manifest, const att_lexicon_stamp *lexicons, size_t lexicon_count,
                              const att_counts *counts, const att_diagnostics *diagnostics, att_error *error);
void att_manifest_abandon(att_manifest *manifest);

#endif
