/* The subcommands: one file each, one table each, one line in main.c. */
#ifndef ATT_CLI_COMMAND_H
#define ATT_CLI_COMMAND_H

#include "options.h"

#include <attune/error.h>

typedef struct {
    const char *name;                 /* "score", "lexicon list" */
    const char *summary;              /* one line, for the list of commands */
    const char *usage;                /* what follows "attune " */
    const char *description;          /* the help text between usage and options; ends with a line feed */
    const char *examples;             /* what follows the options; ends with a line feed */
    const cli_option *const *options; /* tables, NULL-terminated */
    /* Does the work and returns the exit code. An error in *error is printed by main; diagnostics the command prints
     * itself. */
    att_status (*run)(const cli_options *options, att_error *error);
} cli_command;

extern const cli_command cli_command_score;
extern const cli_command cli_command_kwic;
extern const cli_command cli_command_merge;
extern const cli_command cli_command_lexicon_list;
extern const cli_command cli_command_lexicon_show;
extern const cli_command cli_command_lexicon_check;
extern const cli_command cli_command_lexicon_compile;
extern const cli_command cli_command_lexicon_convert;
extern const cli_command cli_command_convert;
extern const cli_command cli_command_init;
extern const cli_command cli_command_formats;

/* --help, for every command. */
extern const cli_option cli_common_options[];

#endif
