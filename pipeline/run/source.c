#include "run/source.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* ---- the layers, from the file up ---- */

static att_status fail_read(const char *path, int reason, att_error *error)
{
    return att_fail(error, ATT_BAD_INPUT, path, 0, 0, "cannot be read (%s); check the file and its permissions",
                    strerror(reason));
}

static ptrdiff_t read_file(att_source *base, void *to, size_t size)
{
    att_file_source *source = base->state;
    ssize_t got;

    size = size < source->left ? size : (size_t)source->left;
    do
        got = source->shared ? pread(source->file, to, size, (off_t)source->place) : read(source->file, to, size);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        fail_read(source->path, errno, &source->failure);
    if (got == 0 && source->left && source->left != UINT64_MAX) {
        att_fail(&source->failure, ATT_BAD_INPUT, source->path, 0, 0,
                 "ends too early, the archive is cut off; get a whole copy of it");
        errno = EIO;
        return -1;
    }
    if (got > 0 && source->left != UINT64_MAX)
        source->left -= (uint64_t)got;
    if (got > 0)
        source->place += (uint64_t)got;
    return got;
}

static ptrdiff_t take(att_span *from, void *to, size_t size)
{
    size = size < from->size ? size : from->size;
    memcpy(to, from->text, size);
    from->text += size;
    from->size -= size;
    return (ptrdiff_t)size;
}

static ptrdiff_t read_unpacked(att_file_source *source, att_unpacker *unpacker, void *to, size_t size)
{
    att_source *from = att_unpacker_source(unpacker);
    ptrdiff_t got = from->read(from, to, size);

    if (got < 0 && !source->failure.status)
        source->failure = *att_unpacker_failure(unpacker);
    return got;
}

static ptrdiff_t read_content(att_source *base, void *to, size_t size)
{
    att_file_source *source = base->state;
    ptrdiff_t got;

    if (source->looked.size)
        got = take(&source->looked, to, size);
    else if (source->member)
        got = read_unpacked(source, source->member, to, size);
    else
        got = read_file(&source->packed, to, size);
    if (got > 0 && source->stream && source->total) {
#pragma omp atomic
        *source->total += (uint64_t)got;
    }
    return got;
}

static ptrdiff_t read_raw(att_file_source *source, void *to, size_t size)
{
    return source->stream ? read_unpacked(source, source->stream, to, size) : read_content(&source->content, to, size);
}

/* Hashes what of the bytes given out is to be hashed. */
static void hash(att_file_source *source, const char *bytes, size_t size)
{
    uint64_t from = source->from > source->at ? source->from : source->at;
    uint64_t to = source->to < source->at + size ? source->to : source->at + size;

    if (from < to)
        att_hasher_add(source->hasher, bytes + (from - source->at), (size_t)(to - from));
}

static ptrdiff_t give(att_source *base, void *to, size_t size)
{
    att_file_source *source = base->state;
    ptrdiff_t got = source->replay.size ? take(&source->replay, to, size) : read_raw(source, to, size);

    if (got <= 0)
        return got;
    if (source->hasher)
        hash(source, to, (size_t)got);
    source->at += (uint64_t)got;
    if (source->total && !source->stream) {
#pragma omp atomic
        *source->total += (uint64_t)got;
    }
    return got;
}

static ptrdiff_t give_decoded(att_source *base, void *to, size_t size)
{
    att_file_source *source = base->state;
    att_source *from = att_decoder_source(source->decoder);
    ptrdiff_t got = from->read(from, to, size);

    if (got < 0 && !source->failure.status)
        fail_read(source->path, errno, &source->failure);
    return got;
}

/* ---- opening ---- */

static att_status open_file(att_file_source *source, const att_input *input, uint64_t from, att_error *error)
{
    const char *path = input->archive ? input->archive : input->path;

    if (input->place == ATT_IN_SPOOL) {
        source->file = input->spool;
        source->shared = true;
        return ATT_OK;
    }
    source->file = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (source->file < 0 || (from && lseek(source->file, (off_t)from, SEEK_SET) < 0))
        return fail_read(input->path, errno, error);
    return ATT_OK;
}

/* Has what is compressed unpacked. */
static att_status look_for_compression(att_file_source *source, const att_limits *limits, att_error *error)
{
    ptrdiff_t got = 1;
    size_t size = 0;

    for (; got > 0 && size<sizeof source->start; size += got> 0 ? (size_t)got : 0)
        got = read_content(&source->content, source->start + size, sizeof source->start - size);
    if (got < 0)
        return att_file_source_outcome(source, ATT_BAD_INPUT, error);
    source->looked = (att_span){source->start, size};
    att_packing packing = att_packing_look(source->looked);
    if (!att_packing_is_stream(packing))
        return ATT_OK;
    return att_unpacker_open(&source->stream, packing, &source->content, source->path, limits, error);
}

att_status att_file_source_open(att_file_source *source, const att_input *input, const att_limits *limits,
                                uint64_t from, uint64_t *total, att_error *error)
{
    *source = (att_file_source){.file = -1, .path = input->path, .left = UINT64_MAX, .at = from, .total = total};
    source->source = source->raw = (att_source){give, source};
    source->content = (att_source){read_content, source};
    source->packed = (att_source){read_file, source};
    att_status status = open_file(source, input, input->place == ATT_IN_FILE ? from : input->at, error);
    if (input->place != ATT_IN_FILE)
        source->place = input->at;
    if (input->place == ATT_IN_TAR || input->place == ATT_IN_SPOOL)
        source->left = input->size;
    if (!status && input->place == ATT_IN_ZIP)
        status = att_unpacker_open_member(&source->member, &source->packed, input->path, limits, error);
    if (!status && from == 0)
        status = look_for_compression(source, limits, error);
    if (status) {
        status = att_file_source_outcome(source, status, error);
        att_file_source_close(source);
    }
    return status;
}

att_status att_file_source_cover(att_file_source *source, uint64_t from, uint64_t to, bool hashed, att_error *error)
{
    source->from = from;
    source->to = to;
    if (hashed && !(source->hasher = att_hasher_new()))
        return att_fail_memory(error);
    return ATT_OK;
}

void att_file_source_close(att_file_source *source)
{
    if (source->file > STDIN_FILENO && !source->shared)
        close(source->file);
    att_unpacker_close(source->stream);
    att_unpacker_close(source->member);
    att_decoder_free(source->decoder);
    att_buffer_clear(&source->decoded);
    att_hasher_free(source->hasher);
    *source = (att_file_source){.file = -1};
}

/* ---- recognising ---- */

static att_status read_probe(att_file_source *source, char *memory, att_recognised *out, att_error *error)
{
    size_t filled = 0;

    out->complete = false;
    while (filled < ATT_PROBE && !out->complete) {
        ptrdiff_t got = read_raw(source, memory + filled, ATT_PROBE - filled);
        if (got < 0)
            return att_file_source_outcome(source, ATT_BAD_INPUT, error);
        out->complete = got == 0;
        filled += (size_t)got;
    }
    out->probe = source->replay = (att_span){memory, filled};
    return ATT_OK;
}

/* The raw probe in UTF-8, as far as it fits. */
static att_status decode_probe(att_file_source *source, att_recognised *out, att_error *error)
{
    att_buffer *text = &source->decoded;
    att_status status = att_charset_convert(source->charset.name, out->probe, text, error);

    if (status)
        return status;
    /* The probe may end in a character, and begins many: there are up to 3 bytes for one. */
    bool cut = text->size > ATT_PROBE;
    size_t size = cut ? ATT_PROBE : text->size;
    while (cut && size && ((unsigned char)text->data[size] & 0xC0) == 0x80)
        size--;
    if (!out->complete && !cut && size >= 3 && memcmp(text->data + size - 3, "\xEF\xBF\xBD", 3) == 0)
        size -= 3;
    out->complete = out->complete && !cut;
    out->probe = (att_span){text->data, size};
    return ATT_OK;
}

/* As a text: in which encoding, and what it says in it. */
static att_status recognise_text(att_file_source *source, const char *encoding, att_recognised *out, att_error *error)
{
    att_span raw = out->probe;
    bool complete = out->complete;
    att_status status = att_charset_choose(&source->charset, raw, complete, encoding, error);

    if (!status && !source->charset.is_utf8)
        status = decode_probe(source, out, error);
    if (!status && !out->format)
        status = att_format_detect(&out->format, out->probe, out->complete, source->path, error);
    if (status)
        return status;
    if (!out->format->binary)
        return att_file_source_decode(source, &source->charset, error);
    out->probe = raw;
    out->complete = complete;
    return ATT_OK;
}

att_status att_file_source_recognise(att_file_source *source, const char *format, const char *encoding, char *memory,
                                     att_recognised *out, att_error *error)
{
    *out = (att_recognised){.format = format ? att_format_find(format) : NULL};
    att_status status = read_probe(source, memory, out, error);

    if (!status && !out->format)
        status = att_format_detect_binary(&out->format, out->probe, out->complete, source->path, error);
    if (!status && !(out->format && out->format->binary))
        status = recognise_text(source, encoding, out, error);
    if (status)
        return status;
    if (out->format->binary)
        source->charset = (att_charset){.is_utf8 = true};
    out->ranges = out->format->ranges && !source->decoder && !source->stream && !source->member && !source->shared &&
                  source->left == UINT64_MAX;
    return ATT_OK;
}

att_status att_file_source_decode(att_file_source *source, const att_charset *charset, att_error *error)
{
    source->charset = *charset;
    if (charset->is_utf8)
        return ATT_OK;
    att_status status = att_decoder_new(&source->decoder, charset->name, &source->raw, error);
    if (!status)
        source->source = (att_source){give_decoded, source};
    return status;
}

void att_charset_warn(const att_charset *charset, const char *path, att_diagnostics *diagnostics)
{
    if (charset->reason == ATT_CHARSET_GUESS && !charset->is_utf8)
        att_diagnose(diagnostics, ATT_WARNING, path, 0, 0,
                     "is not UTF-8 and was read as %s, a guess (%s); if letters come out wrong, name the encoding with "
                     "--encoding",
                     charset->name,
                     charset->confidence >= 50   ? "a good one"
                     : charset->confidence >= 20 ? "a fair one"
                                                 : "a poor one");
}

uint64_t att_file_source_ill_formed(const att_file_source *source)
{
    return source->decoder ? att_decoder_ill_formed(source->decoder) : 0;
}

/* ---- the end ---- */

att_status att_file_source_drain(att_file_source *source, att_error *error)
{
    char block[16 * 1024];
    ptrdiff_t got = 1;

    while (got > 0 && source->at < source->to)
        got = source->raw.read(&source->raw, block, sizeof block);
    return got < 0 ? att_file_source_outcome(source, ATT_BAD_INPUT, error) : ATT_OK;
}

att_status att_file_source_outcome(const att_file_source *source, att_status status, att_error *error)
{
    if (!source->failure.status)
        return status;
    if (error)
        *error = source->failure;
    return source->failure.status;
}
