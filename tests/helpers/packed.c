#include "packed.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

static void add_file(struct archive *a, const char *name, const char *content, size_t size)
{
    struct archive_entry *entry = archive_entry_new();

    archive_entry_set_pathname(entry, name);
    archive_entry_set_size(entry, (la_int64_t)size);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    assert_int_equal(archive_write_header(a, entry), ARCHIVE_OK);
    assert_int_equal(archive_write_data(a, content, size), (la_ssize_t)size);
    archive_entry_free(entry);
}

packed test_pack(const char *format, const char *filter, const char *const *names, const char *content, size_t size)
{
    size_t room = size * 4 + 100000;
    packed out = {malloc(room), 0};
    struct archive *a = archive_write_new();

    assert_non_null(out.data);
    assert_int_equal(archive_write_set_format_by_name(a, format), ARCHIVE_OK);
    if (filter)
        assert_int_equal(archive_write_add_filter_by_name(a, filter), ARCHIVE_OK);
    archive_write_set_bytes_in_last_block(a, 1);
    assert_int_equal(archive_write_open_memory(a, out.data, room, &out.size), ARCHIVE_OK);
    for (; *names; names++)
        add_file(a, *names, content, size);
    assert_int_equal(archive_write_close(a), ARCHIVE_OK);
    archive_write_free(a);
    return out;
}

packed test_pack_zip(const char *name, unsigned flags, const char *content)
{
    unsigned size = (unsigned)strlen(content), length = (unsigned)strlen(name);
    unsigned crc = (unsigned)crc32(0, (const unsigned char *)content, size);
    packed out = {calloc(1, 200 + 2 * length + size), 0};
    unsigned char *at = (unsigned char *)out.data;
    const unsigned fields[] = {crc, size, size};

    assert_non_null(out.data);
    for (unsigned central = 0; central < 2; central++) {
        memcpy(at, central ? "PK\1\2\24\0\24\0" : "PK\3\4\24\0", central ? 8 : 6);
        at += central ? 8 : 6;
        at[0] = (unsigned char)flags;
        at[1] = (unsigned char)(flags >> 8);
        at += 8;
        for (size_t f = 0; f < 3; f++)
            for (unsigned byte = 0; byte < 4; byte++)
                *at++ = (unsigned char)(fields[f] >> (8 * byte));
        at[0] = (unsigned char)length;
        at += central ? 18 : 4;
        memcpy(at, name, length);
        at += length;
        if (!central)
            memcpy(at, content, size);
        at += central ? 0 : size;
    }
    unsigned start = 30 + length + size;
    memcpy(at, "PK\5\6\0\0\0\0\1\0\1\0", 12);
    at[12] = (unsigned char)(46 + length);
    at[16] = (unsigned char)start;
    out.size = (size_t)(at + 22 - (unsigned char *)out.data);
    return out;
}
