#include "lexicon/exclusive.h"

#include "lexicon/draft.h"

#include <stdlib.h>
#include <string.h>

#define EXAMPLE "write it like [hope, despair], behind a dash"

void att_exclusive_sides(const att_exclusive_group *group, const att_marker *markers, size_t count, uint16_t *sides)
{
    for (uint32_t i = 0; i < group->count; i++) {
        size_t first = group->markers[i];
        sides[first] = (uint16_t)(i + 1);
        /* All below a marker follows it directly. */
        for (size_t m = first + 1; m < count && markers[m].depth > markers[first].depth; m++)
            sides[m] = (uint16_t)(i + 1);
    }
}

void att_draft_sides(const att_draft *draft, size_t contest, uint16_t *sides)
{
    if (contest == ATT_POLE_CONTEST) {
        for (size_t m = 0; m < draft->marker_count; m++)
            sides[m] = (uint16_t)draft->markers[m].pole;
        return;
    }
    memset(sides, 0, draft->marker_count * sizeof *sides);
    att_exclusive_sides(&draft->groups[contest - 1], draft->markers, draft->marker_count, sides);
}

static att_status refuse_name(att_draft *draft, const att_yaml_node *node, const uint32_t *found, size_t count)
{
    att_excerpt name = att_excerpt_of(node->text);
    const char *near = count ? NULL : att_marker_names_near(&draft->names, node->text);

    if (count)
        return att_draft_refuse(draft, node, "'%s' may be '%s' or '%s'%s; write the whole path of one", name.text,
                                draft->markers[found[0]].path, draft->markers[found[1]].path,
                                count > 2 ? " or another marker" : "");
    return att_draft_refuse(draft, node, "there is no marker '%s'; %s%s%s", name.text,
                            near ? "did you mean '" : "write the path of one, such as '",
                            near ? near : draft->markers[0].path, near ? "'?" : "'");
}

/* A group that is being read. */
typedef struct {
    uint16_t *sides; /* by marker, of the members so far */
    uint32_t *members;
    uint32_t count;
} reading;

/* Takes the marker and all below it for the next side; false: *other, a member, is above or below it, or the same. */
static bool take_side(const att_draft *draft, reading *group, uint32_t marker, uint32_t *other)
{
    size_t m = marker;

    do {
        if (group->sides[m]) {
            *other = group->members[group->sides[m] - 1];
            return false;
        }
        group->sides[m] = (uint16_t)(group->count + 1);
    } while (++m < draft->marker_count && draft->markers[m].depth > draft->markers[marker].depth);
    group->members[group->count++] = marker;
    return true;
}

static att_status read_member(att_draft *draft, const att_yaml_node *node, reading *group)
{
    uint32_t found[2], other;

    if (node->kind != ATT_YAML_SCALAR)
        return att_draft_refuse(draft, node, "a group below 'exclusive' must be a list of marker names; " EXAMPLE);
    size_t count = att_marker_names_find(&draft->names, node->text, found, 2);
    if (count != 1)
        return refuse_name(draft, node, found, count);
    if (!take_side(draft, group, found[0], &other))
        return att_draft_refuse(draft, node,
                                "'%s' and '%s' cannot exclude each other: one is the other or stands below it; leave "
                                "one out",
                                draft->markers[other].path, draft->markers[found[0]].path);
    return ATT_OK;
}

static att_status read_group(att_draft *draft, const att_yaml_node *list)
{
    if (list->kind != ATT_YAML_LIST)
        return att_draft_refuse(draft, list, "a group below 'exclusive' must be a list of marker names; " EXAMPLE);
    if (list->count < 2 || list->count > ATT_EXCLUSIVE_MARKERS)
        return att_draft_refuse(draft, list, "a group below 'exclusive' must name 2 to %u markers; " EXAMPLE,
                                ATT_EXCLUSIVE_MARKERS);
    if (draft->group_count == ATT_EXCLUSIVE_GROUPS)
        return att_draft_refuse(draft, list, "more than %u groups below 'exclusive'; leave some out",
                                ATT_EXCLUSIVE_GROUPS);
    reading group = {.sides = calloc(draft->marker_count, sizeof *group.sides)};
    group.members = att_arena_take(draft->arena, list->count * sizeof *group.members);
    att_status status = ATT_OK;
    if (!group.sides || !group.members ||
        !att_grow(&draft->groups, &draft->group_capacity, draft->group_count + 1, sizeof *draft->groups))
        status = att_fail_memory(draft->error);
    for (const att_yaml_node *item = list->first; item && status == ATT_OK; item = item->next)
        status = read_member(draft, item, &group);
    if (status == ATT_OK)
        draft->groups[draft->group_count++] = (att_exclusive_group){group.members, group.count};
    free(group.sides);
    return status;
}

att_status att_draft_exclusive(att_draft *draft, const att_yaml_node *node)
{
    att_status status = ATT_OK;

    if (!node || att_yaml_is_blank(node) || !draft->marker_count)
        return ATT_OK;
    if (node->kind != ATT_YAML_LIST)
        return att_draft_refuse(draft, node, "'exclusive' must be a list of groups of markers; " EXAMPLE);
    for (const att_yaml_node *list = node->first; list && att_draft_goes_on(draft, status); list = list->next)
        status = read_group(draft, list);
    return att_draft_goes_on(draft, status) ? ATT_OK : status;
}
