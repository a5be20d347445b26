/* Formats that are read as a whole (XML, JSON, word processor files): a parser adds all pieces, and the rest of the
 * format's functions is here. Such a format is a parser, one line for each function and the table:
 *
 *     static att_status eaf_open(void **reader, const void *plan, att_source *source, uint64_t from, uint64_t to,
 *                                att_error *error)
 *     {
 *         (void)from, (void)to;
 *         return att_document_open(reader, plan, source, eaf_parse, error);
 *     }
 *
 *     const att_format att_format_eaf = {..., .plan = att_document_plan, .forget = att_document_forget,
 *         .open = eaf_open, .next = att_document_next, .counts = att_document_counts, .info = att_document_info,
 *         .close = att_document_close}; */
#ifndef ATT_READ_DOCUMENT_H
#define ATT_READ_DOCUMENT_H

#include "read/pieces.h"

/* A larger file is refused: it would have to be in memory as a whole, several times over. */
#define ATT_DOCUMENT_MOST ((size_t)1 << 30)

typedef struct att_document att_document;

/* Adds a piece (see read/pieces.h). */
att_status att_document_add(att_document *document, const att_piece *piece, att_error *error);
/* What the transcript says about itself and its speakers; copied. A fact that is said twice counts once. */
att_status att_document_language(att_document *document, att_span language, att_error *error);
att_status att_document_title(att_document *document, att_span title, att_error *error);
att_status att_document_date(att_document *document, att_span date, att_error *error);
att_status att_document_fact(att_document *document, att_span label, att_span column, att_span value, att_error *error);
/* Counts notes that were left out before the pieces came. */
void att_document_notes(att_document *document, uint64_t notes);
/* Sequences that are not UTF-8 which the parser itself replaced, for the counts. */
void att_document_ill_formed(att_document *document, uint64_t count);

/* Reads content, the whole file; adds what it holds. Errors (ATT_BAD_INPUT) name the file, the line and the remedy. */
typedef att_status att_document_parser(att_document *document, att_span content, const att_read_options *options,
                                       const char *file, att_error *error);

att_status att_document_plan(void **plan, att_span probe, bool complete, const char *file,
                             const att_read_options *options, att_error *error);
void att_document_forget(void *plan);
/* Reads the source to its end and parses it. */
att_status att_document_open(void **reader, const void *plan, att_source *source, att_document_parser *parse,
                             att_error *error);
att_status att_document_next(void *reader, const att_turn_batch **batch, att_error *error);
att_read_counts att_document_counts(const void *reader);
const att_transcript_info *att_document_info(const void *reader);
void att_document_close(void *reader);

/* What a plan of these functions holds, for formats that stream and need no more: file name and options. */
const char *att_document_file(const void *plan);
const att_read_options *att_document_options(const void *plan);

#endif
