/* Speechmatics (json-v2): {"format", "metadata": {"transcription_config": {"language"}, "language_pack_info":
 * {"word_delimiter"}}, "results": [{"type": "word" | "punctuation" | "entity", "start_time", "end_time", "attaches_to",
 * "channel", "alternatives": [{"content", "speaker"}]}]}; times in seconds. With channels told apart each result names
 * its own. */
#include "read/json.h"

#include <stdlib.h>

typedef struct {
    att_json_word word;
    att_span channel;
    size_t index;
} result;

static bool is_type(const json_t *of, const char *type)
{
    return att_span_equal(att_json_text(json_object_get(of, "type")), att_span_of(type));
}

static bool speechmatics_knows(const json_t *root)
{
    const json_t *results = json_object_get(root, "results"), *first = att_json_first(results);

    return json_is_array(results) &&
           (json_object_get(json_object_get(root, "metadata"), "transcription_config") ||
            (json_is_array(json_object_get(first, "alternatives")) && json_is_string(json_object_get(first, "type"))));
}

static void read_language(att_json *json, const json_t *root)
{
    const json_t *metadata = json_object_get(root, "metadata");
    att_span language = att_json_text(json_object_get(json_object_get(metadata, "transcription_config"), "language"));
    const json_t *guess = json_object_get(metadata, "language_identification");

    if (att_span_equal(language, att_span_of("auto")))
        language = att_json_text(json_object_get(guess, "predicted_language"));
    if (!language.size) {
        const json_t *first = att_json_first(json_object_get(root, "results"));
        language = att_json_text(json_object_get(att_json_first(json_object_get(first, "alternatives")), "language"));
    }
    att_json_language(json, language);
}

static result read_result(att_json *json, const json_t *from)
{
    const json_t *alternative = att_json_first(json_object_get(from, "alternatives"));
    att_span attaches = att_json_text(json_object_get(from, "attaches_to"));
    bool both = att_span_equal(attaches, att_span_of("both"));
    result read = {.word = {.text = att_json_text(json_object_get(alternative, "content")),
                            .label = att_json_label(json, json_object_get(alternative, "speaker")),
                            .start_ms = att_json_time(json_object_get(from, "start_time"), 1000),
                            .end_ms = att_json_time(json_object_get(from, "end_time"), 1000)},
                   .channel = att_json_label(json, json_object_get(from, "channel"))};

    /* Before `attaches_to` there was, punctuation stood behind its word. */
    read.word.holds = both || att_span_equal(attaches, att_span_of("next"));
    read.word.attached =
        both || att_span_equal(attaches, att_span_of("previous")) || (!attaches.size && is_type(from, "punctuation"));
    read.word.label = att_json_path(json, read.channel, read.word.label);
    return read;
}

static int by_channel(const void *a, const void *b)
{
    const result *one = a, *other = b;
    int order = att_span_compare(one->channel, other->channel);

    return order ? order : (one->index > other->index) - (one->index < other->index);
}

/* Channel by channel, however they are mixed. */
static void say_results(att_json *json, result *items, size_t count, bool unspaced)
{
    att_span label = {"", 0};

    json->by_start = count > 0 && !att_span_equal(items[0].channel, items[count - 1].channel);
    for (size_t i = 1; i < count && !json->by_start; i++)
        json->by_start = !att_span_equal(items[i].channel, items[0].channel);
    if (json->by_start)
        qsort(items, count, sizeof *items, by_channel);
    for (size_t i = 0; i < count && !json->status; i++) {
        if (i && !att_span_equal(items[i].channel, items[i - 1].channel)) {
            att_json_flush(json);
            label = items[i].channel;
        }
        if (items[i].word.label.size)
            label = items[i].word.label;
        items[i].word.label = label;
        items[i].word.attached = items[i].word.attached || unspaced;
        att_json_add(json, &items[i].word);
    }
    att_json_flush(json);
}

static void speechmatics_read(att_json *json, const json_t *root)
{
    const json_t *results = json_object_get(root, "results"), *each;
    const json_t *delimiter =
        json_object_get(json_object_get(json_object_get(root, "metadata"), "language_pack_info"), "word_delimiter");
    size_t count = 0, i;
    result *items = calloc(json_array_size(results) + 1, sizeof *items);

    if (!items) {
        json->status = att_fail_memory(json->error);
        return;
    }
    read_language(json, root);
    json_array_foreach(results, i, each)
    {
        items[count] = read_result(json, each);
        items[count].index = count;
        count += items[count].word.text.size > 0;
    }
    say_results(json, items, count, json_is_string(delimiter) && json_string_length(delimiter) == 0);
    free(items);
}

const att_json_dialect att_json_speechmatics = {speechmatics_knows, speechmatics_read};
