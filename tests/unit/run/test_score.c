/* The whole run: the same bytes whatever the threads, ranges and order; tallies that add up. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/file.h"
#include "scratch.h"

#include <attune/attune.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int make_folder(void **state)
{
    (void)state;
    scratch_make();
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    scratch_remove();
    return 0;
}

static char *at(const char *name)
{
    return (char *)scratch_path(name);
}

static void put(const char *name, const char *text)
{
    scratch_write(name, text);
}

static char *get(const char *name)
{
    char *text = scratch_read(at(name), NULL);

    assert_non_null(text);
    return text;
}

static void assert_same_file(const char *a, const char *b)
{
    att_buffer x = {0}, y = {0};

    assert_int_equal(att_file_read(&x, at(a), 0, NULL), ATT_OK);
    assert_int_equal(att_file_read(&y, at(b), 0, NULL), ATT_OK);
    assert_int_equal(x.size, y.size);
    assert_memory_equal(x.data, y.data, x.size);
    assert_true(x.size > 0);
    att_buffer_clear(&x);
    att_buffer_clear(&y);
}

static void assert_same_results(const char *a, const char *b)
{
    static const char *const names[] = {"scores.csv", "speakers.csv", "tallies.att"};
    char x[128], y[128];

    for (size_t i = 0; i < 3; i++) {
        snprintf(x, sizeof x, "%s/%s", a, names[i]);
        snprintf(y, sizeof y, "%s/%s", b, names[i]);
        assert_same_file(x, y);
    }
}

static const char lexicon[] =
    "name: t\nlanguage: en\nmarkers:\n  tech:\n    pole: technical\n    drug: [dose*, drug*]\n"
    "    proc: [ward round*, admission]\n  hope:\n    pole: appreciative\n"
    "    entries: [hope*, own voice]\n  talk: [say, words]\n";

/* Turns of three speakers, long and short, with everything the lexicon has. */
static void put_talk(const char *name, unsigned seed, unsigned turns)
{
    static const char *const labels[] = {"Ada", "Berit Holm", "INT"};
    static const char *const words[] = {"the",       "dose",  "drugs", "ward",  "round", "rounds",
                                        "hope",      "hopes", "own",   "voice", "say",   "words",
                                        "admission", "and",   "we",    "then",  "they",  "tea"};
    FILE *file = fopen(at(name), "wb");

    assert_non_null(file);
    for (unsigned t = 0; t < turns; t++) {
        seed = seed * 1664525u + 1013904223u;
        fprintf(file, "%s:", labels[(seed >> 16) % 3]);
        for (unsigned i = 0, length = (seed >> 20) % 30; i < length; i++) {
            seed = seed * 1664525u + 1013904223u;
            fprintf(file, "%s%s", i % 11 == 10 ? "\n" : " ", words[(seed >> 16) % 18]);
        }
        fputs(".\n", file);
    }
    assert_int_equal(fclose(file), 0);
}

typedef struct {
    const char *inputs[4];
    const char *speakers;
    const char *by;
    const char *output;
    int threads;
    uint64_t range;
    bool global;
} request;

static att_status run_status(request r, att_counts *counts, att_diagnostics *diagnostics, att_error *error)
{
    att_study study = {0};
    att_scores *scores = NULL;

    for (size_t i = 0; i < 4 && r.inputs[i]; i++)
        assert_int_equal(att_study_add(&study.inputs, at(r.inputs[i]), NULL), ATT_OK);
    assert_int_equal(att_study_add(&study.lexicons, at("t.yml"), NULL), ATT_OK);
    if (r.speakers)
        assert_int_equal(att_study_set(&study.speakers, at(r.speakers), NULL), ATT_OK);
    if (r.by)
        assert_int_equal(att_study_add(&study.by, r.by, NULL), ATT_OK);
    study.global_labels = r.global;
    att_run_options options = {.threads = r.threads, .range_bytes = r.range, .output = r.output ? at(r.output) : NULL};
    att_status status = att_score(&scores, &study, &options, diagnostics, error);
    if (counts && scores)
        *counts = att_scores_counts(scores);
    att_scores_free(scores);
    att_study_clear(&study);
    return status;
}

static att_counts run(request r)
{
    att_counts counts = {0};
    att_error error = {0};
    att_status status = run_status(r, &counts, NULL, &error);

    if (status)
        fail_msg("%d %s", status, error.message);
    return counts;
}

static void merge(const char *const *tallies, size_t count, request r)
{
    att_study study = {0};
    att_scores *scores = NULL;
    att_error error = {0};
    char *paths[4];

    for (size_t i = 0; i < count; i++)
        paths[i] = strdup(at(tallies[i]));
    if (r.speakers)
        assert_int_equal(att_study_set(&study.speakers, at(r.speakers), NULL), ATT_OK);
    if (r.by)
        assert_int_equal(att_study_add(&study.by, r.by, NULL), ATT_OK);
    att_run_options options = {.output = at(r.output)};
    if (att_merge(&scores, paths, count, &study, &options, NULL, &error))
        fail_msg("%s", error.message);
    att_scores_free(scores);
    att_study_clear(&study);
    for (size_t i = 0; i < count; i++)
        free(paths[i]);
}

static void test_score__threads_do_not_change_a_byte(void **state)
{
    (void)state;
    put("t.yml", lexicon);
    assert_int_equal(mkdir(at("many"), 0700), 0);
    /* So many speakers that the tables too are made by several threads. */
    for (unsigned i = 0; i < 120; i++) {
        char name[32];
        snprintf(name, sizeof name, "many/talk%u.txt", i);
        put_talk(name, i, 12 + i % 30);
    }
    run((request){.inputs = {"many"}, .output = "one", .threads = 1});
    run((request){.inputs = {"many"}, .output = "two", .threads = 2});
    run((request){.inputs = {"many"}, .output = "eight", .threads = 8});
    assert_same_results("one", "two");
    assert_same_results("one", "eight");
}

static void test_score__the_order_of_inputs_does_not_change_a_byte(void **state)
{
    (void)state;
    put("t.yml", lexicon);
    put_talk("a.txt", 1, 30);
    put_talk("b.txt", 2, 30);
    put_talk("c.txt", 3, 30);
    run((request){.inputs = {"a.txt", "b.txt", "c.txt"}, .output = "abc"});
    run((request){.inputs = {"c.txt", "a.txt", "b.txt"}, .output = "cab"});
    assert_same_results("abc", "cab");
}

static void test_score__ranges_at_every_size_add_up_to_one_pass(void **state)
{
    (void)state;
    put("t.yml", lexicon);
    put_talk("long.txt", 7, 60);
    run((request){.inputs = {"long.txt"}, .output = "whole", .threads = 1});
    /* From one turn (or less) a range to nearly all of them. */
    for (uint64_t range = 1; range < 4000; range = range * 3 / 2 + 1) {
        run((request){.inputs = {"long.txt"}, .output = "ranges", .threads = 2, .range = range});
        assert_same_results("whole", "ranges");
    }
}

static void test_score__a_tally_file_is_regrouped_without_the_transcripts(void **state)
{
    (void)state;
    put("t.yml", lexicon);
    put_talk("a.txt", 1, 30);
    put_talk("b.txt", 2, 30);
    put("who.csv",
        "transcript,label,speaker,role,site\na,Ada,Ada Roth,nurse,north\na,Berit Holm,Berit Holm,doctor,north\n"
        "a,INT,Kim Lund,interviewer,north\nb,Ada,Ada Roth,nurse,south\nb,Berit Holm,Berit Holm,doctor,south\n"
        "b,INT,Kim Lund,interviewer,south\n");
    run((request){.inputs = {"a.txt", "b.txt"}, .output = "speakers"});
    run((request){.inputs = {"a.txt", "b.txt"}, .output = "sites", .speakers = "who.csv", .by = "site"});
    assert_int_equal(unlink(at("a.txt")), 0);
    assert_int_equal(unlink(at("b.txt")), 0);
    merge((const char *const[]){"speakers/tallies.att"}, 1,
          (request){.output = "regrouped", .speakers = "who.csv", .by = "site"});
    assert_same_results("sites", "regrouped");
}

static void test_score__shards_merge_to_one_run(void **state)
{
    (void)state;
    put("t.yml", lexicon);
    put_talk("a.txt", 1, 30);
    put_talk("b.txt", 2, 30);
    put_talk("c.txt", 3, 30);
    run((request){.inputs = {"a.txt", "b.txt", "c.txt"}, .output = "all"});
    run((request){.inputs = {"b.txt"}, .output = "shard1"});
    run((request){.inputs = {"c.txt", "a.txt"}, .output = "shard2"});
    merge((const char *const[]){"shard1/tallies.att", "shard2/tallies.att"}, 2, (request){.output = "merged"});
    merge((const char *const[]){"shard2/tallies.att", "shard1/tallies.att"}, 2, (request){.output = "demerged"});
    assert_same_results("all", "merged");
    assert_same_results("all", "demerged");
}

/* The rows of one marker: everything behind the first comma, for comparing tables that differ in names only. */
static char *rows_without_names(const char *file, const char *marker)
{
    char *text = get(file), *out = calloc(strlen(text) + 1, 1), wanted[64];

    assert_non_null(out);
    snprintf(wanted, sizeof wanted, ",%s,", marker);
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        const char *found = strstr(line, wanted);
        if (found)
            strcat(strcat(out, found), "\n");
    }
    free(text);
    return out;
}

static void test_score__a_new_name_changes_the_name_only(void **state)
{
    (void)state;
    put("t.yml", lexicon);
    put("a.txt", "Ada: We hope for words.\nBo: The dose.\nAda: Hope.\nBo: Drugs.\n");
    put("one.csv", "label,speaker\nAda,Ada Roth\nBo,Bo Kern\n");
    put("two.csv", "label,speaker\nAda,Somebody Else\nBo,Bo Kern\n");
    run((request){.inputs = {"a.txt"}, .output = "one", .speakers = "one.csv"});
    run((request){.inputs = {"a.txt"}, .output = "two", .speakers = "two.csv"});
    static const char *const markers[] = {"tech", "tech.drug", "hope", "talk", "pole.technical", "pole.appreciative"};
    for (size_t i = 0; i < sizeof markers / sizeof markers[0]; i++) {
        char *one = rows_without_names("one/scores.csv", markers[i]),
             *two = rows_without_names("two/scores.csv", markers[i]);
        assert_string_equal(one, two);
        assert_true(strlen(one) > 20);
        free(one);
        free(two);
    }
    char *table = get("two/scores.csv");
    assert_non_null(strstr(table, "Somebody Else"));
    assert_null(strstr(table, "Ada"));
    free(table);
    assert_same_file("one/tallies.att", "two/tallies.att"); /* names come late */
}

static void test_score__a_transcript_over_two_files_adds_up(void **state)
{
    (void)state;
    put("t.yml", lexicon);
    put("whole.txt",
        "Ada: We hope.\nBo: The dose.\nAda: Own voice, no drugs.\nBo: Ward rounds.\nAda: Tea.\nBo: Words.\n");
    put("part1.txt", "Ada: We hope.\nBo: The dose.\nAda: Own voice, no drugs.\n");
    put("part2.txt", "Bo: Ward rounds.\nAda: Tea.\nBo: Words.\n");
    put("who.csv", "label,speaker\nAda,Ada Roth\nBo,Bo Kern\n");
    run((request){.inputs = {"whole.txt"}, .output = "whole", .speakers = "who.csv"});
    run((request){.inputs = {"part1.txt", "part2.txt"}, .output = "parts", .speakers = "who.csv"});
    assert_same_file("whole/scores.csv", "parts/scores.csv");
    assert_same_file("whole/speakers.csv", "parts/speakers.csv");
}

static void test_score__counts_turns_tokens_and_hits(void **state)
{
    (void)state;
    put("t.yml", lexicon);
    put("a.txt", "Ada: We hope for words.\nBo: The dose.\nAda: [laughs]\nBo: Ward-round!\n");
    att_counts counts = run((request){.inputs = {"a.txt"}});
    assert_int_equal(counts.transcripts, 1);
    assert_int_equal(counts.speakers, 2);
    assert_int_equal(counts.turns, 3); /* a turn without tokens is none */
    assert_int_equal(counts.tokens, 8);
    assert_int_equal(counts.hits, 4);
}

static void test_score__labels_are_local_unless_said_otherwise(void **state)
{
    (void)state;
    put("t.yml", lexicon);
    put("a.txt", "Ada: We hope.\nBo: The dose.\n");
    put("b.txt", "Ada: We hope.\nBo: The dose.\n");
    assert_int_equal(run((request){.inputs = {"a.txt", "b.txt"}}).speakers, 4);
    assert_int_equal(run((request){.inputs = {"a.txt", "b.txt"}, .global = true}).speakers, 2);
}

static void test_score__a_bad_input_is_skipped_and_named_and_the_rest_goes_on(void **state)
{
    (void)state;
    put("t.yml", lexicon);
    put("a.txt", "Ada: We hope.\nBo: The dose.\n");
    put("empty.txt", "");
    put("b.pdf", "%PDF-1.4 \x01\x02\x03");
    att_diagnostics *diagnostics = att_diagnostics_new();
    att_error error = {0};
    att_counts counts = {0};
    att_status status = run_status((request){.inputs = {"a.txt", "empty.txt", "b.pdf", "missing.txt"}, .output = "out"},
                                   &counts, diagnostics, &error);
    assert_int_equal(status, ATT_SKIPPED);
    assert_int_equal(counts.transcripts, 1);
    assert_int_equal(counts.skipped, 3);
    assert_int_equal(att_diagnostics_count_of(diagnostics, ATT_ERROR), 3);
    char *manifest = get("out/manifest.json");
    assert_non_null(strstr(manifest, "empty.txt"));
    assert_non_null(strstr(manifest, "missing.txt"));
    assert_non_null(strstr(manifest, "\"skipped\":"));
    free(manifest);
    att_diagnostics_free(diagnostics);
}

static void test_score__nothing_readable_is_an_error_and_leaves_old_results(void **state)
{
    (void)state;
    put("t.yml", lexicon);
    put("a.txt", "Ada: We hope.\nBo: The dose.\n");
    run((request){.inputs = {"a.txt"}, .output = "out"});
    char *before = get("out/speakers.csv");
    put("empty.txt", "");
    att_error error = {0};
    assert_int_equal(run_status((request){.inputs = {"empty.txt"}, .output = "out"}, NULL, NULL, &error),
                     ATT_BAD_INPUT);
    char *after = get("out/speakers.csv");
    assert_string_equal(before, after);
    free(before);
    free(after);
}

static void test_score__an_old_encoding_is_decoded_and_named(void **state)
{
    (void)state;
    put("t.yml", lexicon);
    put("latin1.txt", "Ada: We hope f\xFCr words.\nBo: The dose.\nAda: Na\xEFve hope.\n");
    att_diagnostics *diagnostics = att_diagnostics_new();
    att_counts counts = {0};
    assert_int_equal(run_status((request){.inputs = {"latin1.txt"}, .output = "out"}, &counts, diagnostics, NULL),
                     ATT_OK);
    assert_int_equal(counts.tokens, 8); /* "f\u00FCr" and "Na\u00EFve" are words */
    assert_int_equal(att_diagnostics_count_of(diagnostics, ATT_WARNING), 1);
    att_diagnostics_free(diagnostics);
}

static void test_score__a_turn_in_pieces_is_one_turn(void **state)
{
    (void)state;
    put("t.yml", lexicon);
    size_t words = 900000; /* 4.5 MB in one line */
    char *text = malloc(words * 5 + 64);
    assert_non_null(text);
    char *end = stpcpy(text, "Ada: ");
    for (size_t i = 0; i < words; i++)
        end = stpcpy(end, i % 100 ? "tea, " : "hope ");
    stpcpy(end, "\nBo: The dose.\nAda: Hope.\n");
    put("long.txt", text);
    free(text);
    att_diagnostics *diagnostics = att_diagnostics_new();
    att_counts counts = {0};
    assert_int_equal(
        run_status((request){.inputs = {"long.txt"}, .output = "out", .threads = 2}, &counts, diagnostics, NULL),
        ATT_OK);
    assert_int_equal(counts.turns, 3);
    assert_int_equal(counts.tokens, words + 3);
    assert_int_equal(counts.hits, words / 100 + 2);
    bool named = false;
    for (size_t i = 0; i < att_diagnostics_count(diagnostics); i++)
        named |= strstr(att_diagnostics_get(diagnostics, i)->message, "1 turn is longer than 1 MiB") != NULL;
    assert_true(named);
    run((request){.inputs = {"long.txt"}, .output = "ranged", .range = 1000000});
    assert_same_results("out", "ranged");
    att_diagnostics_free(diagnostics);
}

static void test_score__a_turn_cut_off_by_an_error_is_nobodys(void **state)
{
    (void)state;
    put("t.yml", lexicon);
    /* More than one piece of a turn, and then a line on which the expression runs out of steps. */
    char *text = malloc(4 << 20), *end = text;
    assert_non_null(text);
    end = stpcpy(end, "A: hope\nB: ");
    for (size_t i = 0; i < 700000; i++)
        end = stpcpy(end, "hope ");
    end = stpcpy(end, "\n");
    memset(end, 'x', 900);
    strcpy(end + 900, "\n");
    put("a.txt", text);
    free(text);
    put("b.txt", "A: We hope so.\nB: Tea.\n");
    att_study study = {0};
    att_scores *scores = NULL;
    att_run_options options = {.threads = 1};
    assert_int_equal(att_study_add(&study.inputs, at("a.txt"), NULL), ATT_OK);
    assert_int_equal(att_study_add(&study.inputs, at("b.txt"), NULL), ATT_OK);
    assert_int_equal(att_study_add(&study.lexicons, at("t.yml"), NULL), ATT_OK);
    assert_int_equal(att_study_set(&study.speaker_regex, "([A-Z]):|(x+x+)+y", NULL), ATT_OK);
    att_error error = {0};
    assert_int_equal(att_score(&scores, &study, &options, NULL, &error), ATT_SKIPPED);
    assert_int_equal(att_scores_counts(scores).transcripts, 1);
    assert_int_equal(att_scores_counts(scores).tokens, 4);
    assert_int_equal(att_scores_counts(scores).turns, 2);
    att_scores_free(scores);
    att_study_clear(&study);
}

static void test_score__results_are_for_their_owner_only(void **state)
{
    (void)state;
    struct stat about;
    put("t.yml", lexicon);
    put("a.txt", "Ada: We hope.\nBo: The dose.\n");
    run((request){.inputs = {"a.txt"}, .output = "out"});
    assert_int_equal(stat(at("out"), &about), 0);
    assert_int_equal(about.st_mode & 0777, 0700);
    assert_int_equal(stat(at("out/scores.csv"), &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_int_equal(stat(at("out/manifest.json"), &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
}

typedef struct {
    att_buffer text;
} row_list;

static att_status note_row(void *context, const att_kwic_row *row, att_error *error)
{
    row_list *list = context;

    (void)error;
    att_buffer_format(&list->text, "%s %llu %s %s %s [%.*s|%.*s|%.*s] %llu-%llu\n", row->transcript,
                      (unsigned long long)row->turn, row->speaker, row->marker, row->entry, (int)row->left.size,
                      row->left.text, (int)row->match.size, row->match.text, (int)row->right.size, row->right.text,
                      (unsigned long long)row->start, (unsigned long long)row->end);
    return ATT_OK;
}

static void test_kwic__gives_every_hit_of_a_marker_in_order_with_its_context(void **state)
{
    (void)state;
    att_study study = {0};
    att_kwic_options kwic = {.context = 2};
    row_list list = {0};
    put("t.yml", lexicon);
    put("b.txt", "Ada: We had the w\xC3\xA4rd.\nBo: \xC3\x9C"
                 "ber the dose, drugs.\n");
    put("a.txt", "Ada: On the ward  round\nwe talked.\nBo: Yes.\n");
    assert_int_equal(att_study_add(&study.inputs, at("b.txt"), NULL), ATT_OK);
    assert_int_equal(att_study_add(&study.inputs, at("a.txt"), NULL), ATT_OK);
    assert_int_equal(att_study_add(&study.lexicons, at("t.yml"), NULL), ATT_OK);
    assert_int_equal(att_study_add(&kwic.markers, "tech", NULL), ATT_OK);
    att_run_options options = {.threads = 2};
    assert_int_equal(att_kwic(&study, &options, &kwic, note_row, &list, NULL, NULL, NULL), ATT_OK);
    assert_string_equal(list.text.data, "a 1 a/Ada tech.proc ward round* [On the|ward round|we talked.] 7-18\n"
                                        "b 2 b/Bo tech.drug dose* [\xC3\x9C"
                                        "ber the|dose|, drugs.] 9-13\n"
                                        "b 2 b/Bo tech.drug drug* [the dose,|drugs|.] 15-20\n");
    att_buffer_clear(&list.text);
    att_study_clear(&study);
    att_strings_clear(&kwic.markers);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_score__threads_do_not_change_a_byte),
        TEST(test_score__the_order_of_inputs_does_not_change_a_byte),
        TEST(test_score__ranges_at_every_size_add_up_to_one_pass),
        TEST(test_score__a_tally_file_is_regrouped_without_the_transcripts),
        TEST(test_score__shards_merge_to_one_run),
        TEST(test_score__a_new_name_changes_the_name_only),
        TEST(test_score__a_transcript_over_two_files_adds_up),
        TEST(test_score__counts_turns_tokens_and_hits),
        TEST(test_score__labels_are_local_unless_said_otherwise),
        TEST(test_score__a_bad_input_is_skipped_and_named_and_the_rest_goes_on),
        TEST(test_score__nothing_readable_is_an_error_and_leaves_old_results),
        TEST(test_score__an_old_encoding_is_decoded_and_named),
        TEST(test_score__a_turn_in_pieces_is_one_turn),
        TEST(test_score__a_turn_cut_off_by_an_error_is_nobodys),
        TEST(test_score__results_are_for_their_owner_only),
        TEST(test_kwic__gives_every_hit_of_a_marker_in_order_with_its_context),
    };
    return cmocka_run_group_tests_name("score", tests, NULL, NULL);
}
