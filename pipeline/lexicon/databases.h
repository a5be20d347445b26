/* The patterns of a lexicon: the globs without letters at either end, and the regexes, compiled by Hyperscan. All other
 * elements are found by hash (match/texts.h) and need nothing compiled.
 *
 * Compiling takes 0.02 ms for a glob like *so*, 1 ms for another or a regex, 90 ms for a regex with \w; so it is done
 * once for a lexicon, when that is loaded, and what comes of it is kept (database_cache.h). */
#ifndef ATT_LEXICON_DATABASES_H
#define ATT_LEXICON_DATABASES_H

#include "base/arena.h"
#include "lexicon/lexicon.h"

/* One database each. Globs are asked about the folded token or the token in NFC, between separators (expression.h);
 * regexes about the folded token alone; those over turns about the turn's text, where the database only says which of
 * them may match (those that Hyperscan cannot express always may). */
typedef enum {
    ATT_GLOBS,
    ATT_GLOBS_EXACT,
    ATT_REGEXES,
    ATT_TOKEN_KINDS, /* of the former */
    ATT_TURNS = ATT_TOKEN_KINDS,
    ATT_DATABASE_KINDS
} att_database_kind;

typedef struct {
    const char **expressions;
    uint32_t *elements; /* of the lexicon: the one that matches where expression i does */
    unsigned count;
    struct hs_database *database; /* NULL: there are no expressions, or it is not made yet */
} att_database;

typedef struct att_databases {
    att_database of[ATT_DATABASE_KINDS];
    size_t patterns;         /* of all kinds */
    bool dear;               /* compiling them takes longer than reading a file */
    att_lexicon_cache cache; /* what was done to keep them; its texts are in the arena */
    att_arena arena;
} att_databases;

/* Sorts out which elements need a pattern, and writes it. A zeroed `out` is ready for this. */
att_status att_databases_collect(att_databases *out, const att_element *elements, size_t count, att_error *error);
void att_databases_clear(att_databases *databases);

/* Makes the databases. ATT_BAD_INPUT: an expression cannot be compiled; *bad is its element (UINT32_MAX: none in
 * particular), reason says why. */
att_status att_databases_compile(att_databases *databases, uint32_t *bad, char reason[256], att_error *error);

/* Is a regex one that Hyperscan takes, whole by itself and not only between the brackets that it is compiled in? Takes
 * up to 1 ms. expression is NUL-terminated. false: reason says why not. */
bool att_regex_is_sound(const char *expression, char reason[256]);

#endif
