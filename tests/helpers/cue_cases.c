#include "cue_cases.h"

#include "turns.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *file_read(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    char *bytes = malloc(1 << 16);

    assert_non_null(bytes);
    if (!file)
        fail_msg("%s cannot be opened", path);
    *size = fread(bytes, 1, (1 << 16) - 1, file);
    bytes[*size] = '\0';
    fclose(file);
    return bytes;
}

void cue_expect(const att_format *format, att_span text, const att_read_options *options, const char *turns)
{
    static const size_t steps[] = {0, 1, 7};

    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        char *got = test_turns(format, text, "test", options, steps[i]);
        assert_string_equal(got, turns);
        free(got);
    }
}

int cue_sniff(const att_format *format, const char *text)
{
    return format->sniff(att_span_of(text), true, "test");
}

/* Turns whose first letter is one of ASCII stand in the source as they are. */
static void offsets_check(const char *name, const char *input, size_t size, const char *turns)
{
    for (const char *line = turns; *line; line = strchr(line, '\n') + 1) {
        const char *field = line;
        if (*line == '@')
            continue;
        for (int i = 0; i < 4; i++)
            field = strchr(field, '|') + 1;
        size_t offset = (size_t)strtoul(field, NULL, 10);
        const char *text = strchr(field, '|') + 1;
        size_t letters = strcspn(text, " .,!?<&\\\n\xEF");
        if (offset + letters > size || memcmp(input + offset, text, letters) != 0)
            fail_msg("case %s: `%.20s` does not stand at %zu", name, text, offset);
    }
}

static void case_check(const att_format *format, const char *name)
{
    char path[512];
    size_t size, wanted_size;

    snprintf(path, sizeof path, "tests/cases/%s/%s/input.%s", format->name, name, format->name);
    char *input = file_read(path, &size);
    snprintf(path, sizeof path, "tests/cases/%s/%s/expected.turns", format->name, name);
    char *wanted = file_read(path, &wanted_size);
    cue_expect(format, (att_span){input, size}, NULL, wanted);
    offsets_check(name, input, size, wanted);
    free(input);
    free(wanted);
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

void cue_cases_check(const att_format *format, size_t least)
{
    struct dirent **entries = NULL;
    char path[256];

    snprintf(path, sizeof path, "tests/cases/%s", format->name);
    int count = scandir(path, &entries, is_visible, alphasort);
    assert_true(count >= (int)least);
    for (int i = 0; i < count; i++) {
        case_check(format, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
}
