#include "run/source.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static ptrdiff_t read_file(att_file_source *source, void *to, size_t size)
{
    ssize_t got;

    do
        got = read(source->file, to, size);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        source->error = errno;
    return got;
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
    ptrdiff_t got;

    if (source->replay.size) {
        got = (ptrdiff_t)(size < source->replay.size ? size : source->replay.size);
        memcpy(to, source->replay.text, (size_t)got);
        source->replay.text += got;
        source->replay.size -= (size_t)got;
    } else {
        got = read_file(source, to, size);
    }
    if (got <= 0)
        return got;
    if (source->hasher)
        hash(source, to, (size_t)got);
    source->at += (uint64_t)got;
    if (source->total) {
#pragma omp atomic
        *source->total += (uint64_t)got;
    }
    return got;
}

static att_status fail_read(const char *path, int reason, att_error *error)
{
    return att_fail(error, ATT_BAD_INPUT, path, 0, 0, "cannot be read (%s); check the file and its permissions",
                    strerror(reason));
}

att_status att_file_source_open(att_file_source *source, const char *path, uint64_t from, uint64_t *total,
                                att_error *error)
{
    *source = (att_file_source){.file = -1, .at = from, .total = total};
    source->source = (att_source){give, source};
    source->file = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (source->file < 0)
        return fail_read(path, errno, error);
    if (from && lseek(source->file, (off_t)from, SEEK_SET) < 0) {
        int reason = errno;
        att_file_source_close(source);
        return fail_read(path, reason, error);
    }
    return ATT_OK;
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
    if (source->file > STDIN_FILENO)
        close(source->file);
    att_hasher_free(source->hasher);
    *source = (att_file_source){.file = -1};
}

att_status att_file_source_probe(att_file_source *source, const char *path, char *probe, size_t room, size_t *size,
                                 bool *complete, att_error *error)
{
    size_t filled = 0;

    *complete = false;
    while (filled < room && !*complete) {
        ptrdiff_t got = read_file(source, probe + filled, room - filled);
        if (got < 0)
            return fail_read(path, source->error, error);
        *complete = got == 0;
        filled += (size_t)got;
    }
    source->replay = (att_span){probe, filled};
    *size = filled;
    return ATT_OK;
}

att_status att_file_source_drain(att_file_source *source, const char *path, att_error *error)
{
    char block[16 * 1024];
    ptrdiff_t got = 1;

    while (got > 0 && source->at < source->to)
        got = source->source.read(&source->source, block, sizeof block);
    return got < 0 ? fail_read(path, source->error, error) : ATT_OK;
}
