/* What the program is talking to: a terminal or something else. */
#ifndef ATT_CLI_TERMINAL_H
#define ATT_CLI_TERMINAL_H

#include <attune/error.h>
#include <attune/span.h>
#include <stdbool.h>
#include <stdio.h>

bool cli_terminal_is(FILE *stream);

/* Columns of the terminal behind the stream; where there is none or it does not say, the environment's COLUMNS, else
 * fallback. */
int cli_terminal_width(FILE *stream, int fallback);

/* May the stream be given colours and cursor movements? Not when it is no terminal, TERM is `dumb`, or NO_COLOR is set
 * and not empty (https://no-color.org). */
bool cli_terminal_colours(FILE *stream);
bool cli_terminal_moves(FILE *stream); /* the same without regard to NO_COLOR */

/* Writes text that others wrote, harmless for a terminal (<attune/text.h>). ATT_ENVIRONMENT: no memory. */
att_status cli_terminal_print(FILE *stream, att_span text, att_error *error);

/* Flushes and closes stdout and says whether all of it could be written. */
att_status cli_terminal_finish(att_error *error);

#endif
