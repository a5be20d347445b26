#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/entities.h"

#include <stdio.h>
#include <string.h>

/* The text with its first reference resolved is `wanted`. */
static void expect(const char *text, const char *wanted, bool closed)
{
    char out[ATT_ENTITY_MOST], shown[64] = "";
    size_t size = 0, got = att_entity_read(out, &size, text, strlen(text), closed);

    assert_true(got <= strlen(text) && size <= ATT_ENTITY_MOST);
    memcpy(shown, out, got ? size : 0);
    strcat(shown, text + got);
    assert_string_equal(shown, wanted);
}

static void test_entities__names(void **state)
{
    (void)state;
    expect("&amp;", "&", false);
    expect("&eacute;t", "\xC3\xA9t", false);
    expect("&CounterClockwiseContourIntegral;", "\xE2\x88\xB3", false);
    expect("&nsubE;", "\xE2\xAB\x85\xCC\xB8", false);
    expect("&NotEqualTilde;", "\xE2\x89\x82\xCC\xB8", false);
    expect("&zwnj;", "\xE2\x80\x8C", false);
    expect("&Aacute;", "\xC3\x81", false);
    expect("&Afr;", "\xF0\x9D\x94\x84", false);
}

static void test_entities__some_names_need_no_semicolon(void **state)
{
    (void)state;
    expect("&amp", "&", false);
    expect("&notit;", "\xC2\xACit;", false);
    expect("&notin;", "\xE2\x88\x89", false);
    expect("&middotx", "\xC2\xB7x", false);
    expect("&zwnj", "&zwnj", false);
    expect("&AMP&AMP", "&&AMP", false);
}

static void test_entities__numbers(void **state)
{
    (void)state;
    expect("&#233;t", "\xC3\xA9t", false);
    expect("&#xe9;t", "\xC3\xA9t", false);
    expect("&#XE9t", "\xC3\xA9t", false);
    expect("&#x1F600;", "\xF0\x9F\x98\x80", false);
    expect("&#128;", "\xE2\x82\xAC", false);
    expect("&#0;", "\xEF\xBF\xBD", false);
    expect("&#xD800;", "\xEF\xBF\xBD", false);
    expect("&#x110000;", "\xEF\xBF\xBD", false);
    expect("&#99999999999999999999999999;", "\xEF\xBF\xBD", false);
    expect("&#4294967361;", "\xEF\xBF\xBD", false);
}

static void test_entities__what_is_none_stays(void **state)
{
    static const char *const none[] = {"&", "&;", "&&", "& amp;", "&#;", "&#x;", "&#g;", "&1;", "&nosuch;", "&a;"};

    (void)state;
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        expect(none[i], none[i], false);
}

static void test_entities__closed_ones_end_with_a_semicolon(void **state)
{
    (void)state;
    expect("&amp;", "&", true);
    expect("&#65;", "A", true);
    expect("&amp", "&amp", true);
    expect("&notit;", "&notit;", true);
    expect("&#65", "&#65", true);
    expect("&#x41 ", "&#x41 ", true);
}

static void test_entities__all_names_of_the_standard_are_found(void **state)
{
    (void)state;
    size_t bare = 0;
    assert_int_equal(att_entity_count, 2125);
    for (size_t i = 0; i < att_entity_count; i++) {
        char text[64], out[ATT_ENTITY_MOST];
        size_t size = 0;
        snprintf(text, sizeof text, "&%s;", att_entities[i].name);
        assert_true(i == 0 || strcmp(att_entities[i - 1].name, att_entities[i].name) < 0);
        assert_int_equal(att_entity_read(out, &size, text, strlen(text), true), strlen(text));
        bare += att_entities[i].bare;
        text[strlen(text) - 1] = '\0';
        if (att_entities[i].bare)
            assert_int_equal(att_entity_read(out, &size, text, strlen(text), false), strlen(text));
    }
    assert_int_equal(bare, 106);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_entities__names),
        cmocka_unit_test(test_entities__some_names_need_no_semicolon),
        cmocka_unit_test(test_entities__numbers),
        cmocka_unit_test(test_entities__what_is_none_stays),
        cmocka_unit_test(test_entities__closed_ones_end_with_a_semicolon),
        cmocka_unit_test(test_entities__all_names_of_the_standard_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
