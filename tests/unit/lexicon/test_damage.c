/* Whatever happens to a lexicon file: it loads, or it is refused with a message; nothing else. */
#include "given.h"

static const char sample[] =
    "\xEF\xBB\xBF# A sample with everything in it\n"
    "name: \"Sample\"\nlanguage: en-GB\nversion: 1.0\nlicence: CC0-1.0\ncitation: none\n"
    "description: >-\n  Two lines\n  of text\n"
    "markers:\n"
    "  lang:\n    label: 'How one speaks'\n    pole: technical\n    senses: [used, mentioned]\n"
    "    diag:\n      definition: Words of the clinic\n      entries:\n"
    "        - diagnos*\n        - non-complian*\n        - \"*itis\"\n        - don't take\n        - wom?n\n"
    "        - {term: MAP, case: exact, weight: 0.5, source: here, note: there}\n"
    "        - term: case\n          except:\n            - in case\n            - case of tea\n"
    "        - regex: 'depress(ed|ion)'\n"
    "    short: [a, b c, Stra\xC3\x9F"
    "e, cafe\xCC\x81, \xE5\xBF\x83*]\n"
    "  hope:\n    pole: appreciative\n    note: |\n      for later\n"
    "  empty:\n"
    "exclusive:\n  - [lang.diag, hope]\n  - [short, hope, empty]\n";

static uint64_t next_random(uint64_t *state)
{
    /* xorshift64 (Marsaglia 2003): the same numbers everywhere. */
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* true: it loaded. */
static bool survive(const char *text, size_t size)
{
    /* A copy of exactly this size, so that a sanitiser sees a step past the end. */
    char *copy = malloc(size ? size : 1);
    att_lexicon *lexicon = NULL;
    att_error error = {.status = ATT_OK};
    att_diagnostics *diagnostics = att_diagnostics_new();

    assert_non_null(copy);
    memcpy(copy, text, size);
    att_status status = att_lexicon_parse(&lexicon, "x.yml", (att_span){copy, size}, diagnostics, &error);
    free(copy);
    if (status == ATT_OK) {
        assert_non_null(lexicon);
        for (uint32_t i = 0; i < lexicon->entry_count; i++) {
            assert_true(lexicon->entries[i].forms >= 1);
            assert_true(lexicon->entries[i].marker < lexicon->marker_count);
            att_sequence form = lexicon->forms[lexicon->entries[i].form];
            char *shown_text = shown(lexicon, form.first, form.length);
            assert_true(*shown_text != '\0');
            free(shown_text);
        }
    } else {
        assert_int_equal(status, ATT_BAD_INPUT);
        assert_null(lexicon);
        assert_memory_equal(error.message, "x.yml:", 6);
        /* What is wrong; what to do. */
        if (!strstr(error.message, "; ") && !strstr(error.message, " must be quoted: "))
            fail_msg("%s", error.message);
    }
    att_lexicon_free(lexicon);
    att_diagnostics_free(diagnostics);
    return status == ATT_OK;
}

static void test_damage__the_sample_is_whole(void **state)
{
    (void)state;
    assert_true(survive(sample, sizeof sample - 1));
}

static void test_damage__every_prefix_loads_or_is_refused(void **state)
{
    size_t loaded = 0;

    (void)state;
    for (size_t size = 0; size < sizeof sample; size++)
        loaded += survive(sample, size);
    assert_true(loaded > 0 && loaded < sizeof sample);
}

static void test_damage__random_bytes_load_or_are_refused(void **state)
{
    uint64_t seed = 20240229;
    size_t loaded = 0;

    (void)state;
    for (int round = 0; round < 2000; round++) {
        char copy[sizeof sample];
        memcpy(copy, sample, sizeof sample);
        for (uint64_t changes = 1 + next_random(&seed) % 4; changes > 0; changes--) {
            static const char signs[] = "\n\t *?-:[]{}#&!|>'\"%@`,\\\0\xFF\xC3";
            size_t at = next_random(&seed) % (sizeof sample - 1);
            uint64_t pick = next_random(&seed);
            copy[at] = pick % 3 ? signs[(pick >> 8) % (sizeof signs - 1)] : (char)(pick >> 8);
        }
        loaded += survive(copy, sizeof sample - 1);
    }
    assert_true(loaded > 0 && loaded < 2000);
}

static void test_damage__in_check_as_well(void **state)
{
    uint64_t seed = 20240301;
    size_t refused = 0;
    temporary file;

    (void)state;
    temporary_write(&file, "x.yml", sample, sizeof sample - 1);
    for (int round = 0; round < 500; round++) {
        char copy[sizeof sample];
        memcpy(copy, sample, sizeof sample);
        copy[next_random(&seed) % (sizeof sample - 1)] = (char)next_random(&seed);
        FILE *stream = fopen(file.path, "wb");
        assert_non_null(stream);
        assert_int_equal(fwrite(copy, 1, sizeof sample - 1, stream), sizeof sample - 1);
        assert_int_equal(fclose(stream), 0);
        att_diagnostics *diagnostics = att_diagnostics_new();
        att_status status = att_lexicon_check(file.path, diagnostics);
        assert_int_equal(status == ATT_OK, att_diagnostics_count_of(diagnostics, ATT_ERROR) == 0);
        assert_true(status == ATT_OK || status == ATT_BAD_INPUT);
        refused += status != ATT_OK;
        att_diagnostics_free(diagnostics);
    }
    temporary_remove(&file);
    /* The sample has an empty marker, so there is nearly always something to say. */
    assert_true(refused > 400);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_damage__the_sample_is_whole),
        cmocka_unit_test(test_damage__every_prefix_loads_or_is_refused),
        cmocka_unit_test(test_damage__random_bytes_load_or_are_refused),
        cmocka_unit_test(test_damage__in_check_as_well),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
