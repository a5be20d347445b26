/* Whisper (OpenAI's program and service), whisper.cpp and whatever gives words under their name; WhisperX and
 * faster-whisper write lists of segments (json_list.c).
 *
 * openai-whisper: {"text", "segments": [{"start", "end", "text", "words": [{"word", "start", "end"}]}], "language"};
 * the service's verbose_json says "language": "english" and may have "words" beside the text; its plain json is
 * {"text"}. whisper.cpp: {"result": {"language"}, "transcription": [{"offsets": {"from", "to"} in ms, "text"}]}. */
#include "read/json.h"

static bool holds_objects(const att_json_value *array, const char *key)
{
    return att_json_is(att_json_member(att_json_first(array), key), ATT_JSON_STRING);
}

static bool whisper_knows(const att_json_value *root)
{
    const att_json_value *words = att_json_member(root, "words");

    if (holds_objects(att_json_member(root, "transcription"), "text"))
        return true;
    if (att_json_size(att_json_member(root, "segments")) > 0)
        return false; /* json_list.c */
    return holds_objects(words, "word") || holds_objects(words, "text");
}

static void read_cpp(att_json *json, const att_json_value *root)
{
    static const char *const names[] = {"speaker", NULL};

    att_json_language(json, att_json_text(att_json_member(att_json_member(root, "result"), "language")));
    ATT_JSON_EACH(part, att_json_member(root, "transcription"))
    {
        const att_json_value *offsets = att_json_member(part, "offsets");
        att_json_word said = {.text = att_json_text(att_json_member(part, "text")),
                              .label = att_json_label(json, att_json_any(part, names)),
                              .start_ms = att_json_time(att_json_member(offsets, "from"), 1),
                              .end_ms = att_json_time(att_json_member(offsets, "to"), 1)};
        att_json_say(json, &said, false);
    }
}

/* The text as a whole, by its words where they have speakers. */
static void read_text(att_json *json, const att_json_value *root)
{
    static const char *const languages[] = {"language", "language_code", NULL};

    att_json_language(json, att_json_text(att_json_any(root, languages)));
    att_json_word whole = {
        .text = att_json_text(att_json_member(root, "text")), .start_ms = ATT_NO_TIME, .end_ms = ATT_NO_TIME};
    att_json_talk(json, &whole, att_json_member(root, "words"), &att_json_usual_words);
}

static void whisper_read(att_json *json, const att_json_value *root)
{
    if (att_json_member(root, "transcription"))
        read_cpp(json, root);
    else
        read_text(json, root);
}

bool att_json_text_read(att_json *json, const att_json_value *root)
{
    if (!att_json_is(att_json_member(root, "text"), ATT_JSON_STRING))
        return false;
    read_text(json, root);
    return true;
}

const att_json_dialect att_json_whisper = {whisper_knows, whisper_read};
