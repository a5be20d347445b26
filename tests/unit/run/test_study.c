/* study.yml: what a run reads and how it groups it. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include <attune/study.h>
#include <attune/survey.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A study.yml in a folder of its own. */
typedef struct {
    char folder[400];
    char path[500];
} place;

static void write_study(place *p, const char *pattern, const char *text)
{
    const char *base = getenv("TMPDIR");

    (void)snprintf(p->folder, sizeof p->folder, "%s/%s", base && *base ? base : "/tmp", pattern);
    assert_non_null(mkdtemp(p->folder));
    (void)snprintf(p->path, sizeof p->path, "%s/study.yml", p->folder);
    FILE *stream = fopen(p->path, "wb");
    assert_non_null(stream);
    assert_true(fputs(text, stream) >= 0);
    assert_int_equal(fclose(stream), 0);
}

static void remove_study(const place *p)
{
    (void)unlink(p->path);
    (void)rmdir(p->folder);
}

static void load(att_study *study, place *p, const char *text)
{
    att_error error = {.status = ATT_OK};

    write_study(p, "attune-study.XXXXXX", text);
    if (att_study_load(study, p->path, &error) != ATT_OK)
        fail_msg("%s", error.message);
    remove_study(p);
}

/* message: without the file's name before it. */
static void assert_refused(const char *text, const char *message)
{
    att_study study = {0};
    att_error error = {.status = ATT_OK};
    place p;

    write_study(&p, "attune-study.XXXXXX", text);
    assert_int_equal(att_study_load(&study, p.path, &error), ATT_BAD_INPUT);
    assert_memory_equal(error.message, p.path, strlen(p.path));
    assert_string_equal(error.message + strlen(p.path), message);
    assert_null(study.name);
    assert_int_equal(study.inputs.count, 0);
    remove_study(&p);
    att_study_clear(&study);
}

/* The string is this name below the study's folder. */
static void assert_below(const char *path, const place *p, const char *name)
{
    char expected[700];

    (void)snprintf(expected, sizeof expected, "%s/%s", p->folder, name);
    assert_string_equal(path, expected);
}

static void test_study__reads_every_key(void **state)
{
    att_study study = {0};
    place p;

    (void)state;
    load(&study, &p,
         "name: Harbour\ninputs: [transcripts, more/*.txt]\nlexicons:\n  - en/peer-support\n  - mine.yml\n"
         "speakers: speakers.csv\nlabels: global\nby: [role, period]\nlanguage: en\nformat: txt\n"
         "speaker_regex: '^(\\w+):'\nencoding: windows-1251\nmax_members: 7\nmax_unpacked: 2\nmax_ratio: 9\n");
    assert_string_equal(study.encoding, "windows-1251");
    assert_int_equal(study.limits.members, 7);
    assert_int_equal(study.limits.unpacked, 2 << 20);
    assert_int_equal(study.limits.ratio, 9);
    assert_string_equal(study.name, "Harbour");
    assert_int_equal(study.inputs.count, 2);
    assert_below(study.inputs.items[0], &p, "transcripts");
    assert_below(study.inputs.items[1], &p, "more/*.txt");
    assert_int_equal(study.lexicons.count, 2);
    assert_string_equal(study.lexicons.items[0], "en/peer-support");
    assert_below(study.lexicons.items[1], &p, "mine.yml");
    assert_below(study.speakers, &p, "speakers.csv");
    assert_true(study.global_labels);
    assert_int_equal(study.by.count, 2);
    assert_string_equal(study.by.items[1], "period");
    assert_string_equal(study.language, "en");
    assert_string_equal(study.format, "txt");
    assert_string_equal(study.speaker_regex, "^(\\w+):");
    att_study_clear(&study);
    assert_null(study.name);
    assert_int_equal(study.inputs.count, 0);
}

static void test_study__pairs_may_be_written_as_yaml_has_them(void **state)
{
    att_study study = {0};
    place p;

    (void)state;
    load(&study, &p,
         "period_by: date\nperiods: [before, after: 2024-03-01]\nexclude:\n  - role: interviewer\n  - site=North\n"
         "columns:\n  speaker: who\n  text: what\nsenses: off\noutput: results\nspeaker_style: Name\ntiers: [a*]\n");
    assert_string_equal(study.period_by, "date");
    assert_int_equal(study.periods.count, 2);
    assert_string_equal(study.periods.items[0], "before");
    assert_string_equal(study.periods.items[1], "after=2024-03-01");
    assert_int_equal(study.exclude.count, 2);
    assert_string_equal(study.exclude.items[0], "role=interviewer");
    assert_string_equal(study.exclude.items[1], "site=North");
    assert_int_equal(study.columns.count, 2);
    assert_string_equal(study.columns.items[1], "text=what");
    assert_true(study.senses_off);
    assert_below(study.output, &p, "results");
    assert_string_equal(study.speaker_style, "Name");
    assert_string_equal(study.tiers.items[0], "a*");
    att_study_clear(&study);
}

static void test_study__a_single_text_is_a_list_of_one(void **state)
{
    att_study study = {0};
    place p;

    (void)state;
    load(&study, &p, "inputs: transcripts\nlexicons: ./mine\nby: no\n");
    assert_int_equal(study.inputs.count, 1);
    assert_int_equal(study.lexicons.count, 1);
    assert_below(study.lexicons.items[0], &p, "./mine");
    assert_int_equal(study.by.count, 1);
    assert_string_equal(study.by.items[0], "no");
    assert_false(study.global_labels);
    att_study_clear(&study);
}

static void test_study__absolute_paths_and_standard_input_stay(void **state)
{
    att_study study = {0};
    place p;

    (void)state;
    load(&study, &p, "inputs: [/data/x.txt, '-']\nlexicons: [/data/x.yml, de/anything]\nspeakers: /data/s.csv\n");
    assert_string_equal(study.inputs.items[0], "/data/x.txt");
    assert_string_equal(study.inputs.items[1], "-");
    assert_string_equal(study.lexicons.items[0], "/data/x.yml");
    assert_string_equal(study.lexicons.items[1], "de/anything");
    assert_string_equal(study.speakers, "/data/s.csv");
    att_study_clear(&study);
}

static void test_study__a_lexicon_that_is_a_file_beside_it_is_a_path(void **state)
{
    att_study study = {0};
    att_error error = {.status = ATT_OK};
    place p;
    char lexicon[600];

    (void)state;
    write_study(&p, "attune-study.XXXXXX", "lexicons: [mine]\n");
    (void)snprintf(lexicon, sizeof lexicon, "%s/mine", p.folder);
    FILE *stream = fopen(lexicon, "wb");
    assert_non_null(stream);
    assert_int_equal(fclose(stream), 0);
    assert_int_equal(att_study_load(&study, p.path, &error), ATT_OK);
    assert_below(study.lexicons.items[0], &p, "mine");
    (void)unlink(lexicon);
    remove_study(&p);
    att_study_clear(&study);
}

static void test_study__globs_mean_nothing_in_the_folders_own_name(void **state)
{
    att_study study = {0};
    att_error error = {.status = ATT_OK};
    place p;

    (void)state;
    write_study(&p, "attune[1]-XXXXXX", "inputs: ['*.txt', plain.txt]\n");
    assert_int_equal(att_study_load(&study, p.path, &error), ATT_OK);
    assert_non_null(strstr(study.inputs.items[0], "attune\\[1\\]-"));
    assert_non_null(strstr(study.inputs.items[1], "attune[1]-"));
    remove_study(&p);
    att_study_clear(&study);
}

static void test_study__in_the_working_folder_paths_stay_short(void **state)
{
    att_study study = {0};
    att_error error = {.status = ATT_OK};
    place p;
    char before[1000];

    (void)state;
    write_study(&p, "attune-study.XXXXXX", "inputs: transcripts\nspeakers: ../s.csv\n");
    assert_non_null(getcwd(before, sizeof before));
    assert_int_equal(chdir(p.folder), 0);
    assert_int_equal(att_study_load(&study, "study.yml", &error), ATT_OK);
    assert_int_equal(chdir(before), 0);
    assert_string_equal(study.inputs.items[0], "transcripts");
    assert_string_equal(study.speakers, "../s.csv");
    remove_study(&p);
    att_study_clear(&study);
}

static void test_study__what_is_loaded_later_wins_and_the_rest_stays(void **state)
{
    att_study study = {0};
    place p;

    (void)state;
    assert_int_equal(att_study_set(&study.language, "de", NULL), ATT_OK);
    assert_int_equal(att_study_set(&study.format, "txt", NULL), ATT_OK);
    assert_int_equal(att_study_add(&study.by, "role", NULL), ATT_OK);
    assert_int_equal(att_study_add(&study.by, "site", NULL), ATT_OK);
    study.global_labels = true;
    load(&study, &p, "language: en\nby: period\n");
    assert_string_equal(study.language, "en");
    assert_string_equal(study.format, "txt");
    assert_int_equal(study.by.count, 1);
    assert_string_equal(study.by.items[0], "period");
    assert_true(study.global_labels);
    load(&study, &p, "labels: local\nby: []\n");
    assert_false(study.global_labels);
    assert_int_equal(study.by.count, 0);
    att_study_clear(&study);
}

static void test_study__a_file_that_is_refused_changes_nothing(void **state)
{
    att_study study = {0};
    att_error error;
    place p;

    (void)state;
    assert_int_equal(att_study_set(&study.language, "de", NULL), ATT_OK);
    write_study(&p, "attune-study.XXXXXX", "language: en\nname: N\nlabels: all\n");
    assert_int_equal(att_study_load(&study, p.path, &error), ATT_BAD_INPUT);
    assert_string_equal(study.language, "de");
    assert_null(study.name);
    remove_study(&p);
    att_study_clear(&study);
}

static void test_study__setters_copy_and_clear(void **state)
{
    att_study study = {0};
    char text[] = "en";

    (void)state;
    assert_int_equal(att_study_set(&study.language, text, NULL), ATT_OK);
    text[0] = 'x';
    assert_string_equal(study.language, "en");
    assert_int_equal(att_study_set(&study.language, NULL, NULL), ATT_OK);
    assert_null(study.language);
    att_study_clear(&study);
}

#define MAY_HOLD                                                                                                       \
    "a study may hold name, inputs, lexicons, speakers, labels, by, period_by, periods, exclude, senses, language, "   \
    "format, encoding, speaker_regex, speaker_style, tiers, columns, output, max_members, max_unpacked and max_ratio"

static void test_study__unknown_keys_are_refused(void **state)
{
    (void)state;
    assert_refused("inputs: x\nlexicon: y\n", ":2:1: unknown key 'lexicon'; " MAY_HOLD "; did you mean 'lexicons'?");
    assert_refused("speaker: x\n", ":1:1: unknown key 'speaker'; " MAY_HOLD "; did you mean 'speakers'?");
    assert_refused("waves: [1, 2]\n", ":1:1: unknown key 'waves'; " MAY_HOLD);
}

static void test_study__values_have_their_form(void **state)
{
    (void)state;
    assert_refused("name: [x]\n", ":1:7: 'name' must be a text; write it after the colon");
    assert_refused("name:\n", ":1:6: 'name' must be more than nothing; write a value or delete the line");
    assert_refused("inputs:\n  a: b\n", ":2:3: 'inputs' must be a text or a list of texts; begin each with a dash");
    assert_refused("inputs: [[x]]\n", ":1:10: 'inputs' must be a text; write it after the colon");
    assert_refused("inputs:\n  - x\n  -\n",
                   ":3:4: 'inputs' must be more than nothing; write a value or delete the line");
    assert_refused("senses: maybe\n",
                   ":1:9: 'senses' must be 'on' (hits that are mentioned, negated or reported are told "
                   "apart) or 'off' (all are used); write one of the two");
    assert_refused("labels: both\n", ":1:9: 'labels' must be 'local' (a label names a person within its transcript) or "
                                     "'global' (everywhere); write one of the two");
    assert_refused("labels: [local]\n", ":1:9: 'labels' must be 'local' (a label names a person within its transcript) "
                                        "or 'global' (everywhere); write one of the two");
}

static void test_study__something_else_is_no_study(void **state)
{
    static const char holds[] = ":1:1: a study holds lines such as 'inputs: transcripts' and 'speakers: speakers.csv'; "
                                "add them";

    (void)state;
    assert_refused("", holds);
    assert_refused("- a\n", holds);
    assert_refused("a\n", holds);
    assert_refused("inputs: *x\n", ":1:9: an entry that begins with * must be quoted: \"*x\"");
}

/* Takes the # away from every line that is a setting. */
static void use_all(const char *path)
{
    char text[16384];
    FILE *stream = fopen(path, "rb");
    assert_non_null(stream);
    size_t size = fread(text, 1, sizeof text - 1, stream);
    text[size] = '\0';
    assert_int_equal(fclose(stream), 0);
    stream = fopen(path, "wb");
    assert_non_null(stream);
    for (const char *line = text; *line; line += strcspn(line, "\n"), line += *line == '\n') {
        bool setting = line[0] == '#' && line[1] && line[1] != '\n' && (line[1] != ' ' || line[2] == ' ');
        assert_true(fprintf(stream, "%.*s\n", (int)strcspn(line, "\n") - setting, line + setting) > 0);
    }
    assert_int_equal(fclose(stream), 0);
}

static void test_init__writes_every_key_and_all_are_valid_in_use(void **state)
{
    static const char talk[] = "inputs: this is no study but a talk\n";
    char names[] = MAY_HOLD, table[600], path[600];
    att_study study = {0};
    att_error error = {.status = ATT_OK};
    place p;

    (void)state;
    write_study(&p, "attune-study.XXXXXX", talk);
    (void)snprintf(table, sizeof table, "%s/speakers.csv", p.folder);
    (void)snprintf(path, sizeof path, "%s/talk.txt", p.folder);
    assert_int_equal(rename(p.path, path), 0);
    att_diagnostics *diagnostics = att_diagnostics_new();
    assert_int_equal(att_study_init(p.folder, &(att_run_options){.threads = 1}, diagnostics, &error), ATT_OK);
    att_diagnostics_free(diagnostics);
    use_all(p.path);
    if (att_study_load(&study, p.path, &error) != ATT_OK)
        fail_msg("%s", error.message);
    char written[16384] = "\n";
    FILE *stream = fopen(p.path, "rb");
    assert_non_null(stream);
    assert_true(fread(written + 1, 1, sizeof written - 2, stream) > 0);
    assert_int_equal(fclose(stream), 0);
    char *rest = NULL;
    size_t keys = 0;
    for (char *name = strtok_r(strstr(names, "name,"), ", ", &rest); name; name = strtok_r(NULL, ", ", &rest)) {
        char line[64];
        (void)snprintf(line, sizeof line, "\n%s:", name);
        if (strcmp(name, "and") != 0 && !strstr(written, line))
            fail_msg("init says nothing of '%s'", name);
        keys++;
    }
    assert_int_equal(keys, 22); /* with "and" */
    assert_int_equal(study.exclude.count, 1);
    assert_int_equal(study.periods.count, 2);
    assert_int_equal(study.columns.count, 2);
    assert_non_null(study.output);
    att_study_clear(&study);
    (void)unlink(table);
    (void)unlink(path);
    remove_study(&p);
}

static void test_study__a_missing_file_is_an_error(void **state)
{
    att_study study = {0};
    att_error error;

    (void)state;
    assert_int_equal(att_study_load(&study, "no-such-folder/study.yml", &error), ATT_BAD_INPUT);
    assert_non_null(strstr(error.message, "no-such-folder/study.yml"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_study__reads_every_key),
        cmocka_unit_test(test_study__pairs_may_be_written_as_yaml_has_them),
        cmocka_unit_test(test_study__a_single_text_is_a_list_of_one),
        cmocka_unit_test(test_study__absolute_paths_and_standard_input_stay),
        cmocka_unit_test(test_study__a_lexicon_that_is_a_file_beside_it_is_a_path),
        cmocka_unit_test(test_study__globs_mean_nothing_in_the_folders_own_name),
        cmocka_unit_test(test_study__in_the_working_folder_paths_stay_short),
        cmocka_unit_test(test_study__what_is_loaded_later_wins_and_the_rest_stays),
        cmocka_unit_test(test_study__a_file_that_is_refused_changes_nothing),
        cmocka_unit_test(test_study__setters_copy_and_clear),
        cmocka_unit_test(test_study__unknown_keys_are_refused),
        cmocka_unit_test(test_study__values_have_their_form),
        cmocka_unit_test(test_study__something_else_is_no_study),
        cmocka_unit_test(test_init__writes_every_key_and_all_are_valid_in_use),
        cmocka_unit_test(test_study__a_missing_file_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
