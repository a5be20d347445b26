/* Packages: word processor files and QDA projects are zip archives with XML inside. Read from memory, never unpacked to
 * the disk. A package that is cut short, encrypted or meant to fill the memory is an error that says so. */
#ifndef ATT_READ_PACKAGE_H
#define ATT_READ_PACKAGE_H

#include "base/buffer.h"

#include <attune/error.h>

/* What a package may hold: so many members; and so many bytes in those that are read, but no more than so many times
 * the package's own size where that is beyond the free amount. */
#define ATT_PACKAGE_MEMBERS 65535u
#define ATT_PACKAGE_BYTES   ((size_t)1 << 30)
#define ATT_PACKAGE_FREE    ((size_t)64 << 20)
#define ATT_PACKAGE_RATIO   250u

/* A member that is asked for. */
typedef struct {
    /* Its path, in any case of letters. "?NAME": in any folder; "*.EXT": the first one of this kind. */
    const char *name;
    bool found;
    att_buffer content; /* the caller's to clear, whatever is returned */
} att_package_member;

/* Reads the members that are there, in one pass. kind: what the package is thought to be, for messages ("a Word
 * document"). Errors are ATT_BAD_INPUT. */
att_status att_package_read(att_span package, att_package_member *members, size_t count, const char *kind,
                            const char *file, att_error *error);

/* Does the beginning of a zip archive show a member whose path begins (ends) with this? */
bool att_package_shows(att_span probe, const char *beginning, const char *ending);

/* Is this a document that was encrypted with a password (a compound file with a stream EncryptedPackage)? */
bool att_package_is_locked(att_span probe);

#endif
