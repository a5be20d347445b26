/* tallies.att: what is written reads back, what is damaged is refused, parts add up. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/hash.h"
#include "scratch.h"
#include "tallies.h"
#include "tally/tally_format.h"

#include <stdlib.h>
#include <string.h>

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

static void say(att_transcript_tally *transcript, const char *label, const char *column, const char *value)
{
    assert_true(att_said_add(&transcript->said, att_span_of(label), att_span_of(column), att_span_of(value)));
}

/* Two transcripts with a few labels. */
static const char *write_sample(const char *name)
{
    att_transcript_tally all[2] = {test_transcript("ward/01", 1000), test_transcript("ward/02", 0)};
    test_turn(&all[0], "Adele", 40, 2, 1);
    test_turn(&all[0], "Adele", 12, 0, 3);
    test_turn(&all[0], "", 3, 0, 0);
    test_turn(&all[0], "I", 9, 0, 0);
    say(&all[0], "I", "role", "interviewer");
    const char *path = test_tally_file(name, all, 2);
    att_transcript_tally_clear(&all[0]);
    att_transcript_tally_clear(&all[1]);
    return path;
}

static void expect_same(const att_transcript_tally *a, const att_transcript_tally *b)
{
    assert_true(att_span_equal(a->id, b->id) && att_span_equal(a->language, b->language));
    assert_true(att_span_equal(a->date, b->date));
    assert_true(a->size == b->size && a->hash == b->hash);
    assert_int_equal(a->range_count, b->range_count);
    for (size_t i = 0; i < a->range_count; i++)
        assert_true(a->ranges[i].from == b->ranges[i].from && a->ranges[i].to == b->ranges[i].to);
    assert_int_equal(a->label_count, b->label_count);
    for (size_t i = 0; i < a->label_count; i++) {
        assert_true(att_span_equal(a->labels[i].label, b->labels[i].label));
        assert_true(att_tally_equal(&a->labels[i].tally, &b->labels[i].tally));
    }
    assert_int_equal(a->said.count, b->said.count);
    for (size_t i = 0; i < a->said.count; i++) {
        const att_said_fact *x = &a->said.facts[i], *y = &b->said.facts[i];
        assert_true(att_span_equal(x->label, y->label) && att_span_equal(x->column, y->column));
        assert_true(att_span_equal(x->value, y->value));
    }
}

/* ---- there and back ---- */

static void test_file__reads_back_as_written(void **state)
{
    (void)state;
    att_transcript_tally all[2] = {test_transcript("a", 500), test_transcript("b", 7)};
    test_turn(&all[0], "Adele", 40, 2, 1);
    test_turn(&all[0], "\xC3\x84", 1, 1, 0);
    test_turn(&all[1], "", 3, 0, 0);
    assert_int_equal(att_transcript_tally_date(&all[1], att_span_of("2024-03-05"), NULL), ATT_OK);
    say(&all[0], "Adele", "role", "nurse");
    say(&all[0], "Adele", "age", "41");
    say(&all[0], "\xC3\x84", "role", "a, \"b\"\n");
    /* Sums past 64 bits. */
    att_tally *huge = att_transcript_tally_label(&all[1], att_span_of("huge"));
    att_tally unit = {.tokens = UINT64_C(1) << 50};
    att_node_tally *node = att_tally_node(&unit, NODE_TOPIC);
    node->hits = node->senses[ATT_USED] = node->covered = UINT64_C(1) << 40;
    node->weight = (att_u128)node->hits * ATT_WEIGHT_LIMIT;
    assert_int_equal(att_tally_add_unit(huge, &unit, &test_scheme, NULL), ATT_OK);
    att_tally_clear(&unit);
    const char *path = test_tally_file("tallies.att", all, 2);

    att_tally_reader *reader = NULL;
    assert_int_equal(att_tally_reader_open(&reader, path, NULL), ATT_OK);
    for (size_t i = 0; i < 2; i++) {
        const att_transcript_tally *read = NULL;
        assert_int_equal(att_tally_reader_next(reader, &read, NULL), ATT_OK);
        assert_non_null(read);
        expect_same(read, &all[i]);
        att_transcript_tally_clear(&all[i]);
    }
    const att_transcript_tally *end = &all[0];
    assert_int_equal(att_tally_reader_next(reader, &end, NULL), ATT_OK);
    assert_null(end);
    assert_int_equal(att_tally_reader_next(reader, &end, NULL), ATT_OK);
    assert_null(end);
    att_tally_reader_close(reader);
}

static void test_file__says_what_it_was_made_with(void **state)
{
    (void)state;
    att_tally_reader *reader = NULL;
    assert_int_equal(att_tally_reader_open(&reader, write_sample("tallies.att"), NULL), ATT_OK);
    const att_scheme *scheme = att_tally_reader_scheme(reader);
    assert_int_equal(scheme->count, test_scheme.count);
    assert_int_equal(scheme->technical, NODE_POLE_TECH);
    assert_int_equal(scheme->appreciative, NODE_POLE_APP);
    for (uint32_t i = 0; i < scheme->count; i++) {
        assert_string_equal(scheme->nodes[i].path, test_scheme.nodes[i].path);
        assert_string_equal(scheme->nodes[i].label, test_scheme.nodes[i].label);
        assert_int_equal(scheme->nodes[i].pole, test_scheme.nodes[i].pole);
        assert_int_equal(scheme->nodes[i].parent, test_scheme.nodes[i].parent);
        assert_int_equal(scheme->nodes[i].is_pole, test_scheme.nodes[i].is_pole);
        assert_int_equal(scheme->nodes[i].senses, test_scheme.nodes[i].senses);
    }
    assert_int_equal(att_tally_reader_lexicon_count(reader), 2);
    for (size_t i = 0; i < 2; i++) {
        assert_string_equal(att_tally_reader_lexicon(reader, i)->name, test_lexicons[i].name);
        assert_string_equal(att_tally_reader_lexicon(reader, i)->language, test_lexicons[i].language);
        assert_string_equal(att_tally_reader_lexicon(reader, i)->version, test_lexicons[i].version);
        assert_int_equal(att_tally_reader_lexicon(reader, i)->hash, test_lexicons[i].hash);
    }
    att_tally_reader_close(reader);
}

static void test_writer__wants_transcripts_in_order_and_once(void **state)
{
    (void)state;
    static const char *const ids[][2] = {{"b", "a"}, {"a", "a"}};
    for (size_t i = 0; i < 2; i++) {
        FILE *stream = tmpfile();
        att_tally_writer *writer = NULL;
        att_transcript_tally first = test_transcript(ids[i][0], 1), second = test_transcript(ids[i][1], 1);
        att_error error = {0};
        assert_int_equal(att_tally_writer_open(&writer, stream, &test_scheme, NULL, 0, NULL), ATT_OK);
        assert_int_equal(att_tally_writer_add(writer, &first, NULL), ATT_OK);
        assert_int_equal(att_tally_writer_add(writer, &second, &error), ATT_BAD_INPUT);
        assert_non_null(strstr(error.message, "in order"));
        att_tally_writer_abandon(writer);
        att_transcript_tally_clear(&first);
        att_transcript_tally_clear(&second);
        fclose(stream);
    }
}

/* ---- damage ---- */

/* Reads all of a file's bytes; the first error's status, or ATT_OK at a clean end. */
static att_status read_all(const void *data, size_t size, att_error *error)
{
    FILE *stream = size ? fmemopen((void *)(uintptr_t)data, size, "rb") : fopen("/dev/null", "rb");
    assert_non_null(stream);
    att_tally_reader *reader = NULL;
    att_status status = att_tally_reader_open_stream(&reader, stream, "x.att", error);
    if (status != ATT_OK)
        return status;
    const att_transcript_tally *transcript;
    do {
        status = att_tally_reader_next(reader, &transcript, error);
    } while (status == ATT_OK && transcript);
    att_tally_reader_close(reader);
    return status;
}

static void test_reader__refuses_a_file_cut_anywhere(void **state)
{
    (void)state;
    size_t size;
    char *data = scratch_read(write_sample("tallies.att"), &size);
    assert_int_equal(read_all(data, size, NULL), ATT_OK);
    for (size_t cut = 0; cut < size; cut++) {
        att_error error = {0};
        assert_int_equal(read_all(data, cut, &error), ATT_BAD_INPUT);
        assert_memory_equal(error.message, "x.att: ", 7);
    }
    free(data);
}

static void test_reader__refuses_any_changed_byte(void **state)
{
    (void)state;
    size_t size;
    char *data = scratch_read(write_sample("tallies.att"), &size);
    for (size_t i = 0; i < size; i++) {
        data[i] = (char)(data[i] ^ 0x41);
        assert_int_equal(read_all(data, size, NULL), ATT_BAD_INPUT);
        data[i] = (char)(data[i] ^ 0x41);
    }
    free(data);
}

static void test_reader__names_other_versions_and_foreign_files(void **state)
{
    (void)state;
    size_t size;
    char *data = scratch_read(write_sample("tallies.att"), &size);
    att_error error = {0};
    data[7] = 1;
    assert_int_equal(read_all(data, size, &error), ATT_BAD_INPUT);
    assert_non_null(strstr(error.message, "version 1 of the format, this attune reads version 2"));
    assert_int_equal(read_all("speaker,role\nA,nurse\n", 21, &error), ATT_BAD_INPUT);
    assert_non_null(strstr(error.message, "not a tally file"));
    assert_int_equal(read_all("", 0, &error), ATT_BAD_INPUT);
    assert_non_null(strstr(error.message, "not a tally file"));
    free(data);
}

static void test_reader__refuses_what_follows_the_end(void **state)
{
    (void)state;
    size_t size;
    char *data = scratch_read(write_sample("tallies.att"), &size);
    att_error error = {0};
    assert_int_equal(read_all(data, size + 1, &error), ATT_BAD_INPUT); /* the NUL that scratch_read adds */
    assert_non_null(strstr(error.message, "follows its end"));
    free(data);
}

static void test_reader__missing_file_is_an_error(void **state)
{
    (void)state;
    att_tally_reader *reader = NULL;
    att_error error = {0};
    assert_int_equal(att_tally_reader_open(&reader, scratch_path("none.att"), &error), ATT_BAD_INPUT);
    assert_non_null(strstr(error.message, "No such file"));
}

/* A chunk as the writer makes it. */
static void put_chunk(att_buffer *out, const char *tag, const void *payload, size_t size)
{
    size_t start = out->size;
    unsigned char number[8];
    att_buffer_append(out, tag, 4);
    att_put64(number, size);
    att_buffer_append(out, number, 8);
    att_buffer_append(out, payload, size);
    att_put64(number, att_hash64(out->data + start, out->size - start));
    att_buffer_append(out, number, 8);
}

static void test_reader__skips_sections_it_does_not_know(void **state)
{
    (void)state;
    size_t size;
    char *data = scratch_read(write_sample("tallies.att"), &size);
    uint64_t scheme = att_get64((unsigned char *)data + 12);
    size_t head = 8 + ATT_TALLY_HEAD + (size_t)scheme + ATT_TALLY_CHECK;
    att_buffer longer = {0};
    att_buffer_append(&longer, data, head);
    put_chunk(&longer, "KWIC", "whatever", 8);
    put_chunk(&longer, "NONE", "", 0);
    att_buffer_append(&longer, data + head, size - head);
    assert_int_equal(read_all(longer.data, longer.size, NULL), ATT_OK);
    att_buffer_clear(&longer);
    free(data);
}

static void test_reader__a_forged_length_takes_no_memory(void **state)
{
    (void)state;
    att_buffer forged = {0};
    unsigned char length[8];
    att_error error = {0};
    att_buffer_append(&forged, "ATTALLY\x02SCHM", 12);
    att_put64(length, UINT64_MAX);
    att_buffer_append(&forged, length, 8);
    assert_int_equal(read_all(forged.data, forged.size, &error), ATT_BAD_INPUT);
    assert_non_null(strstr(error.message, "length"));
    att_put64((unsigned char *)forged.data + 12, UINT64_C(1) << 30);
    assert_int_equal(read_all(forged.data, forged.size, &error), ATT_BAD_INPUT);
    assert_non_null(strstr(error.message, "too early"));
    att_buffer_clear(&forged);
}

/* A file with a scheme of one node and one transcript whose only label has the given tally, as varints below 128. */
static att_status read_forged(const unsigned char *tally, size_t size)
{
    static const unsigned char scheme[] = {0, 1, 1, 'a', 1, 'a', 0, 0, 1, 0};
    static const unsigned char head[] = {1, 't', 2, 'e', 'n', 9, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 9, 1, 1, 'L'};
    static const unsigned char end[] = {1, 1, 10};
    att_buffer transcript = {0}, file = {0};
    att_buffer_append(&transcript, head, sizeof head);
    att_buffer_append(&transcript, tally, size);
    att_buffer_append(&file, "ATTALLY\x02", 8);
    put_chunk(&file, "SCHM", scheme, sizeof scheme);
    put_chunk(&file, "TRNS", transcript.data, transcript.size);
    put_chunk(&file, "ENDS", end, sizeof end);
    att_status status = read_all(file.data, file.size, NULL);
    att_buffer_clear(&transcript);
    att_buffer_clear(&file);
    return status;
}

static void test_reader__refuses_counts_that_cannot_be(void **state)
{
    (void)state;
    /* turns, tokens, nn, aa, bb, ab, nodes; then node step, hits, senses, covered, yy, yn, weight */
    static const unsigned char good[] = {2, 10, 52, 0, 0, 0, 1, 0, 2, 2, 0, 0, 0, 2, 2, 10, 2};
    assert_int_equal(read_forged(good, sizeof good), ATT_OK);
    static const struct {
        size_t at;
        unsigned char value;
    } wrong[] = {
        {0, 0},                               /* tokens without turns */
        {0, 11},                              /* more turns than tokens */
        {1, 0},                               /* turns without tokens */
        {2, 9},                               /* squares smaller than the counts */
        {2, 101},                             /* or larger than the square */
        {3, 101}, {4, 101}, {5, 101}, {6, 2}, /* more nodes than the scheme has */
        {7, 1},                               /* a node that it does not have */
        {8, 3},                               /* more hits than in all senses */
        {9, 0},                               /* hits without a sense */
        {13, 0},                              /* hits that cover nothing */
        {13, 11},                             /* more covered than there is */
        {14, 1},  {14, 5},  {15, 21},         /* sum y n beyond y times n */
        {16, 1},                              /* hits that weigh less than anything can */
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        unsigned char forged[sizeof good];
        memcpy(forged, good, sizeof good);
        forged[wrong[i].at] = wrong[i].value;
        if (read_forged(forged, sizeof forged) != ATT_BAD_INPUT)
            fail_msg("case %zu is accepted", i);
    }
}

/* ---- merging ---- */

static void test_merge__is_the_same_file_whatever_the_split(void **state)
{
    (void)state;
    att_transcript_tally left[2] = {test_transcript("a", 5), test_transcript("c", 5)};
    att_transcript_tally right[2] = {test_transcript("b", 5), test_transcript("d", 5)};
    for (size_t i = 0; i < 2; i++) {
        test_turn(&left[i], "A", 10 + i, 1, 0);
        test_turn(&right[i], "B", 20 + i, 0, 1);
    }
    char *paths[2];
    paths[1] = (char *)(uintptr_t)test_tally_file("left.att", left, 2);
    paths[0] = (char *)(uintptr_t)test_tally_file("right.att", right, 2);
    att_tally_merger *merger = NULL;
    assert_int_equal(att_tally_merger_open(&merger, paths, 2, NULL), ATT_OK);
    assert_string_equal(att_tally_reader_name(att_tally_merger_first(merger)), paths[0]);
    const att_transcript_tally *expected[] = {&left[0], &right[0], &left[1], &right[1]}, *found;
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(att_tally_merger_next(merger, &found, NULL), ATT_OK);
        assert_non_null(found);
        expect_same(found, expected[i]);
    }
    assert_int_equal(att_tally_merger_next(merger, &found, NULL), ATT_OK);
    assert_null(found);
    att_tally_merger_close(merger);
    for (size_t i = 0; i < 2; i++) {
        att_transcript_tally_clear(&left[i]);
        att_transcript_tally_clear(&right[i]);
    }
}

static att_transcript_tally part(uint64_t from, uint64_t to, uint64_t hash)
{
    att_transcript_tally transcript;
    assert_int_equal(att_transcript_tally_init(&transcript, att_span_of("t"), att_span_of("en"), NULL), ATT_OK);
    transcript.size = 100;
    transcript.hash = hash;
    assert_int_equal(att_transcript_tally_range(&transcript, from, to, NULL), ATT_OK);
    test_turn(&transcript, "A", to - from, 1, 0);
    return transcript;
}

/* Merges three files of one part each; the sum is left in *out, which the caller clears. */
static att_status merge_parts(att_transcript_tally parts[3], att_transcript_tally *out, att_error *error)
{
    static const char *const names[3] = {"1.att", "2.att", "3.att"};
    char *paths[3];
    for (size_t i = 0; i < 3; i++) {
        paths[i] = (char *)(uintptr_t)test_tally_file(names[i], &parts[i], 1);
        att_transcript_tally_clear(&parts[i]);
    }
    att_tally_merger *merger = NULL;
    const att_transcript_tally *sum = NULL;
    assert_int_equal(att_tally_merger_open(&merger, paths, 3, NULL), ATT_OK);
    att_status status = att_tally_merger_next(merger, &sum, error);
    *out = part(0, 0, 7);
    if (status == ATT_OK)
        assert_int_equal(att_transcript_tally_add(out, sum, NULL), ATT_OK);
    att_tally_merger_close(merger);
    return status;
}

static void test_merge__parts_of_a_transcript_add_up(void **state)
{
    (void)state;
    att_transcript_tally parts[3] = {part(60, 100, 7), part(0, 20, 7), part(20, 60, 7)}, sum;
    assert_int_equal(merge_parts(parts, &sum, NULL), ATT_OK);
    assert_true(att_transcript_tally_whole(&sum));
    assert_int_equal(sum.labels[0].tally.turns, 3);
    assert_int_equal(sum.labels[0].tally.tokens, 100);
    assert_true(sum.labels[0].tally.sum_nn == 40 * 40 + 20 * 20 + 40 * 40);
    att_transcript_tally_clear(&sum);
}

static void test_merge__the_same_part_twice_is_an_error(void **state)
{
    (void)state;
    att_transcript_tally parts[3] = {part(60, 100, 7), part(0, 20, 7), part(0, 20, 7)}, sum;
    att_error error = {0};
    assert_int_equal(merge_parts(parts, &sum, &error), ATT_BAD_INPUT);
    assert_non_null(strstr(error.message, "3.att"));
    assert_non_null(strstr(error.message, "twice"));
    att_transcript_tally_clear(&sum);
}

static void test_merge__different_inputs_of_one_name_are_an_error(void **state)
{
    (void)state;
    att_transcript_tally parts[3] = {part(60, 100, 7), part(0, 20, 8), part(20, 60, 7)}, sum;
    att_error error = {0};
    assert_int_equal(merge_parts(parts, &sum, &error), ATT_BAD_INPUT);
    assert_non_null(strstr(error.message, "2.att"));
    assert_non_null(strstr(error.message, "different inputs"));
    att_transcript_tally_clear(&sum);
}

static void test_merge__different_lexicons_are_an_error_that_names_them(void **state)
{
    (void)state;
    char *paths[2] = {(char *)(uintptr_t)write_sample("first.att"), (char *)(uintptr_t)scratch_path("other.att")};
    const att_lexicon_stamp other = {"en/hope", "en", "2.1", 0xabc};
    FILE *stream = fopen(paths[1], "wb");
    att_tally_writer *writer = NULL;
    assert_int_equal(att_tally_writer_open(&writer, stream, &test_scheme, &other, 1, NULL), ATT_OK);
    assert_int_equal(att_tally_writer_close(writer, NULL), ATT_OK);
    fclose(stream);
    att_tally_merger *merger = NULL;
    att_error error = {0};
    assert_int_equal(att_tally_merger_open(&merger, paths, 2, &error), ATT_BAD_INPUT);
    assert_null(merger);
    assert_non_null(strstr(error.message, "different lexicons"));
    assert_non_null(strstr(error.message, "en/hope 2.1 (en, 0000000000000abc)"));
    assert_non_null(strstr(error.message, "en/peer-support 1.0 (en, 0123456789abcdef), de/peer-support (de, "));
}

static void test_merge__wants_at_least_one_file(void **state)
{
    (void)state;
    att_tally_merger *merger = NULL;
    assert_int_equal(att_tally_merger_open(&merger, NULL, 0, NULL), ATT_USAGE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_file__reads_back_as_written),
        TEST(test_file__says_what_it_was_made_with),
        TEST(test_writer__wants_transcripts_in_order_and_once),
        TEST(test_reader__refuses_a_file_cut_anywhere),
        TEST(test_reader__refuses_any_changed_byte),
        TEST(test_reader__names_other_versions_and_foreign_files),
        TEST(test_reader__refuses_what_follows_the_end),
        TEST(test_reader__missing_file_is_an_error),
        TEST(test_reader__skips_sections_it_does_not_know),
        TEST(test_reader__a_forged_length_takes_no_memory),
        TEST(test_reader__refuses_counts_that_cannot_be),
        TEST(test_merge__is_the_same_file_whatever_the_split),
        TEST(test_merge__parts_of_a_transcript_add_up),
        TEST(test_merge__the_same_part_twice_is_an_error),
        TEST(test_merge__different_inputs_of_one_name_are_an_error),
        TEST(test_merge__different_lexicons_are_an_error_that_names_them),
        TEST(test_merge__wants_at_least_one_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
