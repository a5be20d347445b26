#include "read/qde_refs.h"

#include "base/buffer.h"

#include <stdlib.h>

/* A guid and what has it. */
typedef struct {
    att_span guid;
    size_t index;
} place;

typedef struct {
    place *items;
    size_t count;
} directory;

void att_qde_refs_clear(att_qde_refs *refs)
{
    free(refs->items);
    free(refs->variables);
    *refs = (att_qde_refs){0};
}

bool att_qde_refs_add(att_qde_refs *refs, att_qde_ref_kind kind, size_t from, att_span to)
{
    if (!att_grow(&refs->items, &refs->capacity, refs->count + 1, sizeof *refs->items))
        return false;
    refs->items[refs->count++] = (att_qde_ref){kind, from, to};
    return true;
}

bool att_qde_refs_name(att_qde_refs *refs, att_arena *arena, att_span variable, att_span name)
{
    const char *copy = att_arena_copy(arena, name);

    if (!copy ||
        !att_grow(&refs->variables, &refs->variable_capacity, refs->variable_count + 1, sizeof *refs->variables))
        return false;
    refs->variables[refs->variable_count++] = (att_qde_variable){variable, {copy, name.size}};
    return true;
}

/* By guid, then in the order of the project. */
static int by_guid(const void *a, const void *b)
{
    const place *x = a;
    const place *y = b;
    int order = att_span_compare(x->guid, y->guid);

    return order ? order : (x->index > y->index) - (x->index < y->index);
}

static bool directory_make(directory *out, size_t room)
{
    *out = (directory){.items = malloc((room + 1) * sizeof *out->items)};
    return out->items != NULL;
}

static void directory_add(directory *to, att_span guid, size_t index)
{
    to->items[to->count++] = (place){guid, index};
}

static void directory_sort(directory *in)
{
    if (in->count)
        qsort(in->items, in->count, sizeof *in->items, by_guid);
}

/* The first place with this guid; behind are the others that have it too. */
static size_t directory_find(const directory *in, att_span guid)
{
    size_t low = 0;

    for (size_t high = in->count; low < high;) {
        size_t middle = low + (high - low) / 2;
        if (att_span_compare(in->items[middle].guid, guid) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_at(const directory *in, size_t at, att_span guid)
{
    return at < in->count && att_span_equal(in->items[at].guid, guid);
}

static void selection_claim(att_qde *project, size_t selection, size_t owner)
{
    if (project->selections[selection].owner != ATT_QDE_NOBODY)
        return;
    project->selections[selection].owner = owner;
    project->cases[owner].speaks = true;
}

static void source_claim(att_qde *project, size_t source, size_t owner)
{
    project->sources[source].owners++;
    project->sources[source].owner = project->sources[source].owners == 1 ? owner : ATT_QDE_NOBODY;
}

/* codings: the selections of each code. Each code is looked through once, however many cases name it. */
static void case_refs(const att_qde_refs *refs, att_qde *project, const directory *selections, directory *codings,
                      const directory *sources)
{
    for (size_t i = 0; i < refs->count; i++) {
        const att_qde_ref *ref = &refs->items[i];
        const directory *in = ref->kind == ATT_QDE_CASE_SOURCE ? sources : selections;
        size_t at = ref->kind == ATT_QDE_CODING ? 0 : directory_find(in, ref->to);
        if (ref->kind == ATT_QDE_CASE_SELECTION && is_at(in, at, ref->to))
            selection_claim(project, in->items[at].index, ref->from);
        else if (ref->kind == ATT_QDE_CASE_SOURCE && is_at(in, at, ref->to))
            source_claim(project, in->items[at].index, ref->from);
        if (ref->kind != ATT_QDE_CASE_CODE)
            continue;
        for (at = directory_find(codings, ref->to); is_at(codings, at, ref->to); at++) {
            if (codings->items[at].index == ATT_QDE_NOBODY)
                break;
            selection_claim(project, codings->items[at].index, ref->from);
            codings->items[at].index = ATT_QDE_NOBODY;
        }
    }
}

static bool values_name(const att_qde_refs *refs, att_qde *project)
{
    directory variables;

    if (!directory_make(&variables, refs->variable_count))
        return false;
    for (size_t i = 0; i < refs->variable_count; i++)
        directory_add(&variables, refs->variables[i].guid, i);
    directory_sort(&variables);
    for (size_t i = 0; i < project->value_count; i++) {
        att_qde_value *value = &project->values[i];
        size_t at = directory_find(&variables, value->name);
        value->name =
            is_at(&variables, at, value->name) ? refs->variables[variables.items[at].index].name : (att_span){NULL, 0};
    }
    free(variables.items);
    return true;
}

bool att_qde_refs_resolve(att_qde_refs *refs, att_qde *project)
{
    directory selections = {0}, codings = {0}, sources = {0};
    bool made = directory_make(&selections, project->selection_count) && directory_make(&codings, refs->count) &&
                directory_make(&sources, project->source_count) && values_name(refs, project);

    if (made) {
        for (size_t i = 0; i < project->selection_count; i++)
            directory_add(&selections, project->selections[i].guid, i);
        for (size_t i = 0; i < refs->count; i++)
            if (refs->items[i].kind == ATT_QDE_CODING)
                directory_add(&codings, refs->items[i].to, refs->items[i].from);
        for (size_t i = 0; i < project->source_count; i++)
            directory_add(&sources, project->sources[i].guid, i);
        directory_sort(&selections);
        directory_sort(&codings);
        directory_sort(&sources);
        case_refs(refs, project, &selections, &codings, &sources);
    }
    free(selections.items);
    free(codings.items);
    free(sources.items);
    return made;
}
