#include "tally/tally_file.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/hash.h"
#include "tally/tally_format.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct att_tally_reader {
    FILE *stream;
    char *name;
    att_arena arena; /* scheme and lexicons */
    att_scheme scheme;
    att_lexicon_stamp *lexicons;
    size_t lexicon_count;
    att_buffer chunk;
    att_transcript_tally transcript;
    att_buffer dated, date; /* the last stated date, and the id of its transcript */
    att_said said;          /* of the transcript that follows */
    att_buffer said_of;
    bool any;
    bool ended;
    uint64_t transcripts, labels, tokens;
};

/* What is left of a payload. A read past its end, or of something that cannot be, sets bad and gives zeros. */
typedef struct {
    const unsigned char *at;
    const unsigned char *end;
    bool bad;
} payload;

static att_status damaged(const att_tally_reader *reader, const char *what, att_error *error)
{
    return att_fail(error, ATT_BAD_INPUT, reader->name, 0, 0,
                    "the tally file is damaged (%s); copy it again, or make it anew with attune score", what);
}

static uint64_t get(payload *from)
{
    uint64_t number = 0;
    if (from->bad || !att_varint_read(&from->at, from->end, &number)) {
        from->bad = true;
        return 0;
    }
    return number;
}

static att_u128 get128(payload *from)
{
    att_u128 number = 0;
    if (from->bad || !att_varint128_read(&from->at, from->end, &number)) {
        from->bad = true;
        return 0;
    }
    return number;
}

static uint64_t get_limited(payload *from, uint64_t limit)
{
    uint64_t number = get(from);
    if (number > limit) {
        from->bad = true;
        return 0;
    }
    return number;
}

static uint64_t get_hash(payload *from)
{
    if (from->bad || from->end - from->at < 8) {
        from->bad = true;
        return 0;
    }
    uint64_t number = att_get64(from->at);
    from->at += 8;
    return number;
}

static att_span get_text(payload *from)
{
    uint64_t size = get_limited(from, (uint64_t)(from->end - from->at));
    if (from->bad || size > (uint64_t)(from->end - from->at)) {
        from->bad = true;
        return (att_span){"", 0};
    }
    att_span text = {(const char *)from->at, (size_t)size};
    from->at += size;
    return text;
}

/* A NUL-terminated copy in the arena; "" when the payload is bad; NULL: no memory. */
static const char *get_string(payload *from, att_arena *arena)
{
    att_span text = get_text(from);
    if (text.size && memchr(text.text, '\0', text.size))
        from->bad = true;
    return from->bad ? "" : att_arena_copy(arena, text);
}

/* ---- chunks ---- */

/* Reads `size` more bytes into the chunk, in steps, so that a forged length takes no more memory than there is file. */
static att_status take(att_tally_reader *reader, uint64_t size, att_error *error)
{
    const uint64_t step = 1u << 20;
    while (size > 0) {
        size_t part = (size_t)(size < step ? size : step);
        if (!att_buffer_reserve(&reader->chunk, part))
            return att_fail_memory(error);
        size_t got = fread(reader->chunk.data + reader->chunk.size, 1, part, reader->stream);
        reader->chunk.size += got;
        if (got < part) {
            if (ferror(reader->stream))
                return att_fail(error, ATT_ENVIRONMENT, reader->name, 0, 0, "cannot be read: %s; try again",
                                strerror(errno));
            return damaged(reader, "it ends too early", error);
        }
        size -= part;
    }
    return ATT_OK;
}

/* Reads one chunk and checks it; the payload points into the reader's buffer. */
static att_status next_chunk(att_tally_reader *reader, char tag[ATT_TALLY_TAG], payload *out, att_error *error)
{
    reader->chunk.size = 0;
    att_status status = take(reader, ATT_TALLY_HEAD, error);
    if (status != ATT_OK)
        return status;
    uint64_t size = att_get64((const unsigned char *)reader->chunk.data + ATT_TALLY_TAG);
    if (size > ATT_TALLY_CHUNK_LIMIT)
        return damaged(reader, "a length that cannot be", error);
    status = take(reader, size + ATT_TALLY_CHECK, error);
    if (status != ATT_OK)
        return status;
    const unsigned char *data = (const unsigned char *)reader->chunk.data;
    size_t checked = ATT_TALLY_HEAD + (size_t)size;
    if (att_hash64(data, checked) != att_get64(data + checked))
        return damaged(reader, "a checksum does not fit", error);
    memcpy(tag, data, ATT_TALLY_TAG);
    *out = (payload){.at = data + ATT_TALLY_HEAD, .end = data + checked};
    return ATT_OK;
}

static bool is_tag(const char tag[ATT_TALLY_TAG], const char *name)
{
    return memcmp(tag, name, ATT_TALLY_TAG) == 0;
}

/* ---- the head ---- */

static att_status read_magic(att_tally_reader *reader, att_error *error)
{
    unsigned char magic[ATT_TALLY_MAGIC_SIZE + 1];
    if (fread(magic, 1, sizeof magic, reader->stream) < sizeof magic ||
        memcmp(magic, ATT_TALLY_MAGIC, ATT_TALLY_MAGIC_SIZE) != 0)
        return att_fail(error, ATT_BAD_INPUT, reader->name, 0, 0,
                        "this is not a tally file; give a tallies.att that attune score wrote");
    unsigned version = magic[ATT_TALLY_MAGIC_SIZE];
    if (version != ATT_TALLY_VERSION)
        return att_fail(
            error, ATT_BAD_INPUT, reader->name, 0, 0,
            "the tally file has version %u of the format, this attune reads version %d; use the attune that "
            "wrote it, or make it anew with attune score",
            version, ATT_TALLY_VERSION);
    return ATT_OK;
}

static att_status read_lexicons(att_tally_reader *reader, payload *from, att_error *error)
{
    size_t count = (size_t)get_limited(from, ATT_TALLY_LEXICON_LIMIT);
    att_lexicon_stamp *lexicons = att_arena_take(&reader->arena, (count ? count : 1) * sizeof *lexicons);
    if (!lexicons)
        return att_fail_memory(error);
    for (size_t i = 0; i < count; i++) {
        lexicons[i].name = get_string(from, &reader->arena);
        lexicons[i].language = get_string(from, &reader->arena);
        lexicons[i].version = get_string(from, &reader->arena);
        lexicons[i].hash = get_hash(from);
        if (!lexicons[i].name || !lexicons[i].language || !lexicons[i].version)
            return att_fail_memory(error);
        if (from->bad)
            return damaged(reader, "its list of lexicons", error);
    }
    reader->lexicons = lexicons;
    reader->lexicon_count = count;
    return ATT_OK;
}

static att_status read_node(att_tally_reader *reader, payload *from, att_node *node, uint32_t index, att_error *error)
{
    node->path = get_string(from, &reader->arena);
    node->label = get_string(from, &reader->arena);
    if (!node->path || !node->label)
        return att_fail_memory(error);
    node->pole = (att_pole)get_limited(from, ATT_APPRECIATIVE);
    node->is_pole = get_limited(from, 1) != 0;
    node->senses = (uint8_t)get_limited(from, (1u << ATT_SENSES) - 1);
    /* A parent comes before its children. */
    uint64_t parent = get_limited(from, index);
    node->parent = parent == 0 ? ATT_NO_NODE : (uint32_t)parent - 1;
    if (from->bad || (node->is_pole && node->pole == ATT_NO_POLE))
        return damaged(reader, "its list of markers", error);
    return ATT_OK;
}

static att_status read_scheme(att_tally_reader *reader, payload *from, att_error *error)
{
    uint32_t count = (uint32_t)get_limited(from, ATT_TALLY_NODE_LIMIT);
    /* A node takes at least six bytes, so that a forged count asks for no more memory than the file is long. */
    if (from->bad || count > (uint64_t)(from->end - from->at) / 6)
        return damaged(reader, "its list of markers", error);
    att_node *nodes = att_arena_take(&reader->arena, (count ? count : 1) * sizeof *nodes);
    if (!nodes)
        return att_fail_memory(error);
    reader->scheme = (att_scheme){.nodes = nodes, .technical = ATT_NO_NODE, .appreciative = ATT_NO_NODE};
    for (uint32_t i = 0; i < count; i++) {
        att_status status = read_node(reader, from, &nodes[i], i, error);
        if (status != ATT_OK)
            return status;
        if (nodes[i].is_pole)
            *(nodes[i].pole == ATT_TECHNICAL ? &reader->scheme.technical : &reader->scheme.appreciative) = i;
    }
    reader->scheme.count = count;
    return from->at == from->end ? ATT_OK : damaged(reader, "its list of markers", error);
}

static att_status read_head(att_tally_reader *reader, att_error *error)
{
    char tag[ATT_TALLY_TAG] = {0};
    payload from = {0};
    att_status status = read_magic(reader, error);
    if (status == ATT_OK)
        status = next_chunk(reader, tag, &from, error);
    if (status != ATT_OK)
        return status;
    if (!is_tag(tag, ATT_TALLY_SCHEME))
        return damaged(reader, "it does not begin with its markers", error);
    status = read_lexicons(reader, &from, error);
    return status == ATT_OK ? read_scheme(reader, &from, error) : status;
}

att_status att_tally_reader_open_stream(att_tally_reader **out, FILE *stream, const char *name, att_error *error)
{
    att_tally_reader *reader = calloc(1, sizeof *reader);
    if (!reader) {
        fclose(stream);
        return att_fail_memory(error);
    }
    reader->stream = stream;
    reader->name = strdup(name);
    att_status status = reader->name ? read_head(reader, error) : att_fail_memory(error);
    if (status != ATT_OK) {
        att_tally_reader_close(reader);
        return status;
    }
    *out = reader;
    return ATT_OK;
}

att_status att_tally_reader_open(att_tally_reader **out, const char *path, att_error *error)
{
    FILE *stream = fopen(path, "rbe");
    if (!stream)
        return att_fail(error, errno == ENOMEM || errno == EMFILE || errno == ENFILE ? ATT_ENVIRONMENT : ATT_BAD_INPUT,
                        path, 0, 0, "cannot be opened: %s; check the name and the permissions", strerror(errno));
    return att_tally_reader_open_stream(out, stream, path, error);
}

void att_tally_reader_close(att_tally_reader *reader)
{
    if (!reader)
        return;
    fclose(reader->stream);
    free(reader->name);
    att_arena_clear(&reader->arena);
    att_buffer_clear(&reader->chunk);
    att_buffer_clear(&reader->dated);
    att_buffer_clear(&reader->date);
    att_transcript_tally_clear(&reader->transcript);
    att_said_clear(&reader->said);
    att_buffer_clear(&reader->said_of);
    free(reader);
}

const char *att_tally_reader_name(const att_tally_reader *reader)
{
    return reader->name;
}

const att_scheme *att_tally_reader_scheme(const att_tally_reader *reader)
{
    return &reader->scheme;
}

size_t att_tally_reader_lexicon_count(const att_tally_reader *reader)
{
    return reader->lexicon_count;
}

const att_lexicon_stamp *att_tally_reader_lexicon(const att_tally_reader *reader, size_t index)
{
    return &reader->lexicons[index];
}

/* ---- transcripts ---- */

/* The bounds keep the estimators' arithmetic in its range, whatever a forged file says: squares of counts are at least
 * the counts and at most their square. */
static bool square_fits(att_u128 square, uint64_t count)
{
    return square >= count && square <= (att_u128)count * count;
}

static bool node_fits(const att_node_tally *node, uint64_t tokens)
{
    uint64_t all = 0;
    for (int sense = 0; sense < ATT_SENSES; sense++) {
        if (node->senses[sense] > ATT_TALLY_LIMIT / ATT_SENSES)
            return false;
        all += node->senses[sense];
    }
    return all > 0 && node->hits <= all && node->covered > 0 && node->covered <= tokens &&
           square_fits(node->sum_yy, node->hits) && node->sum_yn <= (att_u128)node->hits * tokens &&
           node->weight >= node->hits && node->weight <= (att_u128)node->hits * ATT_WEIGHT_LIMIT;
}

static att_status read_node_tally(att_tally_reader *reader, payload *from, att_tally *tally, uint64_t *next,
                                  att_error *error)
{
    uint64_t step = get(from);
    if (from->bad || *next >= reader->scheme.count || step >= reader->scheme.count - *next)
        return damaged(reader, "a marker that it does not name", error);
    uint32_t number = (uint32_t)(*next + step);
    att_node_tally *node = att_tally_node(tally, number);
    if (!node)
        return att_fail_memory(error);
    node->hits = get(from);
    for (int sense = 0; sense < ATT_SENSES; sense++)
        node->senses[sense] = get(from);
    node->covered = get(from);
    node->sum_yy = get128(from);
    node->sum_yn = get128(from);
    node->weight = get128(from);
    if (from->bad || !node_fits(node, tally->tokens))
        return damaged(reader, "hits that cannot be", error);
    *next = (uint64_t)number + 1;
    return ATT_OK;
}

static att_status read_tally(att_tally_reader *reader, payload *from, att_tally *tally, att_error *error)
{
    tally->turns = get(from);
    tally->tokens = get(from);
    tally->sum_nn = get128(from);
    tally->sum_aa = get128(from);
    tally->sum_bb = get128(from);
    tally->sum_ab = get128(from);
    uint64_t count = get_limited(from, reader->scheme.count);
    att_u128 most = (att_u128)tally->tokens * tally->tokens;
    if (from->bad || tally->tokens == 0 || tally->tokens > ATT_TALLY_LIMIT || tally->turns == 0 ||
        tally->turns > tally->tokens || !square_fits(tally->sum_nn, tally->tokens) || tally->sum_aa > most ||
        tally->sum_bb > most || tally->sum_ab > most)
        return damaged(reader, "counts that cannot be", error);
    att_status status = ATT_OK;
    uint64_t next = 0;
    for (uint64_t i = 0; status == ATT_OK && i < count; i++)
        status = read_node_tally(reader, from, tally, &next, error);
    return status;
}

static att_status read_labels(att_tally_reader *reader, payload *from, att_error *error)
{
    att_transcript_tally *transcript = &reader->transcript;
    uint64_t count = get(from);
    for (uint64_t i = 0; i < count && !from->bad; i++) {
        att_span label = get_text(from);
        if (from->bad || (i > 0 && att_span_compare(transcript->labels[transcript->label_count - 1].label, label) >= 0))
            return damaged(reader, "labels out of order", error);
        att_tally *tally = att_transcript_tally_label(transcript, label);
        if (!tally)
            return att_fail_memory(error);
        att_status status = read_tally(reader, from, tally, error);
        if (status != ATT_OK)
            return status;
        if (__builtin_add_overflow(reader->tokens, tally->tokens, &reader->tokens))
            return damaged(reader, "counts that cannot be", error);
        reader->labels++;
    }
    return from->bad ? damaged(reader, "a transcript that is cut off", error) : ATT_OK;
}

static att_status read_ranges(att_tally_reader *reader, payload *from, att_error *error)
{
    uint64_t count = get(from), last = 0;
    for (uint64_t i = 0; i < count && !from->bad; i++) {
        uint64_t start = get(from), end = get(from);
        if (from->bad || start >= end || (i > 0 && start <= last))
            return damaged(reader, "ranges of bytes that cannot be", error);
        att_status status = att_transcript_tally_range(&reader->transcript, start, end, error);
        if (status != ATT_OK)
            return status;
        last = end;
    }
    return from->bad ? damaged(reader, "a transcript that is cut off", error) : ATT_OK;
}

static att_status read_said(att_tally_reader *reader, payload *from, att_error *error)
{
    if (reader->said.count)
        return damaged(reader, "what is said of speakers belongs to no transcript", error);
    reader->said_of.size = 0;
    att_buffer_span(&reader->said_of, get_text(from));
    uint64_t count = get(from);
    for (uint64_t i = 0; i < count && !from->bad; i++) {
        att_span label = get_text(from), column = get_text(from), value = get_text(from);
        /* A column's name is a text of C. */
        from->bad |= !label.size || !column.size || !value.size || memchr(column.text, '\0', column.size);
        if (!from->bad && !att_said_add(&reader->said, label, column, value))
            return att_fail_memory(error);
    }
    if (reader->said_of.failed)
        return att_fail_memory(error);
    if (from->bad || from->at != from->end)
        return damaged(reader, "what is said of speakers", error);
    return ATT_OK;
}

/* The transcript takes what was read before it. */
static att_status take_said(att_tally_reader *reader, att_error *error)
{
    att_span of = {reader->said_of.data, reader->said_of.size};
    if (reader->said.count && !att_span_equal(of, reader->transcript.id))
        return damaged(reader, "what is said of speakers belongs to no transcript", error);
    reader->transcript.said = reader->said;
    reader->said = (att_said){0};
    att_said_sort(&reader->transcript.said);
    return ATT_OK;
}

static att_status read_transcript(att_tally_reader *reader, payload *from, att_error *error)
{
    att_span id = get_text(from);
    att_span language = get_text(from);
    if (from->bad || (reader->any && att_span_compare(reader->transcript.id, id) >= 0))
        return damaged(reader, "transcripts out of order", error);
    att_transcript_tally_clear(&reader->transcript);
    att_status status = att_transcript_tally_init(&reader->transcript, id, language, error);
    if (status != ATT_OK)
        return status;
    reader->any = true;
    reader->transcripts++;
    if (reader->dated.size && att_span_equal((att_span){reader->dated.data, reader->dated.size}, id))
        status =
            att_transcript_tally_date(&reader->transcript, (att_span){reader->date.data, reader->date.size}, error);
    if (status != ATT_OK)
        return status;
    reader->transcript.size = get(from);
    reader->transcript.hash = get_hash(from);
    status = read_ranges(reader, from, error);
    if (status == ATT_OK)
        status = read_labels(reader, from, error);
    if (status == ATT_OK && from->at != from->end)
        status = damaged(reader, "a transcript with more than it should hold", error);
    return status == ATT_OK ? take_said(reader, error) : status;
}

/* Comes before its transcript. */
static att_status read_date(att_tally_reader *reader, payload *from, att_error *error)
{
    att_span id = get_text(from);
    att_span date = get_text(from);

    if (from->bad || from->at != from->end)
        return damaged(reader, "a date that is cut off", error);
    reader->dated.size = reader->date.size = 0;
    att_buffer_span(&reader->dated, id);
    att_buffer_span(&reader->date, date);
    return reader->dated.failed || reader->date.failed ? att_fail_memory(error) : ATT_OK;
}

static att_status read_end(att_tally_reader *reader, payload *from, att_error *error)
{
    uint64_t transcripts = get(from), labels = get(from), tokens = get(from);
    if (reader->said.count)
        return damaged(reader, "what is said of speakers belongs to no transcript", error);
    if (from->bad || from->at != from->end || transcripts != reader->transcripts || labels != reader->labels ||
        tokens != reader->tokens)
        return damaged(reader, "transcripts are missing or there twice", error);
    if (getc(reader->stream) != EOF)
        return damaged(reader, "something follows its end", error);
    reader->ended = true;
    return ATT_OK;
}

att_status att_tally_reader_next(att_tally_reader *reader, const att_transcript_tally **out, att_error *error)
{
    while (!reader->ended) {
        char tag[ATT_TALLY_TAG] = {0};
        payload from = {0};
        att_status status = next_chunk(reader, tag, &from, error);
        if (status != ATT_OK)
            return status;
        if (is_tag(tag, ATT_TALLY_TRANSCRIPT)) {
            status = read_transcript(reader, &from, error);
            if (status == ATT_OK)
                *out = &reader->transcript;
            return status;
        }
        if (is_tag(tag, ATT_TALLY_SAID) && (status = read_said(reader, &from, error)) != ATT_OK)
            return status;
        if (is_tag(tag, ATT_TALLY_SCHEME))
            return damaged(reader, "two lists of markers", error);
        if (is_tag(tag, ATT_TALLY_DATE) && (status = read_date(reader, &from, error)) != ATT_OK)
            return status;
        /* A chunk with another tag is a section that a later attune knows; nothing here depends on it. */
        if (is_tag(tag, ATT_TALLY_END) && (status = read_end(reader, &from, error)) != ATT_OK)
            return status;
    }
    *out = NULL;
    return ATT_OK;
}
