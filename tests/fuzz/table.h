/* Tables of turns on arbitrary bytes: they must not crash, must hand out turns of bounded size, and what is written of
 * the turns must be read as the same: written again it is the same bytes. */
#ifndef FUZZ_TABLE_H
#define FUZZ_TABLE_H

#include "memory_source.h"
#include "read/format.h"
#include "write/turns.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Reads the bytes and writes the turns; false: they cannot be read. The caller frees. */
static bool table_convert(const att_format *format, att_span bytes, size_t step, const att_read_options *options,
                          const att_turn_writer_format *to, char **out, size_t *size)
{
    memory_state state = {bytes, 0, step};
    att_source source = {memory_read, &state};
    att_turn_writer *writer = NULL;
    const att_turn_batch *batch = NULL;
    void *plan = NULL, *reader = NULL;
    FILE *stream = open_memstream(out, size);
    size_t probe = bytes.size < ATT_PROBE ? bytes.size : ATT_PROBE;

    if (!stream || att_turn_writer_new(&writer, to, stream, NULL) ||
        format->plan(&plan, (att_span){bytes.text, probe}, probe == bytes.size, "f", options, NULL))
        abort();
    att_status status = format->open(&reader, plan, &source, 0, UINT64_MAX, NULL);
    while (!status && !(status = format->next(reader, &batch, NULL)) && batch->count)
        for (size_t i = 0; i < batch->count; i++) {
            const att_turn *turn = &batch->turns[i];
            if (turn->text.size > ATT_TURN_PIECE || turn->label_prefix > turn->label.size)
                abort();
            if (att_turn_writer_turn(writer, att_span_of("t"), 0, turn, NULL) && to->many)
                abort();
        }
    if (att_turn_writer_end(writer, NULL))
        abort();
    fclose(stream);
    if (reader) {
        (void)format->counts(reader);
        (void)format->info(reader);
        format->close(reader);
    }
    format->forget(plan);
    return status == ATT_OK;
}

static void table_check(const att_format *format, att_span bytes, size_t step, const att_read_options *options,
                        const char *to)
{
    static const att_read_options none;
    char *once = NULL, *twice = NULL;
    size_t size_once, size_twice;

    if (table_convert(format, bytes, step, options, att_turn_writer_find(to), &once, &size_once) && size_once &&
        att_format_find(to) && att_turn_writer_find(to)->many) {
        if (!table_convert(att_format_find(to), (att_span){once, size_once}, SIZE_MAX, &none, att_turn_writer_find(to),
                           &twice, &size_twice) ||
            size_once != size_twice || memcmp(once, twice, size_once) != 0)
            abort();
        free(twice);
    }
    free(once);
}

#endif
