#include "suggest.h"

#include <string.h>

enum { LONGEST = 32 }; /* of a word worth comparing; all our own are shorter */

static size_t least(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

/* Levenshtein's distance: insertions, deletions, replacements. */
static size_t edit_distance(const char *a, size_t a_size, const char *b, size_t b_size)
{
    size_t row[LONGEST + 1];
    for (size_t j = 0; j <= b_size; j++) {
        row[j] = j;
    }
    for (size_t i = 1; i <= a_size; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b_size; j++) {
            size_t above = row[j];
            row[j] = least(above + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1]));
            diagonal = above;
        }
    }
    return row[b_size];
}

att_suggestion att_suggest_begin(const char *word)
{
    /* Up to a third of the letters may be wrong, and one always. */
    size_t tolerance = strlen(word) / 3;
    return (att_suggestion){word, NULL, (tolerance > 0 ? tolerance : 1) + 1};
}

void att_suggest_offer(att_suggestion *suggestion, const char *candidate)
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
