/* Turns, written as a transcript again: `attune convert`. What is written as jsonl or csv is read back as the same
 * turns, and converting that once more gives the same bytes.
 *
 * jsonl and csv hold a turn a record, with the fields
 *
 *     transcript   the id
 *     turn         its number in the transcript, from 1
 *     speaker      the label as it stands in the source; null or empty: none
 *     start_ms     milliseconds; null or empty: not known
 *     end_ms
 *     text         the speech; time stamps and transcription notes are spaces or left out
 *     offset       of the text in the source that was read, in bytes; 0 where the source is no text
 *     language     BCP 47, where the source says it for this turn; else null or empty. Where it changes within the
 * turn, each further one with the code point of the text where it begins: "ca es@412" (read/language_runs.h)
 *
 * Pieces of a turn in different languages are joined, with a space between. A turn of more than 1 MiB stands in several
 * records with the same number, one after the other. csv puts an apostrophe before a field that a spreadsheet would
 * take for a formula (and before one that begins with apostrophes in front of such); the reader takes it away. What is
 * not UTF-8 is written as U+FFFD; so is NUL, but for jsonl.
 *
 * txt holds paragraphs `Name: text`, vtt cues `<v Name>`: one transcript each, without offsets and languages, with line
 * ends inside turns as spaces. A cue whose time is not known begins where the one before ends, and ends where the next
 * one begins, but lasts a millisecond at least. */
#ifndef ATT_WRITE_TURNS_H
#define ATT_WRITE_TURNS_H

#include "model/turn.h"

#include <attune/error.h>
#include <stdio.h>

typedef struct att_turn_writer att_turn_writer;

typedef struct att_turn_writer_format {
    const char *name; /* "jsonl" */
    const char *description;
    bool many; /* holds more than one transcript */
    att_status (*begin)(att_turn_writer *writer, att_error *error);
    att_status (*turn)(att_turn_writer *writer, const att_turn *turn, att_error *error);
    att_status (*end)(att_turn_writer *writer, att_error *error);
} att_turn_writer_format;

extern const att_turn_writer_format att_turns_jsonl, att_turns_csv, att_turns_txt, att_turns_vtt;

/* All formats, NULL-terminated. */
extern const att_turn_writer_format *const att_turn_writers[];
const att_turn_writer_format *att_turn_writer_find(const char *name); /* NULL: there is none */

/* Writes to a stream that its caller owns and never closes it. Write errors are left on the stream (ferror), for the
 * caller's commit to report. Not thread-safe. */
att_status att_turn_writer_new(att_turn_writer **out, const att_turn_writer_format *format, FILE *stream,
                               att_error *error);

/* Writes a turn, or a piece of one: all pieces but the last say that the turn `continues`. transcript: the id, unless
 * the turn itself names one. number: of the turn in its transcript; 0: the writer counts, beginning anew with every
 * change of the transcript. Fails without memory, and (ATT_USAGE) for a second transcript where the format holds one.
 */
att_status att_turn_writer_turn(att_turn_writer *writer, att_span transcript, uint64_t number, const att_turn *turn,
                                att_error *error);

/* Writes what is left, and frees the writer; NULL is fine. */
att_status att_turn_writer_end(att_turn_writer *writer, att_error *error);

#endif
