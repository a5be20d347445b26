/* What is known of real transcripts that others have counted: nothing is lost, and nothing read twice. Skipped where
 * the samples are not there. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "read/format.h"
#include "scratch.h"
#include "turns.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SAMPLES "../shared/samples/"

typedef struct {
    size_t turns, words, labels;
    char label[64][64]; /* different ones, as they appear */
    size_t turns_of[64];
} counted;

/* The numbers of what test_turns says; pieces of a turn are one turn. */
static void count(counted *out, const char *turns)
{
    bool inside = false;

    *out = (counted){.turns = 0};
    assert_true(strncmp(turns, "error", 5) != 0);
    for (const char *line = turns, *end; *line && *line != '@'; line = end + 1) {
        end = strchr(line, '\n');
        size_t size = strcspn(line, "|"), l = 0;
        while (l < out->labels && (strlen(out->label[l]) != size || memcmp(out->label[l], line, size) != 0))
            l++;
        assert_true(l < 64 && size < 64);
        if (l == out->labels)
            memcpy(out->label[out->labels++], line, size);
        out->turns += !inside;
        out->turns_of[l] += !inside;
        const char *text = line;
        for (int field = 0; field < 5; field++)
            text = strchr(text, '|') + 1;
        inside = end[-1] == '+';
        for (const char *at = text; at < end; at++)
            out->words += *at != ' ' && (at == text || at[-1] == ' ');
    }
}

static counted counts_of(const char *format, const char *name, const char *tier)
{
    char path[256];
    const char *tiers[] = {tier};
    const att_read_options options = {.tiers = tiers, .tier_count = tier != NULL};
    counted out;

    snprintf(path, sizeof path, SAMPLES "%s", name);
    char *turns = test_turns_of_file(att_format_find(format), path, &options);
    if (!turns)
        skip();
    count(&out, turns);
    free(turns);
    return out;
}

static size_t turns_of(const counted *all, const char *label)
{
    for (size_t l = 0; l < all->labels; l++)
        if (strcmp(all->label[l], label) == 0)
            return all->turns_of[l];
    return 0;
}

static void test_eve__1588_utterances_of_four_speakers(void **state)
{
    (void)state;
    counted eve = counts_of("cha", "cha/eve.cha", NULL);
    assert_int_equal(eve.turns, 1588);
    assert_int_equal(eve.labels, 4);
    assert_int_equal(turns_of(&eve, "CHI"), 741);
    assert_int_equal(turns_of(&eve, "MOT"), 804);
    assert_int_equal(turns_of(&eve, "COL"), 30);
    assert_int_equal(turns_of(&eve, "RIC"), 13);
}

/* 810 items, of which 85 are punctuation; 39 segments of three labels, but the eight of the label "" hold no word. */
static void test_aws__every_item_once(void **state)
{
    (void)state;
    counted aws = counts_of("json", "json/aws-todayinfocus.json", NULL);
    json_t *root = json_load_file(SAMPLES "json/aws-todayinfocus.json", 0, NULL);
    json_t *results = json_object_get(root, "results"), *item;
    size_t index, words = 0;

    json_array_foreach(json_object_get(results, "items"), index, item) words +=
        strcmp(json_string_value(json_object_get(item, "type")), "punctuation") != 0;
    json_t *labels = json_object_get(results, "speaker_labels");
    assert_int_equal(json_array_size(json_object_get(results, "items")), 810);
    assert_int_equal(json_array_size(json_object_get(labels, "segments")), 39);
    assert_int_equal(json_integer_value(json_object_get(labels, "speakers")), 3);
    assert_int_equal(words, 725);
    json_decref(root);
    assert_int_equal(aws.words, 725);
    assert_int_equal(aws.labels, 2);
    assert_true(turns_of(&aws, "spk_0") > 0 && turns_of(&aws, "spk_1") > 0);
}

static void test_google__1766_words_once(void **state)
{
    (void)state;
    counted google = counts_of("json", "json/google-diarised.json", NULL);
    assert_int_equal(google.words, 1766);
    assert_int_equal(google.labels, 2);
}

static void test_txt__7_turns_of_3_speakers(void **state)
{
    (void)state;
    counted txt = counts_of("txt", "docx/transcript.txt", NULL);
    assert_int_equal(txt.turns, 7);
    assert_int_equal(txt.labels, 3);
}

static void test_parlamint__10_utterances(void **state)
{
    (void)state;
    counted tei = counts_of("tei", "tei/ParlaMint-ES-CT_2015-11-09.xml", NULL);
    assert_int_equal(tei.turns, 10);
}

/* 4,788 alignable annotations: 399 of five words each in `text`, and one word or code each in 1,995 words-timesub,
 * 1,197 gestures and 1,197 gest_included. The two symbolic tiers below are 1,995 references each. Speech is `text`
 * alone. */
static void test_elan__4788_alignable_annotations(void **state)
{
    (void)state;
    size_t text = counts_of("eaf", "eaf/sample_3.0.eaf", "text").words;
    size_t words = counts_of("eaf", "eaf/sample_3.0.eaf", "words-timesub").words;
    size_t gestures = counts_of("eaf", "eaf/sample_3.0.eaf", "gestures").words;
    size_t included = counts_of("eaf", "eaf/sample_3.0.eaf", "gest_included").words;
    assert_int_equal(text % 5, 0);
    assert_int_equal(text / 5 + words + gestures + included, 4788);
    assert_int_equal(counts_of("eaf", "eaf/sample_3.0.eaf", NULL).words, 1995);
    /* The words once more, and three parts of speech. */
    assert_int_equal(counts_of("eaf", "eaf/sample_3.0.eaf", "words-symsub").words, 1995);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_eve__1588_utterances_of_four_speakers),
        cmocka_unit_test(test_aws__every_item_once),
        cmocka_unit_test(test_google__1766_words_once),
        cmocka_unit_test(test_txt__7_turns_of_3_speakers),
        cmocka_unit_test(test_parlamint__10_utterances),
        cmocka_unit_test(test_elan__4788_alignable_annotations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
