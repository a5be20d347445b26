/* A results folder: all of its files, safe on the disk before the first of them takes its name. */
#ifndef ATT_RUN_RESULTS_H
#define ATT_RUN_RESULTS_H

#include "base/file.h"
#include "run/tables.h"
#include "tally/tally_file.h"

typedef enum { ATT_FILE_SCORES, ATT_FILE_SPEAKERS, ATT_FILE_TALLIES, ATT_FILE_MANIFEST, ATT_FILES } att_result_file;

typedef struct {
    att_output *outputs[ATT_FILES];
} att_results;

/* Makes the folder and opens the files under temporary names. */
att_status att_results_open(att_results *results, const char *folder, att_error *error);
FILE *att_results_stream(att_results *results, att_result_file file);

/* Writes scores.csv and speakers.csv. */
att_status att_results_tables(att_results *results, const att_cells *cells, int threads, att_error *error);

/* Every file becomes visible; manifest.json, which describes the others, last. */
att_status att_results_commit(att_results *results, att_error *error);
void att_results_abandon(att_results *results); /* leaves what was there before; safe after commit */

#endif
