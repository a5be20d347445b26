/* The command line of attune: finds the command, its options and its exit code. The work is in the library. */
#include "command.h"
#include "messages.h"
#include "suggest.h"
#include "terminal.h"

#include <attune/version.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const cli_option cli_common_options[] = {
    {"help", 'h', false, NULL, "this text"},
    {0},
};

/* One line a command. */
/* clang-format off */
static const cli_command *const commands[] = {
    &cli_command_score,
    &cli_command_kwic,
    &cli_command_merge,
    &cli_command_lexicon_list,
    &cli_command_lexicon_show,
    &cli_command_lexicon_check,
    &cli_command_lexicon_compile,
    &cli_command_lexicon_convert,
    &cli_command_convert,
    &cli_command_init,
    &cli_command_formats,
    NULL,
};
/* clang-format on */

static const char exit_codes[] = "\nExit codes:\n"
                                 "  0  done\n"
                                 "  1  finished, but some input was skipped; each is named on standard error\n"
                                 "  2  the command line is wrong\n"
                                 "  3  a file's content stops the run\n"
                                 "  4  the environment does: disk full, no memory, no permission to write\n";

static void print_overview(FILE *stream)
{
    fputs("attune measures how the way people talk changes: it reads speaker-labelled transcripts,\n"
          "matches lexicons of marker terms in them, and gives every speaker a score per marker.\n"
          "\n"
          "Usage: attune COMMAND [OPTION]... [ARGUMENT]...\n"
          "\n"
          "Commands:\n",
          stream);
    for (const cli_command *const *command = commands; *command; command++) {
        fprintf(stream, "  %-17s%s\n", (*command)->name, (*command)->summary);
    }
    fputs("  help COMMAND     explain a command, as COMMAND --help does\n"
          "\n"
          "Options:\n"
          "  -h, --help     this text\n"
          "      --version  the versions of attune and of the engines in it\n"
          "\n"
          "Examples:\n"
          "  attune score interview.txt               score the speakers of one transcript\n"
          "  attune score --study study.yml -o results   a whole study into a results folder\n"
          "  attune kwic --marker lang.tech interviews/   the words behind a score, in context\n",
          stream);
    fputs(exit_codes, stream);
}

static void print_help(const cli_command *command)
{
    printf("Usage: attune %s\n\n%s\nOptions:\n", command->usage, command->description);
    cli_options_help(command->options, stdout);
    printf("\nExamples:\n%s", command->examples);
    fputs(exit_codes, stdout);
}

/* How many of the words name a command: 0 none, 1 `score`, 2 `lexicon list`. */
static int find_command(const cli_command **out, int argc, char *const *argv)
{
    for (const cli_command *const *command = commands; *command; command++) {
        const char *name = (*command)->name;
        size_t first = strcspn(name, " ");
        if (strlen(argv[0]) != first || memcmp(name, argv[0], first) != 0) {
            continue;
        }
        if (name[first] == '\0' || (argc > 1 && strcmp(name + first + 1, argv[1]) == 0)) {
            *out = *command;
            return name[first] == '\0' ? 1 : 2;
        }
    }
    return 0;
}

/* `lexicon` and a word that is none of its commands; NULL: no word. */
static att_status fail_lexicon_command(const char *word, att_error *error)
{
    if (!word) {
        return att_fail(error, ATT_USAGE, NULL, 0, 0,
                        "'lexicon' needs a command: list, show, check, compile or convert");
    }
    cli_suggestion nearest = cli_suggest_begin(word);
    cli_suggest_offer(&nearest, "list");
    cli_suggest_offer(&nearest, "show");
    cli_suggest_offer(&nearest, "check");
    cli_suggest_offer(&nearest, "compile");
    cli_suggest_offer(&nearest, "convert");
    if (nearest.best) {
        return att_fail(error, ATT_USAGE, NULL, 0, 0, "unknown command 'lexicon %s'; did you mean 'lexicon %s'?", word,
                        nearest.best);
    }
    return att_fail(error, ATT_USAGE, NULL, 0, 0,
                    "unknown command 'lexicon %s'; there are list, show, check, compile and convert", word);
}

/* The words are no command: says which one they may have been meant for. */
static att_status fail_command(int argc, char *const *argv, att_error *error)
{
    const char *word = argv[0];
    if (strcmp(word, "lexicon") == 0) {
        return fail_lexicon_command(argc > 1 ? argv[1] : NULL, error);
    }
    if (word[0] == '-') {
        return att_fail(error, ATT_USAGE, NULL, 0, 0,
                        "unknown option '%s'; options of a command stand behind it, and 'attune --help' lists the "
                        "commands",
                        word);
    }
    cli_suggestion nearest = cli_suggest_begin(word);
    for (const cli_command *const *command = commands; *command; command++) {
        cli_suggest_offer(&nearest, (*command)->name);
    }
    cli_suggest_offer(&nearest, "lexicon");
    cli_suggest_offer(&nearest, "help");
    if (nearest.best) {
        return att_fail(error, ATT_USAGE, NULL, 0, 0, "unknown command '%s'; did you mean '%s'?", word, nearest.best);
    }
    return att_fail(error, ATT_USAGE, NULL, 0, 0, "unknown command '%s'; 'attune --help' lists the commands", word);
}

/* `attune lexicon --help` and `attune help lexicon` list the commands of the group; false: the words are not that. */
static bool help_group(int argc, char *const *argv)
{
    if (strcmp(argv[0], "lexicon") != 0 || argc > 2 ||
        (argc == 2 && strcmp(argv[1], "--help") != 0 && strcmp(argv[1], "-h") != 0)) {
        return false;
    }
    for (const cli_command *const *command = commands; *command; command++) {
        if (strncmp((*command)->name, "lexicon ", 8) == 0) {
            printf("attune %-15s  %s\n", (*command)->name, (*command)->summary);
        }
    }
    puts("'attune lexicon COMMAND --help' explains one.");
    return true;
}

static att_status run_help(int argc, char *const *argv, att_error *error)
{
    const cli_command *command = NULL;
    if (argc == 0) {
        print_overview(stdout);
        return ATT_OK;
    }
    if (help_group(argc, argv)) {
        return ATT_OK;
    }
    if (!find_command(&command, argc, argv)) {
        return fail_command(argc, argv, error);
    }
    print_help(command);
    return ATT_OK;
}

static att_status run_command(int argc, char *const *argv, att_error *error)
{
    const cli_command *command = NULL;
    if (argc == 2 && help_group(argc, argv)) {
        return ATT_OK;
    }
    int words = find_command(&command, argc, argv);
    if (words == 0) {
        return fail_command(argc, argv, error);
    }
    cli_options options = {0};
    att_status status = cli_options_parse(&options, command->options, argc - words, argv + words, error);
    if (status == ATT_OK && cli_options_value(&options, "help")) {
        print_help(command);
    } else if (status == ATT_OK) {
        status = command->run(&options, error);
    }
    cli_options_clear(&options);
    return status;
}

static att_status run_words(int argc, char *const *argv, att_error *error)
{
    if (argc == 0) {
        print_overview(stderr);
        return ATT_USAGE;
    }
    if (strcmp(argv[0], "--version") == 0) {
        puts(att_version());
        return ATT_OK;
    }
    if (strcmp(argv[0], "--help") == 0 || strcmp(argv[0], "-h") == 0) {
        print_overview(stdout);
        return ATT_OK;
    }
    if (strcmp(argv[0], "help") == 0) {
        return run_help(argc - 1, argv + 1, error);
    }
    return run_command(argc, argv, error);
}

/* With a standard stream closed, the next file opened would take its number, and what is printed would end up in a
 * result. A stand-in that cannot be used in the stream's direction keeps the number and lets the stream fail. */
static void keep_standard_streams(void)
{
    static const int modes[] = {O_WRONLY, O_RDONLY, O_RDONLY};
    for (int fd = 0; fd < 3; fd++) {
        if (fcntl(fd, F_GETFD) == -1 && open("/dev/null", modes[fd]) != fd) {
            _exit(ATT_ENVIRONMENT);
        }
    }
}

int main(int argc, char **argv)
{
    keep_standard_streams();
    /* A reader that has had enough (`| head`) ends the program without a word, also where a parent ignores SIGPIPE. */
    signal(SIGPIPE, SIG_DFL);
    /* A limit on the size of files is an error to report, as a full disk is. */
    signal(SIGXFSZ, SIG_IGN);
    att_error error = {0};
    att_status status = run_words(argc > 0 ? argc - 1 : 0, argv + (argc > 0), &error);
    att_status finished = ATT_OK;
    if (status == ATT_OK || status == ATT_SKIPPED) {
        finished = cli_terminal_finish(&error);
    }
    if (finished != ATT_OK) {
        status = finished;
    }
    if (error.status != ATT_OK) {
        cli_message_print(error.message);
    }
    return (int)status;
}
