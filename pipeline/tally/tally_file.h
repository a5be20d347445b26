/* tallies.att: the tallies of many transcripts in one file (docs/tally-file.md). Everything that is needed to merge,
 * group anew and estimate anew, without the transcripts. Written and read one transcript at a time. */
#ifndef ATT_TALLY_TALLY_FILE_H
#define ATT_TALLY_TALLY_FILE_H

#include "model/scheme.h"
#include "tally/transcript.h"

#include <attune/error.h>
#include <stdio.h>

#define ATT_TALLY_VERSION 2

/* Which lexicon a tally was made with. */
typedef struct {
    const char *name;
    const char *language;
    const char *version; /* "" where it has none */
    uint64_t hash;       /* XXH3 of its file */
} att_lexicon_stamp;

/* ---- writing ---- */

/* Writes to a stream that the caller owns. Write errors stay on the stream, for att_output_commit to report. */
typedef struct att_tally_writer att_tally_writer;
att_status att_tally_writer_open(att_tally_writer **out, FILE *stream, const att_scheme *scheme,
                                 const att_lexicon_stamp *lexicons, size_t lexicon_count, att_error *error);
/* The transcript must be sorted (att_transcript_tally_sort), and come after those before it in the order of ids
 * (bytes). */
att_status att_tally_writer_add(att_tally_writer *writer, const att_transcript_tally *transcript, att_error *error);
/* Writes the end, without which the file is not whole, and frees the writer. */
att_status att_tally_writer_close(att_tally_writer *writer, att_error *error);
/* Frees the writer and leaves the file without an end. NULL is fine. */
void att_tally_writer_abandon(att_tally_writer *writer);

/* ---- reading ---- */

typedef struct att_tally_reader att_tally_reader;
/* ATT_BAD_INPUT: not a tally file, of another version, or damaged. */
att_status att_tally_reader_open(att_tally_reader **out, const char *path, att_error *error);
/* The same from a stream, which the reader closes (also when this fails); name is for messages. */
att_status att_tally_reader_open_stream(att_tally_reader **out, FILE *stream, const char *name, att_error *error);
void att_tally_reader_close(att_tally_reader *reader);

const char *att_tally_reader_name(const att_tally_reader *reader);
const att_scheme *att_tally_reader_scheme(const att_tally_reader *reader);
size_t att_tally_reader_lexicon_count(const att_tally_reader *reader);
const att_lexicon_stamp *att_tally_reader_lexicon(const att_tally_reader *reader, size_t index);

/* The next transcript, in the order of ids; it belongs to the reader and is valid until the next call. *out is NULL at
 * the end, which is reached only when the file is whole. */
att_status att_tally_reader_next(att_tally_reader *reader, const att_transcript_tally **out, att_error *error);

/* ---- merging ---- */

/* Several tally files as one, in the order of ids. A transcript in more than one file is taken for parts of it. */
typedef struct att_tally_merger att_tally_merger;
/* ATT_BAD_INPUT where a file is not readable as above or was made with other lexicons than the first (both named). */
att_status att_tally_merger_open(att_tally_merger **out, char *const *paths, size_t count, att_error *error);
void att_tally_merger_close(att_tally_merger *merger);
/* The first file: its scheme and lexicons are those of all. */
const att_tally_reader *att_tally_merger_first(const att_tally_merger *merger);
/* As att_tally_reader_next. ATT_BAD_INPUT also where two files hold the same bytes of a transcript, or two different
 * inputs under one id. */
att_status att_tally_merger_next(att_tally_merger *merger, const att_transcript_tally **out, att_error *error);

#endif
