/* Findings: what is doubtful in a lexicon but stops no run. */
#include "lexicon/findings.h"

#include "base/hash.h"
#include "lexicon/exclusive.h"

#include <stdlib.h>

static const uint32_t *elements_of(const att_draft *draft, uint32_t entry)
{
    return draft->sequence + draft->entries[entry].first;
}

att_status att_seen_open(att_seen *seen, const att_draft *draft)
{
    seen->count = 1024;
    while (seen->count < draft->entry_count * 2)
        seen->count *= 2;
    seen->slots = calloc(seen->count, sizeof *seen->slots);
    return seen->slots ? ATT_OK : att_fail_memory(draft->error);
}

void att_seen_close(att_seen *seen)
{
    free(seen->slots);
}

uint32_t att_seen_add(att_seen *seen, const att_draft *draft, uint32_t entry, uint32_t group)
{
    const att_entry *added = &draft->entries[entry];
    size_t size = added->length * sizeof(uint32_t);
    uint64_t hash = (att_hash64(elements_of(draft, entry), size) + group) * UINT64_C(0x9E3779B97F4A7C15);
    size_t slot = (size_t)(hash >> 32) & (seen->count - 1);

    for (; seen->slots[slot].entry; slot = (slot + 1) & (seen->count - 1)) {
        uint32_t other = seen->slots[slot].entry - 1;
        if (seen->slots[slot].group == group && draft->entries[other].length == added->length &&
            memcmp(elements_of(draft, other), elements_of(draft, entry), size) == 0)
            return other;
    }
    seen->slots[slot].entry = entry + 1;
    seen->slots[slot].group = group;
    return entry;
}

static void find_repeats(att_draft *draft, att_seen *seen)
{
    for (uint32_t i = 0; i < draft->entry_count; i++) {
        att_entry *entry = &draft->entries[i];
        uint32_t first = att_seen_add(seen, draft, i, entry->marker);
        if (first == i)
            continue;
        entry->ignored = true;
        att_draft_find(
            draft, entry->line, entry->column,
            "'%s' repeats the entry of line %llu in the marker '%s' and does not count; delete one of the two",
            att_excerpt_of(att_span_of(entry->term)).text, (unsigned long long)draft->entries[first].line,
            draft->markers[entry->marker].path);
    }
}

static void find_pole_conflicts(att_draft *draft, att_seen *seen)
{
    for (uint32_t i = 0; i < draft->entry_count; i++) {
        att_entry *entry = &draft->entries[i];
        att_pole pole = draft->markers[entry->marker].pole;
        if (entry->ignored || pole == ATT_NO_POLE)
            continue;
        uint32_t first = att_seen_add(seen, draft, i, ATT_NO_NODE);
        const att_marker *other = &draft->markers[draft->entries[first].marker];
        if (first == i || other->pole == pole)
            continue;
        entry->ignored = true;
        att_draft_find(draft, entry->line, entry->column,
                       "'%s' stands in both poles: in '%s' on line %llu, and here in '%s', where it does not count; "
                       "delete one of the two",
                       att_excerpt_of(att_span_of(entry->term)).text, other->path,
                       (unsigned long long)draft->entries[first].line, draft->markers[entry->marker].path);
    }
}

/* One entry on two sides of an exclusive group. sides: by marker. */
static void find_group_conflicts(att_draft *draft, att_seen *seen, const uint16_t *sides)
{
    for (uint32_t i = 0; i < draft->entry_count; i++) {
        att_entry *entry = &draft->entries[i];
        uint16_t side = sides[entry->marker];
        if (entry->ignored || !side)
            continue;
        uint32_t first = att_seen_add(seen, draft, i, ATT_NO_NODE);
        if (first == i || sides[draft->entries[first].marker] == side)
            continue;
        entry->ignored = true;
        att_draft_find(draft, entry->line, entry->column,
                       "'%s' stands in two markers that exclude each other: in '%s' on line %llu, and here in '%s', "
                       "where it does not count; delete one of the two",
                       att_excerpt_of(att_span_of(entry->term)).text, draft->markers[draft->entries[first].marker].path,
                       (unsigned long long)draft->entries[first].line, draft->markers[entry->marker].path);
    }
}

static att_status find_exclusive(att_draft *draft)
{
    att_status status = ATT_OK;

    for (size_t g = 0; status == ATT_OK && g < draft->group_count; g++) {
        att_seen seen = {0};
        uint16_t *sides = calloc(draft->marker_count, sizeof *sides);
        status = sides ? att_seen_open(&seen, draft) : att_fail_memory(draft->error);
        if (status == ATT_OK) {
            att_exclusive_sides(&draft->groups[g], draft->markers, draft->marker_count, sides);
            find_group_conflicts(draft, &seen, sides);
        }
        att_seen_close(&seen);
        free(sides);
    }
    return status;
}

/* A glob alone without any letter: it counts every word. */
static void find_catch_alls(att_draft *draft)
{
    for (uint32_t i = 0; i < draft->entry_count; i++) {
        const att_entry *entry = &draft->entries[i];
        const att_element *element = &draft->elements[*elements_of(draft, i)];
        if (entry->length > 1 || (element->kind != ATT_GLOB && element->kind != ATT_GLOB_EXACT))
            continue;
        size_t globs = 0;
        while (globs < element->text.size && (element->text.text[globs] == '*' || element->text.text[globs] == '?'))
            globs++;
        if (globs == element->text.size)
            att_draft_find(draft, entry->line, entry->column, "'%s' matches every token%s; add letters or delete it",
                           att_excerpt_of(att_span_of(entry->term)).text,
                           element->text.text[globs - 1] == '*' ? "" : " of this length");
    }
}

static att_status find_empty_markers(att_draft *draft)
{
    bool *parents = calloc(draft->marker_count + 1, sizeof *parents);

    if (!parents)
        return att_fail_memory(draft->error);
    for (size_t i = 0; i < draft->marker_count; i++)
        if (draft->markers[i].parent != ATT_NO_NODE)
            parents[draft->markers[i].parent] = true;
    for (size_t i = 0; i < draft->marker_count; i++) {
        const att_marker *marker = &draft->markers[i];
        if (!parents[i] && marker->entry_count == 0 && !marker->note && !marker->rule)
            att_draft_find(
                draft, marker->line, marker->column,
                "the marker '%s' holds no entry, no marker and no note; add entries, or a note that says why",
                marker->path);
    }
    free(parents);
    return ATT_OK;
}

att_status att_draft_findings(att_draft *draft)
{
    att_seen repeats = {0};
    att_seen poles = {0};
    att_status status = att_seen_open(&repeats, draft);

    if (status == ATT_OK)
        status = att_seen_open(&poles, draft);
    if (status == ATT_OK) {
        find_repeats(draft, &repeats);
        find_pole_conflicts(draft, &poles);
        status = find_exclusive(draft);
    }
    if (status == ATT_OK) {
        find_catch_alls(draft);
        status = find_empty_markers(draft);
    }
    att_seen_close(&repeats);
    att_seen_close(&poles);
    return status;
}
