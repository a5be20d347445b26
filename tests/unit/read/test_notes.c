#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "read/notes.h"

#include <stdio.h>
#include <string.h>

static size_t note_of(const char *text)
{
    return att_note_size(text, strlen(text), 0);
}

static void expect_note(const char *text)
{
    if (note_of(text) != strlen(text))
        fail_msg("%s should be a note", text);
}

static void expect_speech(const char *text)
{
    if (note_of(text) != 0)
        fail_msg("%s should be no note", text);
}

static void test_notes__listed_words_in_any_bracket(void **state)
{
    (void)state;
    expect_note("[laughs]");
    expect_note("[intro music]");
    expect_note("(Pause)");
    expect_note("((coughs))");
    expect_note("{sighs}");
    expect_note("<phone rings>");
    expect_note("[ LAUGHTER. ]");
    expect_note("(laughs and coughs, both)");
    expect_note("[phone\nrings]");
    expect_note("[inaudible 00:10:32]");
    expect_note("(long pause, 3 sec.)");
}

static void test_notes__languages(void **state)
{
    (void)state;
    expect_note("(räuspert sich)");
    expect_note("(RÄUSPERT SICH)");
    expect_note("(Telefon klingelt)");
    expect_note("(unv.)");
    expect_note("(kurze Pause)");
    expect_note("(skrattar lite)");
    expect_note("(rires)");
    expect_note("(se racle la gorge)");
    expect_note("(ríe)");
    expect_note("(onverstaanbaar)");
    expect_note("(si schiarisce la voce)");
    expect_note("(silêncio)");
    expect_note("(צוחקת)");
    expect_note("[हँसते हुए]");
}

static void test_notes__other_words_are_speech(void **state)
{
    (void)state;
    expect_speech("[wine]");
    expect_speech("(laughs at wine)");
    expect_speech("(s)");
    expect_speech("(the)");
    expect_speech("(both of them)");
    expect_speech("(10 people)");
    expect_speech("(1999)");
    expect_speech("[laughs");
    expect_speech("[laughs)");
    expect_speech("((laughs)");
    expect_speech("(laughs [coughs])");
    expect_speech("()");
    expect_speech("( )");
    expect_speech("(%)");
    expect_speech("((((laughs))))");
    expect_speech("(\xFF)");
}

static void test_notes__marks_and_measured_pauses(void **state)
{
    (void)state;
    expect_note("(..)");
    expect_note("(.)");
    expect_note("[...]");
    expect_note("(…)");
    expect_note("(?)");
    expect_note("(-)");
    expect_note("(3.5)");
    expect_note("(2 sec.)");
    expect_note("(12 Sek.)");
    expect_note("(2s)");
}

static void test_notes__number_that_touches_a_word_is_speech(void **state)
{
    (void)state;
    assert_int_equal(att_note_size("section 10(2.5)", 15, 10), 0);
    assert_int_equal(att_note_size("section (2.5)", 13, 8), 5);
    assert_int_equal(att_note_size("section (2)", 11, 8), 0);
    assert_int_equal(att_note_size("well[laughs]", 12, 4), 8);
}

static void test_notes__are_bounded(void **state)
{
    (void)state;
    char text[2 * ATT_NOTE_MOST];
    memset(text, ' ', sizeof text);
    memcpy(text, "(laughs", 7);
    text[ATT_NOTE_MOST] = ')';
    assert_int_equal(att_note_size(text, sizeof text, 0), 0);
    text[ATT_NOTE_MOST - 1] = ')';
    assert_int_equal(att_note_size(text, sizeof text, 0), ATT_NOTE_MOST);
}

/* Every listed word is found (the lists are sorted), and no filler makes a note alone. */
static void test_notes__lists_are_sound(void **state)
{
    (void)state;
    char text[128];
    for (size_t i = 0; i < att_note_list_count; i++) {
        const att_note_list *list = &att_note_lists[i];
        assert_true(list->note_count > 20);
        for (size_t k = 0; k < list->note_count; k++) {
            snprintf(text, sizeof text, "(%s)", list->notes[k]);
            expect_note(text);
        }
        for (size_t k = 0; k < list->filler_count; k++) {
            snprintf(text, sizeof text, "(%s)", list->fillers[k]);
            expect_speech(text);
            snprintf(text, sizeof text, "(laughs %s)", list->fillers[k]);
            expect_note(text);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_notes__listed_words_in_any_bracket),
        cmocka_unit_test(test_notes__languages),
        cmocka_unit_test(test_notes__other_words_are_speech),
        cmocka_unit_test(test_notes__marks_and_measured_pauses),
        cmocka_unit_test(test_notes__number_that_touches_a_word_is_speech),
        cmocka_unit_test(test_notes__are_bounded),
        cmocka_unit_test(test_notes__lists_are_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
