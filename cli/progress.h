/* The progress bar on stderr: only on a terminal, a few times a second, and gone at the end. */
#ifndef ATT_CLI_PROGRESS_H
#define ATT_CLI_PROGRESS_H

#include <attune/score.h>
#include <stdbool.h>

typedef struct {
    bool shown;  /* stderr is a terminal and nobody asked for quiet */
    bool drawn;  /* something stands there that must be cleared */
    double last; /* seconds into the run when it was last drawn */
} cli_progress_bar;

cli_progress_bar cli_progress_begin(bool quiet);

/* An att_progress_function; context is the cli_progress_bar. */
void cli_progress_draw(void *context, const att_progress *progress);

void cli_progress_end(cli_progress_bar *bar);

#endif
