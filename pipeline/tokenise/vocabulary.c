#include "tokenise/vocabulary.h"

#include "base/buffer.h"
#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

/* A token of up to 16 bytes is its own key: its bytes, padded with zeros. No token holds a zero byte (U+0000 is never
 * part of a word), so equal keys mean equal tokens. A longer token's key is its 64-bit hash and, under a byte that
 * UTF-8 never has, the type's id; its bytes are compared. An all-zero slot is free. */
typedef struct {
    uint64_t low;
    uint64_t high;
} token_key;

enum { INLINE_BYTES = 16, DEFAULT_LIMIT = 400000, FIRST_SLOTS = 1 << 14, AHEAD = 64 };
#define LONG_MARK ((uint64_t)0xFF << 56)

struct att_vocabulary {
    token_key *keys;
    uint32_t *ids; /* beside keys */
    size_t slots;  /* a power of two, more than twice count */
    size_t count;
    size_t limit;
    uint64_t seed[2];
    att_buffer text;   /* the bytes of all types, one after the other */
    size_t *text_ends; /* of type i: text[text_ends[i - 1] .. text_ends[i]) */
    size_t text_capacity;
};

static bool make_slots(att_vocabulary *vocabulary, size_t slots)
{
    token_key *keys = calloc(slots, sizeof *keys);
    uint32_t *ids = calloc(slots, sizeof *ids);

    if (!keys || !ids) {
        free(keys);
        free(ids);
        return false;
    }
    free(vocabulary->keys);
    free(vocabulary->ids);
    vocabulary->keys = keys;
    vocabulary->ids = ids;
    vocabulary->slots = slots;
    return true;
}

att_status att_vocabulary_new(att_vocabulary **out, size_t limit, att_error *error)
{
    att_vocabulary *vocabulary = calloc(1, sizeof *vocabulary);

    if (!vocabulary || !make_slots(vocabulary, FIRST_SLOTS)) {
        att_vocabulary_free(vocabulary);
        return att_fail_memory(error);
    }
    vocabulary->limit = limit ? limit : DEFAULT_LIMIT;
    vocabulary->seed[0] = att_random_seed() | 1;
    vocabulary->seed[1] = att_random_seed() | 1;
    *out = vocabulary;
    return ATT_OK;
}

void att_vocabulary_free(att_vocabulary *vocabulary)
{
    if (!vocabulary)
        return;
    free(vocabulary->keys);
    free(vocabulary->ids);
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
    memset(vocabulary->keys, 0, vocabulary->slots * sizeof *vocabulary->keys);
    vocabulary->count = 0;
    vocabulary->text.size = 0;
}

/* Multiply two words and fold the product: every bit of the key reaches the low bits of the result. */
static inline uint64_t mix(const att_vocabulary *vocabulary, token_key key)
{
    att_u128 product = (att_u128)(key.low ^ vocabulary->seed[0]) * (key.high ^ vocabulary->seed[1]);

    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint64_t hash_long(const att_vocabulary *vocabulary, att_span token)
{
    uint64_t hash = token.size;
    size_t at = 0;

    for (; at + INLINE_BYTES <= token.size; at += INLINE_BYTES) {
        token_key part;
        memcpy(&part, token.text + at, sizeof part);
        part.low ^= hash;
        hash = mix(vocabulary, part);
    }
    token_key rest = {hash, 0};
    memcpy(&rest.high, token.text + token.size - 8, 8);
    memcpy(&hash, token.text + token.size - 16, 8);
    rest.low ^= hash;
    return mix(vocabulary, rest);
}

/* Keeps the first `size` bytes of a 16-byte load, size 1 to 16. */
static inline token_key key_of_load(const char *bytes, size_t size)
{
    token_key key;

    memcpy(&key, bytes, sizeof key);
    if (size <= 8) {
        key.low &= UINT64_MAX >> (64 - 8 * size);
        key.high = 0;
    } else {
        key.high &= UINT64_MAX >> (128 - 8 * size);
    }
    return key;
}

static inline token_key key_of(const att_vocabulary *vocabulary, att_span text, uint32_t start, uint32_t end)
{
    size_t size = end - start;

    if (size <= INLINE_BYTES) {
        if (text.size - start >= INLINE_BYTES)
            return key_of_load(text.text + start, size);
        char bytes[INLINE_BYTES] = {0};
        memcpy(bytes, text.text + start, size);
        return key_of_load(bytes, size);
    }
    return (token_key){hash_long(vocabulary, (att_span){text.text + start, size}), LONG_MARK};
}

/* A long key is placed by its hash alone, since the id in its other half is not known before it is found. */
static inline size_t slot_of(const att_vocabulary *vocabulary, token_key key)
{
    if (key.high >= LONG_MARK)
        key.high = LONG_MARK;
    return mix(vocabulary, key) & (vocabulary->slots - 1);
}

static bool grow(att_vocabulary *vocabulary)
{
    token_key *keys = vocabulary->keys;
    uint32_t *ids = vocabulary->ids;
    size_t slots = vocabulary->slots;

    vocabulary->keys = NULL;
    vocabulary->ids = NULL;
    if (!make_slots(vocabulary, slots * 2)) {
        vocabulary->keys = keys;
        vocabulary->ids = ids;
        return false;
    }
    for (size_t i = 0; i < slots; i++) {
        if (!keys[i].low && !keys[i].high)
            continue;
        size_t slot = slot_of(vocabulary, keys[i]);
        while (vocabulary->keys[slot].low || vocabulary->keys[slot].high)
            slot = (slot + 1) & (vocabulary->slots - 1);
        vocabulary->keys[slot] = keys[i];
        vocabulary->ids[slot] = ids[i];
    }
    free(keys);
    free(ids);
    return true;
}

/* Adds the token at a free slot; grows the table when it is half full. */
static bool add(att_vocabulary *vocabulary, token_key key, size_t slot, att_span token, uint32_t *id)
{
    if (vocabulary->count >= UINT32_MAX || !att_grow(&vocabulary->text_ends, &vocabulary->text_capacity,
                                                     vocabulary->count + 1, sizeof *vocabulary->text_ends))
        return false;
    att_buffer_span(&vocabulary->text, token);
    if (vocabulary->text.failed)
        return false;
    *id = (uint32_t)vocabulary->count;
    vocabulary->text_ends[vocabulary->count++] = vocabulary->text.size;
    vocabulary->keys[slot] = key.high >= LONG_MARK ? (token_key){key.low, LONG_MARK | *id} : key;
    vocabulary->ids[slot] = *id;
    return vocabulary->count * 2 < vocabulary->slots || grow(vocabulary);
}

static inline bool same_token(const att_vocabulary *vocabulary, token_key slot, token_key key, att_span token)
{
    if (key.high < LONG_MARK)
        return slot.low == key.low && slot.high == key.high;
    return slot.low == key.low && slot.high >= LONG_MARK &&
           att_span_equal(att_vocabulary_text(vocabulary, (uint32_t)slot.high), token);
}

static inline bool find_or_add(att_vocabulary *vocabulary, token_key key, att_span token, uint32_t *id)
{
    size_t slot = slot_of(vocabulary, key);

    for (;;) {
        token_key held = vocabulary->keys[slot];
        if (!held.low && !held.high)
            return add(vocabulary, key, slot, token, id);
        if (same_token(vocabulary, held, key, token)) {
            *id = vocabulary->ids[slot];
            return true;
        }
        slot = (slot + 1) & (vocabulary->slots - 1);
    }
}

att_status att_vocabulary_assign(att_vocabulary *vocabulary, att_span text, att_tokens *tokens, att_error *error)
{
    token_key keys[AHEAD];

    /* Keys first, for some tokens together, so that their slots are on the way from memory when they are looked at. */
    for (size_t first = 0; first < tokens->count; first += AHEAD) {
        size_t some = tokens->count - first < AHEAD ? tokens->count - first : AHEAD;
        for (size_t i = 0; i < some; i++) {
            keys[i] = key_of(vocabulary, text, tokens->start[first + i], tokens->end[first + i]);
            size_t slot = slot_of(vocabulary, keys[i]);
            __builtin_prefetch(&vocabulary->keys[slot]);
            __builtin_prefetch(&vocabulary->ids[slot]);
        }
        for (size_t i = 0; i < some; i++) {
            size_t at = first + i;
            att_span token = {text.text + tokens->start[at], tokens->end[at] - tokens->start[at]};
            if (!find_or_add(vocabulary, keys[i], token, &tokens->type[at]))
                return att_fail_memory(error);
        }
    }
    return ATT_OK;
}
