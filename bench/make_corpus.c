/* make_corpus WORDS MEGABYTES SEED > corpus.txt: `Name: text` turns like talk in one language, the same bytes every
 * time.
 *
 * WORDS is a file of bench/words. Its sections are lists of words between blanks; `_` stands for a space, `-` alone for
 * nothing, and what is listed twice is drawn twice as often.
 *
 *   [common]      everyday words, in order of frequency; phrases too (`you_know`)
 *   [stems]       what rarer words are made of: beginning + stem (+ joint + stem) + ending
 *   [beginnings] [joints] [endings]   (may be missing)
 *   [syllables]   rare names are made of (may be missing)
 *   [speakers]    labels
 *   [marks]       what stands between two words; `.`, `?`, `।`, `。` and `？` end a sentence
 *
 * Words are drawn by Zipf's law, with a second, steeper slope for the rare ones, so that the vocabulary keeps growing
 * as it does in real talk. */
#include <ctype.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TYPES = 1 << 19, LIST = 2000, WORD = 512, LONGEST = 60, SPEAKERS = 240, GUIDE = 1 << 16 };

typedef struct {
    char *items[LIST];
    size_t count;
} list;

enum { COMMON, STEMS, BEGINNINGS, JOINTS, ENDINGS, SYLLABLES, NAMES, MARKS, SECTIONS };
static const char *const section_names[] = {"[common]",  "[stems]",     "[beginnings]", "[joints]",
                                            "[endings]", "[syllables]", "[speakers]",   "[marks]"};

static list lists[SECTIONS];
static char *types[TYPES]; /* by rank */
static uint64_t share[TYPES];
static uint32_t guide[GUIDE + 1]; /* the first type whose share reaches i / GUIDE */

static uint64_t random_next(uint64_t *state)
{
    *state += 0x9E3779B97F4A7C15u; /* splitmix64 */
    uint64_t z = *state;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static uint64_t random_below(uint64_t *state, uint64_t limit)
{
    return random_next(state) % limit;
}

static void fail(const char *what, const char *detail)
{
    fprintf(stderr, "make_corpus: %s: %s\n", what, detail);
    exit(1);
}

static char *keep(const char *text)
{
    char *copy = strdup(text);

    if (!copy)
        fail("memory", "none left");
    return copy;
}

static void read_words(const char *name)
{
    FILE *file = fopen(name, "rb");
    char line[4096];
    int section = -1;

    if (!file)
        fail(name, "cannot be read");
    while (fgets(line, sizeof line, file)) {
        if (line[0] == '#')
            continue;
        for (char *word = strtok(line, " \n"); word; word = strtok(NULL, " \n")) {
            if (word[0] == '[') {
                for (section = 0; section < SECTIONS && strcmp(word, section_names[section]) != 0; section++)
                    continue;
                if (section == SECTIONS)
                    fail(name, word);
                continue;
            }
            if (section < 0 || lists[section].count == LIST || strlen(word) > LONGEST)
                fail(name, "no section, or too many words or too long a word");
            for (char *at = word; *at; at++)
                *at = *at == '_' ? ' ' : *at;
            lists[section].items[lists[section].count++] = keep(strcmp(word, "-") == 0 ? "" : word);
        }
    }
    fclose(file);
    for (int i = 0; i < SECTIONS; i++)
        if (!lists[i].count && (i == COMMON || i == STEMS || i == NAMES || i == MARKS))
            fail(name, section_names[i]);
}

static const char *one_of(const list *from, uint64_t *seed)
{
    return from->count ? from->items[random_below(seed, from->count)] : "";
}

/* ASCII and the Latin letters of two bytes, which is all that the languages with capitals here need. */
static void set_case(char *word, bool capital)
{
    unsigned char *at = (unsigned char *)word;

    if (isascii(at[0]))
        word[0] = (char)(capital ? toupper(at[0]) : tolower(at[0]));
    else if (at[0] == 0xC3 && at[1] != 0x9F && at[1] != 0xBF)
        at[1] = (unsigned char)(capital ? at[1] & ~0x20u : at[1] | 0x20u);
}

/* stems: the most that may be put together. */
static void make_rare_word(char word[WORD], uint64_t stems, uint64_t *seed)
{
    uint64_t kind = random_below(seed, 100);

    word[0] = '\0';
    if (kind < 4) {
        snprintf(word, WORD, "%u", (unsigned)random_below(seed, kind < 2 ? 100 : 3000));
        return;
    }
    if (kind < 25 && lists[SYLLABLES].count) {
        for (uint64_t i = 0, count = 2 + random_below(seed, 3); i < count; i++)
            strcat(word, one_of(&lists[SYLLABLES], seed));
        set_case(word, true);
        return;
    }
    const char *beginning = one_of(&lists[BEGINNINGS], seed);
    char stem[WORD];
    strcpy(word, beginning);
    strcpy(stem, one_of(&lists[STEMS], seed));
    bool noun = isupper((unsigned char)stem[0]) || (unsigned char)stem[0] == 0xC3;
    for (uint64_t i = 0, count = 1 + random_below(seed, stems); i < count; i++) {
        if (word[0])
            set_case(stem, false);
        strcat(word, stem);
        if (i + 1 < count)
            strcat(word, one_of(&lists[JOINTS], seed));
        strcpy(stem, one_of(&lists[STEMS], seed));
    }
    strcat(word, one_of(&lists[ENDINGS], seed));
    if (noun && random_below(seed, 3))
        set_case(word, true);
}

/* The everyday words follow 1 / (r + 2.7) and are two thirds of all talk. Of the others the first few thousand go on
 * so, and then the slope is steeper, as in every large corpus. */
static void make_types(uint64_t *seed)
{
    static double weight[TYPES];
    double sum = 0, at = 0;
    const double turn = 4000, others = 0.5;

    for (size_t i = 0; i < TYPES; i++) {
        char word[WORD];
        if (i < lists[COMMON].count)
            types[i] = lists[COMMON].items[i];
        else {
            make_rare_word(word, (double)i < turn ? 1 : 2, seed);
            types[i] = keep(word);
        }
        double r = (double)i;
        weight[i] = r < turn ? 1 / (r + 2.7) : pow(r / turn, -1.75) / (turn + 2.7);
        weight[i] *= i < lists[COMMON].count ? 1 : others;
        sum += weight[i];
    }
    for (size_t i = 0; i < TYPES; i++) {
        at += weight[i];
        share[i] = (uint64_t)(at / sum * 9007199254740991.0); /* of 2^53 */
    }
    for (size_t i = 0, j = 0; i <= GUIDE; i++) {
        while (j + 1 < TYPES && share[j] < (uint64_t)i << 37)
            j++;
        guide[i] = (uint32_t)j;
    }
}

static const char *draw(uint64_t *seed)
{
    uint64_t at = random_next(seed) >> 11;
    size_t low = guide[at >> 37], high = guide[(at >> 37) + 1];

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (share[middle] < at)
            low = middle + 1;
        else
            high = middle;
    }
    return types[low];
}

static bool ends_sentence(const char *mark)
{
    static const char *const ends[] = {".", "?", "।", "。", "？"};

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (strncmp(mark, ends[i], strlen(ends[i])) == 0)
            return true;
    return false;
}

/* A turn in ten has curly apostrophes throughout: some people's word processors make them. */
static size_t put_word(const char *word, bool capital, bool curly)
{
    char text[WORD];
    size_t size = 0;

    strcpy(text, word);
    if (capital)
        set_case(text, true);
    for (const char *at = text; *at; at++) {
        if (*at == '\'' && curly) {
            size += 3;
            fputs("’", stdout);
        } else {
            size++;
            putchar(*at);
        }
    }
    return size;
}

static size_t put_turn(uint64_t *seed)
{
    uint64_t who = random_below(seed, SPEAKERS);
    const char *name = lists[NAMES].items[who % lists[NAMES].count], *end = ".";
    size_t size = who < lists[NAMES].count ? (size_t)printf("%s: ", name)
                                           : (size_t)printf("%s %u: ", name, (unsigned)(who / lists[NAMES].count + 1));
    bool curly = random_below(seed, 10) == 0, starts = true;

    /* Log-normal lengths: most turns are short, some are long. */
    double u = (double)(random_below(seed, 1000) + 1) / 1001, v = (double)random_below(seed, 1000) / 1000;
    size_t length = (size_t)exp(3.2 + 1.1 * sqrt(-2 * log(u)) * cos(6.283185307 * v)) + 1;
    for (size_t i = 0; i < length && i < 2000; i++) {
        size += put_word(draw(seed), starts, curly);
        const char *mark = one_of(&lists[MARKS], seed);
        starts = ends_sentence(mark);
        if (starts)
            end = mark;
        if (i + 1 < length)
            size += put_word(mark, false, false);
    }
    size += put_word(end, false, false);
    putchar('\n');
    return size + 1;
}

int main(int count, char **arguments)
{
    if (count != 4) {
        fprintf(stderr, "usage: make_corpus WORDS MEGABYTES SEED > corpus.txt\n");
        return 2;
    }
    double wanted = strtod(arguments[2], NULL) * 1e6;
    uint64_t seed = 1;
    read_words(arguments[1]);
    make_types(&seed); /* one language, whatever is said in it */
    seed += (strtoull(arguments[3], NULL, 10) - 1) * 0xD1B54A32D192ED03u;
    for (size_t size = 0; (double)size < wanted;)
        size += put_turn(&seed);
    return fflush(stdout) ? 1 : 0;
}
