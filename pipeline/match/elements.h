/* Elements against types: which token patterns does one token match? Private to the match stage.
 *
 * Literals, and globs that begin or end with letters, are looked up by hash: nothing to compile, and that is what
 * nearly all entries are. Globs without letters at either end and regexes are one Hyperscan database each, scanned once
 * for every new type. Glob patterns are written with separators (\x1fword\x1f) and never with ^, $ or \b, which compile
 * slowly. */
#ifndef ATT_MATCH_ELEMENTS_H
#define ATT_MATCH_ELEMENTS_H

#include "base/buffer.h"
#include "lexicon/lexicon.h"
#include "tokenise/fold.h"

/* A growing list of element ids. */
typedef struct {
    uint32_t *items;
    size_t count;
    size_t capacity;
} att_ids;

bool att_ids_add(att_ids *ids, uint32_t id); /* false: no memory */

/* The compiled elements; shared between threads. The elements must outlive it. */
typedef struct att_element_set att_element_set;
att_status att_element_set_new(att_element_set **out, const att_element *elements, uint32_t count, att_error *error);
void att_element_set_free(att_element_set *set);

/* The scratch memory of one thread. */
typedef struct att_element_scanner att_element_scanner;
att_status att_element_scanner_new(att_element_scanner **out, const att_element_set *set, att_error *error);
void att_element_scanner_free(att_element_scanner *scanner);

/* Replaces ids by those of the elements that the token matches, sorted, each once. */
att_status att_element_scan(att_element_scanner *scanner, att_span token, att_ids *ids, att_error *error);

#endif
