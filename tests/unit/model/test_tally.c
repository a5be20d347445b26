/* Tallies: sums that add up in any order. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/tally.h"

#include <string.h>

static const att_node nodes[3] = {{"a", "a", ATT_NO_POLE, ATT_NO_NODE, false, 1},
                                  {"pole.technical", "", ATT_TECHNICAL, ATT_NO_NODE, true, 1},
                                  {"pole.appreciative", "", ATT_APPRECIATIVE, ATT_NO_NODE, true, 1}};
static const att_scheme scheme = {nodes, 3, 1, 2};

/* A turn with so many tokens and used hits of one node. */
static void add_turn(att_tally *to, uint64_t tokens, uint32_t node, uint64_t hits)
{
    att_tally unit = {.tokens = tokens};
    if (hits) {
        att_node_tally *record = att_tally_node(&unit, node);
        assert_non_null(record);
        record->hits = record->senses[ATT_USED] = record->covered = hits;
        record->weight = (att_u128)hits * hits * tokens;
    }
    assert_int_equal(att_tally_add_unit(to, &unit, &scheme, NULL), ATT_OK);
    att_tally_clear(&unit);
}

static void test_node__records_stay_sorted(void **state)
{
    (void)state;
    att_tally tally = {0};
    static const uint32_t order[] = {5, 1, 9, 3, 5, 0};
    for (size_t i = 0; i < 6; i++)
        att_tally_node(&tally, order[i])->hits++;
    assert_int_equal(tally.node_count, 5);
    for (uint32_t i = 1; i < tally.node_count; i++)
        assert_true(tally.nodes[i - 1].node < tally.nodes[i].node);
    assert_int_equal(att_tally_find(&tally, 5)->hits, 2);
    assert_null(att_tally_find(&tally, 4));
    att_tally_clear(&tally);
    assert_null(tally.nodes);
}

static void test_add_unit__squares_the_totals(void **state)
{
    (void)state;
    att_tally tally = {0};
    add_turn(&tally, 10, 2, 3);
    add_turn(&tally, 20, 2, 1);
    add_turn(&tally, 0, 0, 0);
    assert_int_equal(tally.turns, 2);
    assert_int_equal(tally.tokens, 30);
    assert_true(tally.sum_nn == 500);
    const att_node_tally *record = att_tally_find(&tally, 2);
    assert_int_equal(record->hits, 4);
    assert_true(record->sum_yy == 10 && record->sum_yn == 50);
    assert_true(record->weight == 9 * 10 + 20); /* summed, not squared */
    assert_true(tally.sum_aa == 10 && tally.sum_bb == 0 && tally.sum_ab == 0);
    att_tally_clear(&tally);
}

static void test_add__is_commutative_and_associative(void **state)
{
    (void)state;
    att_tally parts[3] = {{0}}, left = {0}, right = {0};
    for (uint64_t i = 0; i < 30; i++)
        add_turn(&parts[i % 3], 5 + i * 7 % 11, (uint32_t)(i * 5 % 3), i % 4);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(att_tally_add(&left, &parts[i], NULL), ATT_OK);
    att_tally pair = {0};
    assert_int_equal(att_tally_add(&pair, &parts[2], NULL), ATT_OK);
    assert_int_equal(att_tally_add(&pair, &parts[1], NULL), ATT_OK);
    assert_int_equal(att_tally_add(&right, &parts[0], NULL), ATT_OK);
    assert_int_equal(att_tally_add(&right, &pair, NULL), ATT_OK);
    assert_true(att_tally_equal(&left, &right));
    assert_false(att_tally_equal(&left, &pair));
    for (size_t i = 0; i < 3; i++)
        att_tally_clear(&parts[i]);
    att_tally_clear(&pair);
    att_tally_clear(&left);
    att_tally_clear(&right);
}

static void test_add__an_empty_tally_changes_nothing(void **state)
{
    (void)state;
    att_tally tally = {0}, copy = {0};
    const att_tally empty = {0};
    add_turn(&tally, 7, 0, 2);
    add_turn(&copy, 7, 0, 2);
    assert_int_equal(att_tally_add(&tally, &empty, NULL), ATT_OK);
    assert_true(att_tally_equal(&tally, &copy));
    att_tally_clear(&tally);
    att_tally_clear(&copy);
}

static void test_add__nodes_interleave(void **state)
{
    (void)state;
    att_tally even = {0}, odd = {0};
    for (uint32_t i = 0; i < 40; i += 2)
        att_tally_node(&even, i)->hits = i;
    for (uint32_t i = 1; i < 60; i += 2)
        att_tally_node(&odd, i)->hits = i;
    att_tally_node(&odd, 20)->hits = 1;
    assert_int_equal(att_tally_add(&even, &odd, NULL), ATT_OK);
    assert_int_equal(even.node_count, 50);
    for (uint32_t i = 0; i < even.node_count; i++) {
        assert_true(i == 0 || even.nodes[i - 1].node < even.nodes[i].node);
        uint32_t node = even.nodes[i].node;
        assert_int_equal(even.nodes[i].hits, node == 20 ? 21 : node);
    }
    att_tally_clear(&even);
    att_tally_clear(&odd);
}

static void test_add__counts_beyond_the_limit_are_refused(void **state)
{
    (void)state;
    att_error error = {0};
    att_tally tally = {.tokens = ATT_TALLY_LIMIT};
    const att_tally one = {.tokens = 1};
    assert_int_equal(att_tally_add(&tally, &one, &error), ATT_BAD_INPUT);
    assert_non_null(strstr(error.message, "too large"));
    att_tally sums = {.sum_nn = ~(att_u128)0};
    const att_tally more = {.tokens = 1, .sum_nn = 1};
    assert_int_equal(att_tally_add(&sums, &more, NULL), ATT_BAD_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_node__records_stay_sorted),
        cmocka_unit_test(test_add_unit__squares_the_totals),
        cmocka_unit_test(test_add__is_commutative_and_associative),
        cmocka_unit_test(test_add__an_empty_tally_changes_nothing),
        cmocka_unit_test(test_add__nodes_interleave),
        cmocka_unit_test(test_add__counts_beyond_the_limit_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
