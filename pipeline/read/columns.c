#include "read/columns.h"

#include "base/buffer.h"
#include "read/column_names.h"

#include <stdio.h>
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
static bool is_convokit(att_plain_name *names, size_t count)
{
    static const char *const wanted[][2] = {
        {"conversationid", "root"}, {"speaker", "user"}, {"id", "id"}, {"replyto", "replyto"}};
    bool all = true;

    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        all = all && (att_column_find(names, count, wanted[i][0]) != ATT_NO_COLUMN ||
                      att_column_find(names, count, wanted[i][1]) != ATT_NO_COLUMN);
    return all;
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

/* Is the column of a role called what it is called in tables of turns alone? "author", "content" or "name" are in
 * others too. A column called "transcript" that is the text is none of these either: it may hold ids. */
static bool is_sure(const att_columns *columns, const bool said[ATT_COLUMN_ROLES], att_plain_name *names,
                    att_column_kind kind)
{
    size_t place = columns->place[kind];

    return place != ATT_NO_COLUMN && (said[kind] || att_column_is_plain(names[place], kind));
}

/* What tables of turns usually say about speakers; in ConvoKit's corpora inside of "meta". */
static att_status take_usual_facts(att_columns *columns, att_plain_name *names, size_t count, att_error *error)
{
    static const struct {
        const char *plain, *column;
    } usual[] = {{"role", "role"}, {"speakerrole", "role"}, {"participantrole", "role"}, {"speakertype", "role"},
                 {"sex", "sex"},   {"gender", "sex"},       {"speakersex", "sex"},       {"speakergender", "sex"},
                 {"age", "age"},   {"speakerage", "age"},   {"party", "party"},          {"speakerparty", "party"}};
    size_t speaker = columns->place[ATT_COLUMN_SPEAKER];
    att_status status = ATT_OK;

    for (size_t i = 0; i < sizeof usual / sizeof *usual && !status; i++) {
        att_plain_name meta;
        snprintf(meta, sizeof meta, "meta%s", usual[i].plain);
        size_t place = att_column_find(names, count, usual[i].plain);
        if (place == ATT_NO_COLUMN)
            place = att_column_find(names, count, meta);
        if (place != ATT_NO_COLUMN && !is_taken(columns, place))
            status = add_fact(columns, usual[i].column, place, error);
    }
    /* Whom AnnoMI calls an interlocutor is the therapist or the client. */
    if (!status && strcmp(names[speaker], "interlocutor") == 0)
        status = add_fact(columns, "role", speaker, error);
    return status;
}

/* What the names say of the rest. */
static att_status take_usual(att_columns *columns, const bool said[ATT_COLUMN_ROLES], att_plain_name *names,
                             size_t count, att_error *error)
{
    for (att_column_kind kind = 0; kind < ATT_COLUMN_ROLES; kind++) {
        if (said[kind] || (kind == ATT_COLUMN_TRANSCRIPT && is_convokit(names, count)))
            continue;
        size_t place = att_column_find_usual(names, count, kind);
        /* A column called "transcript" is the text where nothing else is. */
        if (kind == ATT_COLUMN_TEXT && place == ATT_NO_COLUMN)
            place = att_column_find(names, count, "transcript");
        if (place != ATT_NO_COLUMN && !is_taken(columns, place))
            columns->place[kind] = place;
    }
    for (size_t i = 0; i < 2; i++) {
        size_t place = columns->place[i ? ATT_COLUMN_END : ATT_COLUMN_START];
        if (place != ATT_NO_COLUMN)
            columns->unit[i] = att_column_unit(names[place]);
    }
    return columns->place[ATT_COLUMN_SPEAKER] == ATT_NO_COLUMN ? ATT_OK
                                                               : take_usual_facts(columns, names, count, error);
}

att_status att_columns_find(att_columns *columns, const att_span *names, size_t count, const att_read_options *options,
                            const char *file, uint64_t line, att_error *error)
{
    bool said[ATT_COLUMN_ROLES] = {false};

    *columns = (att_columns){.unit = {ATT_UNIT_OPEN, ATT_UNIT_OPEN}};
    if (!options->column_count && is_canonical(columns, names, count)) {
        columns->canonical = columns->sure = true;
        columns->unit[0] = columns->unit[1] = ATT_UNIT_MS;
        return ATT_OK;
    }
    att_plain_name *plain = malloc((count + 1) * sizeof *plain);
    if (!plain)
        return att_fail_memory(error);
    for (size_t i = 0; i < count; i++)
        att_plain_name_make(plain[i], names[i]);
    for (att_column_kind kind = 0; kind < ATT_COLUMN_ROLES; kind++)
        columns->place[kind] = ATT_NO_COLUMN;
    att_status status = take_options(columns, said, names, count, options, file, line, error);
    if (!status)
        status = take_usual(columns, said, plain, count, error);
    if (!status && columns->place[ATT_COLUMN_TEXT] == ATT_NO_COLUMN)
        status = fail_missing(names, count, NULL, file, line, error);
    if (!status)
        columns->sure = is_convokit(plain, count) || (is_sure(columns, said, plain, ATT_COLUMN_TEXT) &&
                                                      is_sure(columns, said, plain, ATT_COLUMN_SPEAKER));
    free(plain);
    if (status)
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
