#include "read/column_names.h"

/* Usual names, as small letters and digits only; the first that a table has is taken. */
static const char *const text_names[] = {"text",      "utterancetext", "transcripttext", "turntext",    "segmenttext",
                                         "utterance", "content",       "transcription",  "message",     "messagetext",
                                         "speech",    "sentence",      "body",           "dialogue",    "texte",
                                         "texto",     "testo",         "tekst",          "contenttext", NULL};
static const char *const speaker_names[] = {
    "speaker",      "speakername", "speakerlabel", "speakerid", "participant", "participantname", "participantid",
    "interlocutor", "user",        "username",     "userid",    "who",         "person",          "actor",
    "character",    "author",      "sender",       "sprecher",  "sprecherin",  "locuteur",        "hablante",
    "name",         "label",       "role",         NULL};
static const char *const transcript_names[] = {"transcript",
                                               "transcriptid",
                                               "transcriptname",
                                               "conversation",
                                               "conversationid",
                                               "conversationname",
                                               "dialogueid",
                                               "dialogid",
                                               "interview",
                                               "interviewid",
                                               "session",
                                               "sessionid",
                                               "meeting",
                                               "meetingid",
                                               "recording",
                                               "recordingid",
                                               "document",
                                               "documentid",
                                               "docid",
                                               "file",
                                               "filename",
                                               "root",
                                               NULL};
static const char *const turn_names[] = {"turn", "turnid", "turnnumber", "turnno", "turnnum", "turnindex", NULL};
static const char *const start_names[] = {"start", "starttime", "starttimestamp", "begin",     "begintime",
                                          "onset", "timestart", "from",           "timestamp", "time",
                                          "tmin",  "xmin",      "timecode",       "beginn",    NULL};
static const char *const end_names[] = {"end",     "endtime", "endtimestamp", "stop", "stoptime", "to",
                                        "timeend", "tmax",    "xmax",         "ende", NULL};
static const char *const language_names[] = {"language", "lang", "languagecode", "locale", "sprache", NULL};

static const char *const *const usual[ATT_COLUMN_ROLES] = {text_names,  speaker_names, transcript_names, turn_names,
                                                           start_names, end_names,     language_names,   NULL};

static const struct {
    const char *ending;
    att_time_unit unit;
} units[] = {{"milliseconds", ATT_UNIT_MS}, {"millis", ATT_UNIT_MS},       {"msec", ATT_UNIT_MS},
             {"ms", ATT_UNIT_MS},           {"seconds", ATT_UNIT_SECONDS}, {"secs", ATT_UNIT_SECONDS},
             {"sec", ATT_UNIT_SECONDS},     {"s", ATT_UNIT_SECONDS}};

void att_plain_name_make(att_plain_name plain, att_span name)
{
    size_t size = 0;

    plain[0] = '\0';
    for (size_t i = 0; i < name.size; i++) {
        char c = name.text[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && (unsigned char)c < 0x80)
            continue;
        if (size + 1 == ATT_PLAIN_NAME) {
            size = 0;
            break;
        }
        plain[size++] = c;
    }
    plain[size] = '\0';
}

/* The same, and *size: of what stands before the unit. */
static att_time_unit unit_of(const char *plain, size_t *size)
{
    size_t whole = strlen(plain);

    *size = whole;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t ending = strlen(units[i].ending);
        if (whole > ending && strcmp(plain + whole - ending, units[i].ending) == 0) {
            *size = whole - ending;
            return units[i].unit;
        }
    }
    return ATT_UNIT_OPEN;
}

att_time_unit att_column_unit(const char *plain)
{
    size_t size;

    return unit_of(plain, &size);
}

static bool is_named(const char *plain, const char *usual_name, bool timed)
{
    size_t size = strlen(usual_name), before;

    if (strncmp(plain, usual_name, size) != 0)
        return false;
    return !plain[size] || (timed && unit_of(plain, &before) && before == size);
}

static size_t find(att_plain_name *names, size_t count, const char *wanted, bool timed)
{
    for (size_t i = 0; i < count; i++)
        if (names[i][0] == wanted[0] && is_named(names[i], wanted, timed))
            return i;
    return ATT_NO_COLUMN;
}

bool att_column_is_plain(const char *plain, att_column_kind kind)
{
    static const char *const texts[] = {"text",      "utterancetext", "transcripttext", "turntext", "segmenttext",
                                        "utterance", "transcription", "speech",         "dialogue", "texte",
                                        "texto",     "testo",         "tekst",          NULL};
    static const char *const speakers[] = {
        "speaker",         "speakername",   "speakerlabel", "speakerid", "participant",
        "participantname", "participantid", "interlocutor", "who",       "character",
        "sprecher",        "sprecherin",    "locuteur",     "hablante",  NULL};
    const char *const *names = kind == ATT_COLUMN_TEXT ? texts : speakers;

    while (*names && strcmp(*names, plain) != 0)
        names++;
    return *names != NULL;
}

size_t att_column_find(att_plain_name *names, size_t count, const char *wanted)
{
    return find(names, count, wanted, false);
}

size_t att_column_find_usual(att_plain_name *names, size_t count, att_column_kind kind)
{
    bool timed = kind == ATT_COLUMN_START || kind == ATT_COLUMN_END;
    size_t place = ATT_NO_COLUMN;

    for (const char *const *wanted = usual[kind]; wanted && *wanted && place == ATT_NO_COLUMN; wanted++)
        place = find(names, count, *wanted, timed);
    return place;
}
