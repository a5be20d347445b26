/* Elements against types: which token patterns does one token match? Private to the match stage.
 *
 * Literals, and globs that begin or end with letters, are looked up by hash: nothing to compile, and that is what
 * nearly all entries are. Globs without letters at either end and regexes are found by the databases that each lexicon
 * brings (lexicon/databases.h), scanned once for every new type. */
#ifndef ATT_MATCH_ELEMENTS_H
#define ATT_MATCH_ELEMENTS_H

#include "base/buffer.h"
#include "lexicon/databases.h"
#include "tokenise/fold.h"

/* A growing list of element ids. */
typedef struct {
    uint32_t *items;
    size_t count;
    size_t capacity;
} att_ids;

bool att_ids_add(att_ids *ids, uint32_t id); /* false: no memory */

/* The compiled elements of several lexicons; shared between threads. Elements and databases must outlive it.
 *
 * Made in steps: for each lexicon its spelling, which gets a number, and its databases, with the set's number (map) for
 * each of the lexicon's elements; then the elements of all, each once in its spelling, and what they are to the phrases
 * (roles, ATT_BEGINS_… and ATT_FOLLOWS of phrases.h). Lexicons of one spelling share it, but for those with affixes:
 * what a word is stripped of is decided by one lexicon's elements. */
typedef struct att_element_set att_element_set;
att_status att_element_set_new(att_element_set **out, att_error *error);
att_status att_element_set_spelling(att_element_set *set, const att_spelling *spelling, uint32_t *number,
                                    att_error *error);
att_status att_element_set_use(att_element_set *set, uint32_t spelling, const att_databases *databases,
                               const uint32_t *map, att_error *error);
att_status att_element_set_finish(att_element_set *set, const att_element *elements, const uint8_t *roles,
                                  uint32_t count, att_error *error);
void att_element_set_free(att_element_set *set);

/* The scratch memory of one thread. */
typedef struct att_element_scanner att_element_scanner;
att_status att_element_scanner_new(att_element_scanner **out, const att_element_set *set, att_error *error);
void att_element_scanner_free(att_element_scanner *scanner);

/* The elements that a token matches, sorted, each once. */
typedef struct {
    att_ids later;  /* as a later word of a phrase */
    att_ids firsts; /* as a first word; only where that is not the same: */
    bool apart;     /* affixes came off */
} att_matched;

/* Replaces what is in out. */
att_status att_element_scan(att_element_scanner *scanner, att_span token, att_matched *out, att_error *error);
void att_matched_clear(att_matched *matched);

#endif
