#include "messages.h"

#include "terminal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { MOST_WARNINGS = 20 };

void cli_message_print(const char *message)
{
    fputs("attune: ", stderr);
    cli_terminal_print(stderr, att_span_of(message), NULL);
    fputc('\n', stderr);
}

static void print_diagnostic(const att_diagnostic *diagnostic)
{
    fputs("attune: ", stderr);
    if (diagnostic->file) {
        cli_terminal_print(stderr, att_span_of(diagnostic->file), NULL);
        if (diagnostic->line) {
            fprintf(stderr, ":%" PRIu64, diagnostic->line);
        }
        if (diagnostic->line && diagnostic->column) {
            fprintf(stderr, ":%" PRIu64, diagnostic->column);
        }
        fputs(": ", stderr);
    }
    cli_terminal_print(stderr, att_span_of(diagnostic->message ? diagnostic->message : "(no memory for the message)"),
                       NULL);
    fputc('\n', stderr);
}

void cli_messages_print(const att_diagnostics *list, cli_message_options options)
{
    size_t warnings = 0;
    for (size_t i = 0; i < att_diagnostics_count(list); i++) {
        const att_diagnostic *diagnostic = att_diagnostics_get(list, i);
        if (!diagnostic) {
            continue; /* counted, but there was no memory to keep it */
        }
        bool shown = diagnostic->severity == ATT_ERROR || options.notes ||
                     (diagnostic->severity == ATT_WARNING && warnings < MOST_WARNINGS);
        warnings += diagnostic->severity == ATT_WARNING;
        if (shown) {
            print_diagnostic(diagnostic);
        }
    }
    if (warnings > MOST_WARNINGS && !options.notes) {
        fprintf(stderr, "attune: … and %zu more warnings (", warnings - MOST_WARNINGS);
        if (options.where) {
            fprintf(stderr, "see %s)\n", options.where);
        } else {
            fputs("--verbose shows all)\n", stderr);
        }
    }
}

const char *cli_count_format(char out[32], uint64_t number)
{
    char digits[24];
    int size = snprintf(digits, sizeof digits, "%" PRIu64, number);
    char *to = out;
    for (int i = 0; i < size; i++) {
        if (i > 0 && (size - i) % 3 == 0) {
            *to++ = ',';
        }
        *to++ = digits[i];
    }
    *to = '\0';
    return out;
}
