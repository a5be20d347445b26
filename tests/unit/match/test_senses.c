/* The senses of hits: each rule of docs/matching.md by example, and the engine against the slow reference at random. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "match_bench.h"
#include "sense_reference.h"

#include <attune/lexicon.h>
#include <stdlib.h>
#include <string.h>

/* The senses of the hits of `marker` in one turn, in order: "used negated". */
static void senses_are(match_bench *b, const char *text, const char *expected)
{
    att_buffer found = {0};

    match_bench_match(b, &text, 1);
    att_buffer_text(&found, "");
    for (size_t i = 0; i < b->hits.count; i++)
        if (b->hits.items[i].node == 0)
            att_buffer_format(&found, "%s%s", found.size ? " " : "", att_sense_names[b->hits.items[i].sense]);
    if (strcmp(found.data, expected) != 0)
        fail_msg("%s\nexpected: %s\nfound:    %s", text, expected, found.data);
    att_buffer_clear(&found);
}

static const char english[] =
    "name: t\nlanguage: en\nmarkers:\n  m: [psychotic, disorder*, case*, compliant, diagnosis, "
    "not * good]\n";

static void assert_english(const char *text, const char *expected)
{
    match_bench b = match_bench_new(english, NULL, "cues/en");

    senses_are(&b, text, expected);
    match_bench_clear(&b);
}

static void test_senses__a_plain_word_is_used(void **state)
{
    (void)state;
    assert_english("They gave her a diagnosis.", "used");
    assert_english("diagnosis", "used");
}

static void test_senses__negators_reach_five_tokens_within_their_clause(void **state)
{
    (void)state;
    assert_english("She is not psychotic.", "negated");
    assert_english("I don't think that she is psychotic.", "negated");
    assert_english("not one two three four psychotic", "negated");
    assert_english("not one two three four five psychotic", "used");
    assert_english("She is not well, psychotic in fact.", "used");
    assert_english("No. Psychotic.", "used");
    assert_english("It is not her but a psychotic man.", "used");
    assert_english("psychotic not", "used");
}

static void test_senses__an_exception_of_a_negator_cancels_it(void **state)
{
    (void)state;
    assert_english("There is no doubt the diagnosis fits.", "used");
    assert_english("There is no diagnosis.", "negated");
    assert_english("Not to mention the diagnosis.", "used");
}

static void test_senses__the_words_of_a_hit_are_no_cues_for_it(void **state)
{
    (void)state;
    assert_english("This is not very good.", "used");
    assert_english("never not very good", "negated");
}

static void test_senses__not_only_relativises(void **state)
{
    (void)state;
    assert_english("There is not only a disorder, there is a person.", "mentioned");
    assert_english("It is not just a disorder.", "mentioned");
    assert_english("It is only a disorder.", "used");
    assert_english("not, only a disorder", "used");
}

static void test_senses__relativisers_mention_what_is_near_behind_them(void **state)
{
    (void)state;
    assert_english("She is more than her diagnosis.", "mentioned");
    assert_english("We look less at the diagnosis.", "mentioned");
    assert_english("Less and less and on and on diagnosis", "used");
    assert_english("more than that, the diagnosis", "used");
}

static void test_senses__words_about_words_mention_to_both_sides_in_their_sentence(void **state)
{
    (void)state;
    assert_english("I hate the word psychotic.", "mentioned");
    assert_english("Psychotic is a word that I hate.", "mentioned");
    assert_english("It is only a word. She is psychotic.", "used");
    assert_english("psychotic one two three four five six seven eight nine word", "mentioned");
    assert_english("psychotic one two three four five six seven eight nine ten word", "used");
    assert_english("In terms of diagnosis we agree.", "used");
    assert_english("These terms, diagnosis and disorder, are theirs.", "mentioned mentioned");
}

static void test_senses__a_report_is_another_voice_and_never_the_speakers_own(void **state)
{
    (void)state;
    assert_english("The doctor said she was psychotic.", "reported");
    assert_english("He said, she was psychotic.", "reported");
    assert_english("I said she was psychotic.", "used");
    assert_english("I have always said she was psychotic.", "used");
    assert_english("I think he said she was psychotic.", "reported");
    assert_english("I left, the doctor said psychotic.", "reported");
    assert_english("He said no. She was psychotic.", "used");
    assert_english("The so called disorder", "reported");
    assert_english("They told me about the diagnosis.", "reported");
    assert_english("Psychotic, he said.", "used");
}

static void test_senses__quotation_marks_make_a_mention_or_a_report(void **state)
{
    (void)state;
    assert_english("a \"psychotic\" man", "mentioned");
    assert_english("a \xE2\x80\x9Cpsychotic man\xE2\x80\x9D", "mentioned");
    assert_english("a \xE2\x80\x98"
                   "psychotic\xE2\x80\x99 man",
                   "mentioned");
    assert_english("a \xC2\xBBpsychotic\xC2\xAB man", "mentioned");
    assert_english("\"you are one of the psychotic people here\"", "reported");
    assert_english("\"hello\" to the psychotic man \"there\"", "used");
    assert_english("\"psychotic", "used");
    assert_english("psychotic\"", "used");
    assert_english("It's the nurses' diagnosis that's psychotic.", "used used");
}

static void test_senses__a_mention_outweighs_a_report_and_that_a_negation(void **state)
{
    (void)state;
    assert_english("He said the word psychotic.", "mentioned");
    assert_english("He said she is not psychotic.", "reported");
    assert_english("I don't like the word psychotic.", "mentioned");
}

static void test_senses__german_negators_stand_on_either_side(void **state)
{
    match_bench b = match_bench_new("name: t\nlanguage: de\nmarkers:\n  m: [begriffe, diagnose*, \"psychotisch*\"]\n",
                                    NULL, "cues/de");

    (void)state;
    senses_are(&b, "Ich stelle diese Diagnose nicht.", "negated");
    senses_are(&b, "Sie hat keine Diagnose.", "negated");
    senses_are(&b, "Diagnose keine Ahnung", "used");
    senses_are(&b, "Sie hat nicht nur eine Diagnose.", "mentioned");
    senses_are(&b, "Das sagte ich: eine Diagnose.", "used");
    senses_are(&b, "Der Arzt sagte, eine Diagnose sei es.", "reported");
    senses_are(&b, "Die sogenannte Diagnose", "reported");
    match_bench_clear(&b);
}

static void test_senses__swedish_cues_are_known(void **state)
{
    match_bench b = match_bench_new("name: t\nlanguage: sv\nmarkers:\n  m: [diagnos*]\n", NULL, "cues/sv");

    (void)state;
    senses_are(&b, "Hon har ingen diagnos.", "negated");
    senses_are(&b, "Hon f\xC3\xA5r inte en diagnos.", "negated");
    senses_are(&b, "Det \xC3\xA4r inte bara en diagnos.", "mentioned");
    senses_are(&b, "L\xC3\xA4karen sa att det \xC3\xA4r en diagnos.", "reported");
    senses_are(&b, "Jag sa att det \xC3\xA4r en diagnos.", "used");
    match_bench_clear(&b);
}

static void test_senses__hebrew_hindi_gujarati_and_swahili_cues_are_known(void **state)
{
    (void)state;
    match_bench b = match_bench_new("name: t\nlanguage: he\nmarkers:\n  m: [אבחנה]\n", NULL, "cues/he");
    senses_are(&b, "אין לה אבחנה.", "negated");
    senses_are(&b, "המילה אבחנה", "mentioned");
    senses_are(&b, "זו לא רק אבחנה.", "mentioned");
    senses_are(&b, "הרופא אמר שיש אבחנה.", "reported");
    senses_are(&b, "אני אומרת שיש אבחנה.", "used");
    senses_are(&b, "יש לה אבחנה.", "used");
    match_bench_clear(&b);
    b = match_bench_new("name: t\nlanguage: hi\nmarkers:\n  m: [निदान]\n", NULL, "cues/hi");
    senses_are(&b, "उसका कोई निदान नहीं है।", "negated");
    senses_are(&b, "बिना निदान के", "negated");
    senses_are(&b, "निदान शब्द", "mentioned");
    senses_are(&b, "उसने कहा कि निदान है।", "reported");
    senses_are(&b, "मैंने कहा कि निदान है।", "used");
    senses_are(&b, "निदान हुआ। वह नहीं आया।", "used");
    match_bench_clear(&b);
    b = match_bench_new("name: t\nlanguage: gu\nmarkers:\n  m: [નિદાન]\n", NULL, "cues/gu");
    senses_are(&b, "તેનું નિદાન નથી.", "negated");
    senses_are(&b, "નિદાન શબ્દ", "mentioned");
    senses_are(&b, "તેણે કહ્યું કે નિદાન છે.", "reported");
    senses_are(&b, "મેં કહ્યું કે નિદાન છે.", "used");
    match_bench_clear(&b);
    b = match_bench_new("name: t\nlanguage: sw\nmarkers:\n  m: [mgonjwa]\n", NULL, "cues/sw");
    senses_are(&b, "Yeye si mgonjwa.", "negated");
    senses_are(&b, "Neno mgonjwa", "mentioned");
    senses_are(&b, "Daktari alisema ni mgonjwa.", "reported");
    senses_are(&b, "Yeye ni mgonjwa.", "used");
    match_bench_clear(&b);
}

static void test_senses__cues_do_not_reach_over_the_end_of_a_turn(void **state)
{
    match_bench b = match_bench_new(english, NULL, "cues/en");
    const char *texts[] = {"She is not", "psychotic", "word"};

    (void)state;
    match_bench_match(&b, texts, 3);
    assert_int_equal(b.hits.count, 1);
    assert_int_equal(b.hits.items[0].sense, ATT_USED);
    match_bench_clear(&b);
}

/* ---- at random ---- */

static const test_cue lists[] = {
    {"negators.before", "no"},
    {"negators.before", "not"},
    {"negators.before", "!no way"},
    {"negators.before", "no longer"},
    {"negators.after", "later"},
    {"negators.either", "nie"},
    {"only", "only"},
    {"contrast", "but"},
    {"contrast", "all but"},
    {"relativisers", "less"},
    {"relativisers", "more than"},
    {"metalanguage", "word"},
    {"metalanguage", "!in word way"},
    {"reporting", "said"},
    {"reporting", "way said"},
    {"hearsay", "so said"},
    {"speaker", "i"},
    {"speaker_after", "i"},
    {"others", "he"},
    {"negators.before", "!not only no"},
    {"metalanguage", "not word"},
};
enum { LISTS = sizeof lists / sizeof lists[0] };

static const char *const words[] = {"hit",  "hit", "two", "parts", "no",   "not",  "way",  "longer", "later", "nie",
                                    "only", "but", "all", "less",  "more", "than", "word", "in",     "said",  "so",
                                    "i",    "he",  "x",   "y",     "z",    "x",    "y",    "z"};
enum { WORDS = sizeof words / sizeof words[0], MOST = 90 };

/* The lists as a lexicon; negators have their kinds below them. */
static void write_cues(att_buffer *yaml)
{
    static const char *const order[] = {"only",      "contrast",        "relativisers",   "metalanguage",
                                        "reporting", "hearsay",         "speaker",        "speaker_after",
                                        "others",    "negators.before", "negators.after", "negators.either"};

    att_buffer_text(yaml, "name: c\nlanguage: en\nmarkers:\n");
    for (size_t o = 0; o < sizeof order / sizeof order[0]; o++) {
        bool below = strncmp(order[o], "negators.", 9) == 0;
        if (strcmp(order[o], "negators.before") == 0)
            att_buffer_text(yaml, "  negators:\n");
        att_buffer_format(yaml, "%s%s:\n", below ? "    " : "  ", below ? order[o] + 9 : order[o]);
        for (size_t i = 0; i < LISTS; i++) {
            if (strcmp(lists[i].list, order[o]) != 0)
                continue;
            if (lists[i].words[0] == '!') /* of an entry that it holds */
                att_buffer_format(yaml, "      - {term: %s, except: ['%s']}\n",
                                  strstr(lists[i].words, "word")  ? "word"
                                  : strstr(lists[i].words, "not") ? "not"
                                                                  : "no",
                                  lists[i].words + 1);
            else if (strcmp(lists[i].words, "word") != 0 && strcmp(lists[i].words, "no") != 0 &&
                     strcmp(lists[i].words, "not") != 0)
                att_buffer_format(yaml, "      - '%s'\n", lists[i].words);
        }
    }
}

static uint64_t seed;

static size_t draw(size_t below)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (size_t)((seed >> 33) % below);
}

typedef struct {
    const char *words[MOST];
    test_gap gaps[MOST + 1];
    size_t count;
    att_buffer text;
} random_turn;

/* What stands before word i: as text, and as the classes that this makes. */
static void draw_gap(random_turn *turn, size_t i)
{
    static const struct {
        const char *text;
        test_gap inside, first, last;
    } gaps[] = {
        {" ", {0}, {0}, {0}},
        {", ", {.clause = true}, {.clause = true}, {.clause = true}},
        {". ", {.sentence = true}, {.sentence = true}, {.sentence = true}},
        {" \"", {.opens = true}, {.opens = true}, {.opens = true, .closes = true}},
        {"\" ", {.closes = true}, {.opens = true, .closes = true}, {.closes = true}},
        {" \xE2\x80\x9C", {.opens = true}, {.opens = true}, {.opens = true, .closes = true}},
        {"\xE2\x80\x9D, ",
         {.clause = true, .closes = true},
         {.clause = true, .opens = true, .closes = true},
         {.clause = true, .closes = true}},
        {" - ", {.clause = true}, {.clause = true}, {.clause = true}},
        {"/", {0}, {0}, {0}},
    };
    size_t kind = draw(3) ? 0 : draw(sizeof gaps / sizeof gaps[0]);

    att_buffer_text(&turn->text, gaps[kind].text);
    turn->gaps[i] = i == 0 ? gaps[kind].first : i == turn->count ? gaps[kind].last : gaps[kind].inside;
}

static void draw_turn(random_turn *turn)
{
    turn->text.size = 0;
    turn->count = 1 + draw(draw(8) ? 16 : MOST - 1);
    for (size_t i = 0; i < turn->count; i++) {
        draw_gap(turn, i);
        turn->words[i] = words[draw(WORDS)];
        att_buffer_text(&turn->text, turn->words[i]);
    }
    draw_gap(turn, turn->count);
}

static void compare(const match_bench *b, const random_turn *turn, size_t seen[ATT_SENSES])
{
    const test_turn_text plain = {turn->words, turn->gaps, turn->count, lists, LISTS};

    assert_int_equal(b->tokens.count, turn->count);
    for (size_t i = 0; i < b->hits.count; i++) {
        const att_hit *hit = &b->hits.items[i];
        att_sense expected = test_sense(&plain, hit->first, hit->count);
        seen[expected]++;
        if (hit->sense != expected)
            fail_msg("%s\nhit %u+%u: expected %s, found %s", turn->text.data, hit->first, hit->count,
                     att_sense_names[expected], att_sense_names[hit->sense]);
    }
}

static void test_senses__are_those_of_the_slow_reference(void **state)
{
    const char *wanted = getenv("ATTUNE_RANDOM_PAIRS");
    size_t turns = wanted ? strtoul(wanted, NULL, 10) * 5 : 20000;
    att_buffer yaml = {0};
    random_turn turn = {.count = 0};
    size_t seen[ATT_SENSES] = {0};

    (void)state;
    write_cues(&yaml);
    match_bench b =
        match_bench_new("name: t\nlanguage: en\nmarkers:\n  m: [hit, two parts, hit hit hit]\n", NULL, yaml.data);
    seed = 20261125;
    for (size_t i = 0; i < turns; i++) {
        draw_turn(&turn);
        const char *text = turn.text.data;
        match_bench_match(&b, &text, 1);
        compare(&b, &turn, seen);
    }
    for (int sense = 0; sense < ATT_SENSES; sense++)
        assert_true(seen[sense] > turns / 20);
    att_buffer_clear(&turn.text);
    att_buffer_clear(&yaml);
    match_bench_clear(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_senses__a_plain_word_is_used),
        cmocka_unit_test(test_senses__negators_reach_five_tokens_within_their_clause),
        cmocka_unit_test(test_senses__an_exception_of_a_negator_cancels_it),
        cmocka_unit_test(test_senses__the_words_of_a_hit_are_no_cues_for_it),
        cmocka_unit_test(test_senses__not_only_relativises),
        cmocka_unit_test(test_senses__relativisers_mention_what_is_near_behind_them),
        cmocka_unit_test(test_senses__words_about_words_mention_to_both_sides_in_their_sentence),
        cmocka_unit_test(test_senses__a_report_is_another_voice_and_never_the_speakers_own),
        cmocka_unit_test(test_senses__quotation_marks_make_a_mention_or_a_report),
        cmocka_unit_test(test_senses__a_mention_outweighs_a_report_and_that_a_negation),
        cmocka_unit_test(test_senses__german_negators_stand_on_either_side),
        cmocka_unit_test(test_senses__swedish_cues_are_known),
        cmocka_unit_test(test_senses__hebrew_hindi_gujarati_and_swahili_cues_are_known),
        cmocka_unit_test(test_senses__cues_do_not_reach_over_the_end_of_a_turn),
        cmocka_unit_test(test_senses__are_those_of_the_slow_reference),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
