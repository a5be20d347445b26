/* Dictionaries of other programs and lexicons, from one format to another (docs/dictionaries.md). */
#ifndef ATTUNE_DICTIONARY_H
#define ATTUNE_DICTIONARY_H

#include <attune/error.h>
#include <stddef.h>
#include <stdio.h>

typedef struct {
    const char *to;       /* a format's name; NULL: by the extension of the output */
    const char *language; /* BCP 47, for a source that does not say it; NULL: none */
    const char *encoding; /* of the source; NULL: by its bytes */
} att_dictionary_options;

/* Reads the dictionary or lexicon `from` (a file, or the name of a built-in lexicon) and writes it to the file
 * `output`, which appears whole or not at all, or to the stream where that is NULL; always in UTF-8. Of what the target
 * cannot hold each kind is a warning with its count and an example; *lost is the count of all.
 * ATT_USAGE: no such format, or a lexicon needs a language. */
att_status att_dictionary_convert(const char *from, const char *output, FILE *stream,
                                  const att_dictionary_options *options, size_t *lost, att_diagnostics *diagnostics,
                                  att_error *error);

typedef struct {
    const char *name;       /* for `to` */
    const char *title;      /* "LIWC-22" */
    const char *extensions; /* "yml, yaml"; "" where there is none of its own */
} att_dictionary_view;

/* The format of this index; name NULL: there are no more. */
att_dictionary_view att_dictionary_format_view(size_t index);

#endif
