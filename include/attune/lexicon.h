/* Lexicons: markers and their entries for one language, read from YAML (docs/lexicon-format.md).
 *
 * A loaded lexicon never changes and may be shared between threads. Strings belong to the lexicon. */
#ifndef ATTUNE_LEXICON_H
#define ATTUNE_LEXICON_H

#include <attune/error.h>
#include <attune/span.h>
#include <attune/study.h>
#include <stddef.h>
#include <stdint.h>

typedef struct att_lexicon att_lexicon;

/* Loads a lexicon by path (it holds a '/' that leads to a file, or ends in .yml or .yaml) or by the name of a built-in
 * one ("en/peer-support"). Findings that do not stop it (duplicates, an entry in both poles, an empty marker) go
 * to diagnostics as warnings; what makes it unreadable is the error. diagnostics may be NULL. */
att_status att_lexicon_load(att_lexicon **out, const char *name, att_diagnostics *diagnostics, att_error *error);

/* Dictionaries of other programs load too (docs/dictionaries.md): they say nothing of their language, and text files of
 * them nothing of their encoding. */
typedef struct {
    const char *language; /* BCP 47; NULL: a dictionary that does not say it is an error (ATT_USAGE) */
    const char *encoding; /* NULL: by its bytes */
} att_lexicon_options;

/* The same as att_lexicon_load and att_lexicon_check with this said; options may be NULL. A lexicon of attune's own
 * says both itself. */
att_status att_lexicon_load_as(att_lexicon **out, const char *name, const att_lexicon_options *options,
                               att_diagnostics *diagnostics, att_error *error);
att_status att_lexicon_check_as(const char *name, const att_lexicon_options *options, att_diagnostics *diagnostics);

/* The same from memory; file is the name that messages show. */
att_status att_lexicon_parse(att_lexicon **out, const char *file, att_span yaml, att_diagnostics *diagnostics,
                             att_error *error);
void att_lexicon_free(att_lexicon *lexicon); /* NULL is fine */

/* All findings about a lexicon file, for its author: the warnings of loading become errors, and doubtful entries are
 * named. ATT_OK: nothing to mend; ATT_BAD_INPUT: there are errors, see diagnostics (also when it does not load). */
att_status att_lexicon_check(const char *name, att_diagnostics *diagnostics);

/* Tries the examples that the lexicon brings (`tests:`): each that is not as it says is an error in the diagnostics,
 * with its place and what was found. *tried: how many there are. ATT_BAD_INPUT: one failed. */
att_status att_lexicon_try(const char *name, const att_lexicon_options *options, size_t *tried,
                           att_diagnostics *diagnostics, att_error *error);

/* What an entry caught in some transcripts. */
typedef struct {
    const char *form; /* folded */
    uint64_t count;
} att_caught_form;

typedef struct {
    const char *marker; /* path */
    const char *entry;  /* as written */
    uint64_t line, column;
    uint64_t hits;                /* in all senses, after overlap: what a longer match took is not counted */
    const att_caught_form *forms; /* the most frequent first */
    size_t form_count;
} att_caught;

/* Called for each entry in the order of the file; what it gets is valid during the call. A status other than ATT_OK
 * stops and is returned. */
typedef att_status att_caught_function(void *context, const att_caught *caught, att_error *error);

/* Which forms each entry of a lexicon catches in the study's inputs (its lexicons do not count), and how often.
 * ATT_SKIPPED: some inputs could not be read. */
att_status att_lexicon_caught(const char *name, const att_lexicon_options *options, const att_study *study,
                              att_caught_function *receive, void *context, att_diagnostics *diagnostics,
                              att_error *error);

/* Globs such as *diagnos* and regexes have to be compiled, which can take seconds. Loading a lexicon does that, or
 * takes what was kept of it in the user's cache the last time: $XDG_CACHE_HOME/attune, else ~/.cache/attune.
 * ATTUNE_CACHE=off in the environment does without. */
typedef enum {
    ATT_CACHE_NO_PATTERNS,  /* nothing to compile: every entry is found by hash */
    ATT_CACHE_FEW_PATTERNS, /* compiled faster than a file is read */
    ATT_CACHE_FOUND,        /* taken from the file */
    ATT_CACHE_MADE,         /* compiled and written to the file */
    ATT_CACHE_FAILED,       /* compiled, but could not be kept: not an error */
} att_cache_state;

typedef struct {
    att_cache_state state;
    size_t patterns;
    size_t bytes;       /* of the file; 0 where there is none */
    const char *file;   /* NULL where there is none */
    const char *reason; /* why it could not be kept, and what to do; NULL where nothing is wrong */
} att_lexicon_cache;

/* How it was with this lexicon. */
att_lexicon_cache att_lexicon_cached(const att_lexicon *lexicon);

const char *att_lexicon_name(const att_lexicon *lexicon);
const char *att_lexicon_language(const att_lexicon *lexicon);
const char *att_lexicon_version(const att_lexicon *lexicon);
const char *att_lexicon_licence(const att_lexicon *lexicon);
const char *att_lexicon_citation(const att_lexicon *lexicon);
const char *att_lexicon_description(const att_lexicon *lexicon);
const char *att_lexicon_spelling(const att_lexicon *lexicon); /* marks and affixes, in words; "" where none */
uint64_t att_lexicon_hash(const att_lexicon *lexicon);
size_t att_lexicon_marker_count(const att_lexicon *lexicon);
size_t att_lexicon_entry_count(const att_lexicon *lexicon);

typedef struct {
    const char *path;  /* "lang.tech.diag" */
    const char *label; /* "" where there is none, as the following */
    const char *definition;
    const char *note;
    const char *pole;   /* "technical", "appreciative" or "" */
    size_t depth;       /* 0 at the top */
    size_t first_entry; /* its own entries, without those of its children */
    size_t entry_count;
} att_marker_view;

typedef struct {
    const char *term; /* as written in the file */
    const char *note;
    const char *source;
    double weight;
    uint64_t line;
} att_entry_view;

/* The markers of a group that exclude each other, by path; NULL: there are no more in it, or no such group. */
const char *att_lexicon_exclusive(const att_lexicon *lexicon, size_t group, size_t index);

/* index below the count. */
att_marker_view att_lexicon_marker(const att_lexicon *lexicon, size_t index);
att_entry_view att_lexicon_entry(const att_lexicon *lexicon, size_t index);

/* The lexicons inside the program, sorted by name. att_builtin_find knows the lists of cue words too ("cues/en"). */
typedef struct {
    const char *name; /* "en/peer-support" */
    att_span yaml;
} att_builtin;
size_t att_builtin_count(void);
const att_builtin *att_builtin_get(size_t index);
const att_builtin *att_builtin_find(const char *name); /* NULL: there is none */

#endif
