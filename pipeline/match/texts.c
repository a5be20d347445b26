#include "match/texts.h"

#include "base/buffer.h"

#include <stdlib.h>
#include <string.h>

enum { LONG = 63, FIRST_SLOTS = 64, FILTER_BITS = 16 };

/* A hash that grows by a byte at a time, so that those of all beginnings of a token (or all endings) cost one pass. The
 * texts are the lexicon's: nobody who writes one gains by collisions. */
static inline uint64_t hash_add(uint64_t hash, char byte)
{
    return (hash + (unsigned char)byte + 1) * UINT64_C(0x9E3779B97F4A7C15);
}

static inline uint32_t hash_end(uint64_t hash, unsigned kind)
{
    hash = (hash ^ kind) * UINT64_C(0xD6E8FEB86659FD93);
    return (uint32_t)(hash >> 32) ^ (uint32_t)(hash >> 15);
}

static uint32_t hash_of(unsigned kind, att_span text)
{
    bool backwards = kind % ATT_PARTS == ATT_ENDING;
    uint64_t hash = 0;

    for (size_t i = 0; i < text.size; i++)
        hash = hash_add(hash, text.text[backwards ? text.size - 1 - i : i]);
    return hash_end(hash, kind);
}

static size_t filter_place(const att_texts *texts, uint32_t hash)
{
    return hash & (texts->slot_count * FILTER_BITS - 1);
}

static void put(att_texts *texts, att_text_slot slot)
{
    size_t place = slot.hash & (texts->slot_count - 1), bit = filter_place(texts, slot.hash);

    while (texts->slots[place].used)
        place = (place + 1) & (texts->slot_count - 1);
    texts->slots[place] = slot;
    texts->filter[bit / 64] |= (uint64_t)1 << bit % 64;
}

static bool grow(att_texts *texts)
{
    att_texts larger = *texts;

    larger.slot_count = texts->slot_count ? texts->slot_count * 2 : FIRST_SLOTS;
    larger.slots = calloc(larger.slot_count, sizeof *larger.slots);
    larger.filter = calloc(larger.slot_count * FILTER_BITS / 64, sizeof *larger.filter);
    if (!larger.slots || !larger.filter) {
        free(larger.slots);
        free(larger.filter);
        return false;
    }
    for (size_t i = 0; i < texts->slot_count; i++)
        if (texts->slots[i].used)
            put(&larger, texts->slots[i]);
    free(texts->slots);
    free(texts->filter);
    *texts = larger;
    return true;
}

static unsigned char edge_byte(att_part part, att_span text)
{
    return (unsigned char)(part == ATT_ENDING ? text.text[text.size - 1] : text.text[0]);
}

bool att_texts_add(att_texts *texts, att_part part, bool exact, att_span text, uint32_t id)
{
    unsigned kind = (unsigned)part + (exact ? ATT_PARTS : 0);

    if (texts->count * 2 >= texts->slot_count && !grow(texts))
        return false;
    if (part != ATT_WHOLE) {
        texts->lengths[kind][edge_byte(part, text)] |= (uint64_t)1 << (text.size < LONG ? text.size : LONG);
        if (text.size > texts->longest[kind])
            texts->longest[kind] = text.size;
    }
    put(texts, (att_text_slot){text, id, hash_of(kind, text), (uint8_t)kind, true});
    texts->count++;
    return true;
}

void att_texts_clear(att_texts *texts)
{
    free(texts->slots);
    free(texts->filter);
    *texts = (att_texts){0};
}

typedef struct {
    bool (*found)(void *context, uint32_t id);
    void *context;
} receiver;

static bool look_up(const att_texts *texts, unsigned kind, uint32_t hash, att_span text, const receiver *to)
{
    size_t mask = texts->slot_count - 1;

    for (size_t place = hash & mask; texts->slots[place].used; place = (place + 1) & mask) {
        const att_text_slot *slot = &texts->slots[place];
        if (slot->hash == hash && slot->kind == kind && att_span_equal(slot->text, text) &&
            !to->found(to->context, slot->id))
            return false;
    }
    return true;
}

static inline bool may_hold(const att_texts *texts, uint32_t hash)
{
    size_t bit = filter_place(texts, hash);

    return texts->filter[bit / 64] >> bit % 64 & 1;
}

/* All beginnings, or all endings, of the token. *all: the hash of the whole token, before its end. */
static bool look_up_edges(const att_texts *texts, att_part part, unsigned kind, att_span token, const receiver *to,
                          uint64_t *all)
{
    uint64_t lengths = texts->lengths[kind][edge_byte(part, token)];
    size_t longest = lengths >> LONG ? texts->longest[kind] : LONG - 1;
    uint64_t hash = 0;

    for (size_t size = 1; size <= token.size; size++) {
        hash = hash_add(hash, token.text[part == ATT_ENDING ? token.size - size : size - 1]);
        if (size > longest || !(lengths >> (size < LONG ? size : LONG) & 1))
            continue;
        uint32_t ended = hash_end(hash, kind);
        att_span edge = {part == ATT_ENDING ? token.text + token.size - size : token.text, size};
        if (may_hold(texts, ended) && !look_up(texts, kind, ended, edge, to))
            return false;
    }
    *all = hash;
    return true;
}

bool att_texts_find(const att_texts *texts, att_span token, bool exact, bool (*found)(void *context, uint32_t id),
                    void *context)
{
    unsigned first = exact ? ATT_PARTS : 0;
    receiver to = {found, context};
    uint64_t hash = 0, backwards = 0;

    if (!texts->count || !token.size)
        return true;
    if (!look_up_edges(texts, ATT_BEGINNING, first + ATT_BEGINNING, token, &to, &hash))
        return false;
    uint32_t whole = hash_end(hash, first + ATT_WHOLE);
    if (may_hold(texts, whole) && !look_up(texts, first + ATT_WHOLE, whole, token, &to))
        return false;
    return look_up_edges(texts, ATT_ENDING, first + ATT_ENDING, token, &to, &backwards);
}
