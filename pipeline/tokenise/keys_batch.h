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
static TARGET inline void fill_turn(const att_key_table *table, const att_tokens *tokens, att_key_batch *batch,
                                    att_span text, size_t from, size_t to)
{
    /* Copies, since a key that is written might be one of them, as far as the compiler knows. */
    const att_key_table t = *table;
    const uint32_t *starts = tokens->start, *ends = tokens->end;
    const char *bytes = text.text;
    size_t size = text.size;
    uint64_t longer = batch->longer;
    att_token_key *key = batch->keys + (from - batch->first);
    uint64_t *hash = batch->hashes + (from - batch->first);
    size_t bit = from - batch->first;

    for (size_t at = from; at < to; at++, bit++) {
        size_t start = starts[at], length = ends[at] - start;
        key_bits made = load_key(bytes + start, length, size - start);
        uint64_t hashed = hash_key(t.seed, made);
        longer |= (uint64_t)(length > ATT_KEY_BYTES) << bit;
        put_key(key++, made);
        *hash++ = hashed;
        __builtin_prefetch(&t.slots[hashed & t.mask]);
    }
    batch->longer = longer;
}

static TARGET void fill_longer(const att_key_table *table, const att_tokens *tokens, att_key_batch *batch)
{
    size_t turn = batch->turn;

    for (uint64_t longer = batch->longer; longer; longer &= longer - 1) {
        size_t i = (size_t)__builtin_ctzll(longer), at = batch->first + i;
        while (at > tokens->turns[turn].first + tokens->turns[turn].count)
            turn++;
        att_span token = {tokens->turns[turn].text.text + tokens->start[at], tokens->end[at] - tokens->start[at]};
        batch->keys[i] = att_key_longer(table->seed, token);
        batch->hashes[i] = hash_key(table->seed, get_key(&batch->keys[i]));
        __builtin_prefetch(&table->slots[batch->hashes[i] & table->mask]);
    }
}

static TARGET size_t fill(const att_key_table *table, const att_tokens *tokens, att_key_batch *batch)
{
    size_t turn = batch->turn, at = batch->first, to = at + ATT_KEY_BATCH;

    if (to > tokens->count + 1)
        to = tokens->count + 1;
    batch->count = to - at;
    batch->longer = 0;
    while (at < to) {
        size_t behind = tokens->turns[turn].first + tokens->turns[turn].count + 1;
        size_t end = behind < to ? behind : to;
        fill_turn(table, tokens, batch, tokens->turns[turn].text, at, end);
        at = end;
        turn += at == behind;
    }
    if (batch->longer)
        fill_longer(table, tokens, batch);
    return turn;
}

static TARGET uint64_t look_up(const att_key_table *table, const att_tokens *tokens, const att_key_batch *batch)
{
    uint32_t *type = tokens->type + batch->first;
    uint64_t *note = tokens->note + batch->first;
    const att_type_slot *slots = table->slots;
    size_t mask = table->mask, count = batch->count;
    uint64_t different = 0;

    for (size_t i = 0; i < count; i++) {
        const att_type_slot *slot = &slots[batch->hashes[i] & mask];
        different |= (uint64_t)keys_differ(&batch->keys[i], &slot->key) << i;
        type[i] = slot->type;
        note[i] = slot->note;
    }
    return different;
}

static TARGET uint64_t hash_one(att_key_seed seed, att_token_key key)
{
    return hash_key(seed, get_key(&key));
}

const att_key_functions KEYS = {.hash = hash_one, .fill = fill, .look_up = look_up};
