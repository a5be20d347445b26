/* Names to small numbers. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tally/names.h"

#include <stdio.h>
#include <string.h>

static void test_names__are_numbered_as_they_come(void **state)
{
    (void)state;
    att_names names = {0};
    assert_int_equal(att_names_find(&names, att_span_of("a")), ATT_NO_NAME);
    assert_int_equal(att_names_add(&names, att_span_of("a")), 0);
    assert_int_equal(att_names_add(&names, att_span_of("")), 1);
    assert_int_equal(att_names_add(&names, (att_span){"a\0b", 3}), 2);
    assert_int_equal(att_names_add(&names, att_span_of("a")), 0);
    assert_int_equal(att_names_find(&names, (att_span){NULL, 0}), 1);
    assert_int_equal(att_names_find(&names, (att_span){"a\0c", 3}), ATT_NO_NAME);
    assert_int_equal(names.count, 3);
    att_names_clear(&names);
    assert_int_equal(names.count, 0);
}

static void test_names__are_copies_that_outlive_growth(void **state)
{
    (void)state;
    att_names names = {0};
    char text[16];
    for (uint32_t i = 0; i < 10000; i++) {
        snprintf(text, sizeof text, "name %u", i);
        assert_int_equal(att_names_add(&names, att_span_of(text)), i);
    }
    for (uint32_t i = 0; i < 10000; i++) {
        snprintf(text, sizeof text, "name %u", i);
        assert_int_equal(att_names_find(&names, att_span_of(text)), i);
        assert_string_equal(names.items[i].text, text);
    }
    att_names_clear(&names);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names__are_numbered_as_they_come),
        cmocka_unit_test(test_names__are_copies_that_outlive_growth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
