/* Google Cloud Speech-to-Text, v1 and v2: {"results": [{"alternatives": [{"transcript", "words": [...]}], "channelTag",
 * "languageCode"}]}, in a long-running operation's {"response": {...}} too, and in the files of a v2 batch, which hold
 * one such list for each recording. Words are {"word", "startTime"/"startOffset", "speakerTag"/"speakerLabel"}; client
 * libraries write the names with underscores.
 *
 * v1 with diarisation: the last result repeats every word from the beginning, and it alone carries the speakers
 * (SpeakerDiarizationConfig); v2 has them in each result. */
#include "read/json.h"

static const char *const word_texts[] = {"word", NULL};
static const char *const labels[] = {"speakerLabel", "speaker_label", "speakerTag", "speaker_tag", NULL};
static const char *const starts[] = {"startTime", "start_time", "startOffset", "start_offset", NULL};
static const char *const ends[] = {"endTime", "end_time", "endOffset", "end_offset", NULL};
static const char *const channel_names[] = {"channelTag", "channel_tag", NULL};

static const att_json_keys word_keys = {word_texts, labels, starts, ends, 1000};

/* The results; NULL: it is nothing of Google's. */
static json_t *results_of(const json_t *root)
{
    const json_t *response = json_object_get(root, "response");
    json_t *results = json_object_get(response ? response : root, "results");

    return json_is_array(results) || json_is_object(results) ? results : NULL;
}

/* The results of one recording of a v2 batch: {"inlineResult": {"transcript": {"results"}}}, or without the first. */
static const json_t *results_of_batch(const json_t *entry)
{
    static const char *const inlines[] = {"inlineResult", "inline_result", NULL};
    const json_t *inner = att_json_any(entry, inlines);

    return json_object_get(json_object_get(inner ? inner : entry, "transcript"), "results");
}

static bool google_knows(const json_t *root)
{
    json_t *results = results_of(root), *value;
    const char *key;

    if (json_is_array(results))
        return json_array_size(results) == 0 || json_is_array(json_object_get(att_json_first(results), "alternatives"));
    json_object_foreach(results, key, value)
    {
        (void)key;
        if (json_is_array(results_of_batch(value)))
            return true;
    }
    return false;
}

static const json_t *alternative_of(const json_t *result)
{
    return att_json_first(json_object_get(result, "alternatives"));
}

/* Who says it: NULL for the speaker 0, which stands for nobody. */
static const json_t *speaker_of(const json_t *word)
{
    for (const char *const *name = labels; *name; name++) {
        const json_t *value = json_object_get(word, *name);
        if ((json_is_string(value) && json_string_length(value) > 0) || json_integer_value(value) != 0)
            return value;
    }
    return NULL;
}

static bool has_speakers(const json_t *words)
{
    const json_t *word;
    size_t i;

    json_array_foreach(words, i, word)
    {
        if (speaker_of(word))
            return true;
    }
    return false;
}

static int64_t begin_of(const json_t *words)
{
    return att_json_time(att_json_any(att_json_first(words), starts), 1000);
}

/* Does the last result repeat the others? It does if it has all the speakers, or if it begins where they began; but
 * not with clearly fewer words than they have together, or than any of them. */
static bool last_repeats(const json_t *results)
{
    size_t count = json_array_size(results), words = 0, most = 0;
    const json_t *last = json_object_get(alternative_of(json_array_get(results, count - 1)), "words");
    int64_t begin = ATT_NO_TIME;
    bool speakers = false;

    if (count < 2 || !has_speakers(last))
        return false;
    for (size_t i = 0; i + 1 < count; i++) {
        const json_t *each = json_object_get(alternative_of(json_array_get(results, i)), "words");
        words += json_array_size(each);
        most = json_array_size(each) > most ? json_array_size(each) : most;
        speakers = speakers || has_speakers(each);
        if (begin == ATT_NO_TIME)
            begin = begin_of(each);
    }
    if (!speakers)
        return json_array_size(last) >= words / 2;
    return begin != ATT_NO_TIME && begin_of(last) != ATT_NO_TIME && begin_of(last) <= begin &&
           json_array_size(last) >= most;
}

/* Some models put the mark of a new word before it, U+2581. */
static att_span without_mark(att_span word)
{
    return word.size >= 3 && memcmp(word.text, "\xE2\x96\x81", 3) == 0 ? (att_span){word.text + 3, word.size - 3}
                                                                       : word;
}

static void read_words(att_json *json, const json_t *words, att_span channel)
{
    att_span label = channel;
    const json_t *each;
    size_t i;

    json_array_foreach(words, i, each)
    {
        att_json_word word = att_json_read(json, each, &word_keys);
        const json_t *speaker = speaker_of(each);
        word.text = without_mark(word.text);
        if (speaker)
            label = att_json_path(json, channel, att_json_label(json, speaker));
        word.label = label;
        att_json_add(json, &word);
    }
    att_json_flush(json);
}

static void read_result(att_json *json, const json_t *result, bool channels)
{
    static const char *const ends_of_result[] = {"resultEndTime", "result_end_time", "resultEndOffset",
                                                 "result_end_offset", NULL};
    const json_t *alternative = alternative_of(result), *words = json_object_get(alternative, "words");
    size_t count = json_array_size(words);
    att_json_word said = {
        .text = att_json_text(json_object_get(alternative, "transcript")),
        .label = att_json_label(json, channels ? att_json_any(result, channel_names) : NULL),
        .start_ms = begin_of(words),
        .end_ms = att_json_time(
            att_json_any(count ? json_array_get(words, count - 1) : result, count ? ends : ends_of_result), 1000)};

    if (has_speakers(words) || !said.text.size)
        read_words(json, words, said.label);
    else
        att_json_say(json, &said, false);
}

static void read_results(att_json *json, const json_t *results)
{
    static const char *const languages[] = {"languageCode", "language_code", NULL};
    const json_t *result, *first = att_json_any(att_json_first(results), channel_names);
    size_t i, from = last_repeats(results) ? json_array_size(results) - 1 : 0;
    bool channels = false;

    json_array_foreach(results, i, result)
    {
        att_json_language(json, att_json_text(att_json_any(result, languages)));
        channels = channels || (first && !json_equal(att_json_any(result, channel_names), first));
    }
    json->by_start = channels;
    for (i = channels ? 0 : from; i < json_array_size(results); i++)
        read_result(json, json_array_get(results, i), channels);
}

static void google_read(att_json *json, const json_t *root)
{
    json_t *results = results_of(root), *entry;
    const char *key;

    if (json_is_array(results)) {
        read_results(json, results);
        return;
    }
    json_object_foreach(results, key, entry)
    {
        (void)key;
        read_results(json, results_of_batch(entry));
        att_json_finish(json);
    }
}

const att_json_dialect att_json_google = {google_knows, google_read};
