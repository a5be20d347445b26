#include "tally/exclusions.h"

#include "base/buffer.h"

#include <stdlib.h>
#include <string.h>

static att_status fail_exclusion(const att_study_columns *columns, const char *text, att_error *error)
{
    att_buffer names = {0};

    att_study_columns_list(columns, &names, ", ");
    att_status status = names.failed
                            ? att_fail_memory(error)
                            : att_fail(error, ATT_USAGE, NULL, 0, 0,
                                       "cannot exclude '%s': write COLUMN=VALUE with a column of the speaker "
                                       "table or of the transcripts (%s)",
                                       text, names.size ? names.data : "there is none; give a table with --speakers");
    att_buffer_clear(&names);
    return status;
}

static att_status read_one(att_exclusions *exclusions, const char *text, att_study_columns *columns, att_error *error)
{
    const char *equals = strchr(text, '=');
    size_t column = 0;

    if (!equals || equals == text)
        return fail_exclusion(columns, text, error);
    char *name = strndup(text, (size_t)(equals - text));
    att_status status = name ? att_study_columns_ask(columns, name, &column, error) : att_fail_memory(error);
    free(name);
    if (status)
        return status;
    att_exclusion *items = realloc(exclusions->items, (exclusions->count + 1) * sizeof *items);
    if (!items)
        return att_fail_memory(error);
    exclusions->items = items;
    items[exclusions->count] = (att_exclusion){column, strdup(equals + 1), text};
    if (!items[exclusions->count].value)
        return att_fail_memory(error);
    exclusions->count++;
    return ATT_OK;
}

att_status att_exclusions_read(att_exclusions *exclusions, const att_strings *texts, att_study_columns *columns,
                               att_error *error)
{
    att_status status = ATT_OK;

    for (size_t i = 0; i < texts->count && status == ATT_OK; i++)
        status = read_one(exclusions, texts->items[i], columns, error);
    return status;
}

void att_exclusions_clear(att_exclusions *exclusions)
{
    for (size_t i = 0; i < exclusions->count; i++)
        free(exclusions->items[i].value);
    free(exclusions->items);
    *exclusions = (att_exclusions){0};
}

bool att_exclusions_hold(const att_exclusions *exclusions, const att_study_columns *columns)
{
    for (size_t i = 0; i < exclusions->count; i++)
        if (att_span_equal(columns->values[exclusions->items[i].column], att_span_of(exclusions->items[i].value)))
            return true;
    return false;
}

att_status att_exclusions_check(const att_exclusions *exclusions, const att_study_columns *columns, att_error *error)
{
    for (size_t i = 0; i < exclusions->count; i++)
        if (att_study_columns_missing(columns, exclusions->items[i].column))
            return fail_exclusion(columns, exclusions->items[i].text, error);
    return ATT_OK;
}
