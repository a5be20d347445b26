/* Every folder of tests/cases/dictionaries/FORMAT: the input as a tree, and what was lost. With DICTIONARY_UPDATE=1 the
 * expected trees are written anew. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/file.h"
#include "lexicon/dictionary.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>

static void put_category(att_buffer *out, const att_dictionary *d, uint32_t c)
{
    const att_category *category = &d->categories[c];

    att_buffer_format(out, "%*s%s", (int)(2 * category->depth), "", category->name);
    if (category->label)
        att_buffer_format(out, " | label %s", category->label);
    if (category->definition)
        att_buffer_format(out, " | definition %s", category->definition);
    att_buffer_char(out, '\n');
}

static void put_term(att_buffer *out, const att_dictionary *d, const att_dictionary_term *term)
{
    att_buffer_format(out, "%*s- %s", (int)(2 * d->categories[term->category].depth + 2), "", term->text);
    if (term->weight != ATT_WEIGHT_ONE) {
        att_buffer_text(out, " | weight ");
        att_weight_put(out, term->weight);
    }
    if (term->regex)
        att_buffer_text(out, " | regex");
    if (term->note)
        att_buffer_format(out, " | note %s", term->note);
    for (uint32_t i = 0; i < term->except_count; i++)
        att_buffer_format(out, " | except %s", term->excepts[i]);
    att_buffer_format(out, " @%llu\n", (unsigned long long)term->line);
}

static void put_tree(att_buffer *out, const att_dictionary *d)
{
    for (uint32_t c = 0; c < d->category_count; c++) {
        put_category(out, d, c);
        for (size_t i = d->first_term[c]; i < d->first_term[c + 1]; i++)
            put_term(out, d, &d->terms[i]);
    }
    for (size_t i = 0; i < d->losses.count; i++)
        att_buffer_format(out, "! %s: %llu, line %llu, %s\n", d->losses.items[i].what,
                          (unsigned long long)d->losses.items[i].count, (unsigned long long)d->losses.items[i].line,
                          d->losses.items[i].example);
}

static void check_case(const char *folder, const char *input, const char *format_name)
{
    att_dictionary dictionary = {0};
    const att_dictionary_format *format = NULL;
    att_buffer bytes = {0}, got = {0}, wanted = {0};
    char *expected = att_path_join(folder, "expected.tree");
    att_error error = {.status = ATT_OK};

    assert_int_equal(att_file_read(&bytes, input, 0, &error), ATT_OK);
    if (att_dictionary_read(&dictionary, &format, input, (att_span){bytes.data, bytes.size}, NULL, NULL, &error))
        fail_msg("%s", error.message);
    assert_string_equal(format->name, format_name);
    put_tree(&got, &dictionary);
    if (getenv("DICTIONARY_UPDATE")) {
        FILE *file = fopen(expected, "wb");
        assert_non_null(file);
        fwrite(got.data, 1, got.size, file);
        fclose(file);
    }
    if (att_file_read(&wanted, expected, 0, &error))
        fail_msg("%s", error.message);
    if (strcmp(got.data, wanted.data) != 0)
        fail_msg("%s reads as\n%s\nand not as\n%s", input, got.data, wanted.data);
    att_dictionary_clear(&dictionary);
    att_buffer_clear(&bytes);
    att_buffer_clear(&got);
    att_buffer_clear(&wanted);
    free(expected);
}

/* All cases of a format; there are at least `least`. */
static void check_cases(const char *format, size_t least)
{
    char pattern[256];
    glob_t found;

    snprintf(pattern, sizeof pattern, "tests/cases/dictionaries/%s/*/input.*", format);
    assert_int_equal(glob(pattern, 0, NULL, &found), 0);
    assert_true(found.gl_pathc >= least);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        char folder[512];
        snprintf(folder, sizeof folder, "%s", found.gl_pathv[i]);
        *strrchr(folder, '/') = '\0';
        check_case(folder, found.gl_pathv[i], format);
    }
    globfree(&found);
}

#define CASES(format, least)                                                                                           \
    static void test_##format##__cases(void **state)                                                                   \
    {                                                                                                                  \
        (void)state;                                                                                                   \
        check_cases(#format, least);                                                                                   \
    }

CASES(dic, 6)
CASES(dicx, 2)
CASES(cat, 6)
CASES(ykd, 3)
CASES(lcd, 1)
CASES(lc3, 1)
CASES(quanteda, 1)
CASES(csv, 2)
CASES(tsv, 1)
CASES(qdc, 1)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dic__cases),      cmocka_unit_test(test_dicx__cases), cmocka_unit_test(test_cat__cases),
        cmocka_unit_test(test_ykd__cases),      cmocka_unit_test(test_lcd__cases),  cmocka_unit_test(test_lc3__cases),
        cmocka_unit_test(test_quanteda__cases), cmocka_unit_test(test_csv__cases),  cmocka_unit_test(test_tsv__cases),
        cmocka_unit_test(test_qdc__cases),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
