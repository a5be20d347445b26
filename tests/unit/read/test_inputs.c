#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "read/input_id.h"
#include "read/inputs.h"
#include "packed.h"
#include "scratch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    att_inputs inputs;
    size_t skipped;
    att_diagnostics *diagnostics;
    att_error error;
    att_status status;
} outcome;

static outcome find(size_t count, const char *const *arguments)
{
    outcome out = {.diagnostics = att_diagnostics_new()};
    char *copies[8];

    assert_non_null(out.diagnostics);
    for (size_t i = 0; i < count; i++)
        copies[i] = strdup(arguments[i]);
    out.status = att_inputs_find(&out.inputs, copies, count, NULL, &out.skipped, out.diagnostics, &out.error);
    if (!out.status)
        out.status = att_inputs_check(&out.inputs, &out.error);
    for (size_t i = 0; i < count; i++)
        free(copies[i]);
    return out;
}

#define FIND(...) find(sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *), (const char *const[]){__VA_ARGS__})

/* The ids found, each with a space behind. */
static void expect_ids(outcome *out, const char *ids)
{
    char got[1024] = "";

    for (size_t i = 0; i < out->inputs.count; i++) {
        strcat(got, out->inputs.items[i].id);
        strcat(got, " ");
    }
    assert_string_equal(got, ids);
}

static void done(outcome *out)
{
    att_inputs_clear(&out->inputs);
    att_diagnostics_free(out->diagnostics);
    scratch_remove();
}

static const char *folder_make(const char *name)
{
    const char *path = scratch_path(name);

    assert_int_equal(mkdir(path, 0700), 0);
    return path;
}

/* The folder with a few transcripts that most tests begin with. */
static const char *study_make(void)
{
    scratch_make();
    folder_make("study");
    folder_make("study/north");
    folder_make("study/.hidden");
    scratch_write("study/b.txt", "A: x\n");
    scratch_write("study/a.txt", "A: xy\n");
    scratch_write("study/north/a.txt", "A: x\n");
    scratch_write("study/.hidden/c.txt", "A: x\n");
    scratch_write("study/.d.txt", "A: x\n");
    return scratch_path("study");
}

static void test_inputs__folder_is_walked_without_hidden_files(void **state)
{
    (void)state;
    outcome out = FIND(study_make());
    assert_int_equal(out.status, ATT_OK);
    expect_ids(&out, "a b north/a ");
    assert_int_equal(out.inputs.items[0].size, 6);
    assert_int_equal(out.skipped, 0);
    done(&out);
}

static void test_inputs__file_has_its_name_as_id(void **state)
{
    (void)state;
    study_make();
    outcome out = FIND(scratch_path("study/north/a.txt"), scratch_path("study/.d.txt"));
    expect_ids(&out, ".d a ");
    assert_string_equal(out.inputs.items[1].path, scratch_path("study/north/a.txt"));
    done(&out);
}

static void test_inputs__order_of_arguments_does_not_matter(void **state)
{
    (void)state;
    const char *folder = study_make();
    outcome out = FIND(folder, scratch_path("study/north/a.txt"));
    expect_ids(&out, "a b north/a ");
    att_inputs_clear(&out.inputs);
    att_diagnostics_free(out.diagnostics);
    out = FIND(scratch_path("study/north/a.txt"), folder);
    expect_ids(&out, "a b north/a ");
    done(&out);
}

static void test_inputs__same_file_named_twice_is_read_once(void **state)
{
    (void)state;
    study_make();
    assert_int_equal(symlink(scratch_path("study/a.txt"), scratch_path("link.txt")), 0);
    outcome out = FIND(scratch_path("study/a.txt"), scratch_path("study/a.txt"), scratch_path("link.txt"), "-", "-");
    expect_ids(&out, "link stdin ");
    done(&out);
}

static void test_inputs__two_files_with_one_id_are_an_error(void **state)
{
    (void)state;
    study_make();
    outcome out = FIND(scratch_path("study/a.txt"), scratch_path("study/north/a.txt"));
    assert_int_equal(out.status, ATT_BAD_INPUT);
    assert_non_null(strstr(out.error.message, "study/a.txt and "));
    assert_non_null(strstr(out.error.message, "study/north/a.txt"));
    assert_non_null(strstr(out.error.message, "rename one"));
    done(&out);
}

static void test_inputs__standard_input(void **state)
{
    (void)state;
    scratch_make();
    outcome out = FIND("-");
    expect_ids(&out, "stdin ");
    assert_string_equal(out.inputs.items[0].path, "-");
    assert_int_equal(out.inputs.items[0].size, 0);
    done(&out);
}

static void test_inputs__glob(void **state)
{
    (void)state;
    study_make();
    outcome out = FIND(scratch_path("study/[ab].t?t"));
    expect_ids(&out, "a b ");
    att_inputs_clear(&out.inputs);
    att_diagnostics_free(out.diagnostics);
    out = FIND(scratch_path("study/*.nothing"), scratch_path("study/a.txt"));
    expect_ids(&out, "a ");
    assert_int_equal(out.skipped, 1);
    assert_int_equal(att_diagnostics_count_of(out.diagnostics, ATT_ERROR), 1);
    done(&out);
}

static void test_inputs__file_with_glob_characters_in_its_name_is_meant_itself(void **state)
{
    (void)state;
    scratch_make();
    scratch_write("[a].txt", "A: x\n");
    scratch_write("a.txt", "A: x\n");
    outcome out = FIND(scratch_path("[a].txt"));
    expect_ids(&out, "[a] ");
    done(&out);
}

static void test_inputs__recordings_and_scripts_are_passed_over_and_tables_are_doubtful(void **state)
{
    (void)state;
    const char *folder = study_make();
    scratch_write("study/speakers.csv", "label,role\n");
    scratch_write("study/study.YML", "name: x\n");
    scratch_write("study/a.MP3", "ID3");
    outcome out = FIND(folder);
    expect_ids(&out, "a b north/a speakers ");
    assert_int_equal(out.skipped, 0);
    assert_int_equal(att_diagnostics_count_of(out.diagnostics, ATT_NOTE), 2);
    assert_true(out.inputs.items[0].found && !out.inputs.items[0].doubtful);
    assert_true(out.inputs.items[3].found && out.inputs.items[3].doubtful);
    att_inputs_clear(&out.inputs);
    att_diagnostics_free(out.diagnostics);
    out = FIND(scratch_path("study/speakers.csv"));
    expect_ids(&out, "speakers ");
    assert_true(!out.inputs.items[0].found && !out.inputs.items[0].doubtful);
    done(&out);
}

static void test_inputs__what_does_not_exist_is_skipped_and_the_rest_goes_on(void **state)
{
    (void)state;
    study_make();
    outcome out = FIND(scratch_path("none.txt"), scratch_path("study/b.txt"));
    assert_int_equal(out.status, ATT_OK);
    expect_ids(&out, "b ");
    assert_int_equal(out.skipped, 1);
    const att_diagnostic *first = att_diagnostics_get(out.diagnostics, 0);
    assert_int_equal(first->severity, ATT_ERROR);
    assert_string_equal(first->file, scratch_path("none.txt"));
    done(&out);
}

static void test_inputs__special_file_is_skipped(void **state)
{
    (void)state;
    study_make();
    assert_int_equal(mkfifo(scratch_path("pipe.txt"), 0600), 0);
    outcome out = FIND(scratch_path("pipe.txt"), scratch_path("study/b.txt"));
    expect_ids(&out, "b ");
    assert_int_equal(out.skipped, 1);
    done(&out);
}

static void test_inputs__nothing_at_all_is_an_error(void **state)
{
    (void)state;
    scratch_make();
    outcome out = FIND(folder_make("empty"));
    assert_int_equal(out.status, ATT_BAD_INPUT);
    assert_non_null(strstr(out.error.message, "no transcript was found"));
    done(&out);
}

static void test_inputs__links_that_lead_back_up_end(void **state)
{
    (void)state;
    const char *folder = study_make();
    assert_int_equal(symlink("..", scratch_path("study/north/up")), 0);
    assert_int_equal(symlink("nowhere", scratch_path("study/north/lost.txt")), 0);
    outcome out = FIND(folder);
    expect_ids(&out, "a b north/a ");
    assert_int_equal(out.skipped, 1);
    done(&out);
}

static void test_inputs__folder_may_end_in_a_slash(void **state)
{
    (void)state;
    char folder[512];
    snprintf(folder, sizeof folder, "%s/", study_make());
    outcome out = FIND(folder);
    expect_ids(&out, "a b north/a ");
    assert_null(strstr(out.inputs.items[0].path, "//"));
    done(&out);
}

static void expect_id(const char *path, const char *id)
{
    char *got = att_input_id(path);

    assert_string_equal(got, id);
    free(got);
}

static void test_inputs__only_known_extensions_are_not_of_the_id(void **state)
{
    (void)state;
    expect_id("a.txt", "a");
    expect_id("a.TXT", "a");
    expect_id("n/a.txt.gz", "n/a");
    expect_id("1955.102-t02.txt", "1955.102-t02");
    expect_id("1955.102-t02", "1955.102-t02");
    expect_id("a.v2.txt", "a.v2");
    expect_id(".txt", ".txt");
    expect_id("n.txt/.gz", "n.txt/.gz");
    expect_id("n.txt/a", "n.txt/a");
    expect_id("a.txt.txt", "a.txt");
}

/* A file in the scratch folder that holds the names, packed. */
static const char *archive_write_as(const char *path, const char *format, const char *filter, const char *const *names)
{
    packed p = test_pack(format, filter, names, "A: xy\n", 6);

    path = scratch_write_bytes(path, p.data, p.size);
    free(p.data);
    return path;
}

static const char *const members[] = {"north/a.txt",      "b.txt.gz",     ".hidden/c.txt",
                                      "__MACOSX/._b.txt", "speakers.csv", "south/.d.txt",
                                      "talk.docx",        "talk.wav",     NULL};

static void test_inputs__archive_is_a_folder(void **state)
{
    static const struct {
        const char *name, *format, *filter;
        att_place place;
    } kinds[] = {{"talks.zip", "zip", NULL, ATT_IN_ZIP},
                 {"talks.tar", "ustar", NULL, ATT_IN_TAR},
                 {"talks.tar.gz", "pax", "gzip", ATT_IN_SPOOL},
                 {"talks.tzst", "pax", "zstd", ATT_IN_SPOOL},
                 {"talks", "zip", NULL, ATT_IN_ZIP}};

    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        scratch_make();
        const char *path = archive_write_as(kinds[i].name, kinds[i].format, kinds[i].filter, members);
        outcome out = FIND(path);
        expect_ids(&out, "talks/b talks/north/a talks/speakers talks/talk ");
        const att_input *input = &out.inputs.items[1];
        assert_string_equal(input->archive, path);
        assert_string_equal(input->member, "north/a.txt");
        assert_true(strncmp(input->path, path, strlen(path)) == 0);
        assert_string_equal(input->path + strlen(path), "/north/a.txt");
        assert_int_equal(input->size, 6);
        assert_int_equal(input->place, kinds[i].place);
        assert_int_equal(out.inputs.has_spool, kinds[i].place == ATT_IN_SPOOL);
        assert_int_equal(out.skipped, 0);
        assert_int_equal(att_diagnostics_count_of(out.diagnostics, ATT_NOTE), 1);
        done(&out);
    }
}

static void test_inputs__archive_in_a_folder_lies_below_it(void **state)
{
    static const char *const one[] = {"x.txt", NULL};

    (void)state;
    const char *folder = study_make();
    archive_write_as("study/north/more.zip", "zip", NULL, one);
    outcome out = FIND(folder);
    expect_ids(&out, "a b north/a north/more/x ");
    done(&out);
}

static void test_inputs__archive_named_twice_is_read_once(void **state)
{
    static const char *const one[] = {"x.txt", NULL};

    (void)state;
    scratch_make();
    const char *path = archive_write_as("talks.tar", "ustar", NULL, one);
    assert_int_equal(symlink(path, scratch_path("link.tar")), 0);
    outcome out = FIND(path, path, scratch_path("link.tar"));
    expect_ids(&out, "talks/x ");
    done(&out);
}

static void test_inputs__last_of_equal_members_is_read(void **state)
{
    static const char *const same[] = {"x.txt", "y.txt", "x.txt", NULL};

    (void)state;
    scratch_make();
    outcome out = FIND(archive_write_as("talks.tar", "ustar", NULL, same));
    expect_ids(&out, "talks/x talks/y ");
    assert_true(out.inputs.items[0].at > out.inputs.items[1].at);
    assert_int_equal(att_diagnostics_count_of(out.diagnostics, ATT_NOTE), 1);
    done(&out);
}

static void test_inputs__archive_in_an_archive_is_skipped_and_named(void **state)
{
    static const char *const nested[] = {"x.txt", "more.tar.gz", "more.zip", NULL};

    (void)state;
    scratch_make();
    outcome out = FIND(archive_write_as("talks.zip", "zip", NULL, nested));
    expect_ids(&out, "talks/x ");
    assert_int_equal(out.skipped, 2);
    assert_non_null(strstr(att_diagnostics_get(out.diagnostics, 0)->message, "more."));
    done(&out);
}

static void test_inputs__transcript_that_is_a_zip_by_its_make_is_a_file(void **state)
{
    static const char *const document[] = {"[Content_Types].xml", "word/document.xml", NULL};
    static const char *const archive[] = {"x.txt", NULL};

    (void)state;
    scratch_make();
    archive_write_as("talk.docx", "zip", NULL, archive); /* by its name */
    archive_write_as("untold", "zip", NULL, document);   /* by its content */
    archive_write_as("talk.txt.gz", "raw", "gzip", archive);
    outcome out = FIND(scratch_path("talk.docx"), scratch_path("untold"), scratch_path("talk.txt.gz"));
    assert_int_equal(out.status, ATT_BAD_INPUT); /* talk and talk */
    att_inputs_clear(&out.inputs);
    att_diagnostics_free(out.diagnostics);
    out = FIND(scratch_path("talk.docx"), scratch_path("untold"));
    expect_ids(&out, "talk untold ");
    assert_null(out.inputs.items[0].archive);
    assert_null(out.inputs.items[1].member);
    done(&out);
}

static void test_inputs__archive_that_cannot_be_read_is_skipped_and_the_rest_goes_on(void **state)
{
    static const char *const one[] = {"x.txt", NULL};

    (void)state;
    scratch_make();
    packed p = test_pack("zip", NULL, one, "A: xy\n", 6);
    scratch_write_bytes("cut.zip", p.data, p.size - 30);
    scratch_write("a.txt", "A: x\n");
    outcome out = FIND(scratch_path("cut.zip"), scratch_path("a.txt"));
    expect_ids(&out, "a ");
    assert_int_equal(out.skipped, 1);
    assert_int_equal(att_diagnostics_count_of(out.diagnostics, ATT_ERROR), 1);
    free(p.data);
    done(&out);
}

static void test_input_may_be_archive__unless_its_name_is_a_transcripts(void **state)
{
    (void)state;
    assert_true(att_input_is_archive("a.zip") && att_input_is_archive("a.TAR") && att_input_is_archive("b/a.tar.gz") &&
                att_input_is_archive("a.tgz") && att_input_is_archive("a.tar.zst"));
    assert_false(att_input_is_archive("a.txt") || att_input_is_archive("a.gz") || att_input_is_archive("zip") ||
                 att_input_is_archive("a.zip/b") || att_input_is_archive(".zip"));
    assert_true(att_input_may_be_archive("a.zip") && att_input_may_be_archive("a.gz") &&
                att_input_may_be_archive("bundle") && att_input_may_be_archive("a.b"));
    assert_false(att_input_may_be_archive("a.txt") || att_input_may_be_archive("a.docx") ||
                 att_input_may_be_archive("a.txt.gz") || att_input_may_be_archive("a.csv.zst"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_inputs__folder_is_walked_without_hidden_files),
        cmocka_unit_test(test_inputs__file_has_its_name_as_id),
        cmocka_unit_test(test_inputs__order_of_arguments_does_not_matter),
        cmocka_unit_test(test_inputs__same_file_named_twice_is_read_once),
        cmocka_unit_test(test_inputs__two_files_with_one_id_are_an_error),
        cmocka_unit_test(test_inputs__standard_input),
        cmocka_unit_test(test_inputs__glob),
        cmocka_unit_test(test_inputs__file_with_glob_characters_in_its_name_is_meant_itself),
        cmocka_unit_test(test_inputs__recordings_and_scripts_are_passed_over_and_tables_are_doubtful),
        cmocka_unit_test(test_inputs__what_does_not_exist_is_skipped_and_the_rest_goes_on),
        cmocka_unit_test(test_inputs__special_file_is_skipped),
        cmocka_unit_test(test_inputs__nothing_at_all_is_an_error),
        cmocka_unit_test(test_inputs__links_that_lead_back_up_end),
        cmocka_unit_test(test_inputs__folder_may_end_in_a_slash),
        cmocka_unit_test(test_inputs__only_known_extensions_are_not_of_the_id),
        cmocka_unit_test(test_inputs__archive_is_a_folder),
        cmocka_unit_test(test_inputs__archive_in_a_folder_lies_below_it),
        cmocka_unit_test(test_inputs__archive_named_twice_is_read_once),
        cmocka_unit_test(test_inputs__last_of_equal_members_is_read),
        cmocka_unit_test(test_inputs__archive_in_an_archive_is_skipped_and_named),
        cmocka_unit_test(test_inputs__transcript_that_is_a_zip_by_its_make_is_a_file),
        cmocka_unit_test(test_inputs__archive_that_cannot_be_read_is_skipped_and_the_rest_goes_on),
        cmocka_unit_test(test_input_may_be_archive__unless_its_name_is_a_transcripts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
