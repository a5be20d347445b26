#include "run/results.h"

#include "estimate/rate.h"

#include <stdlib.h>

static const char *const names[ATT_FILES] = {"scores.csv", "speakers.csv", "tallies.att", "manifest.json"};

att_status att_results_open(att_results *results, const char *folder, att_error *error)
{
    att_results fresh = {0};
    att_status status = att_folder_make(folder, error);

    for (int i = 0; i < ATT_FILES && !status; i++) {
        char *path = att_path_join(folder, names[i]);
        status = path ? att_output_open(&fresh.outputs[i], path, error) : att_fail_memory(error);
        free(path);
    }
    if (status) {
        att_results_abandon(&fresh);
        return status;
    }
    *results = fresh;
    return ATT_OK;
}

FILE *att_results_stream(att_results *results, att_result_file file)
{
    return att_output_stream(results->outputs[file]);
}

static att_status write_view(att_results *results, att_result_file file, const att_cells *cells, att_view_kind kind,
                             int threads, att_error *error)
{
    att_view *view = NULL;
    att_status status = att_view_new(&view, cells, kind, ATT_LEVEL, error);

    if (!status)
        status = att_view_write(view, &att_writer_csv, att_results_stream(results, file), 0, threads, error);
    att_view_free(view);
    return status;
}

att_status att_results_tables(att_results *results, const att_cells *cells, int threads, att_error *error)
{
    att_status status = write_view(results, ATT_FILE_SCORES, cells, ATT_VIEW_SCORES, threads, error);

    if (!status)
        status = write_view(results, ATT_FILE_SPEAKERS, cells, ATT_VIEW_SPEAKERS, threads, error);
    return status;
}

att_status att_results_commit(att_results *results, att_error *error)
{
    att_status status = ATT_OK;

    for (int i = 0; i < ATT_FILES && !status; i++)
        status = att_output_prepare(results->outputs[i], error);
    for (int i = 0; i < ATT_FILES && !status; i++) {
        status = att_output_commit(results->outputs[i], error);
        results->outputs[i] = NULL;
    }
    return status;
}

void att_results_abandon(att_results *results)
{
    for (int i = 0; i < ATT_FILES; i++) {
        att_output_abandon(results->outputs[i]);
        results->outputs[i] = NULL;
    }
}
