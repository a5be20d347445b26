/* The input arguments of a run as a list of transcripts: files, folders (walked), globs, "-", and archives, which are
 * looked into as if they were folders. */
#ifndef ATT_READ_INPUTS_H
#define ATT_READ_INPUTS_H

#include "read/archive.h"

#include <attune/error.h>
#include <attune/study.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    char *id;      /* path below the folder given, or the file name; without extensions; '/' between folders */
    char *path;    /* of the file; "-" is standard input; of a member of an archive ARCHIVE/MEMBER, to be shown */
    bool found;    /* in a folder or an archive; else it was named itself, or by a pattern */
    bool doubtful; /* found, and of a name that other files beside transcripts have too: its content has to tell */
    uint64_t size; /* bytes of the file as it is packed, or of the member as it is unpacked; 0 for standard input */
    /* Of members of archives; run/source.h opens them. */
    char *archive;   /* the file; NULL: the input is one itself */
    char *member;    /* path inside the archive; NULL: no member */
    att_place place; /* where the member's bytes are */
    uint64_t at;     /* there */
    int spool;       /* the temporary file that ATT_IN_SPOOL is about; belongs to the att_inputs */
} att_input;

void att_input_clear(att_input *input);

typedef struct {
    att_input *items; /* sorted by id (bytes) */
    size_t count;
    size_t passed_over; /* files found that are no transcripts, and not among the items */
    int spool;          /* descriptor where has_spool */
    bool has_spool;
} att_inputs;

/* Expands the arguments. Hidden files and folders below a folder are passed over, and __MACOSX in archives. An argument
 * that does not exist, an unreadable folder, a special file or an archive that is damaged or passes a limit is a
 * diagnostic (error) and counted in *skipped, and the rest goes on. None at all is an error. The same file named twice
 * is read once. limits: of archives; NULL: the standard ones. */
att_status att_inputs_find(att_inputs *out, char *const *arguments, size_t count, const att_limits *limits,
                           size_t *skipped, att_diagnostics *diagnostics, att_error *error);
void att_inputs_clear(att_inputs *inputs);

/* Two transcripts with one id, and none at all, are an error (ATT_BAD_INPUT). */
att_status att_inputs_check(const att_inputs *inputs, att_error *error);

#endif
