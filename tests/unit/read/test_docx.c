/* Each folder of tests/cases/docx holds a body.xml (of the document), perhaps a style.txt (--speaker-style) with a
 * styles.xml, and an expected.turns as test_turns shows them. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "packages.h"
#include "turns.h"

#include <stdio.h>
#include <stdlib.h>

#define SAMPLES "../shared/samples/docx"

static const att_format *const docx = &att_format_docx;

static void case_check(const char *path)
{
    att_span body = test_file(path, "body.xml"), style = test_file(path, "style.txt");
    att_span styles = test_file(path, "styles.xml"), expected = test_file(path, "expected.turns");
    att_read_options options = {.speaker_style = style.text};

    assert_non_null(body.text);
    if (!expected.text)
        fail_msg("%s has no expected.turns", path);
    print_message("%s\n", path);
    expect_package(docx, test_docx(body.text, styles.text), &options, expected.text);
    free((char *)(uintptr_t)body.text);
    free((char *)(uintptr_t)style.text);
    free((char *)(uintptr_t)styles.text);
    free((char *)(uintptr_t)expected.text);
}

static void test_docx__every_case_gives_its_turns(void **state)
{
    (void)state;
    each_case("tests/cases/docx", 21, case_check);
}

static void test_docx__main_part_is_where_the_relationships_say(void **state)
{
    static const char document[] =
        "<w:document xmlns:w=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"><w:body><w:p>"
        "<w:r><w:t>Anna: One.</w:t></w:r></w:p></w:body></w:document>";
    static const char relations[] = "<Relationships><Relationship Type=\"http://purl.oclc.org/ooxml/officeDocument/"
                                    "relationships/officeDocument\" Target=\"/Other/Main.xml\"/></Relationships>";
    const test_member members[] = {{"_rels/.rels", att_span_of(relations)}, {"other/main.XML", att_span_of(document)}};
    const test_member usual[] = {{"word\\document.xml", att_span_of(document)}};

    (void)state;
    expect_package(docx, test_zip(members, 2, true), NULL, "Anna||-|-|6|One.\n");
    expect_package(docx, test_zip(usual, 1, true), NULL, "Anna||-|-|6|One.\n");
}

static int sniffed(att_span content, const char *name)
{
    int sure = docx->sniff(content, true, name);

    free((char *)(uintptr_t)content.text);
    return sure;
}

static void test_docx__is_recognised_by_its_members_not_its_name(void **state)
{
    const test_member text[] = {{"a.txt", att_span_of("Anna: One.")}};
    test_member nested[] = {{"a.docx", test_docx("<w:p/>", NULL)}};

    (void)state;
    assert_true(sniffed(test_docx("<w:p/>", NULL), "a.bin") >= 90);
    assert_int_equal(sniffed(test_zip(text, 1, false), "a.zip"), 0);
    assert_int_equal(sniffed(test_odt("<text:p/>", NULL), "a.odt"), 0);
    assert_int_equal(sniffed(test_zip(nested, 1, true), "a.zip"), 0); /* an archive of documents is not one */
    free((char *)(uintptr_t)nested[0].content.text);
}

static void expect_error(att_span content, const char *message)
{
    char *got = test_turns(docx, content, "a.docx", NULL, 0);

    if (!strstr(got, message))
        fail_msg("expected '%s', got '%s'", message, got);
    free(got);
}

static void test_docx__what_is_something_else_is_said(void **state)
{
    static const char compound[] =
        "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
    static const char old[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....W\0o\0r\0d\0";
    const test_member sheet[] = {{"_rels/.rels", att_span_of("<Relationships><Relationship Type=\"x/officeDocument\" "
                                                             "Target=\"xl/workbook.xml\"/></Relationships>")}};
    att_span zip = test_zip(sheet, 1, false);

    (void)state;
    expect_error(att_span_of("%PDF-1.7 and so on"), "a.docx: is a PDF file");
    expect_error((att_span){compound, sizeof compound - 1}, "a.docx: is protected by a password");
    assert_true(docx->sniff((att_span){compound, sizeof compound - 1}, true, "a") >= 50);
    expect_error((att_span){old, sizeof old - 1}, "a.docx: is a file of an old word processor");
    assert_int_equal(docx->sniff((att_span){old, sizeof old - 1}, true, "a"), 0);
    expect_error(att_span_of("Anna: just text"), "a.docx: is not a Word document, whatever its name (.docx) says");
    expect_error(zip, "a.docx: is a spreadsheet (.xlsx)");
    free((char *)(uintptr_t)zip.text);
}

static void test_docx__damaged_xml_names_the_part(void **state)
{
    att_span zip = test_docx("<w:p><w:r></w:p>", NULL);
    att_span bomb = test_docx("&lol;", NULL);

    (void)state;
    expect_error(zip, "a.docx (word/document.xml):");
    expect_error(bomb, "&lol;");
    free((char *)(uintptr_t)zip.text);
    free((char *)(uintptr_t)bomb.text);
}

static void test_docx__bomb_is_an_error(void **state)
{
    static const char document[] =
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">";
    size_t size = (size_t)66 << 20;
    char *zeros = malloc(size);

    (void)state;
    assert_non_null(zeros);
    memset(zeros, ' ', size);
    memcpy(zeros, document, sizeof document - 1);
    const test_member members[] = {{"word/document.xml", {zeros, size}}};
    att_span zip = test_zip(members, 1, false);
    free(zeros);
    expect_error(zip, "a.docx: unpacks to more than 250 times its size");
    free((char *)(uintptr_t)zip.text);
}

/* The archive's own checksums and its directory at the end tell. */
static void test_docx__every_cut_or_changed_byte_ends_in_turns_or_an_error(void **state)
{
    att_span zip =
        test_docx("<w:p><w:r><w:t>Anna: One.</w:t></w:r></w:p><w:p><w:r><w:t>Ben: Two.</w:t></w:r></w:p>", NULL);
    char *copy = malloc(zip.size);

    (void)state;
    assert_non_null(copy);
    test_prefixes(docx, zip, "a.docx", zip.size - 1, 0);
    for (size_t i = 0; i < zip.size; i++) {
        memcpy(copy, zip.text, zip.size);
        copy[i] ^= 0x55;
        char *got = test_turns(docx, (att_span){copy, zip.size}, "a.docx", NULL, 0);
        assert_true(!strncmp(got, "error: a.docx", 13) || strstr(got, "|One.\n"));
        free(got);
    }
    char *cut = test_turns(docx, (att_span){zip.text, zip.size - 1}, "a.docx", NULL, 0);
    assert_non_null(strstr(cut, "is damaged or cut short"));
    free(cut);
    free(copy);
    free((char *)(uintptr_t)zip.text);
}

static void test_docx__samples(void **state)
{
    char *turns = test_turns_of_file(docx, SAMPLES "/ID1.docx", NULL);
    size_t labelled = 0, lines = 0;

    (void)state;
    if (!turns) {
        skip();
        return;
    }
    assert_non_null(
        strstr(turns, "web links have been really good.\n||-|-|206|I guess some less computer-savvy people"));
    free(turns);
    att_read_options options = {.speaker_style = "D3/ Intervinent*"};
    turns = test_turns_of_file(docx, SAMPLES "/PCAT-0301-09112015.docx", &options);
    assert_non_null(turns);
    for (const char *line = turns; *line; line = strchr(line, '\n') + 1, lines++)
        labelled += *line != '|' && *line != '@';
    assert_int_equal(lines, 49);
    assert_int_equal(labelled, 39);
    assert_non_null(strstr(turns, "Anna Gabriel i Sabaté||-|-|"));
    free(turns);
    att_span content = test_file(SAMPLES, "ID1.docx");
    test_prefixes(docx, content, "ID1.docx", 0, 500);
    free((char *)(uintptr_t)content.text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_docx__every_case_gives_its_turns),
        cmocka_unit_test(test_docx__main_part_is_where_the_relationships_say),
        cmocka_unit_test(test_docx__is_recognised_by_its_members_not_its_name),
        cmocka_unit_test(test_docx__what_is_something_else_is_said),
        cmocka_unit_test(test_docx__damaged_xml_names_the_part),
        cmocka_unit_test(test_docx__bomb_is_an_error),
        cmocka_unit_test(test_docx__every_cut_or_changed_byte_ends_in_turns_or_an_error),
        cmocka_unit_test(test_docx__samples),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
