#include "tally/names.h"

#include "base/buffer.h"
#include "base/hash.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

void att_names_clear(att_names *names)
{
    for (size_t i = 0; i < names->count; i++)
        free((char *)names->items[i].text);
    free(names->items);
    free(names->slots);
    *names = (att_names){0};
}

/* The slot of the name, or the free one where it would go. slot_count is a power of two and never full. */
static size_t slot_of(const att_names *names, att_span name)
{
    size_t slot = (size_t)XXH3_64bits_withSeed(name.size ? name.text : "", name.size, names->seed);
    for (;; slot++) {
        slot &= names->slot_count - 1;
        uint32_t number = names->slots[slot];
        if (number == 0 || att_span_equal(names->items[number - 1], name))
            return slot;
    }
}

/* A table of few names can be probed in any order; beyond, it is seeded against chosen collisions. */
enum { FEW_SLOTS = 64 };

static bool grow_slots(att_names *names)
{
    if (names->slot_count == FEW_SLOTS)
        names->seed = att_random_seed();
    size_t count = names->slot_count ? names->slot_count * 2 : 16;
    uint32_t *slots = count > SIZE_MAX / sizeof *slots ? NULL : calloc(count, sizeof *slots);
    if (!slots)
        return false;
    free(names->slots);
    names->slots = slots;
    names->slot_count = count;
    for (size_t i = 0; i < names->count; i++)
        slots[slot_of(names, names->items[i])] = (uint32_t)i + 1;
    return true;
}

uint32_t att_names_find(const att_names *names, att_span name)
{
    if (names->slot_count == 0)
        return ATT_NO_NAME;
    uint32_t number = names->slots[slot_of(names, name)];
    return number ? number - 1 : ATT_NO_NAME;
}

uint32_t att_names_add(att_names *names, att_span name)
{
    uint32_t found = att_names_find(names, name);
    if (found != ATT_NO_NAME)
        return found;
    if (names->count >= UINT32_MAX - 1)
        return ATT_NO_NAME;
    /* At most half full: probes stay short. */
    if (2 * (names->count + 1) > names->slot_count && !grow_slots(names))
        return ATT_NO_NAME;
    if (!att_grow(&names->items, &names->capacity, names->count + 1, sizeof *names->items))
        return ATT_NO_NAME;
    char *copy = name.size < SIZE_MAX ? malloc(name.size + 1) : NULL;
    if (!copy)
        return ATT_NO_NAME;
    if (name.size)
        memcpy(copy, name.text, name.size);
    copy[name.size] = '\0';
    size_t slot = slot_of(names, name);
    names->items[names->count++] = (att_span){copy, name.size};
    names->slots[slot] = (uint32_t)names->count;
    return (uint32_t)names->count - 1;
}
