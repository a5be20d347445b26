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
static const att_json_value *results_of(const att_json_value *root)
{
    const att_json_value *response = att_json_member(root, "response");
    const att_json_value *results = att_json_member(response ? response : root, "results");

    return att_json_is(results, ATT_JSON_ARRAY) || att_json_is(results, ATT_JSON_OBJECT) ? results : NULL;
}

/* The results of one recording of a v2 batch: {"inlineResult": {"transcript": {"results"}}}, or without the first. */
static const att_json_value *results_of_batch(const att_json_value *entry)
{
    static const char *const inlines[] = {"inlineResult", "inline_result", NULL};
    const att_json_value *inner = att_json_any(entry, inlines);

    return att_json_member(att_json_member(inner ? inner : entry, "transcript"), "results");
}

static bool google_knows(const att_json_value *root)
{
    const att_json_value *results = results_of(root);

    if (att_json_is(results, ATT_JSON_ARRAY))
        return att_json_size(results) == 0 ||
               att_json_is(att_json_member(att_json_first(results), "alternatives"), ATT_JSON_ARRAY);
    ATT_JSON_EACH_MEMBER(value, results)
    {
        if (att_json_is(results_of_batch(value), ATT_JSON_ARRAY))
            return true;
    }
    return false;
}

static const att_json_value *alternative_of(const att_json_value *result)
{
    return att_json_first(att_json_member(result, "alternatives"));
}

/* Who says it: NULL for the speaker 0, which stands for nobody. */
static const att_json_value *speaker_of(const att_json_value *word)
{
    for (const char *const *name = labels; *name; name++) {
        const att_json_value *value = att_json_member(word, *name);
        if ((att_json_is(value, ATT_JSON_STRING) && value->size > 0) ||
            (att_json_is(value, ATT_JSON_INTEGER) && att_json_number(value) != 0))
            return value;
    }
    return NULL;
}

static bool has_speakers(const att_json_value *words)
{
    ATT_JSON_EACH(word, words)
    {
        if (speaker_of(word))
            return true;
    }
    return false;
}

static int64_t begin_of(const att_json_value *words)
{
    return att_json_time(att_json_any(att_json_first(words), starts), 1000);
}

/* Does the last result repeat the others? It does if it has all the speakers, or if it begins where they began; but
 * not with clearly fewer words than they have together, or than any of them. */
static bool last_repeats(const att_json_value *results)
{
    const att_json_value *end = att_json_last(results);
    size_t words = 0, most = 0;
    const att_json_value *last = att_json_member(alternative_of(end), "words");
    int64_t begin = ATT_NO_TIME;
    bool speakers = false;

    if (att_json_size(results) < 2 || !has_speakers(last))
        return false;
    ATT_JSON_EACH(result, results)
    {
        if (result == end)
            break;
        const att_json_value *each = att_json_member(alternative_of(result), "words");
        words += att_json_size(each);
        most = att_json_size(each) > most ? att_json_size(each) : most;
        speakers = speakers || has_speakers(each);
        if (begin == ATT_NO_TIME)
            begin = begin_of(each);
    }
    if (!speakers)
        return att_json_size(last) >= words / 2;
    return begin != ATT_NO_TIME && begin_of(last) != ATT_NO_TIME && begin_of(last) <= begin &&
           att_json_size(last) >= most;
}

/* Some models put the mark of a new word before it, U+2581. */
static att_span without_mark(att_span word)
{
    return word.size >= 3 && memcmp(word.text, "\xE2\x96\x81", 3) == 0 ? (att_span){word.text + 3, word.size - 3}
                                                                       : word;
}

static void read_words(att_json *json, const att_json_value *words, att_span channel)
{
    att_span label = channel;

    ATT_JSON_EACH(each, words)
    {
        att_json_word word = att_json_read(json, each, &word_keys);
        const att_json_value *speaker = speaker_of(each);
        word.text = without_mark(word.text);
        if (speaker)
            label = att_json_path(json, channel, att_json_label(json, speaker));
        word.label = label;
        att_json_add(json, &word);
    }
    att_json_flush(json);
}

static void read_result(att_json *json, const att_json_value *result, bool channels)
{
    static const char *const ends_of_result[] = {"resultEndTime", "result_end_time", "resultEndOffset",
                                                 "result_end_offset", NULL};
    const att_json_value *alternative = alternative_of(result), *words = att_json_member(alternative, "words");
    size_t count = att_json_size(words);
    att_json_word said = {
        .text = att_json_text(att_json_member(alternative, "transcript")),
        .label = att_json_label(json, channels ? att_json_any(result, channel_names) : NULL),
        .start_ms = begin_of(words),
        .end_ms =
            att_json_time(att_json_any(count ? att_json_last(words) : result, count ? ends : ends_of_result), 1000)};

    if (has_speakers(words) || !said.text.size)
        read_words(json, words, said.label);
    else
        att_json_say(json, &said, false);
}

static void read_results(att_json *json, const att_json_value *results)
{
    static const char *const languages[] = {"languageCode", "language_code", NULL};
    const att_json_value *first = att_json_any(att_json_first(results), channel_names);
    const att_json_value *only = last_repeats(results) ? att_json_last(results) : NULL;
    bool channels = false;

    ATT_JSON_EACH(result, results)
    {
        att_json_language(json, att_json_text(att_json_any(result, languages)));
        channels = channels || (first && !att_json_equal(att_json_any(result, channel_names), first));
    }
    json->by_start = channels;
    ATT_JSON_EACH(result, results)
    {
        if (channels || !only || result == only)
            read_result(json, result, channels);
    }
}

static void google_read(att_json *json, const att_json_value *root)
{
    const att_json_value *results = results_of(root);

    if (att_json_is(results, ATT_JSON_ARRAY)) {
        read_results(json, results);
        return;
    }
    ATT_JSON_EACH_MEMBER(entry, results)
    {
        read_results(json, results_of_batch(entry));
        att_json_finish(json);
    }
}

const att_json_dialect att_json_google = {google_knows, google_read};
