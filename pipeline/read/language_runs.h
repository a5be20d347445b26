/* The languages of a turn that changes them, as attune writes them in one field: the tag the text begins with, then
 * each further tag with the code point of the text at which it begins, "ca es@412 ca@530"; "und" for a part whose
 * language is that of the transcript. Before each place but the first there is one space in the text, which is of
 * neither part. */
#ifndef ATT_READ_LANGUAGE_RUNS_H
#define ATT_READ_LANGUAGE_RUNS_H

#include <attune/span.h>
#include <stdbool.h>

/* Is the field such a list? One tag alone is none. */
bool att_language_is_runs(att_span field);

/* A walk over the parts of a text. Start with one that has `field` and `text`, the rest zero. */
typedef struct {
    att_span field; /* what is left of them */
    att_span text;
    size_t at; /* code point at which `text` begins */
} att_language_runs;

typedef struct {
    att_span tag; /* size 0: the transcript's */
    att_span text;
    bool last;
} att_language_run;

/* The next part; false: the field is no list that fits the text. There is one part at least, and none behind the one
 * that is `last`. */
bool att_language_runs_next(att_language_runs *runs, att_language_run *run);

#endif
