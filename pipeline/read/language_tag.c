#include "read/language_tag.h"

#include <string.h>
#include <strings.h>
#include <unicode/uloc.h>

/* ISO 639-2 has two codes for some languages; ICU knows the other one. cmn: lexicons are named by the macrolanguage. */
static const char *const codes[][2] = {
    {"alb", "sq"}, {"arm", "hy"}, {"baq", "eu"}, {"bur", "my"}, {"chi", "zh"}, {"cmn", "zh"}, {"cze", "cs"},
    {"dut", "nl"}, {"fre", "fr"}, {"geo", "ka"}, {"ger", "de"}, {"gre", "el"}, {"ice", "is"}, {"mac", "mk"},
    {"mao", "mi"}, {"may", "ms"}, {"mis", ""},   {"mul", ""},   {"per", "fa"}, {"rum", "ro"}, {"slo", "sk"},
    {"tib", "bo"}, {"und", ""},   {"wel", "cy"}, {"zxx", ""},
};

static const char *better_code(const char *code)
{
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (strcasecmp(codes[i][0], code) == 0)
            return codes[i][1];
    return code;
}

size_t att_language_tag(char tag[static ATT_TAG_ROOM], att_span name)
{
    UErrorCode error = U_ZERO_ERROR;
    char written[ATT_TAG_ROOM], locale[ULOC_FULLNAME_CAPACITY];
    int32_t parsed = 0;

    tag[0] = '\0';
    if (!name.size || name.size >= sizeof written)
        return 0;
    for (size_t i = 0; i < name.size; i++)
        written[i] = name.text[i] == '_' ? '-' : name.text[i];
    written[name.size] = '\0';
    if (strcspn(written, "-") > 3)
        return 0; /* "english": a name, no code */
    const char *code = better_code(written);
    if (uloc_forLanguageTag(code, locale, sizeof locale, &parsed, &error) <= 0 || U_FAILURE(error) ||
        (size_t)parsed != strlen(code))
        return 0;
    int32_t size = uloc_toLanguageTag(locale, tag, ATT_TAG_ROOM, true, &error);
    if (U_FAILURE(error) || size <= 0 || size >= ATT_TAG_ROOM || strncmp(tag, "und", 3) == 0) {
        tag[0] = '\0';
        return 0;
    }
    return (size_t)size;
}
