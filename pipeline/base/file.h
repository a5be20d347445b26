/* Files: whole-file reading for small ones, and outputs that appear whole or not at all. */
#ifndef ATT_BASE_FILE_H
#define ATT_BASE_FILE_H

#include "base/buffer.h"

#include <attune/error.h>
#include <stdio.h>

/* Reads all of a file of at most `limit` bytes (0: 64 MiB); path "-" is standard input. */
att_status att_file_read(att_buffer *out, const char *path, size_t limit, att_error *error);

/* An output under a temporary name in its own folder; opening one removes what killed processes have left of the same.
 * `commit` flushes, fsyncs and renames it over the final name (mode 0600) and fsyncs the folder; `abandon` removes it.
 * Both free the handle. A write error is kept and reported by commit, so callers may write through `stream` without
 * checks. */
typedef struct att_output att_output;
att_status att_output_open(att_output **out, const char *path, att_error *error);
FILE *att_output_stream(att_output *output);
/* Flushes and fsyncs ahead of commit and closes the stream, so that several outputs can all be safe on the disk before
 * the first of them takes its name. After a failure the handle is good for abandon only. */
att_status att_output_prepare(att_output *output, att_error *error);
att_status att_output_commit(att_output *output, att_error *error);
void att_output_abandon(att_output *output); /* NULL is fine */

/* A results folder: made with mode 0700 (parents too), or taken as it is where it exists. */
att_status att_folder_make(const char *path, att_error *error);

/* DIR/NAME in a fresh string, to be freed; NULL: no memory. */
char *att_path_join(const char *folder, const char *name);

#endif
