/* Reading a transcript in ranges gives exactly the turns of reading it whole, wherever it is cut and however the bytes
 * come in. */
#include "read_all.h"

static const char colon_text[] = "\xEF\xBB\xBF"
                                 "Interview 3\r\n"
                                 "\r\n"
                                 "A quiet room,\ntwo chairs.\n\n \t\n"
                                 "Ann: One.\nTwo [laughs] and\n\nthree. #00:00:04-3#\r\n"
                                 "[00:01:02] Bea: gr\xFC\xDF"
                                 "e, \xE2\x82 (pause) \xE2\x82\xAC.\r"
                                 "Ann:\r\r\nBea:\n"
                                 "John G. Marsh, Jr.: #00:01:10-0# Me.\nThere is one thing: hope.\n\xC2\xA0\n"
                                 "Ann (laughs): \xE3\x80\x80 Oh.\n\n\n**Bea:** Yes. {sighs}";

static const char bracket_text[] = "[I] You came.\r\n\r\n[P2] I\rdid. [wine]\n[P2]: (..)\n[laughs] {I} [I]\n\n\nWell.";

static const char plain_text[] =
    "\n\n  \nIt rained.\nIt\xC2\xA0was cold.\r\n\r\nThen: nothing.\n\r\n\n \nThe end [00:01] \n";

static const char stamp_text[] = "Ann  0:53\nHello.\n\nBea  1:02\nYes. [1:05]\n\nAnn  1:10\n\n";

/* Labels begin on the line above their own. */
static const char led_text[] = "00:00:03\nAnn: One.\r\n\r\n0:05 - 0:07\r\n\nBea:\rTwo.\n00:06\nThree.\n\n"
                               "00:00:09\nAnn: 10:15\n0:10";

static bool same_turn(const read_turn *a, const read_turn *b)
{
    return strcmp(a->label, b->label) == 0 && a->text_size == b->text_size &&
           memcmp(a->text, b->text, a->text_size) == 0 && a->offset == b->offset && a->start_ms == b->start_ms &&
           a->end_ms == b->end_ms && a->continues == b->continues;
}

static void expect_same(const read_all *whole, const read_all *parts)
{
    assert_int_equal(whole->count, parts->count);
    for (size_t i = 0; i < whole->count; i++) {
        if (!same_turn(&whole->turns[i], &parts->turns[i]))
            fail_msg("turn %zu: %s|%s| is not %s|%s|", i, whole->turns[i].label, whole->turns[i].text,
                     parts->turns[i].label, parts->turns[i].text);
    }
    assert_memory_equal(&whole->counts, &parts->counts, sizeof whole->counts);
}

/* Reads in the ranges that `count` rising cuts make, and compares with `whole`. Line numbers are added up. */
static void expect_ranges(const read_all *whole, const void *layout, att_span bytes, const uint64_t *cuts, size_t count,
                          size_t step)
{
    read_all parts = {0};
    uint64_t from = 0;

    for (size_t i = 0; i <= count; i++) {
        uint64_t to = i < count ? cuts[i] : UINT64_MAX;
        size_t first = parts.count;
        uint64_t lines = parts.counts.lines;
        range_read(&parts, layout, bytes, from, to, step);
        for (size_t k = first; k < parts.count; k++) {
            assert_true(k < whole->count);
            assert_int_equal(lines + parts.turns[k].line, whole->turns[k].line);
        }
        from = to;
    }
    expect_same(whole, &parts);
    read_free(&parts);
}

static void expect_every_cut(att_span bytes, const att_read_options *options)
{
    void *layout = layout_of(bytes, options);
    read_all whole = {0};

    range_read(&whole, layout, bytes, 0, UINT64_MAX, SIZE_MAX);
    assert_int_equal(whole.counts.bytes, bytes.size);
    for (uint64_t cut = 0; cut <= bytes.size + 1; cut++)
        expect_ranges(&whole, layout, bytes, &cut, 1, SIZE_MAX);
    /* One byte a range, and one byte a read. */
    uint64_t *cuts = calloc(bytes.size + 1, sizeof *cuts);
    assert_non_null(cuts);
    for (size_t i = 0; i < bytes.size; i++)
        cuts[i] = i + 1;
    expect_ranges(&whole, layout, bytes, cuts, bytes.size, 1);
    free(cuts);
    read_free(&whole);
    att_format_txt.forget(layout);
}

static void test_ranges__every_cut_gives_the_same_turns(void **state)
{
    (void)state;
    expect_every_cut(att_span_of(colon_text), NULL);
    expect_every_cut(att_span_of(bracket_text), NULL);
    expect_every_cut(att_span_of(plain_text), NULL);
    expect_every_cut(att_span_of(stamp_text), NULL);
    expect_every_cut(att_span_of(led_text), NULL);
    expect_every_cut(att_span_of(""), NULL);
}

static void test_ranges__every_cut_with_a_speaker_regex(void **state)
{
    (void)state;
    att_read_options options = {.speaker_regex = "(?:#[0-9:-]+# )?(\\w+):"};
    expect_every_cut(att_span_of(colon_text), &options);
}

/* A small generator (xorshift64), so that a failure can be had again. */
static uint64_t draw(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static size_t mutate(char *to, size_t room, uint64_t *seed)
{
    static const char *const texts[] = {colon_text, bracket_text, plain_text, stamp_text, led_text};
    static const char *const bits[] = {
        "\n",       "\r",    "\r\n",     "\n\n", ": ",           "Ann: ", "[",         "]",    "(",
        "\xC2\xA0", "\xE2",  "[laughs]", "#",    "**",           "{I} ",  " ",         "[I] ", "0:53 ",
        "\xEF\xBB", "\t \n", "[00:01]",  "\x80", "#00:00:01-2#", "?",     "Then he: ", "é"};
    size_t size = 0;

    for (unsigned part = 0; part < 2 + draw(seed) % 3; part++) {
        const char *text = texts[draw(seed) % (sizeof texts / sizeof *texts)];
        size_t length = strlen(text);
        size_t begin = draw(seed) % length;
        size_t take = draw(seed) % (length - begin) + 1;
        if (size + take < room - 16) {
            memcpy(to + size, text + begin, take);
            size += take;
        }
        const char *bit = bits[draw(seed) % (sizeof bits / sizeof *bits)];
        if (size + strlen(bit) < room) {
            memcpy(to + size, bit, strlen(bit));
            size += strlen(bit);
        }
    }
    for (unsigned i = 0; i < draw(seed) % 6 && size; i++)
        to[draw(seed) % size] = (char)draw(seed);
    return size;
}

static void test_ranges__five_hundred_mutations_cut_at_random(void **state)
{
    (void)state;
    uint64_t seed = 20240917;
    for (int round = 0; round < 500; round++) {
        char text[2048];
        att_span bytes = {text, mutate(text, sizeof text, &seed)};
        void *layout = layout_of(bytes, NULL);
        read_all whole = {0};
        range_read(&whole, layout, bytes, 0, UINT64_MAX, SIZE_MAX);
        for (int again = 0; again < 8; again++) {
            uint64_t cuts[3];
            cuts[0] = draw(&seed) % (bytes.size + 2);
            cuts[1] = cuts[0] + draw(&seed) % (bytes.size + 2 - cuts[0]);
            cuts[2] = cuts[1] + draw(&seed) % (bytes.size + 2 - cuts[1]);
            expect_ranges(&whole, layout, bytes, cuts, 3, 1 + draw(&seed) % 64);
        }
        assert_int_equal(whole.counts.bytes, bytes.size);
        read_free(&whole);
        att_format_txt.forget(layout);
    }
}

/* Text of many blocks, with turns of all sizes around the limits of the buffers. */
static size_t big_make(char *to, size_t room, uint64_t *seed)
{
    static const size_t sizes[] = {0,      1,      50,     300,    1023,    1024,    1025,    4096,    70000,
                                   262143, 262144, 262145, 700000, 1048575, 1048576, 1048577, 1048579, 2500000};
    size_t size = 0;

    while (true) {
        size_t take = sizes[draw(seed) % (sizeof sizes / sizeof *sizes)];
        if (size + take + 32 > room)
            return size;
        size += (size_t)sprintf(to + size, "%s", draw(seed) % 2 ? "Ann: " : "Bea:");
        unsigned kind = (unsigned)(draw(seed) % 4);
        for (size_t i = 0; i < take; i++)
            to[size++] = kind == 0   ? ' '
                         : kind == 1 ? (char)('a' + (char)(draw(seed) % 26))
                         : kind == 2 ? "\xE2\x82\xAC"[i % 3]
                                     : "lo [laughs] hi\r\n \xC2\xA0(pause)"[draw(seed) % 26];
        to[size++] = draw(seed) % 2 ? '\n' : '\r';
        if (draw(seed) % 2)
            to[size++] = '\n';
    }
}

static void test_ranges__turns_around_the_limits_of_buffers(void **state)
{
    (void)state;
    const size_t room = 9 * 1000 * 1000;
    char *text = malloc(room);
    uint64_t seed = 7;
    assert_non_null(text);
    for (int round = 0; round < 4; round++) {
        att_span bytes = {text, big_make(text, room, &seed)};
        void *layout = layout_of(bytes, NULL);
        read_all whole = {0};
        range_read(&whole, layout, bytes, 0, UINT64_MAX, SIZE_MAX);
        assert_int_equal(whole.counts.bytes, bytes.size);
        assert_true(whole.counts.cut_turns > 0);
        uint64_t cuts[3];
        for (int again = 0; again < 3; again++) {
            cuts[0] = draw(&seed) % (bytes.size / 3);
            cuts[1] = cuts[0] + draw(&seed) % (bytes.size / 3);
            cuts[2] = cuts[1] + draw(&seed) % (bytes.size / 3);
            expect_ranges(&whole, layout, bytes, cuts, 3, 1 + draw(&seed) % 100000);
        }
        read_free(&whole);
        att_format_txt.forget(layout);
    }
    free(text);
}

static void test_ranges__pieces_of_a_long_turn_hold_all_its_words(void **state)
{
    (void)state;
    const size_t words = 500000;
    char *text = malloc(8 * words);
    assert_non_null(text);
    size_t size = (size_t)sprintf(text, "Ann: ");
    for (size_t i = 0; i < words; i++)
        size += (size_t)sprintf(text + size, "w%05zu ", i % 100000);
    size += (size_t)sprintf(text + size, "\nBea: end");
    read_all all = read_span((att_span){text, size}, NULL);
    size_t next = 0;
    for (size_t k = 0; k + 1 < all.count; k++) {
        assert_string_equal(all.turns[k].label, "Ann");
        assert_int_equal(all.turns[k].continues, k + 2 < all.count);
        assert_true(all.turns[k].text_size <= ATT_TURN_PIECE);
        assert_memory_equal(all.turns[k].text, text + all.turns[k].offset, all.turns[k].text_size);
        for (size_t at = 0; at < all.turns[k].text_size; at += 7, next++)
            assert_int_equal(strtoul(all.turns[k].text + at + 1, NULL, 10), next % 100000);
    }
    assert_int_equal(next, words);
    assert_int_equal(all.counts.cut_turns, 1);
    assert_string_equal(all.turns[all.count - 1].label, "Bea");
    read_free(&all);
    free(text);
}

static void test_ranges__piece_without_white_space_is_cut_between_code_points(void **state)
{
    (void)state;
    const size_t points = 700000;
    char *text = malloc(3 * points + 16);
    assert_non_null(text);
    size_t size = (size_t)sprintf(text, "Ann: ");
    for (size_t i = 0; i < points; i++, size += 3)
        memcpy(text + size, "\xE2\x82\xAC", 3);
    read_all all = read_span((att_span){text, size}, NULL);
    assert_int_equal(all.count, 3);
    for (size_t k = 0; k < all.count; k++)
        assert_int_equal(all.turns[k].text_size % 3, 0);
    assert_int_equal(all.turns[0].text_size + all.turns[1].text_size + all.turns[2].text_size, 3 * points);
    assert_int_equal(all.counts.ill_formed, 0);
    read_free(&all);
    free(text);
}

/* A source that makes its bytes up: "Ann: ", then one endless line. */
typedef struct {
    uint64_t at;
    uint64_t size;
    const char *filling; /* 8 bytes */
} endless;

static ptrdiff_t endless_read(att_source *source, void *to, size_t size)
{
    endless *state = source->state;

    if (size > state->size - state->at)
        size = (size_t)(state->size - state->at);
    for (size_t i = 0; i < size; i++, state->at++)
        ((char *)to)[i] = state->at < 5 ? "Ann: "[state->at] : state->filling[state->at % 8];
    return (ptrdiff_t)size;
}

/* Reads 64 MB and returns the distance between the lowest and the highest address that turns were handed out at. */
static size_t endless_reach(const char *filling, uint64_t *bytes)
{
    endless state = {0, 64000000, filling};
    att_source source = {endless_read, &state};
    void *layout = layout_of(att_span_of("Ann: x"), NULL);
    const att_turn_batch *batch = NULL;
    void *reader = NULL;
    uintptr_t low = UINTPTR_MAX;
    uintptr_t high = 0;
    att_error error;

    assert_int_equal(att_format_txt.open(&reader, layout, &source, 0, UINT64_MAX, &error), ATT_OK);
    *bytes = 0;
    do {
        assert_int_equal(att_format_txt.next(reader, &batch, &error), ATT_OK);
        for (size_t i = 0; i < batch->count; i++) {
            uintptr_t text = (uintptr_t)batch->turns[i].text.text;
            assert_true(batch->turns[i].text.size <= ATT_TURN_PIECE);
            assert_true(att_span_equal(batch->turns[i].label, att_span_of("Ann")));
            low = text < low ? text : low;
            high = text + batch->turns[i].text.size > high ? text + batch->turns[i].text.size : high;
            *bytes += batch->turns[i].text.size;
        }
    } while (batch->count > 0);
    assert_int_equal(att_format_txt.counts(reader).bytes, 64000000);
    att_format_txt.close(reader);
    att_format_txt.forget(layout);
    return high - low;
}

static void test_ranges__endless_line_needs_little_memory(void **state)
{
    (void)state;
    uint64_t bytes = 0;
    assert_true(endless_reach("some wo ", &bytes) < 4000000);
    assert_true(bytes > 63900000);
    assert_true(endless_reach("nothing.", &bytes) < 4000000);
    assert_int_equal(bytes, 64000000 - 5);
    /* White space is passed over. */
    assert_true(endless_reach("    \t   ", &bytes) < 4000000);
    assert_int_equal(bytes, 0);
    assert_true(endless_reach("\n\n\r\n \n\n\n", &bytes) < 4000000);
    assert_int_equal(bytes, 0);
}

static ptrdiff_t broken_read(att_source *source, void *to, size_t size)
{
    (void)source;
    (void)to;
    (void)size;
    return -1;
}

static void test_ranges__read_error_is_named(void **state)
{
    (void)state;
    att_source source = {broken_read, NULL};
    void *layout = layout_of(att_span_of("Ann: x"), NULL);
    const att_turn_batch *batch = NULL;
    void *reader = NULL;
    att_error error;
    assert_int_equal(att_format_txt.open(&reader, layout, &source, 0, UINT64_MAX, &error), ATT_OK);
    assert_int_equal(att_format_txt.next(reader, &batch, &error), ATT_ENVIRONMENT);
    assert_non_null(strstr(error.message, "test.txt: cannot be read"));
    att_format_txt.close(reader);
    att_format_txt.forget(layout);
}

/* A source that must not be read further than `most`. */
static ptrdiff_t guarded_read(att_source *source, void *to, size_t size)
{
    endless *state = source->state;

    memset(to, 'x', size);
    state->at += size;
    assert_true(state->at <= state->size);
    return (ptrdiff_t)size;
}

static void test_ranges__range_without_a_turn_start_is_not_read_beyond(void **state)
{
    (void)state;
    endless limit = {0, 1100000, NULL};
    att_source source = {guarded_read, &limit};
    void *layout = layout_of(att_span_of("Ann: x"), NULL);
    const att_turn_batch *batch = NULL;
    void *reader = NULL;
    att_error error;
    assert_int_equal(att_format_txt.open(&reader, layout, &source, 5000000, 6000000, &error), ATT_OK);
    assert_int_equal(att_format_txt.next(reader, &batch, &error), ATT_OK);
    assert_int_equal(batch->count, 0);
    assert_int_equal(att_format_txt.counts(reader).bytes, 0);
    att_format_txt.close(reader);
    att_format_txt.forget(layout);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ranges__every_cut_gives_the_same_turns),
        cmocka_unit_test(test_ranges__every_cut_with_a_speaker_regex),
        cmocka_unit_test(test_ranges__five_hundred_mutations_cut_at_random),
        cmocka_unit_test(test_ranges__turns_around_the_limits_of_buffers),
        cmocka_unit_test(test_ranges__pieces_of_a_long_turn_hold_all_its_words),
        cmocka_unit_test(test_ranges__piece_without_white_space_is_cut_between_code_points),
        cmocka_unit_test(test_ranges__endless_line_needs_little_memory),
        cmocka_unit_test(test_ranges__read_error_is_named),
        cmocka_unit_test(test_ranges__range_without_a_turn_start_is_not_read_beyond),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
