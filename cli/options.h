/* Command-line options, driven by tables.
 *
 * A command lists its options in one or more tables; parsing, checking and the help text come from them. Forms:
 * `--name VALUE`, `--name=VALUE`, `-x VALUE`, flags without a value, and `--` after which all is an argument. Options
 * and arguments may stand in any order. Nothing is copied: values point into argv. */
#ifndef ATT_CLI_OPTIONS_H
#define ATT_CLI_OPTIONS_H

#include <attune/error.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

typedef struct {
    const char *name;  /* without the dashes; NULL ends a table */
    char letter;       /* 'l' for -l; 0: none */
    bool repeats;      /* may be given several times and adds up */
    const char *value; /* what the help calls the value; "a|b": only these are allowed; NULL: a flag */
    const char *help;
} cli_option;

typedef struct {
    const cli_option *option; /* NULL: an argument */
    const char *value;        /* "" of a flag */
} cli_given;

typedef struct {
    cli_given *items; /* as they stand on the command line */
    size_t count;
    int argc; /* what was parsed */
    char *const *argv;
} cli_options;

/* Sorts out argv[0 .. argc) by the tables (NULL-terminated list). ATT_USAGE: an unknown option (the nearest known one
 * is named), a missing or empty value, one that is not allowed, an option given twice that does not repeat. */
att_status cli_options_parse(cli_options *out, const cli_option *const *tables, int argc, char *const *argv,
                             att_error *error);
void cli_options_clear(cli_options *options);

/* The value of an option; NULL: not given. */
const char *cli_options_value(const cli_options *options, const char *name);

/* Walks over all values of an option, or over the arguments where name is NULL. *at begins at 0; NULL: the end. */
const char *cli_options_next(const cli_options *options, const char *name, size_t *at);

/* A whole number in [low, high], or fallback where the option is not given. */
att_status cli_options_number(const cli_options *options, const char *name, long low, long high, long fallback,
                              long *out, att_error *error);

/* "attune COMMAND ARGUMENT..." as a shell would take it, to be freed; NULL: no memory. */
char *cli_options_line(const cli_options *options, const char *command);

/* The options as a help text, one a line, wrapped at 80 columns. */
void cli_options_help(const cli_option *const *tables, FILE *stream);

#endif
