/* Errors and diagnostics: how every part of attune says that something is wrong.
 *
 * A function that can fail returns an att_status and fills the caller's att_error; it prints nothing, never
 * exits and keeps no globals. What does not stop the work (a skipped file, a doubtful entry) goes into an
 * att_diagnostics list. Messages read `FILE:LINE:COLUMN: what is wrong; what to do`.
 *
 * Thread safety: an att_error and an att_diagnostics belong to one thread at a time. */
#ifndef ATTUNE_ERROR_H
#define ATTUNE_ERROR_H

#include <stddef.h>
#include <stdint.h>

/* The values are the exit codes of the program. */
typedef enum {
    ATT_OK = 0,
    ATT_SKIPPED = 1,     /* done, but some input was left out; each is named in the diagnostics */
    ATT_USAGE = 2,       /* the caller asked for something that does not exist */
    ATT_BAD_INPUT = 3,   /* a file's content stops the run */
    ATT_ENVIRONMENT = 4, /* disk full, no memory, no permission to write */
} att_status;

typedef struct {
    att_status status;
    char message[1024]; /* NUL-terminated UTF-8, complete with file and line where they are known */
} att_error;

/* Sets error (which may be NULL) and returns status, so that a caller can write `return att_fail(...)`.
 * file may be NULL; line and column are 1-based, 0 leaves them out. A message too long is cut at a code point. */
att_status att_fail(att_error *error, att_status status, const char *file, uint64_t line, uint64_t column,
                    const char *format, ...) __attribute__((format(printf, 6, 7)));

/* The same for "no memory" in one word. Inline, so that a checker of the code sees that it never returns ATT_OK. */
static inline att_status att_fail_memory(att_error *error)
{
    att_fail(error, ATT_ENVIRONMENT, NULL, 0, 0,
             "not enough memory; close other programs or give attune less to do at once");
    return ATT_ENVIRONMENT;
}

typedef enum { ATT_NOTE, ATT_WARNING, ATT_ERROR } att_severity;

typedef struct {
    att_severity severity;
    const char *file; /* NULL where there is none */
    uint64_t line;    /* 1-based; 0: none */
    uint64_t column;
    const char *message;
} att_diagnostic;

/* A growing list of diagnostics; owns its strings. */
typedef struct att_diagnostics att_diagnostics;

att_diagnostics *att_diagnostics_new(void); /* NULL: no memory */
void att_diagnostics_free(att_diagnostics *list);
size_t att_diagnostics_count(const att_diagnostics *list);
size_t att_diagnostics_count_of(const att_diagnostics *list, att_severity severity);
const att_diagnostic *att_diagnostics_get(const att_diagnostics *list, size_t index);

/* Adds one; list may be NULL (nothing is kept). A list that cannot grow drops the text but still counts it. */
void att_diagnose(att_diagnostics *list, att_severity severity, const char *file, uint64_t line, uint64_t column,
                  const char *format, ...) __attribute__((format(printf, 6, 7)));

/* Appends all of `from` to `to` and empties `from`. */
void att_diagnostics_move(att_diagnostics *to, att_diagnostics *from);

#endif
