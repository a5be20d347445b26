#include "read/json_record.h"

#include <string.h>

enum { PATH_ROOM = 256, FIND_DEEP = 8 };

void att_json_record_clear(att_json_record *record)
{
    att_json_tree_clear(&record->tree);
    att_arena_clear(&record->numbers);
    *record = (att_json_record){.object = NULL};
}

/* ---- reading ---- */

static att_status fail_json(const att_json_tree *tree, att_json_fault fault, const char *file, uint64_t number,
                            att_error *error)
{
    const char *what = tree->message;

    switch (fault) {
    case ATT_JSON_MEMORY:
        return att_fail_memory(error);
    case ATT_JSON_DEEP:
        what = "it is nested more than 2048 levels deep";
        break;
    case ATT_JSON_CUT:
        what = "it ends before it is complete";
        break;
    case ATT_JSON_FOLLOWED:
        what = "something follows the object";
        break;
    case ATT_JSON_HUGE:
        what = "a number is too large";
        break;
    case ATT_JSON_MANY:
        what = "it is too large";
        break;
    default:
        break;
    }
    return att_fail(error, ATT_BAD_INPUT, file, number, tree->column,
                    "is not JSON (%s); a file of this format holds one object a line, so correct or remove this line",
                    what);
}

att_status att_json_record_read(att_json_record *record, att_span line, const char *file, uint64_t number,
                                att_error *error)
{
    att_arena_reset(&record->numbers);
    record->tree.shallow = true;
    att_json_fault fault = att_json_tree_read(&record->tree, line, &record->object);
    if (fault)
        return fail_json(&record->tree, fault, file, number, error);
    if (!att_json_is(record->object, ATT_JSON_OBJECT))
        return att_fail(error, ATT_BAD_INPUT, file, number, 0,
                        "is no JSON object; a file of this format holds one object a line, such as {\"speaker\": "
                        "\"Ann\", \"text\": \"Hello.\"}");
    return ATT_OK;
}

/* ---- fields ---- */

/* The value at a path: the whole name first, then what stands before each of its dots. */
static const att_json_value *find(const att_json_value *object, att_span name, int depth)
{
    const att_json_value *value = att_json_get(object, name);

    for (size_t dot = 0; !value && depth && dot < name.size && dot < PATH_ROOM; dot++)
        if (name.text[dot] == '.') {
            const att_json_value *inner = att_json_get(object, (att_span){name.text, dot});
            value = find(inner, (att_span){name.text + dot + 1, name.size - dot - 1}, depth - 1);
        }
    return value;
}

/* A real number with up to 15 digits: 1.50 is 1.5, 1e3 is 1000.0, 1e+20 is 1e20. */
static void real_text(const att_json_value *value, char text[ATT_JSON_NUMBER_ROOM + 2])
{
    att_json_number_text(value, text);
    char *exponent = strchr(text, 'e');
    if (!exponent) {
        if (!strchr(text, '.'))
            memcpy(text + strlen(text), ".0", 3);
        return;
    }
    char *to = exponent + 1, *from = to + (*to == '+' || *to == '-');
    to += *to == '-';
    while (*from == '0')
        from++;
    memmove(to, from, strlen(from) + 1);
}

att_status att_json_record_field(att_json_record *record, att_span name, att_span *field, att_error *error)
{
    const att_json_value *value = find(record->object, name, FIND_DEEP);
    char text[ATT_JSON_NUMBER_ROOM + 2];

    *field = (att_span){NULL, 0};
    if (!value || value->kind == ATT_JSON_NULL || value->kind >= ATT_JSON_ARRAY)
        return ATT_OK;
    *field = (att_span){value->text, value->size};
    if (value->kind != ATT_JSON_REAL)
        return ATT_OK;
    real_text(value, text);
    *field = att_span_of(text);
    field->text = att_arena_copy(&record->numbers, *field);
    return field->text ? ATT_OK : att_fail_memory(error);
}

static bool names_of(const att_json_value *object, char *path, size_t size, int depth,
                     bool (*receive)(void *context, const char *name), void *context)
{
    ATT_JSON_EACH_MEMBER(value, object)
    {
        size_t length = value->name_size;
        if (size + length + 2 > PATH_ROOM || memchr(value->name, '\0', length))
            continue;
        memcpy(path + size, value->name, length);
        path[size + length] = '\0';
        if (value->kind == ATT_JSON_OBJECT && depth > 1) {
            path[size + length] = '.';
            if (!names_of(value, path, size + length + 1, depth - 1, receive, context))
                return false;
        } else if (value->kind < ATT_JSON_ARRAY && !receive(context, path)) {
            return false;
        }
    }
    return true;
}

bool att_json_record_names(const att_json_record *record, int depth, bool (*receive)(void *context, const char *name),
                           void *context)
{
    char path[PATH_ROOM];

    return names_of(record->object, path, 0, depth, receive, context);
}

bool att_json_record_is_document(const att_json_record *record)
{
    ATT_JSON_EACH_MEMBER(value, record->object)
    {
        if (value->kind == ATT_JSON_ARRAY && att_json_is(att_json_first(value), ATT_JSON_OBJECT))
            return true;
    }
    return false;
}
