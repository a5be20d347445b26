#include "tokenise/vocabulary.h"

#include "base/buffer.h"
#include "base/hash.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* A token of up to 16 bytes is its own key: its bytes, padded with zeros. No token holds a zero byte (U+0000 is never
 * part of a word), so equal keys mean equal tokens. A longer token's key is its 64-bit hash under a byte that UTF-8
 * never has; its bytes are compared. */
typedef struct {
    uint64_t low;
    uint64_t high;
} token_key;

/* Two to a cache line, so that all that is known of a token costs one look into memory. An all-zero key is free. */
typedef struct {
    token_key key;
    uint64_t note;
    uint32_t type;
} type_slot;

enum { INLINE_BYTES = 16, DEFAULT_LIMIT = 400000, FIRST_SLOTS = 1 << 14, AHEAD = 64 };
#define LONG_MARK ((uint64_t)0xFF << 56)
#define HUGE_PAGE ((size_t)2 << 20)

typedef struct {
    uint64_t low, high;
} hash_seed;

struct att_vocabulary {
    type_slot *slots;
    size_t slot_count; /* a power of two, more than twice count */
    size_t count;
    size_t limit;
    hash_seed seed;
    att_buffer text;   /* the bytes of all types, one after the other */
    size_t *text_ends; /* of type i: text[text_ends[i - 1] .. text_ends[i]) */
    size_t text_capacity;
};

/* Zeroed slots; a large table lies in huge pages where the system has them, which spares most misses of the TLB. */
static type_slot *make_slots(size_t count)
{
    size_t size = count * sizeof(type_slot);
    type_slot *slots = aligned_alloc(size >= HUGE_PAGE ? HUGE_PAGE : 64, size);

    if (!slots)
        return NULL;
    if (size >= HUGE_PAGE)
        madvise(slots, size, MADV_HUGEPAGE);
    memset(slots, 0, size);
    return slots;
}

att_status att_vocabulary_new(att_vocabulary **out, size_t limit, att_error *error)
{
    att_vocabulary *vocabulary = calloc(1, sizeof *vocabulary);

    if (!vocabulary)
        return att_fail_memory(error);
    vocabulary->slot_count = FIRST_SLOTS;
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
    free(vocabulary->slots);
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

/* Multiply two words and fold the product: every bit of the key reaches the low bits of the result. */
static inline uint64_t mix(hash_seed seed, token_key key)
{
    att_u128 product = (att_u128)(key.low ^ seed.low) * (key.high ^ seed.high);

    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint64_t hash_long(hash_seed seed, att_span token)
{
    uint64_t hash = token.size;
    size_t at = 0;

    for (; at + INLINE_BYTES <= token.size; at += INLINE_BYTES) {
        token_key part;
        memcpy(&part, token.text + at, sizeof part);
        part.low ^= hash;
        hash = mix(seed, part);
    }
    token_key rest = {hash, 0};
    memcpy(&rest.high, token.text + token.size - 8, 8);
    memcpy(&hash, token.text + token.size - 16, 8);
    rest.low ^= hash;
    return mix(seed, rest);
}

/* A byte mask of 16, the first `size` of them set, is 16 bytes of this from 16 - size on. */
static const unsigned char first_bytes[2 * INLINE_BYTES] = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                                            0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};

static inline token_key key_of_load(const char *bytes, size_t size)
{
    token_key key, mask;

    memcpy(&key, bytes, sizeof key);
    memcpy(&mask, first_bytes + INLINE_BYTES - size, sizeof mask);
    return (token_key){key.low & mask.low, key.high & mask.high};
}

static inline token_key key_of(hash_seed seed, att_span text, uint32_t start, uint32_t end)
{
    size_t size = end - start;

    if (size <= INLINE_BYTES) {
        if (text.size - start >= INLINE_BYTES)
            return key_of_load(text.text + start, size);
        char bytes[INLINE_BYTES] = {0};
        memcpy(bytes, text.text + start, size);
        return key_of_load(bytes, size);
    }
    return (token_key){hash_long(seed, (att_span){text.text + start, size}), LONG_MARK};
}

static inline bool is_free(const type_slot *slot)
{
    return !slot->key.low && !slot->key.high;
}

static bool grow(att_vocabulary *vocabulary)
{
    size_t count = vocabulary->slot_count * 2;
    type_slot *slots = make_slots(count);

    if (!slots)
        return false;
    for (size_t i = 0; i < vocabulary->slot_count; i++) {
        if (is_free(&vocabulary->slots[i]))
            continue;
        size_t place = mix(vocabulary->seed, vocabulary->slots[i].key) & (count - 1);
        while (!is_free(&slots[place]))
            place = (place + 1) & (count - 1);
        slots[place] = vocabulary->slots[i];
    }
    free(vocabulary->slots);
    vocabulary->slots = slots;
    vocabulary->slot_count = count;
    return true;
}

static inline bool is_token(const att_vocabulary *vocabulary, const type_slot *slot, token_key key, att_span token)
{
    return slot->key.low == key.low && slot->key.high == key.high &&
           (key.high != LONG_MARK || att_span_equal(att_vocabulary_text(vocabulary, slot->type), token));
}

/* Adds a token; a slot is kept free at all times. */
static att_status add(att_vocabulary *vocabulary, type_slot *slot, token_key key, att_span token,
                      att_type_learner *learn, void *context, type_slot *added, att_error *error)
{
    if (vocabulary->count >= UINT32_MAX || !att_grow(&vocabulary->text_ends, &vocabulary->text_capacity,
                                                     vocabulary->count + 1, sizeof *vocabulary->text_ends))
        return att_fail_memory(error);
    att_buffer_span(&vocabulary->text, token);
    if (vocabulary->text.failed)
        return att_fail_memory(error);
    type_slot fresh = {.key = key, .type = (uint32_t)vocabulary->count};
    vocabulary->text_ends[vocabulary->count++] = vocabulary->text.size;
    att_status status = learn ? learn(context, fresh.type, token, &fresh.note, error) : ATT_OK;
    if (status)
        return status;
    *slot = *added = fresh;
    if (vocabulary->count * 2 >= vocabulary->slot_count && !grow(vocabulary))
        return att_fail_memory(error);
    return ATT_OK;
}

/* A token that is not in the first slot of its hash: further on, or new. */
static __attribute__((noinline)) att_status search(att_vocabulary *vocabulary, token_key key, uint64_t hash,
                                                   att_span token, att_type_learner *learn, void *context,
                                                   type_slot *found, att_error *error)
{
    size_t mask = vocabulary->slot_count - 1, place = hash & mask;

    while (!is_free(&vocabulary->slots[place]) && !is_token(vocabulary, &vocabulary->slots[place], key, token))
        place = (place + 1) & mask;
    if (is_free(&vocabulary->slots[place]))
        return add(vocabulary, &vocabulary->slots[place], key, token, learn, context, found, error);
    *found = vocabulary->slots[place];
    return ATT_OK;
}

att_status att_vocabulary_assign(att_vocabulary *vocabulary, att_span text, att_tokens *tokens, att_type_learner *learn,
                                 void *context, att_error *error)
{
    token_key keys[AHEAD];
    uint64_t hashes[AHEAD];
    const hash_seed seed = vocabulary->seed;

    /* Keys first, for some tokens together, so that their slots are on the way from memory when they are looked at. */
    for (size_t first = 0; first < tokens->count; first += AHEAD) {
        size_t some = tokens->count - first < AHEAD ? tokens->count - first : AHEAD;
        const uint32_t *start = tokens->start + first, *end = tokens->end + first;
        const type_slot *slots = vocabulary->slots;
        size_t mask = vocabulary->slot_count - 1;
        for (size_t i = 0; i < some; i++) {
            keys[i] = key_of(seed, text, start[i], end[i]);
            hashes[i] = mix(seed, keys[i]);
            __builtin_prefetch(&slots[hashes[i] & mask]);
        }
        uint32_t *type = tokens->type + first;
        uint64_t *note = tokens->note + first;
        for (size_t i = 0; i < some; i++) {
            const type_slot *slot = &slots[hashes[i] & mask];
            bool same = slot->key.low == keys[i].low && slot->key.high == keys[i].high && keys[i].high != LONG_MARK;
            type_slot found;
            if (!same) {
                att_span token = {text.text + start[i], end[i] - start[i]};
                /* NOLINTNEXTLINE(clang-analyzer-core.uninitialized.Assign): the loop above has filled the same ones */
                att_status status = search(vocabulary, keys[i], hashes[i], token, learn, context, &found, error);
                if (status)
                    return status;
                slots = vocabulary->slots; /* may have grown */
                mask = vocabulary->slot_count - 1;
                slot = &found;
            }
            type[i] = slot->type;
            note[i] = slot->note;
        }
    }
    return ATT_OK;
}
