#include "read/package.h"

#include "read/foreign.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <strings.h>

#define COMPOUND_MAGIC "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
#define LOCKED_STREAM  "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"

/* What is asked for, sorted by the last part of the path. */
typedef struct {
    att_package_member **sorted;
    size_t count;
    size_t left;    /* that were not found yet */
    bool by_ending; /* some are asked for by their ending */
} wishes;

typedef struct {
    att_span bytes;
    const char *kind;
    const char *file;
    size_t members; /* seen so far */
    size_t total;   /* bytes read of members so far */
} package;

static const char *extension_of(const char *file)
{
    const char *dot = file ? strrchr(file, '.') : NULL;

    return dot ? dot : "";
}

bool att_package_is_locked(att_span probe)
{
    return probe.size >= 8 && memcmp(probe.text, COMPOUND_MAGIC, 8) == 0 &&
           memmem(probe.text, probe.size, LOCKED_STREAM, sizeof LOCKED_STREAM - 1);
}

/* What has no zip archive's beginning. */
static att_status fail_foreign(const package *in, att_error *error)
{
    const char *foreign;

    if (att_package_is_locked(in->bytes))
        return att_fail(error, ATT_BAD_INPUT, in->file, 0, 0,
                        "is protected by a password; save it without one in the program that made it");
    foreign = att_foreign_look(in->bytes, true);
    if (foreign)
        return att_fail(error, ATT_BAD_INPUT, in->file, 0, 0, "%s", foreign);
    return att_fail(error, ATT_BAD_INPUT, in->file, 0, 0,
                    "is not %s, whatever its name (%s) says; name its format with --format, or save it anew", in->kind,
                    extension_of(in->file));
}

static att_status fail_damaged(const package *in, struct archive *zip, att_error *error)
{
    const char *reason = archive_error_string(zip);

    return att_fail(error, ATT_BAD_INPUT, in->file, 0, 0,
                    "is damaged or cut short (%s); copy it anew, or open and save it in the program that made it",
                    reason ? reason : "its end is missing");
}

static bool ends_with(const char *name, size_t size, const char *ending)
{
    size_t length = strlen(ending);

    return size >= length && strncasecmp(name + size - length, ending, length) == 0;
}

static const char *base_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path + (*path == '?');
}

static int by_base(const void *a, const void *b)
{
    const att_package_member *const *x = a;
    const att_package_member *const *y = b;

    return strcasecmp(base_of((*x)->name), base_of((*y)->name));
}

static bool fits(const char *wanted, const char *name)
{
    if (*wanted == '?')
        return strcasecmp(wanted + 1, base_of(name)) == 0;
    if (*wanted == '*')
        return ends_with(name, strlen(name), wanted + 1);
    return strcasecmp(wanted, name) == 0;
}

static att_package_member *take_if(att_package_member *member, const char *name)
{
    return !member->found && fits(member->name, name) ? member : NULL;
}

/* The member that is asked for under this name; NULL: none. */
static att_package_member *wanted_find(const wishes *wanted, const char *name)
{
    att_package_member key = {.name = name};
    const att_package_member *key_at = &key;
    att_package_member *found = NULL;
    size_t low = 0;

    for (size_t high = wanted->count; low < high;) {
        size_t middle = low + (high - low) / 2;
        if (by_base(&wanted->sorted[middle], &key_at) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; !found && low < wanted->count && by_base(&wanted->sorted[low], &key_at) == 0; low++)
        found = take_if(wanted->sorted[low], name);
    for (size_t i = 0; !found && wanted->by_ending && i < wanted->count; i++)
        found = *wanted->sorted[i]->name == '*' ? take_if(wanted->sorted[i], name) : NULL;
    return found;
}

static att_status check_size(const package *in, att_error *error)
{
    if (in->total > ATT_PACKAGE_BYTES)
        return att_fail(error, ATT_BAD_INPUT, in->file, 0, 0,
                        "holds more than 1 GiB of text, more than such a file may; split it");
    if (in->total > ATT_PACKAGE_FREE && in->total / ATT_PACKAGE_RATIO > in->bytes.size)
        return att_fail(error, ATT_BAD_INPUT, in->file, 0, 0,
                        "unpacks to more than %u times its size, as files do that are made to fill the memory; "
                        "leave it out, or save it anew in the program that made it",
                        ATT_PACKAGE_RATIO);
    return ATT_OK;
}

static att_status member_read(package *in, struct archive *zip, att_buffer *to, att_error *error)
{
    const void *block;
    size_t size;
    int64_t at;
    int got;

    while ((got = archive_read_data_block(zip, &block, &size, &at)) == ARCHIVE_OK) {
        in->total += size;
        att_status status = check_size(in, error);
        if (status)
            return status;
        att_buffer_append(to, block, size);
        if (to->failed)
            return att_fail_memory(error);
    }
    return got == ARCHIVE_EOF ? ATT_OK : fail_damaged(in, zip, error);
}

/* The path with / between folders (some programs write \); false: it has none that could be asked for. */
static bool path_copy(char *to, size_t room, struct archive_entry *entry)
{
    const char *path = archive_entry_pathname_utf8(entry);
    size_t size;

    if (!path)
        path = archive_entry_pathname(entry);
    size = path ? strlen(path) : 0;
    if (size == 0 || size >= room)
        return false;
    for (size_t i = 0; i <= size; i++)
        to[i] = path[i] == '\\' ? '/' : path[i];
    return true;
}

static att_status member_visit(package *in, struct archive *zip, struct archive_entry *entry, wishes *wanted,
                               att_error *error)
{
    att_package_member *member;
    char path[1024];

    if (++in->members > ATT_PACKAGE_MEMBERS)
        return att_fail(error, ATT_BAD_INPUT, in->file, 0, 0,
                        "holds more than %u files, more than such a file may; split it", ATT_PACKAGE_MEMBERS);
    if (!path_copy(path, sizeof path, entry) || !(member = wanted_find(wanted, path)))
        return ATT_OK;
    if (archive_entry_is_encrypted(entry))
        return att_fail(error, ATT_BAD_INPUT, in->file, 0, 0,
                        "is protected by a password; save it without one in the program that made it");
    member->found = true;
    wanted->left--;
    return member_read(in, zip, &member->content, error);
}

static att_status visit_all(package *in, struct archive *zip, wishes *wanted, att_error *error)
{
    struct archive_entry *entry;
    att_status status = ATT_OK;
    int got = ARCHIVE_EOF;

    /* A warning is about names that this locale cannot write, which does not matter. */
    while (!status && wanted->left &&
           ((got = archive_read_next_header(zip, &entry)) == ARCHIVE_OK || got == ARCHIVE_WARN))
        status = member_visit(in, zip, entry, wanted, error);
    if (!status && wanted->left && got != ARCHIVE_EOF)
        status = fail_damaged(in, zip, error);
    return status;
}

static att_status wishes_make(wishes *wanted, att_package_member *members, size_t count, att_error *error)
{
    *wanted = (wishes){.sorted = malloc((count + 1) * sizeof *wanted->sorted), .count = count, .left = count};
    if (!wanted->sorted)
        return att_fail_memory(error);
    for (size_t i = 0; i < count; i++) {
        members[i].found = false;
        wanted->sorted[i] = &members[i];
        wanted->by_ending = wanted->by_ending || *members[i].name == '*';
    }
    qsort(wanted->sorted, count, sizeof *wanted->sorted, by_base);
    return ATT_OK;
}

att_status att_package_read(att_span bytes, att_package_member *members, size_t count, const char *kind,
                            const char *file, att_error *error)
{
    package in = {.bytes = bytes, .kind = kind, .file = file};
    wishes wanted = {0};
    struct archive *zip = NULL;
    att_status status;

    if (bytes.size < 4 || memcmp(bytes.text, "PK\3\4", 4) != 0)
        return fail_foreign(&in, error);
    status = wishes_make(&wanted, members, count, error);
    if (!status && !(zip = archive_read_new()))
        status = att_fail_memory(error);
    if (status)
        goto done;
    /* The reader that goes by the directory at the archive's end: without an end it is not whole. */
    if (archive_read_support_format_zip_seekable(zip) != ARCHIVE_OK ||
        archive_read_open_memory(zip, bytes.text, bytes.size) != ARCHIVE_OK)
        status = fail_damaged(&in, zip, error);
    else
        status = visit_all(&in, zip, &wanted, error);
done:
    if (zip)
        archive_read_free(zip);
    free(wanted.sorted);
    return status;
}

static size_t get16(const char *bytes)
{
    return (size_t)(unsigned char)bytes[0] | (size_t)(unsigned char)bytes[1] << 8;
}

static size_t get32(const char *bytes)
{
    return get16(bytes) | get16(bytes + 2) << 16;
}

/* The local headers (APPNOTE.TXT 4.3.7) one after the other. Where a size is not known yet (bit 3 of the flags), the
 * next header is looked for. */
bool att_package_shows(att_span probe, const char *beginning, const char *ending)
{
    enum { HEADER = 30, FLAGS = 6, PACKED = 18, NAME = 26, EXTRA = 28, LATER = 8 };
    size_t at = 0;

    while (at < probe.size && probe.size - at > HEADER && memcmp(probe.text + at, "PK\3\4", 4) == 0) {
        const char *header = probe.text + at;
        size_t name = get16(header + NAME);
        size_t packed = get32(header + PACKED);
        size_t data = HEADER + name + get16(header + EXTRA);
        if (name > probe.size - at - HEADER)
            return false;
        if (beginning && name >= strlen(beginning) && strncasecmp(header + HEADER, beginning, strlen(beginning)) == 0)
            return true;
        if (ending && ends_with(header + HEADER, name, ending))
            return true;
        if (data > probe.size - at)
            return false;
        at += data;
        if (get16(header + FLAGS) & LATER && packed == 0) {
            const char *next = memmem(probe.text + at, probe.size - at, "PK\3\4", 4);
            at = next ? (size_t)(next - probe.text) : probe.size;
        } else if (packed < probe.size - at) {
            at += packed;
        } else {
            return false;
        }
    }
    return false;
}
