#include "tally/exclusions.h"

#include "base/buffer.h"

#include <stdlib.h>
#include <string.h>

static att_status fail_exclusion(const att_speakers *speakers, const char *text, att_error *error)
{
    att_buffer names = {0};

    for (size_t i = 0; i < att_speakers_column_count(speakers); i++)
        att_buffer_format(&names, "%s%s", i ? ", " : "", att_speakers_column(speakers, i));
    att_status status = att_fail(error, ATT_USAGE, NULL, 0, 0,
                                 "cannot exclude '%s': write COLUMN=VALUE with a column of the speaker table (%s)",
                                 text, names.size ? names.data : "there is none; give a table with --speakers");
    att_buffer_clear(&names);
    return status;
}

static att_status read_one(att_exclusions *exclusions, const char *text, const att_speakers *speakers, att_error *error)
{
    const char *equals = strchr(text, '=');
    size_t column = 0, columns = att_speakers_column_count(speakers);
    att_span name = {text, equals ? (size_t)(equals - text) : 0};

    while (column < columns && !att_span_equal(att_span_of(att_speakers_column(speakers, column)), name))
        column++;
    if (!equals || column == columns)
        return fail_exclusion(speakers, text, error);
    att_exclusion *items = realloc(exclusions->items, (exclusions->count + 1) * sizeof *items);
    if (!items)
        return att_fail_memory(error);
    exclusions->items = items;
    items[exclusions->count] = (att_exclusion){column, strdup(equals + 1)};
    if (!items[exclusions->count].value)
        return att_fail_memory(error);
    exclusions->count++;
    return ATT_OK;
}

att_status att_exclusions_read(att_exclusions *exclusions, const att_strings *texts, const att_speakers *speakers,
                               att_error *error)
{
    att_status status = ATT_OK;

    for (size_t i = 0; i < texts->count && status == ATT_OK; i++)
        status = read_one(exclusions, texts->items[i], speakers, error);
    return status;
}

void att_exclusions_clear(att_exclusions *exclusions)
{
    for (size_t i = 0; i < exclusions->count; i++)
        free(exclusions->items[i].value);
    free(exclusions->items);
    *exclusions = (att_exclusions){0};
}

bool att_exclusions_hold(const att_exclusions *exclusions, const att_speakers *speakers, att_span transcript,
                         ptrdiff_t row)
{
    for (size_t i = 0; i < exclusions->count; i++) {
        const att_exclusion *e = &exclusions->items[i];
        const char *value = att_speakers_value_in(speakers, transcript, row, e->column);
        if (strcmp(value, e->value) == 0)
            return true;
    }
    return false;
}
