#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "read/archive.h"
#include "packed.h"
#include "scratch.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- making packed bytes ---- */

static const char text[] = "Ines: The diagnosis came first.\nOmar: I hope so.\n";
static const att_limits standard = {0};

/* zip and tar hold the files a.txt and b/c.txt. */
static packed pack(const char *format, const char *filter, const char *content, size_t size)
{
    static const char *const names[] = {"a.txt", "b/c.txt", NULL};

    return test_pack(format, filter, names + (strcmp(format, "raw") == 0), content, size);
}

static packed pack_text(const char *filter)
{
    return pack("raw", filter, text, strlen(text));
}

static packed twice(packed one, const char *between, size_t size)
{
    packed out = {malloc(one.size * 2 + size), one.size * 2 + size};

    assert_non_null(out.data);
    memcpy(out.data, one.data, one.size);
    memcpy(out.data + one.size, between, size);
    memcpy(out.data + one.size + size, one.data, one.size);
    return out;
}

/* ---- unpacking ---- */

typedef struct {
    att_span bytes;
    size_t step;
} memory;

static ptrdiff_t read_memory(att_source *source, void *to, size_t size)
{
    memory *m = source->state;

    size = size < m->bytes.size ? size : m->bytes.size;
    size = m->step && size > m->step ? m->step : size;
    if (size)
        memcpy(to, m->bytes.text, size);
    m->bytes.text += size;
    m->bytes.size -= size;
    return (ptrdiff_t)size;
}

/* What comes out, NUL-terminated; NULL: an error, which is in *error. */
static char *unpack(att_packing packing, const char *data, size_t size, size_t step, const att_limits *limits,
                    att_error *error)
{
    memory m = {{data, size}, step};
    att_source source = {read_memory, &m};
    att_unpacker *unpacker = NULL;
    size_t filled = 0, room = 1 << 20;
    char *out = malloc(room + 1);
    ptrdiff_t got = 0;

    assert_non_null(out);
    att_status status = att_unpacker_open(&unpacker, packing, &source, "x.txt", limits, error);
    while (!status) {
        att_source *from = att_unpacker_source(unpacker);
        got = from->read(from, out + filled, step ? step : room - filled);
        if (got <= 0)
            break;
        filled += (size_t)got;
        if (room - filled < 1000)
            filled = 0; /* only its failing matters */
    }
    if (!status && got < 0) {
        *error = *att_unpacker_failure(unpacker);
        assert_int_not_equal(error->status, ATT_OK);
        assert_int_equal(att_unpacker_source(unpacker)->read(att_unpacker_source(unpacker), out, 1), -1);
    }
    att_unpacker_close(unpacker);
    out[filled] = '\0';
    if (!status && got == 0)
        return out;
    free(out);
    return NULL;
}

static void expect_text(att_packing packing, packed p, size_t step, const char *expected)
{
    att_error error = {0};
    char *out = unpack(packing, p.data, p.size, step, &standard, &error);

    if (!out)
        fail_msg("%s", error.message);
    assert_string_equal(out, expected);
    free(out);
}

static void expect_failure(att_packing packing, const char *data, size_t size, const char *because)
{
    att_error error = {0};
    char *out = unpack(packing, data, size, 0, &standard, &error);

    if (out)
        fail_msg("%zu bytes were unpacked", size);
    assert_int_equal(error.status, ATT_BAD_INPUT);
    assert_true(strncmp(error.message, "x.txt: ", 7) == 0);
    assert_non_null(strstr(error.message, because));
}

typedef struct {
    att_packing packing;
    const char *filter;
} compression;

static const compression compressions[] = {
    {ATT_PACKED_GZIP, "gzip"}, {ATT_PACKED_ZSTD, "zstd"}, {ATT_PACKED_XZ, "xz"}, {ATT_PACKED_BZIP2, "bzip2"}};
enum { COMPRESSIONS = sizeof compressions / sizeof *compressions };

static void test_packing__is_told_by_the_first_bytes(void **state)
{
    (void)state;
    for (size_t i = 0; i < COMPRESSIONS; i++) {
        packed p = pack_text(compressions[i].filter);
        assert_int_equal(att_packing_look((att_span){p.data, p.size}), compressions[i].packing);
        assert_true(att_packing_is_stream(compressions[i].packing));
        free(p.data);
    }
    packed zip = pack("zip", NULL, text, strlen(text));
    assert_int_equal(att_packing_look((att_span){zip.data, zip.size}), ATT_PACKED_ZIP);
    packed tar = pack("pax", NULL, text, strlen(text));
    assert_int_equal(att_packing_look((att_span){tar.data, tar.size}), ATT_PACKED_TAR);
    assert_false(att_packing_is_stream(ATT_PACKED_TAR) || att_packing_is_stream(ATT_PACKED_ZIP));
    assert_int_equal(att_packing_look(att_span_of("Ines: Hello.\n")), ATT_PACKED_NOT);
    assert_int_equal(att_packing_look(att_span_of("")), ATT_PACKED_NOT);
    free(zip.data);
    free(tar.data);
}

static void test_unpacker__gives_the_text_in_any_steps(void **state)
{
    (void)state;
    for (size_t i = 0; i < COMPRESSIONS; i++) {
        packed p = pack_text(compressions[i].filter);
        expect_text(compressions[i].packing, p, 0, text);
        expect_text(compressions[i].packing, p, 1, text);
        free(p.data);
    }
}

static void test_unpacker__nothing_packed_is_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < COMPRESSIONS; i++) {
        packed p = pack("raw", compressions[i].filter, "", 0);
        /* bzip2's mark is that of its first block. */
        if (compressions[i].packing == ATT_PACKED_BZIP2)
            assert_int_equal(att_packing_look((att_span){p.data, p.size}), ATT_PACKED_NOT);
        else
            expect_text(compressions[i].packing, p, 0, "");
        free(p.data);
    }
}

static void test_unpacker__joins_files_that_were_put_together(void **state)
{
    char expected[2 * sizeof text];

    (void)state;
    snprintf(expected, sizeof expected, "%s%s", text, text);
    for (size_t i = 0; i < COMPRESSIONS; i++) {
        packed one = pack_text(compressions[i].filter);
        packed both = twice(one, "", 0);
        expect_text(compressions[i].packing, both, 0, expected);
        free(one.data);
        free(both.data);
    }
}

static void test_unpacker__gz_may_be_padded_with_zeros_but_nothing_else(void **state)
{
    packed one = pack_text("gzip");
    packed padded = twice(one, "\0\0\0", 3);
    packed spoilt = twice(one, "more", 4);

    (void)state;
    padded.size = one.size + 3;
    expect_text(ATT_PACKED_GZIP, padded, 0, text);
    spoilt.size = one.size + 4;
    expect_failure(ATT_PACKED_GZIP, spoilt.data, spoilt.size, "damaged or cut off");
    free(one.data);
    free(padded.data);
    free(spoilt.data);
}

static void test_unpacker__every_prefix_is_an_error(void **state)
{
    (void)state;
    for (size_t i = 0; i < COMPRESSIONS; i++) {
        packed p = pack_text(compressions[i].filter);
        for (size_t size = 3; size < p.size; size++)
            if (att_packing_look((att_span){p.data, size}) == compressions[i].packing)
                expect_failure(compressions[i].packing, p.data, size, "get a whole copy");
        free(p.data);
    }
}

static void test_unpacker__wrong_checksum_or_length_is_an_error(void **state)
{
    packed p = pack_text("gzip");

    (void)state;
    for (size_t back = 1; back <= 8; back++) {
        p.data[p.size - back] = (char)(p.data[p.size - back] ^ 1);
        expect_failure(ATT_PACKED_GZIP, p.data, p.size, "get a whole copy");
        p.data[p.size - back] = (char)(p.data[p.size - back] ^ 1);
    }
    expect_text(ATT_PACKED_GZIP, p, 0, text);
    free(p.data);
}

static void test_unpacker__limits_name_themselves_and_the_remedy(void **state)
{
    enum { SIZE = 20 << 20 };
    char *zeros = calloc(1, SIZE);
    att_error error = {0};
    att_limits size = {.unpacked = 1 << 20, .ratio = UINT64_MAX};

    (void)state;
    assert_non_null(zeros);
    for (size_t i = 0; i < COMPRESSIONS; i++) {
        packed p = pack("raw", compressions[i].filter, zeros, SIZE);
        assert_null(unpack(compressions[i].packing, p.data, p.size, 0, &standard, &error));
        assert_non_null(strstr(error.message, "limit of 200"));
        assert_non_null(strstr(error.message, "--max-ratio"));
        assert_null(unpack(compressions[i].packing, p.data, p.size, 0, &size, &error));
        assert_non_null(strstr(error.message, "limit of 1;"));
        assert_non_null(strstr(error.message, "--max-unpacked"));
        free(p.data);
    }
    free(zeros);
}

/* ---- archives ---- */

typedef struct {
    att_archive_kind kind;
    att_members members;
    att_spool spool;
    att_diagnostics *diagnostics;
    const char *path;
} listed;

static bool want_all(void *context, const char *name)
{
    (void)context;
    return strcmp(name, "unwanted") != 0;
}

static listed list(const char *data, size_t size, const att_limits *limits)
{
    listed l = {.spool = {.file = -1}, .diagnostics = att_diagnostics_new()};
    att_error error = {0};

    assert_non_null(l.diagnostics);
    l.path = scratch_write_bytes("archive", data, size);
    att_status status =
        att_archive_list(&l.kind, &l.members, l.path, limits, &l.spool, want_all, NULL, l.diagnostics, &error);
    if (status)
        fail_msg("%s", error.message);
    return l;
}

static void forget(listed *l)
{
    att_members_clear(&l->members);
    att_spool_close(&l->spool);
    att_diagnostics_free(l->diagnostics);
}

typedef struct {
    int file;
    uint64_t at;
} file_place;

static ptrdiff_t read_place(att_source *source, void *to, size_t size)
{
    file_place *place = source->state;
    ssize_t got = pread(place->file, to, size, (off_t)place->at);

    place->at += got > 0 ? (uint64_t)got : 0;
    return got;
}

/* A member's bytes, as a thread would read them. NULL: they cannot be had. */
static char *read_member(const listed *l, const att_member *member)
{
    int file = member->place == ATT_IN_SPOOL ? l->spool.file : open(l->path, O_RDONLY);
    file_place place = {file, member->at};
    att_source source = {read_place, &place};
    att_unpacker *unpacker = NULL;
    char *out = calloc(1, 4096);
    ptrdiff_t got = -1;

    assert_non_null(out);
    assert_true(member->size < 4096);
    if (member->place != ATT_IN_ZIP) {
        got = pread(file, out, member->size, (off_t)member->at);
    } else if (att_unpacker_open_member(&unpacker, &source, "x.zip", &standard, NULL) == ATT_OK) {
        att_source *from = att_unpacker_source(unpacker);
        size_t filled = 0;
        while ((got = from->read(from, out + filled, 4095 - filled)) > 0)
            filled += (size_t)got;
        got = got == 0 && filled == member->size ? (ptrdiff_t)filled : -1;
    }
    att_unpacker_close(unpacker);
    if (member->place != ATT_IN_SPOOL)
        close(file);
    if (got == (ptrdiff_t)member->size)
        return out;
    free(out);
    return NULL;
}

static void expect_member(const listed *l, size_t index, const char *name, const char *content)
{
    assert_true(index < l->members.count);
    assert_string_equal(l->members.items[index].name, name);
    char *bytes = read_member(l, &l->members.items[index]);
    assert_non_null(bytes);
    assert_string_equal(bytes, content);
    free(bytes);
}

static const struct {
    const char *format, *filter;
    att_place place;
} kinds[] = {{"zip", NULL, ATT_IN_ZIP},     {"pax", NULL, ATT_IN_TAR},     {"ustar", NULL, ATT_IN_TAR},
             {"gnutar", NULL, ATT_IN_TAR},  {"pax", "gzip", ATT_IN_SPOOL}, {"ustar", "zstd", ATT_IN_SPOOL},
             {"gnutar", "xz", ATT_IN_SPOOL}};

static void test_archive__members_are_listed_and_read_by_their_places(void **state)
{
    (void)state;
    scratch_make();
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        packed p = pack(kinds[i].format, kinds[i].filter, text, strlen(text));
        listed l = list(p.data, p.size, &standard);
        assert_int_equal(l.kind, ATT_ARCHIVE);
        assert_int_equal(l.members.count, 2);
        assert_int_equal(l.members.items[0].place, kinds[i].place);
        expect_member(&l, 1, "b/c.txt", text);
        expect_member(&l, 0, "a.txt", text);
        assert_int_equal(att_diagnostics_count(l.diagnostics), 0);
        forget(&l);
        free(p.data);
    }
    scratch_remove();
}

/* However it is cut: a file like others, or an archive whose whole members can be read and whose end is complained of.
 * A tar may end behind a member without anybody noticing. */
static void test_archive__no_prefix_is_silently_short(void **state)
{
    (void)state;
    scratch_make();
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        packed p = pack(kinds[i].format, kinds[i].filter, text, strlen(text));
        size_t step = p.size > 2000 ? 97 : 1;
        for (size_t size = 0; size < p.size; size += step) {
            listed l = list(p.data, size, &standard);
            bool complained = att_diagnostics_count_of(l.diagnostics, ATT_ERROR) > 0;
            for (size_t m = 0; m < l.members.count; m++)
                expect_member(&l, m, m ? "b/c.txt" : "a.txt", text);
            assert_int_equal(complained, l.members.skipped > 0);
            if (l.kind == ATT_ARCHIVE && l.members.count < 2)
                assert_true(complained || (kinds[i].place == ATT_IN_TAR && size % 512 == 0));
            forget(&l);
        }
        free(p.data);
    }
    scratch_remove();
}

static void expect_name(const char *stored, unsigned flags, const char *name)
{
    packed p = test_pack_zip(stored, flags, "Ann: Hi.\n");
    listed l = list(p.data, p.size, &standard);

    assert_int_equal(l.kind, ATT_ARCHIVE);
    expect_member(&l, 0, name, "Ann: Hi.\n");
    forget(&l);
    free(p.data);
}

static void test_archive__names_in_a_zip_are_utf8_or_of_dos(void **state)
{
    (void)state;
    scratch_make();
    expect_name("a.txt", 0, "a.txt");
    expect_name("./a.txt", 0, "a.txt");
    expect_name("/a.txt", 0, "a.txt");
    expect_name("M\xC3\xBCller.txt", 0x800, "Müller.txt");
    expect_name("M\xC3\xBCller.txt", 0, "Müller.txt");
    expect_name("M\x81ller.txt", 0, "Müller.txt");
    expect_name("north\\a.txt", 0, "north/a.txt");
    scratch_remove();
}

static void test_archive__documents_that_are_zips_are_files(void **state)
{
    static const char *const parts[] = {"[Content_Types].xml", "mimetype", "project.qde"};

    (void)state;
    scratch_make();
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        packed p = test_pack_zip(parts[i], 0, "x");
        listed l = list(p.data, p.size, &standard);
        assert_int_equal(l.kind, ATT_ARCHIVE_NOT);
        assert_int_equal(l.members.count, 0);
        forget(&l);
        free(p.data);
    }
    packed p = test_pack_zip("talks/project.qde", 0, "x");
    listed l = list(p.data, p.size, &standard);
    assert_int_equal(l.kind, ATT_ARCHIVE);
    forget(&l);
    free(p.data);
    scratch_remove();
}

static void test_archive__what_is_not_wanted_is_not_listed(void **state)
{
    packed p = test_pack_zip("unwanted", 0, "x");

    (void)state;
    scratch_make();
    listed l = list(p.data, p.size, &standard);
    assert_int_equal(l.kind, ATT_ARCHIVE);
    assert_int_equal(l.members.count + l.members.skipped, 0);
    forget(&l);
    free(p.data);
    scratch_remove();
}

static void test_archive__paths_that_lead_out_are_left_out(void **state)
{
    static const char *const names[] = {"../a.txt", "b/../../a.txt", ".."};

    (void)state;
    scratch_make();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        packed p = test_pack_zip(names[i], 0, "x");
        listed l = list(p.data, p.size, &standard);
        assert_int_equal(l.members.count, 0);
        assert_int_equal(l.members.skipped, 1);
        forget(&l);
        free(p.data);
    }
    expect_name("a..b/..c.txt", 0, "a..b/..c.txt");
    scratch_remove();
}

static void test_archive__limits_leave_out_all_of_it(void **state)
{
    att_limits one = {.members = 1}, none = {.unpacked = 1};

    (void)state;
    scratch_make();
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        packed p = pack(kinds[i].format, kinds[i].filter, text, strlen(text));
        listed l = list(p.data, p.size, &one);
        assert_int_equal(l.kind, ATT_ARCHIVE_SKIPPED);
        assert_int_equal(l.members.count, 0);
        assert_non_null(strstr(att_diagnostics_get(l.diagnostics, 0)->message, "--max-members"));
        forget(&l);
        if (kinds[i].place != ATT_IN_TAR) {
            l = list(p.data, p.size, &none);
            assert_int_equal(l.kind, kinds[i].place == ATT_IN_ZIP ? ATT_ARCHIVE_SKIPPED : ATT_ARCHIVE_NOT);
            forget(&l);
        }
        free(p.data);
    }
    scratch_remove();
}

static void test_archive__other_files_are_none(void **state)
{
    (void)state;
    scratch_make();
    for (size_t i = 0; i < COMPRESSIONS; i++) {
        packed p = pack_text(compressions[i].filter);
        listed l = list(p.data, p.size, &standard);
        assert_int_equal(l.kind, ATT_ARCHIVE_NOT);
        assert_int_equal(l.spool.file, -1);
        forget(&l);
        free(p.data);
    }
    listed l = list(text, strlen(text), &standard);
    assert_int_equal(l.kind, ATT_ARCHIVE_NOT);
    forget(&l);
    scratch_remove();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_packing__is_told_by_the_first_bytes),
        cmocka_unit_test(test_unpacker__gives_the_text_in_any_steps),
        cmocka_unit_test(test_unpacker__nothing_packed_is_nothing),
        cmocka_unit_test(test_unpacker__joins_files_that_were_put_together),
        cmocka_unit_test(test_unpacker__gz_may_be_padded_with_zeros_but_nothing_else),
        cmocka_unit_test(test_unpacker__every_prefix_is_an_error),
        cmocka_unit_test(test_unpacker__wrong_checksum_or_length_is_an_error),
        cmocka_unit_test(test_unpacker__limits_name_themselves_and_the_remedy),
        cmocka_unit_test(test_archive__members_are_listed_and_read_by_their_places),
        cmocka_unit_test(test_archive__no_prefix_is_silently_short),
        cmocka_unit_test(test_archive__names_in_a_zip_are_utf8_or_of_dos),
        cmocka_unit_test(test_archive__documents_that_are_zips_are_files),
        cmocka_unit_test(test_archive__what_is_not_wanted_is_not_listed),
        cmocka_unit_test(test_archive__paths_that_lead_out_are_left_out),
        cmocka_unit_test(test_archive__limits_leave_out_all_of_it),
        cmocka_unit_test(test_archive__other_files_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
