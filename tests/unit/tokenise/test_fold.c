/* The form in which tokens and entries are compared. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/utf8.h"
#include "tokenise/fold.h"

#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

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

/* The definition itself, by ICU, code point by code point put together as one string. */
static void fold_slowly(const uint32_t *points, size_t count, bool keep_case, char *out)
{
    const UNormalizer2 *nfd, *nfc;
    UErrorCode code = U_ZERO_ERROR;
    UChar a[256], b[256];
    int32_t length = 0, size = 0;

    nfd = unorm2_getNFDInstance(&code);
    nfc = unorm2_getNFCInstance(&code);
    u_strFromUTF32(a, 256, &length, (const UChar32 *)points, (int32_t)count, &code);
    length = unorm2_normalize(nfd, a, length, b, 256, &code);
    if (keep_case)
        u_strncpy(a, b, length);
    else
        length = u_strFoldCase(a, 256, b, length, U_FOLD_CASE_DEFAULT, &code);
    length = unorm2_normalize(nfc, a, length, b, 256, &code);
    int32_t kept = 0;
    for (int32_t i = 0; i < length; i++)
        if (b[i] != 0xAD)
            a[kept++] = b[i] == 0x2018 || b[i] == 0x2019 || b[i] == 0x2BC || b[i] == 0xFF07 ? '\'' : b[i];
    u_strToUTF8(out, 512, &size, a, kept, &code);
    assert_true(U_SUCCESS(code));
    out[size] = '\0';
}

static void compare(att_folder *folder, att_buffer *found, const uint32_t *points, size_t count)
{
    char text[64], expected[512];
    size_t size = 0;

    for (size_t i = 0; i < count; i++)
        size += att_utf8_put(text + size, points[i]);
    for (int keep_case = 0; keep_case < 2; keep_case++) {
        att_fold(folder, found, (att_span){text, size}, keep_case);
        fold_slowly(points, count, keep_case, expected);
        if (strcmp(found->data, expected) != 0)
            fail_msg("U+%04X U+%04X U+%04X, case %s", points[0], count > 1 ? points[1] : 0, count > 2 ? points[2] : 0,
                     keep_case ? "kept" : "folded");
    }
}

static void test_fold__every_character_folds_in_any_company_as_the_definition_says(void **state)
{
    (void)state;
    static const uint32_t company[] = {'a',   'S',   0xDF,  0xE9,  0x130,  0x149,  0x1F0,  0x301,  0x323,  0x345, 0x3A3,
                                       0x5B4, 0x5BC, 0x5D9, 0x627, 0x653,  0x670,  0x928,  0x93C,  0x94D,  0x9C7, 0x9BE,
                                       0xAD,  0x2BC, 0xF71, 0xF72, 0x1100, 0x1161, 0x11A8, 0x1026, 0x102E, 0x1E9E};
    const size_t companions = sizeof company / sizeof *company;
    att_folder *folder = NULL;
    att_buffer found = {0};

    assert_int_equal(att_folder_new(&folder, NULL), ATT_OK);
    for (uint32_t c = 1; c < 0x3000; c++)
        for (size_t i = 0; i < companions; i++) {
            uint32_t behind[] = {company[i], c, company[(i * 7 + c) % companions]};
            compare(folder, &found, behind, 3);
        }
    att_buffer_clear(&found);
    att_folder_free(folder);
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
        cmocka_unit_test(test_fold__every_character_folds_in_any_company_as_the_definition_says),
        cmocka_unit_test(test_fold__ill_formed_bytes_become_the_replacement_character),
        cmocka_unit_test(test_fold__growth_fits),
    };
    return cmocka_run_group_tests_name("fold", tests, NULL, NULL);
}
