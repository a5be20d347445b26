/* pcre2.h wants to know the width of its characters. */
#define PCRE2_CODE_UNIT_WIDTH 8

#include <attune/version.h>

#include <hs.h>
#include <pcre2.h>
#include <stdio.h>
#include <unicode/uchar.h>
#include <unicode/uversion.h>

const char *att_version(void)
{
    static char text[512];

#pragma omp critical(att_version)
    if (!text[0]) {
        UVersionInfo icu, unicode;
        char icu_text[U_MAX_VERSION_STRING_LENGTH], unicode_text[U_MAX_VERSION_STRING_LENGTH], pcre2_text[64] = "";
        u_getVersion(icu);
        u_getUnicodeVersion(unicode);
        u_versionToString(icu, icu_text);
        u_versionToString(unicode, unicode_text);
        if (pcre2_config(PCRE2_CONFIG_VERSION, NULL) < (int)sizeof pcre2_text)
            pcre2_config(PCRE2_CONFIG_VERSION, pcre2_text);
        snprintf(text, sizeof text, "attune " ATTUNE_VERSION "\nICU %s (Unicode %s)\nHyperscan %s\nPCRE2 %s", icu_text,
                 unicode_text, hs_version(), pcre2_text);
    }
    return text;
}
