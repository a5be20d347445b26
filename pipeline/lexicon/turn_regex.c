#include "lexicon/turn_regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdio.h>

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
