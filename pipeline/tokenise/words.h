/* Word boundaries by the rules table: one implementation a processor, the same result. Private to the tokenise stage.
 *
 * Each fills start and end, and gap where it knows it (ATT_GAP_UNKNOWN elsewhere), from the arrays' beginning on, and
 * returns how many tokens there are, or ATT_WORDS_HAND_OVER when the text holds a dictionary script. The arrays must
 * have room for text.size + ATT_WORDS_SLACK; what lies behind the tokens there may be overwritten. */
#ifndef ATT_TOKENISE_WORDS_H
#define ATT_TOKENISE_WORDS_H

#include "tokenise/rules.h"

#define ATT_WORDS_HAND_OVER SIZE_MAX
enum { ATT_WORDS_SLACK = 64 };

typedef size_t att_words_function(const att_word_rules *rules, att_span text, att_tokens *tokens);

att_words_function att_words_scalar;
#if defined(__x86_64__)
att_words_function att_words_avx2;
att_words_function att_words_avx512;
#endif

/* The fastest that the processor can do, or the one that ATTUNE_CPU (scalar, avx2, avx512) asks for, if it can. */
att_words_function *att_words_choose(void);

/* One segment of the state machine: [from, end), and whether it is a word. */
typedef struct {
    size_t end;
    bool is_word;
    bool dictionary; /* a character of a dictionary script was met: only ICU knows */
} att_segment;

/* The segment that begins at `from`, a boundary; from < text.size. */
att_segment att_segment_find(const att_word_rules *rules, att_span text, size_t from);

/* Reads on from a boundary, segment by segment, to a boundary behind byte `last` from which a chunk tokeniser can go on
 * by itself; adds tokens. Returns that boundary, or ATT_WORDS_HAND_OVER. */
size_t att_words_step(const att_word_rules *rules, att_span text, size_t at, size_t last, att_tokens *tokens,
                      size_t *count);

#endif
