/* A lexicon that is being read: growing arrays, the table of interned elements, and how findings are told.
 *
 * Two ways of reading: for a run, the first error stops it and findings are warnings; for the author (`check`), errors
 * are collected in the diagnostics and reading goes on behind them, and findings are errors. */
#ifndef ATT_LEXICON_DRAFT_H
#define ATT_LEXICON_DRAFT_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/yaml.h"
#include "lexicon/lexicon.h"
#include "lexicon/marker_names.h"
#include "model/token.h"
#include "tokenise/fold.h"
#include "tokenise/tokenise.h"

#include <attune/error.h>
#include <stdbool.h>

#define ATT_ELEMENT_BYTES  1000u
#define ATT_ENTRY_ELEMENTS 64u /* of one sequence */
#define ATT_NAME_BYTES     200u

/* A marker's rule, until all markers are known. */
typedef struct {
    uint32_t marker;
    const att_yaml_node *text;
    const att_yaml_node *within; /* NULL: nothing is said */
} att_draft_rule;

typedef struct {
    att_sequence *items;
    size_t count, capacity;
} att_sequences;

typedef struct {
    const char *file;
    bool check;
    bool lenient;  /* of another program's dictionary: what is no entry here is left out with a warning */
    size_t errors; /* collected so far */
    att_diagnostics *diagnostics;
    att_error *error;
    att_arena *arena;                /* of the lexicon, as the following */
    struct att_databases *databases; /* databases.h */

    att_marker *markers;
    size_t marker_count, marker_capacity;
    att_entry *entries;
    size_t entry_count, entry_capacity;
    att_element *elements;
    size_t element_count, element_capacity;
    uint32_t *sequence;
    size_t sequence_count, sequence_capacity;
    att_sequences forms, exceptions;
    att_marker_names names; /* once all markers are read */
    att_exclusive_group *groups;
    size_t group_count, group_capacity;

    att_draft_rule *pending;
    size_t pending_count, pending_capacity;
    att_rule *rule_list;
    size_t rule_count, rule_capacity;
    att_rule_part *parts;
    size_t part_count, part_capacity;
    att_entry *rule_terms;
    size_t rule_term_count, rule_term_capacity;
    const char **rule_conditions;
    size_t rule_condition_count, rule_condition_capacity;
    att_entry *rule_entries;
    size_t rule_entry_count, rule_entry_capacity;

    att_lexicon_test *tests;
    size_t test_count, test_capacity;
    att_test_claim *claims;
    size_t claim_count, claim_capacity;

    uint32_t *slots; /* element ids + 1 by hash; 0: free */
    size_t slot_count;

    att_spelling spelling;
    const char *spelling_text;
    att_word_rules *rules;
    att_tokeniser *tokeniser;
    att_folder *folder;
    att_tokens tokens;
    att_buffer masked; /* a piece with letters in the place of its globs */
    att_buffer folded;
    att_buffer written; /* a term, written out one way */
    uint64_t work;      /* bytes of terms that were written out in several ways */
} att_draft;

/* A zeroed draft with file, check, diagnostics, error, arena and databases set is ready for this; language is
 * canonical. */
att_status att_draft_open(att_draft *draft, const char *language);
void att_draft_close(att_draft *draft);

/* Says what is wrong at a place and returns ATT_BAD_INPUT. */
att_status att_draft_refuse(att_draft *draft, const att_yaml_node *node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* May reading go on behind this status? */
bool att_draft_goes_on(const att_draft *draft, att_status status);

/* A finding: an error for the author, a warning in a run. */
void att_draft_find(att_draft *draft, uint64_t line, uint64_t column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Copies a text into the lexicon; NULL: no memory. */
const char *att_draft_copy(att_draft *draft, att_span text);

/* What `ignore:` and `affixes:` say, if they stand there. */
att_status att_draft_spelling(att_draft *draft, const att_yaml_node *ignore, const att_yaml_node *affixes);

/* Replaces out by a text of the lexicon as tokens are compared with it. */
static inline void att_draft_fold(att_draft *draft, att_buffer *out, att_span text, bool exact)
{
    att_fold_without(draft->folder, out, text, exact, draft->spelling.ignore);
}

/* The markers below `markers:`. */
att_status att_draft_markers(att_draft *draft, const att_yaml_node *markers);

/* The rules of the markers that were read, each behind those that it asks for. */
att_status att_draft_rules(att_draft *draft);

/* The examples of a marker: texts in which it must be found, and `not: TEXT` where it must not. */
att_status att_draft_marker_tests(att_draft *draft, const att_yaml_node *list, uint32_t marker);
/* Those of the lexicon: `text` with `hits`. After the markers. */
att_status att_draft_tests(att_draft *draft, const att_yaml_node *list);

/* The marker of a name (marker_names.h). ATT_NO_NODE: there is none, or, with the paths of the first of them in
 * `several`, more than one. */
uint32_t att_draft_find_marker(const att_draft *draft, att_span name, att_buffer *several);
/* The groups below `exclusive:`, once the markers are known; node may be NULL. */
att_status att_draft_exclusive(att_draft *draft, const att_yaml_node *node);

/* Markers contest tokens: those of the two poles (contest ATT_POLE_CONTEST), and those of each exclusive group. */
enum { ATT_POLE_CONTEST = 0 };
static inline size_t att_draft_contests(const att_draft *draft)
{
    return 1 + draft->group_count;
}

/* Replaces sides by the side of each marker in a contest (1 and up); 0: none. */
void att_draft_sides(const att_draft *draft, size_t contest, uint16_t *sides);

/* One entry of a marker. */
att_status att_draft_entry(att_draft *draft, uint32_t marker, const att_yaml_node *node);

/* Appends the sequences of a term to a list: one for each way to write it out, equal ones once. node is where it
 * stands; exact keeps the case. */
att_status att_draft_term(att_draft *draft, const att_yaml_node *node, bool exact, att_sequences *list);

/* Appends the one element of a regular expression over a token. */
att_status att_draft_regex(att_draft *draft, const att_yaml_node *node, att_sequences *list);

/* The same of one over a turn. */
att_status att_draft_turn_regex(att_draft *draft, const att_yaml_node *node, bool exact, att_sequences *list);

/* false: no memory. */
bool att_sequences_add(att_sequences *list, att_sequence sequence);

/* Compiles the globs and expressions that the matcher needs compiled, or takes them from the cache. */
att_status att_draft_compile(att_draft *draft);

/* Appends an element, taken from those that are there already if it can be. */
att_status att_draft_element(att_draft *draft, att_element_kind kind, att_span text);

/* What does not stop a run: duplicates, an entry in both poles, an empty marker, an entry that matches everything. */
att_status att_draft_findings(att_draft *draft);

/* What only an author wants to hear, as warnings. */
att_status att_draft_doubts(att_draft *draft);

#endif
