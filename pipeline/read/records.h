/* Records to turns: what a table of turns (csv, tsv, jsonl) says in each record becomes one turn, or the next piece of
 * the turn before where both have the same value in the column `turn` and the same speaker.
 *
 * A file may hold several transcripts (column `transcript`). Where its first records show that, every label begins with
 * the transcript's value and a slash; else labels of other transcripts than the first do. So no two people become one.
 *
 * Records of the form that attune writes are taken as they stand; of others, texts and labels lose the white space
 * around them, and stamps and transcription notes are blanked. */
#ifndef ATT_READ_RECORDS_H
#define ATT_READ_RECORDS_H

#include "base/arena.h"
#include "base/buffer.h"
#include "read/columns.h"
#include "read/facts.h"
#include "read/record_time.h"
#include "read/speech.h"

/* A longer record, or field in one, is refused: whoever writes it has forgotten a quote. */
#define ATT_RECORD_MOST ((size_t)16 << 20)
/* So is a longer name of a speaker or a transcript, and a longer fact: the column holds something else. */
#define ATT_RECORD_NAME_MOST 1024

/* The fields of a record; size 0: it says nothing there. */
typedef struct {
    att_span values[ATT_COLUMN_ROLES];
    const att_span *facts; /* one for each of the fact columns */
    uint64_t offset;       /* of the text in the source */
    uint64_t line;
} att_record;

typedef struct {
    const char *file;
    const att_columns *columns;
    const att_scan *scan;
    /* Of the sample. */
    att_time_sample sample;
    att_time_unit unit[2];
    att_buffer first; /* the first value of the column `transcript` */
    bool several;
    /* Turns so far; the last one may go on in the next record, so it is handed out with the next batch. */
    att_turn_batch batch, given;
    size_t sent;         /* of the batch, in all */
    att_arena arenas[2]; /* of this batch and the one before */
    unsigned current;
    size_t bytes;
    bool handed_out;
    att_buffer turn_id; /* of the last turn */
    att_buffer label, text;
    att_note_memo notes;
    att_facts facts;
    att_read_counts counts;
} att_records;

void att_records_open(att_records *records, const att_columns *columns, const char *file);
void att_records_close(att_records *records);

/* First some records from the beginning are looked at, for what one of them cannot tell; then they are added. */
att_status att_records_sample(att_records *records, const att_record *record, att_error *error);
void att_records_settle(att_records *records);

att_status att_records_add(att_records *records, const att_record *record, att_error *error);

/* Are there enough turns for a batch? */
bool att_records_ready(const att_records *records);
/* The turns so far; all: with the last one, nothing follows. Valid until the next record is added. */
const att_turn_batch *att_records_take(att_records *records, bool all);

#endif
