/* The lexicons of a run, by language, and the scheme that they share. */
#ifndef ATT_RUN_LEXICONS_H
#define ATT_RUN_LEXICONS_H

#include "lexicon/scheme.h"
#include "match/engine.h"
#include "run/language.h"
#include "tokenise/tokenise.h"

#include <attune/study.h>

/* All lexicons of one language. rules and engine are made when the first transcript needs them. */
typedef struct {
    const char *tag;
    const att_lexicon **lexicons;
    const att_marker_nodes **nodes;
    size_t count;
    bool senses;               /* the senses of hits are to be told */
    att_lexicon *builtin_cues; /* of the language; NULL: there are none, or nobody wants them */
    att_word_rules *rules;
    att_engine *engine;
    uint64_t *given_up; /* by the engine's expressions over turns: in how many turns of the run they took too long */
} att_run_language;

typedef struct {
    att_lexicon **items;
    size_t count;
    att_scheme_map map;
    att_run_language *languages;
    size_t language_count;
    bool built_in; /* none was named: these are all that the program has */
} att_run_lexicons;

/* Loads those that the study names, or all built-in ones where it names none (of the study's language, if it has one).
 * A study whose language none of them is for is an error. */
att_status att_run_lexicons_load(att_run_lexicons *out, const att_study *study, att_diagnostics *diagnostics,
                                 att_error *error);
void att_run_lexicons_clear(att_run_lexicons *lexicons);

/* The built-in cue words that this language's senses are told by; NULL: none. */
const att_builtin *att_run_language_cues(const att_run_language *language);

/* Are the senses wanted, but there are no cue words to tell them by? */
bool att_run_language_lacks_cues(const att_run_language *language);

/* The lexicons for a language tag: of the same tag, else of the same primary language; NULL: none. */
att_run_language *att_run_lexicons_find(const att_run_lexicons *lexicons, const char *tag);

/* Makes rules and engine where they are not there yet. One thread at a time. */
att_status att_run_language_prepare(att_run_language *language, att_error *error);

/* Says which regular expressions took too many steps, and in how many turns. */
void att_run_lexicons_warn(const att_run_lexicons *lexicons, att_diagnostics *diagnostics);

/* "en, de, sv", for messages. */
void att_run_lexicons_tags(const att_run_lexicons *lexicons, char *out, size_t size);

#endif
