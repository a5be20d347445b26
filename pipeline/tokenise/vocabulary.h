/* The vocabulary: raw token bytes to type ids, exactly.
 *
 * Folding and matching happen once per distinct raw token, its *type*; the text itself is only hashed. Ids count up
 * from 0 in the order in which types are first met. The table is seeded, so that chosen collisions cannot slow it, and
 * bounded: its owner empties it between turns once it is full. One a thread. */
#ifndef ATT_TOKENISE_VOCABULARY_H
#define ATT_TOKENISE_VOCABULARY_H

#include "model/token.h"

#include <attune/error.h>
#include <attune/span.h>
#include <stdbool.h>

typedef struct att_vocabulary att_vocabulary;

/* limit: types after which att_vocabulary_is_full says so; 0: the default, 400,000 (about 30 MB). */
att_status att_vocabulary_new(att_vocabulary **out, size_t limit, att_error *error);
void att_vocabulary_free(att_vocabulary *vocabulary);

/* Called once for every new type: what is to be kept with it goes into *note. token is its bytes. */
typedef att_status att_type_learner(void *context, uint32_t type, att_span token, uint64_t *note, att_error *error);

/* Fills type and note of all tokens; new types are added whatever the limit (a turn piece holds at most 2^20). learn
 * may be NULL: notes are 0. After an error the vocabulary must be reset. */
att_status att_vocabulary_assign(att_vocabulary *vocabulary, att_tokens *tokens, att_type_learner *learn, void *context,
                                 att_error *error);

size_t att_vocabulary_count(const att_vocabulary *vocabulary);
att_span att_vocabulary_text(const att_vocabulary *vocabulary, uint32_t type); /* valid until the next assign */
bool att_vocabulary_is_full(const att_vocabulary *vocabulary);
void att_vocabulary_reset(att_vocabulary *vocabulary); /* forgets all types; ids start at 0 again */

#endif
