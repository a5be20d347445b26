/* Amazon Transcribe (batch output): {"results": {"items": [...], "speaker_labels", "channel_labels", "audio_segments",
 * "language_code"}}. Items are words and punctuation in order; punctuation has no time. Their speaker is in
 * the item in newer output, else in speaker_labels.segments[].items[], found by time. With several channels
 * channel_labels.channels[].items[] has the items of each. Call Analytics output is a list (json_list.c). */
#include "read/json.h"

#include <stdlib.h>

/* When somebody speaks, by speaker_labels. */
typedef struct {
    int64_t start_ms, end_ms;
    const json_t *label;
    size_t index;
} stretch;

typedef struct {
    stretch *items;
    size_t count, capacity;
} stretches;

static bool aws_knows(const json_t *root)
{
    const json_t *results = json_object_get(root, "results");

    return json_is_array(json_object_get(results, "items")) || json_is_array(json_object_get(results, "transcripts")) ||
           json_is_array(json_object_get(results, "audio_segments"));
}

static bool add_stretch(stretches *to, const json_t *from)
{
    stretch item = {att_json_time(json_object_get(from, "start_time"), 1000),
                    att_json_time(json_object_get(from, "end_time"), 1000), json_object_get(from, "speaker_label"),
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

static void gather(att_json *json, stretches *to, const json_t *segments)
{
    const json_t *segment, *item;
    size_t i, j;
    bool fits = true;

    json_array_foreach(segments, i, segment)
    {
        const json_t *items = json_object_get(segment, "items");
        json_array_foreach(items, j, item)
        {
            fits = fits && add_stretch(to, item);
        }
        if (!json_is_array(items)) /* old output with empty segments has an empty list there */
            fits = fits && add_stretch(to, segment);
    }
    if (!fits && !json->status)
        json->status = att_fail_memory(json->error);
    if (to->count)
        qsort(to->items, to->count, sizeof *to->items, by_start);
}

/* Who speaks then; NULL: nobody that is known. */
static const json_t *label_at(const stretches *in, int64_t ms)
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

static bool is_mark(const json_t *item)
{
    return att_span_equal(att_json_text(json_object_get(item, "type")), att_span_of("punctuation"));
}

static att_json_word read_item(att_json *json, const json_t *item, const stretches *in, att_span channel)
{
    const json_t *speaker = json_object_get(item, "speaker_label");
    const json_t *alternative = att_json_first(json_object_get(item, "alternatives"));
    att_json_word word = {.text = att_json_text(json_object_get(alternative, "content")),
                          .start_ms = att_json_time(json_object_get(item, "start_time"), 1000),
                          .end_ms = att_json_time(json_object_get(item, "end_time"), 1000)};

    word.label = att_json_label(json, speaker ? speaker : label_at(in, word.start_ms));
    word.label = att_json_path(json, channel, word.label);
    word.holds = is_mark(item) && opens(att_json_trim(word.text));
    word.attached = is_mark(item) && !word.holds;
    return word;
}

static void read_items(att_json *json, const json_t *items, const stretches *in, att_span channel)
{
    att_span label = channel;
    const json_t *item;
    size_t i;

    json_array_foreach(items, i, item)
    {
        att_json_word word = read_item(json, item, in, channel);
        /* Punctuation is said by nobody: it goes with the word before, or behind. */
        if (word.holds)
            label = read_item(json, json_array_get(items, i + 1), in, channel).label;
        else if (!word.attached)
            label = word.label;
        word.label = label;
        att_json_add(json, &word);
    }
    att_json_flush(json);
}

/* Output without items. */
static void read_segments(att_json *json, const json_t *results)
{
    static const char *const texts[] = {"transcript", NULL}, *const labels[] = {"speaker_label", "channel_label", NULL};
    static const char *const starts[] = {"start_time", NULL}, *const ends[] = {"end_time", NULL};
    static const att_json_keys keys = {texts, labels, starts, ends, 1000};
    const json_t *parts = json_object_get(results, "audio_segments"), *part;
    size_t i;

    if (!json_is_array(parts))
        parts = json_object_get(results, "transcripts");
    json_array_foreach(parts, i, part)
    {
        att_json_word said = att_json_read(json, part, &keys);
        att_json_say(json, &said, false);
    }
}

/* Of several languages the one spoken longest. */
static void read_language(att_json *json, const json_t *results)
{
    const json_t *code = json_object_get(results, "language_code"), *each;
    double most = -1;
    size_t i;

    json_array_foreach(json_object_get(results, "language_codes"), i, each)
    {
        double seconds = json_number_value(json_object_get(each, "duration_in_seconds"));
        if (!json_object_get(results, "language_code") && seconds > most) {
            most = seconds;
            code = json_object_get(each, "language_code");
        }
    }
    att_json_language(json, att_json_text(code));
}

static void aws_read(att_json *json, const json_t *root)
{
    const json_t *results = json_object_get(root, "results"), *channel;
    const json_t *channels = json_object_get(json_object_get(results, "channel_labels"), "channels");
    const json_t *items = json_object_get(results, "items");
    stretches in = {0};
    size_t i;

    read_language(json, results);
    gather(json, &in, json_object_get(json_object_get(results, "speaker_labels"), "segments"));
    if (json_array_size(channels) > 1) {
        json->by_start = true;
        json_array_foreach(channels, i, channel)
        {
            read_items(json, json_object_get(channel, "items"), &in,
                       att_json_label(json, json_object_get(channel, "channel_label")));
        }
    } else if (json_array_size(items) > 0) {
        read_items(json, items, &in, (att_span){"", 0});
    } else {
        read_segments(json, results);
    }
    free(in.items);
}

const att_json_dialect att_json_aws = {aws_knows, aws_read};
