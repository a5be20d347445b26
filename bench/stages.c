/* stages LANGUAGE LEXICON FILE RUNS: what each stage of the pipeline costs on one transcript, one thread, cold
 * vocabulary: a group of turns at a time through all stages, as a run does it, with a clock around each. A line a
 * stage, separated by tabs: stage, nanoseconds a byte of the file, the limit it is held against, and that limit's
 * nanoseconds a byte ("-": none). Medians of RUNS passes after a warm-up.
 *
 * The limits are the least that could be done about the same data, measured in the same process: the kernel copying the
 * file, a look at every byte of a block in the cache, one look into a table for every token. */
#include "must.h"

#include "base/file.h"
#include "match/engine.h"
#include "read/format.h"
#include "read/scan.h"
#include "tally/transcript.h"
#include "tally/turns.h"
#include "tokenise/tokenise.h"

#include <attune/attune.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MOST_RUNS = 100, GROUP_TOKENS = 1024, BLOCK = 256 * 1024 };

enum { KERNEL, READ, TOKENISE, VOCABULARY, EVALUATE, MATCH, TALLY, STAGES };

static const char *const stage_names[STAGES] = {"read(): the kernel", "labels, notes, UTF-8", "tokenise", "vocabulary",
                                                "evaluate new types", "match, overlap",       "tally"};

enum { COPY, LOOK, LOOK_UP, CHECK, LIMITS };

static const char *const limit_names[LIMITS] = {"read() alone", "a look at each byte", "a table look-up a token",
                                                "UTF-8 check alone"};

static const int limit_of[STAGES] = {COPY, CHECK, LOOK, LOOK_UP, -1, LOOK_UP, LOOK_UP};

typedef struct {
    const char *file;
    int descriptor;
    void *plan; /* of the reader */
    att_engine *engine;
    att_word_rules *rules;
    const att_scheme *scheme;
    size_t bytes, tokens, types;
    double spent[STAGES];
    uint32_t *ids; /* of all tokens, kept in the warm-up */
    size_t id_count, id_room;
    bool keep_ids;
} bench;

typedef struct {
    bench *bench;
    att_matcher *matcher;
} learner;

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static ptrdiff_t give(att_source *source, void *to, size_t size)
{
    bench *b = source->state;
    double began = now();
    ptrdiff_t some = read(b->descriptor, to, size);

    b->spent[KERNEL] += now() - began;
    return some;
}

static att_status learn(void *context, uint32_t type, att_span token, uint64_t *note, att_error *error)
{
    learner *l = context;
    double began = now();
    att_status status = att_matcher_learn(l->matcher, type, token, note, error);

    l->bench->spent[EVALUATE] += now() - began;
    return status;
}

static void keep_ids(bench *b, const att_tokens *tokens)
{
    must_hold(att_grow(&b->ids, &b->id_room, b->id_count + tokens->count, sizeof *b->ids), "memory");
    memcpy(b->ids + b->id_count, tokens->type, tokens->count * sizeof *b->ids);
    b->id_count += tokens->count;
}

typedef struct {
    att_tokeniser *tokeniser;
    att_vocabulary *vocabulary;
    att_matcher *matcher;
    att_turn_tally *turn;
    att_transcript_tally tally;
    att_tokens tokens;
    att_hits hits;
} lane;

static void tally_group(bench *b, lane *l, const att_turn *turns, size_t count)
{
    att_error error;
    size_t hit = 0;

    for (size_t i = 0; i < count; i++) {
        const att_token_turn *tokens = &l->tokens.turns[i];
        size_t from = hit;
        while (hit < l->hits.count && l->hits.items[hit].first < tokens->first + tokens->count)
            hit++;
        att_turn_tally_piece(l->turn, tokens->count, l->hits.items + from, hit - from, NULL);
        b->tokens += tokens->count;
        if (!turns[i].continues)
            must(att_turn_tally_close(l->turn, att_transcript_tally_label(&l->tally, turns[i].label), &error), &error);
    }
}

/* Returns how many turns it took. */
static size_t run_group(bench *b, lane *l, const att_turn *turns, size_t count)
{
    att_error error;
    size_t taken = 0;
    double began = now(), learnt = b->spent[EVALUATE];

    att_tokens_empty(&l->tokens);
    while (taken < count && l->tokens.count < GROUP_TOKENS)
        must(att_tokenise_add(l->tokeniser, turns[taken++].text, &l->tokens, &error), &error);
    double tokenised = now();
    learner context = {b, l->matcher};
    must(att_vocabulary_assign(l->vocabulary, &l->tokens, learn, &context, &error), &error);
    double assigned = now();
    must(att_match(l->matcher, &l->tokens, &l->hits, &error), &error);
    double matched = now();
    tally_group(b, l, turns, taken);
    double tallied = now();
    if (b->keep_ids)
        keep_ids(b, &l->tokens);
    b->spent[TOKENISE] += tokenised - began;
    b->spent[VOCABULARY] += assigned - tokenised - (b->spent[EVALUATE] - learnt);
    b->spent[MATCH] += matched - assigned;
    b->spent[TALLY] += tallied - matched;
    return taken;
}

static void run_pass(bench *b)
{
    lane l = {0};
    const att_turn_batch *batch;
    void *reader = NULL;
    att_source source = {give, b};
    att_error error;

    memset(b->spent, 0, sizeof b->spent);
    b->tokens = 0;
    must(att_tokeniser_new(&l.tokeniser, b->rules, &error), &error);
    must(att_vocabulary_new(&l.vocabulary, 0, &error), &error);
    must(att_matcher_new(&l.matcher, b->engine, &error), &error);
    must(att_turn_tally_new(&l.turn, b->scheme, &error), &error);
    must(att_transcript_tally_init(&l.tally, att_span_of("bench"), att_span_of("en"), &error), &error);
    must_hold(lseek(b->descriptor, 0, SEEK_SET) == 0, b->file);
    must(att_format_txt.open(&reader, b->plan, &source, 0, UINT64_MAX, &error), &error);
    for (;;) {
        double began = now(), copied = b->spent[KERNEL];
        must(att_format_txt.next(reader, &batch, &error), &error);
        b->spent[READ] += now() - began - (b->spent[KERNEL] - copied);
        if (!batch->count)
            break;
        for (size_t i = 0; i < batch->count;)
            i += run_group(b, &l, batch->turns + i, batch->count - i);
        if (att_vocabulary_is_full(l.vocabulary)) {
            att_vocabulary_reset(l.vocabulary);
            att_matcher_reset(l.matcher);
        }
    }
    b->types = att_vocabulary_count(l.vocabulary);
    att_format_txt.close(reader);
    att_tokeniser_free(l.tokeniser);
    att_vocabulary_free(l.vocabulary);
    att_matcher_free(l.matcher);
    att_turn_tally_free(l.turn);
    att_transcript_tally_clear(&l.tally);
    att_tokens_clear(&l.tokens);
    att_hits_clear(&l.hits);
}

/* ---- Limits --------------------------------------------------------------------------------------------------------
 */

/* For a byte that is not there; the C library does it with the widest instructions there are. */
static unsigned look(const char *text, size_t size)
{
    return memchr(text, '\x01', size) != NULL;
}

static unsigned look_up(const bench *b, const uint64_t (*table)[2])
{
    uint64_t sum = 0;

    for (size_t i = 0; i < b->id_count; i++)
        sum += table[b->ids[i] < b->types ? b->ids[i] : 0][1];
    return (unsigned)sum;
}

/* Returns something of all that was seen, so that no compiler leaves it out. */
static unsigned run_limits(bench *b, double spent[LIMITS], const uint64_t (*table)[2])
{
    static char block[BLOCK];
    const att_scan *scan = att_scan_choose();
    uint64_t ill_formed = 0, controls = 0;
    unsigned seen = 1;
    ssize_t size;

    memset(spent, 0, LIMITS * sizeof *spent);
    must_hold(lseek(b->descriptor, 0, SEEK_SET) == 0, b->file);
    for (;;) {
        double began = now();
        size = read(b->descriptor, block, sizeof block);
        double copied = now();
        if (size <= 0)
            break;
        seen += look(block, (size_t)size);
        double looked = now();
        att_text_check(scan, block, (size_t)size, &ill_formed, &controls);
        spent[CHECK] += now() - looked;
        spent[LOOK] += looked - copied;
        spent[COPY] += copied - began;
    }
    double began = now();
    seen += look_up(b, table);
    spent[LOOK_UP] = now() - began;
    return seen + (unsigned)(ill_formed + controls);
}

/* ---- Report --------------------------------------------------------------------------------------------------------
 */

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double median_ns(const bench *b, const double *values, size_t step, int runs)
{
    double sorted[MOST_RUNS];

    for (int i = 0; i < runs; i++)
        sorted[i] = values[(size_t)i * step];
    qsort(sorted, (size_t)runs, sizeof *sorted, compare);
    return sorted[runs / 2] * 1e9 / (double)b->bytes;
}

static void report(bench *b, int runs)
{
    static double spent[MOST_RUNS][STAGES], limits[MOST_RUNS][LIMITS], sums[MOST_RUNS];
    uint64_t(*table)[2] = calloc(b->types + 1, sizeof *table);
    unsigned seen = 0;

    must_hold(table != NULL, "memory");
    for (int i = 0; i < runs; i++) {
        run_pass(b);
        memcpy(spent[i], b->spent, sizeof b->spent);
        for (int j = 0; j < STAGES; j++)
            sums[i] += b->spent[j];
        seen += run_limits(b, limits[i], (const uint64_t(*)[2])table);
    }
    for (int i = 0; i < STAGES; i++) {
        printf("%s\t%.3f", stage_names[i], median_ns(b, &spent[0][i], STAGES, runs));
        if (limit_of[i] >= 0)
            printf("\t%s\t%.3f\n", limit_names[limit_of[i]], median_ns(b, &limits[0][limit_of[i]], LIMITS, runs));
        else
            printf("\t-\t-\n");
    }
    printf("sum\t%.3f\t-\t-\n", median_ns(b, sums, 1, runs));
    fprintf(stderr, "stages: %zu bytes, %zu tokens, %zu raw types%s\n", b->bytes, b->tokens, b->types,
            seen ? "" : " (nothing seen)");
    free(table);
}

int main(int count, char **arguments)
{
    static char probe[ATT_PROBE];
    bench b = {0};
    att_lexicon *lexicon = NULL;
    att_scheme_map map = {0};
    att_read_options options = {0};
    att_error error;
    int runs = count == 5 ? atoi(arguments[4]) : 0;

    if (runs < 1 || runs > MOST_RUNS) {
        fprintf(stderr, "usage: stages LANGUAGE LEXICON FILE RUNS\n");
        return 2;
    }
    b.file = arguments[3];
    b.descriptor = open(b.file, O_RDONLY);
    must_hold(b.descriptor >= 0, b.file);
    b.bytes = (size_t)lseek(b.descriptor, 0, SEEK_END);
    ssize_t probed = pread(b.descriptor, probe, sizeof probe, 0);
    must_hold(probed >= 0, b.file);
    must(att_lexicon_load(&lexicon, arguments[2], NULL, &error), &error);
    const att_lexicon *lexicons[] = {lexicon};
    must(att_scheme_build(&map, lexicons, 1, &error), &error);
    const att_marker_nodes *nodes[] = {map.of[0]};
    must(att_engine_new(&b.engine, lexicons, nodes, 1, (att_cue_lexicons){NULL, 0}, &error), &error);
    must(att_word_rules_new(&b.rules, arguments[1], &error), &error);
    must(att_format_txt.plan(&b.plan, (att_span){probe, (size_t)probed}, (size_t)probed == b.bytes, b.file, &options,
                             &error),
         &error);
    b.scheme = &map.scheme;
    b.keep_ids = true;
    run_pass(&b);
    b.keep_ids = false;
    report(&b, runs);
    return 0;
}
