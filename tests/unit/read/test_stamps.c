#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "read/stamps.h"

static void expect_marked(const char *text, int64_t start_ms, int64_t end_ms)
{
    att_stamp stamp;

    if (!att_stamp_marked(&stamp, text, strlen(text)))
        fail_msg("%s should be a stamp", text);
    assert_int_equal(stamp.size, strlen(text));
    assert_int_equal(stamp.start_ms, start_ms);
    assert_int_equal(stamp.end_ms, end_ms);
}

static void expect_none(const char *text)
{
    att_stamp stamp;

    if (att_stamp_marked(&stamp, text, strlen(text)))
        fail_msg("%s should be no stamp", text);
}

static void test_stamps__f4(void **state)
{
    (void)state;
    expect_marked("#00:01:02-3#", 62300, ATT_NO_TIME);
    expect_marked("#00:01:02#", 62000, ATT_NO_TIME);
    expect_marked("#100:00:00-0#", 360000000, ATT_NO_TIME);
}

static void test_stamps__brackets(void **state)
{
    (void)state;
    expect_marked("[00:01:02]", 62000, ATT_NO_TIME);
    expect_marked("(1:02)", 62000, ATT_NO_TIME);
    expect_marked("[00:01:02.345]", 62345, ATT_NO_TIME);
    expect_marked("[00:01:02,5]", 62500, ATT_NO_TIME);
    expect_marked("{ 75:00 }", 4500000, ATT_NO_TIME);
}

static void test_stamps__spans(void **state)
{
    (void)state;
    expect_marked("[00:01 - 00:05]", 1000, 5000);
    expect_marked("[00:01-00:05]", 1000, 5000);
    expect_marked("[00:00:01.250 --> 00:00:02.500]", 1250, 2500);
    expect_marked("(0:01–0:05)", 1000, 5000);
}

static void test_stamps__not_a_time(void **state)
{
    (void)state;
    expect_none("[]");
    expect_none("[");
    expect_none("#hope#");
    expect_none("[1:2]");
    expect_none("[1:60]");
    expect_none("[00:60:00]");
    expect_none("[1234:00]");
    expect_none("[00:01:02");
    expect_none("[00:01:02)");
    expect_none("[00:01:02:03]");
    expect_none("#00:01:02-3");
}

static void test_stamps__without_marks(void **state)
{
    (void)state;
    att_stamp stamp;
    assert_true(att_stamp_bare(&stamp, "0:53 x", 6, false));
    assert_int_equal(stamp.size, 4);
    assert_int_equal(stamp.start_ms, 53000);
    assert_false(att_stamp_bare(&stamp, "0:53 x", 6, true));
    assert_true(att_stamp_bare(&stamp, "00:00:53", 8, true));
    assert_true(att_stamp_bare(&stamp, "0:53: x", 7, false));
    assert_false(att_stamp_bare(&stamp, "0:53x", 5, false));
    assert_false(att_stamp_bare(&stamp, "0:53-", 5, false));
    assert_false(att_stamp_bare(&stamp, "0:53:1", 6, false));
    assert_false(att_stamp_bare(&stamp, "", 0, false));
}

static void expect_line(const char *line, int64_t start_ms, int64_t end_ms, bool with_marks)
{
    att_stamp stamp;
    bool marked;

    if (!att_stamp_line(&stamp, line, strlen(line), &marked))
        fail_msg("`%s` is no stamp", line);
    assert_int_equal(stamp.size, strcspn(line, "\n"));
    assert_int_equal(stamp.start_ms, start_ms);
    assert_int_equal(stamp.end_ms, end_ms);
    assert_int_equal(marked, with_marks);
}

static void test_stamps__alone_on_a_line(void **state)
{
    (void)state;
    att_stamp stamp;
    bool marked;

    expect_line("0:53\nAnn", 53000, ATT_NO_TIME, false);
    expect_line(" 00:00:53.5 \n", 53500, ATT_NO_TIME, false);
    expect_line("0:0:3.120 --> 0:0:7.0", 3120, 7000, false);
    expect_line("[00:01 - 00:05]\n", 1000, 5000, true);
    assert_false(att_stamp_line(&stamp, "0:53 Ann", 8, &marked));
    assert_false(att_stamp_line(&stamp, "53\n", 3, &marked));
    assert_false(att_stamp_line(&stamp, "0:53 -->", 8, &marked));
    assert_false(att_stamp_line(&stamp, "0:61", 4, &marked));
    assert_false(att_stamp_line(&stamp, "1:2:3:4", 7, &marked));
    assert_false(att_stamp_line(&stamp, "0:", 2, &marked));
    assert_false(att_stamp_line(&stamp, "", 0, &marked));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stamps__f4),
        cmocka_unit_test(test_stamps__brackets),
        cmocka_unit_test(test_stamps__spans),
        cmocka_unit_test(test_stamps__not_a_time),
        cmocka_unit_test(test_stamps__without_marks),
        cmocka_unit_test(test_stamps__alone_on_a_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
