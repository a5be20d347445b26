/* hs_floor LANGUAGE LEXICON.tsv CORPUS RUNS: Hyperscan's hs_scan and nothing else. The corpus is cut into words by ICU,
 * folded and packed (`\x1fword\x1fword\x1f`) before the clock starts; the entries of one word, globs too, are one
 * database in block mode. Prints the median CPU seconds of a pass of scans over RUNS passes after a warm-up, and the
 * number of matches: first with patterns as one would write them (`\x1fhope[^\x1f]*\x1f`), then as bare as they can be
 * with the same matches (`\x1fhope`), which are pure literals. What a tool that gives its folded text to hs_scan cannot
 * be faster than, with everything else for nothing. */
#include <ctype.h>
#include <hs.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unicode/ubrk.h>
#include <unicode/ustring.h>

enum { MOST_RUNS = 100, BLOCK = 256 * 1024 };

typedef struct {
    char *text;
    size_t size, room;
    size_t *ends; /* of blocks */
    size_t count, end_room;
} packed;

static void *must_have(void *memory)
{
    if (!memory) {
        fprintf(stderr, "hs_floor: no memory left\n");
        exit(1);
    }
    return memory;
}

static FILE *must_open(const char *name)
{
    FILE *file = fopen(name, "rb");

    if (!file) {
        perror(name);
        exit(1);
    }
    return file;
}

/* ---- The database --------------------------------------------------------------------------------------------------
 */

static char *make_pattern(const char *entry, bool bare)
{
    char *pattern = must_have(malloc(8 * strlen(entry) + 32)), *to = pattern;
    bool any_start = entry[0] == '*', any_end = entry[strlen(entry) - 1] == '*';

    to += sprintf(to, "%s", !any_start ? "\\x1f" : bare ? "" : "\\x1f[^\\x1f]*");
    for (const char *at = entry; *at; at++) {
        unsigned char c = (unsigned char)*at;
        if (isalnum(c))
            *to++ = (char)c;
        else if (c != '*')
            to += sprintf(to, "\\x%02x", c);
    }
    sprintf(to, "%s", !any_end ? "\\x1f" : bare ? "" : "[^\\x1f]*\\x1f");
    return pattern;
}

static hs_database_t *compile(const char *name, bool bare)
{
    FILE *file = must_open(name);
    char **patterns = NULL, *line = NULL;
    unsigned *flags, *ids, count = 0;
    size_t room = 0, line_room = 0;
    hs_database_t *database = NULL;
    hs_compile_error_t *error = NULL;

    while (getline(&line, &line_room, file) > 0) {
        char *entry = strchr(line, '\t');
        if (!entry || strchr(entry, ' '))
            continue;
        entry[strcspn(entry, "\n")] = '\0';
        if (count == room) {
            room = room ? 2 * room : 1024;
            patterns = must_have(realloc(patterns, room * sizeof *patterns));
        }
        patterns[count++] = make_pattern(entry + 1, bare);
    }
    fclose(file);
    free(line);
    flags = must_have(calloc(count + 1, sizeof *flags));
    ids = must_have(calloc(count + 1, sizeof *ids));
    for (unsigned i = 0; i < count; i++)
        ids[i] = i;
    if (hs_compile_multi((const char *const *)patterns, flags, ids, count, HS_MODE_BLOCK, NULL, &database, &error)) {
        fprintf(stderr, "hs_floor: %s\n", error->message);
        exit(1);
    }
    for (unsigned i = 0; i < count; i++)
        free(patterns[i]);
    free(patterns);
    free(flags);
    free(ids);
    return database;
}

/* ---- The text ------------------------------------------------------------------------------------------------------
 */

static void pack_line(packed *p, UBreakIterator *words, const UChar *line, int32_t size)
{
    UErrorCode code = U_ZERO_ERROR;
    int32_t start = 0, end, written;
    size_t most = p->size + 4 * (size_t)size + 2;

    if (most > p->room) {
        p->room = 2 * most;
        p->text = must_have(realloc(p->text, p->room));
    }
    if (p->count + 1 >= p->end_room) {
        p->end_room = p->end_room ? 2 * p->end_room : 1024;
        p->ends = must_have(realloc(p->ends, p->end_room * sizeof *p->ends));
    }
    p->text[p->size++] = '\x1f';
    ubrk_setText(words, line, size, &code);
    for (ubrk_first(words); (end = ubrk_next(words)) != UBRK_DONE; start = end) {
        if (ubrk_getRuleStatus(words) < UBRK_WORD_NONE_LIMIT)
            continue;
        u_strToUTF8(p->text + p->size, (int32_t)(3 * (end - start) + 1), &written, line + start, end - start, &code);
        p->size += (size_t)written;
        p->text[p->size++] = '\x1f';
    }
    if (!p->count || p->ends[p->count - 1] - (p->count > 1 ? p->ends[p->count - 2] : 0) >= BLOCK)
        p->count++;
    p->ends[p->count - 1] = p->size;
}

static packed pack_corpus(const char *language, const char *name)
{
    packed p = {0};
    UErrorCode code = U_ZERO_ERROR;
    UBreakIterator *words = ubrk_open(UBRK_WORD, language, NULL, 0, &code);
    FILE *file = must_open(name);
    char *line = NULL;
    UChar *wide = NULL, *folded = NULL;
    size_t room = 0, wide_room = 0;
    ssize_t size;

    while ((size = getline(&line, &room, file)) > 0) {
        const char *colon = strstr(line, ": "), *text = colon ? colon + 2 : line;
        int32_t units;
        if (wide_room < room) {
            wide_room = room;
            wide = must_have(realloc(wide, wide_room * sizeof *wide));
            folded = must_have(realloc(folded, 3 * wide_room * sizeof *folded));
        }
        code = U_ZERO_ERROR;
        u_strFromUTF8(wide, (int32_t)wide_room, &units, text, (int32_t)(line + size - text), &code);
        units = u_strFoldCase(folded, 3 * (int32_t)wide_room, wide, units, U_FOLD_CASE_DEFAULT, &code);
        if (U_SUCCESS(code))
            pack_line(&p, words, folded, units);
    }
    fclose(file);
    free(line);
    free(wide);
    free(folded);
    ubrk_close(words);
    return p;
}

/* ---- The scans -----------------------------------------------------------------------------------------------------
 */

static int count_match(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *context)
{
    (void)id;
    (void)from;
    (void)to;
    (void)flags;
    ++*(unsigned long *)context;
    return 0;
}

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double scan_all(const hs_database_t *database, const packed *p, hs_scratch_t *scratch, unsigned long *matches)
{
    double began = now();

    *matches = 0;
    for (size_t i = 0, start = 0; i < p->count; start = p->ends[i++])
        if (hs_scan(database, p->text + start, (unsigned)(p->ends[i] - start), 0, scratch, count_match, matches))
            exit(1);
    return now() - began;
}

int main(int count, char **arguments)
{
    int runs = count == 5 ? atoi(arguments[4]) : 0;

    if (runs < 1 || runs > MOST_RUNS) {
        fprintf(stderr, "usage: hs_floor LANGUAGE LEXICON.tsv CORPUS RUNS\n");
        return 2;
    }
    packed p = pack_corpus(arguments[1], arguments[3]);
    for (int bare = 0; bare < 2; bare++) {
        double seconds[MOST_RUNS];
        unsigned long matches;
        hs_scratch_t *scratch = NULL;
        hs_database_t *database = compile(arguments[2], bare);
        if (hs_alloc_scratch(database, &scratch))
            return 1;
        scan_all(database, &p, scratch, &matches);
        for (int i = 0; i < runs; i++)
            seconds[i] = scan_all(database, &p, scratch, &matches);
        qsort(seconds, (size_t)runs, sizeof *seconds, compare);
        printf("%.4f %lu\n", seconds[runs / 2], matches);
        hs_free_scratch(scratch);
        hs_free_database(database);
    }
    free(p.text);
    free(p.ends);
    return 0;
}
