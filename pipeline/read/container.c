#include "read/container.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { INPUT = 64 * 1024 };

struct att_unpacker {
    att_source source;
    att_source *packed;
    const char *file;
    att_limits limits;
    uint64_t in, out;        /* bytes so far */
    struct archive *archive; /* NULL: gz, through zlib */
    z_stream stream;
    bool in_member;     /* gz: a member has begun and not ended */
    bool packed_failed; /* the source below could not be read: its own failure says why */
    bool ended;
    bool beyond;
    att_error failure;
    unsigned char input[INPUT];
};

/* ---- what it is ---- */

typedef struct {
    att_packing packing;
    size_t at, size;
    const char *bytes;
} magic;

static const magic magics[] = {
    {ATT_PACKED_GZIP, 0, 3, "\x1F\x8B\x08"},    {ATT_PACKED_ZSTD, 0, 4, "\x28\xB5\x2F\xFD"},
    {ATT_PACKED_XZ, 0, 6, "\xFD\x37zXZ\0"},     {ATT_PACKED_BZIP2, 4, 6, "1AY&SY"},
    {ATT_PACKED_ZIP, 0, 4, "PK\3\4"},           {ATT_PACKED_ZIP, 0, 4, "PK\5\6"},
    {ATT_PACKED_ZIP, 0, 8, "PK\x07\x08PK\3\4"}, {ATT_PACKED_TAR, 257, 5, "ustar"},
};

att_packing att_packing_look(att_span start)
{
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++) {
        const magic *m = &magics[i];
        if (start.size >= m->at + m->size && memcmp(start.text + m->at, m->bytes, m->size) == 0)
            return m->packing;
    }
    /* What pzstd writes begins with a frame to be skipped (RFC 8878, 3.1.2). */
    if (start.size >= 4 && ((unsigned char)start.text[0] & 0xF0) == 0x50 &&
        memcmp(start.text + 1, "\x2A\x4D\x18", 3) == 0)
        return ATT_PACKED_ZSTD;
    return ATT_PACKED_NOT;
}

/* ---- limits ---- */

att_limits att_limits_complete(att_limits limits)
{
    if (!limits.members)
        limits.members = ATT_MOST_MEMBERS;
    if (!limits.unpacked)
        limits.unpacked = ATT_MOST_UNPACKED;
    if (!limits.ratio)
        limits.ratio = ATT_MOST_RATIO;
    return limits;
}

att_status att_limit_fail(const char *file, const char *what, const char *option, uint64_t limit, att_error *error)
{
    return att_fail(error, ATT_BAD_INPUT, file, 0, 0,
                    "%s than the limit of %llu; if it is meant to be so large, raise the limit with %s", what,
                    (unsigned long long)limit, option);
}

/* false: a limit is passed, and the failure is set. */
static bool check_limits(att_unpacker *unpacker)
{
    const att_limits *limits = &unpacker->limits;
    uint64_t in = unpacker->in ? unpacker->in : 1;

    if (unpacker->out > limits->unpacked)
        att_limit_fail(unpacker->file, "unpacks to more megabytes", "--max-unpacked", limits->unpacked >> 20,
                       &unpacker->failure);
    else if (unpacker->out > ATT_RATIO_FROM && unpacker->out / in >= limits->ratio)
        att_limit_fail(unpacker->file, "unpacks to more times its size", "--max-ratio", limits->ratio,
                       &unpacker->failure);
    else
        return true;
    unpacker->beyond = true;
    return false;
}

/* ---- reading ---- */

static ptrdiff_t fail(att_unpacker *unpacker, const char *reason)
{
    if (!unpacker->failure.status && unpacker->packed_failed)
        att_fail(&unpacker->failure, ATT_BAD_INPUT, unpacker->file, 0, 0,
                 "cannot be read; check the disk and try again");
    else if (!unpacker->failure.status)
        att_fail(&unpacker->failure, ATT_BAD_INPUT, unpacker->file, 0, 0,
                 "cannot be unpacked, it is damaged or cut off (%s); get a whole copy of it", reason);
    errno = EIO;
    return -1;
}

static ptrdiff_t fill(att_unpacker *unpacker)
{
    ptrdiff_t got = unpacker->packed->read(unpacker->packed, unpacker->input, INPUT);

    if (got < 0)
        unpacker->packed_failed = true;
    else
        unpacker->in += (uint64_t)got;
    return got;
}

/* Whether another gz member follows: such files are put together (`cat a.gz b.gz`), or padded with zeros. */
static bool find_gzip(att_unpacker *unpacker)
{
    z_stream *z = &unpacker->stream;

    for (;;) {
        while (z->avail_in && *z->next_in == 0) {
            z->next_in++;
            z->avail_in--;
        }
        if (z->avail_in)
            break;
        ptrdiff_t got = fill(unpacker);
        if (got <= 0) {
            unpacker->ended = got == 0;
            return false;
        }
        z->next_in = unpacker->input;
        z->avail_in = (uInt)got;
    }
    unpacker->in_member = inflateReset(z) == Z_OK;
    return unpacker->in_member;
}

static ptrdiff_t read_gzip(att_unpacker *unpacker, void *to, size_t size)
{
    z_stream *z = &unpacker->stream;
    uInt room = size < UINT32_MAX ? (uInt)size : UINT32_MAX;

    z->next_out = to;
    z->avail_out = room;
    while (z->avail_out == room) {
        if (!unpacker->in_member && !find_gzip(unpacker))
            return unpacker->ended ? 0 : fail(unpacker, "unreadable");
        if (z->avail_in == 0) {
            ptrdiff_t got = fill(unpacker);
            if (got <= 0)
                return fail(unpacker, "it ends too early");
            z->next_in = unpacker->input;
            z->avail_in = (uInt)got;
        }
        int outcome = inflate(z, Z_NO_FLUSH);
        if (outcome == Z_MEM_ERROR) {
            att_fail_memory(&unpacker->failure);
            return fail(unpacker, "");
        }
        if (outcome == Z_STREAM_END)
            unpacker->in_member = false;
        else if (outcome != Z_OK && outcome != Z_BUF_ERROR)
            return fail(unpacker, z->msg ? z->msg : "not what gzip writes");
    }
    return (ptrdiff_t)(room - z->avail_out);
}

static const char *reason_of(struct archive *archive)
{
    const char *reason = archive_error_string(archive);

    return reason ? reason : "unknown content";
}

static ptrdiff_t give(att_source *source, void *to, size_t size)
{
    att_unpacker *unpacker = source->state;
    ptrdiff_t got;

    if (unpacker->failure.status)
        return fail(unpacker, "");
    if (unpacker->ended || size == 0)
        return 0;
    if (unpacker->archive) {
        got = archive_read_data(unpacker->archive, to, size);
        if (got < 0)
            return fail(unpacker, reason_of(unpacker->archive));
        unpacker->ended = got == 0;
    } else {
        got = read_gzip(unpacker, to, size);
    }
    if (got > 0)
        unpacker->out += (uint64_t)got;
    return got > 0 && !check_limits(unpacker) ? fail(unpacker, "") : got;
}

/* ---- opening ---- */

static la_ssize_t feed(struct archive *archive, void *context, const void **bytes)
{
    att_unpacker *unpacker = context;
    ptrdiff_t got = fill(unpacker);

    *bytes = unpacker->input;
    if (got < 0)
        archive_set_error(archive, EIO, "unreadable");
    return got;
}

static att_status unpacker_new(att_unpacker **out, att_source *packed, const char *file, const att_limits *limits,
                               att_error *error)
{
    /* Its input need not be zero. */
    att_unpacker *unpacker = malloc(sizeof *unpacker);

    if (!unpacker)
        return att_fail_memory(error);
    memset(unpacker, 0, offsetof(att_unpacker, input));
    unpacker->source = (att_source){give, unpacker};
    unpacker->packed = packed;
    unpacker->file = file;
    unpacker->limits = att_limits_complete(*limits);
    *out = unpacker;
    return ATT_OK;
}

static att_status begin_gzip(att_unpacker *unpacker, att_error *error)
{
    /* 15 bits of window, and 16: gzip's header. */
    if (inflateInit2(&unpacker->stream, 15 + 16) != Z_OK)
        return att_fail_memory(error);
    unpacker->in_member = true;
    return ATT_OK;
}

static att_status begin_archive(att_unpacker *unpacker, att_packing packing, att_error *error)
{
    struct archive_entry *entry = NULL;
    struct archive *a = unpacker->archive = archive_read_new();

    if (!a)
        return att_fail_memory(error);
    int outcome = packing == ATT_PACKED_ZIP     ? archive_read_support_format_zip_streamable(a)
                  : packing == ATT_PACKED_ZSTD  ? archive_read_support_filter_zstd(a)
                  : packing == ATT_PACKED_XZ    ? archive_read_support_filter_xz(a)
                  : packing == ATT_PACKED_BZIP2 ? archive_read_support_filter_bzip2(a)
                                                : ARCHIVE_FATAL;
    if (outcome == ARCHIVE_OK && packing != ATT_PACKED_ZIP)
        outcome = archive_read_support_format_raw(a);
    /* The raw format refuses what unpacks to nothing. */
    if (outcome == ARCHIVE_OK && packing != ATT_PACKED_ZIP)
        outcome = archive_read_support_format_empty(a);
    if (outcome == ARCHIVE_OK)
        outcome = archive_read_open(a, unpacker, NULL, feed, NULL);
    if (outcome == ARCHIVE_OK)
        outcome = archive_read_next_header(a, &entry);
    if (outcome == ARCHIVE_EOF) {
        unpacker->ended = true;
        return ATT_OK;
    }
    /* Too little for the filter to know its own would go through as it is. */
    bool through = packing != ATT_PACKED_ZIP && archive_filter_code(a, 0) == ARCHIVE_FILTER_NONE;
    if (through || (outcome != ARCHIVE_OK && outcome != ARCHIVE_WARN)) {
        fail(unpacker, through ? "it ends too early" : reason_of(a));
        if (error)
            *error = unpacker->failure;
        return unpacker->failure.status;
    }
    return ATT_OK;
}

att_status att_unpacker_open(att_unpacker **out, att_packing packing, att_source *packed, const char *file,
                             const att_limits *limits, att_error *error)
{
    att_unpacker *unpacker = NULL;
    att_status status = unpacker_new(&unpacker, packed, file, limits, error);

    if (status)
        return status;
    status = packing == ATT_PACKED_GZIP ? begin_gzip(unpacker, error) : begin_archive(unpacker, packing, error);
    if (status) {
        att_unpacker_close(unpacker);
        return status;
    }
    *out = unpacker;
    return ATT_OK;
}

att_status att_unpacker_open_member(att_unpacker **out, att_source *packed, const char *file, const att_limits *limits,
                                    att_error *error)
{
    return att_unpacker_open(out, ATT_PACKED_ZIP, packed, file, limits, error);
}

att_source *att_unpacker_source(att_unpacker *unpacker)
{
    return &unpacker->source;
}

const att_error *att_unpacker_failure(const att_unpacker *unpacker)
{
    return &unpacker->failure;
}

bool att_unpacker_is_beyond(const att_unpacker *unpacker)
{
    return unpacker->beyond;
}

void att_unpacker_close(att_unpacker *unpacker)
{
    if (!unpacker)
        return;
    if (unpacker->archive)
        archive_read_free(unpacker->archive);
    else
        inflateEnd(&unpacker->stream);
    free(unpacker);
}
