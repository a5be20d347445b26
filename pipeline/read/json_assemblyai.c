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
static bool is_part(const att_json_value *part)
{
    return att_json_is(att_json_member(part, "text"), ATT_JSON_STRING) &&
           att_json_is(att_json_member(part, "start"), ATT_JSON_INTEGER) &&
           att_json_is(att_json_member(part, "end"), ATT_JSON_INTEGER) && !att_json_member(part, "type");
}

static bool assemblyai_knows(const att_json_value *root)
{
    return att_json_is(att_json_member(root, "audio_url"), ATT_JSON_STRING) ||
           is_part(att_json_first(att_json_member(root, "utterances"))) ||
           is_part(att_json_first(att_json_member(root, "words")));
}

static void assemblyai_read(att_json *json, const att_json_value *root)
{
    att_span status = att_json_text(att_json_member(root, "status"));
    const att_json_value *utterances = att_json_member(root, "utterances");

    if (status.size && !att_span_equal(status, att_span_of("completed"))) {
        att_json_fail(json, "is the answer of AssemblyAI to a transcription that failed or is not finished; fetch it "
                            "again when its `status` is \"completed\"");
        return;
    }
    att_json_language(json, att_json_text(att_json_member(root, "language_code")));
    ATT_JSON_EACH(each, utterances)
    {
        att_json_word part = att_json_read(json, each, &keys);
        att_json_talk(json, &part, att_json_member(each, "words"), &keys);
    }
    if (att_json_size(utterances) == 0) {
        att_json_word whole = {
            .text = att_json_text(att_json_member(root, "text")), .start_ms = ATT_NO_TIME, .end_ms = ATT_NO_TIME};
        att_json_talk(json, &whole, att_json_member(root, "words"), &keys);
    }
}

const att_json_dialect att_json_assemblyai = {assemblyai_knows, assemblyai_read};
