/* The lexicon as the other stages see it: markers in a tree and entries made of token patterns.
 * Read-only after loading; may be shared between threads. */
#ifndef ATT_LEXICON_LEXICON_H
#define ATT_LEXICON_LEXICON_H

#include "lexicon/rule.h"
#include "model/hit.h"
#include "model/scheme.h"

#include <attune/error.h>
#include <attune/lexicon.h>
#include <attune/span.h>
#include <stdbool.h>

/* One token pattern of an entry. Two elements with equal kind and text are the same element everywhere in a lexicon
 * (they are interned), so that a type is matched against each only once. */
typedef enum {
    ATT_LITERAL,       /* text is the folded token */
    ATT_LITERAL_EXACT, /* text is the token in NFC, case kept */
    ATT_GLOB,          /* text is folded, with * (zero or more code points) and ? (one code point) */
    ATT_GLOB_EXACT,
    ATT_REGEX,      /* text is a Hyperscan expression that must match the whole folded token */
    ATT_TURN_REGEX, /* text is a PCRE2 expression over the whole turn (turn_regex.h): its own only sequence */
    ATT_TURN_REGEX_EXACT,
} att_element_kind;

static inline bool att_is_turn_regex(att_element_kind kind)
{
    return kind == ATT_TURN_REGEX || kind == ATT_TURN_REGEX_EXACT;
}

typedef struct {
    att_element_kind kind;
    att_span text;
    uint32_t spelling; /* 0 in a lexicon; in an engine the number of the spelling that it belongs to */
} att_element;

/* Limits that keep the ways to take affixes off a word few. */
enum { ATT_AFFIX_BYTES = 32, ATT_AFFIX_RUN = 4 };

/* A beginning or ending that words may be glued to, in the two forms in which tokens are compared. */
typedef struct {
    att_span folded;
    att_span exact;
} att_affix;

typedef struct {
    const att_affix *items;
    uint32_t count;
    uint32_t most;  /* how many may stand one behind the other; of endings 1 */
    uint32_t leave; /* letters that must remain */
} att_affixes;

/* How the tokens of a lexicon are compared beyond folding (docs/matching.md). */
typedef struct {
    unsigned ignore; /* bits of ATT_MARKS_* (tokenise/fold.h) */
    att_affixes prefixes;
    att_affixes suffixes;
} att_spelling;

/* Nothing beyond folding. */
static inline bool att_spelling_is_plain(const att_spelling *spelling)
{
    return !spelling->ignore && !spelling->prefixes.count && !spelling->suffixes.count;
}

/* One way to write an entry or an exception out: lexicon->sequence[first .. first + length) are element ids. */
typedef struct {
    uint32_t first;
    uint32_t length; /* 1 to 64; more than 1: a phrase */
} att_sequence;

typedef struct {
    const char *term;   /* as written */
    uint32_t marker;    /* index of the marker it stands in */
    uint32_t form;      /* its sequences: lexicon->forms[form .. form + forms) */
    uint32_t forms;     /* 1; more where it has alternatives, optional parts or gaps; no two are equal */
    uint64_t weight;    /* in millionths (ATT_WEIGHT_ONE, which is also what it is where none is given) */
    const char *source; /* NULL where none */
    const char *note;   /* NULL where none */
    uint32_t except;    /* the sequences of its exceptions: lexicon->exceptions[except .. except + excepts) */
    uint32_t excepts;
    uint64_t line; /* where it stands in its file */
    uint64_t column;
    bool ignored; /* a duplicate of an earlier one in its marker or of the other pole: never matched */
} att_entry;

typedef struct {
    const char *name;  /* "diag" */
    const char *path;  /* "lang.tech.diag" */
    const char *label; /* NULL where none */
    const char *definition;
    const char *note;
    const char *source;
    const char *rule;     /* as written; NULL: it has none */
    att_pole pole;        /* its own or inherited */
    uint8_t senses;       /* bits over att_sense; default ATT_USED only */
    uint32_t parent;      /* marker index, ATT_NO_NODE at the top */
    uint32_t depth;       /* 0 at the top */
    uint32_t first_entry; /* own entries are contiguous: entries[first_entry .. first_entry + entry_count) */
    uint32_t entry_count;
    uint64_t line;
    uint64_t column;
} att_marker;

/* An example that a lexicon brings, and what must be found in it. */
typedef struct {
    uint32_t marker;
    uint32_t hits; /* in the senses that the marker counts */
    bool at_least; /* that many or more */
} att_test_claim;

typedef struct {
    att_span text;
    uint32_t first_claim, claim_count; /* in lexicon->test_claims */
    uint64_t line, column;
} att_lexicon_test;
/* Markers that contest tokens with each other, each together with all below it (exclusive.h). */
typedef struct {
    const uint32_t *markers;
    uint32_t count;
} att_exclusive_group;

struct att_lexicon {
    const char *file; /* path, or "built-in en/peer-support" */
    const char *name;
    const char *language; /* BCP 47, canonical case: "en", "de", "zh-Hant" */
    const char *version;  /* "" where none, as the following */
    const char *licence;
    const char *citation;
    const char *description;
    att_spelling spelling;
    const char *spelling_text; /* the same in words; "" where it is plain */
    uint64_t hash;             /* XXH3 of the file's bytes */
    const att_marker *markers; /* parents before children, in file order (depth first) */
    const att_entry *entries;  /* in file order */
    uint32_t marker_count, entry_count;
    const att_element *elements; /* interned */
    const uint32_t *sequence;    /* element ids */
    const att_sequence *forms;
    const att_sequence *exceptions;
    const att_exclusive_group *groups;
    uint32_t element_count, group_count;
    const att_rule *rules; /* those that others ask for come first */
    const att_rule_part *rule_parts;
    const att_entry *rule_terms; /* each with its sequences, as an entry; not among `entries` */
    uint32_t rule_count, rule_term_count;
    const att_entry *rule_entries;      /* one a rule, for what shows hits: `term` is the rule; without elements */
    const char *const *rule_conditions; /* the columns that conditions ask for, each once */
    const att_lexicon_test *tests;
    uint32_t rule_condition_count, test_count;
    const att_test_claim *test_claims;
    struct att_lexicon *cues; /* its own lists of cue words (cues.h), by the name of the list; NULL: none */
    const struct att_databases *databases; /* of the elements that need a pattern (databases.h) */
    void *memory;                          /* owns all of the above */
    bool cues_replace;                     /* `cues` stand in place of the built-in ones */
};

#endif
