#include <attune/error.h>

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "FILE:LINE:COLUMN: ", as far as it is known. Returns the length, cut to the room. */
static size_t put_place(char *out, size_t room, const char *file, uint64_t line, uint64_t column)
{
    int length = 0;

    out[0] = '\0';
    if (!file)
        return 0;
    if (line && column)
        length = snprintf(out, room, "%s:%llu:%llu: ", file, (unsigned long long)line, (unsigned long long)column);
    else if (line)
        length = snprintf(out, room, "%s:%llu: ", file, (unsigned long long)line);
    else
        length = snprintf(out, room, "%s: ", file);
    if (length < 0)
        return 0;
    return (size_t)length < room ? (size_t)length : room - 1;
}

/* Takes away the bytes of a code point that the end of the buffer has cut in two. */
static void end_at_code_point(char *text, size_t size)
{
    size_t start = size;

    while (start > 0 && size - start < 4 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == 0)
        return;
    unsigned char lead = (unsigned char)text[start - 1];
    size_t expected = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    if (size - (start - 1) < expected)
        text[start - 1] = '\0';
}

att_status att_fail(att_error *error, att_status status, const char *file, uint64_t line, uint64_t column,
                    const char *format, ...)
{
    if (!error)
        return status;
    size_t used = put_place(error->message, sizeof error->message, file, line, column);
    size_t room = sizeof error->message - used;
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(error->message + used, room, format, arguments);
    va_end(arguments);
    if (length >= 0 && (size_t)length >= room)
        end_at_code_point(error->message, sizeof error->message - 1);
    error->status = status;
    return status;
}

struct att_diagnostics {
    att_diagnostic *items;
    size_t count;
    size_t capacity;
    size_t counts[3]; /* by severity, those without room included */
};

att_diagnostics *att_diagnostics_new(void)
{
    return calloc(1, sizeof(att_diagnostics));
}

void att_diagnostics_free(att_diagnostics *list)
{
    if (!list)
        return;
    for (size_t i = 0; i < list->count; i++) {
        free((char *)list->items[i].file);
        free((char *)list->items[i].message);
    }
    free(list->items);
    free(list);
}

size_t att_diagnostics_count(const att_diagnostics *list)
{
    return list ? list->count : 0;
}

size_t att_diagnostics_count_of(const att_diagnostics *list, att_severity severity)
{
    return list ? list->counts[severity] : 0;
}

const att_diagnostic *att_diagnostics_get(const att_diagnostics *list, size_t index)
{
    return list && index < list->count ? &list->items[index] : NULL;
}

static bool reserve(att_diagnostics *list, size_t needed)
{
    if (needed <= list->capacity)
        return true;
    size_t capacity = list->capacity ? list->capacity * 2 : 16;
    if (capacity < needed)
        capacity = needed;
    att_diagnostic *items = realloc(list->items, capacity * sizeof *items);
    if (!items)
        return false;
    list->items = items;
    list->capacity = capacity;
    return true;
}

void att_diagnose(att_diagnostics *list, att_severity severity, const char *file, uint64_t line, uint64_t column,
                  const char *format, ...)
{
    char *message = NULL;

    if (!list)
        return;
    list->counts[severity]++;
    va_list arguments;
    va_start(arguments, format);
    int length = vasprintf(&message, format, arguments);
    va_end(arguments);
    if (length < 0)
        return;
    char *name = file ? strdup(file) : NULL;
    if ((file && !name) || !reserve(list, list->count + 1)) {
        free(message);
        free(name);
        return;
    }
    list->items[list->count++] = (att_diagnostic){severity, name, line, column, message};
}

void att_diagnostics_move(att_diagnostics *to, att_diagnostics *from)
{
    if (!to || !from)
        return;
    if (reserve(to, to->count + from->count)) {
        if (from->count)
            memcpy(to->items + to->count, from->items, from->count * sizeof *from->items);
        to->count += from->count;
    } else {
        for (size_t i = 0; i < from->count; i++) {
            free((char *)from->items[i].file);
            free((char *)from->items[i].message);
        }
    }
    for (size_t i = 0; i < 3; i++) {
        to->counts[i] += from->counts[i];
        from->counts[i] = 0;
    }
    from->count = 0;
}
