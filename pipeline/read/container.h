/* Containers: bytes that have to be unpacked before they are a transcript's. A compressed file (gz, zst, xz, bz2) and a
 * member of a zip archive are sources of their own; archive.h lists what an archive holds.
 *
 * Compressed files go through zlib (gz: with its checksums) and libarchive's filters, zip members through libarchive,
 * which checks their sizes and checksums. Whatever is damaged, cut off or beyond a limit is ATT_BAD_INPUT with the
 * file, the reason and the remedy. */
#ifndef ATT_READ_CONTAINER_H
#define ATT_READ_CONTAINER_H

#include "read/format.h"

#include <attune/error.h>
#include <attune/span.h>
#include <attune/study.h>

typedef enum {
    ATT_PACKED_NOT,
    ATT_PACKED_GZIP,
    ATT_PACKED_ZSTD,
    ATT_PACKED_XZ,
    ATT_PACKED_BZIP2,
    ATT_PACKED_ZIP,
    ATT_PACKED_TAR,
} att_packing;

/* Bytes of a file that att_packing_look needs to see. */
#define ATT_PACKING_BYTES 512

/* How a content is packed, by its first bytes. */
att_packing att_packing_look(att_span start);
static inline bool att_packing_is_stream(att_packing packing)
{
    return packing >= ATT_PACKED_GZIP && packing <= ATT_PACKED_BZIP2;
}

/* The ratio counts only beyond so many unpacked bytes: small files of one letter pack well without any harm. */
#define ATT_RATIO_FROM (UINT64_C(16) << 20)

/* The limits with the standard ones (ATT_MOST_...) where they say 0. */
att_limits att_limits_complete(att_limits limits);

/* The bytes of something packed, as they come out. Belongs to one thread. */
typedef struct att_unpacker att_unpacker;

/* A compressed stream over a source that begins with it. file: for messages; must outlive the unpacker, as the source
 * must. */
att_status att_unpacker_open(att_unpacker **out, att_packing packing, att_source *packed, const char *file,
                             const att_limits *limits, att_error *error);

/* A member of a zip archive, over a source that begins at the member's own header (att_member.at). */
att_status att_unpacker_open_member(att_unpacker **out, att_source *packed, const char *file, const att_limits *limits,
                                    att_error *error);

/* Its read returns -1 (errno EIO) when something is wrong; then the failure says what. */
att_source *att_unpacker_source(att_unpacker *unpacker);
const att_error *att_unpacker_failure(const att_unpacker *unpacker); /* status ATT_OK: none so far */
bool att_unpacker_is_beyond(const att_unpacker *unpacker);           /* the failure is that of a limit */
void att_unpacker_close(att_unpacker *unpacker);

/* The words for a limit that is passed, as the end of a message. */
att_status att_limit_fail(const char *file, const char *what, const char *option, uint64_t limit, att_error *error);

#endif
