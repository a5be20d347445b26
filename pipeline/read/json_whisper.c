/* Whisper (OpenAI's program and service), whisper.cpp and whatever gives words under their name; WhisperX and
 * faster-whisper write lists of segments (json_list.c).
 *
 * openai-whisper: {"text", "segments": [{"start", "end", "text", "words": [{"word", "start", "end"}]}], "language"};
 * the service's verbose_json says "language": "english" and may have "words" beside the text; its plain json is
 * {"text"}. whisper.cpp: {"result": {"language"}, "transcription": [{"offsets": {"from", "to"} in ms, "text"}]}. */
#include "read/json.h"

static bool holds_objects(const json_t *array, const char *key)
{
    return json_is_string(json_object_get(att_json_first(array), key));
}

static bool whisper_knows(const json_t *root)
{
    const json_t *words = json_object_get(root, "words");

    if (holds_objects(json_object_get(root, "transcription"), "text"))
        return true;
    if (json_array_size(json_object_get(root, "segments")) > 0)
        return false; /* json_list.c */
    return holds_objects(words, "word") || holds_objects(words, "text");
}

static void read_cpp(att_json *json, const json_t *root)
{
    static const char *const names[] = {"speaker", NULL};
    const json_t *part;
    size_t i;

    att_json_language(json, att_json_text(json_object_get(json_object_get(root, "result"), "language")));
    json_array_foreach(json_object_get(root, "transcription"), i, part)
    {
        const json_t *offsets = json_object_get(part, "offsets");
        att_json_word said = {.text = att_json_text(json_object_get(part, "text")),
                              .label = att_json_label(json, att_json_any(part, names)),
                              .start_ms = att_json_time(json_object_get(offsets, "from"), 1),
                              .end_ms = att_json_time(json_object_get(offsets, "to"), 1)};
        att_json_say(json, &said, false);
    }
}

/* The text as a whole, by its words where they have speakers. */
static void read_text(att_json *json, const json_t *root)
{
    static const char *const languages[] = {"language", "language_code", NULL};

    att_json_language(json, att_json_text(att_json_any(root, languages)));
    att_json_word whole = {
        .text = att_json_text(json_object_get(root, "text")), .start_ms = ATT_NO_TIME, .end_ms = ATT_NO_TIME};
    att_json_talk(json, &whole, json_object_get(root, "words"), &att_json_usual_words);
}

static void whisper_read(att_json *json, const json_t *root)
{
    if (json_object_get(root, "transcription"))
        read_cpp(json, root);
    else
        read_text(json, root);
}

bool att_json_text_read(att_json *json, const json_t *root)
{
    if (!json_is_string(json_object_get(root, "text")))
        return false;
    read_text(json, root);
    return true;
}

const att_json_dialect att_json_whisper = {whisper_knows, whisper_read};
