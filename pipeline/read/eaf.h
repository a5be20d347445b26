/* What an ELAN file holds, as eaf.c gathers it and eaf_tiers.c chooses from it. */
#ifndef ATT_READ_EAF_H
#define ATT_READ_EAF_H

#include "base/arena.h"
#include "read/format.h"
#include "read/ids.h"

typedef struct {
    att_span id;
    att_span participant;
    att_span type;       /* LINGUISTIC_TYPE_REF */
    att_span parent;     /* PARENT_REF; size 0: none */
    att_span language;   /* LANG_REF */
    size_t parent_index; /* ATT_NO_ID: none */
    bool holds_text;     /* any text at all */
    bool holds_words;    /* text that is more than numbers and references such as "s12.003" */
    bool coded;          /* its text is from a controlled vocabulary: codes, no speech */
    bool is_speech;      /* the choice */
} att_eaf_tier;

typedef struct {
    size_t tier;
    att_span id;
    att_span text;
    att_span from; /* TIME_SLOT_REF1; size 0: it refers to an annotation: */
    att_span to;
    att_span reference; /* ANNOTATION_REF */
    uint64_t line;
} att_eaf_annotation;

typedef struct {
    att_span id;
    int64_t ms; /* ATT_NO_TIME: the file gives none */
    int64_t order;
} att_eaf_slot;

typedef struct {
    att_arena arena; /* of all spans */
    att_eaf_tier *tiers;
    size_t tier_count, tier_capacity;
    att_eaf_annotation *annotations;
    size_t annotation_count, annotation_capacity;
    att_eaf_slot *slots;
    size_t slot_count, slot_capacity;
    att_id_list vocabularies; /* types with a controlled vocabulary */
} att_eaf;

/* Is this more than a number or a reference? */
bool att_eaf_is_words(att_span text);

/* Decides which tiers are read. ATT_BAD_INPUT: there is text, but none of the tiers is to be read. */
att_status att_eaf_choose(att_eaf *eaf, const att_read_options *options, const char *file, att_error *error);

#endif
