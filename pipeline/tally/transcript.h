/* The tally of one transcript: what each of its labels said, and which part of the input it is of.
 *
 * Parts of one transcript (byte ranges, tallied by different threads or machines) add up to the same as one pass. */
#ifndef ATT_TALLY_TRANSCRIPT_H
#define ATT_TALLY_TRANSCRIPT_H

#include "model/tally.h"
#include "tally/names.h"
#include "tally/said.h"

#include <attune/error.h>
#include <attune/span.h>

typedef struct {
    att_span label; /* as it stands in the source; size 0: turns without a label */
    att_tally tally;
} att_label_tally;

/* Bytes [from, to) of the input. Turns that begin in them are in the tally. */
typedef struct {
    uint64_t from;
    uint64_t to;
} att_byte_range;

/* A zeroed att_transcript_tally is empty. id, language and date are copies that it owns. */
typedef struct {
    att_span id;
    att_span language;      /* BCP 47 */
    att_span date;          /* that the source states, as it states it; size 0: none */
    uint64_t size;          /* of the whole input, in bytes, also where this is only a part of it */
    uint64_t hash;          /* XXH3 of the whole input */
    att_byte_range *ranges; /* disjoint, ascending, none touching the next; {0, size} for a whole transcript */
    size_t range_count;
    size_t range_capacity;
    att_label_tally *labels; /* sorted by label (bytes) after att_transcript_tally_sort, else in order of appearance */
    size_t label_count;
    size_t label_capacity;
    att_names names;    /* owner of the labels' text; a label's number here is its place in labels */
    uint32_t recent[2]; /* labels that were asked for last: guesses */
    att_said said;      /* of its speakers, by the source itself */
} att_transcript_tally;

/* Starts an empty transcript with its id and language. */
att_status att_transcript_tally_init(att_transcript_tally *transcript, att_span id, att_span language,
                                     att_error *error);
/* Notes the date that the source states; the first one stands. What is longer than any date is none. */
att_status att_transcript_tally_date(att_transcript_tally *transcript, att_span date, att_error *error);
/* When the talk was: the date that the source states or else, where that is none that att_date_read knows, the first in
 * the id; size 0: nobody says. */
att_span att_transcript_tally_when(const att_transcript_tally *transcript);
void att_transcript_tally_clear(att_transcript_tally *transcript);

/* The tally of a label, made where there is none yet; NULL: no memory. The pointer holds until a label is added or the
 * labels are sorted. */
att_tally *att_transcript_tally_label(att_transcript_tally *transcript, att_span label);

/* Notes that the bytes [from, to) are in the tally; an empty range is nothing. Fails with ATT_BAD_INPUT where some of
 * them already are: they would count twice. */
att_status att_transcript_tally_range(att_transcript_tally *transcript, uint64_t from, uint64_t to, att_error *error);

/* Adds its turns and tokens to the two. */
void att_transcript_tally_count(const att_transcript_tally *transcript, uint64_t *turns, uint64_t *tokens);

/* Is every byte of the input in it? */
bool att_transcript_tally_whole(const att_transcript_tally *transcript);

/* Adds the labels and ranges of `from`, a part of the same transcript. Size, hash and language must be equal
 * (ATT_BAD_INPUT: different inputs). After an error `to` is good for att_transcript_tally_clear only. */
att_status att_transcript_tally_add(att_transcript_tally *to, const att_transcript_tally *from, att_error *error);

/* Sorts the labels and what is said of them, drops those without tokens and gives spare memory back. What is written to
 * a file must be sorted. Labels can be added and sorted again after it. Fails only without memory. */
att_status att_transcript_tally_sort(att_transcript_tally *transcript, att_error *error);

#endif
