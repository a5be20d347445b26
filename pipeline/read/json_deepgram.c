/* Deepgram (pre-recorded): {"results": {"channels": [{"alternatives": [{"transcript", "words": [{"word",
 * "punctuated_word", "start", "end", "speaker"}], "paragraphs": {"paragraphs": [{"sentences": [{"text", "start",
 * "end"}], "speaker"}]}}], "detected_language"}], "utterances": [{"start", "end", "channel", "transcript", "words",
 * "speaker"}]}}; times in seconds. Utterances and paragraphs repeat the words. Speakers are numbers from 0, in each
 * channel anew. */
#include "read/json.h"

static const char *const texts[] = {"transcript", "text", NULL};
static const char *const word_texts[] = {"punctuated_word", "word", NULL};
static const char *const labels[] = {"speaker", NULL};
static const char *const starts[] = {"start", NULL};
static const char *const ends[] = {"end", NULL};
static const att_json_keys part_keys = {texts, labels, starts, ends, 1000};
static const att_json_keys word_keys = {word_texts, labels, starts, ends, 1000};

static bool deepgram_knows(const json_t *root)
{
    return json_is_array(json_object_get(json_object_get(root, "results"), "channels"));
}

static void read_words(att_json *json, const json_t *words, att_span channel)
{
    att_span label = channel;
    const json_t *each;
    size_t i;

    json_array_foreach(words, i, each)
    {
        att_json_word word = att_json_read(json, each, &word_keys);
        if (word.label.size)
            label = att_json_path(json, channel, word.label);
        word.label = label;
        att_json_add(json, &word);
    }
}

static void read_paragraphs(att_json *json, const json_t *paragraphs, att_span channel)
{
    const json_t *paragraph, *sentence;
    size_t i, j;

    json_array_foreach(paragraphs, i, paragraph)
    {
        att_span label = att_json_path(json, channel, att_json_label(json, json_object_get(paragraph, "speaker")));
        json_array_foreach(json_object_get(paragraph, "sentences"), j, sentence)
        {
            att_json_word said = att_json_read(json, sentence, &part_keys);
            said.label = label;
            att_json_say(json, &said, false);
        }
    }
}

/* channel: empty where there is only one. */
static void read_channel(att_json *json, const json_t *of, att_span channel)
{
    const json_t *alternative = att_json_first(json_object_get(of, "alternatives"));
    const json_t *words = json_object_get(alternative, "words");
    const json_t *paragraphs = json_object_get(json_object_get(alternative, "paragraphs"), "paragraphs");

    if (json_array_size(words) > 0) {
        read_words(json, words, channel);
    } else if (json_array_size(paragraphs) > 0) {
        read_paragraphs(json, paragraphs, channel);
    } else {
        att_json_word said = att_json_read(json, alternative, &part_keys);
        said.label = channel;
        att_json_say(json, &said, false);
    }
    att_json_flush(json);
}

static void read_utterances(att_json *json, const json_t *utterances, bool channels)
{
    const json_t *each;
    size_t i;

    json_array_foreach(utterances, i, each)
    {
        att_json_word part = att_json_read(json, each, &part_keys);
        const json_t *words = json_object_get(each, "words");
        if (channels) {
            part.label = att_json_path(json, att_json_label(json, json_object_get(each, "channel")), part.label);
            att_json_say(json, &part, false);
        } else {
            att_json_talk(json, &part, words, &word_keys);
        }
    }
}

static void deepgram_read(att_json *json, const json_t *root)
{
    const json_t *results = json_object_get(root, "results"), *channel;
    const json_t *channels = json_object_get(results, "channels"), *utterances = json_object_get(results, "utterances");
    bool several = json_array_size(channels) > 1;
    size_t i;

    json->by_start = several;
    json_array_foreach(channels, i, channel)
    {
        att_json_language(json, att_json_text(json_object_get(channel, "detected_language")));
    }
    if (json_array_size(utterances) > 0) {
        read_utterances(json, utterances, several);
        return;
    }
    json_array_foreach(channels, i, channel)
    {
        json_t *number = several ? json_integer((json_int_t)i) : NULL;
        read_channel(json, channel, att_json_label(json, number));
        json_decref(number);
    }
}

const att_json_dialect att_json_deepgram = {deepgram_knows, deepgram_read};
