/* Findings: what is doubtful in a lexicon but stops no run. */
#include "lexicon/findings.h"

#include "base/hash.h"

#include <stdlib.h>

static const uint32_t *elements_of(const att_draft *draft, uint32_t form)
{
    return draft->sequence + draft->forms.items[form].first;
}

att_status att_seen_open(att_seen *seen, const att_draft *draft)
{
    seen->count = 1024;
    while (seen->count < draft->forms.count * 2)
        seen->count *= 2;
    seen->slots = calloc(seen->count, sizeof *seen->slots);
    return seen->slots ? ATT_OK : att_fail_memory(draft->error);
}

void att_seen_close(att_seen *seen)
{
    free(seen->slots);
}

uint32_t att_seen_add(att_seen *seen, const att_draft *draft, uint32_t entry, uint32_t form, uint32_t group)
{
    att_sequence added = draft->forms.items[form];
    size_t size = added.length * sizeof(uint32_t);
    uint64_t hash = (att_hash64(elements_of(draft, form), size) + group) * UINT64_C(0x9E3779B97F4A7C15);
    size_t slot = (size_t)(hash >> 32) & (seen->count - 1);

    for (; seen->slots[slot].form; slot = (slot + 1) & (seen->count - 1)) {
        uint32_t other = seen->slots[slot].form - 1;
        if (seen->slots[slot].group == group && draft->forms.items[other].length == added.length &&
            memcmp(elements_of(draft, other), elements_of(draft, form), size) == 0)
            return seen->slots[slot].entry;
    }
    seen->slots[slot].form = form + 1;
    seen->slots[slot].entry = entry;
    seen->slots[slot].group = group;
    return entry;
}

/* Takes those forms out of an entry that stand in the group already: in another entry, and of those in one of another
 * side where only these are asked about (sides: by marker; NULL: all). *first: that of the first one. Returns how many;
 * where it is all, they stay. */
static uint32_t drop_forms(att_draft *draft, att_seen *seen, uint32_t index, uint32_t group, const uint16_t *sides,
                           uint32_t *first)
{
    att_entry *entry = &draft->entries[index];
    att_sequence *forms = draft->forms.items + entry->form;
    uint32_t kept = 0, count = entry->forms;

    for (uint32_t f = 0; f < count; f++) {
        att_sequence form = forms[f];
        forms[f] = forms[kept]; /* the dropped ones go behind, and the table remembers the others by their place */
        forms[kept] = form;
        uint32_t other = att_seen_add(seen, draft, index, entry->form + kept, group);
        bool stays = other == index || (sides && sides[draft->entries[other].marker] == sides[entry->marker]);
        if (!stays && kept == f)
            *first = other;
        kept += stays;
    }
    if (kept > 0)
        entry->forms = kept;
    else
        entry->ignored = true;
    return count - kept;
}

static void find_repeats(att_draft *draft, att_seen *seen)
{
    for (uint32_t i = 0; i < draft->entry_count; i++) {
        att_entry *entry = &draft->entries[i];
        uint32_t first = i;
        if (!drop_forms(draft, seen, i, entry->marker, NULL, &first))
            continue;
        att_draft_find(
            draft, entry->line, entry->column,
            "'%s' repeats%s the entry of line %llu in the marker '%s' and does not count%s; delete one of the two",
            att_excerpt_of(att_span_of(entry->term)).text, entry->ignored ? "" : " in part",
            (unsigned long long)draft->entries[first].line, draft->markers[entry->marker].path,
            entry->ignored ? "" : " there");
    }
}

/* Entries on two sides of a contest. sides: by marker; of: the sides, in words. */
static void find_conflicts_of(att_draft *draft, att_seen *seen, const uint16_t *sides, const char *of)
{
    for (uint32_t i = 0; i < draft->entry_count; i++) {
        att_entry *entry = &draft->entries[i];
        uint32_t first = i;
        if (entry->ignored || !sides[entry->marker] || !drop_forms(draft, seen, i, ATT_NO_NODE, sides, &first))
            continue;
        att_draft_find(draft, entry->line, entry->column,
                       "'%s' stands in %s%s: in '%s' on line %llu, and here in '%s', where it does not count; "
                       "delete one of the two",
                       att_excerpt_of(att_span_of(entry->term)).text, of, entry->ignored ? "" : " in part",
                       draft->markers[draft->entries[first].marker].path,
                       (unsigned long long)draft->entries[first].line, draft->markers[entry->marker].path);
    }
}

static att_status find_conflicts(att_draft *draft)
{
    uint16_t *sides = calloc(draft->marker_count + 1, sizeof *sides);
    att_status status = sides ? ATT_OK : att_fail_memory(draft->error);

    for (size_t contest = 0; contest < att_draft_contests(draft) && status == ATT_OK; contest++) {
        att_seen seen = {0};
        att_draft_sides(draft, contest, sides);
        status = att_seen_open(&seen, draft);
        if (status == ATT_OK)
            find_conflicts_of(draft, &seen, sides,
                              contest == ATT_POLE_CONTEST ? "both poles" : "two markers that exclude each other");
        att_seen_close(&seen);
    }
    free(sides);
    return status;
}

/* A glob alone without any letter: it counts every word. */
static bool is_catch_all(const att_draft *draft, uint32_t form, bool *of_length)
{
    const att_element *element = &draft->elements[*elements_of(draft, form)];
    size_t globs = 0;

    if (draft->forms.items[form].length > 1 || (element->kind != ATT_GLOB && element->kind != ATT_GLOB_EXACT))
        return false;
    while (globs < element->text.size && (element->text.text[globs] == '*' || element->text.text[globs] == '?'))
        globs++;
    *of_length = element->text.text[element->text.size - 1] != '*';
    return globs == element->text.size;
}

static void find_catch_alls(att_draft *draft)
{
    for (uint32_t i = 0; i < draft->entry_count; i++) {
        const att_entry *entry = &draft->entries[i];
        bool found = false, of_length = false;
        for (uint32_t f = 0; f < entry->forms && !found; f++)
            found = is_catch_all(draft, entry->form + f, &of_length);
        if (found)
            att_draft_find(draft, entry->line, entry->column, "'%s' matches every token%s; add letters or delete it",
                           att_excerpt_of(att_span_of(entry->term)).text, of_length ? " of this length" : "");
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
    att_status status = att_seen_open(&repeats, draft);

    if (status == ATT_OK) {
        find_repeats(draft, &repeats);
        status = find_conflicts(draft);
    }
    if (status == ATT_OK) {
        find_catch_alls(draft);
        status = find_empty_markers(draft);
    }
    att_seen_close(&repeats);
    return status;
}
