/* Turns to be read by people and players: txt and vtt. */
#include "write/turn_writer.h"

#include <inttypes.h>

static att_status nothing(att_turn_writer *writer, att_error *error)
{
    (void)writer, (void)error;
    return ATT_OK;
}

/* ---- txt ---- */

static att_status txt_turn(att_turn_writer *writer, const att_turn *turn, att_error *error)
{
    att_span label = att_turn_label(turn);

    if (writer->inside) {
        att_buffer_char(&writer->out, ' ');
    } else {
        att_buffer_text(&writer->out, writer->any ? "\n\n" : "");
        att_turn_line(&writer->out, att_turn_text(writer, label, true));
        if (label.size)
            att_buffer_text(&writer->out, turn->text.size ? ": " : ":");
    }
    att_turn_line(&writer->out, att_turn_text(writer, turn->text, true));
    if (writer->text.failed)
        return att_fail_memory(error);
    return att_turn_flush(writer, error);
}

static att_status txt_end(att_turn_writer *writer, att_error *error)
{
    att_buffer_text(&writer->out, writer->any ? "\n" : "");
    return att_turn_flush(writer, error);
}

const att_turn_writer_format att_turns_txt = {
    "txt", "plain text, a paragraph `Name: text` a turn", false, nothing, txt_turn, txt_end};

/* ---- vtt ---- */

static att_status vtt_begin(att_turn_writer *writer, att_error *error)
{
    att_buffer_text(&writer->out, "WEBVTT\n");
    return att_turn_flush(writer, error);
}

static void put_stamp(att_buffer *out, int64_t ms)
{
    att_buffer_format(out, "%02" PRId64 ":%02d:%02d.%03d", ms / 3600000, (int)(ms / 60000 % 60), (int)(ms / 1000 % 60),
                      (int)(ms % 1000));
}

/* Appends text as WebVTT has it in a cue. */
static void put_escaped(att_buffer *out, att_span text)
{
    for (size_t i = 0; i < text.size; i++) {
        char c = text.text[i];
        if (c == '&')
            att_buffer_text(out, "&amp;");
        else if (c == '<')
            att_buffer_text(out, "&lt;");
        else if (c == '>')
            att_buffer_text(out, "&gt;");
        else
            att_turn_line(out, (att_span){&c, 1});
    }
}

/* Writes the cue that is held, now that the beginning of the next one is known (or will never be). */
static att_status give_cue(att_turn_writer *writer, int64_t next, att_error *error)
{
    if (!writer->held)
        return ATT_OK;
    if (writer->end_ms == ATT_NO_TIME && next != ATT_NO_TIME)
        writer->end_ms = next;
    if (writer->end_ms <= writer->start_ms)
        writer->end_ms = writer->start_ms + 1;
    att_buffer_char(&writer->out, '\n');
    put_stamp(&writer->out, writer->start_ms);
    att_buffer_text(&writer->out, " --> ");
    put_stamp(&writer->out, writer->end_ms);
    att_buffer_char(&writer->out, '\n');
    att_buffer_append(&writer->out, writer->cue.data, writer->cue.size);
    att_buffer_char(&writer->out, '\n');
    writer->cue.size = 0;
    writer->held = false;
    return att_turn_flush(writer, error);
}

static att_status vtt_turn(att_turn_writer *writer, const att_turn *turn, att_error *error)
{
    att_span label = att_turn_label(turn);
    att_status status = give_cue(writer, turn->start_ms, error);

    if (status || !turn->text.size)
        return status;
    if (label.size) {
        att_buffer_text(&writer->cue, "<v ");
        put_escaped(&writer->cue, att_turn_text(writer, label, true));
        att_buffer_char(&writer->cue, '>');
        writer->named = true;
    } else if (writer->named && !writer->inside) {
        /* Captioners' sign for somebody else: without it the cue would go on with who was named last. */
        att_buffer_text(&writer->cue, "&gt;&gt; ");
    }
    put_escaped(&writer->cue, att_turn_text(writer, turn->text, true));
    /* The end of the cue before, where the beginning is not known. */
    if (turn->start_ms != ATT_NO_TIME && turn->start_ms >= 0)
        writer->start_ms = turn->start_ms;
    else
        writer->start_ms = writer->end_ms != ATT_NO_TIME ? writer->end_ms : 0;
    writer->end_ms = turn->end_ms;
    writer->held = true;
    return writer->cue.failed || writer->text.failed ? att_fail_memory(error) : ATT_OK;
}

static att_status vtt_end(att_turn_writer *writer, att_error *error)
{
    return give_cue(writer, ATT_NO_TIME, error);
}

const att_turn_writer_format att_turns_vtt = {"vtt",  "WebVTT, a cue `<v Name>` a turn", false, vtt_begin, vtt_turn,
                                              vtt_end};
