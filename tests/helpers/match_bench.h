/* Everything that a lexicon or two need to match texts. Failures end the test. */
#ifndef TEST_MATCH_BENCH_H
#define TEST_MATCH_BENCH_H

#include "match/engine.h"
#include "tokenise/tokenise.h"

typedef struct {
    att_lexicon *lexicon, *second, *cues;
    att_scheme_map map;
    att_engine *engine;
    att_matcher *matcher;
    att_word_rules *rules;
    att_tokeniser *tokeniser;
    att_vocabulary *vocabulary;
    att_tokens tokens;
    att_hits hits;
} match_bench;

/* yaml, second: the texts of lexicons, "test.yml" and "second.yml"; second may be NULL. cues: the name of a built-in
 * list of cue words, or the text of one; NULL: none. */
match_bench match_bench_new(const char *yaml, const char *second, const char *cues);
void match_bench_clear(match_bench *b);

/* The tokens and the hits of texts, a turn each. */
void match_bench_match(match_bench *b, const char *const *texts, size_t count);

#endif
