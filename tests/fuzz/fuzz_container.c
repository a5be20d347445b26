/* Arbitrary bytes as a compressed stream and as an archive: they must not crash, must stay within the limits, and every
 * member that is listed must be readable or fail, the same whatever the steps. The first byte is the step. */
#include "memory_source.h"
#include "read/archive.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST = 1 << 22 };

/* What came out: how much, an order-dependent mix, and how it ended. */
typedef struct {
    uint64_t size, mix;
    bool failed;
} digest;

static digest unpack(att_packing packing, att_span bytes, size_t step, const att_limits *limits)
{
    memory_state m = {bytes, 0, step};
    att_source source = {memory_read, &m};
    att_unpacker *unpacker = NULL;
    digest out = {0};
    char block[4096];
    ptrdiff_t got;

    if (att_unpacker_open(&unpacker, packing, &source, "fuzz", limits, NULL) != ATT_OK) {
        out.failed = true;
        return out;
    }
    att_source *from = att_unpacker_source(unpacker);
    while ((got = from->read(from, block, step < sizeof block ? step : sizeof block)) > 0) {
        for (ptrdiff_t i = 0; i < got; i++)
            out.mix = (out.mix ^ (unsigned char)block[i]) * 0x100000001B3u;
        out.size += (uint64_t)got;
    }
    out.failed = got < 0;
    if (out.failed != (att_unpacker_failure(unpacker)->status != ATT_OK) || out.size > limits->unpacked)
        abort();
    att_unpacker_close(unpacker);
    return out;
}

static bool want(void *context, const char *name)
{
    (void)context;
    return *name != '_';
}

static void list(att_span bytes, const att_limits *limits)
{
    att_members members = {0};
    att_spool spool = {.file = -1};
    att_archive_kind kind;
    char path[64];
    int file = memfd_create("fuzz", MFD_CLOEXEC);

    if (file < 0 || write(file, bytes.text, bytes.size) != (ssize_t)bytes.size)
        abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    att_status status = att_archive_list(&kind, &members, path, limits, &spool, want, NULL, NULL, NULL);
    if (spool.size > MOST || (status && members.count))
        abort();
    for (size_t i = 0; i < members.count; i++) {
        const att_member *member = &members.items[i];
        if (member->place == ATT_IN_ZIP
                ? member->at > bytes.size
                : member->at + member->size > (member->place == ATT_IN_TAR ? bytes.size : spool.size))
            abort();
        if (member->place == ATT_IN_ZIP && i < 8)
            unpack(ATT_PACKED_ZIP, (att_span){bytes.text + member->at, bytes.size - (size_t)member->at}, SIZE_MAX,
                   limits);
    }
    att_members_clear(&members);
    att_spool_close(&spool);
    close(file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const att_limits limits = {.members = 100, .unpacked = MOST, .ratio = 1000};

    if (size < 2)
        return 0;
    att_span bytes = {(const char *)data + 1, size - 1};
    att_packing packing = att_packing_look(bytes);
    if (att_packing_is_stream(packing)) {
        digest whole = unpack(packing, bytes, SIZE_MAX, &limits);
        digest steps = unpack(packing, bytes, 1u + data[0], &limits);
        /* What came before a failure may differ. */
        if (whole.failed != steps.failed || (!whole.failed && (whole.size != steps.size || whole.mix != steps.mix)))
            abort();
    }
    list(bytes, &limits);
    return 0;
}
