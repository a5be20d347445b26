#include "turns.h"

#include "base/buffer.h"
#include "memory_source.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put_field(att_buffer *out, att_span text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (text.text[i] == '\n')
            att_buffer_text(out, "\\n");
        else if (text.text[i] == '\r')
            att_buffer_text(out, "\\r");
        else
            att_buffer_char(out, text.text[i]);
    }
}

static void put_time(att_buffer *out, int64_t ms)
{
    if (ms == ATT_NO_TIME)
        att_buffer_text(out, "|-");
    else
        att_buffer_format(out, "|%" PRId64, ms);
}

static void put_turn(att_buffer *out, const att_turn *turn)
{
    put_field(out, turn->label);
    att_buffer_char(out, '|');
    put_field(out, turn->language);
    put_time(out, turn->start_ms);
    put_time(out, turn->end_ms);
    att_buffer_format(out, "|%" PRIu64 "|", turn->offset);
    put_field(out, turn->text);
    att_buffer_text(out, turn->continues ? "+\n" : "\n");
}

static void put_info(att_buffer *out, const att_transcript_info *info)
{
    for (size_t i = 0; i < info->fact_count; i++) {
        att_buffer_char(out, '@');
        put_field(out, info->facts[i].label);
        att_buffer_char(out, '|');
        put_field(out, info->facts[i].column);
        att_buffer_char(out, '|');
        put_field(out, info->facts[i].value);
        att_buffer_char(out, '\n');
    }
    if (info->language.size) {
        att_buffer_text(out, "@language|");
        put_field(out, info->language);
        att_buffer_char(out, '\n');
    }
    if (info->title.size) {
        att_buffer_text(out, "@title|");
        put_field(out, info->title);
        att_buffer_char(out, '\n');
    }
}

char *test_turns(const att_format *format, att_span content, const char *file, const att_read_options *options,
                 size_t step)
{
    static const att_read_options none;
    memory_state state = {content, 0, step ? step : SIZE_MAX};
    att_source source = {memory_read, &state};
    size_t probe = content.size < ATT_PROBE ? content.size : ATT_PROBE;
    const att_turn_batch *batch = NULL;
    void *plan = NULL, *reader = NULL;
    att_error error = {0};
    att_buffer out = {0};

    att_buffer_text(&out, "");
    att_status status = format->plan(&plan, (att_span){content.text, probe}, probe == content.size, file,
                                     options ? options : &none, &error);
    if (!status)
        status = format->open(&reader, plan, &source, 0, UINT64_MAX, &error);
    while (!status && !(status = format->next(reader, &batch, &error)) && batch->count)
        for (size_t i = 0; i < batch->count; i++)
            put_turn(&out, &batch->turns[i]);
    if (!status && format->info)
        put_info(&out, format->info(reader));
    if (status)
        att_buffer_format(&out, "error: %s", error.message);
    if (reader)
        format->close(reader);
    if (plan)
        format->forget(plan);
    assert_false(out.failed);
    return out.data;
}

static char *read_whole(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    char *bytes = NULL;
    size_t room = 0;

    *size = 0;
    if (!file)
        return NULL;
    do {
        room = room ? room * 2 : 4096;
        bytes = realloc(bytes, room);
        assert_non_null(bytes);
        *size += fread(bytes + *size, 1, room - *size, file);
    } while (*size == room);
    fclose(file);
    return bytes;
}

char *test_turns_of_file(const att_format *format, const char *path, const att_read_options *options)
{
    size_t size;
    char *bytes = read_whole(path, &size);
    const char *name = strrchr(path, '/');

    if (!bytes)
        return NULL;
    char *turns = test_turns(format, (att_span){bytes, size}, name ? name + 1 : path, options, 0);
    free(bytes);
    return turns;
}

static void read_prefix(const att_format *format, att_span content, const char *file, size_t size)
{
    /* In memory of its own, so that AddressSanitizer sees a byte too many. */
    char *copy = malloc(size + !size);

    assert_non_null(copy);
    if (size)
        memcpy(copy, content.text, size);
    char *turns = test_turns(format, (att_span){copy, size}, file, NULL, 0);
    assert_true(strcmp(turns, "error: ") != 0);
    free(turns);
    free(copy);
}

void test_prefixes(const att_format *format, att_span content, const char *file, size_t most, size_t some)
{
    uint64_t seed = 20261125;

    for (size_t size = 0; size <= content.size && size <= most; size++)
        read_prefix(format, content, file, size);
    for (size_t i = 0; i < some && content.size > most; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        read_prefix(format, content, file, most + (size_t)(seed >> 33) % (content.size - most));
    }
}
