/* Keys of tokens and the slots of the vocabulary: one implementation a processor, the same result. Private to the
 * tokenise stage.
 *
 * Tokens go through in batches: first the keys of all of them, so that their slots are near when they are looked at,
 * then the look-ups. Neither has a branch that depends on the text. */
#ifndef ATT_TOKENISE_KEYS_H
#define ATT_TOKENISE_KEYS_H

#include "base/buffer.h"
#include "model/token.h"

#include <stdbool.h>

/* A token of up to 16 bytes is its own key: its bytes, padded with zeros. No token holds a zero byte (U+0000 is never
 * part of a word), so equal keys mean equal tokens. The key of a separator is all zeros. */
typedef struct {
    uint64_t low;
    uint64_t high;
} att_token_key;

/* Longer tokens have keys of 32 bytes, in a table of their own. One of more than 32 bytes has its 64-bit hash as its
 * key, under a last byte that UTF-8 never has; its bytes must be compared. */
typedef struct {
    att_token_key first;
    att_token_key second;
} att_wide_key;

enum { ATT_KEY_BYTES = 16, ATT_WIDE_BYTES = 32, ATT_KEY_BATCH = 64 };
#define ATT_LONG_KEY ((uint64_t)0xFF << 56) /* the last word of a long token's key */

/* What is known of a type, one behind the other so that it costs one look into memory: two to a cache line, or one. An
 * all-zero key is free. */
typedef struct {
    att_token_key key;
    uint64_t note;
    uint32_t type;
} att_type_slot;

typedef struct {
    att_wide_key key;
    uint64_t note;
    uint32_t type;
    uint64_t unused[2];
} att_wide_slot;

/* Random, so that chosen collisions cannot slow the table. */
typedef struct {
    uint64_t low, high;
} att_key_seed;

typedef struct {
    const att_type_slot *slots;
    size_t mask; /* their number, a power of two, less one */
    const att_wide_slot *wide_slots;
    size_t wide_mask;
    att_key_seed seed;
} att_key_tables;

typedef struct {
    att_token_key keys[ATT_KEY_BATCH];
    uint64_t hashes[ATT_KEY_BATCH];        /* a key's slot is the first free or equal one from hash & mask on */
    att_wide_key wide_keys[ATT_KEY_BATCH]; /* of the tokens that are in `wide` */
    uint64_t wide;                         /* tokens of more than ATT_KEY_BYTES, one bit each */
    uint64_t longer;                       /* those of more than ATT_WIDE_BYTES */
    uint64_t separators;                   /* found nowhere and not to be looked for */
    size_t count;
    size_t first; /* in the token arrays */
    size_t turn;  /* of the first one */
} att_key_batch;

typedef struct {
    uint64_t (*hash)(att_key_seed seed, const att_token_key *key);
    uint64_t (*hash_wide)(att_key_seed seed, const att_wide_key *key);
    /* Fills the batch with the tokens and separators from batch->first (of turn batch->turn) on. Returns the turn of
     * the one behind them. */
    size_t (*fill)(const att_key_tables *tables, const att_tokens *tokens, att_key_batch *batch);
    /* Gives the tokens type and note of the slots that their hashes point to, and the separators the note 0. Returns
     * one bit for each token whose key is another than the slot's, whose type and note are yet to be found. Of longer
     * tokens, the text is not compared. */
    uint64_t (*look_up)(const att_key_tables *tables, const att_tokens *tokens, const att_key_batch *batch);
} att_key_functions;

extern const att_key_functions att_keys_scalar;
#if defined(__x86_64__)
extern const att_key_functions att_keys_avx2;
extern const att_key_functions att_keys_avx512;
#endif

/* The fastest that the processor can do, or the one that ATTUNE_CPU (scalar, avx2, avx512) asks for, if it can. */
const att_key_functions *att_keys_choose(void);

/* Multiplies two words and folds the product: every bit of the key reaches the low bits of the result. */
static inline uint64_t att_key_mix(att_key_seed seed, att_token_key key)
{
    att_u128 product = (att_u128)(key.low ^ seed.low) * (key.high ^ seed.high);

    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* The key of a token of more than ATT_WIDE_BYTES. */
att_wide_key att_key_longer(att_key_seed seed, att_span token);

#endif
