/* Bytes of an input for a reader: a file from a position on, or a member of an archive; unpacked, hashed and counted on
 * the way, and for text formats in UTF-8.
 *
 *     file ─member of a zip, if it is one─▶ content ─unpacked, if it is packed─▶ raw ─decoded, if it must be─▶ reader
 *
 * Positions, hash and size are of the raw bytes; what is counted for the progress is the content. */
#ifndef ATT_RUN_SOURCE_H
#define ATT_RUN_SOURCE_H

#include "base/buffer.h"
#include "base/charset.h"
#include "base/hash.h"
#include "read/container.h"
#include "read/format.h"
#include "read/inputs.h"

typedef struct {
    att_source source;    /* for the reader; state points to this: it must stay where it is */
    const char *path;     /* of the input, for messages */
    int file;             /* descriptor; -1: none */
    bool shared;          /* the descriptor is not ours, and read at `place` */
    uint64_t place;       /* of a member that lies open: the next byte in the file */
    uint64_t left;        /* bytes of it that are to come */
    att_unpacker *member; /* of a zip */
    att_unpacker *stream; /* of what is compressed */
    att_decoder *decoder; /* NULL: the reader gets the raw bytes */
    att_source packed, content, raw;
    char start[16];     /* the content's first bytes, looked at for compression */
    att_span looked;    /* those that come again */
    att_span replay;    /* raw bytes that were read before (the probe) and come first */
    att_buffer decoded; /* the probe in UTF-8 */
    att_charset charset;
    att_hasher *hasher; /* of the raw bytes [from, to); NULL: not hashed */
    uint64_t from, to;  /* what is to be given out in any case */
    uint64_t at;        /* the next raw byte to be given out */
    uint64_t *total;    /* counted up atomically; NULL: not */
    att_error failure;  /* of reading; status ATT_OK: none */
} att_file_source;

/* Opens an input at a byte; at another than 0 only files that are neither compressed nor members. Compressed ones are
 * unpacked, within the limits. To be closed where it succeeded. */
att_status att_file_source_open(att_file_source *source, const att_input *input, const att_limits *limits,
                                uint64_t from, uint64_t *total, att_error *error);
/* Has the bytes [from, to) given out in any case, and hashed where that is wanted; `from` is not behind the byte it was
 * opened at but one. */
att_status att_file_source_cover(att_file_source *source, uint64_t from, uint64_t to, bool hashed, att_error *error);
void att_file_source_close(att_file_source *source);

/* What the first bytes of an input tell. */
typedef struct {
    const att_format *format;
    att_span probe; /* for the format's plan: UTF-8 for text formats. Valid as long as the source is open */
    bool complete;  /* the input ends in it */
    bool ranges;    /* it may be read in byte ranges: the format may be, and the bytes are the file's own */
} att_recognised;

/* Finds the format and the encoding, unless they are named (NULL: they are not), and has text formats decoded. memory:
 * room for ATT_PROBE bytes, in use as long as the source is open. */
att_status att_file_source_recognise(att_file_source *source, const char *format, const char *encoding, char *memory,
                                     att_recognised *out, att_error *error);
/* The same decoding for another opening of the same input. */
att_status att_file_source_decode(att_file_source *source, const att_charset *charset, att_error *error);

/* Says that the encoding is a guess, where it is. */
void att_charset_warn(const att_charset *charset, const char *path, att_diagnostics *diagnostics);

/* Byte sequences that were none in the encoding. */
uint64_t att_file_source_ill_formed(const att_file_source *source);

/* Reads on to the end of what is to be given out. */
att_status att_file_source_drain(att_file_source *source, att_error *error);

/* How reading ended: what the source failed with, if it did, whatever the reader has made of it; else `status`. */
att_status att_file_source_outcome(const att_file_source *source, att_status status, att_error *error);

#endif
