#include "tokenise/vocabulary.h"

#include "base/buffer.h"
#include "base/hash.h"
#include "tokenise/keys.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { DEFAULT_LIMIT = 400000, FIRST_SLOTS = 1 << 14 };
#define HUGE_PAGE ((size_t)2 << 20)

typedef struct {
    att_type_learner *learn;
    void *context;
} type_teacher;

struct att_vocabulary {
    const att_key_functions *functions;
    att_type_slot *slots;
    size_t slot_count; /* a power of two, more than twice count */
    size_t count;
    size_t limit;
    att_key_seed seed;
    att_buffer text;   /* the bytes of all types, one after the other */
    size_t *text_ends; /* of type i: text[text_ends[i - 1] .. text_ends[i]) */
    size_t text_capacity;
};

/* Free slots, straight from the system: its pages are zero already, and huge ones, where it has them, spare most misses
 * of the TLB. */
static att_type_slot *make_slots(size_t count)
{
    size_t size = count * sizeof(att_type_slot), room = size >= HUGE_PAGE ? size + HUGE_PAGE : size;
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
    return (att_type_slot *)(void *)(pages + before);
}

static void free_slots(att_type_slot *slots, size_t count)
{
    if (slots)
        munmap(slots, count * sizeof *slots);
}

att_status att_vocabulary_new(att_vocabulary **out, size_t limit, att_error *error)
{
    att_vocabulary *vocabulary = calloc(1, sizeof *vocabulary);

    if (!vocabulary)
        return att_fail_memory(error);
    vocabulary->slot_count = FIRST_SLOTS;
    vocabulary->functions = att_keys_choose();
    vocabulary->slots = make_slots(FIRST_SLOTS);
    if (!vocabulary->slots) {
        att_vocabulary_free(vocabulary);
        return att_fail_memory(error);
    }
    vocabulary->limit = limit ? limit : DEFAULT_LIMIT;
    vocabulary->seed.low = att_random_seed() | 1;
    vocabulary->seed.high = att_random_seed() | 1;
    *out = vocabulary;
    return ATT_OK;
}

void att_vocabulary_free(att_vocabulary *vocabulary)
{
    if (!vocabulary)
        return;
    free_slots(vocabulary->slots, vocabulary->slot_count);
    free(vocabulary->text_ends);
    att_buffer_clear(&vocabulary->text);
    free(vocabulary);
}

size_t att_vocabulary_count(const att_vocabulary *vocabulary)
{
    return vocabulary->count;
}

bool att_vocabulary_is_full(const att_vocabulary *vocabulary)
{
    return vocabulary->count >= vocabulary->limit;
}

att_span att_vocabulary_text(const att_vocabulary *vocabulary, uint32_t type)
{
    size_t from = type ? vocabulary->text_ends[type - 1] : 0;

    return (att_span){vocabulary->text.data + from, vocabulary->text_ends[type] - from};
}

void att_vocabulary_reset(att_vocabulary *vocabulary)
{
    memset(vocabulary->slots, 0, vocabulary->slot_count * sizeof *vocabulary->slots);
    vocabulary->count = 0;
    vocabulary->text.size = 0;
}

static inline bool is_free(const att_type_slot *slot)
{
    return !slot->key.low && !slot->key.high;
}

static bool grow(att_vocabulary *vocabulary)
{
    size_t count = vocabulary->slot_count * 2;
    att_type_slot *slots = make_slots(count);

    if (!slots)
        return false;
    for (size_t i = 0; i < vocabulary->slot_count; i++) {
        if (is_free(&vocabulary->slots[i]))
            continue;
        size_t place = vocabulary->functions->hash(vocabulary->seed, vocabulary->slots[i].key) & (count - 1);
        while (!is_free(&slots[place]))
            place = (place + 1) & (count - 1);
        slots[place] = vocabulary->slots[i];
    }
    free_slots(vocabulary->slots, vocabulary->slot_count);
    vocabulary->slots = slots;
    vocabulary->slot_count = count;
    return true;
}

static inline bool is_token(const att_vocabulary *vocabulary, const att_type_slot *slot, att_token_key key,
                            att_span token)
{
    return slot->key.low == key.low && slot->key.high == key.high &&
           (key.high != ATT_LONG_KEY || att_span_equal(att_vocabulary_text(vocabulary, slot->type), token));
}

/* Adds a token; a slot is kept free at all times. */
static att_status add(att_vocabulary *vocabulary, att_type_slot *slot, att_token_key key, att_span token,
                      const type_teacher *teacher, att_type_slot *added, att_error *error)
{
    if (vocabulary->count >= UINT32_MAX || !att_grow(&vocabulary->text_ends, &vocabulary->text_capacity,
                                                     vocabulary->count + 1, sizeof *vocabulary->text_ends))
        return att_fail_memory(error);
    att_buffer_span(&vocabulary->text, token);
    if (vocabulary->text.failed)
        return att_fail_memory(error);
    att_type_slot fresh = {.key = key, .type = (uint32_t)vocabulary->count};
    vocabulary->text_ends[vocabulary->count++] = vocabulary->text.size;
    att_status status =
        teacher->learn ? teacher->learn(teacher->context, fresh.type, token, &fresh.note, error) : ATT_OK;
    if (status)
        return status;
    *slot = *added = fresh;
    if (vocabulary->count * 2 >= vocabulary->slot_count && !grow(vocabulary))
        return att_fail_memory(error);
    return ATT_OK;
}

/* A token that is not in the first slot of its hash: further on, or new. A separator is empty, as free slots are, and
 * like them has the note 0. */
static att_status search(att_vocabulary *vocabulary, att_token_key key, uint64_t hash, att_span token,
                         const type_teacher *teacher, att_type_slot *found, att_error *error)
{
    size_t mask = vocabulary->slot_count - 1, place = hash & mask;

    while (!is_free(&vocabulary->slots[place]) && !is_token(vocabulary, &vocabulary->slots[place], key, token))
        place = (place + 1) & mask;
    if (is_free(&vocabulary->slots[place]) && token.size)
        return add(vocabulary, &vocabulary->slots[place], key, token, teacher, found, error);
    *found = vocabulary->slots[place];
    return ATT_OK;
}

/* The tokens of a batch whose bits are set. */
static att_status search_all(att_vocabulary *vocabulary, const att_tokens *tokens, const att_key_batch *batch,
                             uint64_t wanted, const type_teacher *teacher, att_error *error)
{
    size_t turn = batch->turn;

    for (; wanted; wanted &= wanted - 1) {
        size_t i = (size_t)__builtin_ctzll(wanted), at = batch->first + i;
        while (at > tokens->turns[turn].first + tokens->turns[turn].count)
            turn++;
        att_span token = {tokens->turns[turn].text.text + tokens->start[at], tokens->end[at] - tokens->start[at]};
        att_type_slot found;
        att_status status = search(vocabulary, batch->keys[i], batch->hashes[i], token, teacher, &found, error);
        if (status)
            return status;
        tokens->type[at] = found.type;
        tokens->note[at] = found.note;
    }
    return ATT_OK;
}

att_status att_vocabulary_assign(att_vocabulary *vocabulary, att_tokens *tokens, att_type_learner *learn, void *context,
                                 att_error *error)
{
    const type_teacher teacher = {learn, context};
    const att_key_functions *functions = vocabulary->functions;
    att_key_batch batch;

    batch.first = batch.turn = 0;
    while (tokens->turn_count && batch.first <= tokens->count) {
        const att_key_table table = {vocabulary->slots, vocabulary->slot_count - 1, vocabulary->seed};
        size_t turn = functions->fill(&table, tokens, &batch);
        uint64_t wanted = functions->look_up(&table, tokens, &batch) | batch.longer;
        att_status status = search_all(vocabulary, tokens, &batch, wanted, &teacher, error);
        if (status)
            return status;
        batch.first += batch.count;
        batch.turn = turn;
    }
    return ATT_OK;
}
