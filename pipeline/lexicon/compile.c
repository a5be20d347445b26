/* The patterns of a draft, compiled or taken from the cache. */
#include "lexicon/database_cache.h"
#include "lexicon/draft.h"

#include <string.h>

static bool holds(const att_draft *draft, att_sequence sequence, uint32_t element)
{
    for (uint32_t i = 0; i < sequence.length; i++)
        if (draft->sequence[sequence.first + i] == element)
            return true;
    return false;
}

/* Where an element first stands: in an entry or one of its exceptions. */
static att_yaml_node place_of(const att_draft *draft, uint32_t element)
{
    for (size_t i = 0; i < draft->entry_count; i++) {
        const att_entry *entry = &draft->entries[i];
        bool found = false;
        for (uint32_t f = 0; f < entry->forms && !found; f++)
            found = holds(draft, draft->forms.items[entry->form + f], element);
        for (uint32_t e = 0; e < entry->excepts && !found; e++)
            found = holds(draft, draft->exceptions.items[entry->except + e], element);
        if (found)
            return (att_yaml_node){.line = entry->line, .column = entry->column};
    }
    return (att_yaml_node){.line = 1, .column = 1};
}

static att_status refuse(att_draft *draft, uint32_t element, const char *reason)
{
    att_yaml_node node = place_of(draft, element);

    if (element < draft->element_count && draft->elements[element].kind != ATT_REGEX)
        return att_draft_refuse(draft, &node, "'%s' cannot be compiled: %s; use fewer wildcards",
                                att_excerpt_of(draft->elements[element].text).text, reason);
    return att_draft_refuse(draft, &node, "bad regex: %s; mend it (see docs/lexicon-format.md)", reason);
}

/* An author has heard of every bad one where it stands (regex.c). */
static att_status check_regexes(att_draft *draft)
{
    char reason[256];

    for (size_t i = 0; i < draft->element_count && !draft->check; i++)
        if (draft->elements[i].kind == ATT_REGEX && !att_regex_is_sound(draft->elements[i].text.text, reason))
            return refuse(draft, (uint32_t)i, reason);
    return ATT_OK;
}

att_status att_draft_compile(att_draft *draft)
{
    uint32_t bad = UINT32_MAX;
    char reason[256];
    att_status status = att_databases_collect(draft->databases, draft->elements, draft->element_count, draft->error);

    if (status != ATT_OK || att_database_cache_load(draft->databases))
        return status;
    status = check_regexes(draft);
    if (status != ATT_OK)
        return status;
    status = att_databases_compile(draft->databases, &bad, reason, draft->error);
    if (status == ATT_BAD_INPUT)
        return refuse(draft, bad, reason);
    if (status == ATT_OK)
        att_database_cache_store(draft->databases);
    return status;
}
