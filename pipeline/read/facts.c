#include "read/facts.h"

#include "base/buffer.h"

#include <stdlib.h>

void att_facts_clear(att_facts *facts)
{
    att_arena_clear(&facts->arena);
    free(facts->facts);
    *facts = (att_facts){0};
}

static bool keep(att_facts *facts, att_span *to, att_span value)
{
    if (to->size || !value.size)
        return true;
    to->text = att_arena_copy(&facts->arena, value);
    if (!to->text)
        return false;
    to->size = value.size;
    return true;
}

bool att_facts_language(att_facts *facts, att_span language)
{
    return keep(facts, &facts->info.language, language);
}

bool att_facts_title(att_facts *facts, att_span title)
{
    return keep(facts, &facts->info.title, title);
}

bool att_facts_date(att_facts *facts, att_span date)
{
    return keep(facts, &facts->info.date, date);
}

bool att_facts_add(att_facts *facts, att_span label, att_span column, att_span value)
{
    att_speaker_fact fact = {{0}, {0}, {0}};

    if (!column.size || !value.size)
        return true;
    for (size_t i = 0; i < facts->info.fact_count; i++)
        if (att_span_equal(facts->facts[i].label, label) && att_span_equal(facts->facts[i].column, column))
            return true;
    if (!att_grow(&facts->facts, &facts->capacity, facts->info.fact_count + 1, sizeof *facts->facts))
        return false;
    fact.label.text = att_arena_copy(&facts->arena, label);
    fact.label.size = label.size;
    if (!fact.label.text || !keep(facts, &fact.column, column) || !keep(facts, &fact.value, value))
        return false;
    facts->facts[facts->info.fact_count++] = fact;
    facts->info.facts = facts->facts;
    return true;
}
