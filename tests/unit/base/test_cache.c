/* Files that only save time: where they lie, whom they are taken from, how many there may be. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/cache.h"
#include "scratch.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define NAME "one" ATT_CACHE_SUFFIX
enum { LIMIT = 1000 };

static int setup(void **state)
{
    (void)state;
    scratch_make();
    umask(022);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    scratch_remove();
    return 0;
}

/* ---- where ---- */

static void expect_folder(const char *xdg, const char *home, const char *wanted, const char *expected)
{
    if (xdg)
        setenv("XDG_CACHE_HOME", xdg, 1);
    else
        unsetenv("XDG_CACHE_HOME");
    if (home)
        setenv("HOME", home, 1);
    else
        unsetenv("HOME");
    if (wanted)
        setenv("ATTUNE_CACHE", wanted, 1);
    else
        unsetenv("ATTUNE_CACHE");
    char *folder = att_cache_folder();
    if (expected && folder)
        assert_string_equal(folder, expected);
    else
        assert_true(!expected && !folder);
    free(folder);
}

static void test_folder__follows_the_environment(void **state)
{
    (void)state;
    expect_folder("/x/y", "/home/ines", NULL, "/x/y/attune");
    expect_folder(NULL, "/home/ines", NULL, "/home/ines/.cache/attune");
    expect_folder("", "/home/ines", NULL, "/home/ines/.cache/attune");
    expect_folder("relative", "/home/ines", NULL, "/home/ines/.cache/attune");
    expect_folder(NULL, NULL, NULL, NULL);
    expect_folder("relative", "", NULL, NULL);
    expect_folder(NULL, "relative", NULL, NULL);
    expect_folder("/x/y", "/home/ines", "off", NULL);
    expect_folder("/x/y", "/home/ines", "on", "/x/y/attune");
}

/* ---- writing and reading ---- */

static void keep(const char *name, const char *text)
{
    att_error error = {0};
    const att_span part = att_span_of(text);

    if (att_cache_write(scratch_path("c/attune"), name, &part, 1, &error) != ATT_OK)
        fail_msg("%s", error.message);
}

static bool found(const char *name, const char *expected)
{
    att_buffer text = {0};

    att_buffer_text(&text, "before ");
    bool good = att_cache_read(&text, scratch_path("c/attune"), name, LIMIT);
    if (good)
        assert_string_equal(text.data + 7, expected);
    else
        assert_int_equal(text.size, 7);
    att_buffer_clear(&text);
    return good;
}

static unsigned mode_of(const char *path)
{
    struct stat about;

    assert_int_equal(lstat(path, &about), 0);
    return about.st_mode & 07777;
}

static void test_write__makes_the_folder_and_a_private_file(void **state)
{
    const att_span parts[] = {att_span_of("hope "), att_span_of(""), att_span_of("grows")};

    (void)state;
    assert_false(found(NAME, ""));
    assert_int_equal(att_cache_write(scratch_path("c/attune"), NAME, parts, 3, NULL), ATT_OK);
    assert_true(found(NAME, "hope grows"));
    assert_int_equal(mode_of(scratch_path("c")), 0700);
    assert_int_equal(mode_of(scratch_path("c/attune")), 0700);
    assert_int_equal(mode_of(scratch_path("c/attune/" NAME)), 0600);
    keep(NAME, "anew");
    assert_true(found(NAME, "anew"));
}

static void test_read__nothing_that_is_empty_or_too_large(void **state)
{
    char text[LIMIT + 2];

    (void)state;
    memset(text, 'x', sizeof text);
    text[LIMIT + 1] = '\0';
    keep(NAME, text);
    assert_false(found(NAME, ""));
    text[LIMIT] = '\0';
    keep(NAME, text);
    assert_true(found(NAME, text));
    keep(NAME, "");
    assert_false(found(NAME, ""));
}

/* ---- trust ---- */

static void test_read__no_file_that_others_may_write_to(void **state)
{
    const char *path = NULL;

    (void)state;
    keep(NAME, "hope");
    path = scratch_path("c/attune/" NAME);
    static const mode_t refused[] = {0620, 0602, 0666};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        assert_int_equal(chmod(path, refused[i]), 0);
        assert_false(found(NAME, ""));
    }
    assert_int_equal(chmod(path, 0644), 0);
    assert_true(found(NAME, "hope"));
}

static void test_read__no_folder_that_others_may_write_to(void **state)
{
    att_error error = {0};
    const att_span part = att_span_of("grows");

    (void)state;
    keep(NAME, "hope");
    assert_int_equal(chmod(scratch_path("c/attune"), 0770), 0);
    assert_false(found(NAME, ""));
    assert_int_equal(att_cache_write(scratch_path("c/attune"), NAME, &part, 1, &error), ATT_ENVIRONMENT);
    assert_non_null(strstr(error.message, "not to be trusted"));
    assert_int_equal(chmod(scratch_path("c/attune"), 0700), 0);
    assert_true(found(NAME, "hope"));
}

static void test_read__nothing_of_somebody_else(void **state)
{
    (void)state;
    if (geteuid() != 0)
        skip();
    keep(NAME, "hope");
    assert_int_equal(chown(scratch_path("c/attune/" NAME), 65534, 65534), 0);
    assert_false(found(NAME, ""));
    keep(NAME, "grows");
    assert_true(found(NAME, "grows"));
    assert_int_equal(chown(scratch_path("c/attune"), 65534, 65534), 0);
    assert_false(found(NAME, ""));
}

static void test_read__no_symbolic_links(void **state)
{
    (void)state;
    keep(NAME, "hope");
    assert_int_equal(rename(scratch_path("c/attune/" NAME), scratch_path("c/attune/elsewhere")), 0);
    assert_int_equal(symlink("elsewhere", scratch_path("c/attune/" NAME)), 0);
    assert_false(found(NAME, ""));
    /* Writing takes the link's place and leaves alone what it leads to. */
    keep(NAME, "grows");
    assert_true(found(NAME, "grows"));
    assert_true(found("elsewhere", "hope"));
    assert_int_equal(rename(scratch_path("c/attune"), scratch_path("c/real")), 0);
    assert_int_equal(symlink("real", scratch_path("c/attune")), 0);
    assert_false(found(NAME, ""));
}

static void test_read__neither_pipes_nor_folders(void **state)
{
    (void)state;
    keep("other" ATT_CACHE_SUFFIX, "hope");
    assert_int_equal(mkfifo(scratch_path("c/attune/" NAME), 0600), 0);
    assert_false(found(NAME, ""));
    keep(NAME, "hope");
    assert_true(found(NAME, "hope"));
    assert_int_equal(mkdir(scratch_path("c/attune/folder" ATT_CACHE_SUFFIX), 0700), 0);
    assert_false(found("folder" ATT_CACHE_SUFFIX, ""));
}

static void test_write__says_why_it_cannot(void **state)
{
    att_error error = {0};
    const att_span part = att_span_of("hope");

    (void)state;
    scratch_write("c", "a file");
    assert_int_equal(att_cache_write(scratch_path("c/attune"), NAME, &part, 1, &error), ATT_ENVIRONMENT);
    assert_non_null(strstr(error.message, "Not a directory"));
    assert_int_equal(att_cache_write(scratch_path("no/such/folder/attune"), NAME, &part, 1, &error), ATT_ENVIRONMENT);
    assert_int_equal(access(scratch_path("no"), F_OK), -1);
}

static void test_write__root_leaves_nothing_in_the_home_of_somebody_else(void **state)
{
    att_error error = {0};
    const att_span part = att_span_of("hope");

    (void)state;
    if (geteuid() != 0)
        skip();
    assert_int_equal(mkdir(scratch_path("home"), 0755), 0);
    assert_int_equal(chown(scratch_path("home"), 65534, 65534), 0);
    assert_int_equal(att_cache_write(scratch_path("home/.cache/attune"), NAME, &part, 1, &error), ATT_ENVIRONMENT);
    assert_int_equal(access(scratch_path("home/.cache"), F_OK), -1);
}

/* ---- bounds ---- */

/* A file as large and as long unused as said. */
static void old_file(const char *name, off_t size, int hours)
{
    struct timespec times[2] = {{.tv_sec = time(NULL) - hours * 3600}, {.tv_sec = time(NULL) - hours * 3600}};
    char path[300];

    (void)snprintf(path, sizeof path, "c/attune/%s", name);
    scratch_write(path, "x");
    assert_int_equal(truncate(scratch_path(path), size), 0);
    assert_int_equal(utimensat(AT_FDCWD, scratch_path(path), times, 0), 0);
}

static bool is_there(const char *name)
{
    char path[300];

    (void)snprintf(path, sizeof path, "c/attune/%s", name);
    return access(scratch_path(path), F_OK) == 0;
}

static void test_write__keeps_no_more_files_than_may_be(void **state)
{
    char name[40];

    (void)state;
    keep(NAME, "hope");
    for (int i = 0; i < 70; i++) {
        (void)snprintf(name, sizeof name, "n%d" ATT_CACHE_SUFFIX, i);
        old_file(name, 10, i + 1);
    }
    old_file(".n" ATT_CACHE_SUFFIX ".host-1.abcdef", 10, 1000); /* left by a killed process */
    old_file("notes.txt", 10, 1000);
    keep(NAME, "grows");
    assert_true(is_there(NAME));
    assert_true(is_there("n62" ATT_CACHE_SUFFIX)); /* 63 others and this one */
    assert_false(is_there("n63" ATT_CACHE_SUFFIX));
    assert_false(is_there("n69" ATT_CACHE_SUFFIX));
    assert_false(is_there(".n" ATT_CACHE_SUFFIX ".host-1.abcdef"));
    assert_true(is_there("notes.txt"));
}

static void test_write__keeps_no_more_bytes_than_may_be(void **state)
{
    (void)state;
    keep(NAME, "hope");
    old_file("a" ATT_CACHE_SUFFIX, (off_t)600 << 20, 1); /* sparse */
    old_file("b" ATT_CACHE_SUFFIX, (off_t)300 << 20, 2);
    old_file("c" ATT_CACHE_SUFFIX, (off_t)200 << 20, 3);
    keep(NAME, "grows");
    assert_true(is_there("a" ATT_CACHE_SUFFIX));
    assert_true(is_there("b" ATT_CACHE_SUFFIX));
    assert_false(is_there("c" ATT_CACHE_SUFFIX));
}

static void test_read__what_is_used_stays_young(void **state)
{
    struct stat about;

    (void)state;
    keep(NAME, "hope");
    old_file(NAME, 1, 1);
    assert_true(found(NAME, "x"));
    assert_int_equal(stat(scratch_path("c/attune/" NAME), &about), 0);
    assert_true(time(NULL) - about.st_mtime >= 3600); /* once a day is enough */
    old_file(NAME, 1, 30);
    assert_true(found(NAME, "x"));
    assert_int_equal(stat(scratch_path("c/attune/" NAME), &about), 0);
    assert_true(time(NULL) - about.st_mtime < 3600);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_folder__follows_the_environment),
        cmocka_unit_test_setup_teardown(test_write__makes_the_folder_and_a_private_file, setup, teardown),
        cmocka_unit_test_setup_teardown(test_read__nothing_that_is_empty_or_too_large, setup, teardown),
        cmocka_unit_test_setup_teardown(test_read__no_file_that_others_may_write_to, setup, teardown),
        cmocka_unit_test_setup_teardown(test_read__no_folder_that_others_may_write_to, setup, teardown),
        cmocka_unit_test_setup_teardown(test_read__nothing_of_somebody_else, setup, teardown),
        cmocka_unit_test_setup_teardown(test_read__no_symbolic_links, setup, teardown),
        cmocka_unit_test_setup_teardown(test_read__neither_pipes_nor_folders, setup, teardown),
        cmocka_unit_test_setup_teardown(test_write__says_why_it_cannot, setup, teardown),
        cmocka_unit_test_setup_teardown(test_write__root_leaves_nothing_in_the_home_of_somebody_else, setup, teardown),
        cmocka_unit_test_setup_teardown(test_write__keeps_no_more_files_than_may_be, setup, teardown),
        cmocka_unit_test_setup_teardown(test_write__keeps_no_more_bytes_than_may_be, setup, teardown),
        cmocka_unit_test_setup_teardown(test_read__what_is_used_stays_young, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
