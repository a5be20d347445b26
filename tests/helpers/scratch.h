/* A folder of one's own for a test, and small files in it. Failures abort the test (cmocka's assertions). */
#ifndef ATT_TEST_SCRATCH_H
#define ATT_TEST_SCRATCH_H

#include <stddef.h>

/* A new folder below $TMPDIR or /tmp; the string is static and holds until the next call. */
const char *scratch_make(void);
/* Removes it with all that is in it. */
void scratch_remove(void);
/* The path of a name in it; up to eight results hold at a time. */
const char *scratch_path(const char *name);
/* Writes a file there and returns its path. */
const char *scratch_write(const char *name, const char *text);
const char *scratch_write_bytes(const char *name, const void *data, size_t size);
/* The file's content, NUL-terminated, to be freed; NULL where it cannot be read. */
char *scratch_read(const char *path, size_t *size);
/* How many entries the folder has, hidden ones too. */
size_t scratch_count(void);

#endif
