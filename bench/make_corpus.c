/* make_corpus MEGABYTES SEED STUDY_FILE... > corpus.txt: `Name: text` turns like talk, for benchmarks where no real
 * corpus is at hand. Words are drawn by Zipf's law: the commonest are those of the study files in their order of
 * frequency, the rare ones are put together from syllables, so that the vocabulary keeps growing as it does in real
 * talk. */
#include <ctype.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TYPES = 200000, SPEAKERS = 40, WORD = 40 };

typedef struct {
    char text[WORD];
    unsigned count;
} word;

static word words[TYPES];
static size_t word_count;
static double share[TYPES]; /* cumulative */

static uint64_t random_next(uint64_t *state)
{
    *state += 0x9E3779B97F4A7C15u; /* splitmix64 */
    uint64_t z = *state;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static void count_word(const char *text, size_t size)
{
    if (size == 0 || size >= WORD)
        return;
    for (size_t i = 0; i < word_count; i++)
        if (strncmp(words[i].text, text, size) == 0 && words[i].text[size] == '\0') {
            words[i].count++;
            return;
        }
    if (word_count < TYPES / 2) {
        memcpy(words[word_count].text, text, size);
        words[word_count++].count = 1;
    }
}

static void count_file(const char *name)
{
    FILE *file = fopen(name, "rb");
    char line[8192];

    if (!file) {
        perror(name);
        exit(1);
    }
    while (fgets(line, sizeof line, file)) {
        const char *at = line;
        while (*at) {
            size_t size = 0;
            while (isalpha((unsigned char)at[size]) || (unsigned char)at[size] >= 0x80 || at[size] == '\'')
                size++;
            count_word(at, size);
            at += size ? size : 1;
        }
    }
    fclose(file);
}

static int compare(const void *a, const void *b)
{
    const word *x = a, *y = b;

    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return strcmp(x->text, y->text);
}

static void make_rare_words(uint64_t *seed)
{
    static const char *const syllables[] = {"ra",  "ne",  "lo",  "mi",  "tu",  "ka",  "so",  "ver", "pla", "qui",
                                            "den", "gor", "bel", "ith", "oun", "est", "ing", "ed",  "er",  "un"};

    for (; word_count < TYPES; word_count++) {
        char *text = words[word_count].text;
        for (uint64_t i = 0, count = 2 + random_next(seed) % 4; i < count; i++)
            strcat(text, syllables[random_next(seed) % (sizeof syllables / sizeof syllables[0])]);
    }
}

static const char *draw(uint64_t *seed)
{
    double at = (double)(random_next(seed) >> 11) / 9007199254740992.0 * share[TYPES - 1];
    size_t low = 0, high = TYPES - 1;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (share[middle] < at)
            low = middle + 1;
        else
            high = middle;
    }
    return words[low].text;
}

static size_t put_turn(uint64_t *seed)
{
    static const char *const ends[] = {" ", " ", " ", " ", " ", " ", " ", ", ", ". ", "? "};
    size_t size = (size_t)printf("Speaker %c%c: ", (char)('A' + random_next(seed) % 20),
                                 (char)('a' + random_next(seed) % (SPEAKERS / 20)));

    /* Log-normal lengths: most turns are short, some are long. */
    double u = (double)(random_next(seed) % 1000 + 1) / 1001, v = (double)(random_next(seed) % 1000) / 1000;
    size_t length = (size_t)exp(3.2 + 1.1 * sqrt(-2 * log(u)) * cos(6.283185307 * v)) + 1;
    for (size_t i = 0; i < length && i < 2000; i++)
        size += (size_t)printf("%s%s", draw(seed), i + 1 == length ? "." : ends[random_next(seed) % 10]);
    putchar('\n');
    return size + 1;
}

int main(int count, char **arguments)
{
    if (count < 4) {
        fprintf(stderr, "usage: make_corpus MEGABYTES SEED STUDY_FILE... > corpus.txt\n");
        return 2;
    }
    size_t wanted = strtoul(arguments[1], NULL, 10) << 20, size = 0;
    uint64_t seed = strtoull(arguments[2], NULL, 10);
    for (int i = 3; i < count; i++)
        count_file(arguments[i]);
    qsort(words, word_count, sizeof *words, compare);
    make_rare_words(&seed);
    for (size_t i = 0; i < TYPES; i++)
        share[i] = (i ? share[i - 1] : 0) + 1 / ((double)i + 2.7);
    while (size < wanted)
        size += put_turn(&seed);
    return fflush(stdout) ? 1 : 0;
}
