/* What a benchmark cannot go on without: it says what is wrong and ends. */
#ifndef BENCH_MUST_H
#define BENCH_MUST_H

#include <attune/error.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

static inline void must(att_status status, const att_error *error)
{
    if (!status)
        return;
    fprintf(stderr, "%s: %s\n", program_invocation_short_name, error->message);
    exit(1);
}

static inline void must_hold(bool holds, const char *what)
{
    if (holds)
        return;
    perror(what);
    exit(1);
}

#endif
