/* Each folder of tests/cases/odt holds a body.xml (of office:text), perhaps a style.txt (--speaker-style) with a
 * styles.xml (automatic styles), and an expected.turns as test_turns shows them. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "packages.h"
#include "turns.h"

#include <stdio.h>
#include <stdlib.h>

static const att_format *const odt = &att_format_odt;

static void case_check(const char *path)
{
    att_span body = test_file(path, "body.xml"), style = test_file(path, "style.txt");
    att_span styles = test_file(path, "styles.xml"), expected = test_file(path, "expected.turns");
    att_read_options options = {.speaker_style = style.text};

    assert_non_null(body.text);
    if (!expected.text)
        fail_msg("%s has no expected.turns", path);
    print_message("%s\n", path);
    expect_package(odt, test_odt(body.text, styles.text), &options, expected.text);
    free((char *)(uintptr_t)body.text);
    free((char *)(uintptr_t)style.text);
    free((char *)(uintptr_t)styles.text);
    free((char *)(uintptr_t)expected.text);
}

static void test_odt__every_case_gives_its_turns(void **state)
{
    (void)state;
    each_case("tests/cases/odt", 6, case_check);
}

static void expect_error(att_span content, const char *message)
{
    char *got = test_turns(odt, content, "a.odt", NULL, 0);

    if (!strstr(got, message))
        fail_msg("expected '%s', got '%s'", message, got);
    free(got);
}

static void test_odt__flat_document_is_read_without_its_headers(void **state)
{
    static const char flat[] =
        "<?xml version=\"1.0\"?><office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
        "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" "
        "office:mimetype=\"application/vnd.oasis.opendocument.text\"><office:master-styles><text:p>Page 1</text:p>"
        "</office:master-styles><office:body><office:text><text:p>Anna: One.</text:p></office:text></office:body>"
        "</office:document>";
    char *got = test_turns(odt, att_span_of(flat), "a.fodt", NULL, 0);

    (void)state;
    assert_string_equal(got, "Anna||-|-|6|One.\n");
    assert_true(odt->sniff(att_span_of(flat), true, "a") >= 90);
    free(got);
}

static void test_odt__what_is_something_else_is_said(void **state)
{
    const test_member locked[] = {{"content.xml", att_span_of("\x01\x02")},
                                  {"META-INF/manifest.xml", att_span_of("<manifest:encryption-data/>")}};
    const test_member sheet[] = {{"mimetype", att_span_of("application/vnd.oasis.opendocument.spreadsheet")},
                                 {"content.xml", att_span_of("<x/>")}};
    att_span zips[] = {test_zip(locked, 2, false), test_zip(sheet, 2, true)};

    (void)state;
    expect_error(zips[0], "a.odt: is protected by a password");
    expect_error(zips[1], "a.odt: is a spreadsheet");
    assert_int_equal(odt->sniff(zips[1], true, "a"), 0);
    expect_error(att_span_of("%PDF-1.7 and so on"), "a.odt: is a PDF file");
    free((char *)(uintptr_t)zips[0].text);
    free((char *)(uintptr_t)zips[1].text);
}

static void test_odt__every_prefix_ends_in_turns_or_an_error(void **state)
{
    att_span zip = test_odt("<text:p>Anna: One.</text:p>", NULL);

    (void)state;
    assert_true(odt->sniff(zip, true, "a") >= 90);
    test_prefixes(odt, zip, "a.odt", zip.size, 0);
    free((char *)(uintptr_t)zip.text);
}

static void test_odt__sample(void **state)
{
    char *turns = test_turns_of_file(odt, "../shared/samples/docx/ID2.odt", NULL);

    (void)state;
    if (!turns) {
        skip();
        return;
    }
    assert_non_null(strstr(turns, "did not help.\n||-|-|220|I really want someone to sit down with me and explain the "
                                  "course material.\n||-|-|296|The course cost €200.00 and I do"));
    free(turns);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_odt__every_case_gives_its_turns),
        cmocka_unit_test(test_odt__flat_document_is_read_without_its_headers),
        cmocka_unit_test(test_odt__what_is_something_else_is_said),
        cmocka_unit_test(test_odt__every_prefix_ends_in_turns_or_an_error),
        cmocka_unit_test(test_odt__sample),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
