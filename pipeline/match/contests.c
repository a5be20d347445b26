#include "match/contests.h"

#include "base/buffer.h"
#include "lexicon/exclusive.h"

#include <stdlib.h>

/* Contest 0 is that of the poles, whose numbers are its sides. */
enum { POLES = 0, FIRST_GROUP = 1 };

static bool have_pole(const att_lexicon *const *lexicons, size_t count, att_pole pole)
{
    for (size_t l = 0; l < count; l++)
        for (uint32_t m = 0; m < lexicons[l]->marker_count; m++)
            if (lexicons[l]->markers[m].pole == pole)
                return true;
    return false;
}

static bool add_stake(att_contests *contests, uint32_t contest, uint16_t side)
{
    if (!att_grow(&contests->stakes, &contests->stake_room, contests->stake_count + 1, sizeof *contests->stakes))
        return false;
    contests->stakes[contests->stake_count++] = (att_stake){(uint16_t)contest, side};
    return true;
}

/* The stakes of all markers of a lexicon; ranges by marker. sides: by group and marker. */
static bool add_markers(att_contests *contests, const att_lexicon *lexicon, bool poles, uint32_t first_group,
                        const uint16_t *sides, att_stake_range *ranges)
{
    for (uint32_t m = 0; m < lexicon->marker_count; m++) {
        size_t first = contests->stake_count;
        if (poles && lexicon->markers[m].pole && !add_stake(contests, POLES, (uint16_t)lexicon->markers[m].pole))
            return false;
        for (uint32_t g = 0; g < lexicon->group_count; g++) {
            uint16_t side = sides[(size_t)g * lexicon->marker_count + m];
            if (side && !add_stake(contests, first_group + g, side))
                return false;
        }
        ranges[m] = (att_stake_range){(uint32_t)first, (uint32_t)(contests->stake_count - first)};
    }
    return contests->stake_count <= UINT32_MAX;
}

static bool add_lexicon(att_contests *contests, const att_lexicon *lexicon, bool poles, uint32_t first_group,
                        att_stake_range *of)
{
    size_t markers = lexicon->marker_count;
    uint16_t *sides = calloc(markers * lexicon->group_count + 1, sizeof *sides);
    att_stake_range *ranges = calloc(markers + 1, sizeof *ranges);
    bool good = sides && ranges;

    for (uint32_t g = 0; good && g < lexicon->group_count; g++)
        att_exclusive_sides(&lexicon->groups[g], lexicon->markers, markers, sides + g * markers);
    good = good && add_markers(contests, lexicon, poles, first_group, sides, ranges);
    for (uint32_t i = 0; good && i < lexicon->entry_count; i++)
        of[i] = ranges[lexicon->entries[i].marker];
    free(sides);
    free(ranges);
    return good;
}

att_status att_contests_new(att_contests *out, const att_lexicon *const *lexicons, size_t count, size_t entries,
                            att_error *error)
{
    att_contests contests = {0};
    bool poles = have_pole(lexicons, count, ATT_TECHNICAL) && have_pole(lexicons, count, ATT_APPRECIATIVE);
    size_t groups = 0;

    for (size_t l = 0; l < count; l++) {
        groups += lexicons[l]->group_count;
        if (groups > ATT_EXCLUSIVE_GROUPS)
            return att_fail(error, ATT_BAD_INPUT, lexicons[l]->file, 0, 0,
                            "the lexicons of one language have more than %u groups below 'exclusive:' together; leave "
                            "some out",
                            ATT_EXCLUSIVE_GROUPS);
    }
    *out = contests;
    if (!poles && !groups)
        return ATT_OK;
    contests.count = FIRST_GROUP + (uint32_t)groups;
    contests.of = calloc(entries + 1, sizeof *contests.of);
    bool good = contests.of != NULL;
    uint32_t group = FIRST_GROUP;
    size_t entry = 0;
    for (size_t l = 0; good && l < count; l++) {
        good = add_lexicon(&contests, lexicons[l], poles, group, contests.of + entry);
        group += lexicons[l]->group_count;
        entry += lexicons[l]->entry_count;
    }
    if (!good) {
        att_contests_clear(&contests);
        return att_fail_memory(error);
    }
    *out = contests;
    return ATT_OK;
}

void att_contests_clear(att_contests *contests)
{
    free(contests->stakes);
    free(contests->of);
    *contests = (att_contests){0};
}
