#include "terminal.h"

#include <attune/text.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool cli_terminal_is(FILE *stream)
{
    return isatty(fileno(stream)) == 1;
}

int cli_terminal_width(FILE *stream, int fallback)
{
    struct winsize size = {0};
    if (cli_terminal_is(stream) && ioctl(fileno(stream), TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        return size.ws_col;
    }
    const char *columns = getenv("COLUMNS");
    long width = columns ? strtol(columns, NULL, 10) : 0;
    return width > 0 && width < 10000 ? (int)width : fallback;
}

bool cli_terminal_moves(FILE *stream)
{
    const char *term = getenv("TERM");
    return cli_terminal_is(stream) && term && strcmp(term, "dumb") != 0;
}

bool cli_terminal_colours(FILE *stream)
{
    const char *none = getenv("NO_COLOR");
    return cli_terminal_moves(stream) && (!none || *none == '\0');
}

att_status cli_terminal_print(FILE *stream, att_span text, att_error *error)
{
    char *clean = malloc(ATT_TEXT_CLEAN_SIZE(text.size) + 1);
    if (!clean) {
        return att_fail_memory(error);
    }
    fwrite(clean, 1, att_text_clean(clean, text), stream);
    free(clean);
    return ATT_OK;
}

att_status cli_terminal_finish(att_error *error)
{
    bool failed = ferror(stdout) != 0;
    errno = 0;
    failed |= fclose(stdout) != 0;
    if (!failed) {
        return ATT_OK;
    }
    return att_fail(error, ATT_ENVIRONMENT, NULL, 0, 0,
                    "standard output could not be written%s%s; make room there or send it elsewhere", errno ? ": " : "",
                    errno ? strerror(errno) : "");
}
