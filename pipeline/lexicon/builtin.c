/* The lexicons inside the program. tools/embed makes the table from lexicons/, sorted by name. */
#include <attune/lexicon.h>
#include <stdbool.h>
#include <string.h>

extern const att_builtin att_builtin_table[];
extern const size_t att_builtin_table_size;

/* Lists of cue words (cues.h) are found by name only: they score nothing. */
static bool is_cues(const att_builtin *builtin)
{
    return strncmp(builtin->name, "cues/", 5) == 0;
}

size_t att_builtin_count(void)
{
    size_t count = 0;

    for (size_t i = 0; i < att_builtin_table_size; i++)
        count += !is_cues(&att_builtin_table[i]);
    return count;
}

const att_builtin *att_builtin_get(size_t index)
{
    size_t at = 0;

    for (; is_cues(&att_builtin_table[at]) || index > 0; at++)
        index -= !is_cues(&att_builtin_table[at]);
    return &att_builtin_table[at];
}

const att_builtin *att_builtin_find(const char *name)
{
    for (size_t i = 0; i < att_builtin_table_size; i++)
        if (strcmp(att_builtin_table[i].name, name) == 0)
            return &att_builtin_table[i];
    return NULL;
}
