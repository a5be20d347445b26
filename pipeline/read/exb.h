/* What an EXMARaLDA transcription holds, as exb.c gathers it and exb_turns.c makes turns of it. */
#ifndef ATT_READ_EXB_H
#define ATT_READ_EXB_H

#include "read/ids.h"
#include "read/tiers.h"

typedef struct {
    att_span id;
    att_span abbreviation;
    bool shared; /* another speaker has the same */
} att_exb_speaker;

typedef struct {
    att_span id;
    att_span name; /* display-name */
    att_span category;
    att_span speaker; /* id */
    bool spoken;      /* of type t */
    bool chosen;
    size_t first; /* event */
    size_t count;
} att_exb_tier;

typedef struct {
    att_span text; /* with the white space at its ends */
    att_span start;
    att_span end;
    uint64_t line;
} att_exb_event;

/* Something about a speaker. */
typedef struct {
    size_t speaker;
    att_span column;
    att_span value;
} att_exb_fact;

typedef struct {
    att_arena arena; /* of all spans */
    att_exb_speaker *speakers;
    size_t speaker_count, speaker_capacity;
    att_exb_tier *tiers;
    size_t tier_count, tier_capacity;
    att_exb_event *events;
    size_t event_count, event_capacity;
    att_exb_fact *facts;
    size_t fact_count, fact_capacity;
    int64_t *times; /* of the timeline */
    size_t time_count, time_capacity;
    att_id_list timeline, speaker_ids;
    att_span title;
    att_buffer text; /* of the element that is read */
    att_span column; /* of the fact that is read */
    bool in_speaker, in_event, reading;
    unsigned inside; /* so many elements inside an event, whose text is no speech */
} att_exb;

/* So many facts about speakers are kept. */
#define ATT_EXB_FACTS 4096

/* Gives the chosen tiers' turns, and the facts, to the document. */
att_status att_exb_give(att_exb *exb, att_document *document, const att_read_options *options, const char *file,
                        att_error *error);

#endif
