/* Files: read whole, written whole or not at all. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/file.h"
#include "scratch.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static int setup(void **state)
{
    (void)state;
    scratch_make();
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    scratch_remove();
    return 0;
}

static void expect_content(const char *path, const char *expected)
{
    char *text = scratch_read(path, NULL);
    assert_non_null(text);
    assert_string_equal(text, expected);
    free(text);
}

static unsigned mode_of(const char *path)
{
    struct stat about;
    assert_int_equal(stat(path, &about), 0);
    return about.st_mode & 0777;
}

/* ---- reading ---- */

static void test_read__whole_file(void **state)
{
    (void)state;
    att_buffer text = {0};
    assert_int_equal(att_file_read(&text, scratch_write("a", "hope\n"), 0, NULL), ATT_OK);
    assert_string_equal(text.data, "hope\n");
    assert_int_equal(text.size, 5);
    att_buffer_clear(&text);
}

static void test_read__empty_file_is_no_error(void **state)
{
    (void)state;
    att_buffer text = {0};
    assert_int_equal(att_file_read(&text, scratch_write("empty", ""), 0, NULL), ATT_OK);
    assert_int_equal(text.size, 0);
    att_buffer_clear(&text);
}

static void test_read__missing_file_is_named_with_the_cause(void **state)
{
    (void)state;
    att_buffer text = {0};
    att_error error = {0};
    assert_int_equal(att_file_read(&text, scratch_path("none"), 0, &error), ATT_BAD_INPUT);
    assert_non_null(strstr(error.message, scratch_path("none")));
    assert_non_null(strstr(error.message, "No such file"));
    att_buffer_clear(&text);
}

static void test_read__folder_is_refused(void **state)
{
    (void)state;
    att_buffer text = {0};
    att_error error = {0};
    assert_int_equal(att_file_read(&text, scratch_path(""), 0, &error), ATT_BAD_INPUT);
    assert_non_null(strstr(error.message, "directory"));
    att_buffer_clear(&text);
}

static void test_read__limit_holds_and_leaves_the_buffer_as_it_was(void **state)
{
    (void)state;
    att_buffer text = {0};
    att_error error = {0};
    const char *path = scratch_write("five", "12345");
    att_buffer_text(&text, "before");
    assert_int_equal(att_file_read(&text, path, 4, &error), ATT_BAD_INPUT);
    assert_non_null(strstr(error.message, "larger"));
    assert_string_equal(text.data, "before");
    assert_int_equal(att_file_read(&text, path, 5, NULL), ATT_OK);
    assert_string_equal(text.data, "before12345");
    att_buffer_clear(&text);
}

/* ---- writing ---- */

static void test_output__appears_at_commit_and_is_private(void **state)
{
    (void)state;
    const char *path = scratch_path("scores.csv");
    att_output *output = NULL;
    assert_int_equal(att_output_open(&output, path, NULL), ATT_OK);
    fputs("a,b\n", att_output_stream(output));
    assert_int_equal(access(path, F_OK), -1);
    assert_int_equal(att_output_commit(output, NULL), ATT_OK);
    expect_content(path, "a,b\n");
    assert_int_equal(mode_of(path), 0600);
    assert_int_equal(scratch_count(), 1);
}

static void test_output__replaces_the_previous_file_only_at_commit(void **state)
{
    (void)state;
    const char *path = scratch_write("scores.csv", "old");
    att_output *output = NULL;
    assert_int_equal(att_output_open(&output, path, NULL), ATT_OK);
    fputs("new", att_output_stream(output));
    fflush(att_output_stream(output));
    expect_content(path, "old");
    assert_int_equal(att_output_commit(output, NULL), ATT_OK);
    expect_content(path, "new");
    assert_int_equal(scratch_count(), 1);
}

static void test_output__abandoned_leaves_nothing_behind(void **state)
{
    (void)state;
    const char *path = scratch_write("scores.csv", "old");
    att_output *output = NULL;
    assert_int_equal(att_output_open(&output, path, NULL), ATT_OK);
    fputs("new", att_output_stream(output));
    att_output_abandon(output);
    att_output_abandon(NULL);
    expect_content(path, "old");
    assert_int_equal(scratch_count(), 1);
}

static void test_output__prepared_ones_take_their_names_later(void **state)
{
    (void)state;
    const char *path = scratch_write("a", "old");
    att_output *output = NULL;
    assert_int_equal(att_output_open(&output, path, NULL), ATT_OK);
    fputs("new", att_output_stream(output));
    assert_int_equal(att_output_prepare(output, NULL), ATT_OK);
    expect_content(path, "old");
    assert_int_equal(att_output_commit(output, NULL), ATT_OK);
    expect_content(path, "new");

    assert_int_equal(att_output_open(&output, path, NULL), ATT_OK);
    assert_int_equal(att_output_prepare(output, NULL), ATT_OK);
    att_output_abandon(output);
    expect_content(path, "new");
    assert_int_equal(scratch_count(), 1);
}

static void test_output__folder_that_is_not_there_is_an_environment_error(void **state)
{
    (void)state;
    att_output *output = NULL;
    att_error error = {0};
    assert_int_equal(att_output_open(&output, scratch_path("none/scores.csv"), &error), ATT_ENVIRONMENT);
    assert_null(output);
    assert_non_null(strstr(error.message, "none/scores.csv"));
    assert_non_null(strstr(error.message, "No such file"));
}

static void test_output__name_taken_by_a_folder_fails_at_commit(void **state)
{
    (void)state;
    const char *path = scratch_path("taken");
    att_output *output = NULL;
    att_error error = {0};
    assert_int_equal(mkdir(path, 0700), 0);
    assert_int_equal(att_output_open(&output, path, NULL), ATT_OK);
    assert_int_equal(att_output_commit(output, &error), ATT_ENVIRONMENT);
    assert_non_null(strstr(error.message, "directory"));
    assert_int_equal(scratch_count(), 1);
}

/* In a child, because the limit holds for the whole process: files end at 64 KiB. Exits with the commit's status. */
static int write_past_the_limit(const char *path, size_t size)
{
    struct rlimit limit = {64 * 1024, 64 * 1024};
    signal(SIGXFSZ, SIG_IGN);
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
        return 99;
    att_output *output = NULL;
    att_error error = {0};
    if (att_output_open(&output, path, &error) != ATT_OK)
        return 98;
    for (size_t i = 0; i < size; i++)
        putc('x', att_output_stream(output));
    att_status status = att_output_commit(output, &error);
    if (status == ATT_ENVIRONMENT && !strstr(error.message, "unchanged"))
        return 97;
    return (int)status;
}

static int in_child(const char *path, size_t size)
{
    int result;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        _exit(write_past_the_limit(path, size));
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_true(WIFEXITED(result));
    return WEXITSTATUS(result);
}

static void test_output__no_room_keeps_the_previous_file_and_leaves_nothing(void **state)
{
    (void)state;
    const char *path = scratch_write("scores.csv", "old");
    assert_int_equal(in_child(path, 10), ATT_OK);
    expect_content(path, "xxxxxxxxxx");
    /* Once so that an early write fails and only ferror knows, once so that the last flush does. */
    assert_int_equal(in_child(path, 1 << 20), ATT_ENVIRONMENT);
    assert_int_equal(in_child(path, 64 * 1024 + 10), ATT_ENVIRONMENT);
    expect_content(path, "xxxxxxxxxx");
    assert_int_equal(scratch_count(), 1);
}

/* ---- folders and paths ---- */

static void test_folder__is_made_with_its_parents_and_private(void **state)
{
    (void)state;
    assert_int_equal(att_folder_make(scratch_path("a/b//c/"), NULL), ATT_OK);
    assert_int_equal(mode_of(scratch_path("a")), 0700);
    assert_int_equal(mode_of(scratch_path("a/b/c")), 0700);
    assert_int_equal(att_folder_make(scratch_path("a/b/c"), NULL), ATT_OK);
}

static void test_folder__that_exists_is_taken_as_it_is(void **state)
{
    (void)state;
    assert_int_equal(mkdir(scratch_path("open"), 0755), 0);
    assert_int_equal(chmod(scratch_path("open"), 0755), 0);
    assert_int_equal(att_folder_make(scratch_path("open"), NULL), ATT_OK);
    assert_int_equal(mode_of(scratch_path("open")), 0755);
}

static void test_folder__file_in_the_way_is_an_error(void **state)
{
    (void)state;
    att_error error = {0};
    scratch_write("file", "");
    assert_int_equal(att_folder_make(scratch_path("file"), &error), ATT_ENVIRONMENT);
    assert_non_null(strstr(error.message, "Not a directory"));
    assert_int_equal(att_folder_make(scratch_path("file/below"), &error), ATT_ENVIRONMENT);
    assert_int_equal(att_folder_make("", &error), ATT_ENVIRONMENT);
}

static void test_path__joins_with_one_slash(void **state)
{
    (void)state;
    static const char *const cases[][3] = {{"a", "b", "a/b"}, {"a/", "b", "a/b"}, {"", "b", "b"}, {"/", "b", "/b"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *path = att_path_join(cases[i][0], cases[i][1]);
        assert_string_equal(path, cases[i][2]);
        free(path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_read__whole_file, setup, teardown),
        cmocka_unit_test_setup_teardown(test_read__empty_file_is_no_error, setup, teardown),
        cmocka_unit_test_setup_teardown(test_read__missing_file_is_named_with_the_cause, setup, teardown),
        cmocka_unit_test_setup_teardown(test_read__folder_is_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(test_read__limit_holds_and_leaves_the_buffer_as_it_was, setup, teardown),
        cmocka_unit_test_setup_teardown(test_output__appears_at_commit_and_is_private, setup, teardown),
        cmocka_unit_test_setup_teardown(test_output__replaces_the_previous_file_only_at_commit, setup, teardown),
        cmocka_unit_test_setup_teardown(test_output__abandoned_leaves_nothing_behind, setup, teardown),
        cmocka_unit_test_setup_teardown(test_output__prepared_ones_take_their_names_later, setup, teardown),
        cmocka_unit_test_setup_teardown(test_output__folder_that_is_not_there_is_an_environment_error, setup, teardown),
        cmocka_unit_test_setup_teardown(test_output__name_taken_by_a_folder_fails_at_commit, setup, teardown),
        cmocka_unit_test_setup_teardown(test_output__no_room_keeps_the_previous_file_and_leaves_nothing, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_folder__is_made_with_its_parents_and_private, setup, teardown),
        cmocka_unit_test_setup_teardown(test_folder__that_exists_is_taken_as_it_is, setup, teardown),
        cmocka_unit_test_setup_teardown(test_folder__file_in_the_way_is_an_error, setup, teardown),
        cmocka_unit_test_setup_teardown(test_path__joins_with_one_slash, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
