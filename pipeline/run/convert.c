#include <attune/convert.h>

#include "base/file.h"
#include "run/find_inputs.h"
#include "run/opened.h"
#include "run/speaker_table.h"
#include "write/turns.h"

#include <stdlib.h>
#include <string.h>

/* What a conversion has at hand. */
typedef struct {
    const att_study *study;
    const att_turn_writer_format *to;
    const char *output;
    FILE *stream;
    att_reading reading;
    att_speakers *speakers;
    att_inputs inputs;
    char *probe;
    att_diagnostics *diagnostics;
    size_t skipped;
} conversion;

const char *att_convert_format(size_t index)
{
    size_t count = 0;

    while (att_turn_writers[count])
        count++;
    return index < count ? att_turn_writers[index]->name : NULL;
}

static att_status fail_format(const char *to, att_error *error)
{
    att_buffer names = {0};

    for (size_t i = 0; att_turn_writers[i]; i++)
        att_buffer_format(&names, "%s%s", i ? ", " : "", att_turn_writers[i]->name);
    att_status status =
        att_fail(error, ATT_USAGE, NULL, 0, 0, "transcripts cannot be written as '%s'; choose one of %s", to,
                 names.size ? names.data : "none");
    att_buffer_clear(&names);
    return status;
}

static att_status write_turns(att_opened *opened, att_turn_writer *writer, att_error *error)
{
    const att_turn_batch *batch = NULL;
    att_status status;

    while (!(status = opened->format->next(opened->reader, &batch, error)) && batch->count)
        for (size_t i = 0; i < batch->count && !status; i++) {
            status = att_turn_writer_turn(writer, opened->transcript, 0, &batch->turns[i], error);
            if (status)
                return status;
        }
    return status;
}

/* One that cannot be opened is left out. */
static att_status settle(conversion *c, att_status status, att_error *error)
{
    if (status != ATT_BAD_INPUT)
        return status;
    att_diagnose(c->diagnostics, ATT_ERROR, NULL, 0, 0, "%s (skipped)", error->message);
    c->skipped++;
    return ATT_OK;
}

static att_status convert_one(conversion *c, const att_input *input, att_turn_writer *writer, bool *skipped,
                              att_error *error)
{
    att_opened opened;
    att_status status = att_opened_open(&opened, input, c->study, &c->reading, c->speakers, c->probe, error);

    *skipped = status == ATT_BAD_INPUT;
    if (status) {
        status = settle(c, status, error);
    } else {
        att_charset_warn(&opened.source.charset, input->path, c->diagnostics);
        status = att_file_source_outcome(&opened.source, write_turns(&opened, writer, error), error);
    }
    att_opened_close(&opened);
    return status;
}

static att_status convert_all(conversion *c, FILE *stream, att_error *error)
{
    att_turn_writer *writer = NULL;
    bool skipped;
    att_status status = att_turn_writer_new(&writer, c->to, stream, error);

    for (size_t i = 0; i < c->inputs.count && !status; i++)
        status = convert_one(c, &c->inputs.items[i], writer, &skipped, error);
    att_status ended = att_turn_writer_end(writer, status ? NULL : error);
    return status ? status : ended;
}

static att_status convert_into_file(conversion *c, att_error *error)
{
    att_output *output = NULL;
    att_status status = att_output_open(&output, c->output, error);

    if (!status)
        status = convert_all(c, att_output_stream(output), error);
    if (status) {
        att_output_abandon(output);
        return status;
    }
    return att_output_commit(output, error);
}

/* FOLDER/ID.EXTENSION; the folders in the id are made. */
static att_status open_below(conversion *c, const att_input *input, att_output **output, att_error *error)
{
    att_buffer path = {0};

    att_buffer_format(&path, "%s/%s.%s", c->output, input->id, c->to->name);
    if (path.failed) {
        att_buffer_clear(&path);
        return att_fail_memory(error);
    }
    char *slash = strrchr(path.data, '/');
    *slash = '\0';
    att_status status = att_folder_make(path.data, error);
    *slash = '/';
    if (!status)
        status = att_output_open(output, path.data, error);
    att_buffer_clear(&path);
    return status;
}

static att_status convert_below(conversion *c, const att_input *input, att_error *error)
{
    att_output *output = NULL;
    att_turn_writer *writer = NULL;
    bool skipped = false;
    att_status status = open_below(c, input, &output, error);

    if (!status)
        status = att_turn_writer_new(&writer, c->to, att_output_stream(output), error);
    if (!status)
        status = convert_one(c, input, writer, &skipped, error);
    att_status ended = att_turn_writer_end(writer, status ? NULL : error);
    status = status ? status : ended;
    if (status || skipped) {
        att_output_abandon(output);
        return status;
    }
    return att_output_commit(output, error);
}

static att_status convert_each(conversion *c, att_error *error)
{
    att_status status = ATT_OK;

    for (size_t i = 0; i < c->inputs.count && !status; i++)
        status = convert_below(c, &c->inputs.items[i], error);
    return status;
}

static att_status convert_inputs(conversion *c, att_error *error)
{
    if (c->output)
        return c->to->many ? convert_into_file(c, error) : convert_each(c, error);
    if (!c->to->many && c->inputs.count > 1)
        return att_fail(error, ATT_USAGE, NULL, 0, 0,
                        "%s holds one transcript, and there are %zu; name a folder for them with -o, or write jsonl",
                        c->to->name, c->inputs.count);
    return convert_all(c, c->stream, error);
}

att_status att_convert(const att_study *study, const char *to, const char *output, FILE *stream,
                       att_diagnostics *diagnostics, att_error *error)
{
    conversion c = {.study = study,
                    .to = att_turn_writer_find(to),
                    .output = output,
                    .stream = stream,
                    .probe = malloc(ATT_PROBE),
                    .diagnostics = diagnostics};
    att_status status = !c.to ? fail_format(to, error) : c.probe ? ATT_OK : att_fail_memory(error);

    if (!status)
        status = att_reading_of(&c.reading, study, error);
    if (!status)
        status = att_speaker_table_load(&c.speakers, study, error);
    if (!status)
        status =
            att_find_inputs(&c.inputs, study, &c.reading, c.to->many ? NULL : output, &c.skipped, diagnostics, error);
    if (!status)
        status = convert_inputs(&c, error);
    att_inputs_clear(&c.inputs);
    att_speakers_free(c.speakers);
    att_reading_clear(&c.reading);
    free(c.probe);
    return status ? status : c.skipped ? ATT_SKIPPED : ATT_OK;
}
