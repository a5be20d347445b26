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
    att_limits limits;
    att_spool spool;
    att_diagnostics *diagnostics;
    att_error environment; /* what no other input could be read with either */
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

void att_input_clear(att_input *input)
{
    free(input->id);
    free(input->path);
    free(input->archive);
    free(input->member);
    *input = (att_input){0};
}

static void found_free(found *item)
{
    att_input_clear(&item->input);
    free(item->real);
}

/* NULL: no memory. */
static char *real_path(const char *path)
{
    char *real = strcmp(path, "-") == 0 ? NULL : realpath(path, NULL);

    return real ? real : strdup(path);
}

/* Takes it over; false: no memory. */
static bool found_add(search *in, found *item)
{
    if (!item->input.id || !item->input.path || !item->real ||
        !att_grow(&in->items, &in->capacity, in->count + 1, sizeof *in->items)) {
        found_free(item);
        return false;
    }
    in->items[in->count++] = *item;
    return true;
}

/* Takes a file in; false: no memory. */
static bool file_add(search *in, const char *path, const char *relative, uint64_t size, bool is_found)
{
    found item = {{.id = att_input_id(relative),
                   .path = strdup(path),
                   .found = is_found,
                   .doubtful = is_found && att_input_is_doubtful(path),
                   .size = size},
                  real_path(path)};

    return found_add(in, &item);
}

/* NULL: no memory. */
static char *join(const char *left, const char *right)
{
    size_t length = strlen(left);
    char *path = NULL;

    return asprintf(&path, "%s%s%s", left, length > 0 && left[length - 1] != '/' ? "/" : "", right) < 0 ? NULL : path;
}

/* ---- archives ---- */

typedef struct {
    search *in;
    const char *path;
} archive_context;

/* The same that is passed over in folders, and what macOS puts into zips beside each file. */
static bool member_wanted(void *context, const char *name)
{
    const archive_context *archive = context;

    for (const char *part = name; part; part = strchr(part, '/') ? strchr(part, '/') + 1 : NULL)
        if ((part[0] == '.' && strncmp(part, "../", 3) != 0) || strncmp(part, "__MACOSX/", 9) == 0)
            return false;
    if (att_input_is_archive(name)) {
        archive->in->skipped++;
        att_diagnose(archive->in->diagnostics, ATT_ERROR, archive->path, 0, 0,
                     "holds another archive, '%s', which is not looked into; unpack it and name it by itself", name);
        return false;
    }
    if (!att_input_is_other(name))
        return true;
    att_diagnose(archive->in->diagnostics, ATT_NOTE, archive->path, 0, 0,
                 "its member '%s' is passed over, its name is not that of a transcript; unpack it if it is one", name);
    return false;
}

static bool member_add(search *in, const char *path, const char *below, const att_member *member)
{
    char *real = real_path(path);
    char *relative = join(below, member->name);
    found item = {{.id = relative ? att_input_id(relative) : NULL,
                   .path = join(path, member->name),
                   .found = true,
                   .doubtful = att_input_is_doubtful(member->name),
                   .size = member->size,
                   .archive = strdup(path),
                   .member = strdup(member->name),
                   .place = member->place,
                   .at = member->at,
                   .spool = in->spool.file},
                  real ? join(real, member->name) : NULL};

    free(real);
    free(relative);
    if (!item.input.archive || !item.input.member) {
        found_free(&item);
        return false;
    }
    return found_add(in, &item);
}

static int compare_members(const void *left, const void *right)
{
    const att_member *a = left;
    const att_member *b = right;
    int order = strcmp(a->name, b->name);

    return order ? order : (a->at > b->at) - (a->at < b->at);
}

/* A tar may hold a file several times, as it was at different times: the last one counts. */
static bool members_add(search *in, const char *path, const char *relative, att_members *members)
{
    char *below = att_input_id(relative);
    bool fine = below != NULL;

    if (members->count > 1)
        qsort(members->items, members->count, sizeof *members->items, compare_members);
    for (size_t i = 0; i < members->count && fine; i++) {
        const att_member *member = &members->items[i];
        if (i + 1 < members->count && strcmp(member->name, member[1].name) == 0)
            att_diagnose(in->diagnostics, ATT_NOTE, path, 0, 0, "holds '%s' more than once; the last one is read",
                         member->name);
        else
            fine = member_add(in, path, below, member);
    }
    free(below);
    return fine;
}

/* An archive is looked into, any other file taken in; false: no memory, or in->environment says what. */
static bool file_take(search *in, const char *path, const char *relative, uint64_t size, bool is_found)
{
    att_archive_kind kind = ATT_ARCHIVE_NOT;
    att_members members = {0};
    archive_context context = {in, path};
    bool fine = true;

    if (att_input_may_be_archive(path))
        fine = att_archive_list(&kind, &members, path, &in->limits, &in->spool, member_wanted, &context,
                                in->diagnostics, &in->environment) == ATT_OK;
    if (fine && kind == ATT_ARCHIVE_NOT)
        fine = file_add(in, path, relative, size, is_found);
    else if (fine && kind == ATT_ARCHIVE)
        fine = members_add(in, path, relative, &members);
    in->skipped += members.skipped + (kind == ATT_ARCHIVE_SKIPPED);
    att_members_clear(&members);
    return fine;
}

/* ---- files and folders ---- */

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
    return file_take(in, path, relative, (uint64_t)about.st_size, above != NULL);
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
        return file_add(in, "-", "stdin", 0, false);
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
        found item = in->items[i];
        in->items[i] = (found){0};
        if (kept > 0 && strcmp(in->items[kept - 1].real, item.real) == 0)
            found_free(&item);
        else
            in->items[kept++] = item;
    }
    in->count = kept;
    qsort(in->items, in->count, sizeof *in->items, compare_id);
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
    *out = (att_inputs){.items = items, .count = in->count, .spool = in->spool.file, .has_spool = in->spool.file >= 0};
    in->spool.file = -1;
    return ATT_OK;
}

att_status att_inputs_find(att_inputs *out, char *const *arguments, size_t count, const att_limits *limits,
                           size_t *skipped, att_diagnostics *diagnostics, att_error *error)
{
    search in = {.diagnostics = diagnostics, .limits = limits ? *limits : (att_limits){0}, .spool = {.file = -1}};
    att_status status = ATT_OK;

    for (size_t i = 0; i < count && status == ATT_OK; i++) {
        if (argument_take(&in, arguments[i]))
            continue;
        status = in.environment.status ? in.environment.status : att_fail_memory(error);
        if (in.environment.status && error)
            *error = in.environment;
    }
    if (status == ATT_OK && in.count == 0)
        status = att_fail(error, ATT_BAD_INPUT, count == 1 ? arguments[0] : NULL, 0, 0,
                          "no transcript was found; name files, folders or patterns that lead to some");
    if (status != ATT_OK)
        goto done;
    order_make(&in);
    status = inputs_give(out, &in, error);
    if (status == ATT_OK)
        *skipped += in.skipped;
done:
    for (size_t i = 0; i < in.count; i++)
        found_free(&in.items[i]);
    free(in.items);
    att_spool_close(&in.spool);
    return status;
}

void att_inputs_clear(att_inputs *inputs)
{
    for (size_t i = 0; i < inputs->count; i++)
        att_input_clear(&inputs->items[i]);
    free(inputs->items);
    if (inputs->has_spool)
        close(inputs->spool);
    *inputs = (att_inputs){0};
}

static const char *extension_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *dot = strrchr(slash ? slash : path, '.');

    return dot ? dot : "";
}

/* The inputs [from, to) have one id. */
static att_status fail_collision(const att_inputs *inputs, size_t from, size_t to, size_t more, att_error *error)
{
    enum { SHOWN = 6 };
    att_buffer paths = {0}, others = {0};
    const att_input *first = &inputs->items[from];

    for (size_t i = from; i < to && i < from + SHOWN; i++)
        att_buffer_format(&paths, "%s%s", i == from ? "" : i + 1 == to ? " and " : ", ", inputs->items[i].path);
    att_buffer_text(&paths, to - from > SHOWN ? " and others" : "");
    if (more)
        att_buffer_format(&others, " (so it is with %zu more)", more);
    /* Two forms of one talk lie side by side, or different talks in different folders. */
    bool forms = strcmp(extension_of(first->path), extension_of(inputs->items[from + 1].path)) != 0;
    size_t below = (size_t)(extension_of(first->path) - first->path);
    while (below && first->path[below - 1] != '/')
        below--;
    att_status status =
        paths.failed || others.failed ? att_fail_memory(error)
        : forms
            ? att_fail(error, ATT_BAD_INPUT, NULL, 0, 0,
                       "%s would all be the transcript `%s`%s; if they are one talk in several forms, name those to "
                       "be read ('%.*s*%s'), if not, rename one or name the folder above",
                       paths.data, first->id, others.size ? others.data : "", (int)below, first->path,
                       extension_of(first->path))
            : att_fail(error, ATT_BAD_INPUT, NULL, 0, 0,
                       "%s would both be the transcript `%s`%s; rename one, or name the folder above both", paths.data,
                       first->id, others.size ? others.data : "");
    att_buffer_clear(&paths);
    att_buffer_clear(&others);
    return status;
}

att_status att_inputs_check(const att_inputs *inputs, att_error *error)
{
    size_t first = SIZE_MAX, first_end = 0, more = 0;

    if (!inputs->count)
        return att_fail(error, ATT_BAD_INPUT, NULL, 0, 0,
                        "no transcript was found; name files, folders or patterns that lead to some");
    for (size_t i = 0, end; i < inputs->count; i = end) {
        for (end = i + 1; end < inputs->count && strcmp(inputs->items[i].id, inputs->items[end].id) == 0;)
            end++;
        if (end == i + 1)
            continue;
        more += first != SIZE_MAX;
        if (first == SIZE_MAX)
            first = i, first_end = end;
    }
    return first == SIZE_MAX ? ATT_OK : fail_collision(inputs, first, first_end, more, error);
}
