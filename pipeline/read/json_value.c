#include "read/json.h"
#include "read/scan.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <strings.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

/* A time beyond this (30,000 years) is none. */
#define MOST_MS INT64_C(1000000000000000)

const att_json_value *att_json_any(const att_json_value *object, att_json_names names)
{
    for (; *names; names++) {
        const att_json_value *value = att_json_member(object, *names);
        if (value && !att_json_is(value, ATT_JSON_NULL))
            return value;
    }
    return NULL;
}

att_span att_json_text(const att_json_value *string)
{
    return att_json_is(string, ATT_JSON_STRING) ? (att_span){string->text, string->size} : (att_span){"", 0};
}

att_span att_json_trim(att_span text)
{
    if (!text.size)
        return (att_span){"", 0};
    size_t from = att_white_skip(text.text, text.size, 0);
    return (att_span){text.text + from, att_white_trim(text.text, from, text.size) - from};
}

static att_span keep(att_json *json, const char *text)
{
    att_span span = att_span_of(text);
    span.text = att_arena_copy(&json->arena, span);
    if (span.text)
        return span;
    if (!json->status)
        json->status = att_fail_memory(json->error);
    return (att_span){"", 0};
}

att_span att_json_label(att_json *json, const att_json_value *value)
{
    static const char *const names[] = {"name", "label", "display_name", "id", NULL};
    char number[ATT_JSON_NUMBER_ROOM];

    if (att_json_is(value, ATT_JSON_OBJECT))
        value = att_json_any(value, names);
    if (att_json_is(value, ATT_JSON_STRING))
        return att_json_trim(att_json_text(value));
    /* 1.0 is what some programs make of the speaker 1. */
    if (att_json_is_number(value)) {
        att_json_number_text(value, number);
        return keep(json, number);
    }
    return (att_span){"", 0};
}

att_span att_json_count_label(att_json *json, size_t number)
{
    char text[32];

    snprintf(text, sizeof text, "%zu", number);
    return keep(json, text);
}

att_span att_json_path(att_json *json, att_span a, att_span b)
{
    if (!a.size || !b.size)
        return a.size ? a : b;
    char *path = att_arena_take(&json->arena, a.size + b.size + 1);
    if (!path) {
        if (!json->status)
            json->status = att_fail_memory(json->error);
        return a;
    }
    memcpy(path, a.text, a.size);
    path[a.size] = '/';
    memcpy(path + a.size + 1, b.text, b.size);
    return (att_span){path, a.size + b.size + 1};
}

/* The digits at *at as a number; more than fit in a time count as too many. */
static int64_t digits(att_span text, size_t *at)
{
    int64_t number = 0;

    for (; *at < text.size && text.text[*at] >= '0' && text.text[*at] <= '9'; ++*at)
        if (number < MOST_MS)
            number = number * 10 + (text.text[*at] - '0');
    return number;
}

/* Not strtod, which depends on the locale. */
static int64_t time_of_text(att_span text, int64_t unit_ms)
{
    static const int weights[] = {100, 10, 1};
    int64_t whole = 0, part = 0;
    bool clock = false;
    size_t at = 0, from;

    for (;; at++) {
        from = at;
        whole = whole * 60 + digits(text, &at);
        if (at == from || whole > MOST_MS / 1000)
            return ATT_NO_TIME;
        if (at == text.size || text.text[at] != ':')
            break;
        clock = true;
    }
    if (at < text.size && (text.text[at] == '.' || text.text[at] == ',')) {
        from = ++at;
        for (size_t i = 0; i < 3 && from + i < text.size && isdigit((unsigned char)text.text[from + i]); i++)
            part += weights[i] * (text.text[from + i] - '0');
        (void)digits(text, &at);
    }
    if (at < text.size && text.text[at] == 's')
        at++;
    if (at != text.size)
        return ATT_NO_TIME;
    return clock || unit_ms == 1000 ? whole * 1000 + part : whole;
}

int64_t att_json_time(const att_json_value *value, int64_t unit_ms)
{
    if (att_json_is_number(value)) {
        double ms = att_json_number(value) * (double)unit_ms;
        return ms >= 0 && ms < (double)MOST_MS ? (int64_t)llround(ms) : ATT_NO_TIME;
    }
    if (att_json_is(value, ATT_JSON_STRING))
        return time_of_text(att_json_trim(att_json_text(value)), unit_ms);
    if (att_json_is(value, ATT_JSON_OBJECT)) {
        /* A zero is left out by those who write durations so. */
        const att_json_value *seconds = att_json_member(value, "seconds"), *nanos = att_json_member(value, "nanos");
        int64_t whole = seconds ? att_json_time(seconds, 1000) : 0;
        double part = att_json_number(nanos) / 1e6;
        return whole == ATT_NO_TIME || !(part >= 0 && part < 1000) ? ATT_NO_TIME : whole + (int64_t)llround(part);
    }
    return ATT_NO_TIME;
}

/* "english" -> "en"; NULL: no language of that name. */
static const char *code_of_name(const char *name)
{
    for (const char *const *code = uloc_getISOLanguages(); *code; code++) {
        UErrorCode error = U_ZERO_ERROR;
        UChar wide[64];
        char english[64];
        int32_t size = uloc_getDisplayLanguage(*code, "en", wide, 64, &error);
        u_strToUTF8(english, sizeof english, NULL, wide, size, &error);
        if (U_SUCCESS(error) && strcasecmp(english, name) == 0)
            return *code;
    }
    return NULL;
}

att_span att_json_tag(att_json *json, att_span language)
{
    static const char *const none[] = {"und", "mul", "zxx", "mis", NULL};
    UErrorCode error = U_ZERO_ERROR;
    char name[64], locale[ULOC_FULLNAME_CAPACITY], tag[64];
    const char *code = name;
    int32_t parsed = 0;

    language = att_json_trim(language);
    if (!language.size || language.size >= sizeof name || json->status)
        return (att_span){"", 0};
    for (size_t i = 0; i < language.size; i++)
        name[i] = language.text[i] == '_' ? '-' : language.text[i];
    name[language.size] = '\0';
    if (strcspn(name, "-") > 3)
        code = code_of_name(name);
    else if (strcasecmp(name, "cmn") == 0)
        code = "zh"; /* ICU leaves the macrolanguage alone; lexicons are named by it */
    for (size_t i = 0; code && none[i]; i++)
        if (strcasecmp(code, none[i]) == 0)
            code = NULL;
    if (!code || uloc_forLanguageTag(code, locale, sizeof locale, &parsed, &error) <= 0 || U_FAILURE(error) ||
        (size_t)parsed != strlen(code))
        return (att_span){"", 0};
    uloc_toLanguageTag(locale, tag, sizeof tag, true, &error);
    return error == U_ZERO_ERROR ? keep(json, tag) : (att_span){"", 0};
}

void att_json_language(att_json *json, att_span language)
{
    att_span tag = att_json_tag(json, language);

    if (tag.size && !json->status)
        json->status = att_document_language(json->document, tag, json->error);
}

/* "start_ms", "BeginOffsetMillis" */
static bool names_ms(const char *name)
{
    size_t size = strlen(name);
    return (size > 2 && strcasecmp(name + size - 2, "ms") == 0) || (size > 6 && strcmp(name + size - 6, "Millis") == 0);
}

static const att_json_value *second_of(const att_json_value *array)
{
    const att_json_value *first = att_json_first(array);

    return first ? att_json_next(array, first) : NULL;
}

static int64_t time_of(const att_json_value *object, att_json_names names, int64_t unit_ms, bool end)
{
    for (; *names; names++) {
        const att_json_value *value = att_json_member(object, *names);
        if (att_json_is(value, ATT_JSON_ARRAY)) /* [start, end] */
            value = end ? second_of(value) : att_json_first(value);
        int64_t ms = att_json_time(value, names_ms(*names) ? 1 : unit_ms);
        if (ms != ATT_NO_TIME)
            return ms;
    }
    return ATT_NO_TIME;
}

att_json_word att_json_read(att_json *json, const att_json_value *object, const att_json_keys *keys)
{
    return (att_json_word){
        .text = att_json_text(att_json_any(object, keys->text)),
        .label = att_json_label(json, att_json_any(object, keys->label)),
        .start_ms = time_of(object, keys->start, keys->unit_ms, false),
        .end_ms = time_of(object, keys->end, keys->unit_ms, true),
    };
}
