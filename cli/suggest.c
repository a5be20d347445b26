#include "suggest.h"

#include <string.h>

enum { LONGEST = 32 }; /* of a word worth comparing; all our own are shorter */

static size_t least(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

/* Insertions, deletions, replacements and exchanged neighbours, each counted once (optimal string alignment). */
static size_t edit_distance(const char *a, size_t a_size, const char *b, size_t b_size)
{
    size_t rows[3][LONGEST + 1]; /* the current one and the two before it */
    for (size_t j = 0; j <= b_size; j++) {
        rows[0][j] = j;
    }
    for (size_t i = 1; i <= a_size; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i - 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b_size; j++) {
            row[j] = least(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                size_t exchanged = rows[(i - 2) % 3][j - 2] + 1;
                row[j] = exchanged < row[j] ? exchanged : row[j];
            }
        }
    }
    return rows[a_size % 3][b_size];
}

cli_suggestion cli_suggest_begin(const char *word)
{
    /* Up to a third of the letters may be wrong, and one always. */
    size_t tolerance = strlen(word) / 3;
    return (cli_suggestion){word, NULL, (tolerance > 0 ? tolerance : 1) + 1};
}

void cli_suggest_offer(cli_suggestion *suggestion, const char *candidate)
{
    size_t word_size = strlen(suggestion->word);
    size_t size = strlen(candidate);
    if (word_size > LONGEST || size > LONGEST || word_size == 0) {
        return;
    }
    size_t distance = edit_distance(suggestion->word, word_size, candidate, size);
    if (distance < suggestion->distance) {
        suggestion->best = candidate;
        suggestion->distance = distance;
    }
}
