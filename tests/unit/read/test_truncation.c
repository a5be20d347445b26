/* A transcript that is cut off anywhere ends in turns or in an error with a message, whatever its format. Every prefix
 * of every case, and of the samples where they are there: up to 64 KB, and 500 at random of what is longer. All of them
 * take a while: without ATTUNE_ALL_PREFIXES in the environment a few are read. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "packages.h"
#include "read/format.h"
#include "scratch.h"
#include "turns.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WHOLE = 64 * 1024, MANY = 500, FEW = 4 };

static size_t files; /* nftw knows no context */

static const att_format *format_of(const char *path)
{
    const char *dot = strrchr(path, '.');
    char extension[16];

    if (!dot || strlen(dot) >= sizeof extension)
        return NULL;
    for (size_t i = 0; i <= strlen(dot + 1); i++)
        extension[i] = dot[i + 1] >= 'A' && dot[i + 1] <= 'Z' ? (char)(dot[i + 1] + 32) : dot[i + 1];
    if (strcmp(extension, "xml") == 0)
        return &att_format_tei;
    if (strcmp(extension, "qde") == 0)
        return &att_format_qdpx;
    return strcmp(extension, "xlsx") == 0 ? NULL : att_format_find(extension);
}

static void cut(const att_format *format, att_span content, const char *path)
{
    bool all = getenv("ATTUNE_ALL_PREFIXES") != NULL;
    size_t most = content.size <= WHOLE ? content.size : 0;

    if (all)
        test_prefixes(format, content, path, most, MANY);
    else
        test_prefixes(format, content, path, 0, FEW);
    files++;
}

static int visit(const char *path, const struct stat *about, int kind, struct FTW *place)
{
    const att_format *format = kind == FTW_F ? format_of(path) : NULL;
    size_t size;

    (void)about, (void)place;
    if (!format)
        return 0;
    char *content = scratch_read(path, &size);
    assert_non_null(content);
    cut(format, (att_span){content, size}, path);
    free(content);
    return 0;
}

static void test_truncation__every_case_ends_in_turns_or_an_error(void **state)
{
    (void)state;
    files = 0;
    assert_int_equal(nftw("tests/cases", visit, 16, FTW_PHYS), 0);
    assert_true(files > 140);
}

static void test_truncation__every_sample_ends_in_turns_or_an_error(void **state)
{
    (void)state;
    files = 0;
    if (nftw("../shared/samples", visit, 16, FTW_PHYS) != 0)
        skip();
    assert_true(files > 60);
}

/* The word processor cases are bodies; their documents are cut at every byte. */
static void cut_body(const char *folder, bool word)
{
    char *body = (char *)test_file(folder, "body.xml").text, *styles = (char *)test_file(folder, "styles.xml").text;

    assert_non_null(body);
    att_span package = word ? test_docx(body, styles) : test_odt(body, styles);
    cut(word ? &att_format_docx : &att_format_odt, package, folder);
    free((char *)package.text);
    free(body);
    free(styles);
}

static void cut_docx(const char *folder)
{
    cut_body(folder, true);
}

static void cut_odt(const char *folder)
{
    cut_body(folder, false);
}

static void test_truncation__every_word_processor_case_ends_in_turns_or_an_error(void **state)
{
    (void)state;
    each_case("tests/cases/docx", 20, cut_docx);
    each_case("tests/cases/odt", 6, cut_odt);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_truncation__every_case_ends_in_turns_or_an_error),
        cmocka_unit_test(test_truncation__every_word_processor_case_ends_in_turns_or_an_error),
        cmocka_unit_test(test_truncation__every_sample_ends_in_turns_or_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
