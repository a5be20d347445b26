#include "tally/exclusions.h"

#include "base/buffer.h"
#include "base/nearest.h"
#include "tally/names.h"

#include <stdlib.h>
#include <string.h>

/* So many letters may be wrong in what was meant; so many values are named. */
enum { FAR = 2, VALUES = 10 };

static att_status fail_exclusion(const att_study_columns *columns, const char *text, att_error *error)
{
    size_t count = att_study_columns_count(columns), size = strcspn(text, "=");
    const char **names = calloc(count + 1, sizeof *names);
    att_buffer list = {0};

    if (!names)
        return att_fail_memory(error);
    for (size_t i = 0; i < count; i++) {
        const char *name = att_study_columns_name(columns, i);
        /* It is a column itself from when it was asked for. */
        names[i] = strlen(name) == size && memcmp(name, text, size) == 0 ? "" : name;
    }
    const char *near = size ? att_nearest((att_span){text, size}, names, count, FAR) : NULL;
    att_study_columns_list(columns, &list, ", ");
    att_status status =
        list.failed ? att_fail_memory(error)
                    : att_fail(error, ATT_USAGE, NULL, 0, 0,
                               "cannot exclude '%s': write COLUMN=VALUE with a column of the speaker table or of the "
                               "transcripts (%s)%s%s%s",
                               text, list.size ? list.data : "there is none; give a table with --speakers",
                               near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
    att_buffer_clear(&list);
    free(names);
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

/* The values of a column, in the order of the table. */
static bool list_values(att_names *values, const att_speakers *speakers, size_t column)
{
    bool periods = att_speakers_period_column(speakers) == (ptrdiff_t)column;
    const char *name;

    for (size_t i = 0; periods && (name = att_speakers_period_name(speakers, i)); i++)
        if (att_names_add(values, att_span_of(name)) == ATT_NO_NAME)
            return false;
    for (size_t i = 0; i < att_speakers_row_count(speakers); i++) {
        const char *value = att_speakers_value(speakers, i, column);
        if (*value && att_names_add(values, att_span_of(value)) == ATT_NO_NAME)
            return false;
    }
    return true;
}

static att_status warn_missing(const att_exclusion *e, const att_names *values, const att_speakers *speakers,
                               att_diagnostics *diagnostics, att_error *error)
{
    const char **texts = calloc(values->count + 1, sizeof *texts);
    att_buffer list = {0};

    if (!texts)
        return att_fail_memory(error);
    for (size_t i = 0; i < values->count; i++) {
        texts[i] = values->items[i].text;
        if (i < VALUES)
            att_buffer_format(&list, "%s%s", i ? ", " : "", texts[i]);
    }
    const char *near = att_nearest(att_span_of(e->value), texts, values->count, FAR);
    att_status status = list.failed ? att_fail_memory(error) : ATT_OK;
    if (!status)
        att_diagnose(
            diagnostics, ATT_WARNING, att_speakers_file(speakers), 0, 0,
            "nobody has the value '%s' in the column '%s', so that nobody is excluded by it; there are %s%s%s%s%s",
            e->value, att_speakers_column(speakers, e->column), list.size ? list.data : "none",
            values->count > VALUES ? ", ..." : "", near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
    att_buffer_clear(&list);
    free(texts);
    return status;
}

att_status att_exclusions_warn(const att_exclusions *exclusions, const att_speakers *speakers,
                               att_diagnostics *diagnostics, att_error *error)
{
    att_status status = ATT_OK;

    for (size_t i = 0; i < exclusions->count && !status; i++) {
        const att_exclusion *e = &exclusions->items[i];
        att_names values = {0};
        /* An empty value is whoever the table says nothing about; other columns are the sources'. */
        if (!*e->value || e->column >= att_speakers_column_count(speakers))
            continue;
        if (!list_values(&values, speakers, e->column))
            status = att_fail_memory(error);
        else if (att_names_find(&values, att_span_of(e->value)) == ATT_NO_NAME)
            status = warn_missing(e, &values, speakers, diagnostics, error);
        att_names_clear(&values);
    }
    return status;
}
