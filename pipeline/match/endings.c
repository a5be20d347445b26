#include "match/endings.h"

#include "match/compiled.h"

#include <stdlib.h>
#include <string.h>

att_status att_endings_init(att_endings *endings, const att_engine *engine, att_error *error)
{
    *endings = (att_endings){.engine = engine};
    endings->met = calloc(engine->node_count ? engine->node_count : 1, sizeof *endings->met);
    endings->holders = calloc(engine->contests.count + 1, sizeof *endings->holders);
    return endings->met && endings->holders ? ATT_OK : att_fail_memory(error);
}

void att_endings_clear(att_endings *endings)
{
    free(endings->states);
    free(endings->entries);
    free(endings->hits);
    free(endings->met);
    free(endings->holders);
    *endings = (att_endings){0};
}

static int compare_entries(const void *a, const void *b)
{
    const att_ending_entry *x = a, *y = b;

    if (x->entry != y->entry)
        return x->entry < y->entry ? -1 : 1;
    return (x->exception > y->exception) - (x->exception < y->exception);
}

/* Several sequences of one entry may end here: it counts once. The entries are the last ones there are. */
static void sort_entries(att_endings *endings, att_ending *ending)
{
    att_ending_entry *entries = endings->entries + ending->first_entry;
    uint32_t kept = 1;

    qsort(entries, ending->entry_count, sizeof *entries, compare_entries);
    for (uint32_t i = 1; i < ending->entry_count; i++)
        if (compare_entries(&entries[kept - 1], &entries[i]) != 0)
            entries[kept++] = entries[i];
    ending->entry_count = kept;
    endings->entry_count = ending->first_entry + kept;
}

static bool add_entries(att_endings *endings, const att_automaton *automaton, uint32_t state)
{
    const att_phrases *phrases = automaton->phrases;
    att_id_set nodes = automaton->states.sets[state];

    for (uint32_t n = 0; n < nodes.count; n++) {
        uint32_t node = automaton->states.items.items[nodes.first + n];
        for (uint32_t i = phrases->nodes[node].accept; i != ATT_NO_ACCEPT; i = phrases->accepts[i].next) {
            if (!att_grow(&endings->entries, &endings->entry_room, endings->entry_count + 1, sizeof *endings->entries))
                return false;
            endings->entries[endings->entry_count++] =
                (att_ending_entry){phrases->accepts[i].entry, phrases->accepts[i].exception};
        }
    }
    return true;
}

/* An entry counts for its nodes, where no other did before it. */
static bool add_entry_hits(att_endings *endings, att_ending *ending, uint32_t entry, uint32_t mark)
{
    const att_marker_nodes *nodes = endings->engine->entries[entry].nodes;

    for (uint32_t n = 0; n < nodes->count; n++) {
        uint32_t node = nodes->nodes[n];
        if (endings->met[node] == mark)
            continue;
        endings->met[node] = mark;
        if (!att_grow(&endings->hits, &endings->hit_room, endings->hit_count + 1, sizeof *endings->hits))
            return false;
        endings->hits[endings->hit_count++] = (att_ending_hit){node, entry};
        ending->hit_count++;
        ending->matches += n == 0;
    }
    return true;
}

/* All entries cover the same tokens: each node, and each contest, goes to the one that stands first. */
static bool add_hits(att_endings *endings, att_ending *ending, uint32_t mark)
{
    const att_contests *contests = &endings->engine->contests;

    memset(endings->holders, 0, contests->count * sizeof *endings->holders);
    for (uint32_t i = 0; i < ending->entry_count; i++) {
        uint32_t entry = endings->entries[ending->first_entry + i].entry;
        if (contests->count && !att_contests_allow(contests, entry, endings->holders))
            continue;
        if (contests->count)
            att_contests_hold(contests, entry, endings->holders);
        if (!add_entry_hits(endings, ending, entry, mark))
            return false;
    }
    return true;
}

bool att_endings_make(att_endings *endings, const att_automaton *automaton, uint32_t state)
{
    size_t before = endings->state_room;
    att_ending ending = {.first_entry = (uint32_t)endings->entry_count, .first_hit = (uint32_t)endings->hit_count};

    if (!att_grow(&endings->states, &endings->state_room, (size_t)state + 1, sizeof *endings->states))
        return false;
    memset(endings->states + before, 0, (endings->state_room - before) * sizeof *endings->states);
    endings->state_count = endings->state_room;
    if (!add_entries(endings, automaton, state))
        return false;
    ending.entry_count = (uint32_t)endings->entry_count - ending.first_entry;
    if (ending.entry_count > 1)
        sort_entries(endings, &ending);
    for (uint32_t i = 0; i < ending.entry_count; i++)
        ending.excepts |= endings->entries[ending.first_entry + i].exception;
    /* State 0 has no endings, so its number is free to mean that no node was met. */
    if (!ending.excepts && !add_hits(endings, &ending, state))
        return false;
    if (ending.hit_count)
        ending.hit = endings->hits[ending.first_hit];
    ending.made = true;
    endings->states[state] = ending;
    return true;
}
