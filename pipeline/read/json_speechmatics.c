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

static bool is_type(const att_json_value *of, const char *type)
{
    return att_span_equal(att_json_text(att_json_member(of, "type")), att_span_of(type));
}

static bool speechmatics_knows(const att_json_value *root)
{
    const att_json_value *results = att_json_member(root, "results"), *first = att_json_first(results);

    return att_json_is(results, ATT_JSON_ARRAY) &&
           (att_json_member(att_json_member(root, "metadata"), "transcription_config") ||
            (att_json_is(att_json_member(first, "alternatives"), ATT_JSON_ARRAY) &&
             att_json_is(att_json_member(first, "type"), ATT_JSON_STRING)));
}

static void read_language(att_json *json, const att_json_value *root)
{
    const att_json_value *metadata = att_json_member(root, "metadata");
    att_span language = att_json_text(att_json_member(att_json_member(metadata, "transcription_config"), "language"));
    const att_json_value *guess = att_json_member(metadata, "language_identification");

    if (att_span_equal(language, att_span_of("auto")))
        language = att_json_text(att_json_member(guess, "predicted_language"));
    if (!language.size) {
        const att_json_value *first = att_json_first(att_json_member(root, "results"));
        language = att_json_text(att_json_member(att_json_first(att_json_member(first, "alternatives")), "language"));
    }
    att_json_language(json, language);
}

static result read_result(att_json *json, const att_json_value *from)
{
    const att_json_value *alternative = att_json_first(att_json_member(from, "alternatives"));
    att_span attaches = att_json_text(att_json_member(from, "attaches_to"));
    bool both = att_span_equal(attaches, att_span_of("both"));
    result read = {.word = {.text = att_json_text(att_json_member(alternative, "content")),
                            .label = att_json_label(json, att_json_member(alternative, "speaker")),
                            .start_ms = att_json_time(att_json_member(from, "start_time"), 1000),
                            .end_ms = att_json_time(att_json_member(from, "end_time"), 1000)},
                   .channel = att_json_label(json, att_json_member(from, "channel"))};

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

static void speechmatics_read(att_json *json, const att_json_value *root)
{
    const att_json_value *results = att_json_member(root, "results");
    const att_json_value *delimiter =
        att_json_member(att_json_member(att_json_member(root, "metadata"), "language_pack_info"), "word_delimiter");
    size_t count = 0;
    result *items = calloc(att_json_size(results) + 1, sizeof *items);

    if (!items) {
        json->status = att_fail_memory(json->error);
        return;
    }
    read_language(json, root);
    ATT_JSON_EACH(each, results)
    {
        items[count] = read_result(json, each);
        items[count].index = count;
        count += items[count].word.text.size > 0;
    }
    say_results(json, items, count, att_json_is(delimiter, ATT_JSON_STRING) && delimiter->size == 0);
    free(items);
}

const att_json_dialect att_json_speechmatics = {speechmatics_knows, speechmatics_read};
