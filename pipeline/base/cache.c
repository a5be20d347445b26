#include "base/cache.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* ---- where ---- */

char *att_cache_folder(void)
{
    const char *wanted = getenv("ATTUNE_CACHE"), *base = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");

    if (wanted && strcmp(wanted, "off") == 0)
        return NULL;
    if (base && base[0] == '/')
        return att_path_join(base, "attune");
    return home && home[0] == '/' ? att_path_join(home, ".cache/attune") : NULL;
}

/* ---- whom to trust ---- */

/* The user's, and nobody else may write to it. */
static bool is_own(const struct stat *about)
{
    return about->st_uid == geteuid() && !(about->st_mode & (S_IWGRP | S_IWOTH));
}

/* A descriptor of the folder, so that what is looked at is what is used; -1: see errno. */
static int open_folder(const char *path)
{
    struct stat about;
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

    if (folder >= 0 && fstat(folder, &about) == 0 && is_own(&about))
        return folder;
    if (folder >= 0) {
        close(folder);
        errno = EPERM;
    }
    return -1;
}

/* ---- reading ---- */

static bool read_whole(att_buffer *out, int file, size_t size)
{
    if (!att_buffer_reserve(out, size))
        return false;
    for (size_t end = out->size + size; out->size < end;) {
        ssize_t got = read(file, out->data + out->size, end - out->size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        out->size += (size_t)got;
    }
    out->data[out->size] = '\0';
    return true;
}

/* A file's time says when it was last used, to the day. */
static void mark_used(int file, const struct stat *about)
{
    const time_t day = 24L * 60 * 60;

    if (time(NULL) - about->st_mtime > day)
        (void)futimens(file, NULL);
}

bool att_cache_read(att_buffer *out, const char *folder, const char *name, size_t limit)
{
    struct stat about;
    size_t before = out->size;
    int place = open_folder(folder);
    /* O_NONBLOCK: a pipe of that name must not hold up the program. */
    int file = place < 0 ? -1 : openat(place, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    bool good = file >= 0 && fstat(file, &about) == 0 && S_ISREG(about.st_mode) && is_own(&about) &&
                about.st_size > 0 && (uintmax_t)about.st_size <= limit;

    good = good && read_whole(out, file, (size_t)about.st_size);
    if (good)
        mark_used(file, &about);
    else if (out->data)
        out->data[out->size = before] = '\0';
    if (file >= 0)
        close(file);
    if (place >= 0)
        close(place);
    return good;
}

/* ---- making room ---- */

typedef struct {
    char *name;
    struct timespec used;
    uint64_t size;
} kept_file;

typedef struct {
    kept_file *items;
    size_t count, capacity;
} kept_files;

static int compare_files(const void *a, const void *b)
{
    const kept_file *x = a, *y = b;

    if (x->used.tv_sec != y->used.tv_sec)
        return x->used.tv_sec > y->used.tv_sec ? -1 : 1;
    return (x->used.tv_nsec < y->used.tv_nsec) - (x->used.tv_nsec > y->used.tv_nsec);
}

/* Adds a file that may go; what killed processes have left under temporary names is among them. */
static void add_file(kept_files *files, int folder, const char *name)
{
    struct stat about;

    if (!strstr(name, ATT_CACHE_SUFFIX) || fstatat(folder, name, &about, AT_SYMLINK_NOFOLLOW) != 0 ||
        !S_ISREG(about.st_mode) || !att_grow(&files->items, &files->capacity, files->count + 1, sizeof *files->items))
        return;
    kept_file file = {strdup(name), about.st_mtim, (uint64_t)about.st_size};
    if (file.name)
        files->items[files->count++] = file;
}

/* Removes the oldest files until with `newest`, which stays, there are no more than may be. */
static void make_room(int folder, const char *newest, uint64_t size)
{
    kept_files files = {0};
    int again = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *entries = again < 0 ? NULL : fdopendir(again);

    for (struct dirent *entry; entries && (entry = readdir(entries));)
        if (strcmp(entry->d_name, newest) != 0)
            add_file(&files, folder, entry->d_name);
    if (entries)
        closedir(entries);
    else if (again >= 0)
        close(again);
    if (files.count > 1)
        qsort(files.items, files.count, sizeof *files.items, compare_files);
    for (size_t i = 0; i < files.count; i++) {
        size += files.items[i].size;
        if (i + 1 >= ATT_CACHE_FILES || size > ATT_CACHE_BYTES)
            (void)unlinkat(folder, files.items[i].name, 0);
        free(files.items[i].name);
    }
    free(files.items);
}

/* ---- writing ---- */

static char *parent_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash && slash > path ? strndup(path, (size_t)(slash - path)) : strdup("/");
}

/* One folder, in one that is there. Never as root in one that is somebody else's: a home that `sudo` has kept would
 * have a cache that its owner cannot use. */
static att_status make_folder(const char *path, const char *parent, att_error *error)
{
    struct stat about;

    if (lstat(path, &about) == 0)
        return ATT_OK;
    int cause = stat(parent, &about) != 0 ? errno : geteuid() == 0 && about.st_uid != 0 ? EPERM : 0;
    if (!cause && mkdir(path, 0700) != 0 && errno != EEXIST)
        cause = errno;
    return cause ? att_fail(error, ATT_ENVIRONMENT, path, 0, 0,
                            "the folder cannot be made: %s; set XDG_CACHE_HOME to another place", strerror(cause))
                 : ATT_OK;
}

static att_status make_folders(const char *folder, att_error *error)
{
    char *parent = parent_of(folder), *above = parent ? parent_of(parent) : NULL;
    att_status status = above ? make_folder(parent, above, error) : att_fail_memory(error);

    if (!status)
        status = make_folder(folder, parent, error);
    free(parent);
    free(above);
    return status;
}

static att_status write_parts(const char *path, const att_span *parts, size_t count, att_error *error)
{
    att_output *output = NULL;
    att_status status = att_output_open(&output, path, error);

    if (status)
        return status;
    for (size_t i = 0; i < count; i++)
        (void)fwrite(parts[i].text, 1, parts[i].size, att_output_stream(output));
    return att_output_commit(output, error);
}

att_status att_cache_write(const char *folder, const char *name, const att_span *parts, size_t count, att_error *error)
{
    uint64_t size = 0;
    att_status status = make_folders(folder, error);

    if (status)
        return status;
    int place = open_folder(folder);
    if (place < 0)
        return att_fail(error, ATT_ENVIRONMENT, folder, 0, 0,
                        "is not to be trusted: it must be a folder of your own that nobody else may write to; "
                        "mend that with chmod or chown, or remove it");
    char *path = att_path_join(folder, name);
    status = path ? write_parts(path, parts, count, error) : att_fail_memory(error);
    for (size_t i = 0; i < count; i++)
        size += parts[i].size;
    if (!status)
        make_room(place, name, size);
    free(path);
    close(place);
    return status;
}
