#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/charset.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    att_span bytes;
    size_t step;
    bool fails;
} memory;

static ptrdiff_t read_memory(att_source *source, void *to, size_t size)
{
    memory *m = source->state;

    size = size < m->bytes.size ? size : m->bytes.size;
    size = m->step && size > m->step ? m->step : size;
    if (size == 0 && m->fails)
        return -1;
    if (size)
        memcpy(to, m->bytes.text, size);
    m->bytes.text += size;
    m->bytes.size -= size;
    return (ptrdiff_t)size;
}

/* ---- which one ---- */

static void expect_choice(const char *bytes, size_t size, bool complete, const char *name, att_charset_reason reason)
{
    att_charset charset;

    assert_int_equal(att_charset_choose(&charset, (att_span){bytes, size}, complete, NULL, NULL), ATT_OK);
    assert_string_equal(charset.name, name);
    assert_int_equal(charset.reason, reason);
    assert_int_equal(charset.is_utf8, strcmp(name, "UTF-8") == 0);
}

#define EXPECT_CHOICE(bytes, name, reason) expect_choice(bytes, sizeof(bytes) - 1, true, name, reason)

static void test_charset__marks_decide(void **state)
{
    (void)state;
    EXPECT_CHOICE("\xEF\xBB\xBF"
                  "caf\xE9",
                  "UTF-8", ATT_CHARSET_MARK);
    EXPECT_CHOICE("\xFF\xFE"
                  "A\0",
                  "UTF-16LE", ATT_CHARSET_MARK);
    EXPECT_CHOICE("\xFE\xFF\0A", "UTF-16BE", ATT_CHARSET_MARK);
    EXPECT_CHOICE("\xFF\xFE\0\0A\0\0\0", "UTF-32LE", ATT_CHARSET_MARK);
    EXPECT_CHOICE("\0\0\xFE\xFF\0\0\0A", "UTF-32BE", ATT_CHARSET_MARK);
}

static void test_charset__every_other_byte_nul_is_utf16(void **state)
{
    (void)state;
    EXPECT_CHOICE("A\0n\0n\0:\0 \0H\0i\0.\0\n\0", "UTF-16LE", ATT_CHARSET_NULS);
    EXPECT_CHOICE("\0A\0n\0n\0:\0 \0H\0i\0.\0\n", "UTF-16BE", ATT_CHARSET_NULS);
    EXPECT_CHOICE("Ann: a NUL\0 here and a NUL\0 there.\n", "UTF-8", ATT_CHARSET_VALID);
}

static void test_charset__well_formed_is_utf8(void **state)
{
    (void)state;
    EXPECT_CHOICE("", "UTF-8", ATT_CHARSET_VALID);
    EXPECT_CHOICE("Ann: Hello.\n", "UTF-8", ATT_CHARSET_VALID);
    EXPECT_CHOICE("Zoë: Grüße aus 京都.\n", "UTF-8", ATT_CHARSET_VALID);
    EXPECT_CHOICE("Zoë: \xEF\xBF\xBD\n", "UTF-8", ATT_CHARSET_VALID);
}

static void test_charset__character_cut_by_the_probes_end_is_none_that_is_ill_formed(void **state)
{
    static const char text[] = "Zoe: 京";

    (void)state;
    for (size_t cut = 1; cut <= 2; cut++) {
        expect_choice(text, sizeof text - 1 - cut, false, "UTF-8", ATT_CHARSET_VALID);
        att_charset charset;
        att_span probe = {text, sizeof text - 1 - cut};
        assert_int_equal(att_charset_choose(&charset, probe, true, NULL, NULL), ATT_OK);
        assert_int_equal(charset.reason, ATT_CHARSET_GUESS);
    }
}

static void test_charset__few_damaged_places_do_not_make_it_another(void **state)
{
    (void)state;
    EXPECT_CHOICE("ä ö ü ß é è ê ç à ù î: caf\xE9\n", "UTF-8", ATT_CHARSET_VALID);
}

static void test_charset__old_encodings_are_guessed(void **state)
{
    (void)state;
    EXPECT_CHOICE("Interviewerin: Sch\xF6ne Gr\xFC\xDF"
                  "e an alle, die das h\xF6ren k\xF6nnen.\n",
                  "windows-1252", ATT_CHARSET_GUESS);
    EXPECT_CHOICE("\xC0\xED\xED\xE0: \xD1\xE5\xE3\xEE\xE4\xED\xFF \xEC\xFB \xE3\xEE\xE2\xEE\xF0\xE8\xEB\xE8 \xEE "
                  "\xE6\xE8\xE7\xED\xE8 \xE8 \xEE \xED\xE0\xE4\xE5\xE6\xE4\xE5.\n",
                  "windows-1251", ATT_CHARSET_GUESS);
}

/* Word on a Mac: lines end with CR. The same text with other line ends, or the other encoding with these, is not. */
static void test_charset__old_mac_text_is_guessed(void **state)
{
    (void)state;
    EXPECT_CHOICE("I: Sch\x9Ane Gr\x9F\xA7"
                  "e an alle.\rB: Die das h\x9Aren k\x9Annen.\r",
                  "macintosh", ATT_CHARSET_GUESS);
    EXPECT_CHOICE("I: Sch\xF6ne Gr\xFC\xDF"
                  "e an alle.\rB: Die das \x84h\xF6ren\x93 k\xF6nnen.\r",
                  "windows-1252", ATT_CHARSET_GUESS);
}

/* The detector looks at 8,000 bytes only: they must be those that tell something. */
static void test_charset__guess_rests_on_the_lines_that_are_not_ascii(void **state)
{
    static const char line[] = "Ann: There is nothing to be seen here.\n";
    static const char telling[] =
        "\xC0\xED\xED\xE0: \xD1\xE5\xE3\xEE\xE4\xED\xFF \xEC\xFB \xE3\xEE\xE2\xEE\xF0\xE8\xEB\xE8 "
        "\xEE \xE6\xE8\xE7\xED\xE8 \xE8 \xEE \xED\xE0\xE4\xE5\xE6\xE4\xE5.\n";
    att_buffer text = {0};

    (void)state;
    for (size_t i = 0; i < 1000; i++)
        att_buffer_text(&text, line);
    att_buffer_text(&text, telling);
    assert_false(text.failed);
    expect_choice(text.data, text.size, true, "windows-1251", ATT_CHARSET_GUESS);
    att_buffer_clear(&text);
}

/* The detector's word for this is IBM424_rtl, which no converter has as its name. */
static void test_charset__guess_can_be_decoded(void **state)
{
    att_charset charset;

    (void)state;
    assert_int_equal(att_charset_choose(&charset, att_span_of("DW\xD7\xD3: \xBE\xA9\xB6\xB8\n"), true, NULL, NULL),
                     ATT_OK);
    assert_int_equal(att_charset_check(charset.name, NULL), ATT_OK);
}

static void test_charset__long_line_without_an_end_can_be_guessed(void **state)
{
    att_buffer text = {0};

    (void)state;
    for (size_t i = 0; i < 20000; i++)
        att_buffer_char(&text, 'a');
    for (size_t i = 0; i < 2000; i++)
        att_buffer_text(&text, "Sch\xF6ne Gr\xFC\xDF"
                               "e und ");
    assert_false(text.failed);
    expect_choice(text.data, text.size, false, "windows-1252", ATT_CHARSET_GUESS);
    att_buffer_clear(&text);
}

static void test_charset__name_that_is_told_overrules(void **state)
{
    att_charset charset;
    att_span marked = {"\xEF\xBB\xBF"
                       "A",
                       4};

    (void)state;
    assert_int_equal(att_charset_choose(&charset, marked, true, "koi8-r", NULL), ATT_OK);
    assert_string_equal(charset.name, "koi8-r");
    assert_int_equal(charset.reason, ATT_CHARSET_TOLD);
    assert_false(charset.is_utf8);
    assert_int_equal(att_charset_choose(&charset, att_span_of("caf\xE9"), true, "utf8", NULL), ATT_OK);
    assert_true(charset.is_utf8);
}

static void test_charset__unknown_names_are_refused(void **state)
{
    att_error error = {0};
    att_charset charset;

    (void)state;
    assert_int_equal(att_charset_check("klingon", &error), ATT_USAGE);
    assert_non_null(strstr(error.message, "klingon"));
    assert_int_equal(att_charset_check("", NULL), ATT_USAGE);
    assert_int_equal(att_charset_check("latin1", NULL), ATT_OK);
    assert_int_equal(att_charset_choose(&charset, att_span_of("a"), true, "klingon", NULL), ATT_USAGE);
}

/* ---- decoding ---- */

static void decode(att_buffer *out, const char *charset, att_span bytes, size_t in, size_t room, uint64_t *ill_formed)
{
    memory m = {bytes, in, false};
    att_source source = {read_memory, &m};
    att_decoder *decoder = NULL;
    char block[64];
    ptrdiff_t got;

    assert_int_equal(att_decoder_new(&decoder, charset, &source, NULL), ATT_OK);
    att_source *from = att_decoder_source(decoder);
    while ((got = from->read(from, block, room)) > 0)
        att_buffer_append(out, block, (size_t)got);
    assert_int_equal(got, 0);
    assert_int_equal(from->read(from, block, room), 0);
    *ill_formed = att_decoder_ill_formed(decoder);
    att_decoder_free(decoder);
}

static void expect_decoded(const char *charset, const char *bytes, size_t size, const char *expected, uint64_t bad)
{
    static const size_t steps[] = {0, 1, 2, 3, 7};

    for (size_t in = 0; in < 5; in++) {
        for (size_t room = 1; room < 5; room++) {
            att_buffer out = {0};
            uint64_t ill_formed;
            att_buffer_text(&out, "");
            decode(&out, charset, (att_span){bytes, size}, steps[in], steps[room], &ill_formed);
            assert_string_equal(out.data, expected);
            assert_int_equal(ill_formed, bad);
            att_buffer_clear(&out);
        }
    }
}

#define EXPECT_DECODED(charset, bytes, expected, bad) expect_decoded(charset, bytes, sizeof(bytes) - 1, expected, bad)

static void test_decoder__gives_the_same_in_any_steps(void **state)
{
    (void)state;
    EXPECT_DECODED("UTF-16LE", "\xFF\xFEZ\0o\0\xEB\0=\xD8\x00\xDE\xAC\x4E", "\xEF\xBB\xBFZoë😀京", 0);
    EXPECT_DECODED("UTF-16BE", "\0Z\0o\0\xEB\xD8=\xDE\x00\x4E\xAC", "Zoë😀京", 0);
    EXPECT_DECODED("UTF-32LE", "\xFF\xFE\0\0\xEB\0\0\0\x00\xF6\x01\0", "\xEF\xBB\xBFë😀", 0);
    EXPECT_DECODED("windows-1252", "caf\xE9 \x93hope\x94 \x80", "café “hope” €", 0);
    EXPECT_DECODED("windows-1251", "\xC0\xED\xED\xE0", "Анна", 0);
    EXPECT_DECODED("Shift_JIS", "\x89\xD4\x8Eq", "花子", 0);
    EXPECT_DECODED("GB18030", "\xBE\xA9\xB6\xBC\x94\x39\xFC\x36", "京都😀", 0);
    EXPECT_DECODED("ISO-2022-JP", "\x1B$B2V;R\x1B(B!", "花子!", 0);
    EXPECT_DECODED("UTF-16LE", "", "", 0);
}

static void test_decoder__ill_formed_becomes_replacements_that_are_counted(void **state)
{
    (void)state;
    EXPECT_DECODED("UTF-16LE",
                   "A\0\x3D\xD8"
                   "B\0",
                   "A\xEF\xBF\xBD"
                   "B",
                   1);
    EXPECT_DECODED("UTF-16LE",
                   "A\0\x00\xDE"
                   "B\0",
                   "A\xEF\xBF\xBD"
                   "B",
                   1);
    EXPECT_DECODED("UTF-16LE", "A\0B", "A\xEF\xBF\xBD", 1);
    EXPECT_DECODED("UTF-16LE", "A\0\x3D\xD8", "A\xEF\xBF\xBD", 1);
    EXPECT_DECODED("Shift_JIS", "A\x89", "A\xEF\xBF\xBD", 1);
    EXPECT_DECODED("US-ASCII", "A\xFF\xFE!", "A\xEF\xBF\xBD\xEF\xBF\xBD!", 2);
}

static void test_decoder__source_that_fails_is_said_after_what_came_before(void **state)
{
    memory m = {att_span_of("abc"), 0, true};
    att_source source = {read_memory, &m};
    att_decoder *decoder = NULL;
    char block[64];

    (void)state;
    assert_int_equal(att_decoder_new(&decoder, "ISO-8859-1", &source, NULL), ATT_OK);
    att_source *from = att_decoder_source(decoder);
    assert_int_equal(from->read(from, block, sizeof block), 3);
    assert_int_equal(from->read(from, block, sizeof block), -1);
    assert_int_equal(from->read(from, block, sizeof block), -1);
    att_decoder_free(decoder);
}

static void test_convert__appends(void **state)
{
    att_buffer out = {0};

    (void)state;
    att_buffer_text(&out, "<");
    assert_int_equal(att_charset_convert("ibm-437", att_span_of("M\x81ller"), &out, NULL), ATT_OK);
    assert_string_equal(out.data, "<Müller");
    assert_int_equal(att_charset_convert("klingon", att_span_of("x"), &out, NULL), ATT_USAGE);
    att_buffer_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_charset__marks_decide),
        cmocka_unit_test(test_charset__every_other_byte_nul_is_utf16),
        cmocka_unit_test(test_charset__well_formed_is_utf8),
        cmocka_unit_test(test_charset__character_cut_by_the_probes_end_is_none_that_is_ill_formed),
        cmocka_unit_test(test_charset__few_damaged_places_do_not_make_it_another),
        cmocka_unit_test(test_charset__old_encodings_are_guessed),
        cmocka_unit_test(test_charset__old_mac_text_is_guessed),
        cmocka_unit_test(test_charset__guess_rests_on_the_lines_that_are_not_ascii),
        cmocka_unit_test(test_charset__guess_can_be_decoded),
        cmocka_unit_test(test_charset__long_line_without_an_end_can_be_guessed),
        cmocka_unit_test(test_charset__name_that_is_told_overrules),
        cmocka_unit_test(test_charset__unknown_names_are_refused),
        cmocka_unit_test(test_decoder__gives_the_same_in_any_steps),
        cmocka_unit_test(test_decoder__ill_formed_becomes_replacements_that_are_counted),
        cmocka_unit_test(test_decoder__source_that_fails_is_said_after_what_came_before),
        cmocka_unit_test(test_convert__appends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
