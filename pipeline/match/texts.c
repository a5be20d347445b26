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

static bool note_length(att_texts *texts, unsigned kind, uint32_t length)
{
    size_t at = texts->length_count[kind];

    while (at && texts->lengths[kind][at - 1] > length)
        at--;
    if (at && texts->lengths[kind][at - 1] == length)
        return true;
    if (!att_grow(&texts->lengths[kind], &texts->length_room[kind], texts->length_count[kind] + 1, sizeof(uint32_t)))
        return false;
    memmove(texts->lengths[kind] + at + 1, texts->lengths[kind] + at,
            (texts->length_count[kind] - at) * sizeof(uint32_t));
    texts->lengths[kind][at] = length;
    texts->length_count[kind]++;
    return true;
}

bool att_texts_add(att_texts *texts, att_part part, bool exact, att_span text, uint32_t id)
{
    unsigned kind = (unsigned)part + (exact ? ATT_PARTS : 0);

    if (texts->count * 2 >= texts->slot_count && !grow(texts))
        return false;
    if (part != ATT_WHOLE && !note_length(texts, kind, (uint32_t)text.size))
        return false;
    put(texts, (att_text_slot){text, id, (uint8_t)kind, true});
    texts->count++;
    return true;
}

void att_texts_clear(att_texts *texts)
{
    free(texts->slots);
    for (size_t i = 0; i < 2 * ATT_PARTS; i++)
        free(texts->lengths[i]);
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

bool att_texts_find(const att_texts *texts, att_span token, bool exact, bool (*found)(void *context, uint32_t id),
                    void *context)
{
    unsigned first = exact ? ATT_PARTS : 0, beginning = first + ATT_BEGINNING, ending = first + ATT_ENDING;
    receiver to = {found, context};

    if (!texts->count)
        return true;
    bool good = look_up(texts, first + ATT_WHOLE, token, &to);
    for (size_t i = 0; good && i < texts->length_count[beginning]; i++) {
        uint32_t length = texts->lengths[beginning][i];
        if (length > token.size)
            break;
        good = look_up(texts, beginning, (att_span){token.text, length}, &to);
    }
    for (size_t i = 0; good && i < texts->length_count[ending]; i++) {
        uint32_t length = texts->lengths[ending][i];
        if (length > token.size)
            break;
        good = look_up(texts, ending, (att_span){token.text + token.size - length, length}, &to);
    }
    return good;
}
