#include "read/json_record.h"

#include "base/utf8.h"

#include <stdlib.h>

enum { PATH_ROOM = 256 };

void att_json_record_clear(att_json_record *record)
{
    json_decref(record->object);
    att_buffer_clear(&record->repaired);
    att_arena_clear(&record->numbers);
    *record = (att_json_record){.object = NULL};
}

/* ---- mending ---- */

/* A `\uD83D` at text[at]: which half of a pair; 0: neither. */
static int surrogate_half(att_span text, size_t at)
{
    if (text.size - at < 6 || memcmp(text.text + at, "\\u", 2) != 0 || (text.text[at + 2] | 0x20) != 'd')
        return 0;
    char c = (char)(text.text[at + 3] | 0x20);
    if ((c >= '8' && c <= '9') || (c >= 'a' && c <= 'b'))
        return 1;
    return c >= 'c' && c <= 'f' ? 2 : 0;
}

/* A backslash in a string, with what it escapes; returns the bytes of the line that were dealt with. */
static size_t mend_escape(att_buffer *out, att_span line, size_t at)
{
    int half = surrogate_half(line, at);
    size_t size = line.size - at < 2 ? line.size - at : 2;

    if (half == 1 && line.size - at >= 12 && surrogate_half(line, at + 6) == 2) {
        size = 12;
    } else if (half) {
        att_buffer_text(out, "\\uFFFD");
        return 6;
    }
    att_buffer_append(out, line.text + at, size);
    return size;
}

/* NaN, Infinity or -Infinity at text[at]: its bytes. */
static size_t no_number(att_span line, size_t at)
{
    static const char *const words[] = {"NaN", "Infinity", "-Infinity"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t size = strlen(words[i]);
        if (line.size - at >= size && memcmp(line.text + at, words[i], size) == 0)
            return size;
    }
    return 0;
}

static void mend(att_json_record *record, att_span line)
{
    att_buffer *out = &record->repaired;
    bool string = false;
    size_t size;

    out->size = 0;
    for (size_t at = 0; at < line.size && !out->failed;) {
        unsigned char c = (unsigned char)line.text[at];
        if (c >= 0x80) {
            char bytes[4];
            size_t from = at;
            uint32_t point = att_utf8_next(line.text, line.size, &at);
            bool real = at - from == 3 && memcmp(line.text + from, "\xEF\xBF\xBD", 3) == 0;
            record->ill_formed += point == ATT_REPLACEMENT && !real;
            att_buffer_append(out, bytes, att_utf8_put(bytes, point));
        } else if (string && c == '\\') {
            at += mend_escape(out, line, at);
        } else if (!string && (size = no_number(line, at)) > 0) {
            att_buffer_text(out, "null");
            at += size;
        } else {
            string = string != (c == '"');
            att_buffer_char(out, (char)c);
            at++;
        }
    }
}

/* ---- reading ---- */

static att_status fail_json(const json_error_t *mistake, const char *file, uint64_t number, att_error *error)
{
    if (json_error_code(mistake) == json_error_out_of_memory)
        return att_fail_memory(error);
    return att_fail(error, ATT_BAD_INPUT, file, number, mistake->column > 0 ? (uint64_t)mistake->column : 0,
                    "is not JSON (%s); a file of this format holds one object a line, so correct or remove this line",
                    mistake->text);
}

att_status att_json_record_read(att_json_record *record, att_span line, const char *file, uint64_t number,
                                att_error *error)
{
    json_error_t mistake;

    json_decref(record->object);
    att_arena_reset(&record->numbers);
    record->object = json_loadb(line.text, line.size, JSON_ALLOW_NUL, &mistake);
    if (!record->object && json_error_code(&mistake) != json_error_stack_overflow) {
        mend(record, line);
        if (record->repaired.failed)
            return att_fail_memory(error);
        att_span mended = {record->repaired.size ? record->repaired.data : "", record->repaired.size};
        record->object = json_loadb(mended.text, mended.size, JSON_ALLOW_NUL, &mistake);
    }
    if (!record->object)
        return fail_json(&mistake, file, number, error);
    if (!json_is_object(record->object))
        return att_fail(error, ATT_BAD_INPUT, file, number, 0,
                        "is no JSON object; a file of this format holds one object a line, such as {\"speaker\": "
                        "\"Ann\", \"text\": \"Hello.\"}");
    return ATT_OK;
}

/* ---- fields ---- */

/* The value at a path: the whole name first, then what stands before each of its dots. */
static const json_t *find(const json_t *object, const char *name, int depth)
{
    const json_t *value = json_object_get(object, name);
    char head[PATH_ROOM];

    for (const char *dot = strchr(name, '.'); dot && !value && depth; dot = strchr(dot + 1, '.')) {
        size_t size = (size_t)(dot - name);
        if (size >= sizeof head)
            break;
        memcpy(head, name, size);
        head[size] = '\0';
        const json_t *inner = json_object_get(object, head);
        if (json_is_object(inner))
            value = find(inner, dot + 1, depth - 1);
    }
    return value;
}

att_status att_json_record_field(att_json_record *record, const char *name, att_span *field, att_error *error)
{
    const json_t *value = name ? find(record->object, name, 8) : NULL;

    *field = (att_span){NULL, 0};
    if (json_is_string(value)) {
        *field = (att_span){json_string_value(value), json_string_length(value)};
    } else if (json_is_number(value) || json_is_boolean(value)) {
        char text[64];
        size_t size = json_dumpb(value, text, sizeof text, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
        if (size > sizeof text)
            return ATT_OK;
        field->text = att_arena_copy(&record->numbers, (att_span){text, size});
        field->size = size;
        if (!field->text)
            return att_fail_memory(error);
    }
    return ATT_OK;
}

static bool names_of(const json_t *object, char *path, size_t size, int depth,
                     bool (*receive)(void *context, const char *name), void *context)
{
    const char *key;
    json_t *value;

    json_object_foreach((json_t *)(uintptr_t)object, key, value)
    {
        size_t length = strlen(key);
        if (size + length + 2 > PATH_ROOM)
            continue;
        memcpy(path + size, key, length + 1);
        if (json_is_object(value) && depth > 1) {
            path[size + length] = '.';
            if (!names_of(value, path, size + length + 1, depth - 1, receive, context))
                return false;
        } else if (!json_is_object(value) && !json_is_array(value) && !receive(context, path)) {
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
    const char *key;
    json_t *value;

    json_object_foreach(record->object, key, value)
    {
        if (json_is_array(value) && json_is_object(json_array_get(value, 0)))
            return true;
    }
    return false;
}
