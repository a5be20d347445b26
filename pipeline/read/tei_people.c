#include "read/tei_people.h"

#include <stdlib.h>

void att_tei_people_clear(att_tei_people *people)
{
    att_arena_clear(&people->arena);
    free(people->persons);
    free(people->orgs);
    free(people->affiliations);
    att_id_list_clear(&people->org_ids);
    att_buffer_clear(&people->forename);
    att_buffer_clear(&people->surname);
    att_buffer_clear(&people->text);
    *people = (att_tei_people){0};
}

att_span att_tei_target(att_span pointer)
{
    const char *mark = pointer.size ? memrchr(pointer.text, '#', pointer.size) : NULL;
    size_t before = mark ? (size_t)(mark - pointer.text) + 1 : 0;

    return (att_span){pointer.size ? pointer.text + before : "", pointer.size - before};
}

att_span att_tei_next_word(att_span *list)
{
    att_span rest = att_xml_trim(*list);
    size_t size = 0;

    while (size < rest.size && !strchr(" \t\r\n", rest.text[size]))
        size++;
    *list = (att_span){rest.text + size, rest.size - size};
    return (att_span){rest.text, size};
}

att_span att_tei_id(const att_xml_element *element)
{
    att_span id = att_xml_trim(att_xml_get(element, "xml:id"));

    return id.size ? id : att_xml_trim(att_xml_get(element, "id"));
}

/* ---- Persons */

static att_tei_person *person_of(att_tei_people *people)
{
    return &people->persons[people->person_count - 1];
}

/* What is said first stands. */
static bool set_fact(att_tei_people *people, att_tei_fact fact, att_span value)
{
    att_span *to = &person_of(people)->facts[fact];

    return to->size || !value.size || att_arena_keep(&people->arena, to, att_xml_trim(value));
}

static bool start_person(att_tei_people *people, const att_xml_element *element)
{
    if (!att_grow(&people->persons, &people->person_capacity, people->person_count + 1, sizeof *people->persons))
        return false;
    people->persons[people->person_count++] = (att_tei_person){.id = {0}};
    people->in_person = true;
    return att_arena_keep(&people->arena, &person_of(people)->id, att_tei_id(element)) &&
           set_fact(people, ATT_TEI_SEX, att_xml_get(element, "sex")) &&
           set_fact(people, ATT_TEI_AGE, att_xml_get(element, "age")) &&
           set_fact(people, ATT_TEI_ROLE, att_xml_get(element, "role"));
}

static bool add_affiliation(att_tei_people *people, const att_xml_element *element)
{
    att_tei_affiliation affiliation = {.person = people->person_count - 1};
    att_span org = att_tei_target(att_xml_trim(att_xml_get(element, "ref")));

    if (!org.size)
        return true;
    if (!att_grow(&people->affiliations, &people->affiliation_capacity, people->affiliation_count + 1,
                  sizeof *people->affiliations) ||
        !att_arena_keep(&people->arena, &affiliation.org, org) ||
        !att_arena_keep(&people->arena, &affiliation.from, att_xml_get(element, "from")) ||
        !att_arena_keep(&people->arena, &affiliation.to, att_xml_get(element, "to")))
        return false;
    people->affiliations[people->affiliation_count++] = affiliation;
    return true;
}

static void read_part(att_tei_people *people, att_buffer *part)
{
    people->part = part;
    if (part->size)
        att_buffer_char(part, ' ');
}

static bool start_in_person(att_tei_people *people, const att_xml_element *element)
{
    const char *name = element->name;

    if (people->in_name) {
        bool first = att_xml_is(name, "forename");
        bool last = att_xml_is(name, "surname") || att_xml_is(name, "nameLink");
        if (first || last)
            read_part(people, first ? &people->forename : &people->surname);
        return true;
    }
    people->text.size = 0;
    people->part = &people->text;
    if (att_xml_is(name, "persName") || att_xml_is(name, "name")) {
        people->in_name = true;
        people->forename.size = people->surname.size = 0;
        return true;
    }
    if (att_xml_is(name, "sex"))
        return set_fact(people, ATT_TEI_SEX, att_xml_get(element, "value"));
    if (att_xml_is(name, "age"))
        return set_fact(people, ATT_TEI_AGE, att_xml_get(element, "value"));
    if (att_xml_is(name, "birth"))
        return set_fact(people, ATT_TEI_BIRTH, att_xml_get(element, "when"));
    if (att_xml_is(name, "affiliation"))
        return add_affiliation(people, element);
    return true;
}

static bool end_name(att_tei_people *people)
{
    att_buffer *whole = &people->text;

    people->in_name = false;
    if (people->forename.size || people->surname.size) {
        whole->size = 0;
        att_xml_append(whole, (att_span){people->forename.data, people->forename.size});
        att_xml_append(whole, att_span_of(" "));
        att_xml_append(whole, (att_span){people->surname.data, people->surname.size});
    }
    return !whole->failed && set_fact(people, ATT_TEI_NAME, (att_span){whole->data, whole->size});
}

static bool end_in_person(att_tei_people *people, const char *name)
{
    att_span text = {people->text.data, people->text.size};
    bool good = true;

    if (att_xml_is(name, "person") || att_xml_is(name, "personGrp"))
        people->in_person = people->in_name = false;
    else if (att_xml_is(name, "persName") || (people->in_name && att_xml_is(name, "name")))
        good = end_name(people);
    else if (people->in_name)
        people->part = &people->text;
    else if (att_xml_is(name, "sex"))
        good = set_fact(people, ATT_TEI_SEX, text);
    else if (att_xml_is(name, "age"))
        good = set_fact(people, ATT_TEI_AGE, text);
    else if (att_xml_is(name, "occupation"))
        good = set_fact(people, ATT_TEI_OCCUPATION, text);
    if (!people->in_name)
        people->part = NULL;
    return good;
}

/* ---- Parties */

static bool is_party_role(att_span role)
{
    static const char *const roles[] = {"politicalParty", "parliamentaryGroup", "politicalGroup", "party"};

    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (att_span_equal(role, att_span_of(roles[i])))
            return true;
    return false;
}

static bool start_org(att_tei_people *people, const att_xml_element *element)
{
    if (!att_grow(&people->orgs, &people->org_capacity, people->org_count + 1, sizeof *people->orgs))
        return false;
    att_tei_org *org = &people->orgs[people->org_count];
    *org = (att_tei_org){.party = is_party_role(att_xml_trim(att_xml_get(element, "role")))};
    people->in_org = true;
    people->full_name = false;
    return att_arena_keep(&people->arena, &org->id, att_tei_id(element)) &&
           att_id_list_add(&people->org_ids, org->id, people->org_count++);
}

static bool start_in_org(att_tei_people *people, const att_xml_element *element)
{
    att_span full = att_xml_get(element, "full");

    if (!att_xml_is(element->name, "orgName"))
        return true;
    people->text.size = 0;
    people->part = &people->text;
    /* An abbreviation is what such a table wants, whatever came before it. */
    people->full_name = !(att_span_equal(full, att_span_of("abb")) || att_span_equal(full, att_span_of("init")));
    return true;
}

static bool end_in_org(att_tei_people *people, const char *name)
{
    att_tei_org *org = &people->orgs[people->org_count - 1];
    att_span text = att_xml_trim((att_span){people->text.data, people->text.size});

    people->part = NULL;
    if (att_xml_is(name, "org"))
        people->in_org = false;
    if (!att_xml_is(name, "orgName") || !text.size || (org->name.size && people->full_name))
        return true;
    return att_arena_keep(&people->arena, &org->name, text);
}

/* "party.X", "parliamentaryGroup.X": X; size 0: it is neither. */
static att_span named_party(att_span id)
{
    static const char *const beginnings[] = {"party.", "parliamentaryGroup."};

    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++) {
        size_t size = strlen(beginnings[i]);
        if (id.size > size && memcmp(id.text, beginnings[i], size) == 0)
            return (att_span){id.text + size, id.size - size};
    }
    return (att_span){0};
}

static att_span find_party(att_tei_people *people, att_span id)
{
    att_span named = named_party(id);
    size_t at = att_id_list_find(&people->org_ids, id);

    if (at == ATT_NO_ID || !(people->orgs[at].party || named.size))
        return named;
    return people->orgs[at].name.size ? people->orgs[at].name : id;
}

/* Dates as far as both are given: "2015" is all of that year. */
static int compare_dates(att_span a, att_span b)
{
    size_t size = a.size < b.size ? a.size : b.size;

    return size ? memcmp(a.text, b.text, size) : 0;
}

static bool in_effect(const att_tei_people *people, const att_tei_affiliation *affiliation)
{
    return compare_dates(affiliation->from, people->date) <= 0 && compare_dates(affiliation->to, people->date) >= 0;
}

/* ---- The file */

bool att_tei_people_start(att_tei_people *people, const att_xml_element *element)
{
    const char *name = element->name;

    if (people->in_person)
        return start_in_person(people, element);
    if (people->in_org && !att_xml_is(name, "person"))
        return start_in_org(people, element);
    if (att_xml_is(name, "person") || att_xml_is(name, "personGrp"))
        return start_person(people, element);
    if (att_xml_is(name, "org"))
        return start_org(people, element);
    if (att_xml_is(name, "settingDesc"))
        people->in_setting = true;
    if (people->in_setting && !people->date.size && att_xml_is(name, "date"))
        return att_arena_keep(&people->arena, &people->date, att_xml_trim(att_xml_get(element, "when")));
    return true;
}

bool att_tei_people_text(att_tei_people *people, att_span text)
{
    if (!people->part)
        return true;
    att_xml_append(people->part, text);
    return !people->part->failed;
}

bool att_tei_people_end(att_tei_people *people, const char *name)
{
    if (people->in_person)
        return end_in_person(people, name);
    if (people->in_org)
        return end_in_org(people, name);
    if (att_xml_is(name, "settingDesc"))
        people->in_setting = false;
    return true;
}

att_status att_tei_people_give(att_tei_people *people, att_id_list *speaking, att_document *document, att_error *error)
{
    static const char *const columns[ATT_TEI_FACTS] = {"name", "sex", "age", "birth", "role", "occupation"};
    size_t given = 0, affiliation = 0;
    att_status status = ATT_OK;

    for (size_t i = 0; i < people->person_count && !status && given < ATT_TEI_FACTS_MOST; i++) {
        const att_tei_person *person = &people->persons[i];
        bool speaks = person->id.size && att_id_list_find(speaking, person->id) != ATT_NO_ID;
        att_span party = {0};
        for (; affiliation < people->affiliation_count && people->affiliations[affiliation].person == i;
             affiliation++) {
            att_span found = find_party(people, people->affiliations[affiliation].org);
            if (speaks && found.size && in_effect(people, &people->affiliations[affiliation]))
                party = found; /* the last of those of the day */
        }
        for (size_t fact = 0; fact < ATT_TEI_FACTS && speaks && !status; fact++, given++)
            status = att_document_fact(document, person->id, att_span_of(columns[fact]), person->facts[fact], error);
        if (speaks && !status)
            status = att_document_fact(document, person->id, att_span_of("party"), party, error);
    }
    return status;
}
