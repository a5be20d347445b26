#include "match/texts.h"

#include "base/buffer.h"
#include "base/hash.h"

#include <stdlib.h>

static size_t place_of(const att_texts *texts, unsigned kind, att_span text)
{
    return (att_hash64(text.text, text.size) + kind) & (texts->slot_count - 1);
}

static void put(att_texts *texts, att_text_slot slot)
{
    size_t place = place_of(texts, slot.kind, slot.text);

    while (texts->slots[place].used)
        place = (place + 1) & (texts->slot_count - 1);
    texts->slots[place] = slot;
}

static bool grow(att_texts *texts)
{
    att_texts larger = *texts;

    larger.slot_count = texts->slot_count ? texts->slot_count * 2 : 64;
    larger.slots = calloc(larger.slot_count, sizeof *larger.slots);
    if (!larger.slots)
        return false;
    for (size_t i = 0; i < texts->slot_count; i++)
        if (texts->slots[i].used)
            put(&larger, texts->slots[i]);
    free(texts->slots);
    *texts = larger;
    return true;
}

enum { LONG = 63 };

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
    put(texts, (att_text_slot){text, id, (uint8_t)kind, true});
    texts->count++;
    return true;
}

void att_texts_clear(att_texts *texts)
{
    free(texts->slots);
    *texts = (att_texts){0};
}

typedef struct {
    bool (*found)(void *context, uint32_t id);
    void *context;
} receiver;

static bool look_up(const att_texts *texts, unsigned kind, att_span text, const receiver *to)
{
    size_t place = place_of(texts, kind, text);

    for (; texts->slots[place].used; place = (place + 1) & (texts->slot_count - 1))
        if (texts->slots[place].kind == kind && att_span_equal(texts->slots[place].text, text) &&
            !to->found(to->context, texts->slots[place].id))
            return false;
    return true;
}

static att_span edge_of(att_part part, att_span token, size_t length)
{
    return (att_span){part == ATT_ENDING ? token.text + token.size - length : token.text, length};
}

/* All beginnings, or all endings, of the token. */
static bool look_up_edges(const att_texts *texts, att_part part, unsigned kind, att_span token, const receiver *to)
{
    uint64_t lengths = texts->lengths[kind][edge_byte(part, token)];
    bool more = lengths >> LONG;

    lengths &= ((uint64_t)1 << LONG) - 1;
    if (token.size < LONG)
        lengths &= ((uint64_t)2 << token.size) - 1;
    for (; lengths; lengths &= lengths - 1)
        if (!look_up(texts, kind, edge_of(part, token, (size_t)__builtin_ctzll(lengths)), to))
            return false;
    for (size_t length = LONG; more && length <= texts->longest[kind] && length <= token.size; length++)
        if (!look_up(texts, kind, edge_of(part, token, length), to))
            return false;
    return true;
}

bool att_texts_find(const att_texts *texts, att_span token, bool exact, bool (*found)(void *context, uint32_t id),
                    void *context)
{
    unsigned first = exact ? ATT_PARTS : 0;
    receiver to = {found, context};

    if (!texts->count || !token.size)
        return true;
    return look_up(texts, first + ATT_WHOLE, token, &to) &&
           look_up_edges(texts, ATT_BEGINNING, first + ATT_BEGINNING, token, &to) &&
           look_up_edges(texts, ATT_ENDING, first + ATT_ENDING, token, &to);
}
