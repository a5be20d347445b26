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
    att_buffer_clear(&writer->joined);
    att_buffer_clear(&writer->label);
    att_buffer_clear(&writer->languages);
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

/* ---- pieces in different languages ---- */

static att_span span_of(const att_buffer *buffer)
{
    return (att_span){buffer->data, buffer->size};
}

/* Gives the format what has been joined. */
static att_status give_waiting(att_turn_writer *writer, bool continues, att_error *error)
{
    att_turn *turn = &writer->waiting;

    if (!writer->waits)
        return ATT_OK;
    writer->waits = false;
    if (writer->joined.failed || writer->label.failed || writer->languages.failed)
        return att_fail_memory(error);
    turn->text = span_of(&writer->joined);
    turn->label = span_of(&writer->label);
    turn->language = span_of(&writer->languages);
    turn->continues = continues;
    att_status status = writer->format->turn(writer, turn, error);
    writer->any = true;
    writer->inside = continues;
    return status;
}

static void add_language(att_turn_writer *writer, att_span language, bool first)
{
    att_buffer *all = &writer->languages;

    att_buffer_text(all, first ? "" : " ");
    writer->last_language = all->size;
    writer->last_size = language.size;
    /* "und" for the transcript's; it would be too much where no other follows. */
    att_buffer_span(all, language.size || first ? language : att_span_of("und"));
    if (!first)
        att_buffer_format(all, "@%llu", (unsigned long long)writer->code_points);
}

/* Begins a turn that may go on in another language. */
static void wait_with(att_turn_writer *writer, const att_turn *turn)
{
    writer->joined.size = writer->label.size = writer->languages.size = 0;
    writer->waiting = *turn;
    writer->waits = true;
    writer->code_points = att_utf8_count(turn->text.text, turn->text.size);
    att_buffer_text(&writer->joined, "");
    att_buffer_span(&writer->joined, turn->text);
    att_buffer_text(&writer->label, "");
    att_buffer_span(&writer->label, turn->label);
    add_language(writer, turn->language, true);
}

static bool may_join(const att_turn_writer *writer, const att_turn *turn)
{
    /* No turn before said its language: there is no buffer yet. */
    const char *languages = writer->languages.data ? writer->languages.data : "";
    att_span last = {languages + writer->last_language, writer->last_size};

    return writer->waits && !att_span_equal(last, turn->language) &&
           writer->joined.size + 1 + turn->text.size <= ATT_TURN_PIECE;
}

static void join(att_turn_writer *writer, const att_turn *turn)
{
    if (!writer->languages.size)
        att_buffer_text(&writer->languages, "und");
    att_buffer_char(&writer->joined, ' ');
    writer->code_points++;
    add_language(writer, turn->language, false);
    att_buffer_span(&writer->joined, turn->text);
    writer->code_points += att_utf8_count(turn->text.text, turn->text.size);
    writer->waiting.end_ms = turn->end_ms;
}

/* A piece waits for those behind it; a turn of one piece is written at once. */
static att_status take_piece(att_turn_writer *writer, const att_turn *turn, att_error *error)
{
    att_status status = ATT_OK;

    if (may_join(writer, turn)) {
        join(writer, turn);
    } else {
        status = give_waiting(writer, true, error);
        wait_with(writer, turn);
    }
    return status || turn->continues ? status : give_waiting(writer, false, error);
}

/* Is it a further piece of the turn that waits? Not where that was never ended, because its transcript was not. */
static bool goes_on(const att_turn_writer *writer, att_span transcript, const att_turn *turn)
{
    return writer->waits && att_span_equal(transcript, span_of(&writer->transcript)) &&
           att_span_equal(turn->label, span_of(&writer->label));
}

/* A tag, or nothing: what a source calls a language may be anything, and must not read as a list. */
static att_span plain_language(att_span language)
{
    for (size_t i = 0; i < language.size; i++)
        if (language.text[i] == '@' || language.text[i] == ' ')
            return (att_span){0};
    return language;
}

att_status att_turn_writer_turn(att_turn_writer *writer, att_span transcript, uint64_t number, const att_turn *turn,
                                att_error *error)
{
    att_turn plain = *turn;
    att_span id = turn->transcript.size ? turn->transcript : transcript;
    bool further = goes_on(writer, id, turn);
    att_status status = further ? ATT_OK : give_waiting(writer, false, error);

    if (!status && !further && (!writer->any || !att_span_equal(id, span_of(&writer->transcript))))
        status = change_transcript(writer, id, error);
    if (status)
        return status;
    if (number)
        writer->number = number;
    else
        writer->number += !writer->inside && !further;
    plain.language = plain_language(turn->language);
    if (further || turn->continues)
        return take_piece(writer, &plain, error);
    status = writer->format->turn(writer, &plain, error);
    writer->any = true;
    writer->inside = false;
    return status;
}

att_status att_turn_writer_end(att_turn_writer *writer, att_error *error)
{
    if (!writer)
        return ATT_OK;
    att_status status = give_waiting(writer, false, error);
    att_status ended = writer->format->end(writer, status ? NULL : error);
    release(writer);
    status = status ? status : ended;
    return status;
}
