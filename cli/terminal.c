#include "terminal.h"

#include <attune/text.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool att_terminal_is(FILE *stream)
{
    return isatty(fileno(stream)) == 1;
}

int att_terminal_width(FILE *stream, int fallback)
{
    struct winsize size = {0};
    if (att_terminal_is(stream) && ioctl(fileno(stream), TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        return size.ws_col;
    }
    return fallback;
}

bool att_terminal_moves(FILE *stream)
{
    const char *term = getenv("TERM");
    return att_terminal_is(stream) && term && strcmp(term, "dumb") != 0;
}

bool att_terminal_colours(FILE *stream)
{
    const char *none = getenv("NO_COLOR");
    return att_terminal_moves(stream) && (!none || *none == '\0');
}

att_status att_terminal_print(FILE *stream, att_span text, att_error *error)
{
    char *clean = malloc(ATT_TEXT_CLEAN_SIZE(text.size) + 1);
    if (!clean) {
        return att_fail_memory(error);
    }
    fwrite(clean, 1, att_text_clean(clean, text), stream);
    free(clean);
    return ATT_OK;
}

att_status att_terminal_finish(att_error *error)
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
