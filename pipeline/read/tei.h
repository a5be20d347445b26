/* Transcriptions of speech in TEI, as tei.c reads them, tei_speech.c takes the utterances and tei_finish.c hands them
 * over. */
#ifndef ATT_READ_TEI_H
#define ATT_READ_TEI_H

#include "read/language_tag.h"
#include "read/tei_people.h"

/* What an element does to the text around it. */
typedef enum {
    ATT_TEI_PLAIN,  /* nothing */
    ATT_TEI_BLOCK,  /* words do not go on across its beginning and end */
    ATT_TEI_BREAK,  /* is empty; the same, unless it says break="no" */
    ATT_TEI_WORD,   /* is a word, or a mark of punctuation; join says what touches it */
    ATT_TEI_CHOICE, /* its children say the same in several ways */
    ATT_TEI_NOTE,   /* is about what was said: no speech */
    ATT_TEI_SILENT, /* holds no speech either, but nothing that is worth counting */
    ATT_TEI_SPEECH, /* an utterance */
} att_tei_kind;

/* An element that is open. */
typedef struct {
    att_tei_kind kind;
    att_span language; /* of its text: its own, or that of the element around it */
    bool joins;        /* a word: nothing stands between it and what follows */
    bool taken;        /* a choice: one of its children was read */
} att_tei_frame;

/* Who speaks, in utterances in utterances. */
typedef struct {
    att_span label;
    att_span start; /* id of a point on the timeline */
    att_span end;
    uint64_t line;
    bool opens; /* nothing of it was taken yet */
} att_tei_utterance;

/* A part of an utterance in one language. */
typedef struct {
    att_span label;
    att_span text;
    att_span language;
    att_span start;
    att_span end;
    uint64_t line;
    bool opens;
} att_tei_part;

/* What an utterance says about its speaker. */
typedef struct {
    att_span label;
    att_span role;
} att_tei_role;

/* A point on the timeline. */
typedef struct {
    att_span id;
    att_span since; /* id */
    int64_t ms;     /* from there, or ATT_NO_TIME */
    bool absolute;
} att_tei_point;

typedef struct {
    att_span written;
    att_span tag;
} att_tei_language;

typedef struct {
    const char *file;
    att_arena arena; /* of all spans */
    att_tei_people people;
    att_tei_frame frames[ATT_XML_DEPTH + 1];
    size_t depth;
    size_t skip;  /* so many elements are open of which nothing is read */
    size_t words; /* so many words are open */
    att_tei_utterance utterances[ATT_XML_DEPTH + 1];
    size_t speaking; /* so many of them are open */
    size_t utterance_count;
    att_buffer text; /* of the part that is being read */
    att_span text_language;
    bool glue; /* no white space before the next word */
    uint64_t notes;
    att_tei_part *parts;
    size_t part_count, part_capacity;
    att_tei_point *points;
    size_t point_count, point_capacity;
    int64_t unit; /* of intervals, in milliseconds; 0: not said */
    att_id_list labels, roles;
    att_tei_role *role_items;
    size_t role_count, role_capacity;
    att_span block_who, block_start, block_end; /* of the annotationBlock around an utterance */
    att_tei_language languages[64];
    size_t language_count;
    att_span language; /* the transcript's */
    bool language_set;
    att_span only_language; /* of langUsage */
    size_t language_uses;
    bool in_titles, in_title, main_title;
    att_buffer title_text;
    att_span title;
    bool is_corpus;
    att_span included; /* the file that the last xi:include names */
} att_tei;

/* The BCP 47 tag of a language as it is written; size 0: it is none. false: no memory. */
bool att_tei_language_of(att_tei *tei, att_span *tag, att_span written);
static inline att_tei_frame *att_tei_top(att_tei *tei)
{
    return &tei->frames[tei->depth];
}

/* An utterance, and elements and text in it. false: no memory. */
bool att_tei_speech_start(att_tei *tei, const att_xml_element *element, uint64_t line);
bool att_tei_speech_in(att_tei *tei, const att_xml_element *element);
bool att_tei_speech_text(att_tei *tei, att_span text);
bool att_tei_speech_end(att_tei *tei, const att_tei_frame *ended);

/* A point of the timeline. */
bool att_tei_point_add(att_tei *tei, const att_xml_element *element);
/* Hands over all that was read. */
att_status att_tei_give(att_tei *tei, att_document *document, att_error *error);

#endif
