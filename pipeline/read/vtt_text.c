#include "read/vtt_text.h"

#include "base/entities.h"
#include "read/scan.h"

#include <stdlib.h>
#include <string.h>

#define REPLACEMENT "\xEF\xBF\xBD"

enum { ROOT, CLASS, ITALIC, BOLD, UNDERLINE, RUBY, RUBY_TEXT, VOICE, LANGUAGE, NO_TAG };

static const char *const tag_names[] = {"", "c", "i", "b", "u", "ruby", "rt", "v", "lang"};

/* What data states look at: & < \r and NUL; and those that are white space in HTML. */
enum { SPECIAL = 1, WHITE = 2 };
static const uint8_t character_kinds[256] = {
    ['\0'] = SPECIAL, ['&'] = SPECIAL, ['<'] = SPECIAL, ['\r'] = SPECIAL | WHITE,
    ['\t'] = WHITE,   ['\n'] = WHITE,  ['\f'] = WHITE,  [' '] = WHITE,
};

static bool is_kind(char c, uint8_t kind)
{
    return character_kinds[(unsigned char)c] & kind;
}

void att_vtt_stack_clear(att_vtt_stack *stack)
{
    free(stack->items);
    *stack = (att_vtt_stack){0};
}

static size_t special_find(const char *text, size_t size, size_t at)
{
    while (at < size && !is_kind(text[at], SPECIAL))
        at++;
    return at;
}

/* ---- The tree -------------------------------------------------------------------------------------------------- */

static const att_vtt_open *innermost(const att_vtt_stack *stack)
{
    return &stack->items[stack->count - 1];
}

static void open_tag(att_cue_text *cue, att_vtt_stack *stack, uint8_t kind)
{
    if (!att_grow(&stack->items, &stack->capacity, stack->count + 1, sizeof *stack->items)) {
        cue->failed = true;
        return;
    }
    att_vtt_open tag = {0};
    if (stack->count)
        tag = *innermost(stack);
    tag.kind = kind;
    stack->items[stack->count++] = tag;
}

static void close_tag(att_vtt_stack *stack, uint8_t kind)
{
    uint8_t current = innermost(stack)->kind;

    if (current == kind && kind != ROOT)
        stack->count--;
    else if (kind == RUBY && current == RUBY_TEXT)
        stack->count -= 2;
}

static bool same_name(const att_cue_text *cue, size_t a, size_t a_size, size_t b, size_t b_size)
{
    return a_size == b_size && (a_size == 0 || a == b || memcmp(cue->names.data + a, cue->names.data + b, a_size) == 0);
}

/* Text is about to be appended. spoken: it is not only white space. */
static void run_note(att_cue_text *cue, const att_vtt_stack *stack, bool spoken)
{
    const att_vtt_open *tag = innermost(stack);
    att_cue_run *run = cue->run_count ? &cue->runs[cue->run_count - 1] : NULL;

    if (!run || (tag->voice_size && !same_name(cue, run->voice, run->voice_size, tag->voice, tag->voice_size))) {
        bool room = att_grow(&cue->runs, &cue->run_capacity, cue->run_count + 1, sizeof *cue->runs);
        if (!room || !cue->runs) {
            cue->failed = true;
            return;
        }
        run = &cue->runs[cue->run_count++];
        *run = (att_cue_run){.from = cue->text.size, .voice = tag->voice, .voice_size = tag->voice_size};
    }
    if (!spoken)
        return;
    if (!run->spoken) {
        run->language = tag->language;
        run->language_size = tag->language_size;
    } else if (!same_name(cue, run->language, run->language_size, tag->language, tag->language_size)) {
        run->mixed = true;
    }
    run->spoken = true;
}

/* ---- Tags ------------------------------------------------------------------------------------------------------ */

/* Appends an annotation to the names: references resolved, white space collapsed, none at its ends. */
static void annotation_read(att_cue_text *cue, const char *text, size_t size, size_t *name, size_t *name_size)
{
    att_buffer *names = &cue->names;
    char decoded[ATT_ENTITY_MOST];
    size_t from = names->size, got;

    for (size_t at = 0; at < size; at += got) {
        const char *bytes = text + at;
        size_t count = 1;
        got = text[at] == '&' ? att_entity_read(decoded, &count, text + at, size - at, false) : 0;
        if (got) {
            bytes = decoded;
        } else {
            got = 1;
            if (text[at] == '\0') {
                bytes = REPLACEMENT;
                count = 3;
                cue->controls++;
            }
        }
        if (!is_kind(*bytes, WHITE))
            att_buffer_append(names, bytes, count);
        else if (names->size > from && names->data[names->size - 1] != ' ')
            att_buffer_char(names, ' ');
    }
    cue->failed |= names->failed;
    if (names->failed)
        return;
    while (names->size > from && names->data[names->size - 1] == ' ')
        names->size--;
    *name = from;
    *name_size = names->size - from;
}

static uint8_t kind_of(const char *name, size_t size)
{
    for (unsigned kind = CLASS; kind < NO_TAG; kind++)
        if (size && tag_names[kind][0] == *name && strlen(tag_names[kind]) == size &&
            memcmp(tag_names[kind], name, size) == 0)
            return (uint8_t)kind;
    return NO_TAG;
}

static size_t word_end(const char *text, size_t size, char stop)
{
    size_t at = 0;

    while (at < size && text[at] != stop && !is_kind(text[at], WHITE))
        at++;
    return at;
}

static void start_tag(att_cue_text *cue, att_vtt_stack *stack, const char *body, size_t size)
{
    size_t name = word_end(body, size, '.');
    uint8_t kind = kind_of(body, name);

    if (kind == NO_TAG || (kind == RUBY_TEXT && innermost(stack)->kind != RUBY))
        return;
    open_tag(cue, stack, kind);
    if (cue->failed || (kind != VOICE && kind != LANGUAGE))
        return;
    att_vtt_open *tag = &stack->items[stack->count - 1];
    /* Classes end where white space begins. */
    size_t annotation = name + word_end(body + name, size - name, '\n');
    if (kind == VOICE)
        annotation_read(cue, body + annotation, size - annotation, &tag->voice, &tag->voice_size);
    else
        annotation_read(cue, body + annotation, size - annotation, &tag->language, &tag->language_size);
}

/* The tag at the cursor, which is at `<`: it ends with the first `>`, or with the text. Time stamps, and tags that
 * are not known, leave no trace. */
static void tag_read(att_cue_text *cue, att_vtt_stack *stack, att_cue_raw *raw)
{
    const char *body = raw->text + raw->at + 1;
    size_t left = raw->size - raw->at - 1;
    const char *end = memchr(body, '>', left);
    size_t size = end ? (size_t)(end - body) : left;

    if (size && body[0] == '/')
        close_tag(stack, kind_of(body + 1, size - 1));
    else if (size)
        start_tag(cue, stack, body, size);
    att_cue_raw_pass(raw, raw->at + 1 + size + (end != NULL));
}

/* ---- The text -------------------------------------------------------------------------------------------------- */

static void put(att_cue_text *cue, const att_vtt_stack *stack, att_cue_raw *raw, size_t to, const char *bytes,
                size_t size)
{
    run_note(cue, stack, att_white_skip(bytes, size, 0) < size);
    att_cue_text_put(cue, raw, to, bytes, size);
}

static void special_read(att_cue_text *cue, att_vtt_stack *stack, att_cue_raw *raw)
{
    const char *text = raw->text + raw->at;
    size_t left = raw->size - raw->at, size = 1, got = 0;
    char decoded[ATT_ENTITY_MOST];

    switch (*text) {
    case '<':
        tag_read(cue, stack, raw);
        break;
    case '\r':
        put(cue, stack, raw, raw->at + att_cue_line_end(raw->text, raw->size, raw->at), "\n", 1);
        break;
    case '\0':
        cue->controls++;
        put(cue, stack, raw, raw->at + 1, REPLACEMENT, 3);
        break;
    default:
        got = att_entity_read(decoded, &size, text, left, false);
        put(cue, stack, raw, raw->at + (got ? got : 1), got ? decoded : "&", size);
    }
}

void att_vtt_text_read(att_cue_text *cue, att_vtt_stack *stack, att_cue_raw raw)
{
    att_cue_text_empty(cue);
    stack->count = 0;
    open_tag(cue, stack, ROOT);
    while (raw.at < raw.size && !cue->failed) {
        size_t to = special_find(raw.text, raw.size, raw.at);
        if (to > raw.at) {
            run_note(cue, stack, att_white_skip(raw.text, to, raw.at) < to);
            att_cue_text_take(cue, &raw, to);
        } else {
            special_read(cue, stack, &raw);
        }
    }
}
