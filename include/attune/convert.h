/* Transcripts between formats. */
#ifndef ATTUNE_CONVERT_H
#define ATTUNE_CONVERT_H

#include <attune/study.h>
#include <stdio.h>

/* Writes the turns of all inputs of the study (its format, language, labels and expressions count), in the order of
 * their ids; the speaker is the label as it stands in the source. to: "jsonl", "csv", "txt" or "vtt".
 *
 * jsonl and csv hold all transcripts in one: the file `output`, or the stream where that is NULL. txt and vtt hold one
 * each: files ID.EXTENSION in the folder `output`, or the stream where there is one transcript only. Files appear whole
 * or not at all. ATT_SKIPPED: some inputs could not be opened; each is a diagnostic. One that breaks off after some of
 * its turns have been written is an error. */
att_status att_convert(const att_study *study, const char *to, const char *output, FILE *stream,
                       att_diagnostics *diagnostics, att_error *error);

/* Names and descriptions of what can be written; NULL behind the last. */
const char *att_convert_format(size_t index);

#endif
