/* "did you mean": the known word that is nearest to a mistyped one. */
#ifndef ATT_CLI_SUGGEST_H
#define ATT_CLI_SUGGEST_H

#include <stddef.h>

typedef struct {
    const char *word; /* what was typed */
    const char *best; /* NULL: nothing near enough was offered */
    size_t distance;
} att_suggestion;

att_suggestion att_suggest_begin(const char *word);
void att_suggest_offer(att_suggestion *suggestion, const char *candidate);

#endif
