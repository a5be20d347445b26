/* The work on batches of keys, written once for every processor. A source file defines
 *
 *     TARGET        the function attribute that allows its instructions
 *     KEYS          the name of the att_key_functions to make
 *     key_bits      a type for a key as the processor likes to hold it
 *
 * includes this file, and then defines the functions that are declared in it. */
#include "tokenise/keys.h"

#include <string.h>

static TARGET key_bits get_key(const att_token_key *key);
static TARGET void put_key(att_token_key *to, key_bits key);
static TARGET uint64_t hash_key(att_key_seed seed, key_bits key);
/* The key of the first `size` bytes, up to ATT_KEY_BYTES, of the `room` bytes at `at`. */
static TARGET key_bits load_key(const char *at, size_t size, size_t room);
static TARGET bool keys_differ(const att_token_key *a, const att_token_key *b);
static TARGET uint64_t hash_both(att_key_seed seed, key_bits first, key_bits second);

/* A byte mask of 16, the first `size` of them set, is 16 bytes of this from 16 - size on. */
static const unsigned char first_bytes[2 * ATT_KEY_BYTES] = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                                             0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};

/* The end of a text must not be read over. */
static TARGET inline key_bits load_key_at_end(const char *at, size_t size)
{
    att_token_key key = {0, 0};

    memcpy(&key, at, size < ATT_KEY_BYTES ? size : ATT_KEY_BYTES);
    return get_key(&key);
}

/* The tokens [from, to) of a text, the batch's from number i on. */
static TARGET inline void fill_turn(const att_key_tables *tables, const att_tokens *tokens, att_key_batch *batch,
                                    att_span text, size_t from, size_t to)
{
    /* Copies, since a key that is written might be one of them, as far as the compiler knows. */
    const att_key_tables t = *tables;
    const uint32_t *starts = tokens->start, *ends = tokens->end;
    const char *bytes = text.text;
    size_t size = text.size;
    uint64_t wide = batch->wide;
    att_token_key *key = batch->keys + (from - batch->first);
    uint64_t *hash = batch->hashes + (from - batch->first);
    size_t bit = from - batch->first;

    for (size_t at = from; at < to; at++, bit++) {
        size_t start = starts[at], length = ends[at] - start;
        key_bits made = load_key(bytes + start, length, size - start);
        uint64_t hashed = hash_key(t.seed, made);
        wide |= (uint64_t)(length > ATT_KEY_BYTES) << bit;
        put_key(key++, made);
        *hash++ = hashed;
        __builtin_prefetch(&t.slots[hashed & t.mask]);
    }
    batch->wide = wide;
}

/* The token at a place, of a turn from `turn` on, with the bytes at hand from its start on. */
static inline att_span token_at(const att_tokens *tokens, size_t *turn, size_t at, size_t *room)
{
    while (at > tokens->turns[*turn].first + tokens->turns[*turn].count)
        ++*turn;
    att_span text = tokens->turns[*turn].text;
    *room = text.size - tokens->start[at];
    return (att_span){text.text + tokens->start[at], tokens->end[at] - tokens->start[at]};
}

static TARGET void fill_wide(const att_key_tables *tables, const att_tokens *tokens, att_key_batch *batch)
{
    size_t turn = batch->turn, room;

    for (uint64_t wide = batch->wide; wide; wide &= wide - 1) {
        size_t i = (size_t)__builtin_ctzll(wide);
        att_span token = token_at(tokens, &turn, batch->first + i, &room);
        key_bits first, second;
        if (token.size <= ATT_WIDE_BYTES) {
            first = load_key(token.text, ATT_KEY_BYTES, room);
            second = load_key(token.text + ATT_KEY_BYTES, token.size - ATT_KEY_BYTES, room - ATT_KEY_BYTES);
        } else {
            att_wide_key key = att_key_longer(tables->seed, token);
            first = get_key(&key.first);
            second = get_key(&key.second);
            batch->longer |= (uint64_t)1 << i;
        }
        put_key(&batch->wide_keys[i].first, first);
        put_key(&batch->wide_keys[i].second, second);
        batch->hashes[i] = hash_both(tables->seed, first, second);
        __builtin_prefetch(&tables->wide_slots[batch->hashes[i] & tables->wide_mask]);
    }
}

static TARGET size_t fill(const att_key_tables *tables, const att_tokens *tokens, att_key_batch *batch)
{
    size_t turn = batch->turn, at = batch->first, to = at + ATT_KEY_BATCH;

    if (to > tokens->count + 1)
        to = tokens->count + 1;
    batch->count = to - at;
    batch->wide = batch->longer = batch->separators = 0;
    while (at < to) {
        size_t behind = tokens->turns[turn].first + tokens->turns[turn].count + 1;
        size_t end = behind < to ? behind : to;
        fill_turn(tables, tokens, batch, tokens->turns[turn].text, at, end);
        at = end;
        if (at == behind) {
            batch->separators |= (uint64_t)1 << (at - 1 - batch->first);
            turn++;
        }
    }
    if (batch->wide)
        fill_wide(tables, tokens, batch);
    return turn;
}

static TARGET uint64_t look_up_wide(const att_key_tables *tables, const att_tokens *tokens, const att_key_batch *batch)
{
    uint64_t different = 0;

    for (uint64_t wide = batch->wide; wide; wide &= wide - 1) {
        size_t i = (size_t)__builtin_ctzll(wide);
        const att_wide_key *key = &batch->wide_keys[i];
        const att_wide_slot *slot = &tables->wide_slots[batch->hashes[i] & tables->wide_mask];
        bool differs = keys_differ(&key->first, &slot->key.first) | keys_differ(&key->second, &slot->key.second);
        different |= (uint64_t)differs << i;
        tokens->type[batch->first + i] = slot->type;
        tokens->note[batch->first + i] = slot->note;
    }
    return different;
}

static TARGET uint64_t look_up(const att_key_tables *tables, const att_tokens *tokens, const att_key_batch *batch)
{
    uint32_t *type = tokens->type + batch->first;
    uint64_t *note = tokens->note + batch->first;
    const att_type_slot *slots = tables->slots;
    size_t mask = tables->mask, count = batch->count;
    uint64_t different = 0;

    for (size_t i = 0; i < count; i++) {
        const att_type_slot *slot = &slots[batch->hashes[i] & mask];
        different |= (uint64_t)keys_differ(&batch->keys[i], &slot->key) << i;
        type[i] = slot->type;
        note[i] = slot->note;
    }
    for (uint64_t separators = batch->separators; separators; separators &= separators - 1)
        note[__builtin_ctzll(separators)] = 0;
    if (batch->wide)
        different = (different & ~batch->wide) | look_up_wide(tables, tokens, batch);
    return different & ~batch->separators;
}

static TARGET uint64_t hash_one(att_key_seed seed, const att_token_key *key)
{
    return hash_key(seed, get_key(key));
}

static TARGET uint64_t hash_wide(att_key_seed seed, const att_wide_key *key)
{
    return hash_both(seed, get_key(&key->first), get_key(&key->second));
}

const att_key_functions KEYS = {.hash = hash_one, .hash_wide = hash_wide, .fill = fill, .look_up = look_up};
