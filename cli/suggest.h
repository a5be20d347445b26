/* "did you mean": the known word that is nearest to a mistyped one. */
#ifndef ATT_CLI_SUGGEST_H
#define ATT_CLI_SUGGEST_H

#include <stddef.h>

typedef struct {
    const char *word; /* what was typed */
    const char *best; /* NULL: nothing near enough was offered */
    size_t distance;
} cli_suggestion;

cli_suggestion cli_suggest_begin(const char *word);
void cli_suggest_offer(cli_suggestion *suggestion, const char *candidate);

#endif
