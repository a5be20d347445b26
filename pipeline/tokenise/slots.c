#include "tokenise/slots.h"

#include <sys/mman.h>

/* Up to the vocabulary of some books a table grows by four: fewer pages are cleared and keys moved. */
enum { FIRST_SLOTS = 1 << 13, BOOK_SLOTS = 1 << 17 };
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

/* Puts a slot into its place; a later type gives way to an earlier one, and goes on to the next place. */
static void put(const att_slot_table *table, const char *slot, size_t place)
{
    char moving[sizeof(att_wide_slot)], given[sizeof(att_wide_slot)];
    uint32_t mine, theirs;
    uint64_t note;

    memcpy(moving, slot, table->slot_size);
    for (;; place++) {
        char *there = att_slot_at(table, place);
        if (att_slot_is_free(table, there)) {
            memcpy(there, moving, table->slot_size);
            return;
        }
        att_slot_get(table, moving, &mine, &note);
        att_slot_get(table, there, &theirs, &note);
        if (mine > theirs)
            continue;
        memcpy(given, there, table->slot_size);
        memcpy(there, moving, table->slot_size);
        memcpy(moving, given, table->slot_size);
    }
}

bool att_slot_table_grow(att_slot_table *table, uint64_t (*hash)(const void *context, const char *key),
                         const void *context)
{
    att_slot_table larger = *table;

    if ((table->count + 1) * 3 < table->slot_count * 2)
        return true;
    larger.slot_count *= table->slot_count < BOOK_SLOTS ? 4 : 2;
    larger.slots = make_slots(larger.slot_count * larger.slot_size);
    if (!larger.slots)
        return false;
    for (size_t i = 0; i < table->slot_count; i++) {
        const char *slot = att_slot_at(table, i);
        if (att_slot_is_free(table, slot))
            continue;
        put(&larger, slot, (size_t)hash(context, slot));
    }
    munmap(table->slots, table->slot_count * table->slot_size);
    *table = larger;
    return true;
}
