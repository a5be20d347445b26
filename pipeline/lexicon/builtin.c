/* The lexicons inside the program. tools/embed makes the table from lexicons/, sorted by name. */
#include <attune/lexicon.h>
#include <string.h>

extern const att_builtin att_builtin_table[];
extern const size_t att_builtin_table_size;

size_t att_builtin_count(void)
{
    return att_builtin_table_size;
}

const att_builtin *att_builtin_get(size_t index)
{
    return &att_builtin_table[index];
}

const att_builtin *att_builtin_find(const char *name)
{
    for (size_t i = 0; i < att_builtin_table_size; i++)
        if (strcmp(att_builtin_table[i].name, name) == 0)
            return &att_builtin_table[i];
    return NULL;
}
