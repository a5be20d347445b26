#include "read/archive.h"

#include "base/buffer.h"
#include "base/charset.h"
#include "base/utf8.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Headers lie far apart: to read much at each would be to read all of the archive. */
enum { BLOCK = 4096, COPY = 64 * 1024 };

typedef struct {
    const char *path;
    att_limits limits;
    att_spool *spool; /* compressed tars are copied there */
    att_member_filter *wanted;
    void *context;
    att_diagnostics *diagnostics;
    att_members *members;
    att_error *error;
    int file;
    uint64_t file_size;
    att_packing packing;
    att_source source; /* of the file, for unpacking */
    att_unpacker *unpacker;
    struct archive *archive;
    uint64_t entries;
    uint64_t unpacked;
    bool document;
    bool refused;     /* nothing of it is taken; said why */
    char block[COPY]; /* what is looked at or copied */
    char fed[COPY];   /* what libarchive reads */
} listing;

void att_spool_close(att_spool *spool)
{
    if (spool->file >= 0)
        close(spool->file);
    *spool = (att_spool){.file = -1};
}

void att_members_clear(att_members *members)
{
    for (size_t i = 0; i < members->count; i++)
        free(members->items[i].name);
    free(members->items);
    *members = (att_members){0};
}

/* ---- the temporary file ---- */

static att_status fail_spool(const char *folder, att_error *error)
{
    return att_fail(error, ATT_ENVIRONMENT, folder, 0, 0,
                    "no temporary file for unpacking can be written there (%s); make room, or set TMPDIR to another "
                    "folder",
                    strerror(errno));
}

static const char *spool_folder(void)
{
    const char *folder = getenv("TMPDIR");

    return folder && *folder ? folder : "/tmp";
}

static att_status spool_open(att_spool *spool, att_error *error)
{
    const char *folder = spool_folder();
    char *name = NULL;

    if (spool->file >= 0)
        return ATT_OK;
    spool->file = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (spool->file >= 0)
        return ATT_OK;
    /* Not every file system has files without a name. */
    if (asprintf(&name, "%s/attune-XXXXXX", folder) < 0)
        return att_fail_memory(error);
    spool->file = mkostemp(name, O_CLOEXEC);
    if (spool->file >= 0)
        unlink(name);
    free(name);
    return spool->file >= 0 ? ATT_OK : fail_spool(folder, error);
}

static att_status spool_add(att_spool *spool, const char *bytes, size_t size, att_error *error)
{
    while (size) {
        ssize_t written = pwrite(spool->file, bytes, size, (off_t)spool->size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return fail_spool(spool_folder(), error);
        bytes += written;
        size -= (size_t)written;
        spool->size += (uint64_t)written;
    }
    return ATT_OK;
}

/* ---- names ---- */

/* In the program's plain locale libarchive would put `?` for what is not ASCII. */
typedef struct {
    locale_t utf8, before;
} name_locale;

static name_locale locale_enter(void)
{
    name_locale l = {newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0), (locale_t)0};

    if (l.utf8)
        l.before = uselocale(l.utf8);
    return l;
}

static void locale_leave(name_locale *l)
{
    if (!l->utf8)
        return;
    uselocale(l->before);
    freelocale(l->utf8);
}

/* The member's path as a fresh string without "./" at its front; NULL: no memory. Old zip programs wrote the letters
 * of DOS and its backslashes. */
static char *member_name(const listing *l, struct archive_entry *entry)
{
    const char *name = archive_entry_pathname(entry);
    att_buffer text = {0};

    if (!name)
        name = archive_entry_pathname_utf8(entry);
    if (!name)
        return strdup("");
    att_span raw = att_span_of(name);
    if (l->packing != ATT_PACKED_ZIP || att_utf8_valid_prefix(raw.text, raw.size) == raw.size)
        att_buffer_span(&text, raw);
    else if (att_charset_convert("ibm-437", raw, &text, NULL) != ATT_OK)
        text.failed = true;
    att_buffer_char(&text, '\0');
    if (text.failed) {
        att_buffer_clear(&text);
        return NULL;
    }
    if (l->packing == ATT_PACKED_ZIP && !strchr(text.data, '/'))
        for (char *at = text.data; (at = strchr(at, '\\'));)
            *at = '/';
    char *start = text.data;
    while (*start == '/' || (start[0] == '.' && start[1] == '/'))
        start++;
    memmove(text.data, start, strlen(start) + 1);
    return text.data;
}

/* Has the path a part that leads up? */
static bool leads_out(const char *name)
{
    for (const char *part = name; part; part = strchr(part, '/') ? strchr(part, '/') + 1 : NULL)
        if (part[0] == '.' && part[1] == '.' && (part[2] == '/' || part[2] == '\0'))
            return true;
    return false;
}

/* Zips that are one document, not a folder of some: OOXML, OpenDocument and EPUB, REFI-QDA. */
static bool is_document_part(const char *name)
{
    size_t size = strlen(name);

    return strcmp(name, "[Content_Types].xml") == 0 || strcmp(name, "mimetype") == 0 ||
           (size > 4 && strcasecmp(name + size - 4, ".qde") == 0 && !strchr(name, '/'));
}

/* ---- members ---- */

static void skip_member(listing *l, const char *name, const char *why)
{
    l->members->skipped++;
    att_diagnose(l->diagnostics, ATT_ERROR, l->path, 0, 0, "its member '%s' %s", name, why);
}

/* The position of a zip member's header, whose content begins at `data`: it is 30 bytes and two fields whose lengths it
 * says itself (APPNOTE 4.3.7). UINT64_MAX: it is not there. */
static uint64_t find_header(const listing *l, uint64_t data)
{
    enum { FIXED = 30, LONGEST = FIXED + 2 * 65535 };
    size_t size = data < LONGEST ? (size_t)data : LONGEST;
    size_t seen = 0;
    uint64_t found = UINT64_MAX;
    unsigned char *bytes = malloc(size + 1);

    /* Nearly always it is within the first block back. */
    for (size_t window = size < BLOCK ? size : BLOCK; bytes && found == UINT64_MAX && seen < size; window = size) {
        seen = window;
        if (pread(l->file, bytes, window, (off_t)(data - window)) != (ssize_t)window)
            break;
        for (size_t back = FIXED; back <= window && found == UINT64_MAX; back++) {
            const unsigned char *at = bytes + window - back;
            if (memcmp(at, "PK\3\4", 4) == 0 && back == (size_t)FIXED + at[26] + 256u * at[27] + at[28] + 256u * at[29])
                found = data - back;
        }
    }
    free(bytes);
    return found;
}

static att_status member_add(listing *l, char *name, att_place place, uint64_t at, uint64_t size)
{
    att_members *m = l->members;

    if (!att_grow(&m->items, &m->capacity, m->count + 1, sizeof *m->items)) {
        free(name);
        return att_fail_memory(l->error);
    }
    m->items[m->count++] = (att_member){name, place, at, size};
    return ATT_OK;
}

/* Nothing of the archive is taken. */
static void refuse(listing *l, const char *message)
{
    l->refused = true;
    att_diagnose(l->diagnostics, ATT_ERROR, NULL, 0, 0, "%s (skipped)", message);
}

static void refuse_limit(listing *l, const char *what, const char *option, uint64_t limit)
{
    att_error why;

    att_limit_fail(l->path, what, option, limit, &why);
    refuse(l, why.message);
}

/* What is behind this place cannot be had. */
static void cut_off(listing *l, const char *reason)
{
    l->members->skipped++;
    att_diagnose(l->diagnostics, ATT_ERROR, l->path, 0, 0,
                 "is damaged or cut off (%s); what is behind its first %zu file%s is missing; get a whole copy of it",
                 reason, l->members->count, l->members->count == 1 ? "" : "s");
}

static att_status copy_to_spool(listing *l, uint64_t *size, bool *whole)
{
    att_status status = spool_open(l->spool, l->error);
    la_ssize_t got = 0;

    *whole = false;
    while (!status && (got = archive_read_data(l->archive, l->block, sizeof l->block)) > 0) {
        status = spool_add(l->spool, l->block, (size_t)got, l->error);
        *size += (uint64_t)got;
    }
    *whole = !status && got == 0;
    return status;
}

/* A file in the archive: takes the name. *more: the listing goes on. */
static att_status take_file(listing *l, struct archive_entry *entry, char *name, bool *more)
{
    uint64_t size = archive_entry_size(entry) > 0 ? (uint64_t)archive_entry_size(entry) : 0;
    uint64_t data = (uint64_t)archive_filter_bytes(l->archive, 0);
    att_place place = l->packing == ATT_PACKED_ZIP ? ATT_IN_ZIP : l->unpacker ? ATT_IN_SPOOL : ATT_IN_TAR;
    const char *wrong = archive_entry_is_encrypted(entry) ? "is encrypted; unpack the archive with its password"
                        : leads_out(name) ? "has a path that leads out of the archive; unpack it by hand"
                        : archive_entry_sparse_count(entry) > 0 ? "is a sparse file; unpack the archive"
                                                                : NULL;
    att_status status = ATT_OK;
    bool whole = true;

    if (place == ATT_IN_ZIP)
        data = find_header(l, data);
    if (!wrong && place == ATT_IN_ZIP && data == UINT64_MAX)
        wrong = "cannot be found in it; unpack the archive";
    if (wrong) {
        skip_member(l, name, wrong);
        free(name);
        return ATT_OK;
    }
    if (place == ATT_IN_TAR && (data > l->file_size || size > l->file_size - data)) {
        whole = false;
    } else if (place == ATT_IN_SPOOL) {
        data = l->spool->size;
        size = 0;
        status = copy_to_spool(l, &size, &whole);
    }
    if (whole && !status)
        return member_add(l, name, place, data, size);
    free(name);
    *more = false;
    if (!status && !(l->unpacker && att_unpacker_is_beyond(l->unpacker)))
        cut_off(l, "a file in it ends too early");
    return status;
}

static bool is_file(struct archive_entry *entry)
{
    return archive_entry_filetype(entry) == AE_IFREG && !archive_entry_hardlink(entry);
}

static att_status take_entry(listing *l, struct archive_entry *entry, bool *more)
{
    char *name = member_name(l, entry);

    if (!name)
        return att_fail_memory(l->error);
    if (l->packing == ATT_PACKED_ZIP && is_document_part(name))
        l->document = true;
    if (!is_file(entry) && archive_entry_filetype(entry) != AE_IFDIR)
        att_diagnose(l->diagnostics, ATT_NOTE, l->path, 0, 0, "its member '%s' is a link or no file and is passed over",
                     name);
    if (l->document || *name == '\0' || !is_file(entry) || !l->wanted(l->context, name)) {
        *more = !l->document;
        free(name);
        return ATT_OK;
    }
    return take_file(l, entry, name, more);
}

/* false: a limit is passed. */
static bool check_limits(listing *l, struct archive_entry *entry)
{
    uint64_t size = archive_entry_size(entry) > 0 ? (uint64_t)archive_entry_size(entry) : 0;

    if (++l->entries > l->limits.members) {
        refuse_limit(l, "holds more files and folders", "--max-members", l->limits.members);
        return false;
    }
    if (l->packing != ATT_PACKED_ZIP)
        return true; /* what is unpacked is watched as it comes */
    l->unpacked = size > UINT64_MAX - l->unpacked ? UINT64_MAX : l->unpacked + size;
    if (l->unpacked > l->limits.unpacked)
        refuse_limit(l, "unpacks to more megabytes", "--max-unpacked", l->limits.unpacked >> 20);
    else if (l->unpacked > ATT_RATIO_FROM && l->unpacked / (l->file_size + !l->file_size) >= l->limits.ratio)
        refuse_limit(l, "unpacks to more times its size", "--max-ratio", l->limits.ratio);
    return !l->refused;
}

static att_status list_entries(listing *l)
{
    struct archive_entry *entry = NULL;
    att_status status = ATT_OK;
    bool more = true;
    int outcome = ARCHIVE_OK;

    while (!status && more) {
        outcome = archive_read_next_header(l->archive, &entry);
        if (outcome != ARCHIVE_OK && outcome != ARCHIVE_WARN)
            break;
        more = check_limits(l, entry);
        if (more)
            status = take_entry(l, entry, &more);
    }
    if (l->unpacker && att_unpacker_is_beyond(l->unpacker))
        refuse(l, att_unpacker_failure(l->unpacker)->message);
    else if (more && !status && outcome != ARCHIVE_EOF)
        cut_off(l, archive_error_string(l->archive) ? archive_error_string(l->archive) : "unreadable");
    return status;
}

/* ---- opening ---- */

static ptrdiff_t read_file(att_source *source, void *to, size_t size)
{
    listing *l = source->state;
    ssize_t got;

    do
        got = read(l->file, to, size);
    while (got < 0 && errno == EINTR);
    return got;
}

static la_ssize_t feed(struct archive *archive, void *context, const void **bytes)
{
    listing *l = context;
    att_source *source = att_unpacker_source(l->unpacker);
    ptrdiff_t got = source->read(source, l->fed, sizeof l->fed);

    *bytes = l->fed;
    if (got < 0)
        archive_set_error(archive, EIO, "its compressed data are damaged or end too early");
    return got;
}

static att_status unpack_from_start(listing *l, att_packing packing)
{
    att_unpacker_close(l->unpacker);
    l->unpacker = NULL;
    if (lseek(l->file, 0, SEEK_SET) != 0)
        return att_fail(l->error, ATT_BAD_INPUT, l->path, 0, 0, "cannot be read (%s); check the disk", strerror(errno));
    return att_unpacker_open(&l->unpacker, packing, &l->source, l->path, &l->limits, l->error);
}

/* Looks for a tar behind a compression; what cannot be unpacked is the reader's to complain about. */
static att_status look_inside(listing *l, att_packing packing)
{
    size_t size = 0;
    att_status status = unpack_from_start(l, packing);

    if (!status) {
        att_source *source = att_unpacker_source(l->unpacker);
        ptrdiff_t got = 0;
        while (size < ATT_PACKING_BYTES && (got = source->read(source, l->block + size, ATT_PACKING_BYTES - size)) > 0)
            size += (size_t)got;
    }
    if (!status && att_packing_look((att_span){l->block, size}) == ATT_PACKED_TAR) {
        l->packing = ATT_PACKED_TAR;
        return unpack_from_start(l, packing);
    }
    return status == ATT_BAD_INPUT ? ATT_OK : status;
}

/* How it is packed, seen through a compression. ATT_PACKED_NOT: it is no archive. */
static att_status find_packing(listing *l)
{
    struct stat about;
    size_t size = 0;
    ptrdiff_t got = 1;

    l->file = open(l->path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (l->file < 0 || fstat(l->file, &about) != 0)
        return ATT_OK; /* the reader says why */
    l->file_size = (uint64_t)about.st_size;
    for (; got > 0 && size<ATT_PACKING_BYTES; size += got> 0 ? (size_t)got : 0)
        got = read_file(&l->source, l->block + size, ATT_PACKING_BYTES - size);
    att_packing packing = att_packing_look((att_span){l->block, size});
    if (att_packing_is_stream(packing))
        return look_inside(l, packing);
    l->packing = packing;
    return lseek(l->file, 0, SEEK_SET) == 0 ? ATT_OK : att_fail_memory(l->error);
}

static att_status list_archive(listing *l)
{
    name_locale locale = locale_enter();
    att_status status = ATT_OK;
    struct archive *a = l->archive = archive_read_new();

    if (!a) {
        status = att_fail_memory(l->error);
    } else {
        int outcome = l->packing == ATT_PACKED_ZIP ? archive_read_support_format_zip_seekable(a)
                                                   : archive_read_support_format_tar(a);
        if (outcome == ARCHIVE_OK)
            outcome = l->unpacker ? archive_read_open(a, l, NULL, feed, NULL) : archive_read_open_fd(a, l->file, BLOCK);
        if (outcome == ARCHIVE_OK)
            status = list_entries(l);
        else if (l->packing == ATT_PACKED_ZIP)
            cut_off(l, "no table of contents at its end");
        else
            cut_off(l, "not as tar writes it");
        archive_read_free(a);
    }
    locale_leave(&locale);
    return status;
}

att_status att_archive_list(att_archive_kind *kind, att_members *members, const char *path, const att_limits *limits,
                            att_spool *spool, att_member_filter *wanted, void *context, att_diagnostics *diagnostics,
                            att_error *error)
{
    listing *l = malloc(sizeof *l);

    *kind = ATT_ARCHIVE_NOT;
    if (!l)
        return att_fail_memory(error);
    memset(l, 0, offsetof(listing, block));
    l->path = path;
    l->limits = att_limits_complete(*limits);
    l->spool = spool;
    l->wanted = wanted;
    l->context = context;
    l->diagnostics = diagnostics;
    l->members = members;
    l->error = error;
    l->file = -1;
    l->source = (att_source){read_file, l};
    att_status status = find_packing(l);
    if (!status && l->packing)
        status = list_archive(l);
    if (!status && l->packing && !l->document)
        *kind = l->refused ? ATT_ARCHIVE_SKIPPED : ATT_ARCHIVE;
    if (status || *kind != ATT_ARCHIVE)
        att_members_clear(members);
    att_unpacker_close(l->unpacker);
    if (l->file >= 0)
        close(l->file);
    free(l);
    return status;
}
