/* Words are ICU's: the table-driven tokeniser against ICU's own iterator. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "tokenise/tokenise.h"
#include "tokenise/vocabulary.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static att_word_rules *rules_of(const char *language)
{
    att_error error;
    att_word_rules *rules = NULL;

    if (att_word_rules_new(&rules, language, &error))
        fail_msg("%s", error.message);
    return rules;
}

/* Tokens as "one|two|three". */
static void assert_tokens(const char *language, const char *text, const char *expected)
{
    att_word_rules *rules = rules_of(language);
    att_tokeniser *tokeniser = NULL;
    att_tokens tokens = {0};
    att_buffer joined = {0};

    assert_int_equal(att_tokeniser_new(&tokeniser, rules, NULL), ATT_OK);
    assert_int_equal(att_tokenise(tokeniser, att_span_of(text), &tokens, NULL), ATT_OK);
    att_buffer_text(&joined, "");
    for (size_t i = 0; i < tokens.count; i++) {
        if (i)
            att_buffer_char(&joined, '|');
        att_buffer_append(&joined, text + tokens.start[i], tokens.end[i] - tokens.start[i]);
    }
    assert_string_equal(joined.data, expected);
    att_buffer_clear(&joined);
    att_tokens_clear(&tokens);
    att_tokeniser_free(tokeniser);
    att_word_rules_free(rules);
}

static void test_tokenise__words_and_numbers_are_tokens_punctuation_is_not(void **state)
{
    (void)state;
    assert_tokens("en", "Well, it's 3.5 mg (twice a day).", "Well|it's|3.5|mg|twice|a|day");
    assert_tokens("en", "", "");
    assert_tokens("en", " ... -- !", "");
}

static void test_tokenise__hyphens_split_and_apostrophes_join(void **state)
{
    (void)state;
    assert_tokens("en", "peer-support don\xE2\x80\x99t 'quoted' dogs' end",
                  "peer|support|don\xE2\x80\x99t|quoted|dogs|end");
}

static void test_tokenise__what_icu_counts_as_words_counts(void **state)
{
    (void)state;
    assert_tokens("en", "a _ b __ c @ d", "a|b|__|c|@|d");
}

static void test_tokenise__colon_joins_letters_in_swedish_only(void **state)
{
    (void)state;
    assert_tokens("sv", "EU:s tre", "EU:s|tre");
    assert_tokens("en", "EU:s tre", "EU|s|tre");
}

static void test_tokenise__dictionary_scripts_are_split_by_icu(void **state)
{
    (void)state;
    /* "hello world" in Thai: two words without a space. */
    assert_tokens("th",
                  "\xE0\xB8\xAA\xE0\xB8\xA7\xE0\xB8\xB1\xE0\xB8\xAA\xE0\xB8\x94\xE0\xB8\xB5\xE0\xB8\x8A\xE0\xB8\xB2"
                  "\xE0\xB8\xA7\xE0\xB9\x82\xE0\xB8\xA5\xE0\xB8\x81",
                  "\xE0\xB8\xAA\xE0\xB8\xA7\xE0\xB8\xB1\xE0\xB8\xAA\xE0\xB8\x94\xE0\xB8\xB5|\xE0\xB8\x8A\xE0\xB8\xB2"
                  "\xE0\xB8\xA7|\xE0\xB9\x82\xE0\xB8\xA5\xE0\xB8\x81");
}

static void test_tokenise__ill_formed_bytes_and_nul_separate(void **state)
{
    (void)state;
    assert_tokens("en",
                  "ab\xFF"
                  "cd\xC3 ef\xE2\x80",
                  "ab|cd|ef");
    att_word_rules *rules = rules_of("en");
    att_tokeniser *tokeniser = NULL;
    att_tokens tokens = {0};
    assert_int_equal(att_tokeniser_new(&tokeniser, rules, NULL), ATT_OK);
    assert_int_equal(att_tokenise(tokeniser, (att_span){"ab\0cd", 5}, &tokens, NULL), ATT_OK);
    assert_int_equal(tokens.count, 2);
    att_tokens_clear(&tokens);
    att_tokeniser_free(tokeniser);
    att_word_rules_free(rules);
}

typedef struct {
    att_tokeniser *tokeniser;
    att_tokens fast;
    att_tokens slow;
} pair;

static void compare(pair *p, att_span text, const char *language)
{
    assert_int_equal(att_tokenise(p->tokeniser, text, &p->fast, NULL), ATT_OK);
    assert_int_equal(att_tokenise_icu(p->tokeniser, text, &p->slow, NULL), ATT_OK);
    att_gaps_classify(&p->fast, &p->fast.turns[0], 0, p->fast.count);
    att_gaps_classify(&p->slow, &p->slow.turns[0], 0, p->slow.count);
    bool same = p->fast.count == p->slow.count &&
                memcmp(p->fast.start, p->slow.start, p->fast.count * sizeof *p->fast.start) == 0 &&
                memcmp(p->fast.end, p->slow.end, p->fast.count * sizeof *p->fast.end) == 0 &&
                memcmp(p->fast.gap, p->slow.gap, p->fast.count + 1) == 0;
    if (same)
        return;
    fprintf(stderr, "%s:", language);
    for (size_t i = 0; i < text.size; i++)
        fprintf(stderr, " %02X", (unsigned char)text.text[i]);
    fail_msg("\n%zu tokens by table, %zu by ICU", p->fast.count, p->slow.count);
}

static pair pair_new(const att_word_rules *rules)
{
    pair p = {0};

    assert_int_equal(att_tokeniser_new(&p.tokeniser, rules, NULL), ATT_OK);
    return p;
}

static void pair_clear(pair *p)
{
    att_tokens_clear(&p->fast);
    att_tokens_clear(&p->slow);
    att_tokeniser_free(p->tokeniser);
}

/* Characters that word rules treat in ways of their own, more of them than a text would have. */
static const uint32_t hard[] = {
    'a',     'b',     'Z',     '0',     '7',     ' ',     ' ',     ' ',      '\t',   '\r',   '\n',    '\v',    '_',
    '_',     '\'',    '"',     '.',     ',',     ':',     ';',     '-',      '@',    '#',    '/',     0,       0x85,
    0xA0,    0xAA,    0xAD,    0xB7,    0xD7,    0xDF,    0xE4,    0x300,    0x308,  0x30A,  0x345,   0x37E,   0x387,
    0x3A3,   0x3C2,   0x430,   0x55F,   0x5D0,   0x5D1,   0x5B0,   0x5F3,    0x5F4,  0x60C,  0x627,   0x66B,   0x66C,
    0x661,   0x6DD,   0x915,   0x93C,   0x94D,   0x937,   0x0A95,  0xE01,    0xE2A,  0x0E33, 0xEC0,   0xE81,   0x1000,
    0x1780,  0x1100,  0x11A8,  0xAC00,  0xD7A3,  0x180E,  0x2000,  0x200B,   0x200C, 0x200D, 0x200D,  0x200E,  0x2018,
    0x2019,  0x201C,  0x201D,  0x2014,  0x2024,  0x2026,  0x2027,  0x2028,   0x203F, 0x2044, 0x20AC,  0x2060,  0x231A,
    0x2640,  0x2764,  0x3000,  0x3001,  0x3031,  0x3042,  0x304B,  0x3099,   0x30AB, 0x30FC, 0x4E2D,  0x6587,  0xA66F,
    0xFE0F,  0xFE13,  0xFE55,  0xFF07,  0xFF0E,  0xFF1A,  0xFF21,  0xFF76,   0xFF9E, 0xFFFD, 0x1D400, 0x1F1E6, 0x1F1E9,
    0x1F1EB, 0x1F3FB, 0x1F468, 0x1F469, 0x1F600, 0xE0001, 0xE0101, 0x10FFFF,
};

static uint64_t random_next(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 33;
}

static void compare_random(const char *language, size_t strings, uint64_t seed)
{
    att_word_rules *rules = rules_of(language);
    pair p = pair_new(rules);
    char text[4096];

    for (size_t n = 0; n < strings; n++) {
        /* Every eighth string is long, for tokenisers that work in chunks, and then mostly plain text. */
        bool is_long = n % 8 == 0;
        size_t size = 0, length = 1 + random_next(&seed) % (is_long ? 400 : 14);
        uint64_t rarity = is_long ? 1 + random_next(&seed) % 40 : 1;
        for (size_t i = 0; i < length; i++) {
            uint64_t pick = random_next(&seed);
            if ((pick >> 20) % rarity)
                text[size++] = "abcdefgh   .,'A1"[pick % 16];
            else if (pick % 64 == 0)
                text[size++] = (char)(pick >> 8); /* any byte: often ill-formed */
            else
                size += att_utf8_put(text + size, hard[(pick >> 8) % (sizeof hard / sizeof hard[0])]);
        }
        /* The end of an allocation, so that AddressSanitizer sees one byte too many. */
        char *copy = malloc(size);
        assert_non_null(copy);
        memcpy(copy, text, size);
        compare(&p, (att_span){copy, size}, language);
        free(copy);
    }
    pair_clear(&p);
    att_word_rules_free(rules);
}

static void test_tokenise__equals_icu_on_random_strings_of_hard_characters(void **state)
{
    (void)state;
    static const char *const languages[] = {"en", "de", "sv", "fi", "he", "hi", "gu", "sw", "ja", "th"};
    const char *wanted = getenv("ATTUNE_RANDOM_STRINGS");
    size_t strings = wanted ? strtoul(wanted, NULL, 10) : 20000;

    for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++)
        compare_random(languages[i], strings, 20261125 + i);
}

/* A hard character, alone or before another, at every place of a block of 64 bytes, between words of several kinds. */
static void test_tokenise__equals_icu_wherever_a_hard_character_stands(void **state)
{
    (void)state;
    static const char *const befores[] = {"ab", "a ", "7", "\xC3\xA9", "\xE2\x80\x99", "\xD7\x90"};
    static const char *const afters[] = {"cd. ef", " gh", "8,9", "\xC3\xA9", "\xE2\x80\x99s ok", "'s"};
    const size_t count = sizeof hard / sizeof hard[0];
    att_word_rules *rules = rules_of("en");
    pair p = pair_new(rules);
    char text[256];

    for (size_t h = 0; h < count; h++)
        for (size_t place = 0; place < 68; place++)
            for (size_t frame = 0; frame < 36; frame++) {
                const char *before = befores[frame / 6], *after = afters[frame % 6];
                size_t size = place;
                memset(text, 'x', place);
                if (place > 9)
                    text[place - 9] = ' ';
                memcpy(text + size, before, strlen(before));
                size += strlen(before);
                size += att_utf8_put(text + size, hard[h]);
                if (place % 3 == 0)
                    size += att_utf8_put(text + size, hard[(h * 7 + place) % count]);
                memcpy(text + size, after, strlen(after));
                size += strlen(after);
                compare(&p, (att_span){text, size}, "en");
            }
    pair_clear(&p);
    att_word_rules_free(rules);
}

/* Texts that end where the memory ends: nothing reads a byte beyond. */
static void test_tokenise__nothing_behind_the_text_is_read(void **state)
{
    (void)state;
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    static const char sample[] = "She doesn\xE2\x80\x99t say \xE2\x80\x9Cno\xE2\x80\x9D; K\xC3\xBC"
                                 "che, 3.5 (caf\xC3\xA9) \xD0\xB4\xD0\xB0 don't know... \xE0\xA4\xB9\xE0\xA5\x88 x";
    char *memory = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    att_word_rules *rules = rules_of("en");
    pair p = pair_new(rules);
    att_vocabulary *vocabulary = NULL;

    assert_ptr_not_equal(memory, MAP_FAILED);
    assert_int_equal(mprotect(memory + page, page, PROT_NONE), 0);
    assert_int_equal(att_vocabulary_new(&vocabulary, 0, NULL), ATT_OK);
    for (size_t repeat = 1; repeat <= 3; repeat++)
        for (size_t size = 0; size < sizeof sample; size++) {
            /* All but the last copy whole, the last one cut anywhere, also inside a character. */
            size_t whole = (repeat - 1) * (sizeof sample - 1);
            char *text = memory + page - whole - size;
            for (size_t i = 0; i < whole + size; i++)
                text[i] = sample[i % (sizeof sample - 1)];
            compare(&p, (att_span){text, whole + size}, "en");
            assert_int_equal(att_vocabulary_assign(vocabulary, &p.fast, NULL, NULL, NULL), ATT_OK);
        }
    att_vocabulary_free(vocabulary);
    pair_clear(&p);
    att_word_rules_free(rules);
    munmap(memory, 2 * page);
}

static void test_tokenise__equals_icu_on_every_code_point_between_letters(void **state)
{
    (void)state;
    att_word_rules *rules = rules_of("en");
    pair p = pair_new(rules);
    char text[64];

    for (uint32_t c = 0; c < 0x110000; c++) {
        if (c >= 0xD800 && c < 0xE000)
            continue;
        size_t size = 0;
        text[size++] = 'a';
        size += att_utf8_put(text + size, c);
        text[size++] = 'b';
        text[size++] = ' ';
        size += att_utf8_put(text + size, c);
        size += att_utf8_put(text + size, c);
        text[size++] = '1';
        compare(&p, (att_span){text, size}, "en");
    }
    pair_clear(&p);
    att_word_rules_free(rules);
}

/* The strings of Unicode's WordBreakTest.txt (Debian: unicode-data). ICU is the reference, not the file's own marks:
 * ICU tailors the colon. */
static void test_tokenise__equals_icu_on_unicode_word_break_test(void **state)
{
    (void)state;
    FILE *file = fopen("/usr/share/unicode/auxiliary/WordBreakTest.txt", "r");
    if (!file)
        skip();
    att_word_rules *rules = rules_of("en");
    pair p = pair_new(rules);
    char line[4096];
    size_t cases = 0;
    while (fgets(line, sizeof line, file)) {
        char text[512];
        size_t size = 0;
        for (char *word = strtok(line, " \t\r\n"); word && word[0] != '#'; word = strtok(NULL, " \t\r\n")) {
            char *end;
            unsigned long c = strtoul(word, &end, 16);
            if (*end == '\0')
                size += att_utf8_put(text + size, (uint32_t)c);
        }
        if (!size)
            continue;
        compare(&p, (att_span){text, size}, "en");
        cases++;
    }
    fclose(file);
    assert_true(cases > 1000);
    pair_clear(&p);
    att_word_rules_free(rules);
}

/* All lines of a stream, in pieces that a turn may have. Returns how many there were. */
static size_t compare_lines(pair *p, FILE *stream)
{
    char *line = NULL;
    size_t room = 0, lines = 0;

    for (ssize_t size; (size = getline(&line, &room, stream)) > 0; lines++)
        for (size_t at = 0; at < (size_t)size; at += 1 << 20) {
            size_t left = (size_t)size - at;
            compare(p, (att_span){line + at, left < 1 << 20 ? left : 1 << 20}, "en");
        }
    free(line);
    return lines;
}

static pair *walking; /* nftw has no context */
static size_t files;

static int compare_file(const char *path, const struct stat *about, int type, struct FTW *place)
{
    (void)about;
    (void)place;
    FILE *stream = type == FTW_F ? fopen(path, "rb") : NULL;
    if (stream) {
        files += compare_lines(walking, stream) > 0;
        fclose(stream);
    }
    return 0;
}

/* The project's own texts, and the samples where they lie beside it. Files that are no text are bytes like any. */
static void test_tokenise__equals_icu_on_every_file(void **state)
{
    (void)state;
    static const char *const folders[] = {"examples", "lexicons", "docs", "tests/cases", "../shared/samples"};
    att_word_rules *rules = rules_of("en");
    pair p = pair_new(rules);

    walking = &p;
    files = 0;
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
        nftw(folders[i], compare_file, 16, FTW_PHYS);
    assert_true(files > 30);
    FILE *hearings = popen("tar --zstd -xOf ../shared/samples/bench/oral-arguments.tar.zst 2>/dev/null", "r");
    assert_non_null(hearings);
    compare_lines(&p, hearings);
    pclose(hearings);
    pair_clear(&p);
    att_word_rules_free(rules);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tokenise__words_and_numbers_are_tokens_punctuation_is_not),
        cmocka_unit_test(test_tokenise__hyphens_split_and_apostrophes_join),
        cmocka_unit_test(test_tokenise__what_icu_counts_as_words_counts),
        cmocka_unit_test(test_tokenise__colon_joins_letters_in_swedish_only),
        cmocka_unit_test(test_tokenise__dictionary_scripts_are_split_by_icu),
        cmocka_unit_test(test_tokenise__ill_formed_bytes_and_nul_separate),
        cmocka_unit_test(test_tokenise__equals_icu_on_random_strings_of_hard_characters),
        cmocka_unit_test(test_tokenise__equals_icu_wherever_a_hard_character_stands),
        cmocka_unit_test(test_tokenise__nothing_behind_the_text_is_read),
        cmocka_unit_test(test_tokenise__equals_icu_on_every_code_point_between_letters),
        cmocka_unit_test(test_tokenise__equals_icu_on_unicode_word_break_test),
        cmocka_unit_test(test_tokenise__equals_icu_on_every_file),
    };
    return cmocka_run_group_tests_name("tokenise", tests, NULL, NULL);
}
