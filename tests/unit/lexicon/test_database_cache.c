/* Compiled patterns from one run to the next: taken where they are whole and the same, compiled anew where they are
 * not. */
#include "given.h"

#include "base/hash.h"
#include "own_cache.h"

#include <sys/stat.h>

/* All kinds of patterns, dear enough for a file, but compiled in 2 ms. */
#define PATTERNS                                                                                                       \
    HEAD "  m:\n    - '*a*e*'\n    - {term: '?MA?', case: exact}\n    - {regex: 'diagnos(e|is)'}\n"                    \
         "    - {regex: '(diagnos)e.*\\1is(?=!)', over: turn}\n"

enum { HEADER = 80, AT_VERSION = 8, AT_KEY = 16, AT_SIZES = 24, AT_BODY_HASH = 56, AT_HEADER_HASH = 72 };

/* How it was with the cache when this is loaded; *file gets the name in the scratch folder where it is not NULL. */
static att_cache_state load(const char *yaml, char file[200])
{
    att_lexicon *lexicon = given(yaml);
    att_lexicon_cache cache = att_lexicon_cached(lexicon);

    if (file && cache.file)
        (void)snprintf(file, 200, "attune/%s", strrchr(cache.file, '/') + 1);
    assert_int_equal(cache.state == ATT_CACHE_FAILED, cache.reason != NULL);
    if (cache.state == ATT_CACHE_FOUND || cache.state == ATT_CACHE_MADE) {
        struct stat about;
        assert_int_equal(stat(cache.file, &about), 0);
        assert_int_equal(about.st_size, cache.bytes);
        assert_int_equal(about.st_mode & 0777, 0600);
    } else {
        assert_null(cache.file);
        assert_int_equal(cache.bytes, 0);
    }
    att_lexicon_free(lexicon);
    return cache.state;
}

static void test_cache__is_found_once_it_is_made(void **state)
{
    (void)state;
    assert_int_equal(load(PATTERNS, NULL), ATT_CACHE_MADE);
    assert_int_equal(load(PATTERNS, NULL), ATT_CACHE_FOUND);
    assert_int_equal(load(PATTERNS "    - {regex: 'x+'}\n", NULL), ATT_CACHE_MADE);
    assert_int_equal(load(PATTERNS, NULL), ATT_CACHE_FOUND);
}

static void test_cache__depends_on_the_patterns_alone(void **state)
{
    (void)state;
    assert_int_equal(load(PATTERNS, NULL), ATT_CACHE_MADE);
    assert_int_equal(
        load("name: Other\nlanguage: de\nmarkers:\n  a: [word, '*', hope*, two words]\n"
             "  b:\n    - '*a*e*'\n    - {term: '?MA?', case: exact}\n"
             "    - {regex: 'diagnos(e|is)', weight: 2}\n    - {regex: '(diagnos)e.*\\1is(?=!)', over: turn}\n",
             NULL),
        ATT_CACHE_FOUND);
    /* The same text as another kind of pattern is another pattern. */
    assert_int_equal(load(HEAD "  m:\n    - '?a?'\n", NULL), ATT_CACHE_MADE);
    assert_int_equal(load(HEAD "  m:\n    - {term: '?a?', case: exact}\n", NULL), ATT_CACHE_MADE);
}

static void test_cache__is_not_bothered_with_what_needs_none(void **state)
{
    att_buffer yaml = {0};

    (void)state;
    assert_int_equal(load(HEAD "  m: [hope, hope*, '*ful', h*e, '*', two * words]\n", NULL), ATT_CACHE_NO_PATTERNS);
    assert_int_equal(load(HEAD "  m: ['*hope*', '*diagnos*']\n", NULL), ATT_CACHE_FEW_PATTERNS);
    att_buffer_text(&yaml, HEAD "  m:\n");
    for (int i = 0; i < 100; i++)
        att_buffer_format(&yaml, "    - '*w%dw*'\n", i);
    assert_int_equal(load(yaml.data, NULL), ATT_CACHE_FEW_PATTERNS);
    assert_int_equal(scratch_count(), 0);
    att_buffer_text(&yaml, "    - '*hope*'\n");
    assert_int_equal(load(yaml.data, NULL), ATT_CACHE_MADE);
    att_buffer_clear(&yaml);
}

static void test_cache__off_compiles_each_time(void **state)
{
    (void)state;
    setenv("ATTUNE_CACHE", "off", 1);
    assert_int_equal(load(PATTERNS, NULL), ATT_CACHE_FAILED);
    assert_int_equal(load(PATTERNS, NULL), ATT_CACHE_FAILED);
    assert_int_equal(scratch_count(), 0);
    unsetenv("ATTUNE_CACHE");
    setenv("XDG_CACHE_HOME", scratch_write("file", "not a folder"), 1);
    assert_int_equal(load(PATTERNS, NULL), ATT_CACHE_FAILED);
}

/* ---- damage ---- */

typedef struct {
    char file[200];
    unsigned char *bytes;
    size_t size;
} kept;

static kept made(const char *yaml)
{
    kept k = {0};

    assert_int_equal(load(yaml, k.file), ATT_CACHE_MADE);
    k.bytes = (unsigned char *)scratch_read(scratch_path(k.file), &k.size);
    assert_non_null(k.bytes);
    return k;
}

/* With these bytes in its place it is compiled anew, and the file is whole again. */
static void expect_rebuilt(const kept *k, const void *bytes, size_t size)
{
    size_t after = 0;

    assert_int_equal(chmod(scratch_path(k->file), 0600), 0);
    scratch_write_bytes(k->file, bytes, size);
    assert_int_equal(load(PATTERNS, NULL), ATT_CACHE_MADE);
    char *text = scratch_read(scratch_path(k->file), &after);
    assert_int_equal(after, k->size);
    assert_memory_equal(text, k->bytes, after);
    free(text);
}

static void test_damage__any_byte_is_noticed(void **state)
{
    static const unsigned char flips[] = {0x01, 0x80, 0xFF};
    kept k = made(PATTERNS);

    (void)state;
    /* Every byte of the header, samples of what follows, the last bytes. */
    for (size_t at = 0; at < k.size; at += at < HEADER || at + 10 > k.size ? 1 : at < 400 ? 7 : 997) {
        unsigned char flip = flips[at % 3];
        k.bytes[at] ^= flip;
        scratch_write_bytes(k.file, k.bytes, k.size);
        k.bytes[at] ^= flip;
        if (load(PATTERNS, NULL) != ATT_CACHE_MADE)
            fail_msg("byte %zu ^ %02x goes unnoticed", at, flip);
    }
    assert_int_equal(load(PATTERNS, NULL), ATT_CACHE_FOUND);
    free(k.bytes);
}

static void test_damage__any_other_size_is_noticed(void **state)
{
    kept k = made(PATTERNS);
    unsigned char *longer = calloc(1, k.size + 8);

    (void)state;
    assert_non_null(longer);
    memcpy(longer, k.bytes, k.size);
    expect_rebuilt(&k, longer, k.size + 8);
    expect_rebuilt(&k, longer, k.size + 1);
    for (size_t size = 0; size < k.size; size += size < 2 * HEADER ? 9 : size + 10 > k.size ? 1 : 977)
        expect_rebuilt(&k, k.bytes, size);
    free(longer);
    free(k.bytes);
}

/* ---- files that are whole, but not what is asked for ---- */

static void put64(unsigned char *to, uint64_t number)
{
    for (int i = 0; i < 8; i++)
        to[i] = (unsigned char)(number >> (8 * i));
}

static uint64_t get64(const unsigned char *from)
{
    uint64_t number = 0;

    for (int i = 0; i < 8; i++)
        number |= (uint64_t)from[i] << (8 * i);
    return number;
}

static void sign(unsigned char *bytes, size_t size)
{
    uint64_t hash[2];

    att_hash128(bytes + HEADER, size - HEADER, hash);
    put64(bytes + AT_BODY_HASH, hash[0]);
    put64(bytes + AT_BODY_HASH + 8, hash[1]);
    put64(bytes + AT_HEADER_HASH, att_hash64(bytes, AT_HEADER_HASH));
}

static void test_foreign__signing_is_what_makes_a_file_whole(void **state)
{
    kept k = made(PATTERNS);

    (void)state;
    memset(k.bytes + AT_BODY_HASH, 0, 24);
    sign(k.bytes, k.size);
    scratch_write_bytes(k.file, k.bytes, k.size);
    assert_int_equal(load(PATTERNS, NULL), ATT_CACHE_FOUND);
    free(k.bytes);
}

/* Changes one byte, signs, and expects no trust. */
static void expect_refused(const kept *k, size_t at, unsigned char byte)
{
    unsigned char *bytes = malloc(k->size);

    assert_non_null(bytes);
    memcpy(bytes, k->bytes, k->size);
    assert_int_not_equal(bytes[at], byte);
    bytes[at] = byte;
    sign(bytes, k->size);
    expect_rebuilt(k, bytes, k->size);
    free(bytes);
}

static void test_foreign__another_program_version_or_processor(void **state)
{
    kept k = made(PATTERNS);
    const char *key = (const char *)k.bytes + HEADER;

    (void)state;
    expect_refused(&k, 0, 'X');
    expect_refused(&k, AT_VERSION, 3);
    assert_memory_equal(key, "attune ", 7);
    expect_refused(&k, HEADER + 7, '9');
    const char *platform = strstr(key, "platform ");
    assert_non_null(platform);
    expect_refused(&k, HEADER + (size_t)(platform - key) + 9, '~');
    const char *engine = strstr(key, "Hyperscan ");
    assert_non_null(engine);
    expect_refused(&k, HEADER + (size_t)(engine - key) + 10, '~');
    free(k.bytes);
}

static void test_foreign__other_patterns_under_this_name(void **state)
{
    kept k = made(PATTERNS), other = made(HEAD "  m:\n    - '?ear?'\n");

    (void)state;
    assert_string_not_equal(k.file, other.file);
    expect_rebuilt(&k, other.bytes, other.size);
    free(k.bytes);
    free(other.bytes);
}

static void test_foreign__impossible_sizes(void **state)
{
    static const uint64_t sizes[] = {0, 1, UINT64_MAX, UINT64_MAX - 6, UINT64_MAX / 2, (uint64_t)1 << 40};
    kept k = made(PATTERNS);
    unsigned char *bytes = malloc(k.size);

    (void)state;
    assert_non_null(bytes);
    for (size_t at = AT_KEY; at < AT_BODY_HASH; at += 8) {
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            memcpy(bytes, k.bytes, k.size);
            put64(bytes + at, sizes[i]);
            sign(bytes, k.size);
            expect_rebuilt(&k, bytes, k.size);
        }
    }
    free(bytes);
    free(k.bytes);
}

/* A database that Hyperscan itself refuses: its own magic number, version and checksum. */
static void test_foreign__another_database(void **state)
{
    kept k = made(PATTERNS);
    size_t at = HEADER + ((get64(k.bytes + AT_KEY) + 7) & ~(size_t)7);

    (void)state;
    for (size_t kind = 0; kind < 4; kind++) {
        size_t size = get64(k.bytes + AT_SIZES + 8 * kind);
        assert_true(size > 100);
        expect_refused(&k, at, (unsigned char)~k.bytes[at]);
        expect_refused(&k, at + 4, (unsigned char)~k.bytes[at + 4]);
        expect_refused(&k, at + size / 2, (unsigned char)~k.bytes[at + size / 2]);
        at += (size + 7) & ~(size_t)7;
    }
    assert_int_equal(at, k.size);
    free(k.bytes);
}

static void test_foreign__a_file_that_others_may_write_to(void **state)
{
    kept k = made(PATTERNS);

    (void)state;
    assert_int_equal(chmod(scratch_path(k.file), 0666), 0);
    assert_int_equal(load(PATTERNS, NULL), ATT_CACHE_MADE);
    assert_int_equal(load(PATTERNS, NULL), ATT_CACHE_FOUND);
    free(k.bytes);
}

/* ---- errors ---- */

/* Hyperscan words its reasons as it likes. */
static void expect_bad(const char *yaml, const char *place)
{
    att_lexicon *lexicon = NULL;
    att_error error;

    assert_int_equal(att_lexicon_parse(&lexicon, "x.yml", att_span_of(yaml), NULL, &error), ATT_BAD_INPUT);
    assert_memory_equal(error.message, place, strlen(place));
    assert_memory_equal(error.message + strlen(place), ": bad regex: ", 13);
}

static void test_errors__are_the_same_with_and_without_a_cache(void **state)
{
    (void)state;
    for (int round = 0; round < 2; round++) {
        assert_int_equal(load(PATTERNS, NULL), round ? ATT_CACHE_FOUND : ATT_CACHE_MADE);
        expect_bad(PATTERNS "    - {regex: 'a)(b'}\n", "x.yml:9:15");
        /* The syntax is right, but it cannot be compiled. */
        expect_bad(PATTERNS "    - {regex: 'fine+'}\n    - {regex: 'a{20000}'}\n    - {regex: 'b+'}\n", "x.yml:10:15");
        assert_int_equal(scratch_count(), 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_cache__is_found_once_it_is_made, setup, teardown),
        cmocka_unit_test_setup_teardown(test_cache__depends_on_the_patterns_alone, setup, teardown),
        cmocka_unit_test_setup_teardown(test_cache__is_not_bothered_with_what_needs_none, setup, teardown),
        cmocka_unit_test_setup_teardown(test_cache__off_compiles_each_time, setup, teardown),
        cmocka_unit_test_setup_teardown(test_damage__any_byte_is_noticed, setup, teardown),
        cmocka_unit_test_setup_teardown(test_damage__any_other_size_is_noticed, setup, teardown),
        cmocka_unit_test_setup_teardown(test_foreign__signing_is_what_makes_a_file_whole, setup, teardown),
        cmocka_unit_test_setup_teardown(test_foreign__another_program_version_or_processor, setup, teardown),
        cmocka_unit_test_setup_teardown(test_foreign__other_patterns_under_this_name, setup, teardown),
        cmocka_unit_test_setup_teardown(test_foreign__impossible_sizes, setup, teardown),
        cmocka_unit_test_setup_teardown(test_foreign__another_database, setup, teardown),
        cmocka_unit_test_setup_teardown(test_foreign__a_file_that_others_may_write_to, setup, teardown),
        cmocka_unit_test_setup_teardown(test_errors__are_the_same_with_and_without_a_cache, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
