#include "run/reading.h"

#include "base/charset.h"

#include <stdlib.h>
#include <string.h>

static att_status read_columns(att_reading *reading, const att_strings *texts, att_error *error)
{
    size_t size = 0;

    for (size_t i = 0; i < texts->count; i++)
        size += strlen(texts->items[i]) + 1;
    reading->columns = calloc(texts->count + 1, sizeof *reading->columns);
    reading->memory = malloc(size + 1);
    if (!reading->columns || !reading->memory)
        return att_fail_memory(error);
    char *at = reading->memory;
    for (size_t i = 0; i < texts->count; i++) {
        const size_t length = strlen(texts->items[i]) + 1;
        char *role = memcpy(at, texts->items[i], length);
        char *equals = strchr(role, '=');
        at += length;
        if (!equals || equals == role || !equals[1])
            return att_fail(error, ATT_USAGE, NULL, 0, 0,
                            "'%s' is not ROLE=NAME; write for instance speaker=Participant (roles: transcript, turn, "
                            "speaker, start, end, text, language)",
                            texts->items[i]);
        *equals = '\0';
        reading->columns[i] = (att_column_role){role, equals + 1};
    }
    reading->options.columns = reading->columns;
    reading->options.column_count = texts->count;
    return ATT_OK;
}

att_status att_reading_of(att_reading *reading, const att_study *study, att_error *error)
{
    *reading = (att_reading){.options = {.speaker_regex = study->speaker_regex,
                                         .speaker_style = study->speaker_style,
                                         .tiers = (const char *const *)study->tiers.items,
                                         .tier_count = study->tiers.count}};
    if (study->format && !att_format_find(study->format))
        return att_fail(error, ATT_USAGE, NULL, 0, 0, "there is no transcript format '%s'; 'attune formats' lists them",
                        study->format);
    att_status status = study->encoding ? att_charset_check(study->encoding, error) : ATT_OK;
    return status ? status : read_columns(reading, &study->columns, error);
}

void att_reading_clear(att_reading *reading)
{
    free(reading->columns);
    free(reading->memory);
    *reading = (att_reading){0};
}
