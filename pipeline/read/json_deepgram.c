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

static bool deepgram_knows(const att_json_value *root)
{
    return att_json_is(att_json_member(att_json_member(root, "results"), "channels"), ATT_JSON_ARRAY);
}

static void read_words(att_json *json, const att_json_value *words, att_span channel)
{
    att_span label = channel;

    ATT_JSON_EACH(each, words)
    {
        att_json_word word = att_json_read(json, each, &word_keys);
        if (word.label.size)
            label = att_json_path(json, channel, word.label);
        word.label = label;
        att_json_add(json, &word);
    }
}

static void read_paragraphs(att_json *json, const att_json_value *paragraphs, att_span channel)
{
    ATT_JSON_EACH(paragraph, paragraphs)
    {
        att_span label = att_json_path(json, channel, att_json_label(json, att_json_member(paragraph, "speaker")));
        ATT_JSON_EACH(sentence, att_json_member(paragraph, "sentences"))
        {
            att_json_word said = att_json_read(json, sentence, &part_keys);
            said.label = label;
            att_json_say(json, &said, false);
        }
    }
}

/* channel: empty where there is only one. */
static void read_channel(att_json *json, const att_json_value *of, att_span channel)
{
    const att_json_value *alternative = att_json_first(att_json_member(of, "alternatives"));
    const att_json_value *words = att_json_member(alternative, "words");
    const att_json_value *paragraphs = att_json_member(att_json_member(alternative, "paragraphs"), "paragraphs");

    if (att_json_size(words) > 0) {
        read_words(json, words, channel);
    } else if (att_json_size(paragraphs) > 0) {
        read_paragraphs(json, paragraphs, channel);
    } else {
        att_json_word said = att_json_read(json, alternative, &part_keys);
        said.label = channel;
        att_json_say(json, &said, false);
    }
    att_json_flush(json);
}

static void read_utterances(att_json *json, const att_json_value *utterances, bool channels)
{
    ATT_JSON_EACH(each, utterances)
    {
        att_json_word part = att_json_read(json, each, &part_keys);
        const att_json_value *words = att_json_member(each, "words");
        if (channels) {
            part.label = att_json_path(json, att_json_label(json, att_json_member(each, "channel")), part.label);
            att_json_say(json, &part, false);
        } else {
            att_json_talk(json, &part, words, &word_keys);
        }
    }
}

static void deepgram_read(att_json *json, const att_json_value *root)
{
    const att_json_value *results = att_json_member(root, "results");
    const att_json_value *channels = att_json_member(results, "channels"),
                         *utterances = att_json_member(results, "utterances");
    bool several = att_json_size(channels) > 1;
    size_t number = 0;

    json->by_start = several;
    ATT_JSON_EACH(channel, channels)
    {
        att_json_language(json, att_json_text(att_json_member(channel, "detected_language")));
    }
    if (att_json_size(utterances) > 0) {
        read_utterances(json, utterances, several);
        return;
    }
    ATT_JSON_EACH(channel, channels)
    {
        read_channel(json, channel, several ? att_json_count_label(json, number++) : (att_span){"", 0});
    }
}

const att_json_dialect att_json_deepgram = {deepgram_knows, deepgram_read};
