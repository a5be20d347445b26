#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- reading ---- */

static att_status fail_open(const char *path, att_error *error)
{
    bool environment = errno == ENOMEM || errno == EMFILE || errno == ENFILE;
    return att_fail(error, environment ? ATT_ENVIRONMENT : ATT_BAD_INPUT, path, 0, 0,
                    "cannot be opened: %s; check the name and the permissions", strerror(errno));
}

static att_status read_all(att_buffer *out, int descriptor, const char *name, size_t limit, att_error *error)
{
    size_t size = out->size;
    for (;;) {
        if (!att_buffer_reserve(out, 64 * 1024))
            return att_fail_memory(error);
        ssize_t got = read(descriptor, out->data + out->size, 64 * 1024);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return att_fail(error, errno == EISDIR ? ATT_BAD_INPUT : ATT_ENVIRONMENT, name, 0, 0,
                            errno == EISDIR ? "cannot be read: %s; name a file" : "cannot be read: %s; try again",
                            strerror(errno));
        out->size += (size_t)got;
        out->data[out->size] = '\0';
        if (got == 0)
            return ATT_OK;
        if (out->size - size > limit)
            return att_fail(error, ATT_BAD_INPUT, name, 0, 0,
                            "is larger than the %zu bytes that such a file may have; is it the right file?", limit);
    }
}

att_status att_file_read(att_buffer *out, const char *path, size_t limit, att_error *error)
{
    bool standard = strcmp(path, "-") == 0;
    int descriptor = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return fail_open(path, error);
    size_t before = out->size;
    att_status status =
        read_all(out, descriptor, standard ? "standard input" : path, limit ? limit : (size_t)64 << 20, error);
    if (!standard)
        close(descriptor);
    if (status != ATT_OK && out->data) {
        out->size = before;
        out->data[before] = '\0';
    }
    return status;
}

/* ---- outputs ---- */

struct att_output {
    char *path;
    char *temporary;
    FILE *stream;
};

/* The folder's part of a path, with its '/'; "" where there is none. */
static size_t folder_size(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? (size_t)(slash - path) + 1 : 0;
}

/* ".NAME.HOST-PID." beside the final name: hidden, so that nothing takes it for a result, and in the same folder, so
 * that the rename cannot cross file systems. It says who is writing, so that what a killed process has left can be
 * told. */
static void put_temporary_prefix(att_buffer *out, const char *path, bool with_process)
{
    char host[64] = "";

    gethostname(host, sizeof host - 1);
    att_buffer_format(out, ".%.150s.%s-", path + folder_size(path), host);
    if (with_process)
        att_buffer_format(out, "%ld.", (long)getpid());
}

static char *temporary_name(const char *path)
{
    att_buffer name = {0};
    att_buffer_append(&name, path, folder_size(path));
    put_temporary_prefix(&name, path, true);
    att_buffer_text(&name, "XXXXXX");
    if (name.failed) {
        att_buffer_clear(&name);
        return NULL;
    }
    return name.data;
}

static bool is_running(long process)
{
    return process <= 0 || kill((pid_t)process, 0) == 0 || errno != ESRCH;
}

/* Removes what processes of this machine that are no more have left of this output: confidential text, perhaps. */
static void sweep_leftovers(const char *path)
{
    att_buffer folder = {0}, prefix = {0};
    att_buffer_append(&folder, path, folder_size(path));
    if (!folder.size)
        att_buffer_text(&folder, ".");
    put_temporary_prefix(&prefix, path, false);
    DIR *entries = folder.failed || prefix.failed ? NULL : opendir(folder.data);
    for (struct dirent *entry; entries && (entry = readdir(entries));) {
        if (strncmp(entry->d_name, prefix.data, prefix.size) != 0)
            continue;
        char *end;
        long process = strtol(entry->d_name + prefix.size, &end, 10);
        if (*end == '.' && strlen(end + 1) == 6 && !is_running(process))
            unlinkat(dirfd(entries), entry->d_name, 0);
    }
    if (entries)
        closedir(entries);
    att_buffer_clear(&folder);
    att_buffer_clear(&prefix);
}

static void free_output(att_output *output)
{
    free(output->path);
    free(output->temporary);
    free(output);
}

/* A write that failed some time ago: its errno is gone. */
enum { CAUSE_UNKNOWN = -1 };

static att_status fail_write(const char *path, int cause, att_error *error)
{
    bool room = cause == ENOSPC || cause == EDQUOT || cause == EFBIG || cause == CAUSE_UNKNOWN;
    return att_fail(error, ATT_ENVIRONMENT, path, 0, 0, "cannot be written: %s; %s; what was there before is unchanged",
                    cause == CAUSE_UNKNOWN ? "a write failed, most likely for want of space" : strerror(cause),
                    room ? "free some space or write elsewhere" : "check the folder and its permissions");
}

att_status att_output_open(att_output **out, const char *path, att_error *error)
{
    att_output *output = calloc(1, sizeof *output);
    if (!output)
        return att_fail_memory(error);
    output->path = strdup(path);
    output->temporary = temporary_name(path);
    if (!output->path || !output->temporary) {
        free_output(output);
        return att_fail_memory(error);
    }
    sweep_leftovers(path);
    int descriptor = mkostemp(output->temporary, O_CLOEXEC); /* O_EXCL, mode 0600 */
    output->stream = descriptor < 0 ? NULL : fdopen(descriptor, "wb");
    if (!output->stream) {
        att_status status = fail_write(path, errno, error);
        if (descriptor >= 0) {
            close(descriptor);
            unlink(output->temporary);
        }
        free_output(output);
        return status;
    }
    *out = output;
    return ATT_OK;
}

FILE *att_output_stream(att_output *output)
{
    return output->stream;
}

void att_output_abandon(att_output *output)
{
    if (!output)
        return;
    if (output->stream)
        fclose(output->stream);
    unlink(output->temporary);
    free_output(output);
}

/* A crash after the rename must not lose the name: the folder is data too. Some file systems cannot sync a folder. */
static int sync_folder(const char *path)
{
    size_t size = folder_size(path);
    char *folder = size ? strndup(path, size) : strdup(".");
    if (!folder)
        return ENOMEM;
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(folder);
    if (descriptor < 0)
        return errno;
    int cause = fsync(descriptor) != 0 && errno != EINVAL && errno != ENOTSUP ? errno : 0;
    close(descriptor);
    return cause;
}

/* Everything up to the rename; returns an errno, 0 when all is on the disk. */
static int finish_stream(FILE *stream)
{
    int cause = ferror(stream) ? CAUSE_UNKNOWN : 0;
    if (fflush(stream) != 0)
        cause = errno;
    /* Pipes and the like cannot be synced; there is nothing to lose in them. */
    if (!cause && fsync(fileno(stream)) != 0 && errno != EINVAL && errno != ENOTSUP)
        cause = errno;
    if (fclose(stream) != 0 && !cause)
        cause = errno;
    return cause;
}

att_status att_output_prepare(att_output *output, att_error *error)
{
    if (!output->stream)
        return ATT_OK;
    int cause = finish_stream(output->stream);
    output->stream = NULL;
    return cause ? fail_write(output->path, cause, error) : ATT_OK;
}

att_status att_output_commit(att_output *output, att_error *error)
{
    att_status status = att_output_prepare(output, error);
    if (status == ATT_OK && rename(output->temporary, output->path) != 0)
        status = fail_write(output->path, errno, error);
    if (status != ATT_OK) {
        att_output_abandon(output);
        return status;
    }
    int cause = sync_folder(output->path);
    if (cause)
        status = att_fail(error, ATT_ENVIRONMENT, output->path, 0, 0,
                          "is written, but may not survive a power cut: %s; check the disk", strerror(cause));
    free_output(output);
    return status;
}

/* ---- folders and paths ---- */

static bool is_folder(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

att_status att_folder_make(const char *path, att_error *error)
{
    char *copy = strdup(path);
    if (!copy)
        return att_fail_memory(error);
    int cause = 0;
    /* Each '/' behind something ends a parent; the whole path comes last. */
    for (char *at = copy; !cause && *at; at++) {
        bool last = at[1] == '\0';
        if (!last && (at[1] != '/' || at[0] == '/'))
            continue;
        char kept = at[1];
        at[1] = '\0';
        if (mkdir(copy, 0700) != 0 && !is_folder(copy))
            cause = errno;
        at[1] = kept;
    }
    if (!cause && !is_folder(copy))
        cause = ENOENT;
    free(copy);
    if (!cause)
        return ATT_OK;
    return att_fail(error, ATT_ENVIRONMENT, path, 0, 0, "the folder cannot be made: %s; choose another place",
                    strerror(cause == EEXIST ? ENOTDIR : cause));
}

char *att_path_join(const char *folder, const char *name)
{
    size_t size = strlen(folder);
    const char *slash = size == 0 || folder[size - 1] == '/' ? "" : "/";
    char *path;
    return asprintf(&path, "%s%s%s", folder, slash, name) < 0 ? NULL : path;
}
