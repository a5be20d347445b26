/* Study cells: grouping with the speaker table bound late. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "scratch.h"
#include "tallies.h"
#include "tally/cells.h"

#include <stdio.h>
#include <string.h>

/* Adele before and after, Tom before, an interviewer in all; the focus group is in no row. */
enum { BEFORE, AFTER, TOM, GROUP, TRANSCRIPTS };
static att_transcript_tally transcripts[TRANSCRIPTS];
static att_speakers *speakers;

static const char table[] = "transcript,label,speaker,role,period\n"
                            "after,A,Adele,nurse,after\n"
                            "before,A,Adele,nurse,before\n"
                            "tom,T,Tom,psychiatrist,before\n"
                            ",I,Ruth,interviewer,\n";

static int setup(void **state)
{
    (void)state;
    scratch_make();
    transcripts[BEFORE] = test_transcript("before", 10);
    test_turn(&transcripts[BEFORE], "I", 5, 0, 0);
    test_turn(&transcripts[BEFORE], "A", 30, 0, 4);
    test_turn(&transcripts[BEFORE], "A", 20, 1, 1);
    transcripts[AFTER] = test_transcript("after", 11);
    test_turn(&transcripts[AFTER], "I", 7, 0, 0);
    test_turn(&transcripts[AFTER], "A", 40, 3, 1);
    transcripts[TOM] = test_transcript("tom", 12);
    test_turn(&transcripts[TOM], "T", 50, 0, 2);
    test_turn(&transcripts[TOM], "I", 3, 0, 0);
    transcripts[GROUP] = test_transcript("group", 13);
    test_turn(&transcripts[GROUP], "", 9, 0, 0);
    test_turn(&transcripts[GROUP], "", 1, 0, 0);
    test_turn(&transcripts[GROUP], "B", 8, 1, 0);
    return att_speakers_load(&speakers, scratch_write("speakers.csv", table), false, NULL);
}

static int teardown(void **state)
{
    (void)state;
    att_speakers_free(speakers);
    speakers = NULL;
    for (size_t i = 0; i < TRANSCRIPTS; i++)
        att_transcript_tally_clear(&transcripts[i]);
    scratch_remove();
    return 0;
}

static void say(att_transcript_tally *transcript, const char *label, const char *column, const char *value)
{
    assert_true(att_said_add(&transcript->said, att_span_of(label), att_span_of(column), att_span_of(value)));
    att_said_sort(&transcript->said);
}

static att_cells *group_in_order(const char *const *columns, size_t count, const size_t *order)
{
    att_cells *cells = NULL;
    att_error error = {0};
    att_strings by = {(char **)(uintptr_t)columns, count};
    if (att_cells_new(&cells, &test_scheme, speakers, &by, &error) != ATT_OK)
        fail_msg("%s", error.message);
    for (size_t i = 0; i < TRANSCRIPTS; i++)
        assert_int_equal(att_cells_add(cells, &transcripts[order[i]], NULL), ATT_OK);
    assert_int_equal(att_cells_finish(cells, NULL), ATT_OK);
    return cells;
}

static att_cells *group(const char *const *columns, size_t count)
{
    static const size_t order[TRANSCRIPTS] = {BEFORE, AFTER, TOM, GROUP};
    return group_in_order(columns, count, order);
}

/* One line a cell: keys in <>, turns, tokens, transcripts. */
static void expect_cells(const att_cells *cells, const char *const *expected, size_t count)
{
    assert_int_equal(att_cells_count(cells), count);
    for (size_t i = 0; i < count; i++) {
        const att_study_cell *cell = att_cells_get(cells, i);
        att_buffer line = {0};
        for (size_t k = 0; k < att_cells_by_count(cells); k++)
            att_buffer_format(&line, "<%.*s>", (int)cell->keys[k].size, cell->keys[k].text);
        att_buffer_format(&line, " %llu %llu %llu", (unsigned long long)cell->turns.turns,
                          (unsigned long long)cell->turns.tokens, (unsigned long long)cell->transcripts.turns);
        assert_string_equal(line.data, expected[i]);
        assert_int_equal(cell->turns.tokens, cell->transcripts.tokens);
        att_buffer_clear(&line);
    }
}

static void test_cells__default_is_speaker_and_period_in_table_order(void **state)
{
    (void)state;
    att_cells *cells = group(NULL, 0);
    assert_int_equal(att_cells_by_count(cells), 2);
    assert_string_equal(att_cells_by(cells, 0), "speaker");
    assert_string_equal(att_cells_by(cells, 1), "period");
    assert_int_equal(att_cells_by_column(cells, 0), -1);
    assert_int_equal(att_cells_by_column(cells, 1), 1);
    static const char *const expected[] = {
        "<Adele><after> 1 40 1", "<Adele><before> 2 50 1",        "<Tom><before> 1 50 1",
        "<Ruth><> 3 15 3",       "<group/(unlabelled)><> 2 10 1", "<group/B><> 1 8 1",
    };
    expect_cells(cells, expected, 6);
    att_cells_free(cells);
}

static void test_cells__any_table_column_and_missing_values_last(void **state)
{
    (void)state;
    static const char *const by[] = {"role"};
    att_cells *cells = group(by, 1);
    static const char *const expected[] = {"<nurse> 3 90 2", "<psychiatrist> 1 50 1", "<interviewer> 3 15 3",
                                           "<> 3 18 1"};
    expect_cells(cells, expected, 4);
    assert_int_equal(att_cells_get(cells, 0)->speakers, 1);
    assert_int_equal(att_cells_get(cells, 3)->speakers, 2);
    att_cells_free(cells);
}

static void test_cells__own_columns(void **state)
{
    (void)state;
    static const char *const by_transcript[] = {"transcript"}, *const by_label[] = {"language", "label"};
    att_cells *cells = group(by_transcript, 1);
    /* as the table has them, then the others */
    static const char *const expected[] = {"<after> 2 47 1", "<before> 3 55 1", "<tom> 2 53 1", "<group> 3 18 1"};
    expect_cells(cells, expected, 4);
    att_cells_free(cells);
    cells = group(by_label, 2);
    static const char *const labels[] = {"<en><A> 3 90 2", "<en><T> 1 50 1", "<en><I> 3 15 3",
                                         "<en><(unlabelled)> 2 10 1", "<en><B> 1 8 1"};
    expect_cells(cells, labels, 5);
    att_cells_free(cells);
}

/* Whether a column is in the transcripts is known when all are added. */
static void test_cells__unknown_column_is_an_error_with_those_there_are(void **state)
{
    (void)state;
    char *names[] = {(char *)(uintptr_t) "site"};
    att_strings by = {names, 1};
    att_cells *cells = NULL;
    att_error error = {0};
    say(&transcripts[GROUP], "B", "age", "41");
    assert_int_equal(att_cells_new(&cells, &test_scheme, speakers, &by, &error), ATT_OK);
    assert_int_equal(att_cells_add(cells, &transcripts[GROUP], NULL), ATT_OK);
    assert_int_equal(att_cells_finish(cells, &error), ATT_USAGE);
    assert_non_null(strstr(error.message, "'site'"));
    assert_non_null(strstr(error.message, "transcript, label, speaker, language, role, period, age"));
    att_cells_free(cells);
}

static void test_said__fills_what_the_table_leaves_open(void **state)
{
    (void)state;
    static const char *const by[] = {"role"};
    say(&transcripts[GROUP], "B", "Role", "visitor"); /* no row: the table's column, whatever its case */
    say(&transcripts[TOM], "T", "role", "visitor");   /* overruled */
    att_cells *cells = group(by, 1);
    static const char *const expected[] = {"<nurse> 3 90 2", "<psychiatrist> 1 50 1", "<interviewer> 3 15 3",
                                           "<visitor> 1 8 1", "<> 2 10 1"};
    expect_cells(cells, expected, 5);
    assert_int_equal(att_cells_column_count(cells), 2);
    att_cells_free(cells);
}

static void test_said__is_a_column_where_the_table_has_none(void **state)
{
    (void)state;
    static const char *const by[] = {"site"};
    say(&transcripts[TOM], "T", "site", "north");
    say(&transcripts[GROUP], "B", "site", "south");
    say(&transcripts[GROUP], "B", "age", "41");
    att_cells *cells = group(by, 1);
    static const char *const expected[] = {"<north> 1 50 1", "<south> 1 8 1", "<> 8 115 4"};
    expect_cells(cells, expected, 3);
    assert_int_equal(att_cells_column_count(cells), 4);
    assert_string_equal(att_cells_column(cells, 3), "age");
    assert_int_equal(att_cells_by_column(cells, 0), 2);
    assert_true(att_span_equal(att_cells_get(cells, 1)->values[3], att_span_of("41")));
    assert_int_equal(att_cells_get(cells, 2)->values[3].size, 0);
    att_cells_free(cells);
}

static void test_said__a_cell_whose_people_differ_has_no_value(void **state)
{
    (void)state;
    static const char *const by[] = {"language"};
    say(&transcripts[GROUP], "B", "site", "south"); /* nobody before had any */
    att_cells *cells = group(by, 1);
    assert_null(att_cells_get(cells, 0)->values[2].text);
    att_cells_free(cells);
}

static void test_said__excludes(void **state)
{
    (void)state;
    char *texts[] = {(char *)(uintptr_t) "site=south"}, *none[] = {(char *)(uintptr_t) "ward=1"};
    att_strings exclude = {texts, 1}, unknown = {none, 1};
    att_cells *cells = NULL;
    att_error error = {0};
    bool excluded = false;
    say(&transcripts[GROUP], "B", "site", "south");
    assert_int_equal(att_cells_new(&cells, &test_scheme, speakers, NULL, NULL), ATT_OK);
    assert_int_equal(att_cells_exclude(cells, &exclude, NULL), ATT_OK);
    assert_int_equal(att_cells_excludes(cells, &transcripts[GROUP], att_span_of("B"), &excluded, NULL), ATT_OK);
    assert_true(excluded);
    assert_int_equal(att_cells_excludes(cells, &transcripts[GROUP], att_span_of("C"), &excluded, NULL), ATT_OK);
    assert_false(excluded);
    assert_int_equal(att_cells_add(cells, &transcripts[GROUP], NULL), ATT_OK);
    assert_int_equal(att_cells_excluded_tokens(cells), 8);
    assert_int_equal(att_cells_finish(cells, NULL), ATT_OK);
    att_cells_free(cells);
    assert_int_equal(att_cells_new(&cells, &test_scheme, speakers, NULL, NULL), ATT_OK);
    assert_int_equal(att_cells_exclude(cells, &unknown, NULL), ATT_OK);
    assert_int_equal(att_cells_add(cells, &transcripts[GROUP], NULL), ATT_OK);
    assert_int_equal(att_cells_finish(cells, &error), ATT_USAGE);
    assert_non_null(strstr(error.message, "cannot exclude 'ward=1'"));
    assert_non_null(strstr(error.message, "(role, period, site)"));
    att_cells_free(cells);
}

static void test_cells__order_of_transcripts_does_not_matter(void **state)
{
    (void)state;
    static const size_t orders[][TRANSCRIPTS] = {{TOM, GROUP, AFTER, BEFORE}, {GROUP, TOM, BEFORE, AFTER}};
    static const char *const by[] = {"period", "role"};
    att_cells *expected = group(by, 2);
    for (size_t i = 0; i < 2; i++) {
        att_cells *cells = group_in_order(by, 2, orders[i]);
        assert_int_equal(att_cells_count(cells), att_cells_count(expected));
        for (size_t k = 0; k < att_cells_count(cells); k++) {
            const att_study_cell *a = att_cells_get(cells, k), *b = att_cells_get(expected, k);
            assert_true(att_span_equal(a->keys[0], b->keys[0]) && att_span_equal(a->keys[1], b->keys[1]));
            assert_true(att_span_equal(a->values[0], b->values[0]));
            assert_true(att_tally_equal(&a->turns, &b->turns));
            assert_true(att_tally_equal(&a->transcripts, &b->transcripts));
            assert_int_equal(a->speakers, b->speakers);
        }
        att_cells_free(cells);
    }
    att_cells_free(expected);
}

static void test_cells__transcript_units_are_squared_after_adding(void **state)
{
    (void)state;
    static const char *const by[] = {"language"};
    att_cells *cells = group(by, 1);
    const att_study_cell *cell = att_cells_get(cells, 0);
    /* transcripts of 55, 47, 53 and 18 tokens */
    assert_int_equal(cell->transcripts.turns, 4);
    assert_true(cell->transcripts.sum_nn == 55 * 55 + 47 * 47 + 53 * 53 + 18 * 18);
    assert_true(cell->turns.sum_nn == 25 + 900 + 400 + 49 + 1600 + 2500 + 9 + 81 + 1 + 64);
    const att_node_tally *tech = att_tally_find(&cell->transcripts, NODE_TECH);
    assert_int_equal(tech->hits, 8);
    assert_true(tech->sum_yy == 25 + 1 + 4);
    assert_true(tech->sum_yn == 5 * 55 + 1 * 47 + 2 * 53);
    assert_true(cell->transcripts.sum_aa == 1 + 9 + 1);
    assert_true(cell->transcripts.sum_ab == 1 * 5 + 3 * 1);
    att_cells_free(cells);
}

static void test_cells__values_that_differ_within_a_cell_are_missing(void **state)
{
    (void)state;
    static const char *const by[] = {"speaker"};
    att_cells *cells = group(by, 1);
    const att_study_cell *adele = att_cells_get(cells, 0);
    assert_true(att_span_equal(adele->keys[0], att_span_of("Adele")));
    assert_true(att_span_equal(adele->values[0], att_span_of("nurse")));
    assert_null(adele->values[1].text); /* before and after */
    att_cells_free(cells);
}

static void test_cells__know_who_was_met(void **state)
{
    (void)state;
    att_cells *cells = NULL;
    assert_int_equal(att_cells_new(&cells, &test_scheme, speakers, NULL, NULL), ATT_OK);
    assert_int_equal(att_cells_add(cells, &transcripts[BEFORE], NULL), ATT_OK);
    assert_int_equal(att_cells_add(cells, &transcripts[GROUP], NULL), ATT_OK);
    assert_int_equal(att_cells_finish(cells, NULL), ATT_OK);
    const bool *used = att_cells_rows_used(cells);
    assert_false(used[0]);
    assert_true(used[1]);
    assert_false(used[2]);
    assert_true(used[3]);
    assert_int_equal(att_cells_speaker_count(cells), 4);
    assert_int_equal(att_cells_unlabelled_turns(cells), 2);
    assert_int_equal(att_cells_unlabelled_transcripts(cells), 1);
    att_cells_free(cells);
}

static void test_cells__a_column_named_twice_groups_once(void **state)
{
    (void)state;
    static const char *const by[] = {"role", "role"};
    att_cells *cells = group(by, 2);
    assert_int_equal(att_cells_by_count(cells), 1);
    assert_int_equal(att_cells_count(cells), 4);
    att_cells_free(cells);
}

static void test_cells__without_transcripts_are_none(void **state)
{
    (void)state;
    att_cells *cells = NULL;
    assert_int_equal(att_cells_new(&cells, &test_scheme, speakers, NULL, NULL), ATT_OK);
    assert_int_equal(att_cells_finish(cells, NULL), ATT_OK);
    assert_int_equal(att_cells_count(cells), 0);
    att_cells_free(cells);
    att_cells_free(NULL);
}

/* Score once, group later: the tally file alone gives every grouping that the transcripts would have given. */
static void test_cells__are_the_same_from_a_tally_file(void **state)
{
    (void)state;
    static const char *const by[] = {"role"};
    att_cells *direct = group(by, 1), *late = NULL;
    att_transcript_tally sorted[TRANSCRIPTS] = {transcripts[AFTER], transcripts[BEFORE], transcripts[GROUP],
                                                transcripts[TOM]};
    const char *path = test_tally_file("tallies.att", sorted, TRANSCRIPTS);
    memcpy(transcripts, sorted, sizeof sorted); /* sorting may have moved their memory */
    att_tally_reader *reader = NULL;
    att_strings columns = {(char **)(uintptr_t)by, 1};
    assert_int_equal(att_tally_reader_open(&reader, path, NULL), ATT_OK);
    assert_int_equal(att_cells_new(&late, att_tally_reader_scheme(reader), speakers, &columns, NULL), ATT_OK);
    const att_transcript_tally *next;
    while (att_tally_reader_next(reader, &next, NULL) == ATT_OK && next)
        assert_int_equal(att_cells_add(late, next, NULL), ATT_OK);
    assert_int_equal(att_cells_finish(late, NULL), ATT_OK);
    assert_int_equal(att_cells_count(late), att_cells_count(direct));
    for (size_t i = 0; i < att_cells_count(late); i++) {
        assert_true(att_span_equal(att_cells_get(late, i)->keys[0], att_cells_get(direct, i)->keys[0]));
        assert_true(att_tally_equal(&att_cells_get(late, i)->turns, &att_cells_get(direct, i)->turns));
        assert_true(att_tally_equal(&att_cells_get(late, i)->transcripts, &att_cells_get(direct, i)->transcripts));
    }
    att_cells_free(late);
    att_cells_free(direct);
    att_tally_reader_close(reader);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_cells__default_is_speaker_and_period_in_table_order),
        TEST(test_cells__any_table_column_and_missing_values_last),
        TEST(test_cells__own_columns),
        TEST(test_cells__unknown_column_is_an_error_with_those_there_are),
        TEST(test_said__fills_what_the_table_leaves_open),
        TEST(test_said__is_a_column_where_the_table_has_none),
        TEST(test_said__a_cell_whose_people_differ_has_no_value),
        TEST(test_said__excludes),
        TEST(test_cells__order_of_transcripts_does_not_matter),
        TEST(test_cells__transcript_units_are_squared_after_adding),
        TEST(test_cells__values_that_differ_within_a_cell_are_missing),
        TEST(test_cells__know_who_was_met),
        TEST(test_cells__a_column_named_twice_groups_once),
        TEST(test_cells__without_transcripts_are_none),
        TEST(test_cells__are_the_same_from_a_tally_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
