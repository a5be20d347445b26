#include "tally/study_columns.h"

#include <stdlib.h>

void att_study_columns_init(att_study_columns *columns, const att_speakers *speakers)
{
    *columns = (att_study_columns){.speakers = speakers, .of_table = att_speakers_column_count(speakers)};
}

void att_study_columns_clear(att_study_columns *columns)
{
    att_names_clear(&columns->extra);
    free(columns->told);
    free(columns->values);
    *columns = (att_study_columns){0};
}

size_t att_study_columns_count(const att_study_columns *columns)
{
    return columns->of_table + columns->extra.count;
}

const char *att_study_columns_name(const att_study_columns *columns, size_t column)
{
    return column < columns->of_table ? att_speakers_column(columns->speakers, column)
                                      : columns->extra.items[column - columns->of_table].text;
}

static att_span name_of(const att_study_columns *columns, size_t column)
{
    return att_span_of(att_study_columns_name(columns, column));
}

static bool add(att_study_columns *columns, att_span name, size_t *column)
{
    size_t count = columns->extra.count;
    uint32_t number = att_names_add(&columns->extra, name);

    if (number == ATT_NO_NAME ||
        !att_grow(&columns->told, &columns->told_capacity, (size_t)number + 1, sizeof *columns->told))
        return false;
    if (number == count)
        columns->told[number] = false;
    *column = columns->of_table + number;
    return true;
}

static bool find_in_table(const att_study_columns *columns, att_span name, size_t *column)
{
    for (size_t i = 0; i < columns->of_table; i++)
        if (att_span_equal(name_of(columns, i), name)) {
            *column = i;
            return true;
        }
    return false;
}

att_status att_study_columns_ask(att_study_columns *columns, const char *name, size_t *column, att_error *error)
{
    if (find_in_table(columns, att_span_of(name), column))
        return ATT_OK;
    if (!add(columns, att_span_of(name), column))
        return att_fail_memory(error);
    columns->asked = columns->extra.count;
    return ATT_OK;
}

/* The column that a source's fact is for; false: no memory, or (*full) there are too many. */
static bool place(att_study_columns *columns, att_span name, size_t *column, bool *full)
{
    uint32_t number = att_names_find(&columns->extra, name);

    if (number != ATT_NO_NAME) {
        *column = columns->of_table + number;
        return true;
    }
    if (find_in_table(columns, name, column))
        return true;
    /* Columns that only sources have are told apart by case: which one comes first must not matter. */
    for (size_t i = 0; i < columns->of_table + columns->asked; i++)
        if (att_said_is_column(name_of(columns, i), name)) {
            *column = i;
            return true;
        }
    *full = columns->extra.count >= ATT_STUDY_COLUMNS;
    return !*full && add(columns, name, column);
}

static bool make_room(att_study_columns *columns, size_t known)
{
    size_t count = att_study_columns_count(columns);

    if (!att_grow(&columns->values, &columns->value_capacity, count + 1, sizeof *columns->values))
        return false;
    for (size_t i = known; i < count; i++)
        columns->values[i] = (att_span){"", 0};
    return true;
}

att_status att_study_columns_bind(att_study_columns *columns, att_span when, ptrdiff_t row, const att_said *said,
                                  att_span label, att_error *error)
{
    size_t count, known = 0, column;
    const att_said_fact *facts = att_said_of(said, label, &count);

    if (!make_room(columns, known))
        return att_fail_memory(error);
    for (size_t i = 0; i < columns->of_table; i++)
        columns->values[i] = att_span_of(att_speakers_value_in(columns->speakers, when, row, i));
    for (size_t i = 0; i < count; i++) {
        bool full = false;
        known = att_study_columns_count(columns);
        bool placed = place(columns, facts[i].column, &column, &full);
        columns->lost += full;
        if (full)
            continue;
        if (!placed || !make_room(columns, known))
            return att_fail_memory(error);
        if (column >= columns->of_table)
            columns->told[column - columns->of_table] = true;
        if (!columns->values[column].size)
            columns->values[column] = facts[i].value;
    }
    return ATT_OK;
}

bool att_study_columns_missing(const att_study_columns *columns, size_t column)
{
    return column >= columns->of_table && !columns->told[column - columns->of_table];
}

void att_study_columns_list(const att_study_columns *columns, att_buffer *out, const char *between)
{
    bool any = false;

    for (size_t i = 0; i < att_study_columns_count(columns); i++) {
        if (att_study_columns_missing(columns, i))
            continue;
        att_buffer_format(out, "%s%s", any ? between : "", att_study_columns_name(columns, i));
        any = true;
    }
}
