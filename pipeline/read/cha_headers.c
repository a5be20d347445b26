#include "read/cha_headers.h"

#include "read/scan.h"

#include <stdio.h>
#include <string.h>
#include <unicode/uloc.h>

enum { NAME_MOST = 32 };

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

size_t att_cha_language(char tag[static ATT_CHA_TAG], att_span code)
{
    char id[ATT_CHA_TAG];
    UErrorCode status = U_ZERO_ERROR;
    size_t letters = 0;

    if (code.size >= sizeof id)
        return 0;
    while (letters < code.size && is_letter(code.text[letters]))
        letters++;
    if (letters < 2 || letters > 3 || (letters < code.size && code.text[letters] != '-'))
        return 0;
    memcpy(id, code.text, code.size);
    id[code.size] = '\0';
    int32_t size = uloc_toLanguageTag(id, tag, ATT_CHA_TAG, true, &status);
    if (U_FAILURE(status) || size <= 0 || size >= ATT_CHA_TAG || strncmp(tag, "und", 3) == 0)
        return 0;
    return (size_t)size;
}

static att_span trimmed(att_span span)
{
    size_t from = att_white_skip(span.text, span.size, 0);

    return (att_span){span.text + from, att_white_trim(span.text, from, span.size) - from};
}

/* Cuts the part before the first `separator` off the rest. */
static att_span part_take(att_span *rest, char separator)
{
    const char *end = rest->size ? memchr(rest->text, separator, rest->size) : NULL;
    att_span part = {rest->text, end ? (size_t)(end - rest->text) : rest->size};
    size_t gone = part.size + (end != NULL);

    *rest = (att_span){rest->text + gone, rest->size - gone};
    return trimmed(part);
}

static att_span word_take(att_span *rest)
{
    size_t end = 0;

    *rest = trimmed(*rest);
    while (end < rest->size && !att_white_size(rest->text, rest->size, end))
        end++;
    att_span word = {rest->text, end};
    *rest = trimmed((att_span){rest->text + end, rest->size - end});
    return word;
}

static bool fact(att_facts *facts, att_span label, const char *column, att_span value)
{
    if (facts->info.fact_count >= ATT_CHA_FACTS || !label.size)
        return true;
    return att_facts_add(facts, label, att_span_of(column), value);
}

/* "CHI Eve Target_Child, MOT Mother": code, a name in some, role. */
static bool read_participants(att_facts *facts, att_span value)
{
    bool fine = true;

    while (fine && value.size) {
        att_span one = part_take(&value, ',');
        att_span code = word_take(&one);
        att_span role = one;
        for (size_t i = one.size; i > 0 && role.size == one.size; i--)
            if (one.text[i - 1] == ' ' || one.text[i - 1] == '\t')
                role = (att_span){one.text + i, one.size - i};
        att_span name = trimmed((att_span){one.text, one.size - role.size});
        fine = fact(facts, code, "name", name) && fact(facts, code, "role", role);
    }
    return fine;
}

/* language|corpus|code|age|sex|group|SES|role|education|custom| */
static bool read_id(att_facts *facts, att_span value)
{
    static const char *const columns[] = {NULL,    "corpus", NULL,   "age",       "sex",
                                          "group", "ses",    "role", "education", "custom"};
    enum { FIELDS = sizeof columns / sizeof *columns };
    att_span fields[FIELDS];
    bool fine = true;

    for (size_t i = 0; i < FIELDS; i++)
        fields[i] = part_take(&value, '|');
    for (size_t i = 0; i < FIELDS && fine; i++)
        fine = !columns[i] || fact(facts, fields[2], columns[i], fields[i]);
    return fine;
}

static bool read_languages(att_facts *facts, att_span value)
{
    char tag[ATT_CHA_TAG];
    size_t size = att_cha_language(tag, part_take(&value, ','));

    return att_facts_language(facts, (att_span){tag, size});
}

/* "@Birth of CHI:", and in older files "@Age of CHI:", "@Sex of CHI:": the name of the fact is the column. */
static bool read_fact_of(att_facts *facts, att_span name, att_span value)
{
    char column[NAME_MOST + 1];
    const char *of = memmem(name.text, name.size, " of ", 4);
    size_t size = of && of > name.text ? (size_t)(of - name.text) - 1 : 0; /* without the @ */

    if (size == 0 || size > NAME_MOST)
        return true;
    for (size_t i = 0; i < size; i++)
        column[i] = lower(name.text[1 + i]);
    column[size] = '\0';
    return fact(facts, trimmed((att_span){of + 4, name.size - size - 5}), column, value);
}

/* "15-OCT-1962", as CHAT has it, becomes 1962-10-15. What is written otherwise says nothing. */
static bool read_date(att_facts *facts, att_span value)
{
    static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    char name[4] = "", date[11];

    if (value.size != 11 || value.text[2] != '-' || value.text[6] != '-')
        return true;
    for (size_t i = 0; i < 11; i++)
        if ((i < 2 || i > 6) && (value.text[i] < '0' || value.text[i] > '9'))
            return true;
    for (size_t i = 0; i < 3; i++)
        name[i] = lower(value.text[3 + i]);
    const char *found = strstr(months, name);
    if (strlen(name) != 3 || !found || (found - months) % 3 != 0)
        return true;
    int size = snprintf(date, sizeof date, "%.4s-%02d-%.2s", value.text + 7, (int)(found - months) / 3 + 1, value.text);
    return att_facts_date(facts, (att_span){date, (size_t)size});
}

bool att_cha_header_read(att_facts *facts, att_span tier)
{
    const char *colon = tier.size ? memchr(tier.text, ':', tier.size) : NULL;

    if (!colon)
        return true;
    att_span name = {tier.text, (size_t)(colon - tier.text)};
    att_span value = trimmed((att_span){colon + 1, tier.size - name.size - 1});
    if (att_span_equal(name, att_span_of("@Languages")) || att_span_equal(name, att_span_of("@Language")))
        return read_languages(facts, value);
    if (att_span_equal(name, att_span_of("@Participants")))
        return read_participants(facts, value);
    if (att_span_equal(name, att_span_of("@ID")))
        return read_id(facts, value);
    if (att_span_equal(name, att_span_of("@Date")))
        return read_date(facts, value);
    return read_fact_of(facts, name, value);
}
