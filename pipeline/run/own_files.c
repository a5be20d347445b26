#include "run/own_files.h"

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* The real paths of what is the study's own. */
typedef struct {
    char **files;
    size_t count;
    char *folder;
} own_files;

static bool add_file(own_files *own, const char *path)
{
    char *real = path ? realpath(path, NULL) : NULL;

    if (!real)
        return true; /* what is not there is no input either */
    char **files = realloc(own->files, (own->count + 1) * sizeof *files);
    if (!files) {
        free(real);
        return false;
    }
    own->files = files;
    files[own->count++] = real;
    return true;
}

static void clear(own_files *own)
{
    for (size_t i = 0; i < own->count; i++)
        free(own->files[i]);
    free(own->files);
    free(own->folder);
}

static bool is_own(const own_files *own, const char *real)
{
    size_t size = own->folder ? strlen(own->folder) : 0;

    if (size && strncmp(real, own->folder, size) == 0 && real[size] == '/')
        return true;
    for (size_t i = 0; i < own->count; i++)
        if (strcmp(real, own->files[i]) == 0)
            return true;
    return false;
}

att_status att_own_files_drop(att_inputs *inputs, const att_study *study, const char *output, att_error *error)
{
    own_files own = {.folder = output ? realpath(output, NULL) : NULL};
    bool good = add_file(&own, study->file) && add_file(&own, study->speakers);

    for (size_t i = 0; i < study->lexicons.count && good; i++)
        good = add_file(&own, study->lexicons.items[i]);
    size_t kept = 0;
    for (size_t i = 0; i < inputs->count; i++) {
        const char *source = inputs->items[i].archive ? inputs->items[i].archive : inputs->items[i].path;
        char *real = good && (own.count || own.folder) ? realpath(source, NULL) : NULL;
        if (real && is_own(&own, real)) {
            att_input_clear(&inputs->items[i]);
        } else {
            inputs->items[kept++] = inputs->items[i];
        }
        free(real);
    }
    inputs->count = kept;
    clear(&own);
    return good ? ATT_OK : att_fail_memory(error);
}
