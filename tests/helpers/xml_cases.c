#include "xml_cases.h"

#include "scratch.h"
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

enum { PATH = 512 };

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static int is_input(const struct dirent *entry)
{
    return strncmp(entry->d_name, "input.", 6) == 0;
}

/* The one input of a case; its path goes into path, its name stands at the end of it. */
static char *read_input(const char *folder, char path[PATH], size_t *size)
{
    struct dirent **entries = NULL;

    if (scandir(folder, &entries, is_input, alphasort) != 1)
        fail_msg("%s holds no input, or several", folder);
    snprintf(path, PATH, "%s/%s", folder, entries[0]->d_name);
    free(entries[0]);
    free(entries);
    char *bytes = scratch_read(path, size);
    assert_non_null(bytes);
    return bytes;
}

static void case_check(const att_format *format, const char *folder)
{
    char path[PATH], expected[PATH];
    size_t size, expected_size;
    char *input = read_input(folder, path, &size);

    snprintf(expected, sizeof expected, "%s/expected.turns", folder);
    char *wanted = scratch_read(expected, &expected_size);
    assert_non_null(wanted);
    char *got = test_turns(format, (att_span){input, size}, strrchr(path, '/') + 1, NULL, 0);
    if (strcmp(got, wanted) != 0)
        fail_msg("%s gives\n%s\nexpected\n%s", folder, got, wanted);
    assert_true(format->sniff((att_span){input, size}, true, "any") >= 50);
    free(got);
    free(wanted);
    free(input);
}

static void case_cut(const att_format *format, const char *folder)
{
    char path[PATH];
    size_t size;
    char *input = read_input(folder, path, &size);

    test_prefixes(format, (att_span){input, size}, "cut", 1 << 16, 0);
    free(input);
}

static void each_case(const att_format *format, size_t least, void (*check)(const att_format *, const char *))
{
    struct dirent **entries = NULL;
    char path[PATH];

    snprintf(path, sizeof path, "tests/cases/%s", format->name);
    int count = scandir(path, &entries, is_visible, alphasort);
    assert_true(count >= (int)least);
    for (int i = 0; i < count; i++) {
        snprintf(path, sizeof path, "tests/cases/%s/%s", format->name, entries[i]->d_name);
        check(format, path);
        free(entries[i]);
    }
    free(entries);
}

void xml_cases_check(const att_format *format, size_t least)
{
    each_case(format, least, case_check);
}

void xml_cases_cut(const att_format *format)
{
    each_case(format, 1, case_cut);
}

void xml_expect(const att_format *format, const char *text, const att_read_options *options, const char *turns)
{
    char *got = test_turns(format, att_span_of(text), "test", options, 0);

    assert_string_equal(got, turns);
    free(got);
}

void xml_expect_error(const att_format *format, const char *text, const att_read_options *options, const char *message)
{
    char *got = test_turns(format, att_span_of(text), "test", options, 0);

    if (strncmp(got, "error: ", 7) != 0 || !strstr(got, message))
        fail_msg("got\n%s\nexpected an error that holds\n%s", got, message);
    free(got);
}
