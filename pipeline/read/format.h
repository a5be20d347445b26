/* Transcript formats: one file a format, one const table, one line in formats.c.
 *
 * A reader turns the bytes of one transcript into batches of turns. Decisions about a whole transcript (which labels
 * are labels) are made once, on the probe: the transcript's first ATT_PROBE bytes, the same whichever range of it is
 * read, so that ranges and one pass agree. */
#ifndef ATT_READ_FORMAT_H
#define ATT_READ_FORMAT_H

#include "base/source.h"
#include "model/turn.h"

#include <attune/error.h>

#define ATT_PROBE (256u * 1024)

/* A column of a table of turns, and what it holds: transcript, turn, speaker, start, end, text, language, or any name,
 * under which it becomes a fact about the speaker. */
typedef struct {
    const char *role;
    const char *name;
} att_column_role;

/* What the run knows and the reader needs. Read-only; must outlive the plans that were made with it. */
typedef struct {
    const char *speaker_regex; /* NULL: the usual label forms */
    const char *speaker_style; /* paragraph style that labels have in word processor files; NULL: none */
    const char *const *tiers;  /* tiers to read, by name (globs); none: those that hold speech */
    size_t tier_count;
    const att_column_role *columns; /* of tables of turns; none: by their names */
    size_t column_count;
    /* Labels of the speaker table for a transcript id: those count as labels wherever they stand. NULL: none known. */
    bool (*known_label)(const void *context, att_span label);
    const void *known_context;
} att_read_options;

typedef struct {
    uint64_t ill_formed; /* byte sequences that are not UTF-8; they stay in the text and count as U+FFFD */
    uint64_t controls;   /* NUL and other control characters, read as separators */
    uint64_t cut_turns;  /* longer than ATT_TURN_PIECE */
    uint64_t notes;      /* transcription notes left out */
    uint64_t bytes;      /* of the turns that begin in the range; over all ranges they add up to the transcript's */
    uint64_t lines;      /* line ends in the range's own bytes, for numbering the lines of the ranges behind it */
} att_read_counts;

/* A statement of the source about a speaker ("CHI", "role", "Target_Child"): it fills the column of the speaker table.
 */
typedef struct {
    att_span label;
    att_span column;
    att_span value;
} att_speaker_fact;

/* What a transcript says about itself. */
typedef struct {
    att_span language; /* BCP 47; size 0: it does not say */
    att_span title;
    att_span date; /* of the talk, as a rule ISO 8601 */
    const att_speaker_fact *facts;
    size_t fact_count;
    bool unsure; /* a table whose columns have names that those of other tables have too */
} att_transcript_info;

/* plan: what a format makes of the probe; one for all ranges of the transcript, read-only after. reader: the memory of
 * one range. Both are the format's own. */
typedef struct {
    const char *name;
    const char *description;
    const char *extensions; /* space-separated, without dots */
    bool binary;            /* not text: it is not decoded, and never looks like a foreign format */
    bool ranges;            /* may be read in byte ranges */
    /* How sure the format is that the probe is its own: 0 no, 100 certain. complete: the probe is the whole file. txt
     * says 10 to 20 to any text: a format that is recognised by its content says 50 or more. */
    int (*sniff)(att_span probe, bool complete, const char *file_name);
    att_status (*plan)(void **plan, att_span probe, bool complete, const char *file, const att_read_options *options,
                       att_error *error);
    void (*forget)(void *plan);
    /* A reader for the turns that begin in the bytes [from, to) of the transcript (with the first byte of their label's
     * line; a paragraph without a label with the blank line before it); to UINT64_MAX: up to the end. The
     * source starts at byte max(0, from - 1) (the byte before tells whether `from` begins a line). A format without
     * ranges is opened with 0 and UINT64_MAX. */
    att_status (*open)(void **reader, const void *plan, att_source *source, uint64_t from, uint64_t to,
                       att_error *error);
    /* The next turns, about a few hundred KB of text; count 0: the end. The batch belongs to the reader. */
    att_status (*next)(void *reader, const att_turn_batch **batch, att_error *error);
    att_read_counts (*counts)(const void *reader);
    /* Complete from the first batch on (language, date) or from the end on (facts). NULL: the format has no place for
     * it. */
    const att_transcript_info *(*info)(const void *reader);
    void (*close)(void *reader);
} att_format;

extern const att_format att_format_txt;
extern const att_format att_format_docx;
extern const att_format att_format_odt;
extern const att_format att_format_rtf;
extern const att_format att_format_qdpx;
extern const att_format att_format_vtt;
extern const att_format att_format_srt;
extern const att_format att_format_cha;
extern const att_format att_format_textgrid;
extern const att_format att_format_json;
extern const att_format att_format_eaf;
extern const att_format att_format_exb;
extern const att_format att_format_trs;
extern const att_format att_format_tei;
extern const att_format att_format_csv;
extern const att_format att_format_tsv;
extern const att_format att_format_jsonl;

/* All formats, NULL-terminated. */
extern const att_format *const att_formats[];
const att_format *att_format_find(const char *name); /* NULL: there is none */

/* A format that says this of a probe, or more, has recognised its content. */
enum { ATT_SURE = 50 };

/* The binary format that the raw bytes are in for sure, NULL where there is none: they may be a text. An error where
 * they are something else altogether (a picture, a PDF file). */
att_status att_format_detect_binary(const att_format **format, att_span raw, bool complete, const char *file,
                                    att_error *error);

/* The format that fits best, or an error that says what the content looks like (binary, empty). The probe is UTF-8; raw
 * bytes where they are a binary format's. */
att_status att_format_detect(const att_format **format, att_span probe, bool complete, const char *file,
                             att_error *error);

#endif
