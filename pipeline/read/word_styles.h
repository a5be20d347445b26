/* The styles of a word processor document: which of them labels are set in (--speaker-style). */
#ifndef ATT_READ_WORD_STYLES_H
#define ATT_READ_WORD_STYLES_H

#include "base/arena.h"

#include <attune/error.h>
#include <stdbool.h>

typedef struct {
    att_span id;   /* as paragraphs name it */
    att_span name; /* as people see it */
    att_span parent;
    bool label;
    bool used;
} att_word_style;

/* A zeroed one is empty. */
typedef struct {
    att_arena arena;
    const char *wanted; /* a name or an id, also with * and ?; case of ASCII letters does not matter */
    att_word_style *items;
    size_t count, capacity;
    bool settled;
} att_word_styles;

void att_word_styles_clear(att_word_styles *styles);

/* Adds a style. parent: the id of what an automatic style was made from, which it is shown as, and is a style of labels
 * with; size 0: none. False: no memory. */
bool att_word_styles_add(att_word_styles *styles, att_span id, att_span name, att_span parent);

/* Marks the style as used. Is it one that labels are set in? A style that was never added counts by its id. */
bool att_word_styles_use(att_word_styles *styles, att_span id);

/* No text was in such a style: names those that there are. */
att_status att_word_styles_fail(const att_word_styles *styles, const char *file, att_error *error);

#endif
