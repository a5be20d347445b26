#include "read/columns.h"

#include "base/buffer.h"
#include "read/scan.h"

#include <stdlib.h>
#include <strings.h>

const char *const att_canonical_columns[] = {"transcript", "turn", "speaker", "start_ms",
                                             "end_ms",     "text", "offset",  "language"};

/* In the order of att_canonical_columns. */
static const att_column_kind canonical_kinds[] = {ATT_COLUMN_TRANSCRIPT, ATT_COLUMN_TURN,    ATT_COLUMN_SPEAKER,
                                                  ATT_COLUMN_START,      ATT_COLUMN_END,     ATT_COLUMN_TEXT,
                                                  ATT_COLUMN_OFFSET,     ATT_COLUMN_LANGUAGE};

/* What the user calls them. */
static const char *const role_names[ATT_COLUMN_ROLES] = {"text",  "speaker", "transcript", "turn",
                                                         "start", "end",     "language",   NULL};

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

/* ---- names ---- */

enum { PLAIN_ROOM = 40 };

/* A name as small letters and digits: "Start Time (ms)" is "starttimems". False: it is too long to be a usual one. */
static bool make_plain(char plain[PLAIN_ROOM], att_span name)
{
    size_t size = 0;

    for (size_t i = 0; i < name.size; i++) {
        char c = name.text[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && (unsigned char)c < 0x80)
            continue;
        if (size + 1 == PLAIN_ROOM)
            return false;
        plain[size++] = c;
    }
    plain[size] = '\0';
    return size > 0;
}

/* The unit that a plain name ends with; *size: of what stands before. */
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

static bool is_named(const char *plain, const char *usual_name, bool timed)
{
    size_t size;

    if (strcmp(plain, usual_name) == 0)
        return true;
    return timed && unit_of(plain, &size) && size == strlen(usual_name) && memcmp(plain, usual_name, size) == 0;
}

static bool is_time(att_column_kind kind)
{
    return kind == ATT_COLUMN_START || kind == ATT_COLUMN_END;
}

static size_t find_usual(const att_span *names, size_t count, const char *const *wanted, bool timed)
{
    char plain[PLAIN_ROOM];

    for (; *wanted; wanted++)
        for (size_t i = 0; i < count; i++)
            if (make_plain(plain, names[i]) && is_named(plain, *wanted, timed))
                return i;
    return ATT_NO_COLUMN;
}

static size_t find_plain(const att_span *names, size_t count, const char *name)
{
    const char *const wanted[] = {name, NULL};

    return find_usual(names, count, wanted, false);
}

/* The column with this very name; else the one that differs in letter case only. */
static size_t find_exact(const att_span *names, size_t count, const char *name)
{
    att_span wanted = att_span_of(name);

    for (size_t i = 0; i < count; i++)
        if (att_span_equal(names[i], wanted))
            return i;
    for (size_t i = 0; i < count; i++)
        if (names[i].size == wanted.size && strncasecmp(names[i].text, name, wanted.size) == 0)
            return i;
    return ATT_NO_COLUMN;
}

/* ---- roles ---- */

static att_column_kind kind_of(const char *role)
{
    for (att_column_kind kind = 0; kind < ATT_COLUMN_ROLES; kind++)
        if (role_names[kind] && strcmp(role_names[kind], role) == 0)
            return kind;
    return ATT_COLUMN_ROLES;
}

static bool is_canonical(att_columns *columns, const att_span *names, size_t count)
{
    if (count != ATT_COLUMN_ROLES)
        return false;
    for (size_t i = 0; i < ATT_COLUMN_ROLES; i++) {
        size_t place = ATT_NO_COLUMN;
        for (size_t k = 0; k < count; k++)
            if (att_span_equal(names[k], att_span_of(att_canonical_columns[i])))
                place = k;
        if (place == ATT_NO_COLUMN)
            return false;
        columns->place[canonical_kinds[i]] = place;
    }
    return true;
}

/* ConvoKit's utterances: its speakers have one id throughout the corpus, so that conversations need no telling apart.
 * (convokit.cornell.edu, "Data Format") */
static bool is_convokit(const att_span *names, size_t count)
{
    bool conversation = find_plain(names, count, "conversationid") < count || find_plain(names, count, "root") < count;
    bool speaker = find_plain(names, count, "speaker") < count || find_plain(names, count, "user") < count;

    return conversation && speaker && find_plain(names, count, "id") < count &&
           find_plain(names, count, "replyto") < count;
}

static att_status add_fact(att_columns *columns, const char *column, size_t place, att_error *error)
{
    att_fact_column *facts = realloc(columns->facts, (columns->fact_count + 1) * sizeof *facts);

    if (!facts)
        return att_fail_memory(error);
    columns->facts = facts;
    columns->facts[columns->fact_count++] = (att_fact_column){column, place};
    return ATT_OK;
}

static void list_names(att_buffer *out, const att_span *names, size_t count)
{
    enum { SHOWN = 12, WIDE = 40 };

    for (size_t i = 0; i < count && i < SHOWN; i++) {
        att_buffer_text(out, i ? ", " : "");
        att_buffer_append(out, names[i].text, names[i].size < WIDE ? names[i].size : WIDE);
    }
    att_buffer_text(out, count > SHOWN ? ", ..." : "");
}

static att_status fail_missing(const att_span *names, size_t count, const att_column_role *asked, const char *file,
                               uint64_t line, att_error *error)
{
    att_buffer list = {0};

    list_names(&list, names, count);
    const char *shown = list.failed ? "" : list.data;
    if (asked)
        att_fail(error, ATT_BAD_INPUT, file, line, 0,
                 "has no column '%s' (it has: %s); name one of these with --column %s=NAME", asked->name, shown,
                 asked->role);
    else
        att_fail(error, ATT_BAD_INPUT, file, line, 0,
                 "has no column that is known to hold the text (it has: %s); say which it is with --column text=NAME",
                 shown);
    att_buffer_clear(&list);
    return ATT_BAD_INPUT;
}

/* What the user says goes first. An empty name means that there is no such column. */
static att_status take_options(att_columns *columns, bool said[ATT_COLUMN_ROLES], const att_span *names, size_t count,
                               const att_read_options *options, const char *file, uint64_t line, att_error *error)
{
    att_status status = ATT_OK;

    for (size_t i = 0; i < options->column_count && !status; i++) {
        const att_column_role *asked = &options->columns[i];
        att_column_kind kind = kind_of(asked->role);
        size_t place = find_exact(names, count, asked->name);
        if (place == ATT_NO_COLUMN && asked->name[0])
            return fail_missing(names, count, asked, file, line, error);
        if (kind == ATT_COLUMN_ROLES) {
            status = place == ATT_NO_COLUMN ? ATT_OK : add_fact(columns, asked->role, place, error);
        } else {
            columns->place[kind] = place;
            said[kind] = true;
        }
    }
    return status;
}

static bool is_taken(const att_columns *columns, size_t place)
{
    for (att_column_kind kind = 0; kind < ATT_COLUMN_ROLES; kind++)
        if (columns->place[kind] == place)
            return true;
    for (size_t i = 0; i < columns->fact_count; i++)
        if (columns->facts[i].place == place)
            return true;
    return false;
}

static void take_usual(att_columns *columns, const bool said[ATT_COLUMN_ROLES], const att_span *names, size_t count)
{
    for (att_column_kind kind = 0; kind < ATT_COLUMN_ROLES; kind++) {
        if (said[kind] || !usual[kind] || (kind == ATT_COLUMN_TRANSCRIPT && is_convokit(names, count)))
            continue;
        size_t place = find_usual(names, count, usual[kind], is_time(kind));
        /* A column called "transcript" is the text where nothing else is. */
        if (kind == ATT_COLUMN_TEXT && place == ATT_NO_COLUMN)
            place = find_plain(names, count, "transcript");
        if (place != ATT_NO_COLUMN && !is_taken(columns, place))
            columns->place[kind] = place;
    }
}

static void take_units(att_columns *columns, const att_span *names)
{
    char plain[PLAIN_ROOM];
    size_t size;

    for (size_t i = 0; i < 2; i++) {
        size_t place = columns->place[i ? ATT_COLUMN_END : ATT_COLUMN_START];
        if (place != ATT_NO_COLUMN && make_plain(plain, names[place]))
            columns->unit[i] = unit_of(plain, &size);
    }
}

att_status att_columns_find(att_columns *columns, const att_span *names, size_t count, const att_read_options *options,
                            const char *file, uint64_t line, att_error *error)
{
    bool said[ATT_COLUMN_ROLES] = {false};

    *columns = (att_columns){.unit = {ATT_UNIT_OPEN, ATT_UNIT_OPEN}};
    if (!options->column_count && is_canonical(columns, names, count)) {
        columns->canonical = true;
        columns->unit[0] = columns->unit[1] = ATT_UNIT_MS;
        return ATT_OK;
    }
    for (att_column_kind kind = 0; kind < ATT_COLUMN_ROLES; kind++)
        columns->place[kind] = ATT_NO_COLUMN;
    att_status status = take_options(columns, said, names, count, options, file, line, error);
    if (!status) {
        take_usual(columns, said, names, count);
        if (columns->place[ATT_COLUMN_TEXT] == ATT_NO_COLUMN)
            status = fail_missing(names, count, NULL, file, line, error);
    }
    size_t role = find_plain(names, count, "role");
    if (!status && columns->place[ATT_COLUMN_SPEAKER] != ATT_NO_COLUMN && role != ATT_NO_COLUMN &&
        !is_taken(columns, role))
        status = add_fact(columns, "role", role, error);
    if (!status)
        take_units(columns, names);
    else
        att_columns_clear(columns);
    return status;
}

void att_columns_clear(att_columns *columns)
{
    free(columns->facts);
    *columns = (att_columns){.fact_count = 0};
}

int att_columns_look(const att_span *names, size_t count, const att_read_options *options)
{
    static const att_read_options none;
    att_columns columns;

    if (att_columns_find(&columns, names, count, options ? options : &none, NULL, 0, NULL))
        return 0;
    int look = 1;
    for (att_column_kind kind = ATT_COLUMN_SPEAKER; kind < ATT_COLUMN_OFFSET; kind++)
        if (columns.place[kind] != ATT_NO_COLUMN)
            look = 2;
    if (columns.canonical)
        look = 3;
    att_columns_clear(&columns);
    return look;
}

static bool ends_with(att_span name, const char *extension)
{
    size_t size = strlen(extension);

    return name.size > size && name.text[name.size - size - 1] == '.' &&
           strncasecmp(name.text + name.size - size, extension, size) == 0;
}

bool att_extension_is(const char *file, const char *extension)
{
    att_span name = att_span_of(file);

    if (ends_with(name, "gz"))
        name.size -= 3;
    else if (ends_with(name, "zst"))
        name.size -= 4;
    return ends_with(name, extension);
}
