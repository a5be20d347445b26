/* Files that only save time: what can be worked out again is kept in a folder of the user's own.
 *
 * The folder is attune/ in $XDG_CACHE_HOME where that is an absolute path, else in ~/.cache (XDG Base Directory
 * Specification). What is kept there is not checked the way input is, so nobody else may have written it: a folder or
 * file that is not the user's, that others may write to, or that is a symbolic link counts as not there. The folder may
 * be removed at any time. Safe to use from several processes at once. */
#ifndef ATT_BASE_CACHE_H
#define ATT_BASE_CACHE_H

#include "base/buffer.h"

#include <attune/error.h>

/* The folder holds no more than this; what was not used for longest goes first. */
#define ATT_CACHE_FILES 64u
#define ATT_CACHE_BYTES (UINT64_C(1) << 30)

/* What the names of its files end in. Only such files are ever removed. */
#define ATT_CACHE_SUFFIX ".cached"

/* The folder's path, to be freed. NULL: nothing is to be kept ($ATTUNE_CACHE is `off`, or there is no home), or no
 * memory. Reads the environment; makes nothing. */
char *att_cache_folder(void);

/* Appends the whole file, of at most `limit` bytes. false: it is not there, is not to be trusted, or cannot be read;
 * out is then as before. */
bool att_cache_read(att_buffer *out, const char *folder, const char *name, size_t limit);

/* Writes a file of these parts, whole or not at all, readable by its owner only, and makes room for it. Makes the
 * folder where it is not there. name ends in ATT_CACHE_SUFFIX. */
att_status att_cache_write(const char *folder, const char *name, const att_span *parts, size_t count, att_error *error);

#endif
