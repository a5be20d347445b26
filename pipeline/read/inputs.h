/* The input arguments of a run as a list of transcripts: files, folders (walked), globs, "-". */
#ifndef ATT_READ_INPUTS_H
#define ATT_READ_INPUTS_H

#include <attune/error.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    char *id;      /* path below the folder given, or the file name; without extensions; '/' between folders */
    char *path;    /* to open; "-" is standard input */
    uint64_t size; /* bytes; 0 for standard input */
} att_input;

typedef struct {
    att_input *items; /* sorted by id (bytes) */
    size_t count;
} att_inputs;

/* Expands the arguments. Hidden files and folders below a folder are passed over. An argument that does not exist, an
 * unreadable folder or a special file is a diagnostic (error) and counted in *skipped, and the rest goes on. Two
 * transcripts with one id, or no transcript at all, are an error. The same file named twice is read once. */
att_status att_inputs_find(att_inputs *out, char *const *arguments, size_t count, size_t *skipped,
                           att_diagnostics *diagnostics, att_error *error);
void att_inputs_clear(att_inputs *inputs);

#endif
