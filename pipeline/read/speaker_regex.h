/* --speaker-regex: a PCRE2 expression in place of the usual label forms. It is tried at the start of each line,
 * anchored; what it matches is not speech; its first group, or the whole match where there is none, is the label. */
#ifndef ATT_READ_SPEAKER_REGEX_H
#define ATT_READ_SPEAKER_REGEX_H

#include "read/labels.h"

#include <attune/error.h>

/* Compiled; read-only, shared between threads. A mistake in the expression is ATT_USAGE. */
typedef struct att_speaker_regex att_speaker_regex;
att_status att_speaker_regex_new(att_speaker_regex **out, const char *expression, att_error *error);
void att_speaker_regex_free(att_speaker_regex *regex); /* NULL is fine */

/* What matching needs of memory: one a thread. */
typedef struct att_regex_scratch att_regex_scratch;
att_regex_scratch *att_regex_scratch_new(const att_speaker_regex *regex); /* NULL: no memory */
void att_regex_scratch_free(att_regex_scratch *scratch);                  /* NULL is fine */

/* 1 and *label: the line begins with a label; 0: it does not; -1: the match took too many steps. The expression sees
 * the line up to its end, at most `size` bytes. */
int att_speaker_regex_match(const att_speaker_regex *regex, att_regex_scratch *scratch, att_label *label,
                            const char *line, size_t size);

/* The error for -1. */
att_status att_speaker_regex_fail(const char *file, uint64_t line, att_error *error);

#endif
