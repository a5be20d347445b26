/* A turn's source offset leads back to its text: in every case of every text format. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "turns.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t file_read(const char *path, char *bytes, size_t room)
{
    FILE *file = fopen(path, "rb");

    if (!file)
        fail_msg("%s cannot be opened", path);
    size_t size = fread(bytes, 1, room, file);
    fclose(file);
    return size;
}

/* Letters at the start of a text that the source must have in a row. CHAT has marks inside words. */
static size_t letters_of(const char *text, const char *format)
{
    size_t count = 0;

    while (isalnum((unsigned char)text[count]))
        count++;
    return count && strcmp(format, "cha") == 0 ? 1 : count;
}

/* Returns how many turns of the case begin with letters. */
static size_t case_check(const char *format, const char *folder)
{
    static char source[1 << 16];
    char path[600];
    size_t checked = 0;

    snprintf(path, sizeof path, "%s/input.%s", folder, format);
    size_t size = file_read(path, source, sizeof source);
    char *turns = test_turns_of_file(att_format_find(format), path, NULL);
    assert_non_null(turns);
    for (const char *line = turns; *line && *line != '@'; line = strchr(line, '\n') + 1) {
        const char *field = line;
        if (strncmp(line, "error: ", 7) == 0)
            break;
        for (int i = 0; i < 4; i++)
            field = strchr(field, '|') + 1;
        size_t offset = (size_t)strtoul(field, NULL, 10);
        const char *text = strchr(field, '|') + 1;
        size_t letters = letters_of(text, format);
        assert_true(offset <= size);
        if (offset + letters > size || memcmp(source + offset, text, letters) != 0)
            fail_msg("%s: `%.20s` does not stand at %zu", path, text, offset);
        checked += letters > 0;
    }
    free(turns);
    return checked;
}

static int is_visible(const struct dirent *entry)
{
    /* What attune wrote says the offsets in what it read. */
    return entry->d_name[0] != '.' && strcmp(entry->d_name, "canonical") != 0;
}

static void test_offsets__lead_back_to_the_text_in_every_case(void **state)
{
    static const char *const formats[] = {"txt", "vtt", "srt", "cha", "textgrid", "csv", "tsv", "jsonl"};

    (void)state;
    for (size_t f = 0; f < sizeof formats / sizeof *formats; f++) {
        struct dirent **entries = NULL;
        char folder[64], path[512];
        size_t checked = 0;
        snprintf(folder, sizeof folder, "tests/cases/%s", formats[f]);
        int count = scandir(folder, &entries, is_visible, alphasort);
        assert_true(count > 0);
        for (int i = 0; i < count; i++) {
            snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
            checked += case_check(formats[f], path);
            free(entries[i]);
        }
        free(entries);
        assert_true(checked >= 4);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_offsets__lead_back_to_the_text_in_every_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
