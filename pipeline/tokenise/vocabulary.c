#include "tokenise/vocabulary.h"

#include "base/buffer.h"
#include "base/hash.h"
#include "tokenise/slots.h"

#include <stdlib.h>
#include <string.h>

enum { DEFAULT_LIMIT = 400000 };

typedef struct {
    att_type_learner *learn;
    void *context;
} type_teacher;

struct att_vocabulary {
    const att_key_functions *functions;
    att_slot_table types; /* of att_type_slot */
    att_slot_table wide;  /* of att_wide_slot */
    size_t count;         /* of both */
    size_t limit;
    att_key_seed seed;
    att_buffer text;   /* the bytes of all types, one after the other */
    size_t *text_ends; /* of type i: text[text_ends[i - 1] .. text_ends[i]) */
    size_t text_capacity;
};

att_status att_vocabulary_new(att_vocabulary **out, size_t limit, att_error *error)
{
    att_vocabulary *vocabulary = calloc(1, sizeof *vocabulary);

    if (!vocabulary)
        return att_fail_memory(error);
    vocabulary->functions = att_keys_choose();
    if (!att_slot_table_init(&vocabulary->types, sizeof(att_type_slot), sizeof(att_token_key)) ||
        !att_slot_table_init(&vocabulary->wide, sizeof(att_wide_slot), sizeof(att_wide_key))) {
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
    att_slot_table_clear(&vocabulary->types);
    att_slot_table_clear(&vocabulary->wide);
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
    att_slot_table_empty(&vocabulary->types);
    att_slot_table_empty(&vocabulary->wide);
    vocabulary->count = 0;
    vocabulary->text.size = 0;
}

static uint64_t hash_type(const void *context, const char *key)
{
    const att_vocabulary *vocabulary = context;
    att_token_key copy;

    memcpy(&copy, key, sizeof copy);
    return vocabulary->functions->hash(vocabulary->seed, &copy);
}

static uint64_t hash_wide(const void *context, const char *key)
{
    const att_vocabulary *vocabulary = context;
    att_wide_key copy;

    memcpy(&copy, key, sizeof copy);
    return vocabulary->functions->hash_wide(vocabulary->seed, &copy);
}

/* A token on its way. */
typedef struct {
    att_span text;
    const void *key;
    uint64_t hash;
    att_slot_table *table;
    uint64_t note;
    uint32_t type;
} token_search;

/* Is it the one in the slot? Equal keys say so, but for the hash of a token beyond all keys. */
static bool is_in(const att_vocabulary *vocabulary, const token_search *token, const char *slot)
{
    uint32_t type;
    uint64_t note;

    if (!att_slot_has(token->table, slot, token->key))
        return false;
    if (token->text.size <= ATT_WIDE_BYTES)
        return true;
    att_slot_get(token->table, slot, &type, &note);
    return att_span_equal(att_vocabulary_text(vocabulary, type), token->text);
}

/* Adds a token that is in no slot; there is a free one at all times. */
static att_status add(att_vocabulary *vocabulary, token_search *token, char *slot, const type_teacher *teacher,
                      att_error *error)
{
    if (vocabulary->count >= UINT32_MAX || !att_grow(&vocabulary->text_ends, &vocabulary->text_capacity,
                                                     vocabulary->count + 1, sizeof *vocabulary->text_ends))
        return att_fail_memory(error);
    att_buffer_span(&vocabulary->text, token->text);
    if (vocabulary->text.failed)
        return att_fail_memory(error);
    token->type = (uint32_t)vocabulary->count;
    token->note = 0;
    vocabulary->text_ends[vocabulary->count++] = vocabulary->text.size;
    att_status status =
        teacher->learn ? teacher->learn(teacher->context, token->type, token->text, &token->note, error) : ATT_OK;
    if (status)
        return status;
    att_slot_put(token->table, slot, token->key, token->type, token->note);
    token->table->count++;
    bool wide = token->table == &vocabulary->wide;
    return att_slot_table_grow(token->table, wide ? hash_wide : hash_type, vocabulary) ? ATT_OK
                                                                                       : att_fail_memory(error);
}

/* A token that is not in the first slot of its hash: further on, or new. */
static att_status search(att_vocabulary *vocabulary, token_search *token, const type_teacher *teacher, att_error *error)
{
    size_t place = (size_t)token->hash;
    char *slot = att_slot_at(token->table, place);

    while (!att_slot_is_free(token->table, slot) && !is_in(vocabulary, token, slot))
        slot = att_slot_at(token->table, ++place);
    if (att_slot_is_free(token->table, slot))
        return add(vocabulary, token, slot, teacher, error);
    att_slot_get(token->table, slot, &token->type, &token->note);
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
        token_search token = {
            .text = {tokens->turns[turn].text.text + tokens->start[at], tokens->end[at] - tokens->start[at]},
            .key = &batch->keys[i],
            .hash = batch->hashes[i],
            .table = &vocabulary->types};
        if (batch->wide >> i & 1) {
            token.key = &batch->wide_keys[i];
            token.table = &vocabulary->wide;
        }
        att_status status = search(vocabulary, &token, teacher, error);
        if (status)
            return status;
        tokens->type[at] = token.type;
        tokens->note[at] = token.note;
    }
    return ATT_OK;
}

static att_key_tables tables_of(const att_vocabulary *vocabulary)
{
    return (att_key_tables){.slots = (const att_type_slot *)(const void *)vocabulary->types.slots,
                            .mask = vocabulary->types.slot_count - 1,
                            .wide_slots = (const att_wide_slot *)(const void *)vocabulary->wide.slots,
                            .wide_mask = vocabulary->wide.slot_count - 1,
                            .seed = vocabulary->seed};
}

att_status att_vocabulary_assign(att_vocabulary *vocabulary, att_tokens *tokens, att_type_learner *learn, void *context,
                                 att_error *error)
{
    const type_teacher teacher = {learn, context};
    const att_key_functions *functions = vocabulary->functions;
    att_key_batch batch;

    batch.first = batch.turn = 0;
    while (tokens->turn_count && batch.first <= tokens->count) {
        const att_key_tables tables = tables_of(vocabulary);
        size_t turn = functions->fill(&tables, tokens, &batch);
        uint64_t wanted = functions->look_up(&tables, tokens, &batch) | batch.longer;
        att_status status = wanted ? search_all(vocabulary, tokens, &batch, wanted, &teacher, error) : ATT_OK;
        if (status)
            return status;
        batch.first += batch.count;
        batch.turn = turn;
    }
    return ATT_OK;
}
