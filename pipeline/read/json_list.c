/* Lists of objects that each hold a part of the transcript: `[{"speaker": …, "text": …}]`, `{"segments": […]}`. Also
 * what Whisper, WhisperX and faster-whisper write, whose segments may hold words with speakers of their own. */
#include "read/json.h"

#include <string.h>

static const char *const texts[] = {"text",     "transcript", "content", "Content", "utterance",
                                    "sentence", "body",       "message", NULL};
static const char *const word_texts[] = {"punctuated_word", "word", "text", "value", NULL};
static const char *const labels[] = {
    "speaker",   "speaker_label", "speakerLabel", "speaker_name", "speakerName", "speaker_id",
    "speakerId", "speakerID",     "speaker_tag",  "speakerTag",   "participant", "ParticipantRole",
    "role",      "name",          "author",       "user",         "who",         NULL};
static const char *const starts[] = {"start",   "start_time",        "startTime",  "start_ms",
                                     "startMs", "BeginOffsetMillis", "begin_time", "begin",
                                     "from",    "timestamp",         "time",       NULL};
static const char *const ends[] = {"end",    "end_time", "endTime",   "end_ms", "endMs", "EndOffsetMillis",
                                   "end_ts", "to",       "timestamp", NULL};

const att_json_keys att_json_usual_words = {word_texts, labels, starts, ends, 1000};

static const char *const languages[] = {"language", "language_code", "lang", "locale", "LanguageCode", NULL};

/* Which list it is, and how its objects call things. */
typedef struct {
    att_json_keys keys;
    const char *named[4][2]; /* by --column */
    const att_json_value *list;
} search;

/* The keys that --column names, in place of the usual. */
static void use_columns(search *in, const att_read_options *options)
{
    static const char *const roles[] = {"text", "speaker", "start", "end"};
    att_json_names *const places[] = {&in->keys.text, &in->keys.label, &in->keys.start, &in->keys.end};

    for (size_t i = 0; i < options->column_count; i++)
        for (size_t role = 0; role < 4; role++)
            if (strcmp(options->columns[i].role, roles[role]) == 0) {
                in->named[role][0] = options->columns[i].name;
                *places[role] = in->named[role];
            }
}

/* How much it is like a list of a transcript's parts, by its first objects: 0 not at all. */
static int judge(const search *in, const att_json_value *list)
{
    bool text = false, label = false, time = false, named = in->named[0][0] != NULL;
    size_t looked = 0;

    ATT_JSON_EACH(object, list)
    {
        if (looked++ == 100)
            break;
        text = text || att_json_is(att_json_any(object, in->keys.text), ATT_JSON_STRING);
        label = label || att_json_any(object, in->keys.label);
        time = time || att_json_any(object, in->keys.start);
    }
    return text ? named + 2 * label + time : 0;
}

/* Looks at the value, or at its members down to the second level, and keeps the list that is most like one. */
static void find_list(search *in, const att_json_value *value, unsigned depth, int *best)
{
    if (att_json_is(value, ATT_JSON_ARRAY)) {
        int likeness = judge(in, value);
        if (likeness > *best) {
            *best = likeness;
            in->list = value;
        }
    } else if (depth > 0) {
        ATT_JSON_EACH_MEMBER(member, value)
        {
            find_list(in, member, depth - 1, best);
        }
    }
}

/* Columns that are no part of a turn are statements about its speaker. */
static void add_facts(att_json *json, const att_json_value *object, att_span label)
{
    static const char *const taken[] = {"text", "speaker", "start", "end", "turn", "transcript", "language", NULL};
    const att_read_options *options = json->options;

    for (size_t i = 0; i < options->column_count && !json->status && label.size; i++) {
        const char *role = options->columns[i].role;
        const char *const *each = taken;
        while (*each && strcmp(*each, role) != 0)
            each++;
        if (*each)
            continue;
        att_span value = att_json_label(json, att_json_member(object, options->columns[i].name));
        if (value.size)
            json->status = att_document_fact(json->document, label, att_span_of(role), value, json->error);
    }
}

static const char *column_of(const att_read_options *options, const char *role)
{
    const char *name = NULL;

    for (size_t i = 0; i < options->column_count; i++)
        if (strcmp(options->columns[i].role, role) == 0)
            name = options->columns[i].name;
    return name;
}

/* The language of a record; mostly it is the one before's. */
static void use_language(att_json *json, const att_json_value *object, const char *named, att_span *before)
{
    att_span language = att_json_text(named ? att_json_member(object, named) : att_json_any(object, languages));

    if (att_span_equal(language, *before))
        return;
    *before = language;
    json->language = att_json_tag(json, language);
}

static void read_list(att_json *json, const search *in)
{
    const char *named = column_of(json->options, "language");
    att_span language = {"", 0};

    ATT_JSON_EACH(object, in->list)
    {
        att_json_word part = att_json_read(json, object, &in->keys);
        const att_json_value *words = att_json_member(object, "words");
        use_language(json, object, named, &language);
        if (att_json_size(words) > 0)
            att_json_talk(json, &part, words, &att_json_usual_words);
        else /* without times it is a list of turns, with times one of segments */
            att_json_say(json, &part, part.label.size > 0 && part.start_ms == ATT_NO_TIME);
        add_facts(json, object, part.label);
        if (json->status)
            return;
    }
}

bool att_json_list_read(att_json *json, const att_json_value *root)
{
    search in = {.keys = {texts, labels, starts, ends, 1000}};
    const att_json_value *segments = att_json_member(root, "segments");
    int best = 0;

    use_columns(&in, json->options);
    /* Segments go before the list of their words, which may look more like one; they may have no times. */
    if (att_json_is(segments, ATT_JSON_ARRAY) &&
        (att_json_size(segments) == 0 || att_json_any(att_json_first(segments), in.keys.text)))
        in.list = segments;
    else
        find_list(&in, root, 2, &best);
    if (!in.list)
        return false;
    att_json_language(json, att_json_text(att_json_any(root, languages)));
    if (json->status)
        return true;
    json->status =
        att_document_title(json->document, att_json_trim(att_json_text(att_json_member(root, "title"))), json->error);
    read_list(json, &in);
    return true;
}
