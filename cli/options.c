#include "options.h"

#include "suggest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const cli_option *find_long(const cli_option *const *tables, const char *name, size_t size)
{
    for (; *tables; tables++) {
        for (const cli_option *option = *tables; option->name; option++) {
            if (strlen(option->name) == size && memcmp(option->name, name, size) == 0) {
                return option;
            }
        }
    }
    return NULL;
}

static const cli_option *find_letter(const cli_option *const *tables, char letter)
{
    for (; *tables; tables++) {
        for (const cli_option *option = *tables; option->name; option++) {
            if (option->letter == letter) {
                return option;
            }
        }
    }
    return NULL;
}

/* given: as typed, without what follows '='. */
static att_status fail_unknown(const cli_option *const *tables, const char *given, att_error *error)
{
    cli_suggestion nearest = cli_suggest_begin(given + strspn(given, "-"));
    for (; *tables; tables++) {
        for (const cli_option *option = *tables; option->name; option++) {
            cli_suggest_offer(&nearest, option->name);
        }
    }
    if (nearest.best) {
        return att_fail(error, ATT_USAGE, NULL, 0, 0, "unknown option '%s'; did you mean '--%s'?", given, nearest.best);
    }
    return att_fail(error, ATT_USAGE, NULL, 0, 0,
                    "unknown option '%s'; --help lists the options, and after '--' "
                    "everything is an input",
                    given);
}

static bool allowed(const char *choices, const char *value)
{
    size_t size = strlen(value);
    for (const char *choice = choices; *choice;) {
        size_t length = strcspn(choice, "|");
        if (length == size && memcmp(choice, value, size) == 0) {
            return true;
        }
        choice += length + (choice[length] == '|');
    }
    return false;
}

static att_status check_value(const cli_options *options, const cli_option *option, const char *value, att_error *error)
{
    if (*value == '\0') {
        return att_fail(error, ATT_USAGE, NULL, 0, 0, "option --%s has an empty value; give it a %s", option->name,
                        option->value);
    }
    if (strchr(option->value, '|') && !allowed(option->value, value)) {
        return att_fail(error, ATT_USAGE, NULL, 0, 0, "option --%s cannot be '%s'; choose one of %s", option->name,
                        value, option->value);
    }
    if (!option->repeats && cli_options_value(options, option->name)) {
        return att_fail(error, ATT_USAGE, NULL, 0, 0, "option --%s is given twice; give it once", option->name);
    }
    return ATT_OK;
}

/* One argument that begins with a dash, with its value where it takes one; *at moves over what was used. */
static att_status parse_option(cli_options *out, const cli_option *const *tables, int argc, char *const *argv, int *at,
                               att_error *error)
{
    const char *given = argv[(*at)++];
    bool is_long = given[1] == '-';
    size_t size = is_long ? strcspn(given + 2, "=") : 1;
    const char *joined = is_long && given[2 + size] == '=' ? given + 2 + size + 1 : NULL;
    const cli_option *option = NULL;
    if (is_long) {
        option = find_long(tables, given + 2, size);
    } else if (given[2] == '\0') {
        option = find_letter(tables, given[1]);
    }
    if (!option) {
        char shown[64];
        snprintf(shown, sizeof shown, "%.*s", joined ? (int)(2 + size < 60 ? 2 + size : 60) : 60, given);
        return fail_unknown(tables, shown, error);
    }
    const char *value = "";
    if (!option->value && joined) {
        return att_fail(error, ATT_USAGE, NULL, 0, 0, "option --%s takes no value; leave '=%s' out", option->name,
                        joined);
    }
    if (option->value) {
        value = joined ? joined : *at < argc ? argv[*at] : NULL;
        if (!value || (!joined && strncmp(value, "--", 2) == 0)) {
            return att_fail(error, ATT_USAGE, NULL, 0, 0, "option %s needs a value; write --%s=%s", given, option->name,
                            option->value);
        }
        *at += !joined;
        att_status status = check_value(out, option, value, error);
        if (status != ATT_OK) {
            return status;
        }
    }
    out->items[out->count++] = (cli_given){option, value};
    return ATT_OK;
}

att_status cli_options_parse(cli_options *out, const cli_option *const *tables, int argc, char *const *argv,
                             att_error *error)
{
    cli_options options = {calloc((size_t)argc + 1, sizeof *options.items), 0, argc, argv};
    if (!options.items) {
        return att_fail_memory(error);
    }
    bool only_arguments = false;
    for (int at = 0; at < argc;) {
        const char *argument = argv[at];
        if (!only_arguments && strcmp(argument, "--") == 0) {
            only_arguments = true;
            at++;
        } else if (only_arguments || argument[0] != '-' || argument[1] == '\0') {
            options.items[options.count++] = (cli_given){NULL, argument};
            at++;
        } else {
            att_status status = parse_option(&options, tables, argc, argv, &at, error);
            if (status != ATT_OK) {
                cli_options_clear(&options);
                return status;
            }
        }
    }
    *out = options;
    return ATT_OK;
}

void cli_options_clear(cli_options *options)
{
    free(options->items);
    *options = (cli_options){0};
}

const char *cli_options_next(const cli_options *options, const char *name, size_t *at)
{
    while (*at < options->count) {
        const cli_given *given = &options->items[(*at)++];
        if (name ? given->option && strcmp(given->option->name, name) == 0 : !given->option) {
            return given->value;
        }
    }
    return NULL;
}

const char *cli_options_value(const cli_options *options, const char *name)
{
    size_t at = 0;
    return cli_options_next(options, name, &at);
}

att_status cli_options_number(const cli_options *options, const char *name, long low, long high, long fallback,
                              long *out, att_error *error)
{
    const char *value = cli_options_value(options, name);
    if (!value) {
        *out = fallback;
        return ATT_OK;
    }
    char *end = NULL;
    errno = 0;
    long number = strtol(value, &end, 10);
    /* strtol passes over white space and takes a '+': only digits are meant here. */
    if (value[strspn(value, "0123456789")] != '\0' || end == value || errno || number < low || number > high) {
        return att_fail(error, ATT_USAGE, NULL, 0, 0, "option --%s cannot be '%s'; give a whole number from %ld to %ld",
                        name, value, low, high);
    }
    *out = number;
    return ATT_OK;
}

/* A word as a shell takes it: bare where all is harmless, else in single quotes. */
static void write_word(FILE *stream, const char *word)
{
    static const char harmless[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=:,+@%";
    fputc(' ', stream);
    if (*word != '\0' && word[strspn(word, harmless)] == '\0') {
        fputs(word, stream);
        return;
    }
    fputc('\'', stream);
    for (; *word; word++) {
        if (*word == '\'') {
            fputs("'\\''", stream);
        } else {
            fputc(*word, stream);
        }
    }
    fputc('\'', stream);
}

char *cli_options_line(const cli_options *options, const char *command)
{
    char *line = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&line, &size);
    if (!stream) {
        return NULL;
    }
    fprintf(stream, "attune %s", command);
    for (int i = 0; i < options->argc; i++) {
        write_word(stream, options->argv[i]);
    }
    bool failed = ferror(stream) != 0;
    if (fclose(stream) != 0 || failed) {
        free(line);
        return NULL;
    }
    return line;
}

enum { HELP_INDENT = 26, HELP_WIDTH = 80 };

/* Prints words from column HELP_INDENT on, a new line where one would pass HELP_WIDTH. */
static void print_wrapped(const char *text, FILE *stream)
{
    int column = HELP_INDENT;
    while (*text) {
        int size = (int)strcspn(text, " ");
        if (column > HELP_INDENT && column + 1 + size > HELP_WIDTH) {
            fprintf(stream, "\n%*s", HELP_INDENT, "");
            column = HELP_INDENT;
        }
        column += fprintf(stream, "%s%.*s", column > HELP_INDENT ? " " : "", size, text);
        text += size;
        text += strspn(text, " ");
    }
    fputc('\n', stream);
}

void cli_options_help(const cli_option *const *tables, FILE *stream)
{
    for (; *tables; tables++) {
        for (const cli_option *option = *tables; option->name; option++) {
            char head[64];
            int size = option->letter ? snprintf(head, sizeof head, "  -%c, --%s", option->letter, option->name)
                                      : snprintf(head, sizeof head, "      --%s", option->name);
            if (option->value && size > 0 && (size_t)size < sizeof head) {
                size += snprintf(head + size, sizeof head - (size_t)size, " %s", option->value);
            }
            if (size > HELP_INDENT - 2) {
                fprintf(stream, "%s\n%*s", head, HELP_INDENT, "");
            } else {
                fprintf(stream, "%-*s", HELP_INDENT, head);
            }
            print_wrapped(option->help, stream);
        }
    }
}
