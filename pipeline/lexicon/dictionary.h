/* A dictionary of any program: categories in a tree and the terms in them, as all programs have them.
 *
 * Readers make one of a file, writers make a file of one; a lexicon can be made of one too. What a format cannot say is
 * never dropped in silence: it is counted as a loss, with an example.
 *
 * A term is written as an entry of a lexicon is (docs/lexicon-format.md): `*` and `?` are globs, spaces part words, and
 * a backslash takes a sign literally. A reader translates into that, a writer out of it. All strings are UTF-8,
 * NUL-terminated, and live in the dictionary's arena. */
#ifndef ATT_LEXICON_DICTIONARY_H
#define ATT_LEXICON_DICTIONARY_H

#include "base/arena.h"
#include "base/buffer.h"
#include "model/hit.h"

#include <attune/error.h>
#include <attune/span.h>
#include <stdbool.h>
#include <stdint.h>

#define ATT_DICTIONARY_BYTES ((size_t)64 << 20)
#define ATT_NO_CATEGORY      UINT32_MAX
#define ATT_CATEGORY_DEPTH   25u /* a lexicon in YAML needs two levels for each, and may have 64 */
#define ATT_MOST_TERMS       5000000u
#define ATT_MOST_CATEGORIES  10000u

/* A kind of thing that got lost, and how often. */
typedef struct {
    const char *what; /* "weights", static */
    const char *remedy;
    uint64_t count;
    uint64_t line; /* of the first; 0: unknown */
    char example[96];
} att_loss;

enum { ATT_MOST_LOSSES = 40 };
typedef struct {
    att_loss items[ATT_MOST_LOSSES];
    size_t count;
} att_losses;

/* Counts one. what is compared by content; remedy (NULL: none) is what became of it. Those of a kind beyond
 * ATT_MOST_LOSSES count as the last one. */
void att_losses_add(att_losses *losses, const char *what, const char *remedy, att_span example, uint64_t line);

/* One warning for each kind: "FILE:LINE: what: N, the first is 'example'; remedy", or, where a target is named,
 * "FILE:LINE: target does not hold what: ...". */
void att_losses_tell(const att_losses *losses, const char *file, const char *target, att_diagnostics *diagnostics);

typedef struct {
    const char *name;  /* as the source has it */
    const char *label; /* NULL where none, as the following */
    const char *definition;
    const char *note;
    const char *source;
    const char *pole;
    const char *senses; /* "used, mentioned" */
    uint32_t parent;    /* ATT_NO_CATEGORY: at the top */
    uint32_t depth;     /* 0 at the top */
    uint64_t line;      /* in the source; 0: unknown */
} att_category;

typedef struct {
    const char *text;
    uint32_t size;     /* bytes of the text */
    uint32_t category; /* that it stands in; a term in several categories is several terms */
    int64_t weight;    /* millionths; 0: never, a term without weight has ATT_WEIGHT_ONE */
    const char *note;  /* NULL where none, as the following */
    const char *source;
    const char *const *excepts; /* texts like the term's */
    uint32_t except_count;
    bool exact; /* capitals must agree */
    bool regex; /* text is a regular expression for one token */
    uint64_t line;
} att_dictionary_term;

typedef struct {
    const char *file; /* that messages show; not owned */
    att_arena arena;
    att_category *categories; /* parents before children; after att_dictionary_group depth first */
    size_t category_count, category_capacity;
    uint32_t *slots; /* categories + 1 by parent and name */
    size_t slot_count;
    att_dictionary_term *terms; /* as the source has them; after att_dictionary_group by category */
    size_t term_count, term_capacity;
    size_t *first_term; /* of each category, and one more; made by att_dictionary_group */
    const char *name;   /* of the whole; NULL where the source says nothing, as the following */
    const char *language;
    const char *version;
    const char *licence;
    const char *citation;
    const char *description;
    att_losses losses; /* what the source says and this does not */
} att_dictionary;

/* A zeroed dictionary is empty. */
void att_dictionary_clear(att_dictionary *dictionary);

/* A copy in the arena; NULL: no memory. */
const char *att_dictionary_copy(att_dictionary *dictionary, att_span text);

/* Adds a category below parent, or finds the one of this name there: *out. White space at the ends is no part of a
 * name. ATT_BAD_INPUT: too many, or nested too deep. */
att_status att_dictionary_category(att_dictionary *dictionary, uint32_t parent, att_span name, uint64_t line,
                                   uint32_t *out, att_error *error);

/* The category of a path "a.b.c", made where it is not there. */
att_status att_dictionary_path(att_dictionary *dictionary, att_span path, uint64_t line, uint32_t *out,
                               att_error *error);

/* Appends a term with weight 1; what else there is to say is set in *out, good until the next call. */
att_status att_dictionary_add(att_dictionary *dictionary, uint32_t category, att_span text, uint64_t line,
                              att_dictionary_term **out, att_error *error);

/* Sorts categories depth first and terms by category, keeping their order otherwise, leaves out terms that stand twice
 * in a category (a loss), and makes first_term. Readers need not call it: att_dictionary_read does. */
att_status att_dictionary_group(att_dictionary *dictionary, att_error *error);

/* The terms as the lines of a file that names a text once, with all its categories: equal texts side by side, in the
 * order in which each comes first. To be freed; NULL: no memory. */
const att_dictionary_term **att_dictionary_by_text(const att_dictionary *dictionary);

/* "a.b.c", appended. */
void att_dictionary_put_path(att_buffer *out, const att_dictionary *dictionary, uint32_t category);

/* ---- Texts of terms and names; all append */

/* Text of another program as a term: signs that mean something in an entry get a backslash, `_` becomes a space where
 * `joined`, and of `*` and `?` those in `globs` stay. */
void att_term_put_literal(att_buffer *out, att_span text, const char *globs, bool joined);

/* A term without its backslashes, as other programs write it; on one line. */
void att_term_put_plain(att_buffer *out, att_span text);

/* What is in a term. */
enum {
    ATT_TERM_SPACE = 1 << 0,
    ATT_TERM_STAR_LAST = 1 << 1, /* at the end of a word */
    ATT_TERM_STAR = 1 << 2,      /* elsewhere in one */
    ATT_TERM_TOKEN = 1 << 3,     /* a word of asterisks only */
    ATT_TERM_QUESTION = 1 << 4,
    ATT_TERM_LANGUAGE = 1 << 5, /* alternatives, optional parts, gaps */
    ATT_TERM_LITERAL_STAR = 1 << 6,
    ATT_TERM_LITERAL_QUESTION = 1 << 7,
};
unsigned att_term_parts(att_span text);

/* Text on one line: line ends and tabs become spaces. */
void att_put_line(att_buffer *out, const char *text);
/* A field of a table, quoted too where it holds what might be taken for the delimiter when the file is read. */
void att_put_cell(att_buffer *out, att_span text, char delimiter);
/* Escaped for an attribute or text of XML, without what cannot stand there. */
void att_put_xml(att_buffer *out, const char *text, size_t size);

/* A scalar of YAML, quoted where it must be, or where other readers of YAML would not take it for a text. */
void att_put_yaml(att_buffer *out, const char *text, size_t size);

/* A name that a marker may have: what is no letter, digit, - or _ becomes _. */
void att_marker_put_name(att_buffer *out, const char *name);

/* Is the name only what att_marker_put_name makes of the label? Then other programs get the label for it. */
bool att_category_is_named_by_label(const att_category *category);
const char *att_category_shown(const att_category *category);

/* A number as millionths: digits with a sign and a point, at most 1,000,000. exact: no more than six decimals. */
bool att_weight_read(att_span text, int64_t *weight, bool *exact);
void att_weight_put(att_buffer *out, int64_t weight);

/* ---- Formats */

/* What a format can say, beside categories and words. */
enum {
    ATT_HOLDS_NESTING = 1 << 0,
    ATT_HOLDS_LABELS = 1 << 1,
    ATT_HOLDS_DEFINITIONS = 1 << 2,
    ATT_HOLDS_WEIGHTS = 1 << 3,
    ATT_HOLDS_NOTES = 1 << 4,    /* of terms */
    ATT_HOLDS_ANY_STAR = 1 << 5, /* not only at the end of the term's words */
    ATT_HOLDS_QUESTION = 1 << 6,
    ATT_HOLDS_TOKEN = 1 << 7, /* `*` alone for any word */
    ATT_HOLDS_TERMS = 1 << 8,
    ATT_HOLDS_LANGUAGE = 1 << 9, /* alternatives and the like: terms are written as in a lexicon */
};

typedef struct {
    const char *name;              /* for --to */
    const char *title;             /* for people: "LIWC dictionary" */
    const char *const *extensions; /* without the point; NULL ends */
    unsigned holds;                /* of the above */
    const char *taken;             /* signs that a term cannot begin with; NULL: none */
    bool utf8;                     /* encodings are its own business (XML) */
    bool (*sniff)(att_span text);  /* is it certainly one? text is UTF-8 where !utf8 */
    att_status (*read)(att_dictionary *out, const char *file, att_span text, att_error *error);
    /* What the format cannot hold is not in the dictionary any more. */
    void (*write)(att_buffer *out, const att_dictionary *dictionary);
} att_dictionary_format;

extern const att_dictionary_format att_dictionary_attune, att_dictionary_liwc, att_dictionary_dicx,
    att_dictionary_wordstat, att_dictionary_yoshikoder, att_dictionary_lcd, att_dictionary_lc3, att_dictionary_quanteda,
    att_dictionary_csv, att_dictionary_tsv, att_dictionary_codebook;
extern const att_dictionary_format *const att_dictionary_formats[]; /* NULL ends */

/* By name; NULL: there is none. By the file name's extension; NULL: it says nothing. */
const att_dictionary_format *att_dictionary_format_find(const char *name);
const att_dictionary_format *att_dictionary_format_of_name(const char *file);

/* The format of a content, by itself or else by the file's name; NULL: unknown. */
const att_dictionary_format *att_dictionary_recognise(const char *file, att_span text);

/* Reads a dictionary of any format but attune's own lexicons. encoding: NULL, or what overrules. What is lost is in
 * out->losses; a guessed encoding is a diagnostic. */
att_status att_dictionary_read(att_dictionary *out, const att_dictionary_format **format, const char *file,
                               att_span bytes, const char *encoding, att_diagnostics *diagnostics, att_error *error);

/* Leaves out, or says otherwise, what the format cannot hold. Grouped before and after. */
att_status att_dictionary_fit(att_dictionary *dictionary, const att_dictionary_format *format, att_losses *losses,
                              att_error *error);

#endif
