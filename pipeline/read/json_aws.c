/* Amazon Transcribe (batch output): {"results": {"items": [...], "speaker_labels", "channel_labels", "audio_segments",
 * "language_code"}}. Items are words and punctuation in order; punctuation has no time. Their speaker is in
 * the item in newer output, else in speaker_labels.segments[].items[], found by time. With several channels
 * channel_labels.channels[].items[] has the items of each. Call Analytics output is a list (json_list.c). */
#include "read/json.h"

#include <stdlib.h>

/* When somebody speaks, by speaker_labels. */
typedef struct {
    int64_t start_ms, end_ms;
    const att_json_value *label;
    size_t index;
} stretch;

typedef struct {
    stretch *items;
    size_t count, capacity;
} stretches;

static bool aws_knows(const att_json_value *root)
{
    const att_json_value *results = att_json_member(root, "results");

    return att_json_is(att_json_member(results, "items"), ATT_JSON_ARRAY) ||
           att_json_is(att_json_member(results, "transcripts"), ATT_JSON_ARRAY) ||
           att_json_is(att_json_member(results, "audio_segments"), ATT_JSON_ARRAY);
}

static bool add_stretch(stretches *to, const att_json_value *from)
{
    stretch item = {att_json_time(att_json_member(from, "start_time"), 1000),
                    att_json_time(att_json_member(from, "end_time"), 1000), att_json_member(from, "speaker_label"),
                    to->count};

    if (item.start_ms == ATT_NO_TIME || !item.label)
        return true;
    if (!att_grow(&to->items, &to->capacity, to->count + 1, sizeof *to->items))
        return false;
    to->items[to->count++] = item;
    return true;
}

static int by_start(const void *a, const void *b)
{
    const stretch *one = a, *other = b;

    if (one->start_ms != other->start_ms)
        return one->start_ms < other->start_ms ? -1 : 1;
    return (one->index > other->index) - (one->index < other->index);
}

static void gather(att_json *json, stretches *to, const att_json_value *segments)
{
    bool fits = true;

    ATT_JSON_EACH(segment, segments)
    {
        const att_json_value *items = att_json_member(segment, "items");
        ATT_JSON_EACH(item, items)
        {
            fits = fits && add_stretch(to, item);
        }
        if (!att_json_is(items, ATT_JSON_ARRAY)) /* old output with empty segments has an empty list there */
            fits = fits && add_stretch(to, segment);
    }
    if (!fits && !json->status)
        json->status = att_fail_memory(json->error);
    if (to->count)
        qsort(to->items, to->count, sizeof *to->items, by_start);
}

/* Who speaks then; NULL: nobody that is known. */
static const att_json_value *label_at(const stretches *in, int64_t ms)
{
    size_t from = 0, to = in->count;

    while (from < to) { /* the last that begins no later */
        size_t middle = from + (to - from) / 2;
        if (in->items[middle].start_ms <= ms)
            from = middle + 1;
        else
            to = middle;
    }
    if (!from || ms == ATT_NO_TIME)
        return NULL;
    const stretch *found = &in->items[from - 1];
    return ms == found->start_ms || ms < found->end_ms ? found->label : NULL;
}

/* "¿" belongs to the word that follows. */
static bool opens(att_span mark)
{
    return att_span_equal(mark, att_span_of("¿")) || att_span_equal(mark, att_span_of("¡")) ||
           att_span_equal(mark, att_span_of("("));
}

static bool is_mark(const att_json_value *item)
{
    return att_span_equal(att_json_text(att_json_member(item, "type")), att_span_of("punctuation"));
}

static att_json_word read_item(att_json *json, const att_json_value *item, const stretches *in, att_span channel)
{
    const att_json_value *speaker = att_json_member(item, "speaker_label");
    const att_json_value *alternative = att_json_first(att_json_member(item, "alternatives"));
    att_json_word word = {.text = att_json_text(att_json_member(alternative, "content")),
                          .start_ms = att_json_time(att_json_member(item, "start_time"), 1000),
                          .end_ms = att_json_time(att_json_member(item, "end_time"), 1000)};

    word.label = att_json_label(json, speaker ? speaker : label_at(in, word.start_ms));
    word.label = att_json_path(json, channel, word.label);
    word.holds = is_mark(item) && opens(att_json_trim(word.text));
    word.attached = is_mark(item) && !word.holds;
    return word;
}

static void read_items(att_json *json, const att_json_value *items, const stretches *in, att_span channel)
{
    att_span label = channel;

    ATT_JSON_EACH(item, items)
    {
        att_json_word word = read_item(json, item, in, channel);
        /* Punctuation is said by nobody: it goes with the word before, or behind. */
        if (word.holds)
            label = read_item(json, att_json_next(items, item), in, channel).label;
        else if (!word.attached)
            label = word.label;
        word.label = label;
        att_json_add(json, &word);
    }
    att_json_flush(json);
}

/* Output without items. */
static void read_segments(att_json *json, const att_json_value *results)
{
    static const char *const texts[] = {"transcript", NULL}, *const labels[] = {"speaker_label", "channel_label", NULL};
    static const char *const starts[] = {"start_time", NULL}, *const ends[] = {"end_time", NULL};
    static const att_json_keys keys = {texts, labels, starts, ends, 1000};
    const att_json_value *parts = att_json_member(results, "audio_segments");

    if (!att_json_is(parts, ATT_JSON_ARRAY))
        parts = att_json_member(results, "transcripts");
    ATT_JSON_EACH(part, parts)
    {
        att_json_word said = att_json_read(json, part, &keys);
        att_json_say(json, &said, false);
    }
}

/* Of several languages the one spoken longest. */
static void read_language(att_json *json, const att_json_value *results)
{
    const att_json_value *code = att_json_member(results, "language_code");
    double most = -1;

    ATT_JSON_EACH(each, att_json_member(results, "language_codes"))
    {
        double seconds = att_json_number(att_json_member(each, "duration_in_seconds"));
        if (!att_json_member(results, "language_code") && seconds > most) {
            most = seconds;
            code = att_json_member(each, "language_code");
        }
    }
    att_json_language(json, att_json_text(code));
}

static void aws_read(att_json *json, const att_json_value *root)
{
    const att_json_value *results = att_json_member(root, "results");
    const att_json_value *channels = att_json_member(att_json_member(results, "channel_labels"), "channels");
    const att_json_value *items = att_json_member(results, "items");
    stretches in = {0};

    read_language(json, results);
    gather(json, &in, att_json_member(att_json_member(results, "speaker_labels"), "segments"));
    if (att_json_size(channels) > 1) {
        json->by_start = true;
        ATT_JSON_EACH(channel, channels)
        {
            read_items(json, att_json_member(channel, "items"), &in,
                       att_json_label(json, att_json_member(channel, "channel_label")));
        }
    } else if (att_json_size(items) > 0) {
        read_items(json, items, &in, (att_span){"", 0});
    } else {
        read_segments(json, results);
    }
    free(in.items);
}

const att_json_dialect att_json_aws = {aws_knows, aws_read};
