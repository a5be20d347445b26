/* Study cells as the rows of scores.csv, speakers.csv and the terminal's summary. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/csv.h"
#include "run/tables.h"
#include "scratch.h"
#include "tallies.h"

#include <stdlib.h>
#include <string.h>

static att_speakers *speakers;
static att_cells *cells;

static const char with_study_columns[] = "transcript,label,speaker,note,period,rate_lang\n"
                                         "a,A,Adele,=nurse,before,x\n"
                                         "b,A,Adele,=nurse,after,y\n";

static void prepare(const char *table, const char *const *by, size_t count)
{
    att_transcript_tally a = test_transcript("a", 10), b = test_transcript("b", 11);
    static const uint64_t tokens[] = {10, 25, 40, 5, 20, 60, 15, 30}, hits[] = {0, 2, 1, 1, 0, 4, 0, 1};
    for (size_t i = 0; i < 8; i++)
        test_turn(&a, "A", tokens[i], (uint32_t)hits[i], 0);
    test_turn(&b, "A", 30, 1, 2);
    test_turn(&b, "B", 12, 0, 0);
    att_strings columns = {(char **)(uintptr_t)by, count};
    assert_int_equal(att_speakers_load(&speakers, scratch_write("speakers.csv", table), false, NULL), ATT_OK);
    assert_int_equal(att_cells_new(&cells, &test_scheme, speakers, &columns, NULL), ATT_OK);
    assert_int_equal(att_cells_add(cells, &a, NULL), ATT_OK);
    assert_int_equal(att_cells_add(cells, &b, NULL), ATT_OK);
    assert_int_equal(att_cells_finish(cells, NULL), ATT_OK);
    att_transcript_tally_clear(&a);
    att_transcript_tally_clear(&b);
}

static int setup(void **state)
{
    (void)state;
    scratch_make();
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    att_cells_free(cells);
    att_speakers_free(speakers);
    cells = NULL;
    speakers = NULL;
    scratch_remove();
    return 0;
}

/* The view as CSV; to be freed. */
static char *view_csv(att_view_kind kind)
{
    att_view *view = NULL;
    char *out = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&out, &size);
    assert_int_equal(att_view_new(&view, cells, kind, 0.95, NULL), ATT_OK);
    assert_int_equal(att_view_write(view, &att_writer_csv, stream, 0, 1, NULL), ATT_OK);
    att_view_free(view);
    fclose(stream);
    return out;
}

/* The n-th line, without its end; cuts the text up. */
static const char *line_of(char *text, size_t n)
{
    char *line = strtok(text, "\n");
    for (size_t i = 0; i < n && line; i++)
        line = strtok(NULL, "\n");
    return line;
}

static void expect_line(att_view_kind kind, size_t n, const char *expected)
{
    char *text = view_csv(kind);
    const char *line = line_of(text, n);
    assert_non_null(line);
    assert_string_equal(line, expected);
    free(text);
}

static size_t count_lines(att_view_kind kind)
{
    char *text = view_csv(kind);
    size_t count = 0;
    for (const char *at = text; *at; at++)
        count += *at == '\n';
    free(text);
    return count;
}

static void test_scores__columns_are_those_of_the_manual(void **state)
{
    (void)state;
    prepare(with_study_columns, NULL, 0);
    expect_line(
        ATT_VIEW_SCORES, 0,
        "speaker,period,marker,tokens,hits,hits_used,hits_mentioned,hits_negated,hits_reported,weighted,covered_tokens,"
        "covered_percent,rate,rate_lo,rate_hi,dispersion,cluster,clusters,turns,note");
}

static void test_scores__every_cell_and_node_has_a_row(void **state)
{
    (void)state;
    prepare(with_study_columns, NULL, 0);
    assert_int_equal(att_cells_count(cells), 3);
    assert_int_equal(count_lines(ATT_VIEW_SCORES), 1 + 3 * NODE_COUNT);
}

/* Worked figure A of docs/statistics.md, through tally, cells and writer. */
static void test_scores__worked_figure_a(void **state)
{
    (void)state;
    prepare(with_study_columns, NULL, 0);
    char *text = view_csv(ATT_VIEW_SCORES);
    const char *line = line_of(text, 1 + NODE_APP);
    att_csv csv;
    att_csv_open(&csv, att_span_of(line));
    assert_int_equal(att_csv_next(&csv), 1);
    assert_int_equal(csv.count, 20);
    static const char *const expected[] = {"Adele", "before", "lang.app", "205", "9", "9", "0", "0", "0", "9", "9"};
    for (size_t i = 0; i < 11; i++)
        assert_true(att_span_equal(csv.fields[i], att_span_of(expected[i])));
    static const double numbers[] = {100 * 9 / 205.0, 1000 * 9 / 205.0, 18.239714, 105.67184, 1};
    for (size_t i = 0; i < 5; i++) {
        double number = strtod(csv.fields[11 + i].text, NULL);
        assert_true(number > numbers[i] * (1 - 5e-8) && number < numbers[i] * (1 + 5e-8));
    }
    static const char *const rest[] = {"turn", "8", "8", ""};
    for (size_t i = 0; i < 4; i++)
        assert_true(att_span_equal(csv.fields[16 + i], att_span_of(rest[i])));
    att_csv_close(&csv);
    free(text);
}

static void test_scores__no_hits_is_a_row_with_an_upper_bound(void **state)
{
    (void)state;
    prepare(with_study_columns, NULL, 0);
    /* 3.688879454 / 12 x 1000 */
    expect_line(ATT_VIEW_SCORES, 1 + 2 * NODE_COUNT,
                "b/B,,lang,12,0,0,0,0,0,0,0,0,0,0,307.406621,,turn,1,1,no hits: exact Poisson interval");
}

static void test_speakers__columns_of_the_study_then_scores(void **state)
{
    (void)state;
    prepare(with_study_columns, NULL, 0);
    /* note and rate_lang are columns of attune's own: the study's are renamed, not lost. */
    expect_line(ATT_VIEW_SPEAKERS, 0,
                "speaker,period,study_note,study_rate_lang,tokens,turns,balance,balance_lo,balance_hi,rate_lang,"
                "rate_lang.tech,rate_lang.app,rate_topic,rate_pole.technical,rate_pole.appreciative,note");
    assert_int_equal(count_lines(ATT_VIEW_SPEAKERS), 1 + 3);
}

static void test_speakers__values_and_missing_ones(void **state)
{
    (void)state;
    prepare(with_study_columns, NULL, 0);
    char *text = view_csv(ATT_VIEW_SPEAKERS);
    const char *line = line_of(text, 1);
    assert_memory_equal(line, "Adele,before,'=nurse,x,205,8,", 29);
    assert_non_null(strstr(line, ",43.902439,0,43.902439,0,0,43.902439,no technical hits"));
    free(text);
    expect_line(ATT_VIEW_SPEAKERS, 3, "b/B,,,,12,1,,,,0,0,0,0,0,0,no hits of either pole");
}

static void test_speakers__what_differs_within_a_cell_is_missing(void **state)
{
    (void)state;
    static const char *const by[] = {"speaker"};
    prepare(with_study_columns, by, 1);
    char *text = view_csv(ATT_VIEW_SPEAKERS);
    assert_string_equal(strtok(text, ","), "speaker");
    free(text);
    text = view_csv(ATT_VIEW_SPEAKERS);
    /* note is the same in both periods, period and rate_lang are not */
    assert_memory_equal(line_of(text, 1), "Adele,'=nurse,,,235,9,", 22);
    free(text);
}

static void test_summary__shows_poles_and_top_markers_only(void **state)
{
    (void)state;
    prepare(with_study_columns, NULL, 0);
    expect_line(ATT_VIEW_SUMMARY, 0,
                "speaker,period,tokens,turns,balance,balance_lo,balance_hi,technical \xE2\x80\xB0,"
                "appreciative \xE2\x80\xB0,lang \xE2\x80\xB0,topic \xE2\x80\xB0");
}

static void test_summary__does_not_grow_with_a_flat_lexicon(void **state)
{
    (void)state;
    enum { MANY = 60 };
    static att_node nodes[MANY];
    for (size_t i = 0; i < MANY; i++)
        nodes[i] = (att_node){"m", "m", ATT_NO_POLE, ATT_NO_NODE, false, 1};
    const att_scheme flat = {nodes, MANY, ATT_NO_NODE, ATT_NO_NODE};
    att_view *view = NULL;
    assert_int_equal(att_speakers_load(&speakers, NULL, false, NULL), ATT_OK);
    assert_int_equal(att_cells_new(&cells, &flat, speakers, NULL, NULL), ATT_OK);
    assert_int_equal(att_cells_finish(cells, NULL), ATT_OK);
    assert_int_equal(att_view_new(&view, cells, ATT_VIEW_SUMMARY, 0.95, NULL), ATT_OK);
    assert_int_equal(att_view_table(view)->count, 1 + 5 + 8);
    att_view_free(view);
}

static void test_speakers__without_poles_there_is_no_balance(void **state)
{
    (void)state;
    static const att_node node = {"hope", "Hope", ATT_NO_POLE, ATT_NO_NODE, false, 1};
    const att_scheme scheme = {&node, 1, ATT_NO_NODE, ATT_NO_NODE};
    att_transcript_tally transcript = test_transcript("a", 10);
    att_tally *tally = att_transcript_tally_label(&transcript, att_span_of("A"));
    const att_tally unit = {.tokens = 10};
    assert_int_equal(att_tally_add_unit(tally, &unit, &scheme, NULL), ATT_OK);
    assert_int_equal(att_speakers_load(&speakers, NULL, true, NULL), ATT_OK);
    assert_int_equal(att_cells_new(&cells, &scheme, speakers, NULL, NULL), ATT_OK);
    assert_int_equal(att_cells_add(cells, &transcript, NULL), ATT_OK);
    assert_int_equal(att_cells_finish(cells, NULL), ATT_OK);
    expect_line(ATT_VIEW_SPEAKERS, 0, "speaker,tokens,turns,balance,balance_lo,balance_hi,rate_hope,note");
    expect_line(ATT_VIEW_SPEAKERS, 1, "A,10,1,,,,0,no balance: the lexicons do not have both poles");
    att_transcript_tally_clear(&transcript);
}

static void test_scores__renaming_a_speaker_changes_nothing_but_the_name(void **state)
{
    (void)state;
    prepare("label,speaker\nA,Adele\nB,Tom\n", NULL, 0);
    char *before = view_csv(ATT_VIEW_SCORES);
    att_cells_free(cells);
    att_speakers_free(speakers);
    prepare("label,speaker\nA,Zoe..\nB,Tom\n", NULL, 0);
    char *after = view_csv(ATT_VIEW_SCORES);
    for (char *at = after; (at = strstr(at, "Zoe..")); at += 5)
        memcpy(at, "Adele", 5);
    assert_string_equal(before, after);
    free(before);
    free(after);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_scores__columns_are_those_of_the_manual),
        TEST(test_scores__every_cell_and_node_has_a_row),
        TEST(test_scores__worked_figure_a),
        TEST(test_scores__no_hits_is_a_row_with_an_upper_bound),
        TEST(test_speakers__columns_of_the_study_then_scores),
        TEST(test_speakers__values_and_missing_ones),
        TEST(test_speakers__what_differs_within_a_cell_is_missing),
        TEST(test_summary__shows_poles_and_top_markers_only),
        TEST(test_summary__does_not_grow_with_a_flat_lexicon),
        TEST(test_speakers__without_poles_there_is_no_balance),
        TEST(test_scores__renaming_a_speaker_changes_nothing_but_the_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
