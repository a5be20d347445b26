/* AssemblyAI: {"status", "language_code", "text", "words": [{"text", "start", "end", "speaker"}], "utterances":
 * [{"speaker", "text", "start", "end", "words"}]}; times in milliseconds. The utterances repeat the words. With several
 * channels the speaker is the channel, or "1A". */
#include "read/json.h"

static const char *const texts[] = {"text", NULL};
static const char *const labels[] = {"speaker", "channel", NULL};
static const char *const starts[] = {"start", NULL};
static const char *const ends[] = {"end", NULL};
static const att_json_keys keys = {texts, labels, starts, ends, 1};

/* Its times are whole numbers, other people's are not. */
static bool is_part(const json_t *part)
{
    return json_is_string(json_object_get(part, "text")) && json_is_integer(json_object_get(part, "start")) &&
           json_is_integer(json_object_get(part, "end")) && !json_object_get(part, "type");
}

static bool assemblyai_knows(const json_t *root)
{
    return json_is_string(json_object_get(root, "audio_url")) ||
           is_part(att_json_first(json_object_get(root, "utterances"))) ||
           is_part(att_json_first(json_object_get(root, "words")));
}

static void assemblyai_read(att_json *json, const json_t *root)
{
    att_span status = att_json_text(json_object_get(root, "status"));
    const json_t *utterances = json_object_get(root, "utterances"), *each;
    size_t i;

    if (status.size && !att_span_equal(status, att_span_of("completed"))) {
        att_json_fail(json, "is the answer of AssemblyAI to a transcription that failed or is not finished; fetch it "
                            "again when its `status` is \"completed\"");
        return;
    }
    att_json_language(json, att_json_text(json_object_get(root, "language_code")));
    json_array_foreach(utterances, i, each)
    {
        att_json_word part = att_json_read(json, each, &keys);
        att_json_talk(json, &part, json_object_get(each, "words"), &keys);
    }
    if (json_array_size(utterances) == 0) {
        att_json_word whole = {
            .text = att_json_text(json_object_get(root, "text")), .start_ms = ATT_NO_TIME, .end_ms = ATT_NO_TIME};
        att_json_talk(json, &whole, json_object_get(root, "words"), &keys);
    }
}

const att_json_dialect att_json_assemblyai = {assemblyai_knows, assemblyai_read};
