/* pcre2_words LEXICON.tsv CORPUS > OUT.csv: one alternation a marker, just-in-time compiled by PCRE2, phrases first;
 * each turn is searched once for every marker. Within a marker the leftmost match counts and what it covers does not
 * count again. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MARKERS = 64, SLOTS = 1 << 15 };

typedef struct {
    char name[64];
    char *pattern;
    size_t size, room;
    pcre2_code *code;
} marker;

typedef struct {
    char *name;
    unsigned long tokens, counts[MARKERS];
} speaker;

static marker markers[MARKERS];
static size_t marker_count;
static speaker speakers[SLOTS];

static void fail(const char *what)
{
    fprintf(stderr, "pcre2_words: %s\n", what);
    exit(1);
}

static void append(marker *m, const char *text)
{
    size_t size = strlen(text);

    if (m->size + size + 1 > m->room) {
        m->room = 2 * (m->size + size + 1);
        m->pattern = realloc(m->pattern, m->room);
        if (!m->pattern)
            fail("no memory left");
    }
    memcpy(m->pattern + m->size, text, size + 1);
    m->size += size;
}

static marker *find_marker(const char *name)
{
    for (size_t i = 0; i < marker_count; i++)
        if (strcmp(markers[i].name, name) == 0)
            return &markers[i];
    if (marker_count == MARKERS)
        fail("too many markers");
    snprintf(markers[marker_count].name, sizeof markers->name, "%.63s", name);
    return &markers[marker_count++];
}

/* Entries hold letters, spaces and stars only. */
static void add_entry(const char *name, const char *entry)
{
    marker *m = find_marker(name);

    append(m, m->size ? "|" : "\\b(?:");
    for (; *entry; entry++) {
        const char letter[2] = {*entry, '\0'};
        append(m, *entry == '*' ? "\\w*" : *entry == ' ' ? "\\W+" : letter);
    }
}

/* Twice over the file: phrases come before the words in them. */
static void read_lexicon(const char *file_name)
{
    FILE *file = fopen(file_name, "rb");
    char line[1024];

    if (!file)
        fail("the lexicon cannot be read");
    for (int phrases = 1; phrases >= 0; phrases--) {
        rewind(file);
        while (fgets(line, sizeof line, file)) {
            char *entry = strchr(line, '\t');
            if (!entry)
                continue;
            *entry++ = '\0';
            entry[strcspn(entry, "\n")] = '\0';
            if ((strchr(entry, ' ') != NULL) == phrases)
                add_entry(line, entry);
        }
    }
    fclose(file);
}

static pcre2_code *compile(const char *pattern)
{
    int error;
    size_t offset;
    pcre2_code *code =
        pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
                      PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS | PCRE2_NO_UTF_CHECK, &error, &offset, NULL);

    if (!code || pcre2_jit_compile(code, PCRE2_JIT_COMPLETE))
        fail("a pattern does not compile");
    return code;
}

static unsigned long count(const pcre2_code *code, const char *text, size_t size, pcre2_match_data *data,
                           pcre2_match_context *context)
{
    unsigned long found = 0;
    const PCRE2_SIZE *range = pcre2_get_ovector_pointer(data);

    for (size_t at = 0; at<size; at = range[1]> at ? range[1] : at + 1, found++) {
        int result = pcre2_jit_match(code, (PCRE2_SPTR)text, size, at, 0, data, context);
        if (result == PCRE2_ERROR_NOMATCH)
            break;
        if (result < 0)
            fail("a match failed");
    }
    return found;
}

static speaker *find_speaker(const char *name, size_t size)
{
    unsigned long hash = 5381;

    for (size_t i = 0; i < size; i++)
        hash = hash * 33 + (unsigned char)name[i];
    for (size_t i = 0; i < SLOTS; i++) {
        speaker *s = &speakers[(hash + i) % SLOTS];
        if (!s->name && !(s->name = strndup(name, size)))
            fail("no memory left");
        if (strlen(s->name) == size && memcmp(s->name, name, size) == 0)
            return s;
    }
    fail("too many speakers");
    return NULL;
}

static void read_corpus(const char *name)
{
    FILE *file = fopen(name, "rb");
    pcre2_code *word = compile("\\w+(?:['’]\\w+)*");
    pcre2_match_data *data = pcre2_match_data_create(1, NULL);
    pcre2_match_context *context = pcre2_match_context_create(NULL);
    pcre2_jit_stack *stack = pcre2_jit_stack_create(32 * 1024, 1024 * 1024, NULL);
    char *line = NULL;
    size_t room = 0;
    ssize_t size;

    if (!file || !data || !context || !stack)
        fail("the corpus cannot be read");
    pcre2_jit_stack_assign(context, NULL, stack);
    while ((size = getline(&line, &room, file)) > 0) {
        const char *colon = strstr(line, ": ");
        if (!colon)
            continue;
        const char *text = colon + 2;
        size_t left = (size_t)(line + size - text);
        speaker *s = find_speaker(line, (size_t)(colon - line));
        s->tokens += count(word, text, left, data, context);
        for (size_t i = 0; i < marker_count; i++)
            s->counts[i] += count(markers[i].code, text, left, data, context);
    }
    free(line);
    fclose(file);
    pcre2_code_free(word);
    pcre2_match_data_free(data);
    pcre2_match_context_free(context);
    pcre2_jit_stack_free(stack);
}

int main(int argument_count, char **arguments)
{
    if (argument_count != 3) {
        fprintf(stderr, "usage: pcre2_words LEXICON.tsv CORPUS > OUT.csv\n");
        return 2;
    }
    read_lexicon(arguments[1]);
    for (size_t i = 0; i < marker_count; i++) {
        append(&markers[i], ")\\b");
        markers[i].code = compile(markers[i].pattern);
    }
    read_corpus(arguments[2]);
    puts("speaker,marker,count,tokens");
    for (size_t i = 0; i < SLOTS; i++)
        for (size_t j = 0; speakers[i].name && j < marker_count; j++)
            printf("%s,%s,%lu,%lu\n", speakers[i].name, markers[j].name, speakers[i].counts[j], speakers[i].tokens);
    return 0;
}
