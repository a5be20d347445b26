/* Bytes of an input file for a reader: read() from a position on, hashed and counted on the way. */
#ifndef ATT_RUN_SOURCE_H
#define ATT_RUN_SOURCE_H

#include "base/hash.h"
#include "read/format.h"

typedef struct {
    att_source source;  /* for the reader; state points to this */
    int file;           /* descriptor; -1: none */
    att_span replay;    /* bytes that were read before (the probe) and come first */
    att_hasher *hasher; /* of the bytes [from, to); NULL: not hashed */
    uint64_t from, to;  /* what is to be given out in any case */
    uint64_t at;        /* the next byte to be given out */
    uint64_t *total;    /* counted up atomically; NULL: not */
    int error;          /* errno of a failed read */
} att_file_source;

/* Opens path ("-": standard input) at a byte. */
att_status att_file_source_open(att_file_source *source, const char *path, uint64_t from, uint64_t *total,
                                att_error *error);
/* Has the bytes [from, to) given out in any case, and hashed where that is wanted; `from` is not behind the byte it was
 * opened at but one. */
att_status att_file_source_cover(att_file_source *source, uint64_t from, uint64_t to, bool hashed, att_error *error);
void att_file_source_close(att_file_source *source);

/* Fills the probe from the start of the file; it is given out again afterwards. *complete: the file ends in it. */
att_status att_file_source_probe(att_file_source *source, const char *path, char *probe, size_t room, size_t *size,
                                 bool *complete, att_error *error);

/* Reads on to the end of what is to be given out. */
att_status att_file_source_drain(att_file_source *source, const char *path, att_error *error);

#endif
