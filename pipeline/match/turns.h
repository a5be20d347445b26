/* Regular expressions over whole turns (lexicon/turn_regex.h): Hyperscan says which turns may hold a match, PCRE2
 * where. Private to the match stage.
 *
 * A hit covers the tokens that the match touches; one that touches none, or is empty, is none. Matches of an expression
 * do not overlap: the next is looked for behind the last. An expression that takes too many steps somewhere in a turn
 * has no hit in that turn, and it is counted how often that was. From where the last match or window ended,
 * a window of at most 64 KiB, ended at white space, is looked through: so the time stays proportional to the text, and
 * a match begins and ends in one. */
#ifndef ATT_MATCH_TURNS_H
#define ATT_MATCH_TURNS_H

#include "lexicon/databases.h"
#include "match/overlap.h"
#include "match/phrases.h"
#include "model/token.h"

/* The expressions of an engine. Read-only after building. */
typedef struct {
    struct turn_expression *items;
    size_t count, capacity;
    struct turn_database *databases;
    size_t database_count, database_capacity;
    uint32_t *by_element;       /* the engine's: item + 1; NULL before there is any */
    struct hs_scratch *scratch; /* to be cloned */
} att_turn_regexes;

/* Adds an entry that is this element alone; `elements` bounds the engine's numbers. The entry becomes one of the
 * phrases' accepts. file is the entry's lexicon. */
att_status att_turn_regexes_add(att_turn_regexes *regexes, att_phrases *phrases, const att_element *element,
                                uint32_t number, uint32_t elements, uint32_t entry, const att_entry *source,
                                const char *file, att_error *error);

/* Takes a lexicon's database into use, when its entries have been added. map: its elements to the engine's. */
att_status att_turn_regexes_use(att_turn_regexes *regexes, const att_databases *databases, const uint32_t *map,
                                att_error *error);
void att_turn_regexes_clear(att_turn_regexes *regexes);

/* The memory of one thread. */
typedef struct att_turn_scanner att_turn_scanner;
att_status att_turn_scanner_new(att_turn_scanner **out, const att_turn_regexes *regexes, const att_phrases *phrases,
                                att_error *error);
void att_turn_scanner_free(att_turn_scanner *scanner);

/* Adds the matches in all turns to the spans and puts these in order again. */
att_status att_turn_scan(att_turn_scanner *scanner, const att_tokens *tokens, att_match_spans *spans, att_error *error);

/* In how many turns (or pieces) an expression took too many steps. */
uint64_t att_turn_scanner_given_up(const att_turn_scanner *scanner, size_t index);

/* Where an expression stands: its first entry, and the file of that. */
const att_entry *att_turn_regexes_entry(const att_turn_regexes *regexes, size_t index, const char **file);

#endif
