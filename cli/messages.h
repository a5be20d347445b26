/* What goes to stderr: errors, diagnostics, the closing line. */
#ifndef ATT_CLI_MESSAGES_H
#define ATT_CLI_MESSAGES_H

#include <attune/error.h>
#include <attune/span.h>
#include <stdbool.h>

/* "attune: message", harmless for a terminal whatever file names are in it. */
void cli_message_print(const char *message);

typedef struct {
    bool notes;        /* --verbose: notes too, and every warning */
    const char *where; /* where the rest can be read when warnings are cut; NULL: nowhere */
} cli_message_options;

/* The diagnostics of a run, `attune: FILE:LINE:COLUMN: what; what to do`. Every error is shown; of warnings the first
 * 20, then how many more there are; notes only on request. */
void cli_messages_print(const att_diagnostics *list, cli_message_options options);

/* 1234567 as "1,234,567". */
const char *cli_count_format(char out[32], uint64_t number);

#endif
