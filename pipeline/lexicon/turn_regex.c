#include "lexicon/turn_regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>

#include "base/utf8.h"

/* A turn is one text, whatever its lines: `.` stands for a line break too, `$` for the end alone. */
#define FLAGS                                                                                                          \
    (PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C | PCRE2_DOTALL | PCRE2_DOLLAR_ENDONLY)

pcre2_code *att_turn_regex_compile(const char *expression, size_t size, bool exact, char reason[256])
{
    PCRE2_UCHAR message[200] = "unknown mistake";
    PCRE2_SIZE offset = 0;
    int number = 0;
    pcre2_code *code =
        pcre2_compile((PCRE2_SPTR)expression, size, exact ? FLAGS : FLAGS | PCRE2_CASELESS, &number, &offset, NULL);

    reason[0] = '\0';
    if (!code && number != PCRE2_ERROR_HEAP_FAILED) {
        (void)pcre2_get_error_message(number, message, sizeof message);
        (void)snprintf(reason, 256, "%s at byte %zu", (const char *)message, offset);
    }
    return code;
}

/* From PCRE2 10.43 on marks are part of a word, for \w; for Hyperscan they are not. */
static bool has_marks_in_words(void)
{
    char version[64] = "";
    int major = 0, minor = 0;

    if (pcre2_config(PCRE2_CONFIG_VERSION, NULL) > (int)sizeof version)
        return true;
    (void)pcre2_config(PCRE2_CONFIG_VERSION, version);
    for (const char *c = version; *c >= '0' && *c <= '9'; c++)
        major = major * 10 + (*c - '0');
    const char *point = strchr(version, '.');
    for (const char *c = point ? point + 1 : ""; *c >= '0' && *c <= '9'; c++)
        minor = minor * 10 + (*c - '0');
    return major > 10 || minor >= 43;
}

static bool is_common(UChar32 c, bool marks)
{
    UVersionInfo age;

    if (c < 0x300)
        return true;
    if (marks && U_GET_GC_MASK(c) & (U_GC_M_MASK | U_GC_PC_MASK))
        return false;
    if (c < 0x37F)
        return true;
    /* Mongolian, New Tai Lue and Vedic signs that are letters, or none, since. */
    if ((c >= 0x1885 && c <= 0x1886) || (c >= 0x19B0 && c <= 0x19C9) || (c >= 0x1CF2 && c <= 0x1CF3))
        return false;
    u_charAge(c, age);
    return age[0] < 7;
}

bool att_turn_regex_is_common(att_span text)
{
    size_t at = 0;

    while (at < text.size && !((unsigned char)text.text[at] & 0x80))
        at++;
    if (at == text.size)
        return true;
    for (bool marks = has_marks_in_words(); at < text.size;)
        if (!is_common((UChar32)att_utf8_next(text.text, text.size, &at), marks))
            return false;
    return true;
}

bool att_turn_regex_has_common_classes(att_span expression)
{
    static const char alike[] = "bBdDsSwWnrtfAzZgk";

    for (size_t i = 0; i + 1 < expression.size; i++) {
        char c = expression.text[i], next = expression.text[i + 1];
        bool letter = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
        if ((c == '[' && next == ':') || (c == '\\' && letter && !strchr(alike, next)))
            return false;
        i += c == '\\';
    }
    return true;
}
