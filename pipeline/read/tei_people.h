/* What a TEI file says about its speakers: persons, their names and parties, and the day of the recording, on which a
 * party is theirs. */
#ifndef ATT_READ_TEI_PEOPLE_H
#define ATT_READ_TEI_PEOPLE_H

#include "base/xml.h"
#include "read/document.h"
#include "read/ids.h"

typedef enum { ATT_TEI_NAME, ATT_TEI_SEX, ATT_TEI_AGE, ATT_TEI_BIRTH, ATT_TEI_ROLE, ATT_TEI_OCCUPATION } att_tei_fact;
enum { ATT_TEI_FACTS = ATT_TEI_OCCUPATION + 1 };

typedef struct {
    att_span id;
    att_span facts[ATT_TEI_FACTS];
} att_tei_person;

typedef struct {
    att_span id;
    att_span name;
    bool party;
} att_tei_org;

typedef struct {
    size_t person;
    att_span org; /* id */
    att_span from;
    att_span to;
} att_tei_affiliation;

/* A zeroed one is empty. */
typedef struct {
    att_arena arena; /* of all spans */
    att_tei_person *persons;
    size_t person_count, person_capacity;
    att_tei_org *orgs;
    size_t org_count, org_capacity;
    att_tei_affiliation *affiliations;
    size_t affiliation_count, affiliation_capacity;
    att_id_list org_ids;
    att_span date; /* of the recording */
    /* What is being read: */
    bool in_person, in_org, in_setting, in_name;
    bool full_name;               /* of the org: the name read is no abbreviation */
    att_buffer forename, surname; /* of the name */
    att_buffer *part;             /* one of these, or text; NULL: the text is nothing */
    att_buffer text;
} att_tei_people;

void att_tei_people_clear(att_tei_people *people);

/* For every element outside utterances, and the text in them. false: no memory. */
bool att_tei_people_start(att_tei_people *people, const att_xml_element *element);
bool att_tei_people_text(att_tei_people *people, att_span text);
bool att_tei_people_end(att_tei_people *people, const char *name);

/* What is known about those who speak. */
att_status att_tei_people_give(att_tei_people *people, att_id_list *speaking, att_document *document, att_error *error);

/* "#A", "people.xml#A": what it points to. */
att_span att_tei_target(att_span pointer);
/* The first of several pointers, or words, apart from white space; moves *list behind it. size 0: there is none. */
att_span att_tei_next_word(att_span *list);
/* The id of an element, old (id) or new (xml:id). */
att_span att_tei_id(const att_xml_element *element);

/* So many facts are given. */
#define ATT_TEI_FACTS_MOST 12000

#endif
