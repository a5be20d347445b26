/* What a zip or tar archive holds, and where: so that any thread can read any member by itself.
 *
 * A member of a zip is unpacked from its own header on, a member of a plain tar lies open in the file, and the members
 * of a compressed tar are unpacked once, when it is listed, into a temporary file without a name (att_spool). */
#ifndef ATT_READ_ARCHIVE_H
#define ATT_READ_ARCHIVE_H

#include "read/container.h"

/* A temporary file without a name, made on first use in $TMPDIR or /tmp; it goes when it is closed. */
typedef struct {
    int file; /* -1: not made yet */
    uint64_t size;
} att_spool;

void att_spool_close(att_spool *spool);

/* Where a member's bytes are. */
typedef enum {
    ATT_IN_FILE,  /* the file itself: no member */
    ATT_IN_ZIP,   /* packed, its header at `at` of the archive */
    ATT_IN_TAR,   /* as they are, at `at` of the archive */
    ATT_IN_SPOOL, /* as they are, at `at` of the temporary file */
} att_place;

typedef struct {
    char *name; /* path in the archive, UTF-8 where it can be told, without "./" */
    att_place place;
    uint64_t at;
    uint64_t size; /* unpacked */
} att_member;

typedef struct {
    att_member *items; /* files only, in the order of the archive */
    size_t count;
    size_t capacity;
    size_t skipped; /* members that were left out, each with a diagnostic */
} att_members;

void att_members_clear(att_members *members);

typedef enum {
    ATT_ARCHIVE,         /* listed */
    ATT_ARCHIVE_NOT,     /* a file like others; also a document that is a zip by its make (docx, odt, qdpx) */
    ATT_ARCHIVE_SKIPPED, /* cannot be read, or passes a limit: the diagnostic says why */
} att_archive_kind;

/* Is the member worth having? What is not is no part of the list, and of a compressed tar it is not kept. */
typedef bool att_member_filter(void *context, const char *name);

/* Lists the archive at `path`. What is cut off is a diagnostic (error) that counts in `skipped`; the members before
 * stay. ATT_ENVIRONMENT: no memory, or no room for the temporary file. */
att_status att_archive_list(att_archive_kind *kind, att_members *members, const char *path, const att_limits *limits,
                            att_spool *spool, att_member_filter *wanted, void *context, att_diagnostics *diagnostics,
                            att_error *error);

#endif
