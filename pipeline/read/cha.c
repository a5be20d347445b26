/* CHAT, the format of TalkBank, streamed tier by tier: a tier is a line that begins with *, % or @ and the lines behind
 * it that do not. Every main tier ("*CHI:") is a turn of its own. */
#include "read/cha_headers.h"
#include "read/cha_marks.h"
#include "read/cha_words.h"
#include "read/document.h"
#include "read/facts.h"
#include "read/pieces.h"
#include "read/window.h"

#include <stdlib.h>

#define CHUNK (256u * 1024) /* read at a time */

typedef struct {
    const char *file;
    att_window window;
    att_pieces pieces;
    att_facts facts;
    att_cha_words words;
    att_cha_words aside;
    att_buffer label; /* of the main tier, as long as it goes on */
    char tag[ATT_CHA_TAG];
    size_t tag_size;
    char code[ATT_CHA_TAG]; /* of which `tag` is the BCP 47 form */
    size_t code_size;
    char kind;     /* of the tier that is being read: * % @, NUL before the first one */
    bool goes_on;  /* a part of it has been taken, because it is too long for the window */
    size_t at;     /* where it begins, or its rest */
    size_t look;   /* everything before is known to be of it */
    uint64_t line; /* on which it begins, 1-based */
    uint64_t line_ends;
    bool known; /* a line of CHAT has been seen */
    bool done;
} cha_reader;

static bool opens_tier(char c)
{
    return c == '*' || c == '%' || c == '@';
}

/* Moves `look` to the end of the tier; false: that is not in the window. */
static bool tier_end(cha_reader *reader)
{
    att_window *window = &reader->window;
    bool cut;

    for (;;) {
        size_t end = att_window_line_end(window, reader->look, &cut);
        if (end == 0 || (end == window->end && !window->ended))
            return false;
        reader->line_ends += !cut;
        reader->look = end;
        if (end == window->end || opens_tier(window->data[end]))
            return true;
    }
}

/* The language of "[- spa]"; the last one is remembered. */
static att_span language_of(cha_reader *reader, att_span code)
{
    if (code.size == 0 || code.size >= sizeof reader->code)
        return (att_span){NULL, 0};
    if (!att_span_equal(code, (att_span){reader->code, reader->code_size})) {
        memcpy(reader->code, code.text, code.size);
        reader->code_size = code.size;
        reader->tag_size = att_cha_language(reader->tag, code);
    }
    return (att_span){reader->tag, reader->tag_size};
}

/* Adds what others said in between. */
static att_status add_asides(cha_reader *reader, att_span language, att_error *error)
{
    att_status status = ATT_OK;

    for (size_t i = 0; i < reader->words.aside_count && !status; i++) {
        const att_cha_aside *aside = &reader->words.asides[i];
        if (!att_cha_words_read(&reader->aside, aside->words))
            return att_fail_memory(error);
        uint64_t offset = att_window_offset(&reader->window, (size_t)(aside->words.text - reader->window.data));
        att_piece piece = {.label = aside->label,
                           .text = {reader->aside.text.data, reader->aside.text.size},
                           .language = language,
                           .offset = offset,
                           .line = reader->line,
                           .start_ms = ATT_NO_TIME,
                           .end_ms = ATT_NO_TIME,
                           .opens = true};
        status = att_pieces_add(&reader->pieces, &piece, error);
    }
    return status;
}

/* Takes the label of a main tier; returns the index behind it. */
static size_t take_label(cha_reader *reader, size_t end)
{
    const char *data = reader->window.data;
    size_t from = reader->at + 1, to = from;

    while (to < end && data[to] != ':' && !att_white_size(data, end, to))
        to++;
    reader->label.size = 0;
    att_buffer_span(&reader->label, (att_span){data + from, to - from});
    size_t colon = att_blank_skip(data, end, to);
    return colon < end && data[colon] == ':' ? colon + 1 : to;
}

/* The bytes from `at` up to `end` are a main tier, or a part of one. */
static att_status take_speech(cha_reader *reader, size_t end, att_error *error)
{
    size_t from = reader->goes_on ? reader->at : take_label(reader, end);
    size_t first;

    from = att_blank_skip(reader->window.data, end, from);
    if (reader->label.failed || !att_cha_words_read(&reader->words, (att_span){reader->window.data + from, end - from}))
        return att_fail_memory(error);
    first = reader->words.text.size ? reader->words.first : 0;
    reader->pieces.counts.notes += reader->words.notes;
    att_span language = language_of(reader, reader->words.language);
    att_piece piece = {.label = {reader->label.data, reader->label.size},
                       .text = {reader->words.text.data, reader->words.text.size},
                       .language = language,
                       .offset = att_window_offset(&reader->window, from + first),
                       .line = reader->line,
                       .start_ms = reader->words.start_ms,
                       .end_ms = reader->words.end_ms,
                       .opens = !reader->goes_on};
    att_status status = att_pieces_add(&reader->pieces, &piece, error);
    return status ? status : add_asides(reader, language, error);
}

static att_status take_tier(cha_reader *reader, size_t end, att_error *error)
{
    const char *data = reader->window.data;

    if (!reader->goes_on) {
        reader->kind = reader->at < end ? data[reader->at] : '\0';
        reader->known = reader->known || reader->kind == '*' || reader->kind == '@';
    }
    if (reader->kind == '*')
        return take_speech(reader, end, error);
    if (reader->kind == '@' && !reader->goes_on &&
        !att_cha_header_read(&reader->facts, (att_span){data + reader->at, end - reader->at}))
        return att_fail_memory(error);
    return ATT_OK;
}

/* The tier is longer than the window: takes what there is, up to the last white space. */
static att_status take_part(cha_reader *reader, att_error *error)
{
    const char *data = reader->window.data;
    size_t end = reader->window.end - 1;

    while (end > reader->at + CHUNK && !att_white_size(data, end, end - 1))
        end--;
    if (end == reader->at + CHUNK)
        end = reader->window.end - 4; /* whatever is cut there */
    att_status status = take_tier(reader, end, error);
    reader->goes_on = true;
    reader->at = end;
    if (reader->look < end)
        reader->look = end;
    return status;
}

/* Reads on, with as much of the tier as fits. */
static att_status read_on(cha_reader *reader, att_error *error)
{
    att_window *window = &reader->window;
    size_t by = att_window_move(window, reader->at);
    bool begins = att_window_offset(window, window->end) == 0;

    reader->at -= by;
    reader->look -= by;
    if (window->end == window->capacity)
        return take_part(reader, error);
    att_status status = att_window_fill(window, CHUNK, reader->file, error);
    if (!status && begins && window->end >= 3 && memcmp(window->data, "\xEF\xBB\xBF", 3) == 0)
        reader->at = reader->look = 3;
    return status;
}

static att_status end_all(cha_reader *reader, att_error *error)
{
    reader->done = true;
    if (!reader->known)
        return att_fail(error, ATT_BAD_INPUT, reader->file, 0, 0,
                        "holds no line of a CHAT transcript (`*CHI:` and a tab, or `@Begin`); is it in another format? "
                        "Leave --format out, or name the right one");
    return att_pieces_end(&reader->pieces, error);
}

/* One tier, or more bytes. */
static att_status step(cha_reader *reader, att_error *error)
{
    if (reader->window.ended && reader->at == reader->window.end)
        return end_all(reader, error);
    if (!tier_end(reader))
        return read_on(reader, error);
    att_status status = take_tier(reader, reader->look, error);
    reader->at = reader->look;
    reader->goes_on = false;
    reader->line = reader->line_ends + 1;
    return status;
}

static att_status cha_next(void *context, const att_turn_batch **batch, att_error *error)
{
    cha_reader *reader = context;
    att_status status = ATT_OK;

    do
        status = reader->done ? ATT_OK : step(reader, error);
    while (!status && !reader->done && !att_pieces_ready(&reader->pieces));
    if (!status)
        *batch = att_pieces_take(&reader->pieces);
    return status;
}

static void cha_close(void *context)
{
    cha_reader *reader = context;

    if (!reader)
        return;
    att_window_close(&reader->window);
    att_pieces_clear(&reader->pieces);
    att_facts_clear(&reader->facts);
    att_cha_words_clear(&reader->words);
    att_cha_words_clear(&reader->aside);
    att_buffer_clear(&reader->label);
    free(reader);
}

static att_status cha_open(void **out, const void *plan, att_source *source, uint64_t from, uint64_t to,
                           att_error *error)
{
    cha_reader *reader = calloc(1, sizeof *reader);

    (void)from;
    (void)to;
    if (!reader)
        return att_fail_memory(error);
    att_status status = att_window_open(&reader->window, source, 0, ATT_TURN_PIECE + CHUNK, 0, error);
    if (status) {
        free(reader);
        return status;
    }
    reader->file = att_document_file(plan);
    reader->line = 1;
    *out = reader;
    return ATT_OK;
}

static att_read_counts cha_counts(const void *context)
{
    const cha_reader *reader = context;
    att_read_counts counts = reader->pieces.counts;

    counts.bytes = att_window_offset(&reader->window, reader->at);
    counts.lines = reader->line_ends;
    return counts;
}

static const att_transcript_info *cha_info(const void *context)
{
    return &((const cha_reader *)context)->facts.info;
}

static bool begins_with(att_span text, size_t at, const char *with)
{
    size_t size = strlen(with);

    return text.size - at >= size && memcmp(text.text + at, with, size) == 0;
}

/* "*CHI:" and a tab at `at`. */
static bool is_main_tier(att_span probe, size_t at)
{
    size_t end = at + 1;

    if (at >= probe.size || probe.text[at] != '*')
        return false;
    while (end < probe.size && end - at <= 32 && probe.text[end] > ' ' && probe.text[end] != ':')
        end++;
    return end > at + 1 && begins_with(probe, end, ":\t");
}

static int cha_sniff(att_span probe, bool complete, const char *file_name)
{
    size_t at = begins_with(probe, 0, "\xEF\xBB\xBF") ? 3 : 0;

    (void)complete;
    (void)file_name;
    at = att_white_skip(probe.text, probe.size, at);
    if (begins_with(probe, at, "@UTF8") || begins_with(probe, at, "@Begin"))
        return 98;
    if (is_main_tier(probe, at))
        return 70;
    if (at >= probe.size || probe.text[at] != '@')
        return 0;
    for (const char *star = probe.text + at; (star = memchr(star, '*', probe.size - (size_t)(star - probe.text)));) {
        size_t index = (size_t)(star - probe.text);
        if (att_is_line_end(star[-1]) && is_main_tier(probe, index))
            return 80;
        star++;
    }
    return 0;
}

const att_format att_format_cha = {
    .name = "cha",
    .description = "CHAT of TalkBank",
    .extensions = "cha",
    .sniff = cha_sniff,
    .plan = att_document_plan,
    .forget = att_document_forget,
    .open = cha_open,
    .next = cha_next,
    .counts = cha_counts,
    .info = cha_info,
    .close = cha_close,
};
