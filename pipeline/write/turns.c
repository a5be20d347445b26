#include "write/turns.h"

#include "base/utf8.h"
#include "write/turn_writer.h"

#include <stdlib.h>

const att_turn_writer_format *const att_turn_writers[] = {&att_turns_jsonl, &att_turns_csv, &att_turns_txt,
                                                          &att_turns_vtt, NULL};

const att_turn_writer_format *att_turn_writer_find(const char *name)
{
    for (const att_turn_writer_format *const *format = att_turn_writers; *format; format++)
        if (strcmp((*format)->name, name) == 0)
            return *format;
    return NULL;
}

att_span att_turn_label(const att_turn *turn)
{
    size_t prefix = turn->label_prefix < turn->label.size ? turn->label_prefix : turn->label.size;

    return prefix ? (att_span){turn->label.text + prefix, turn->label.size - prefix} : turn->label;
}

att_span att_turn_text(att_turn_writer *writer, att_span text, bool nul)
{
    att_buffer *out = &writer->text;

    if (!text.size)
        return (att_span){"", 0};
    if (att_utf8_valid_prefix(text.text, text.size) == text.size && !(nul && memchr(text.text, '\0', text.size)))
        return text;
    out->size = 0;
    for (size_t at = 0; at < text.size;) {
        char bytes[4];
        uint32_t c = att_utf8_next(text.text, text.size, &at);
        att_buffer_append(out, bytes, att_utf8_put(bytes, nul && !c ? ATT_REPLACEMENT : c));
    }
    if (out->failed)
        return (att_span){NULL, 0};
    return (att_span){out->data, out->size};
}

void att_turn_line(att_buffer *out, att_span text)
{
    for (size_t i = 0; i < text.size; i++) {
        char c = text.text[i];
        att_buffer_char(out, (unsigned char)c < ' ' || c == 0x7F ? ' ' : c);
    }
}

att_status att_turn_flush(att_turn_writer *writer, att_error *error)
{
    if (writer->out.failed)
        return att_fail_memory(error);
    if (writer->out.size)
        fwrite(writer->out.data, 1, writer->out.size, writer->stream);
    writer->out.size = 0;
    return ATT_OK;
}

static void release(att_turn_writer *writer)
{
    att_buffer_clear(&writer->transcript);
    att_buffer_clear(&writer->out);
    att_buffer_clear(&writer->text);
    att_buffer_clear(&writer->cue);
    free(writer);
}

att_status att_turn_writer_new(att_turn_writer **out, const att_turn_writer_format *format, FILE *stream,
                               att_error *error)
{
    att_turn_writer *writer = calloc(1, sizeof *writer);

    if (!writer)
        return att_fail_memory(error);
    writer->format = format;
    writer->stream = stream;
    att_status status = format->begin(writer, error);
    if (status) {
        release(writer);
        return status;
    }
    *out = writer;
    return ATT_OK;
}

static att_status change_transcript(att_turn_writer *writer, att_span transcript, att_error *error)
{
    if (writer->any && !writer->format->many)
        return att_fail(error, ATT_USAGE, NULL, 0, 0,
                        "%s holds one transcript, but '%.*s' is a second one; write each to a file of its own",
                        writer->format->name, transcript.size < 80 ? (int)transcript.size : 80, transcript.text);
    writer->transcript.size = 0;
    writer->number = 0;
    writer->inside = false;
    att_buffer_text(&writer->transcript, "");
    att_buffer_span(&writer->transcript, transcript);
    return writer->transcript.failed ? att_fail_memory(error) : ATT_OK;
}

att_status att_turn_writer_turn(att_turn_writer *writer, att_span transcript, uint64_t number, const att_turn *turn,
                                att_error *error)
{
    att_status status = ATT_OK;
    att_span id = turn->transcript.size ? turn->transcript : transcript;

    if (!writer->any || !att_span_equal(id, (att_span){writer->transcript.data, writer->transcript.size}))
        status = change_transcript(writer, id, error);
    if (status)
        return status;
    if (number)
        writer->number = number;
    else
        writer->number += !writer->inside;
    status = writer->format->turn(writer, turn, error);
    writer->any = true;
    writer->inside = turn->continues;
    return status;
}

att_status att_turn_writer_end(att_turn_writer *writer, att_error *error)
{
    if (!writer)
        return ATT_OK;
    att_status status = writer->format->end(writer, error);
    release(writer);
    return status;
}
