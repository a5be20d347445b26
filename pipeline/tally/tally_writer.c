#include "tally/tally_file.h"

#include "base/buffer.h"
#include "base/hash.h"
#include "tally/tally_format.h"

#include <stdlib.h>
#include <string.h>

struct att_tally_writer {
    FILE *stream;
    att_buffer chunk; /* head, then the payload that is being put together */
    att_buffer last_id;
    bool any;
    uint64_t transcripts;
    uint64_t labels;
    uint64_t tokens;
};

static void begin(att_tally_writer *writer, const char *tag)
{
    writer->chunk.size = 0;
    att_buffer_append(&writer->chunk, tag, ATT_TALLY_TAG);
    att_buffer_append(&writer->chunk, "\0\0\0\0\0\0\0", ATT_TALLY_HEAD - ATT_TALLY_TAG);
}

static void put_text(att_buffer *out, att_span text)
{
    att_buffer_varint(out, text.size);
    att_buffer_span(out, text);
}

/* The hash covers tag and length too, so that no damage to them goes unseen. */
static att_status end(att_tally_writer *writer, att_error *error)
{
    att_buffer *chunk = &writer->chunk;
    if (chunk->failed)
        return att_fail_memory(error);
    if (chunk->size - ATT_TALLY_HEAD > ATT_TALLY_CHUNK_LIMIT)
        return att_fail(error, ATT_BAD_INPUT, NULL, 0, 0,
                        "one transcript has more than 1 GiB of tallies (it has too many different labels); look at how "
                        "its labels are read");
    att_put64((unsigned char *)chunk->data + ATT_TALLY_TAG, chunk->size - ATT_TALLY_HEAD);
    unsigned char check[ATT_TALLY_CHECK];
    att_put64(check, att_hash64(chunk->data, chunk->size));
    fwrite(chunk->data, 1, chunk->size, writer->stream);
    fwrite(check, 1, sizeof check, writer->stream);
    return ATT_OK;
}

static void put_scheme(att_buffer *out, const att_scheme *scheme)
{
    att_buffer_varint(out, scheme->count);
    for (uint32_t i = 0; i < scheme->count; i++) {
        const att_node *node = &scheme->nodes[i];
        put_text(out, att_span_of(node->path));
        put_text(out, att_span_of(node->label));
        att_buffer_varint(out, (uint64_t)node->pole);
        att_buffer_varint(out, node->is_pole);
        att_buffer_varint(out, node->senses);
        /* 0: at the top, so that a small number stays small. */
        att_buffer_varint(out, node->parent == ATT_NO_NODE ? 0 : (uint64_t)node->parent + 1);
    }
}

static void put_lexicons(att_buffer *out, const att_lexicon_stamp *lexicons, size_t count)
{
    att_buffer_varint(out, count);
    for (size_t i = 0; i < count; i++) {
        put_text(out, att_span_of(lexicons[i].name));
        put_text(out, att_span_of(lexicons[i].language));
        put_text(out, att_span_of(lexicons[i].version));
        unsigned char hash[8];
        att_put64(hash, lexicons[i].hash);
        att_buffer_append(out, hash, sizeof hash);
    }
}

att_status att_tally_writer_open(att_tally_writer **out, FILE *stream, const att_scheme *scheme,
                                 const att_lexicon_stamp *lexicons, size_t lexicon_count, att_error *error)
{
    att_tally_writer *writer = calloc(1, sizeof *writer);
    if (!writer)
        return att_fail_memory(error);
    writer->stream = stream;
    const unsigned char version = ATT_TALLY_VERSION;
    fwrite(ATT_TALLY_MAGIC, 1, ATT_TALLY_MAGIC_SIZE, stream);
    fwrite(&version, 1, 1, stream);
    begin(writer, ATT_TALLY_SCHEME);
    put_lexicons(&writer->chunk, lexicons, lexicon_count);
    put_scheme(&writer->chunk, scheme);
    att_status status = end(writer, error);
    if (status != ATT_OK) {
        att_tally_writer_abandon(writer);
        return status;
    }
    *out = writer;
    return ATT_OK;
}

/* next: the smallest number that the node can have, so that neighbours cost one small step each. */
static void put_node(att_buffer *out, const att_node_tally *node, uint32_t next)
{
    att_buffer_varint(out, node->node - next);
    att_buffer_varint(out, node->hits);
    for (int sense = 0; sense < ATT_SENSES; sense++)
        att_buffer_varint(out, node->senses[sense]);
    att_buffer_varint(out, node->covered);
    att_buffer_varint128(out, node->sum_yy);
    att_buffer_varint128(out, node->sum_yn);
    att_buffer_varint128(out, node->weight);
}

static void put_tally(att_buffer *out, const att_tally *tally)
{
    att_buffer_varint(out, tally->turns);
    att_buffer_varint(out, tally->tokens);
    att_buffer_varint128(out, tally->sum_nn);
    att_buffer_varint128(out, tally->sum_aa);
    att_buffer_varint128(out, tally->sum_bb);
    att_buffer_varint128(out, tally->sum_ab);
    att_buffer_varint(out, tally->node_count);
    uint32_t next = 0;
    for (uint32_t i = 0; i < tally->node_count; i++) {
        put_node(out, &tally->nodes[i], next);
        next = tally->nodes[i].node + 1;
    }
}

static att_status check_order(att_tally_writer *writer, const att_transcript_tally *transcript, att_error *error)
{
    att_span last = {writer->last_id.data, writer->last_id.size};
    if (writer->any && att_span_compare(last, transcript->id) >= 0)
        return att_fail(error, ATT_BAD_INPUT, NULL, 0, 0,
                        "transcript '%.*s' came after '%.*s' into the tally file; give each transcript once, in order",
                        (int)transcript->id.size, transcript->id.text, (int)last.size, last.text ? last.text : "");
    writer->any = true;
    writer->last_id.size = 0;
    att_buffer_span(&writer->last_id, transcript->id);
    return writer->last_id.failed ? att_fail_memory(error) : ATT_OK;
}

static att_status put_date(att_tally_writer *writer, const att_transcript_tally *transcript, att_error *error)
{
    begin(writer, ATT_TALLY_DATE);
    put_text(&writer->chunk, transcript->id);
    put_text(&writer->chunk, transcript->date);
    return end(writer, error);
}

/* A section of its own before the transcript, which readers that know nothing of it pass over. */
static att_status put_said(att_tally_writer *writer, const att_transcript_tally *transcript, att_error *error)
{
    const att_said *said = &transcript->said;
    if (said->count == 0)
        return ATT_OK;
    begin(writer, ATT_TALLY_SAID);
    put_text(&writer->chunk, transcript->id);
    att_buffer_varint(&writer->chunk, said->count);
    for (size_t i = 0; i < said->count; i++) {
        put_text(&writer->chunk, said->facts[i].label);
        put_text(&writer->chunk, said->facts[i].column);
        put_text(&writer->chunk, said->facts[i].value);
    }
    return end(writer, error);
}

att_status att_tally_writer_add(att_tally_writer *writer, const att_transcript_tally *transcript, att_error *error)
{
    att_status status = check_order(writer, transcript, error);
    if (status == ATT_OK)
        status = put_said(writer, transcript, error);
    if (status != ATT_OK)
        return status;
    if (transcript->date.size)
        status = put_date(writer, transcript, error);
    if (status != ATT_OK)
        return status;
    begin(writer, ATT_TALLY_TRANSCRIPT);
    att_buffer *out = &writer->chunk;
    put_text(out, transcript->id);
    put_text(out, transcript->language);
    att_buffer_varint(out, transcript->size);
    unsigned char hash[8];
    att_put64(hash, transcript->hash);
    att_buffer_append(out, hash, sizeof hash);
    att_buffer_varint(out, transcript->range_count);
    for (size_t i = 0; i < transcript->range_count; i++) {
        att_buffer_varint(out, transcript->ranges[i].from);
        att_buffer_varint(out, transcript->ranges[i].to);
    }
    att_buffer_varint(out, transcript->label_count);
    for (size_t i = 0; i < transcript->label_count; i++) {
        put_text(out, transcript->labels[i].label);
        put_tally(out, &transcript->labels[i].tally);
        writer->tokens += transcript->labels[i].tally.tokens;
    }
    writer->labels += transcript->label_count;
    writer->transcripts++;
    return end(writer, error);
}

att_status att_tally_writer_close(att_tally_writer *writer, att_error *error)
{
    begin(writer, ATT_TALLY_END);
    att_buffer_varint(&writer->chunk, writer->transcripts);
    att_buffer_varint(&writer->chunk, writer->labels);
    att_buffer_varint(&writer->chunk, writer->tokens);
    att_status status = end(writer, error);
    att_tally_writer_abandon(writer);
    return status;
}

void att_tally_writer_abandon(att_tally_writer *writer)
{
    if (!writer)
        return;
    att_buffer_clear(&writer->chunk);
    att_buffer_clear(&writer->last_id);
    free(writer);
}
