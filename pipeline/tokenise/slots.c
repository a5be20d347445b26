#include "tokenise/slots.h"

#include <sys/mman.h>

enum { FIRST_SLOTS = 1 << 13 };
#define HUGE_PAGE ((size_t)2 << 20)

/* Free slots, straight from the system: its pages are zero already, and huge ones, where it has them, spare most misses
 * of the TLB. */
static char *make_slots(size_t size)
{
    size_t room = size >= HUGE_PAGE ? size + HUGE_PAGE : size;
    char *pages = mmap(NULL, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (pages == MAP_FAILED)
        return NULL;
    /* Huge pages begin at multiples of their size. What is left over at both ends is given back. */
    size_t before = room > size ? -(uintptr_t)pages & (HUGE_PAGE - 1) : 0;
    if (before)
        munmap(pages, before);
    if (room > size + before)
        munmap(pages + before + size, room - size - before);
    if (room > size)
        madvise(pages + before, size, MADV_HUGEPAGE);
    return pages + before;
}

bool att_slot_table_init(att_slot_table *table, size_t slot_size, size_t key_size)
{
    *table = (att_slot_table){.slot_size = slot_size, .key_size = key_size, .slot_count = FIRST_SLOTS};
    table->slots = make_slots(table->slot_count * slot_size);
    return table->slots != NULL;
}

void att_slot_table_clear(att_slot_table *table)
{
    if (table->slots)
        munmap(table->slots, table->slot_count * table->slot_size);
    *table = (att_slot_table){0};
}

void att_slot_table_empty(att_slot_table *table)
{
    memset(table->slots, 0, table->slot_count * table->slot_size);
    table->count = 0;
}

bool att_slot_is_free(const att_slot_table *table, const char *slot)
{
    static const char zeros[ATT_WIDE_BYTES];

    return memcmp(slot, zeros, table->key_size) == 0;
}

bool att_slot_table_grow(att_slot_table *table, uint64_t (*hash)(const void *context, const char *key),
                         const void *context)
{
    att_slot_table larger = *table;

    if ((table->count + 1) * 2 < table->slot_count)
        return true;
    larger.slot_count *= 2;
    larger.slots = make_slots(larger.slot_count * larger.slot_size);
    if (!larger.slots)
        return false;
    for (size_t i = 0; i < table->slot_count; i++) {
        const char *slot = att_slot_at(table, i);
        if (att_slot_is_free(table, slot))
            continue;
        size_t place = (size_t)hash(context, slot);
        while (!att_slot_is_free(&larger, att_slot_at(&larger, place)))
            place++;
        memcpy(att_slot_at(&larger, place), slot, larger.slot_size);
    }
    munmap(table->slots, table->slot_count * table->slot_size);
    *table = larger;
    return true;
}
