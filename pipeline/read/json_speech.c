#include "base/utf8.h"
#include "read/json.h"
#include "read/scan.h"

#include <stdlib.h>
#include <unicode/uchar.h>

/* Where channels are told apart, one falls silent for as long before another may come in. */
enum { PAUSE_MS = 1000 };

struct att_json_waiting {
    att_piece piece;
    int64_t key;
    size_t index;
};

static void fail_memory(att_json *json)
{
    if (!json->status)
        json->status = att_fail_memory(json->error);
}

void att_json_fail(att_json *json, const char *message)
{
    if (!json->status)
        json->status = att_fail(json->error, ATT_BAD_INPUT, json->file, 0, 0, "%s", message);
}

/* A piece without a time keeps its place behind the one before. */
static void wait_for_order(att_json *json, const att_piece *piece)
{
    if (!att_grow(&json->waiting, &json->waiting_capacity, json->waiting_count + 1, sizeof *json->waiting)) {
        fail_memory(json);
        return;
    }
    att_json_waiting *last = json->waiting_count ? &json->waiting[json->waiting_count - 1] : NULL;
    att_json_waiting *item = &json->waiting[json->waiting_count];
    *item = (att_json_waiting){*piece, piece->start_ms, json->waiting_count};
    if (item->key == ATT_NO_TIME && last)
        item->key = last->key;
    item->piece.text.text = att_arena_copy(&json->arena, piece->text);
    if (!item->piece.text.text) {
        fail_memory(json);
        return;
    }
    json->waiting_count++;
}

static void give(att_json *json, const att_piece *piece)
{
    if (json->status)
        return;
    if (json->by_start)
        wait_for_order(json, piece);
    else
        json->status = att_document_add(json->document, piece, json->error);
}

static int by_start(const void *a, const void *b)
{
    const att_json_waiting *one = a, *other = b;

    if (one->key != other->key)
        return one->key < other->key ? -1 : 1;
    return (one->index > other->index) - (one->index < other->index);
}

void att_json_finish(att_json *json)
{
    att_json_flush(json);
    if (json->waiting_count)
        qsort(json->waiting, json->waiting_count, sizeof *json->waiting, by_start);
    for (size_t i = 0; i < json->waiting_count && !json->status; i++)
        json->status = att_document_add(json->document, &json->waiting[i].piece, json->error);
    json->waiting_count = 0;
}

void att_json_clear(att_json *json)
{
    att_buffer_clear(&json->text);
    att_arena_clear(&json->arena);
    free(json->waiting);
    json->waiting = NULL;
}

void att_json_flush(att_json *json)
{
    if (!json->open)
        return;
    json->open = json->holds = false;
    give(json, &(att_piece){.label = json->label,
                            .text = {json->text.data, json->text.size},
                            .language = json->language,
                            .start_ms = json->start_ms,
                            .end_ms = json->end_ms});
    json->text.size = 0;
}

/* A character of a script that puts no spaces between words, or its punctuation. */
static bool is_unspaced(uint32_t c)
{
    if (c < 0xE00)
        return false;
    if ((c >= 0x3000 && c <= 0x303F) || (c >= 0xFF01 && c <= 0xFF60))
        return true;
    switch (u_getIntPropertyValue((UChar32)c, UCHAR_LINE_BREAK)) {
    case U_LB_COMPLEX_CONTEXT:
    case U_LB_CONDITIONAL_JAPANESE_STARTER:
    case U_LB_IDEOGRAPHIC:
    case U_LB_NONSTARTER:
        return true;
    default:
        return false;
    }
}

static bool needs_space(const att_buffer *text, att_span word)
{
    size_t last = text->size - 1, at = 0;

    while (last > 0 && ((unsigned char)text->data[last] & 0xC0) == 0x80)
        last--;
    return !is_unspaced(att_utf8_next(text->data, text->size, &last)) ||
           !is_unspaced(att_utf8_next(word.text, word.size, &at));
}

void att_json_add(att_json *json, const att_json_word *word)
{
    att_span text = att_json_trim(word->text);
    bool pause = json->by_start && json->end_ms != ATT_NO_TIME && word->start_ms != ATT_NO_TIME &&
                 word->start_ms - json->end_ms > PAUSE_MS;

    if (!text.size || json->status)
        return;
    if (json->open && (pause || !att_span_equal(json->label, word->label)))
        att_json_flush(json);
    if (!json->open) {
        json->open = true;
        json->label = word->label;
        json->start_ms = json->end_ms = ATT_NO_TIME;
    }
    if (json->text.size && !word->attached && !json->holds && needs_space(&json->text, text))
        att_buffer_char(&json->text, ' ');
    att_buffer_span(&json->text, text);
    if (json->text.failed)
        fail_memory(json);
    json->holds = word->holds;
    if (json->start_ms == ATT_NO_TIME)
        json->start_ms = word->start_ms;
    if (word->end_ms != ATT_NO_TIME && word->end_ms > json->end_ms)
        json->end_ms = word->end_ms;
}

void att_json_say(att_json *json, const att_json_word *part, bool opens)
{
    att_json_flush(json);
    give(json, &(att_piece){.label = part->label,
                            .text = att_json_trim(part->text),
                            .language = json->language,
                            .start_ms = part->start_ms,
                            .end_ms = part->end_ms,
                            .opens = opens});
}

/* The words' speakers: the first, and whether there are others. Words without one say nothing. */
static const att_json_value *find_speakers(const att_json_value *words, const att_json_keys *keys, bool *differ)
{
    const att_json_value *first = NULL;

    *differ = false;
    ATT_JSON_EACH(word, words)
    {
        const att_json_value *speaker = att_json_any(word, keys->label);
        if (speaker && !first)
            first = speaker;
        *differ = *differ || (speaker && !att_json_equal(speaker, first));
    }
    return first;
}

/* The position behind the word if it is what follows in the text, else SIZE_MAX. */
static size_t match_word(att_span text, size_t at, att_span word)
{
    at = att_white_skip(text.text, text.size, at);
    return at <= text.size && text.size - at >= word.size && memcmp(text.text + at, word.text, word.size) == 0
               ? at + word.size
               : SIZE_MAX;
}

/* Are the words those of the text, one after the other? */
static bool spell_text(att_span text, const att_json_value *words, const att_json_keys *keys)
{
    size_t at = 0;

    ATT_JSON_EACH(word, words)
    {
        att_span spelt = att_json_trim(att_json_text(att_json_any(word, keys->text)));
        if (spelt.size && (at = match_word(text, at, spelt)) == SIZE_MAX)
            return false;
    }
    return att_white_skip(text.text, text.size, at) == text.size;
}

/* Do the words bring their spaces with them (" so", " far")? */
static bool bring_spaces(const att_json_value *words, const att_json_keys *keys)
{
    ATT_JSON_EACH(word, words)
    {
        att_span text = att_json_text(att_json_any(word, keys->text));
        if (att_white_skip(text.text, text.size, 0))
            return true;
    }
    return false;
}

static void add_words(att_json *json, const att_json_word *part, const att_json_value *words, const att_json_keys *keys,
                      att_span label)
{
    bool spelt = spell_text(part->text, words, keys), spaced = !spelt && bring_spaces(words, keys);
    size_t at = 0;

    ATT_JSON_EACH(each, words)
    {
        att_json_word word = att_json_read(json, each, keys);
        att_span text = att_json_trim(word.text);
        if (!text.size)
            continue;
        if (word.label.size)
            label = word.label;
        word.label = label; /* a word without a speaker (a number without a time) is the last one's */
        if (spelt) {
            size_t end = match_word(part->text, at, text);
            word.attached = at > 0 && end - text.size == at;
            at = end;
        } else {
            word.attached = spaced && att_white_skip(word.text.text, word.text.size, 0) == 0;
        }
        att_json_add(json, &word);
    }
}

void att_json_talk(att_json *json, const att_json_word *part, const att_json_value *words, const att_json_keys *keys)
{
    bool differ;
    const att_json_value *first = find_speakers(words, keys, &differ);
    att_json_word whole = *part;

    if (first)
        whole.label = att_json_label(json, first);
    if (whole.start_ms == ATT_NO_TIME)
        whole.start_ms = att_json_read(json, att_json_first(words), keys).start_ms;
    if (whole.end_ms == ATT_NO_TIME && att_json_size(words) > 0)
        whole.end_ms = att_json_read(json, att_json_last(words), keys).end_ms;
    att_json_flush(json);
    if (differ || !att_json_trim(whole.text).size)
        add_words(json, &whole, words, keys, whole.label);
    else
        att_json_say(json, &whole, false);
    att_json_flush(json);
}
