#include "read/inputs.h"

#include "base/buffer.h"
#include "read/input_id.h"

#include <dirent.h>
#include <errno.h>
#include <glob.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_FOLDERS 128 /* one inside the other */

/* A transcript with what tells whether it is the same file as another. */
typedef struct {
    att_input input;
    char *real; /* the path without links */
} found;

typedef struct {
    found *items;
    size_t count;
    size_t capacity;
    size_t skipped;
    att_diagnostics *diagnostics;
} search;

/* The folders we are in, for finding out that a link leads back up. */
typedef struct folder {
    dev_t device;
    ino_t inode;
    unsigned depth;
    const struct folder *above;
} folder;

static bool folder_walk(search *in, const char *path, const char *relative, const folder *above);

static void skip(search *in, const char *path, const char *why, const char *remedy)
{
    in->skipped++;
    att_diagnose(in->diagnostics, ATT_ERROR, path, 0, 0, "%s; %s", why, remedy);
}

static void found_free(found *item)
{
    free(item->input.id);
    free(item->input.path);
    free(item->real);
}

/* Takes a file in; false: no memory. */
static bool file_add(search *in, const char *path, const char *relative, uint64_t size)
{
    found item = {{att_input_id(relative), strdup(path), size}, NULL};

    item.real = strcmp(path, "-") == 0 ? strdup("-") : realpath(path, NULL);
    if (!item.real)
        item.real = strdup(path);
    if (!item.input.id || !item.input.path || !item.real ||
        !att_grow(&in->items, &in->capacity, in->count + 1, sizeof *in->items)) {
        found_free(&item);
        return false;
    }
    in->items[in->count++] = item;
    return true;
}

/* One thing that was named or found: a file is taken in, a folder walked. */
static bool path_take(search *in, const char *path, const char *relative, const folder *above)
{
    struct stat about;

    if (stat(path, &about) != 0) {
        skip(in, path, strerror(errno), above ? "left out" : "check the spelling");
        return true;
    }
    if (S_ISDIR(about.st_mode))
        return folder_walk(in, path, above ? relative : "", above);
    if (!S_ISREG(about.st_mode)) {
        skip(in, path, "is neither a file nor a folder", "name a file, or - for standard input");
        return true;
    }
    if (access(path, R_OK) != 0) {
        skip(in, path, strerror(errno), "left out; ask for the right to read it");
        return true;
    }
    return file_add(in, path, relative, (uint64_t)about.st_size);
}

/* NULL: no memory. */
static char *join(const char *left, const char *right)
{
    size_t length = strlen(left);
    char *path = NULL;

    return asprintf(&path, "%s%s%s", left, length > 0 && left[length - 1] != '/' ? "/" : "", right) < 0 ? NULL : path;
}

static bool entry_take(search *in, const char *path, const char *relative, const char *name, const folder *here)
{
    char *inner = join(path, name);
    char *inner_relative = join(relative, name);
    bool fine = inner && inner_relative;
    struct stat about;

    if (fine && att_input_is_other(name) && stat(inner, &about) == 0 && S_ISREG(about.st_mode))
        att_diagnose(in->diagnostics, ATT_NOTE, inner, 0, 0,
                     "is passed over, its name is not that of a transcript; name it by itself if it is one");
    else if (fine)
        fine = path_take(in, inner, inner_relative, here);
    free(inner);
    free(inner_relative);
    return fine;
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static int compare_entries(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* false: no memory. */
static bool folder_walk(search *in, const char *path, const char *relative, const folder *above)
{
    struct dirent **entries = NULL;
    struct stat about;
    bool fine = true;

    if (stat(path, &about) != 0) {
        skip(in, path, strerror(errno), "left out");
        return true;
    }
    folder here = {about.st_dev, about.st_ino, above ? above->depth + 1 : 0, above};
    for (const folder *up = above; up; up = up->above) {
        if (up->device == here.device && up->inode == here.inode)
            return true; /* a link to a folder that is being walked */
    }
    if (here.depth == MOST_FOLDERS) {
        skip(in, path, "lies too deep in folders", "name it by itself");
        return true;
    }
    int count = scandir(path, &entries, is_visible, compare_entries);
    if (count < 0 && errno == ENOMEM)
        return false;
    if (count < 0)
        skip(in, path, strerror(errno), "the folder is left out");
    for (int i = 0; i < count; i++) {
        fine = fine && entry_take(in, path, relative, entries[i]->d_name, &here);
        free(entries[i]);
    }
    free(entries);
    return fine;
}

static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash && slash[1] ? slash + 1 : path;
}

/* false: no memory. */
static bool glob_take(search *in, const char *pattern)
{
    glob_t matches;
    int outcome = glob(pattern, 0, NULL, &matches);
    bool fine = true;

    if (outcome == GLOB_NOSPACE)
        return false;
    if (outcome != 0) {
        skip(in, pattern, "no file fits this pattern", "check the spelling");
        return true;
    }
    for (size_t i = 0; i < matches.gl_pathc && fine; i++)
        fine = path_take(in, matches.gl_pathv[i], file_name(matches.gl_pathv[i]), NULL);
    globfree(&matches);
    return fine;
}

/* false: no memory. */
static bool argument_take(search *in, const char *argument)
{
    struct stat about;

    if (strcmp(argument, "-") == 0)
        return file_add(in, "-", "stdin", 0);
    /* What is there under the very name is meant, whatever characters it holds. */
    if (lstat(argument, &about) != 0 && errno == ENOENT && strpbrk(argument, "*?["))
        return glob_take(in, argument);
    return path_take(in, argument, file_name(argument), NULL);
}

/* The same file under several ids: the longest comes first. */
static int compare_real(const void *left, const void *right)
{
    const found *a = left;
    const found *b = right;
    int order = strcmp(a->real, b->real);
    size_t la = strlen(a->input.id);
    size_t lb = strlen(b->input.id);

    if (order == 0)
        order = (lb > la) - (lb < la);
    if (order == 0)
        order = strcmp(a->input.id, b->input.id);
    return order ? order : strcmp(a->input.path, b->input.path);
}

static int compare_id(const void *left, const void *right)
{
    const found *a = left;
    const found *b = right;
    int order = strcmp(a->input.id, b->input.id);

    return order ? order : strcmp(a->input.path, b->input.path);
}

/* Leaves each file once, and all in the order of their ids. */
static void order_make(search *in)
{
    size_t kept = 0;

    if (in->count == 0)
        return;
    qsort(in->items, in->count, sizeof *in->items, compare_real);
    for (size_t i = 0; i < in->count; i++) {
        if (kept > 0 && strcmp(in->items[kept - 1].real, in->items[i].real) == 0)
            found_free(&in->items[i]);
        else
            in->items[kept++] = in->items[i];
    }
    in->count = kept;
    qsort(in->items, in->count, sizeof *in->items, compare_id);
}

static att_status collisions_find(const search *in, att_error *error)
{
    for (size_t i = 1; i < in->count; i++) {
        const att_input *one = &in->items[i - 1].input;
        const att_input *other = &in->items[i].input;
        if (strcmp(one->id, other->id) == 0)
            return att_fail(error, ATT_BAD_INPUT, NULL, 0, 0,
                            "%s and %s would both be the transcript `%s`; rename one, or name the folder above both",
                            one->path, other->path, one->id);
    }
    return ATT_OK;
}

/* Moves the findings to the caller's list. */
static att_status inputs_give(att_inputs *out, search *in, att_error *error)
{
    att_input *items = calloc(in->count + 1, sizeof *items);

    if (!items)
        return att_fail_memory(error);
    for (size_t i = 0; i < in->count; i++) {
        items[i] = in->items[i].input;
        in->items[i].input = (att_input){0};
    }
    *out = (att_inputs){items, in->count};
    return ATT_OK;
}

att_status att_inputs_find(att_inputs *out, char *const *arguments, size_t count, size_t *skipped,
                           att_diagnostics *diagnostics, att_error *error)
{
    search in = {.diagnostics = diagnostics};
    att_status status = ATT_OK;

    for (size_t i = 0; i < count && status == ATT_OK; i++) {
        if (!argument_take(&in, arguments[i]))
            status = att_fail_memory(error);
    }
    if (status == ATT_OK && in.count == 0)
        status = att_fail(error, ATT_BAD_INPUT, count == 1 ? arguments[0] : NULL, 0, 0,
                          "no transcript was found; name files, folders or patterns that lead to some");
    if (status != ATT_OK)
        goto done;
    order_make(&in);
    status = collisions_find(&in, error);
    if (status == ATT_OK)
        status = inputs_give(out, &in, error);
    if (status == ATT_OK)
        *skipped += in.skipped;
done:
    for (size_t i = 0; i < in.count; i++)
        found_free(&in.items[i]);
    free(in.items);
    return status;
}

void att_inputs_clear(att_inputs *inputs)
{
    for (size_t i = 0; i < inputs->count; i++) {
        free(inputs->items[i].id);
        free(inputs->items[i].path);
    }
    free(inputs->items);
    *inputs = (att_inputs){0};
}
