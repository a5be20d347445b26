/* The form in which tokens and entries are compared. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tokenise/fold.h"

static void assert_folds(const char *text, bool keep_case, const char *expected)
{
    att_folder *folder = NULL;
    att_buffer out = {0};

    assert_int_equal(att_folder_new(&folder, NULL), ATT_OK);
    att_fold(folder, &out, att_span_of(text), keep_case);
    assert_false(out.failed);
    assert_string_equal(out.data, expected);
    att_buffer_clear(&out);
    att_folder_free(folder);
}

static void test_fold__case_is_folded_in_full(void **state)
{
    (void)state;
    assert_folds("Nurse", false, "nurse");
    assert_folds("Stra\xC3\x9F"
                 "e",
                 false, "strasse");
    assert_folds("STRASSE", false, "strasse");
    assert_folds("\xC3\x84rztin", false, "\xC3\xA4rztin");
    assert_folds("\xCE\xA3\xCE\xBF\xCF\x82", false, "\xCF\x83\xCE\xBF\xCF\x83"); /* final sigma */
}

static void test_fold__decomposed_and_composed_are_one(void **state)
{
    (void)state;
    assert_folds("A\xCC\x88rztin", false, "\xC3\xA4rztin");
    assert_folds("a\xCC\x88", true, "\xC3\xA4");
}

static void test_fold__apostrophes_are_one_and_soft_hyphens_go(void **state)
{
    (void)state;
    assert_folds("don\xE2\x80\x99t", false, "don't");
    assert_folds("DON\xCA\xBCT", false, "don't");
    assert_folds("Gene\xC2\xADsung", false, "genesung");
}

static void test_fold__keep_case_keeps_it(void **state)
{
    (void)state;
    assert_folds("MaD", true, "MaD");
    assert_folds("\xC3\x9F\xC3\x84", true, "\xC3\x9F\xC3\x84");
}

static void test_fold__ill_formed_bytes_become_the_replacement_character(void **state)
{
    (void)state;
    assert_folds("a\xFF"
                 "b",
                 false,
                 "a\xEF\xBF\xBD"
                 "b");
}

static void test_fold__growth_fits(void **state)
{
    (void)state;
    /* U+FDFA is the longest growth under compatibility forms; under NFC U+0390 and U+1FB7 fold into three. */
    char text[300] = "", expected[900] = "";
    for (int i = 0; i < 40; i++) {
        __builtin_strcat(text, "\xCE\x90");
        __builtin_strcat(expected, "\xCE\x90");
    }
    assert_folds(text, false, expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fold__case_is_folded_in_full),
        cmocka_unit_test(test_fold__decomposed_and_composed_are_one),
        cmocka_unit_test(test_fold__apostrophes_are_one_and_soft_hyphens_go),
        cmocka_unit_test(test_fold__keep_case_keeps_it),
        cmocka_unit_test(test_fold__ill_formed_bytes_become_the_replacement_character),
        cmocka_unit_test(test_fold__growth_fits),
    };
    return cmocka_run_group_tests_name("fold", tests, NULL, NULL);
}
