/* Turns a record each: jsonl and csv. */
#include "base/csv.h"
#include "write/turn_writer.h"

#include <inttypes.h>
#include <jansson.h>

static att_status nothing(att_turn_writer *writer, att_error *error)
{
    (void)writer, (void)error;
    return ATT_OK;
}

/* ---- jsonl ---- */

static json_t *make_text(att_turn_writer *writer, att_span text, bool null)
{
    if (null && !text.size)
        return json_null();
    att_span clean = att_turn_text(writer, text, false);
    return clean.text ? json_stringn(clean.text, clean.size) : NULL;
}

static json_t *make_time(int64_t ms)
{
    return ms == ATT_NO_TIME ? json_null() : json_integer(ms);
}

static int append(const char *text, size_t size, void *context)
{
    att_buffer *out = context;

    att_buffer_append(out, text, size);
    return out->failed ? -1 : 0;
}

static att_status jsonl_turn(att_turn_writer *writer, const att_turn *turn, att_error *error)
{
    att_span transcript = {writer->transcript.data, writer->transcript.size};
    json_t *record = json_object();
    int bad = !record;

    /* A value that could not be made is NULL, which setting refuses. */
    bad |= json_object_set_new(record, "transcript", make_text(writer, transcript, false));
    bad |= json_object_set_new(record, "turn", json_integer((json_int_t)writer->number));
    bad |= json_object_set_new(record, "speaker", make_text(writer, att_turn_label(turn), true));
    bad |= json_object_set_new(record, "start_ms", make_time(turn->start_ms));
    bad |= json_object_set_new(record, "end_ms", make_time(turn->end_ms));
    bad |= json_object_set_new(record, "text", make_text(writer, turn->text, false));
    bad |= json_object_set_new(record, "offset", json_integer((json_int_t)turn->offset));
    bad |= json_object_set_new(record, "language", make_text(writer, turn->language, true));
    if (!bad)
        bad = json_dump_callback(record, append, &writer->out, JSON_COMPACT);
    json_decref(record);
    if (bad)
        return att_fail_memory(error);
    att_buffer_char(&writer->out, '\n');
    return att_turn_flush(writer, error);
}

const att_turn_writer_format att_turns_jsonl = {"jsonl", "a turn a line, as JSON", true, nothing, jsonl_turn, nothing};

/* ---- csv ---- */

static att_status csv_begin(att_turn_writer *writer, att_error *error)
{
    att_buffer_text(&writer->out, "transcript,turn,speaker,start_ms,end_ms,text,offset,language\n");
    return att_turn_flush(writer, error);
}

/* Where text begins with apostrophes and then what makes a formula, it gets one more, as the formula itself gets one:
 * so the reader, who takes one away, gets back what was there. */
static bool needs_mark(att_span text)
{
    size_t marks = 0;

    while (marks < text.size && text.text[marks] == '\'')
        marks++;
    return marks && marks < text.size && text.text[marks] && strchr("=+-@\t\r", text.text[marks]);
}

static void put_text(att_turn_writer *writer, att_span text)
{
    att_span clean = att_turn_text(writer, text, true);

    if (!clean.text) {
        writer->out.failed = true;
    } else if (needs_mark(clean)) {
        /* `clean` may be the scratch itself. */
        att_buffer marked = {0};
        att_buffer_char(&marked, '\'');
        att_buffer_span(&marked, clean);
        att_csv_field(&writer->out, (att_span){marked.data, marked.failed ? 0 : marked.size}, ',', 1);
        writer->out.failed = writer->out.failed || marked.failed;
        att_buffer_clear(&marked);
    } else {
        att_csv_field(&writer->out, clean, ',', 0);
    }
}

static void put_time(att_turn_writer *writer, int64_t ms)
{
    if (ms != ATT_NO_TIME)
        att_buffer_format(&writer->out, "%" PRId64, ms);
    att_buffer_char(&writer->out, ',');
}

static att_status csv_turn(att_turn_writer *writer, const att_turn *turn, att_error *error)
{
    put_text(writer, (att_span){writer->transcript.data, writer->transcript.size});
    att_buffer_format(&writer->out, ",%" PRIu64 ",", writer->number);
    put_text(writer, att_turn_label(turn));
    att_buffer_char(&writer->out, ',');
    put_time(writer, turn->start_ms);
    put_time(writer, turn->end_ms);
    put_text(writer, turn->text);
    att_buffer_format(&writer->out, ",%" PRIu64 ",", turn->offset);
    put_text(writer, turn->language);
    att_buffer_char(&writer->out, '\n');
    return att_turn_flush(writer, error);
}

const att_turn_writer_format att_turns_csv = {"csv",  "a turn a row, comma-separated", true, csv_begin, csv_turn,
                                              nothing};
