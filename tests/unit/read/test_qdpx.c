/* Each folder of tests/cases/qdpx holds a project.qde and its sources (*.txt), which the test packs, and an
 * expected.turns as test_turns shows them. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "packages.h"
#include "turns.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#define PROJECT "<Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"P\"><Sources>"
#define END     "</Sources></Project>"

static const att_format *const qdpx = &att_format_qdpx;

static int is_source(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');

    return dot && strcasecmp(dot, ".txt") == 0;
}

static void case_check(const char *path)
{
    att_span expected = test_file(path, "expected.turns");
    struct dirent **entries = NULL;
    test_member members[8] = {{0}};
    char names[8][300] = {"any name at all.QDE"};
    size_t used = 0;

    if (!expected.text)
        fail_msg("%s has no expected.turns", path);
    print_message("%s\n", path);
    int count = scandir(path, &entries, is_source, alphasort);
    for (int i = 0; i < count && used < 7; i++, used++) {
        snprintf(names[used + 1], sizeof names[0], "Sources/%s", entries[i]->d_name);
        members[used] = (test_member){names[used + 1], test_file(path, entries[i]->d_name)};
        free(entries[i]);
    }
    free(entries);
    members[used++] = (test_member){names[0], test_file(path, "project.qde")};
    expect_package(qdpx, test_zip(members, used, false), NULL, expected.text);
    for (size_t i = 0; i < used; i++)
        free((char *)(uintptr_t)members[i].content.text);
    free((char *)(uintptr_t)expected.text);
}

static void test_qdpx__every_case_gives_its_turns(void **state)
{
    (void)state;
    each_case("tests/cases/qdpx", 13, case_check);
}

static char *read_alone(const char *project)
{
    return test_turns(qdpx, att_span_of(project), "a.qde", NULL, 0);
}

static void test_qde__alone_is_read_where_it_holds_its_texts(void **state)
{
    static const char project[] =
        PROJECT "<TextSource guid=\"1\" name=\"S\"><PlainTextContent>Anna: One &amp; two.\nBen: "
                "Three.</PlainTextContent></TextSource>" END;
    char *got = read_alone(project);

    (void)state;
    assert_string_equal(got, "Anna||-|-|6|One & two.\nBen||-|-|22|Three.\n@title|P\n");
    assert_true(qdpx->sniff(att_span_of(project), true, "a.xml") >= 90);
    free(got);
}

static void expect_error(const char *project, const char *message)
{
    char *got = read_alone(project);

    if (!strstr(got, message))
        fail_msg("expected '%s', got '%s'", message, got);
    free(got);
}

static void test_qde__text_elsewhere_or_none_is_an_error(void **state)
{
    (void)state;
    expect_error(PROJECT "<TextSource guid=\"1\" name=\"S &amp; T\" plainTextPath=\"internal://1.txt\"/>" END,
                 "a.qde: the text of its source 'S & T' is not in the project (internal://1.txt)");
    expect_error(PROJECT "<TextSource guid=\"1\" name=\"S\" plainTextPath=\"absolute:///home/1.txt\"/>" END,
                 "is not in the project (absolute:///home/1.txt); export the project together with its sources");
    expect_error(PROJECT END, "a.qde: is a project without texts");
    expect_error("<Project><Sources/></Project>", "a.qde: is no REFI-QDA project");
}

static void test_qdpx__missing_parts_are_named(void **state)
{
    const test_member lonely[] = {{"project.qde", att_span_of(PROJECT "<TextSource guid=\"1\" name=\"S\" "
                                                                      "plainTextPath=\"internal://1.txt\"/>" END)}};
    const test_member other[] = {{"a.txt", att_span_of("Anna: One.")}};
    att_span zips[] = {test_zip(lonely, 1, false), test_zip(other, 1, false)};
    char *missing = test_turns(qdpx, zips[0], "a.qdpx", NULL, 0);
    char *none = test_turns(qdpx, zips[1], "a.qdpx", NULL, 0);

    (void)state;
    assert_non_null(strstr(missing, "a.qdpx: the text of its source 'S' (internal://1.txt) is missing"));
    assert_non_null(strstr(none, "a.qdpx: is no REFI-QDA project: there is no .qde file in it"));
    assert_true(qdpx->sniff(zips[0], true, "a") >= 90);
    assert_int_equal(qdpx->sniff(zips[1], true, "a.zip"), 0);
    free(missing);
    free(none);
    free((char *)(uintptr_t)zips[0].text);
    free((char *)(uintptr_t)zips[1].text);
}

static void test_qde__positions_beyond_the_text_or_backwards_do_no_harm(void **state)
{
    char *got =
        read_alone("<Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"P\"><Cases><Case guid=\"c\" name=\"Dana\">"
                   "<SelectionRef targetGUID=\"s1\"/><SelectionRef targetGUID=\"s2\"/><SelectionRef "
                   "targetGUID=\"s3\"/></Case></Cases><Sources><TextSource guid=\"1\" name=\"S\">"
                   "<PlainTextContent>One. Two. Three.</PlainTextContent><PlainTextSelection guid=\"s1\" "
                   "startPosition=\"10\" endPosition=\"99999999999999999999\"/><PlainTextSelection guid=\"s2\" "
                   "startPosition=\"9\" endPosition=\"2\"/><PlainTextSelection guid=\"s3\" "
                   "startPosition=\"-4\" endPosition=\"4\"/></TextSource></Sources></Project>");

    (void)state;
    assert_string_equal(got, "Dana||-|-|0|One.\n||-|-|5|Two.\nDana||-|-|10|Three.\n@title|P\n");
    free(got);
}

static void test_qde__every_prefix_ends_in_turns_or_an_error(void **state)
{
    att_span project = test_file("tests/cases/qdpx/case-of-a-whole-source", "project.qde");

    (void)state;
    test_prefixes(qdpx, project, "a.qde", project.size, 0);
    free((char *)(uintptr_t)project.text);
}

static void test_qde__sample_without_its_texts_says_so(void **state)
{
    char *got = test_turns_of_file(qdpx, "../shared/samples/qdpx/f4-project.qde", NULL);

    (void)state;
    if (!got) {
        skip();
        return;
    }
    assert_non_null(strstr(got, "the text of its source 'Interview 15mins' is not in the project"));
    free(got);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_qdpx__every_case_gives_its_turns),
        cmocka_unit_test(test_qde__alone_is_read_where_it_holds_its_texts),
        cmocka_unit_test(test_qde__text_elsewhere_or_none_is_an_error),
        cmocka_unit_test(test_qdpx__missing_parts_are_named),
        cmocka_unit_test(test_qde__positions_beyond_the_text_or_backwards_do_no_harm),
        cmocka_unit_test(test_qde__every_prefix_ends_in_turns_or_an_error),
        cmocka_unit_test(test_qde__sample_without_its_texts_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
