#include "run/dry_run.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static uint64_t count_labels(const att_transcript_tally *tally)
{
    uint64_t count = 0;

    for (size_t i = 0; i < tally->label_count; i++)
        count += tally->labels[i].label.size > 0;
    return count;
}

static att_status list_lexicons(att_buffer *out, const att_run_language *language, att_error *error)
{
    for (size_t i = 0; i < language->count; i++)
        att_buffer_format(out, "%s%s", i ? ", " : "", att_lexicon_name(language->lexicons[i]));
    return out->failed ? att_fail_memory(error) : ATT_OK;
}

att_status att_dry_run_transcript(const att_dry_receiver *receiver, const att_job_transcript *transcript,
                                  att_left_out left_out, att_error *error)
{
    const att_transcript_tally *tally = &transcript->tally;
    att_buffer lexicons = {0};
    att_dry_transcript told = {.transcript = transcript->input->id,
                               .path = transcript->input->path,
                               .skipped = transcript->reason,
                               .format = transcript->format ? transcript->format->name : "",
                               .encoding = transcript->format ? transcript->charset.name : "",
                               .language = transcript->language ? transcript->language->tag : transcript->uncovered,
                               .matched = left_out.matched_labels,
                               .unmatched = left_out.unmatched_labels,
                               .unlabelled_turns = left_out.unlabelled_turns,
                               .excluded_turns = left_out.excluded_turns,
                               .excluded_tokens = left_out.excluded_tokens,
                               .lexicons = transcript->uncovered[0] && !transcript->language ? "none" : ""};
    att_status status = ATT_OK;

    if (transcript->language) {
        status = list_lexicons(&lexicons, transcript->language, error);
        told.lexicons = lexicons.size ? lexicons.data : "";
    }
    if (!told.skipped) {
        told.uncovered_turns = transcript->uncovered_turns;
        told.labels = count_labels(tally);
        att_transcript_tally_count(tally, &told.turns, &told.tokens);
    }
    if (!status)
        status = receiver->transcript(receiver->context, &told, error);
    att_buffer_clear(&lexicons);
    return status;
}

att_status att_dry_run_cells(const att_dry_receiver *receiver, const att_cells *cells, att_error *error)
{
    size_t columns = att_cells_by_count(cells);
    const char **names = calloc(columns + 1, sizeof *names);

    if (!names)
        return att_fail_memory(error);
    for (size_t i = 0; i < columns; i++)
        names[i] = att_cells_by(cells, i);
    att_status status = receiver->columns(receiver->context, names, columns, error);
    for (size_t i = 0; i < att_cells_count(cells) && !status; i++) {
        const att_study_cell *cell = att_cells_get(cells, i);
        const att_dry_cell told = {cell->keys, cell->speakers, cell->turns.turns, cell->turns.tokens};
        status = receiver->cell(receiver->context, &told, columns, error);
    }
    free(names);
    return status;
}

/* The folder that is there already, of all that the path goes through: where the rest would be made. */
static char *find_parent(const char *path)
{
    char *parent = *path == '/' ? strdup(path) : att_path_join(".", path), *slash;

    while (parent && access(parent, F_OK) != 0 && (slash = strrchr(parent, '/')))
        slash[slash == parent] = '\0';
    return parent;
}

typedef struct {
    size_t files;
    bool results; /* those of a run are among them */
} folder_content;

static folder_content look_into(const char *folder)
{
    folder_content content = {0, false};
    DIR *entries = opendir(folder);
    const struct dirent *entry;

    while (entries && (entry = readdir(entries))) {
        content.files += entry->d_name[0] != '.';
        content.results |= strcmp(entry->d_name, "manifest.json") == 0;
    }
    if (entries)
        closedir(entries);
    return content;
}

static att_status fail_output(const char *folder, att_error *error)
{
    return att_fail(error, ATT_ENVIRONMENT, folder, 0, 0, "results cannot be written there (%s); name another folder",
                    strerror(errno));
}

static att_status check_parent(const char *folder, att_error *error)
{
    char *parent = find_parent(folder);
    struct stat about;
    att_status status = ATT_OK;

    if (!parent)
        return att_fail_memory(error);
    if (stat(parent, &about) == 0 && !S_ISDIR(about.st_mode)) {
        status =
            att_fail(error, ATT_ENVIRONMENT, folder, 0, 0,
                     "cannot be made, because '%s' is a file; name another folder", parent + (*folder == '/' ? 0 : 2));
    } else if (access(parent, W_OK | X_OK) != 0) {
        status = fail_output(folder, error);
    }
    free(parent);
    return status;
}

att_status att_dry_run_output(const char *folder, att_diagnostics *diagnostics, att_error *error)
{
    struct stat about;

    if (!folder)
        return ATT_OK;
    if (stat(folder, &about) != 0)
        return errno == ENOENT || errno == ENOTDIR ? check_parent(folder, error) : fail_output(folder, error);
    if (!S_ISDIR(about.st_mode))
        return att_fail(error, ATT_ENVIRONMENT, folder, 0, 0,
                        "is a file, not a folder; name another one for the results");
    if (access(folder, W_OK | X_OK) != 0)
        return fail_output(folder, error);
    folder_content content = look_into(folder);
    if (content.results)
        att_diagnose(diagnostics, ATT_NOTE, folder, 0, 0, "holds results already, which a run would replace");
    else if (content.files)
        att_diagnose(diagnostics, ATT_WARNING, folder, 0, 0,
                     "is not empty and holds no results of attune, which would lie among its files; name another "
                     "folder if that is not what you want");
    return ATT_OK;
}
