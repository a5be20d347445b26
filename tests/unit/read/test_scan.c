#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/utf8.h"
#include "read/scan.h"

#include <stdlib.h>
#include <string.h>

/* The same by one code point after the other. */
static void slow_check(const char *text, size_t size, uint64_t *ill_formed, uint64_t *controls)
{
    for (size_t at = 0; at < size;) {
        size_t before = at;
        uint32_t c = att_utf8_next(text, size, &at);
        *ill_formed += c == ATT_REPLACEMENT && !(at - before == 3 && memcmp(text + before, "\xEF\xBF\xBD", 3) == 0);
        *controls += c == 0x7F || (c < ' ' && !(c >= '\t' && c <= '\r'));
    }
}

static uint64_t draw(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static void test_scan__fast_check_counts_as_the_slow_one(void **state)
{
    (void)state;
    static const char *const bits[] = {"a",
                                       "plain words here",
                                       "\n",
                                       "ü",
                                       "€",
                                       "\xF0\x9F\x98\x80",
                                       "\x80",
                                       "\xE2\x82",
                                       "\xF0\x9F",
                                       "\xED\xA0\x80",
                                       "\xC0\xAF",
                                       "\xFF",
                                       "\x01",
                                       "\x7F",
                                       "\xEF\xBF\xBD",
                                       "\xE0\x80"};
    uint64_t seed = 42;
    for (int round = 0; round < 3000; round++) {
        char text[256];
        size_t size = 0;
        while (size < 200 && draw(&seed) % 30) {
            const char *bit = bits[draw(&seed) % (sizeof bits / sizeof *bits)];
            memcpy(text + size, bit, strlen(bit));
            size += strlen(bit);
        }
        char *exact = malloc(size + 1);
        assert_non_null(exact);
        memcpy(exact, text, size);
        uint64_t fast[2] = {0, 0};
        uint64_t slow[2] = {0, 0};
        att_text_check(att_scan_choose(), exact, size, &fast[0], &fast[1]);
        slow_check(exact, size, &slow[0], &slow[1]);
        assert_int_equal(fast[0], slow[0]);
        assert_int_equal(fast[1], slow[1]);
        free(exact);
    }
}

/* Each sequence of three bytes, and of four with the leads that have them, across the border of two vectors. */
static void test_scan__clean_means_well_formed_whatever_the_bytes(void **state)
{
    (void)state;
    const att_scan *scan = att_scan_choose();
    char text[40];

    for (unsigned end = 0; end < 2; end++)
        for (unsigned a = 0x80; a < 0x100; a++)
            for (unsigned b = 0x20; b < 0x100; b += b == 0x20 ? 0x60 : 1)
                for (unsigned c = 0x20; c < 0x100; c += c == 0x20 ? 0x60 : 1) {
                    size_t size = 30;
                    memset(text, 'x', sizeof text);
                    text[size++] = (char)a;
                    text[size++] = (char)b;
                    text[size++] = (char)c;
                    if (a >= 0xF0)
                        text[size++] = (char)(0x80 | (b ^ c));
                    if (end)
                        size = sizeof text;
                    bool well_formed = att_utf8_valid_prefix(text, size) == size;
                    if (scan->is_clean(text, size) != well_formed && (scan != &att_scan_plain || !well_formed))
                        fail_msg("%02X %02X %02X", a, b, c);
                }
    for (unsigned a = 0; a < 0x80; a++) {
        memset(text, 'x', sizeof text);
        text[a % sizeof text] = (char)a;
        assert_int_equal(scan->is_clean(text, sizeof text), a >= ' ' ? a != 0x7F : a >= '\t' && a <= '\r');
    }
}

static void test_scan__bracket_is_found_at_every_place(void **state)
{
    (void)state;
    for (size_t size = 1; size < 70; size++) {
        for (size_t place = 0; place < size; place++) {
            char *text = malloc(size);
            assert_non_null(text);
            memset(text, ';', size);
            text[place] = "[({<#"[place % 5];
            for (size_t from = 0; from <= size; from++)
                for (size_t s = 0; s < 2; s++) {
                    const att_scan *scan = s ? att_scan_choose() : &att_scan_plain;
                    assert_int_equal(scan->find_bracket(text, size, from), from <= place ? place : size);
                }
            free(text);
        }
    }
}

static void test_scan__white_space_at_both_ends(void **state)
{
    (void)state;
    const char text[] = " \t\xC2\xA0\xEF\xBB\xBFx\xC2\xA0y\xE3\x80\x80\xE2\x80\xAF\r\n";
    size_t size = sizeof text - 1;
    assert_int_equal(att_white_skip(text, size, 0), 7);
    assert_int_equal(att_white_trim(text, 0, size), 11);
    assert_int_equal(att_white_trim(text, 11, size), 11);
    assert_int_equal(att_white_trim("   ", 0, 3), 0);
    assert_int_equal(att_white_trim("x\x80\x80", 0, 3), 3);
    assert_int_equal(att_blank_skip(" \n ", 3, 0), 1);
    assert_int_equal(att_white_size("\xC2", 1, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scan__fast_check_counts_as_the_slow_one),
        cmocka_unit_test(test_scan__clean_means_well_formed_whatever_the_bytes),
        cmocka_unit_test(test_scan__bracket_is_found_at_every_place),
        cmocka_unit_test(test_scan__white_space_at_both_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
