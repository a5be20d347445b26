/* stages LEXICON FILE: what each stage of the pipeline costs on one transcript, cold vocabulary, one thread:
 * nanoseconds a byte and MB/s of CPU time, each stage alone on what the stages before it made (held in memory). Median
 * of 5 passes. */
#include "base/file.h"
#include "match/engine.h"
#include "read/format.h"
#include "tally/transcript.h"
#include "tally/turns.h"
#include "tokenise/tokenise.h"

#include <attune/attune.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { PASSES = 5 };

typedef struct {
    att_buffer file;
    size_t at; /* of the source */
    att_turn *turns;
    size_t turn_count, turn_capacity;
    att_tokens *tokens; /* by turn */
    att_hits *hits;     /* by turn */
    att_lexicon *lexicon;
    att_scheme_map map;
    att_engine *engine;
    att_word_rules *rules;
} bench;

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void must(att_status status, const att_error *error)
{
    if (!status)
        return;
    fprintf(stderr, "stages: %s\n", error->message);
    exit(1);
}

static ptrdiff_t give(att_source *source, void *to, size_t size)
{
    bench *b = source->state;
    size_t left = b->file.size - b->at, some = left < size ? left : size;

    memcpy(to, b->file.data + b->at, some);
    b->at += some;
    return (ptrdiff_t)some;
}

/* keep: the turns are kept, with copies of their text (the reader's memory moves on). */
static void read_all(bench *b, bool keep)
{
    const att_format *format = &att_format_txt;
    const att_turn_batch *batch;
    att_read_options options = {0};
    att_layout *layout = NULL;
    att_reader *reader = NULL;
    att_source source = {give, b};
    att_error error;
    size_t probe = b->file.size < ATT_PROBE ? b->file.size : ATT_PROBE;

    b->at = 0;
    must(format->plan(&layout, (att_span){b->file.data, probe}, probe == b->file.size, "corpus", &options, &error),
         &error);
    must(format->open(&reader, layout, &source, 0, UINT64_MAX, &error), &error);
    for (;;) {
        must(format->next(reader, &batch, &error), &error);
        if (!batch->count)
            break;
        for (size_t i = 0; keep && i < batch->count; i++) {
            if (!att_grow(&b->turns, &b->turn_capacity, b->turn_count + 1, sizeof *b->turns))
                exit(1);
            att_turn turn = batch->turns[i];
            turn.text.text = memcpy(malloc(turn.text.size + 1), turn.text.text, turn.text.size);
            turn.label.text = memcpy(malloc(turn.label.size + 1), turn.label.text, turn.label.size);
            b->turns[b->turn_count++] = turn;
        }
    }
    format->close(reader);
    format->forget(layout);
}

static void stage_read(bench *b)
{
    read_all(b, false);
}

static void stage_tokenise(bench *b)
{
    att_tokeniser *tokeniser = NULL;
    att_error error;

    must(att_tokeniser_new(&tokeniser, b->rules, &error), &error);
    for (size_t i = 0; i < b->turn_count; i++)
        must(att_tokenise(tokeniser, b->turns[i].text, &b->tokens[0], &error), &error);
    att_tokeniser_free(tokeniser);
}

/* Tokens of every turn, once, for the stages behind. */
static void make_tokens(bench *b)
{
    att_tokeniser *tokeniser = NULL;
    att_tokens scratch = {0};
    att_error error;

    must(att_tokeniser_new(&tokeniser, b->rules, &error), &error);
    for (size_t i = 0; i < b->turn_count; i++) {
        must(att_tokenise(tokeniser, b->turns[i].text, &scratch, &error), &error);
        att_tokens *kept = &b->tokens[i + 1];
        kept->count = scratch.count;
        kept->type = calloc(scratch.count + 1, sizeof *kept->type);
        kept->note = calloc(scratch.count + 1, sizeof *kept->note);
        kept->start = memcpy(malloc((scratch.count + 1) * 4), scratch.start, scratch.count * 4);
        kept->end = memcpy(malloc((scratch.count + 1) * 4), scratch.end, scratch.count * 4);
        kept->gap = memcpy(malloc(scratch.count + 1), scratch.gap, scratch.count + 1);
    }
    att_tokens_clear(&scratch);
    att_tokeniser_free(tokeniser);
}

static att_matcher *assign(bench *b, bool learn)
{
    att_vocabulary *vocabulary = NULL;
    att_matcher *matcher = NULL;
    att_error error;

    must(att_vocabulary_new(&vocabulary, 0, &error), &error);
    must(att_matcher_new(&matcher, b->engine, &error), &error);
    for (size_t i = 0; i < b->turn_count; i++)
        must(att_vocabulary_assign(vocabulary, b->turns[i].text, &b->tokens[i + 1], learn ? att_matcher_learn : NULL,
                                   matcher, &error),
             &error);
    att_vocabulary_free(vocabulary);
    return matcher;
}

static void stage_hash(bench *b)
{
    att_matcher_free(assign(b, false));
}

static void stage_learn(bench *b)
{
    att_matcher_free(assign(b, true));
}

static att_matcher *warm; /* of the last stage_learn's notes */

static void stage_match(bench *b)
{
    att_error error;

    for (size_t i = 0; i < b->turn_count; i++)
        must(att_match(warm, &b->tokens[i + 1], &b->hits[0], &error), &error);
}

static void make_hits(bench *b)
{
    att_error error;

    for (size_t i = 0; i < b->turn_count; i++) {
        must(att_match(warm, &b->tokens[i + 1], &b->hits[0], &error), &error);
        b->hits[i + 1].count = b->hits[0].count;
        b->hits[i + 1].items = malloc((b->hits[0].count + 1) * sizeof(att_hit));
        memcpy(b->hits[i + 1].items, b->hits[0].items, b->hits[0].count * sizeof(att_hit));
    }
}

static void stage_tally(bench *b)
{
    att_transcript_tally tally = {0};
    att_turn_tally *turn = NULL;
    att_error error;

    must(att_transcript_tally_init(&tally, att_span_of("corpus"), att_span_of("en"), &error), &error);
    must(att_turn_tally_new(&turn, &b->map.scheme, &error), &error);
    for (size_t i = 0; i < b->turn_count; i++) {
        att_turn_tally_piece(turn, b->tokens[i + 1].count, b->hits[i + 1].items, b->hits[i + 1].count);
        must(att_turn_tally_close(turn, att_transcript_tally_label(&tally, b->turns[i].label), &error), &error);
    }
    att_turn_tally_free(turn);
    att_transcript_tally_clear(&tally);
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double report(bench *b, const char *name, void (*stage)(bench *))
{
    double seconds[PASSES];

    for (int i = 0; i < PASSES; i++) {
        double began = now();
        stage(b);
        seconds[i] = now() - began;
    }
    qsort(seconds, PASSES, sizeof *seconds, compare);
    double median = seconds[PASSES / 2];
    printf("%-36s %8.3f %8.0f\n", name, median * 1e9 / (double)b->file.size, (double)b->file.size / 1e6 / median);
    return median;
}

int main(int count, char **arguments)
{
    bench b = {0};
    att_error error;
    double sum = 0;

    if (count != 3) {
        fprintf(stderr, "usage: stages LEXICON FILE\n");
        return 2;
    }
    must(att_file_read(&b.file, arguments[2], (size_t)2 << 30, &error), &error);
    must(att_lexicon_load(&b.lexicon, arguments[1], NULL, &error), &error);
    const att_lexicon *lexicons[] = {b.lexicon};
    must(att_scheme_build(&b.map, lexicons, 1, &error), &error);
    const att_marker_nodes *nodes[] = {b.map.of[0]};
    must(att_engine_new(&b.engine, lexicons, nodes, 1, &error), &error);
    must(att_word_rules_new(&b.rules, att_lexicon_language(b.lexicon), &error), &error);
    read_all(&b, true);
    b.tokens = calloc(b.turn_count + 1, sizeof *b.tokens);
    b.hits = calloc(b.turn_count + 1, sizeof *b.hits);
    make_tokens(&b);

    printf("%-36s %8s %8s\n", "stage", "ns/byte", "MB/s");
    sum += report(&b, "read", stage_read);
    sum += report(&b, "tokenise (with gaps)", stage_tokenise);
    double hash = report(&b, "vocabulary alone", stage_hash);
    double learn = report(&b, "vocabulary, types evaluated", stage_learn);
    printf("%-36s %8.3f\n", "  of which evaluation", (learn - hash) * 1e9 / (double)b.file.size);
    warm = assign(&b, true);
    sum += learn + report(&b, "match (phrases, overlap)", stage_match);
    make_hits(&b);
    sum += report(&b, "tally", stage_tally);
    printf("%-36s %8.3f %8.0f\n", "sum", sum * 1e9 / (double)b.file.size, (double)b.file.size / 1e6 / sum);
    return 0;
}
