/* Turns to tallies. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tally/turns.h"
#include "tallies.h"

static att_turn_tally *turn;

static int setup(void **state)
{
    (void)state;
    return att_turn_tally_new(&turn, &test_scheme, NULL);
}

static int teardown(void **state)
{
    (void)state;
    att_turn_tally_free(turn);
    return 0;
}

static void test_turn__pieces_are_squared_together(void **state)
{
    (void)state;
    const att_hit hits[2] = {{.node = NODE_APP, .count = 2}, {.node = NODE_APP, .first = 4, .count = 1}};
    att_tally tally = {0};
    att_turn_tally_piece(turn, 10, hits, 2, NULL);
    att_turn_tally_piece(turn, 5, hits, 1, NULL);
    assert_int_equal(att_turn_tally_close(turn, &tally, NULL), ATT_OK);
    assert_int_equal(tally.turns, 1);
    assert_int_equal(tally.tokens, 15);
    assert_true(tally.sum_nn == 225);
    assert_int_equal(tally.node_count, 1);
    assert_int_equal(tally.nodes[0].hits, 3);
    assert_int_equal(tally.nodes[0].covered, 5);
    assert_true(tally.nodes[0].sum_yy == 9 && tally.nodes[0].sum_yn == 45);
    att_tally_clear(&tally);
}

static void test_turn__nothing_is_left_for_the_next_one(void **state)
{
    (void)state;
    const att_hit hit = {.node = NODE_TOPIC, .count = 1};
    att_tally first = {0}, second = {0};
    att_turn_tally_piece(turn, 10, &hit, 1, NULL);
    assert_int_equal(att_turn_tally_close(turn, &first, NULL), ATT_OK);
    att_turn_tally_piece(turn, 4, NULL, 0, NULL);
    assert_int_equal(att_turn_tally_close(turn, &second, NULL), ATT_OK);
    assert_int_equal(second.tokens, 4);
    assert_int_equal(second.node_count, 0);
    att_tally_clear(&first);
    att_tally_clear(&second);
}

static void test_turn__without_tokens_leaves_no_trace(void **state)
{
    (void)state;
    att_tally tally = {0};
    const att_tally empty = {0};
    att_turn_tally_piece(turn, 0, NULL, 0, NULL);
    assert_int_equal(att_turn_tally_close(turn, &tally, NULL), ATT_OK);
    assert_true(att_tally_equal(&tally, &empty));
}

static void test_turn__hits_are_those_of_the_senses_that_a_node_counts(void **state)
{
    (void)state;
    /* topic counts used and mentioned; lang.app used only */
    const att_hit hits[] = {{.node = NODE_TOPIC, .count = 1, .sense = ATT_USED},
                            {.node = NODE_TOPIC, .count = 1, .sense = ATT_MENTIONED},
                            {.node = NODE_TOPIC, .count = 1, .sense = ATT_NEGATED},
                            {.node = NODE_APP, .count = 1, .sense = ATT_MENTIONED},
                            {.node = NODE_APP, .count = 1, .sense = ATT_REPORTED}};
    att_tally tally = {0};
    att_turn_tally_piece(turn, 20, hits, 5, NULL);
    assert_int_equal(att_turn_tally_close(turn, &tally, NULL), ATT_OK);
    const att_node_tally *topic = att_tally_find(&tally, NODE_TOPIC), *app = att_tally_find(&tally, NODE_APP);
    assert_int_equal(topic->hits, 2);
    assert_int_equal(topic->senses[ATT_NEGATED], 1);
    assert_int_equal(topic->covered, 3);
    assert_true(topic->sum_yy == 4);
    assert_int_equal(app->hits, 0);
    assert_int_equal(app->senses[ATT_MENTIONED], 1);
    assert_int_equal(app->senses[ATT_REPORTED], 1);
    att_tally_clear(&tally);
}

static void test_turn__poles_are_squared_by_their_used_hits(void **state)
{
    (void)state;
    const att_hit hits[] = {{.node = NODE_POLE_APP, .count = 1},
                            {.node = NODE_POLE_APP, .count = 1},
                            {.node = NODE_POLE_TECH, .count = 1},
                            {.node = NODE_POLE_TECH, .count = 1, .sense = ATT_MENTIONED}};
    att_tally tally = {0};
    for (int i = 0; i < 2; i++) {
        att_turn_tally_piece(turn, 20, hits, 4, NULL);
        assert_int_equal(att_turn_tally_close(turn, &tally, NULL), ATT_OK);
    }
    assert_true(tally.sum_aa == 8 && tally.sum_bb == 2 && tally.sum_ab == 4);
    att_tally_clear(&tally);
}

static void test_turn__hits_weigh_what_their_entries_do(void **state)
{
    (void)state;
    const uint64_t weights[] = {ATT_WEIGHT_ONE, ATT_WEIGHT_ONE / 2, 3 * ATT_WEIGHT_ONE, ATT_WEIGHT_LIMIT};
    const att_hit hits[] = {{.node = NODE_TOPIC, .count = 1, .entry = 0},
                            {.node = NODE_TOPIC, .count = 1, .entry = 1},
                            {.node = NODE_TOPIC, .count = 1, .entry = 2, .sense = ATT_MENTIONED},
                            {.node = NODE_TOPIC, .count = 1, .entry = 3, .sense = ATT_NEGATED}, /* not counted */
                            {.node = NODE_APP, .count = 1, .entry = 1}};
    att_tally tally = {0};
    /* A piece of the turn may be in another language, of whose entries all weigh 1. */
    att_turn_tally_piece(turn, 20, hits, 5, weights);
    att_turn_tally_piece(turn, 20, hits, 1, NULL);
    assert_int_equal(att_turn_tally_close(turn, &tally, NULL), ATT_OK);
    assert_true(att_tally_find(&tally, NODE_TOPIC)->weight == 5 * ATT_WEIGHT_ONE + ATT_WEIGHT_ONE / 2);
    assert_true(att_tally_find(&tally, NODE_APP)->weight == ATT_WEIGHT_ONE / 2);
    /* Nothing of it is left for the next turn. */
    att_turn_tally_piece(turn, 20, hits, 1, NULL);
    assert_int_equal(att_turn_tally_close(turn, &tally, NULL), ATT_OK);
    assert_true(att_tally_find(&tally, NODE_TOPIC)->weight == 6 * ATT_WEIGHT_ONE + ATT_WEIGHT_ONE / 2);
    att_tally_clear(&tally);
}

static void test_turn__hits_that_cannot_be_are_passed_over(void **state)
{
    (void)state;
    const att_hit hits[] = {{.node = NODE_COUNT, .count = 1}, {.node = NODE_APP, .count = 1, .sense = ATT_SENSES}};
    att_tally tally = {0};
    att_turn_tally_piece(turn, 20, hits, 2, NULL);
    assert_int_equal(att_turn_tally_close(turn, &tally, NULL), ATT_OK);
    assert_int_equal(tally.node_count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_turn__pieces_are_squared_together, setup, teardown),
        cmocka_unit_test_setup_teardown(test_turn__nothing_is_left_for_the_next_one, setup, teardown),
        cmocka_unit_test_setup_teardown(test_turn__without_tokens_leaves_no_trace, setup, teardown),
        cmocka_unit_test_setup_teardown(test_turn__hits_are_those_of_the_senses_that_a_node_counts, setup, teardown),
        cmocka_unit_test_setup_teardown(test_turn__poles_are_squared_by_their_used_hits, setup, teardown),
        cmocka_unit_test_setup_teardown(test_turn__hits_weigh_what_their_entries_do, setup, teardown),
        cmocka_unit_test_setup_teardown(test_turn__hits_that_cannot_be_are_passed_over, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
