/* Archives and compressed bytes for tests, made by libarchive's writers. Failures abort the test. */
#ifndef ATT_TEST_PACKED_H
#define ATT_TEST_PACKED_H

#include <stddef.h>

typedef struct {
    char *data; /* to be freed */
    size_t size;
} packed;

/* format: "zip", "pax", "ustar", "gnutar", or "raw" for a stream; filter: "gzip", "zstd", "xz", "bzip2" or NULL. Every
 * name (NULL-terminated; one for "raw") has the same content. */
packed test_pack(const char *format, const char *filter, const char *const *names, const char *content, size_t size);

/* A zip with one stored file whose name is these very bytes, to the letter of APPNOTE 4.3; flags: of the entry. */
packed test_pack_zip(const char *name, unsigned flags, const char *content);

#endif
